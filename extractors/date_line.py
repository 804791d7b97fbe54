"""The line with place and date of a letterhead (NĐ 30/2020 Annex I, element 4): `An Bình, ngày 05 tháng 8 năm 2025`."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from extractors.rows import Row
from normalizers.dates import LONG_DATE, parse_date
from normalizers.text import skeleton
from schemas.text import DocumentText, Span


class DateLine(NamedTuple):
    """The place and date line. `date` is `None` where day or month were left blank; in a garbled dump `place` is no more
    than the words in front of the day (extractors/place_name.py)."""

    place: str | None
    place_span: Span | None
    day_span: Span
    date: dt.date | None


_DATE_TEXT = re.compile(LONG_DATE.pattern)
# The same with slips in its words: `nöày 29 tháng 9 năm 2025`.
_SLIPPED_DATE = re.compile(
    r"\bn\w{1,3}y\W{0,3}(\d{1,2})\W{0,3}th\w{2,3}\W{0,3}(\d{1,2})\W{0,3}n\w{1,2}m\W{0,3}((?:19|20)\d\d)"
)
# The same in a dump of a foreign recogniser, where a word may be anything or lost: `ngay 22 ade 9 nam 2025`, `8 né&im 2025`.
_GARBLED_DATE = re.compile(
    r"\bn\w{1,3}y\W{0,3}(\d{1,2})(?!\d)\W{0,3}(?:[^\W\d]\S{0,6}?\W{0,3})?(?<!\d)(\d{1,2})(?!\d)[^\W\d]?\W{0,3}"
    r"n\S{0,5}m\W{0,3}(2\s?[0o]\s?\d\s?\d)(?!\d)"
)
# … with both words behind the day, `ngày` may be anything.
_GARBLED_DAY = re.compile(
    r"(?:,\W{0,3}[^\W\d]{1,5})?\W{1,3}(\d{1,2})\W{1,3}thang\W{0,3}(\d{1,2})\W{1,3}nam\W{0,3}(20\d\d)(?!\d)"
)
_GARBLED_LOOSE = re.compile(r"(?<=[,.:;] )ngay\W{1,3}\d{1,2}\b.{0,25}$")
_SHORT_DATE = re.compile(r"ngay\s*\.{0,4}\s*\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}")
# What is left of a date line whose day was written by hand: the place in front of it is known still.
_LOOSE_DATE = re.compile(
    r"(?:ngay\S{0,4}[^,;]{0,14}?)?\bthang\S{0,4}[^,;]{0,8}?n[a-z]m\s*(?:19|20)\d\d|\bngay\S{0,4}[^,;]{0,25}?\bnam\s*(?:19|20)\d\d|\bngay\b[^,;]{0,14}?\bthang\b"
)
_PLACE = re.compile(r"((?:[^\W\d_][^\W\d_'’\-]*\.?[\s\-]+){0,7}[^\W\d_][^\W\d_'’\-]*)\s*[,.;:]?\s*$")
_LETTERS = re.compile(r"[^\W\d_]+")
_PLACE_WORDS = 6
_UNIT_NOUNS = frozenset("phường xã thành phố tỉnh huyện quận thị trấn đặc khu".split())


def read_date(
    row: Row, taken: list[tuple[int, int]], dump: DocumentText | None = None
) -> tuple[DateLine, tuple[int, int]] | None:
    """The place and date line in a row of the head, and how much of the row it takes.

    taken: what has an owner already. dump: the garbled dump that the row comes from.

    >>> from extractors.paper import Paper
    >>> paper = Paper.of("An Bình, ngay 22 ade 9 nam 2025")
    >>> row = paper.zones.rows[0]
    >>> str(read_date(row, [], paper.text)[0].date), read_date(row, [])[0].date
    ('2025-09-22', None)
    """
    slips = _SLIPPED_DATE.search(row.folded) or (_garbled_date(row.folded) if dump else None)
    match = _DATE_TEXT.search(row.folded) or _SHORT_DATE.search(row.folded) or slips or _LOOSE_DATE.search(row.folded)
    match = match or (_GARBLED_LOOSE.search(row.folded) if dump else None)
    if match is None:
        return None
    day = _slipped(slips) if slips is not None and match is slips else parse_date(match.group())
    if day is None and dump is not None:  # what repair made of the words may have cost a figure: `théng’7` -> `tháng`
        read = _garbled_date(skeleton(dump.raw(row.span)))
        day = _slipped(read) if read else None
    floor = max((end for _, end in taken if end <= match.start()), default=0)
    place, start = (_garbled_place if dump else _place)(row, floor, match.start())
    name, span = place or (None, None)
    return DateLine(name, span, row.part(match.start(), match.end()), day), (start, match.end())


def _garbled_date(folded: str) -> re.Match[str] | None:
    return _GARBLED_DATE.search(folded) or _GARBLED_DAY.search(folded)


def _slipped(found: re.Match[str]) -> dt.date | None:
    year = "".join(found[3].split()).replace("o", "0")
    return parse_date(f"ngày {found[1]} tháng {found[2]} năm {year}")


def _garbled_place(row: Row, floor: int, day: int) -> tuple[tuple[str, Span] | None, int]:
    """The words in front of the day in a garbled dump, up to capitals of the other column: strokes may be among them."""
    words = list(_LETTERS.finditer(row.text, floor, day))
    capitals = [index for index, word in enumerate(words) if len(word.group()) > 2 and word.group().isupper()]
    words = words[capitals[-1] + 1 :][-_PLACE_WORDS:] if capitals else words[-_PLACE_WORDS:]
    if not words:
        return None, day
    start, end = words[0].start(), words[-1].end()
    return (" ".join(word.group() for word in words), row.part(start, end)), start


def _place(row: Row, floor: int, day: int) -> tuple[tuple[str, Span] | None, int]:
    """The place in front of the day, if there is one, and where the line begins."""
    before = (" " * floor + row.text[floor:day]).rstrip()
    place = _PLACE.search(before)
    if place is None:
        return None, day
    kept = _place_words(list(re.finditer(r"\S+", place[1])))
    if not kept or not kept[0].group()[0].isupper() or not (before.endswith((",", ".", ";", ":")) or len(kept) <= 5):
        return None, day
    start, end = place.start(1) + kept[0].start(), place.start(1) + kept[-1].end()
    words = row.text[start:end].split()
    name = " ".join(word if word in _UNIT_NOUNS else word[:1].upper() + word[1:] for word in words)
    return (name, row.part(start, end)), start


def _place_words(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words of a place, from the comma backwards; capitals of the other column and running text do not belong to it."""
    kept: list[re.Match[str]] = []
    for index in range(len(words) - 1, -1, -1):
        word = words[index].group()
        if len(word) > 1 and word.isupper() and not (word.startswith("TP") or word in ("T.P.", "HCM")):
            break
        if word.islower() and word not in _UNIT_NOUNS:
            # a small letter may be a slip: Lê ích Mộc
            if index == 0 or not words[index - 1].group().istitle() or not kept:
                break
        kept.insert(0, words[index])
    return kept
