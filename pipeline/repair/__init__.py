"""Repair of noisy text: words in, words out, line for line.

Candidates come from a noise model (or from the marks that a syllable can carry), one language model chooses among
them across wrapped lines. Pure: the same words give the same answer; what was read stays in `Word.raw`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from normalizers.vietnamese import is_syllable
from pipeline.repair.certainty import REPAIRED, Certainty
from pipeline.repair.debris import surroundings
from pipeline.repair.decode import Choice, Edge, decode_many
from pipeline.repair.lattice import Proposer
from pipeline.repair.lm import LanguageModel
from pipeline.repair.memory import Memory
from pipeline.repair.noise_level import Noise, measure_noise
from pipeline.repair.parts import core_of
from pipeline.repair.syllables import fold_tone
from pipeline.repair.tokens import Stretch, stretches
from schemas.page import Box, Candidate, Word

_CANDIDATES_BELOW = 3.0  # margin (natural logarithm) under which the runners-up are kept
_SURE = 9.0  # margin from which the document's memory can change nothing
_CLEAR = 3.0  # margin from which a word enters the document's memory
_PLAIN, _PLAIN_IF_SPELLED = 1.0, 2.0  # margins from which an almost clean text is changed
_TOKEN = re.compile(r"\S+")


class _Group:
    """Neighbouring words of one line that come out as one text (mostly one word)."""

    def __init__(self, line: int, first: int) -> None:
        self.line, self.first, self.last = line, first, first
        self.text = ""
        self.margin = math.inf
        self.choices: list[Choice] = []


@lru_cache(maxsize=4)
def _proposer(noise: Noise) -> Proposer:
    return Proposer(LanguageModel.load(), noise)


def _groups(stretch: Stretch, choices: Sequence[Choice]) -> list[_Group]:
    groups: list[_Group] = []
    for choice in choices:
        tokens = stretch.tokens[choice.edge.start : choice.edge.end]
        first, last = tokens[0], tokens[-1]
        if not groups or (groups[-1].line, groups[-1].last) != (first.line, first.word):
            groups.append(_Group(first.line, first.word))
        group = groups[-1]
        group.last = last.word
        group.text += choice.edge.surface
        group.margin = min(group.margin, choice.margin)
        group.choices.append(choice)
    return groups


def _repaired(lines: Sequence[Sequence[str]], noise: Noise) -> list[list[_Group]]:
    """Groups of every line, in order; together they cover its words.

    Decoded twice: what was clear the first time is the document's memory the second time.
    """
    proposer = _proposer(noise)
    weight = proposer.lm_weight
    parts = list(stretches(lines, noise))
    around = surroundings(lines, proposer.lm) if noise == "eng" else []
    lattices = [proposer.edges(part, around) for part in parts]
    chosen = decode_many(lattices, proposer.lm, lm_weight=weight)
    # stripped words say nothing beside the language model: there every form is as likely
    memory = Memory(
        (_clear(choices, proposer.lm) for choices in chosen), words_share=0.1 if noise != "stripped" else 0.0
    )
    left = [_narrowed(lattice, choices) for lattice, choices in zip(lattices, chosen, strict=True)]
    before = [{choice.edge: choice.margin for choice in choices} for choices in chosen]
    chosen = decode_many(left, proposer.lm, lm_weight=weight, memory=memory)
    chosen = [
        [choice._replace(margin=min(choice.margin, known.get(choice.edge, choice.margin))) for choice in choices]
        for choices, known in zip(chosen, before, strict=True)
    ]
    out: list[list[_Group]] = [[] for _ in lines]
    for part, choices in zip(parts, chosen, strict=True):
        for group in _groups(part, choices):
            if noise == "trace":
                _keep_plausible(group, lines[group.line][group.first : group.last + 1])
            out[group.line].append(group)
    return out


def _keep_plausible(group: _Group, read: Sequence[str]) -> None:
    """In a text that is almost clean, keep what may well be print: names, and words that only a little speaks against."""
    if len(read) > 1 or len(group.choices) > 1:
        return
    raw, core = read[0], core_of(read[0]).core
    if fold_tone(group.text.lower()) == fold_tone(raw.lower()):
        group.text = raw  # the other spelling of the tone, other capitals
        return
    spelled = is_syllable(core.lower())
    if spelled and not core.islower() or any(char.isdigit() for char in core):
        group.text = raw
        return
    least = _PLAIN_IF_SPELLED if spelled or not core.islower() else _PLAIN
    for rival in group.choices[0].runners_up:
        if rival.text == raw and rival.score > -least:
            group.text = raw


def _narrowed(lattice: Sequence[list[Edge]], choices: Sequence[Choice]) -> list[list[Edge]]:
    """The lattice without the other readings of places that were decided beyond doubt."""
    left = list(lattice)
    for choice in choices:
        if choice.margin > _SURE:
            left[choice.edge.start] = [choice.edge]
    return left


def _clear(choices: Sequence[Choice], lm: LanguageModel) -> list[int]:
    """Numbers of the model tokens that were chosen, -1 where the choice was not clear."""
    return [lm.id(token) if choice.margin > _CLEAR else -1 for choice in choices for token in choice.edge.tokens]


def repair_lines(lines: Sequence[Sequence[Word]], noise: Noise | None = None) -> list[tuple[Word, ...]]:
    """Words in, words out, the same number of lines; `noise` None: measured from the text.

    A word that was split comes out as several, words that belong together as one; boxes and `raw` go along.
    Text that is not noisy passes through, in NFC.
    """
    if noise is None:
        noise = measure_noise(lines)
    if noise == "clean":
        return [tuple(word._replace(text=unicodedata.normalize("NFC", word.text)) for word in line) for line in lines]
    texts = [[unicodedata.normalize("NFC", word.text) for word in line] for line in lines]
    return [
        tuple(word for group in groups for word in _words(line[group.first : group.last + 1], group, REPAIRED[noise]))
        for line, groups in zip(lines, _repaired(texts, noise), strict=True)
    ]


def _words(read: Sequence[Word], group: _Group, certainty: Certainty) -> list[Word]:
    confidence = min(word.confidence for word in read) * certainty.chance(group.margin)
    candidates: tuple[Candidate, ...] = ()
    if group.margin < _CANDIDATES_BELOW and len(group.choices) == 1:
        candidates = group.choices[0].runners_up
    raw = " ".join(word.raw for word in read)
    box = _union(read)
    texts = group.text.split(" ")
    if len(texts) == 1:
        return [Word(group.text, raw, box, confidence, candidates)]
    # a split: raw and box are shared out by the length of the parts
    whole = sum(map(len, texts))
    words, done = [], 0
    for text in texts:
        start, done = done, done + len(text)
        part = raw[round(len(raw) * start / whole) : round(len(raw) * done / whole)]
        piece = box and Box(box.x0 + box.width * start / whole, box.top, box.x0 + box.width * done / whole, box.bottom)
        words.append(Word(text, part, piece, confidence))
    return words


def _union(read: Sequence[Word]) -> Box | None:
    found: Box | None = None
    for word in read:
        if word.box is not None:
            found = word.box if found is None else found.union(word.box)
    return found


def repair_text(text: str, noise: Noise | None = None) -> str:
    """The text repaired, NFC; line i answers line i, white space (form feeds, indents) is kept as it stands."""
    lines = text.split("\n")
    tokens = [[unicodedata.normalize("NFC", token) for token in _TOKEN.findall(line)] for line in lines]
    if noise is None:
        noise = measure_noise([[Word(token, token) for token in line] for line in tokens])
    if noise == "clean":
        return unicodedata.normalize("NFC", text)
    out = []
    for line, groups in zip(lines, _repaired(tokens, noise), strict=True):
        gaps = _TOKEN.split(line)
        parts = [part for group in groups for part in (gaps[group.first], group.text)]
        out.append("".join([*parts, gaps[-1]]))
    return "\n".join(out)


__all__ = ["Noise", "measure_noise", "repair_lines", "repair_text"]
