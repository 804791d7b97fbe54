"""Words and lines of task tables: where each stands in the document, and what recognition made of specks and blots."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalizers.text import skeleton
from schemas.page import Word
from schemas.text import DocumentText, Span


class TableWord(str):
    """A word of a table line, as it is read, and where it stands in the document."""

    __slots__ = ("span",)
    span: Span

    def __new__(cls, text: str, span: Span) -> TableWord:
        word = super().__new__(cls, text)
        word.span = span
        return word


@dataclass
class TableLine:
    """One printed line inside a table: its index in the document, its words, and whether a new page begins with it."""

    index: int
    span: Span
    words: list[TableWord]
    new_page: bool = False
    gap: bool = False  # a blank line stands before it


_LETTERS = str.maketrans("0165", "olos")
_SIGNS = frozenset(("|", "-", "–", "—", "&", "%", "+"))
DIRT = "‘’'`´~_^°*[]{}«»¢"  # what specks of ink at the edge of a word are read as
SPECKS = DIRT + "-–—.,:;| "
_SYMBOL = re.compile(r"[^\w\s.,;:/()\-–—\"“”%&+…]")


def split_words(line: str) -> list[str]:
    """The words of a table line; rulings read as `|` are kept as words of their own, specks are dropped."""
    words = re.sub(r"[|¦]+", " | ", line.replace("*", "")).split()
    return [word for word in words if any(char.isalnum() for char in word) or word in _SIGNS]


def _was_read(word: Word) -> bool:
    """Whether anything of a word was read before repair made another of it: out of blots it makes words that fit."""
    if word.raw == word.text or any(char.isdigit() for char in word.text):
        return True
    said = skeleton(word.text).strip(SPECKS)
    seen = [skeleton(piece).translate(_LETTERS).strip(SPECKS) for piece in word.raw.split()]
    return any(
        fuzz.ratio(said, piece) > 50 or piece[:1].replace("l", "i") == said[:1].replace("l", "i")
        for piece in seen
        if piece
    )


def table_words(text: DocumentText, span: Span, noisy: bool) -> list[TableWord]:
    """The words of a line; of one that recognition damaged without single letters, heaps of signs, and what was made of blots."""
    found: list[TableWord] = []
    start = span.start
    for word in text.words(span):
        place = Span(start, start + len(word.text))
        start = place.end + 1
        for piece in split_words(word.text):
            if piece in _SIGNS or not noisy:
                found.append(TableWord(piece, place))
            elif not _is_speck(word, piece):
                found.append(TableWord(piece.strip(DIRT) or piece, place))
    return found


def _is_speck(word: Word, piece: str) -> bool:
    letters = [char for char in word.raw if char.isalnum()]
    if len(letters) <= 1 and not piece.strip(".,)").isdigit() and word.raw.strip(".,;") not in ("y", "Y"):
        return True
    heap = len(_SYMBOL.findall(piece)) > 0.3 * len(piece)
    return heap or word.raw == word.text and not is_readable(piece) and len(piece) < 4 or not _was_read(word)


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|o[aeio]|u[aeiouy]|ye|uye|oai|oay|uay|uya|ieu|yeu|uou|uoi|oeo|uyu)"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def is_readable(word: str) -> bool:
    """Whether a word can be Vietnamese, a number, a code or an abbreviation; what recognition left unread mostly cannot.

    >>> [is_readable(w) for w in ("Quyết", "HĐND&UBND", "323/QĐ-UBND", "2025", "phusng", "Vigcc')", "CHuC", "nliqnai")]
    [True, True, True, True, False, False, False, False]
    """
    core = word.strip(".,;:()“”\"'…")
    if not core or any(char.isdigit() for char in core) or core.isupper():
        return True
    if not (core.islower() or core[1:].islower()):
        return False
    return all(_SYLLABLE.fullmatch(part) for part in re.split(r"[-/&]", skeleton(core)) if part)


def is_noisy(text: DocumentText) -> bool:
    """Whether the document's words were repaired to a good part: what recognition gave differs from what they say."""
    words = [word for page in text.pages for line in page.lines for word in line.words]
    return len(words) > 0 and sum(word.raw != word.text for word in words) > 0.2 * len(words)
