"""The words of a garbled paper, each with what had been read for it: whether it may be taken at its word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from normalizers.text import skeleton
from normalizers.vietnamese import bare, is_bare_syllable
from schemas.text import DocumentText, Span

LETTERS = str.maketrans("01456", "olaso")
"""Figures that letters with marks are read as."""
EDGES = " .,:;'\"‘’“”*~_=|<>()[]{}«»•°"
LONE_FIGURE = re.compile(r"\d[.,]?")
"""ô, ở and a may be read as one."""
_UNSURE = 0.7  # a word that repair is less sure of
_FAR = 0.5  # share of letters that repair had to change
_SHORT = 3  # letters of what is read from a stroke
_SPECK_INSIDE = re.compile(r"(?<=[^\W\d_]{2})[.:;'‘’](?=[^\W\d_]{2})")
_NUMBER = re.compile(r"\d+(?:[.,/:-]\d+)*%?")
_ABBREVIATION = re.compile(r"[A-ZĐ]{2,}(?:[-&/][A-ZĐ]+)*\d*")


class Token(NamedTuple):
    """A word as it stands in the text: what it is compared by, what was read, whether it may be taken at its word.

    line: which of several lines it belongs to.
    """

    text: str
    key: str
    read: str
    sure: bool
    span: Span = Span(0, 0)
    line: int = 0

    @property
    def is_debris(self) -> bool:
        """Whether it is a short word that has hardly a letter of what was read: strokes were read as letters."""
        short = not self.sure and self.key.isalpha() and len(self.read) <= _SHORT and is_printable(self.text)
        return short and self.read[:1] != self.key[:1] and is_far(self.read, self.key)


@lru_cache(maxsize=16384)
def is_printable(word: str) -> bool:
    """Whether a word can stand in print: syllables, a number, an abbreviation.

    >>> [is_printable(word) for word in ("trường,", "2025", "UBND", "fateng", "tai.san", "thoai'véi", "0)", "HĐND-UBND")]
    [True, True, True, False, False, False, False, True]
    """
    core = word.strip(EDGES)
    if word.endswith(")") and "(" not in word and core.isdigit():
        return False
    if _NUMBER.fullmatch(core) or _ABBREVIATION.fullmatch(core) or word in ("-", "–", "&"):
        return True
    return bool(core) and all(is_bare_syllable(bare(part.lower())) for part in re.split(r"[-/]", core))


def tokens(text: DocumentText, span: Span) -> Iterator[Token]:
    """The words of a stretch, signs that stand alone left out; two words with a speck between them are two."""
    for match in re.finditer(r"\S+", text[span]):
        place = Span(span.start + match.start(), span.start + match.end())
        if _SPECK_INSIDE.search(match.group()):
            yield from _torn(match.group(), place)
        elif (word := _token(text, match.group(), place)) is not None:
            yield word


def _torn(printed: str, place: Span) -> Iterator[Token]:
    """The words around a speck, none of them sure: what was read is not known of each."""
    at = 0
    for speck in (*_SPECK_INSIDE.finditer(printed), None):
        end = speck.start() if speck else len(printed)
        key = _key(printed[at:end])
        if key:
            yield Token(printed[at:end], key, key, False, Span(place.start + at, place.start + end))
        at = speck.end() if speck else end


@lru_cache(maxsize=16384)
def _key(word: str) -> str:
    return re.sub(r"[^\w]|_", "", skeleton(word)) or ("-" if word in ("-", "–") else "")


def _token(text: DocumentText, word: str, place: Span) -> Token | None:
    key = _key(word)
    read = text.words(place)
    raw = "".join([one.raw for one in read])
    raw = key if raw == word else re.sub(r"[^\w]|_", "", skeleton(raw)) or (key if key == "-" else "")
    raw = raw if key.isdigit() else raw.translate(LETTERS)
    sure = (
        is_printable(word)
        and not LONE_FIGURE.fullmatch(word)
        and (raw == key or not is_far(raw, key) and min([one.confidence for one in read], default=1.0) >= _UNSURE)
    )
    return Token(word, key, raw, sure, place) if key else None


def is_far(raw: str, key: str) -> bool:
    """Whether repair made another word of what was read; vowels with marks come in two letters or more: `cifu` for `cứu`."""
    slips = Levenshtein.distance(raw, key)
    if slips == _FAR * len(key):
        return raw[:1] != key[:1]
    return slips > _FAR * len(key) and raw[:1] + raw[-1:] != key[:1] + key[-1:]
