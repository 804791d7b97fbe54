"""A second recogniser asked about single words: those with digits or signs in them, and those that read as no word.

All crops of a page go to it on one sheet. What it says becomes one more candidate of the word, or makes the candidate
that it agrees with likelier; the decision stays with the language model (pipeline/recognise/decide.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from normalizers.codes import parse_code
from normalizers.vietnamese import is_syllable
from pipeline.recognise.readings import Reading, ReadLine
from pipeline.recognise.tesseract import Engine
from pipeline.recognise.trust import mean_trust
from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import model_tokens
from pipeline.sources.images import Pixels
from schemas.page import Candidate, Word

DOUBTFUL = 0.97
"""A word with digits that the first recogniser holds for less likely than this is asked about."""
DOUBTFUL_WORD = 0.8
"""And a word without digits that no paper has, where it is less sure than this."""
MOST = 40
"""Words asked about on one page, the most doubtful first."""
AGREED = 4.0
"""What a candidate gains (logarithm) that both have read."""
NEW = 3.0
"""How far below the first reading a word stands that only the second recogniser has read and is sure of."""
SURE = 0.85
"""Confidence of the second recogniser from which a reading of its own is considered."""
LEAST = 0.5
"""Confidence of the second recogniser below which it is not heard at all."""
PERCENT = 1.0
"""How far a percent sign that only the second recogniser has read stands above the figures that it replaces."""
PERCENT_SHAPES = ("", "6", "96", "0", "9", "o", "c", "96%", "9%", "6%")
"""What the first recogniser makes of a percent sign."""
_NUMBER = re.compile(r"\d[\d.,/:\-–]*%?")
BESIDE, ABOVE = 0.15, 0.15
"""Paper around a crop, in heights of its line."""


class _Doubt(NamedTuple):
    """A reading of a line that is asked about. chance: of its best candidate."""

    chance: float
    line: int
    reading: Reading


def asked_again(
    lines: Sequence[ReadLine], pixels: Pixels, dpi: float, engine: Engine, lm: LanguageModel, time_limit: float
) -> list[ReadLine]:
    """The lines with what `engine` says of their doubtful words. Raises ReadError (timeout), ComponentMissing."""
    doubts = sorted(
        _Doubt(reading.candidates[0].score, number, reading)
        for number, line in enumerate(lines)
        for reading in line.best
        if _is_doubtful(reading, lm)
    )[:MOST]
    crops = [_crop(pixels, doubt.reading) for doubt in doubts]
    heard = {
        (doubt.line, doubt.reading): words
        for doubt, words in zip(doubts, engine.read_lines(crops, dpi, time_limit), strict=True)
        if words
    }
    return [
        line._replace(readings=tuple(_with(one, heard.get((number, one), ())) for one in line.readings))
        for number, line in enumerate(lines)
    ]


def _is_doubtful(reading: Reading, lm: LanguageModel) -> bool:
    best = reading.candidates[0]
    if reading.by_hand or reading.raised:
        return False
    if any(char.isdigit() for char in best.text):
        return best.score < log(DOUBTFUL)
    letters = sum(char.isalpha() for char in best.text)
    return letters > 1 and best.score < log(DOUBTFUL_WORD) and any(token not in lm for token in model_tokens(best.text))


def _crop(pixels: Pixels, reading: Reading) -> Pixels:
    x0, y0, x1, y1 = reading.box
    height = y1 - y0
    rows = slice(max(0, round(y0 - ABOVE * height)), max(1, round(y1 + ABOVE * height)))
    columns = slice(max(0, round(x0 - BESIDE * height)), max(1, round(x1 + BESIDE * height)))
    crop = pixels[rows, columns]
    return crop if crop.size else np.full((8, 8), 255, np.uint8)


def _with(reading: Reading, words: Sequence[Word]) -> Reading:
    """The reading with the second recogniser's word among its candidates."""
    heard = "".join(word.text for word in words)
    core, trust = _core(heard), mean_trust(words)
    if not core or trust < LEAST:
        return reading
    first = reading.candidates[0]
    same = [one for one in reading.candidates if _core(one.text) == core]
    if same:
        text, score = same[0].text, same[0].score + AGREED * trust
    elif trust < SURE or not _is_plain(core):
        return reading
    else:
        before, after = _around(first.text)
        text, score = before + core + after, first.score - NEW
    if _is_percent_of(core, _core(first.text)):
        score = max(score, first.score + PERCENT)
    others = [one for one in reading.candidates if one.text != text]
    found = sorted([Candidate(text, score), *others], key=lambda one: -one.score)
    return reading._replace(candidates=tuple(found), heard=text)


_CORE = re.compile(r"\w(?:.*\w)?%?")


def _core(text: str) -> str:
    """The word without the signs around it, which a second recogniser invents at the edges of a crop."""
    found = _CORE.search(text)
    return found[0] if found else ""


def _around(text: str) -> tuple[str, str]:
    core = _core(text)
    before, _, after = text.partition(core) if core else (text, "", "")
    return before, after


def _is_plain(core: str) -> bool:
    """A word, a number or a code, nothing else."""
    if any(char.isdigit() for char in core):
        return bool(_NUMBER.fullmatch(core)) or parse_code(core) is not None
    return core.isalpha() and is_syllable(core.lower())


def _is_percent_of(core: str, first: str) -> bool:
    """Did the second recogniser read a percent sign where the first read figures? A printed 6 is hardly ever read so.

    >>> _is_percent_of("54,8%", "54,86"), _is_percent_of("91%", "9196"), _is_percent_of("91%", "92%")
    (True, True, False)
    """
    return core.endswith("%") and first.startswith(core[:-1]) and first[len(core) - 1 :] in PERCENT_SHAPES
