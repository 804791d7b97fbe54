"""Dates as Vietnamese papers print them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from normalizers.text import skeleton

VIETNAM = dt.timezone(dt.timedelta(hours=7))
_GAP = r"[\W_]*"
_DIGITS = str.maketrans("oOlI|", "00111")
# A figure as it is read: letters that look like digits are let in, but at least one sign must be a digit.
_FIGURE = r"(?=[oOlI|]?\d)[\doOlI|]{1,2}"
_YEAR = r"(?:19|20)\s?\d\s?\d"
LONG_DATE = re.compile(rf"ngay{_GAP}({_FIGURE})?{_GAP}thang{_GAP}({_FIGURE})?{_GAP}nam{_GAP}({_YEAR})?")
SHORT_DATE = re.compile(rf"(?<![\d/.\-])\.*({_FIGURE})\.*\s?([/.\-])\s?\.*({_FIGURE})\.*\s?\2\s?({_YEAR})(?!\d)")


# What a date in figures can be part of: all of them are looked for only there, for most of a paper is letters.
_FIGURES = re.compile(r"[\doOlI|.][\doOlI|./\-\s]{7,}")

# A slash lost between day and month; only where one reading is possible: 166/2022 is 16/6, 111/2022 stays open.
_GLUED_DATE = re.compile(r"(?<=ngay )\s?(\d{3,4})\s?/\s?((?:19|20)\d\d)(?!\d)")


def _unglued(figures: str, year: str) -> dt.date | None:
    readings = {
        _make(figures[:cut], figures[cut:], year) for cut in (1, 2) if cut < len(figures) and len(figures) - cut <= 2
    }
    readings.discard(None)
    return readings.pop() if len(readings) == 1 else None


class DateFound(NamedTuple):
    """A date and where it stands. `date` is None for a form that was left blank or an impossible day."""

    date: dt.date | None
    start: int
    end: int


def _make(day: str | None, month: str | None, year: str | None) -> dt.date | None:
    if not day or not month or not year:
        return None
    try:
        return dt.date(int("".join(year.split())), int(month.translate(_DIGITS)), int(day.translate(_DIGITS)))
    except ValueError:
        return None


def find_dates(text: str) -> Iterator[DateFound]:
    """All dates with a year, in order, blank forms (`ngày … tháng 9 năm 2025`) included with date None.

    >>> [found.date.isoformat() for found in find_dates("ngày 05 tháng 8 năm 2025 và 5-8-2025, 30.7.2025")]
    ['2025-08-05', '2025-08-05', '2025-07-30']
    >>> [found.date for found in find_dates("ngày … tháng 9 năm 2025; 31/02/2025")]
    [None, None]
    >>> [found.date and found.date.isoformat() for found in find_dates("ngày 166/2022, ngày 111/2022")]
    ['2022-06-16', None]
    """
    folded = skeleton(text)
    long = [DateFound(_make(*found.groups()), found.start(), found.end()) for found in LONG_DATE.finditer(folded)]
    short = [
        DateFound(_make(found.group(1), found.group(3), found.group(4)), found.start(), found.end())
        for figures in _FIGURES.finditer(text)
        for found in SHORT_DATE.finditer(text, figures.start(), figures.end())
    ]
    if "ngay" in folded:
        short += [
            DateFound(_unglued(found[1], found[2]), found.start(), found.end())
            for found in _GLUED_DATE.finditer(folded)
        ]
    inside = [found for found in short if not any(other.start <= found.start < other.end for other in long)]
    yield from sorted(long + inside, key=lambda found: found.start)


def parse_date(text: str) -> dt.date | None:
    """The first date in the text, or None.

    >>> parse_date("Quảng Ngãi, ngày 06 tháng 01 năm 2025")
    datetime.date(2025, 1, 6)
    >>> parse_date("ngày ..05../02/2025")
    datetime.date(2025, 2, 5)
    >>> parse_date("ngày    tháng 9 năm 2025") is None
    True
    """
    return next((found.date for found in find_dates(text)), None)


_ISO_TIME = re.compile(r"(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2}):(\d{2})")
_PRINTED_TIME = re.compile(
    r"(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})[,\s]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
)
_TIME_FIRST = re.compile(
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?[,\s]+(?:ngày\s+)?(?P<day>\d{1,2})[/.\-](?P<month>\d{1,2})[/.\-](?P<year>\d{4})"
)


def parse_time(text: str) -> str | None:
    """A moment of signing in Vietnam as ISO 8601 with +07:00, or None.

    >>> parse_time("2025-08-01T16:46:46+0700")
    '2025-08-01T16:46:46+07:00'
    >>> parse_time("Thời gian ký: 29.05.2013 09:37:36 +7:00")
    '2013-05-29T09:37:36+07:00'
    >>> parse_time("11:26:39 11/05/2021")
    '2021-05-11T11:26:39+07:00'
    """
    found = _ISO_TIME.search(text)
    if found:
        parts = [int(part) for part in found.groups()]
    else:
        match = _PRINTED_TIME.search(text) or _TIME_FIRST.search(text)
        if match is None:
            return None
        parts = [int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    try:
        year, month, day, hour, minute, second = parts
        moment = dt.datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM)
    except ValueError:
        return None
    return moment.isoformat()
