"""How far a recognised word is to be trusted, by the recogniser's confidence and by what Vietnamese papers print."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.sources.text_quality import is_word
from schemas.page import Word

WHOLE_CODE = 0.85  # a word that is a whole code or date is raised towards this
ODD = frozenset("⁄‡†ƒøØ@#{}_|\\~^<>=¿¡©®€£$§°²³œæŒÆ„")  # signs that noise is read as
_CODE = re.compile(r"\d{1,5}(/\d{4})?/[A-ZĐ][A-Za-zĐđ]*\d*(-[A-ZĐ][A-Za-zĐ&]*\d*)*-?|/[A-ZĐ][A-Za-zĐ]+(-[A-ZĐ&]+)*")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/(19|20)\d\d")
_AROUND = ",;:.()\"'“”"


def trust(word: Word) -> float:
    """0..1: the confidence, lowered for what no Vietnamese paper prints, raised for a whole code or date."""
    text = word.text.strip(_AROUND)
    if _CODE.fullmatch(text) or _DATE.fullmatch(text):
        return max(word.confidence, min(WHOLE_CODE, word.confidence + 0.3))
    return word.confidence * _plausible(text)


def mean_trust(words: Sequence[Word]) -> float:
    """Mean over the characters of the words; 0.0 for none."""
    return sum(trust(word) * len(word.text) for word in words) / max(1, sum(len(word.text) for word in words))


def gain(words: Sequence[Word]) -> float:
    """Characters won by taking the words as read: each counts by how far its word is trusted beyond a half."""
    return sum((trust(word) - 0.5) * len(word.text) for word in words)


def _plausible(text: str) -> float:
    letters = "".join(char for char in text if char.isalpha())
    if any(char in ODD for char in text):
        return 0.5
    if not letters:
        return 1.0 if any(char.isdigit() for char in text) else 0.6
    if any(char.isdigit() for char in text):
        return 0.7
    if "-" in text or "/" in text:
        return 0.85
    return 1.0 if is_word(letters) else 0.7


def is_scrap(words: Sequence[Word]) -> bool:
    """Is this line what a recogniser makes of pen strokes, seals and dirt: short, doubtful, and without any real word?"""
    letters = sum(char.isalnum() for word in words for char in word.text)
    if letters == 0:
        return True
    if letters > 12 or any(_is_real(word) for word in words):
        return False
    return mean_trust(words) < (0.70 if letters <= 4 else 0.45)


def _is_real(word: Word) -> bool:
    text = "".join(char for char in word.text if char.isalpha())
    return len(text) >= 3 and is_word(text) and word.confidence >= 0.5
