"""What the rows of one woven table share: columns, agencies, widths of the free columns, and how words are used."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from extractors.tables.phrases import PhraseTrie, Way, plain_word
from normalizers.text import skeleton

FIXED = ("lead", "coordinating", "deadline")  # columns whose cells come from a known stock
# Widths of letters in Times New Roman, in widths of an `n`; the marks above and below take no room.
_WIDE = re.compile(r"[A-ZĐ]")
_NARROW = re.compile(r"[iltfjr.,;:'()/I -]|\|")


@lru_cache(maxsize=4096)
def printed_width(text: str) -> float:
    """About how wide a text is in print, in letters.

    >>> printed_width("UBND") > printed_width("xuân") > printed_width("liti")
    True
    """
    plain = skeleton(text)
    return len(text) + 0.4 * len(_WIDE.findall(text)) - 0.45 * len(_NARROW.findall(plain)) + 0.5 * plain.count("m")


@lru_cache(maxsize=64)
def _fixed(columns: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(column for column in columns if column in FIXED)


@lru_cache(maxsize=512)
def _apart(columns: tuple[str, ...], left: str, right: str) -> bool:
    return any(column not in FIXED for column in columns[columns.index(left) + 1 : columns.index(right)])


class Chunk(NamedTuple):
    """Words [start, end) of a line that belong to a column."""

    column: str
    start: int
    end: int


class Here(NamedTuple):
    """Where an agency stands in the trie; listed: whether a comma or semicolon lets another agency begin.

    many: whether the cell names more than one. doubtful: whether some of its words were matched by likeness only.
    """

    node: PhraseTrie
    listed: bool
    many: bool = False
    doubtful: bool = False


class Table(NamedTuple):
    """columns: from left to right. noisy: whether the words come from recognition that was repaired.

    content_width, product_width: of the free columns, in letters; 0 where not known yet.
    centred: whether cells stand in the middle of their rows, not at the top. cellwise: whether no line shows more than one cell.
    noted: whether a column of notes follows the product.
    prior: (column, first word of an agency) -> how much likelier it is there. ways: how lines may show known agencies, by the id of the node they go on from.
    """

    columns: tuple[str, ...]
    trie: PhraseTrie
    noisy: bool = False
    content_width: float = 0.0
    product_width: float = 0.0
    centred: bool = False
    cellwise: bool = False
    noted: bool = False
    prior: Mapping[tuple[str, str], float] = MappingProxyType({})
    ways: Mapping[int, tuple[Way, ...]] = MappingProxyType({})

    @property
    def together(self) -> bool:
        """Whether content and product stand side by side."""
        if "product" not in self.columns:
            return False
        return abs(self.columns.index("content") - self.columns.index("product")) == 1

    def is_open(self, column: str, side: int) -> bool:
        """Whether a free column stands left (-1) or right (1) of a fixed one: words there need a cell."""
        at = self.columns.index(column)
        beside = self.columns[at + 1 :] if side > 0 else self.columns[:at]
        return any(other in ("content", "product") for other in beside)

    def apart(self, left: str, right: str) -> bool:
        """Whether a free column stands between two fixed ones."""
        return _apart(self.columns, left, right)

    @property
    def fixed(self) -> tuple[str, ...]:
        return _fixed(self.columns)

    @property
    def agencies(self) -> tuple[str, ...]:
        """The fixed columns that name agencies."""
        return tuple(column for column in self.fixed if column != "deadline")


class Usage(NamedTuple):
    """How words are used in the document: pairs that follow each other, and words that never end a clause."""

    pairs: frozenset[tuple[str, str]]
    open_ended: frozenset[str]
    words: frozenset[str]

    def strange(self, words: Sequence[str]) -> bool:
        """Whether two words of the document stand side by side that never do so in its running text."""
        plain = [plain_word(word) for word in words if word != "|"]
        pairs = zip(plain, plain[1:], strict=False)
        return any(pair not in self.pairs and pair[0] in self.words and pair[1] in self.words for pair in pairs)

    def dangling(self, word: str | None) -> float:
        """What it costs to end a cell with this word."""
        return 1.5 if word is not None and plain_word(word) in self.open_ended else 0.0
