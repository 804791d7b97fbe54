"""Gives text without diacritics its marks back: every accented form of a syllable, decided by the language model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from normalizers.vietnamese import bare, is_syllable
from pipeline.repair.decode import Edge, decode_many
from pipeline.repair.lm import LanguageModel
from pipeline.repair.memory import Memory
from pipeline.repair.syllables import like, model_tokens, shape

# Weight of capitals as a witness ("Nguyen" inside a sentence is more likely Nguyễn than nguyên).
SHAPE_WEIGHT: Final = 0.5
_INSIDE: Final = frozenset(",()%/")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d[^\W_]*(?:[./,\-][^\W_]+)*|[^\w\s]")


def forms(
    word: str, lm: LanguageModel, *, inside: bool = True, shape_weight: float = SHAPE_WEIGHT
) -> list[tuple[str, float]]:
    """The accented forms of a bare word as (printed form, score), with the capitals of the word; itself where it has none.

    inside: the word stands inside a sentence, where a capital at its head tells names from other words.

    A word that carries marks already is left as it is. Scores are natural logarithms, to be put in `Edge.score`.
    """
    lower = word.lower()
    if bare(lower) != lower:
        return [(word, 0.0)]
    known = [form for form, _ in lm.restorations(lower)]
    if not known:
        return [(word, 0.0)]
    if lower not in known and (is_syllable(lower) or lower in lm):
        known.append(lower)
    kind = shape(word)
    # capitals say nothing at the head of a sentence, in a heading, and of a letter that numbers an item: "d)", "D."
    tells = len(word) > 1 and (kind == "lower" or (kind == "title" and inside))
    weight = shape_weight if tells else 0.0
    return [(like(word, lm.printed(form)), weight * lm.shape(form, kind)) for form in known]


def stripped_lattice(text: str, lm: LanguageModel, *, shape_weight: float = SHAPE_WEIGHT) -> list[list[Edge]]:
    """The lattice of a stretch of bare text: a node before every word, number, code and sign."""
    lattice: list[list[Edge]] = []
    inside = False
    for piece in _PIECE.findall(text):
        node = len(lattice)
        if piece[0].isalpha():
            row = [
                Edge(node, node + 1, model_tokens(form), score, form)
                for form, score in forms(piece, lm, inside=inside, shape_weight=shape_weight)
            ]
            inside = True
        else:
            tokens = model_tokens(piece)
            inside = inside and piece in _INSIDE
            if not tokens:
                continue
            row = [Edge(node, node + 1, tokens, 0.0, piece)]
        lattice.append(row)
    return lattice


def restore(stretches: Sequence[str], lm: LanguageModel, *, memory: Memory | None = None) -> list[str]:
    """Bare stretches of text (paragraphs, or lines where they cannot be joined) with their diacritics, all else kept."""
    lattices = [stripped_lattice(text, lm) for text in stretches]
    out = []
    for text, choices in zip(stretches, decode_many(lattices, lm, memory=memory), strict=True):
        parts: list[str] = []
        end, rest = 0, iter(choices)
        for found in _PIECE.finditer(text):
            if not found.group()[0].isalpha() and not model_tokens(found.group()):
                continue
            parts += [text[end : found.start()], next(rest).edge.surface]
            end = found.end()
        out.append("".join(parts) + text[end:])
    return out
