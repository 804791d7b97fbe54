"""Which of the recogniser's readings is right: one language model decides over all lines of a document at once.

The recogniser gives scored candidates for every word and every doubtful space (pipeline/recognise/readings.py); the decoder of the
repair stage finds the best path through them. The model only chooses: what is not among the candidates is never written.
Digits are the recogniser's own: a candidate that changes the digits of the likeliest reading is not considered,
but for readings that mix digits and letters where no code stands ("23g", "O1").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from normalizers.codes import find_codes, parse_code
from pipeline.recognise.forms.doubt import by_pen, certainty
from pipeline.recognise.readings import PixelBox, Reading, ReadLine, Spot
from pipeline.repair.certainty import RECOGNISED
from pipeline.repair.decode import Choice, Edge, decode
from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import model_tokens
from schemas.page import Box, Candidate, Line, Word

LM_WEIGHT = 0.9
"""How much the language model counts beside the recogniser; measured by benchmarks/reading.py."""
WORST = 12.0
"""Candidates this much below the best one (natural logarithm) are not considered."""
CODE_BONUS = 3.0
"""What a candidate gains that is a code of a known kind of document where the others are not."""
PERCENT_BONUS = 4.0
"""What a percent sign gains where the other reading is a 6: a printed 6 is hardly ever read as a percent sign."""
MERGE_COST = 6.0
"""What it costs to leave out a space for a word that is none."""
_NUMERAL = re.compile(r"\d[\d.,/:\-–]*%?")
_FIXED = re.compile(r"\d+|[/@&%]")
_PERCENT = re.compile(r"(?<=\d)[6%](?=\W*$)")
_GLUED = re.compile(r"(?<=[^\W\d_][,;:])(?=[^\W_])|(?<=^\d\.)(?=[^\W\d_])")
"""After a comma, a semicolon, a colon and the number of an item print has a space, be it ever so narrow."""
_HEADS = re.compile(r"(?:\d{1,2}|[IVX]{1,5})\.")
HEADS_BONUS = 5.0
"""How much less likely than with another sign the number of an item may be with its full stop, and still have it."""
_MIXED = re.compile(r"^\W*(?=\w*\d)(?=\w*[^\W\d_])\w{1,5}\W*$")


class Piece(NamedTuple):
    """A stretch of a printed line as the recogniser gave it: nodes [start, end] of its lattice."""

    line: ReadLine
    start: int
    end: int
    place: Callable[[PixelBox], Box]

    @property
    def readings(self) -> tuple[Reading, ...]:
        return tuple(one for one in self.line.readings if self.start <= one.start and one.end <= self.end)


class _Origin(NamedTuple):
    """Where an edge of the lattice comes from. sure: of a number by pen, the chance that it is read rightly."""

    line: int
    box: Box
    raw: str
    sure: float | None = None


def considered(candidates: Sequence[Candidate], *, heads: bool = False, heard: str = "") -> list[Candidate]:
    """The candidates that may be chosen, codes of a known kind preferred.

    heads: does the word begin a line? heard: what a second recogniser said, considered whatever its digits.

    >>> [c.text for c in considered([Candidate("16/7", -0.1), Candidate("18/7", -0.5), Candidate("16/1", -0.7)])]
    ['16/7']
    >>> [c.text for c in considered([Candidate("23g", -0.5), Candidate("239", -1.5)])]
    ['23g', '239']
    >>> [c.text for c in considered([Candidate("KT.", -0.5), Candidate("KT-", -1.5)])]
    ['KT.']
    >>> [c.text for c in considered([Candidate("3,", -0.5), Candidate("3.", -2.5)], heads=True)]
    ['3.']
    """
    best = candidates[0]
    near = [one for one in candidates if best.score - one.score <= WORST]
    if not _MIXED.match(best.text):
        fixed = _fixed(best.text)
        near = [one for one in near if _fixed(one.text) == fixed or one.text == heard]
    # of readings that differ in signs only the recogniser's own best: what the model would like is of no interest there
    of_letters: dict[str, Candidate] = {}
    for one in near:
        core = "".join(char for char in one.text if char.isalnum())
        if heads and _HEADS.fullmatch(one.text) and best.score - one.score < HEADS_BONUS:
            of_letters[core] = one
        of_letters.setdefault(core, one)
    near = list(of_letters.values())
    return [one._replace(score=one.score + _bonus(one.text)) for one in near]


def _bonus(text: str) -> float:
    percent = PERCENT_BONUS if "%" in text and _PERCENT.search(text) else 0.0
    return CODE_BONUS * _is_known_code(text) + percent


def _fixed(text: str) -> list[str]:
    """Digits and signs that the language model must not change; a percent sign is often read as a 6 and may be either."""
    return _FIXED.findall(_PERCENT.sub("%", text))


def _may_merge(text: str, lm: LanguageModel) -> bool:
    """May a word be written where the recogniser saw a space? Only one that the model knows, a number, a date, a code."""
    core = text.strip(".,;:()“”")
    if any(char.isdigit() for char in core):
        code = next(find_codes(core), None)
        return _NUMERAL.fullmatch(core) is not None or (code is not None and code.end - code.start == len(core))
    tokens = model_tokens(core)
    return len(tokens) == 1 and tokens[0] in lm


def _is_known_code(text: str) -> bool:
    if "/" not in text:
        return False
    code = parse_code(text)
    return code is not None and code.type is not None


def pieces(
    lines: Sequence[Line], spots: Mapping[Box, Spot], place: Callable[[PixelBox], Box]
) -> list[list[Piece | Word]]:
    """Lines of placed words as stretches of lattices: words that stood side by side in a read line stay together.

    spots: by the placed box of the word. place: from a box in pixels to where it stands on the page. Words without
    a lattice (filled in by the registry, say) stay as they are.
    """
    out: list[list[Piece | Word]] = []
    for line in lines:
        row: list[Piece | Word] = []
        for word in line.words:
            spot = spots.get(word.box) if word.box else None
            last = row[-1] if row else None
            if spot is None:
                row.append(word)
            elif isinstance(last, Piece) and last.line is spot.line and last.end == spot.reading.start:
                row[-1] = last._replace(end=spot.reading.end)
            else:
                row.append(Piece(spot.line, spot.reading.start, spot.reading.end, place))
        out.append(row)
    return out


def decide(lines: Sequence[Sequence[Piece | Word]], lm: LanguageModel) -> list[tuple[Word, ...]]:
    """The words of every line, in order; a line without pieces gives no words.

    A number by pen that is not surely read has no text, its likeliest reading is `raw`.
    """
    lattice: list[list[Edge]] = []
    origins: dict[tuple[int, int, str], _Origin] = {}
    fixed: dict[int, tuple[int, Word]] = {}
    node = 0
    for number, line in enumerate(lines):
        for piece in line:
            if isinstance(piece, Word):
                lattice.append([Edge(node, node + 1, model_tokens(piece.text), 0.0, piece.text)])
                fixed[node] = number, piece
                node += 1
                continue
            size = piece.end - piece.start
            lattice.extend([] for _ in range(size))
            own = set(piece.line.best)
            for reading in piece.readings:
                start, end = node + reading.start - piece.start, node + reading.end - piece.start
                box = piece.place(reading.box)
                spans = reading.end - reading.start > 1
                heads = reading.start == 0 or reading.start == 1 and piece.line.readings[0].candidates[0].text == "Điều"
                for one in considered(reading.candidates, heads=heads, heard=reading.heard):
                    doubtful = spans and not _may_merge(one.text, lm)
                    if doubtful and reading not in own:
                        continue
                    if doubtful:
                        one = one._replace(score=one.score - MERGE_COST)
                    lattice[start].append(Edge(start, end, model_tokens(one.text), one.score, one.text))
                    sure = certainty(reading.candidates, one.text) if reading.by_hand else None
                    origins[start, end, one.text] = _Origin(number, box, reading.candidates[0].text, sure)
            node += size
    out: list[list[Word]] = [[] for _ in lines]
    if not lattice:
        return [() for _ in lines]
    for choice in decode(lattice, lm, lm_weight=LM_WEIGHT):
        edge = choice.edge
        if edge.start in fixed:
            number, word = fixed[edge.start]
            out[number].append(word)
            continue
        origin = origins[edge.start, edge.end, edge.surface]
        out[origin.line].extend(_words(edge.surface, origin, choice))
    return [tuple(words) for words in out]


def _words(text: str, origin: _Origin, choice: Choice) -> list[Word]:
    """The chosen reading as words: parted where print always has a space, their boxes in proportion to their letters."""
    parts = [text] if "@" in text or "//" in text else _GLUED.split(text)
    sure = RECOGNISED.chance(choice.margin)
    if origin.sure is not None:
        return by_pen(text, origin.box, origin.sure)
    if len(parts) == 1:
        return [Word(text, origin.raw, origin.box, sure, choice.runners_up)]
    step, left = origin.box.width / len(text), origin.box.x0
    words = []
    for part in parts:
        box = origin.box._replace(x0=left, x1=left + step * len(part))
        words.append(Word(part, part, box, sure))
        left = box.x1
    return words
