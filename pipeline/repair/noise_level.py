"""Which noise a text suffers from, measured; for the whole and for single lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

from normalizers.vietnamese import Features, features, has_vietnamese_letter, is_foreign
from schemas.page import Word

Noise = Literal["clean", "stripped", "eng", "vie", "trace"]

READ_WITH_MARKS: Final[frozenset[Noise]] = frozenset(("vie", "trace"))
"""Noise of readers that know Vietnamese letters: that a word has one says nothing of its being right."""
# From this share of words with a letter that only Vietnamese has on, marks are printed (0.6 in papers; 0.002 in noise).
_MARKED: Final = 0.2
# In marked text with so few misspelled words only what is plainly misread is changed.
_NOISY: Final = 0.985
# Fewer still are names and foreign words alone; in between stand good scans, read well.
_CLEAN: Final = 0.9975
_ENOUGH: Final = 100  # words that a text needs for so small a share to mean something
# An English reader leaves é, ó, í on one word in six, and digits or signs in one in thirty.
_ACCENTED: Final = 0.02
_ODD: Final = 0.01


def _of_features(found: Features) -> Noise:
    if not found.words or is_foreign(found):
        return "clean"
    if found.vietnamese >= _MARKED:
        spelled = found.valid - found.odd
        if spelled >= _CLEAN or found.words < 20 or spelled >= _NOISY and found.words < _ENOUGH:
            return "clean"
        return "trace" if spelled >= _NOISY else "vie"
    return "eng" if found.accented > _ACCENTED or found.odd > _ODD else "stripped"


def measure_noise(lines: Iterable[Sequence[Word]]) -> Noise:
    """The noise of a text as a whole; lines that are plainly clean among noisy ones do not hide those.

    "clean": nothing to do (also: another language, mere numbers). "stripped": Vietnamese without its marks. "eng":
    what an engine for English makes of it. "vie": marked, but with more misspelled words than print has. "trace": a few of
    them, so that most of the text is surely right.
    """
    texts = [" ".join(word.raw for word in line) for line in lines]
    rest = [text for text in texts if not is_clean_line(text)]
    whole = _of_features(features("\n".join(texts)))
    if whole in ("clean", "vie", "trace") and len(rest) < len(texts):
        # a few noisy lines among clean ones: what do those alone look like?
        found = features("\n".join(rest))
        noisy = _of_features(found)
        if noisy == "eng" and found.valid > 0.8 or noisy == "stripped" and found.accented > 0.1:
            return whole  # lines that happen to hold no such letter
        if noisy in ("eng", "stripped") and found.words >= 40:
            return noisy
    return whole


def is_clean_line(text: str) -> bool:
    """True for a line that carries Vietnamese letters as print does, so that no marks are lost in it."""
    found = features(text)
    return found.words > 0 and found.vietnamese >= _MARKED


def keeps_marks(token: str) -> bool:
    """True for a token that no English reader and no stripping can have left: it has a letter only Vietnamese has."""
    return has_vietnamese_letter(token)
