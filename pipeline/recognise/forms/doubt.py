"""How surely a number by pen is read, and what becomes of one that is not: a wrong digit is worse than none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import exp

from schemas.page import Box, Candidate, Word

LEAST = 0.75
"""Chance of being right below which a number by pen is left out of the text (benchmarks/handwriting.py)."""
_NUMBER = re.compile(r"\d+")


def certainty(candidates: Sequence[Candidate], text: str) -> float:
    """0..1: the chance that the digits with which `text` begins are what the pen wrote, by the scores of all readings.

    >>> round(certainty([Candidate("51", -0.1), Candidate("57", -2.1)], "51"), 2)
    0.88
    """
    digits = _digits(text)
    top = max(one.score for one in candidates)
    shares = [(one.text, exp(one.score - top)) for one in candidates]
    return sum(share for other, share in shares if _digits(other) == digits) / sum(share for _, share in shares)


def by_pen(text: str, box: Box, sure: float) -> list[Word]:
    """The words of a field: the number, and the symbol that stands close to it.

    A doubtful number has no text, and what it was read as is its `raw`.
    """
    if sure >= LEAST:
        return [Word(text, text, box, sure)]
    digits = _digits(text)
    end = box.x0 + box.width * len(digits) / len(text)
    doubtful = Word("", digits, box._replace(x1=end), sure)
    rest = text[len(digits) :]
    return [doubtful, Word(rest, rest, box._replace(x0=end))] if rest else [doubtful]


def _digits(text: str) -> str:
    found = _NUMBER.match(text)
    return found[0] if found else ""
