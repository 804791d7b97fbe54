"""Deadlines of tasks as printed -> periods, recurrence, bounds.

Period codes: `2025`, `2025-H2`, `2025-Q3`, `2025-12`, `2025-09-08`, ranges `2026/2030`, open ends `/2025-09-08` (until) and
`2026/` (from). Where no year is printed the document's own year is taken and `year_from_document` says so.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import Literal, NamedTuple

from normalizers import period_patterns as patterns

Recurrence = Literal[
    "CONTINUOUS", "MONTHLY", "QUARTERLY", "SEMIANNUAL", "YEARLY", "WEEKLY", "DAILY", "ON_DEMAND", "PERIODIC"
]


class Deadline(NamedTuple):
    """periods: codes in printed order. recurring: the words of repetition in lower case, recurrence: their code.

    condition: what it waits for, as printed (`sau khi có hướng dẫn`). end_inclusive: False for `trước ngày …`.
    start, end: bounds of all periods together, None where open. year_from_document: the year is not printed.
    """

    periods: tuple[str, ...] = ()
    recurring: str | None = None
    recurrence: Recurrence | None = None
    condition: str | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    end_inclusive: bool = True
    year_from_document: bool = False


_CODES: tuple[tuple[str, Recurrence], ...] = (
    ("thường xuyên", "CONTINUOUS"),
    ("liên tục", "CONTINUOUS"),
    ("tháng/lần", "SEMIANNUAL"),
    ("6 tháng", "SEMIANNUAL"),
    ("ngày", "DAILY"),
    ("tuần", "WEEKLY"),
    ("tháng", "MONTHLY"),
    ("quý", "QUARTERLY"),
    ("năm", "YEARLY"),
    ("đột xuất", "ON_DEMAND"),
    ("yêu cầu", "ON_DEMAND"),
    ("định kỳ", "PERIODIC"),
)


def recurrence_code(words: str | None) -> Recurrence | None:
    """The code of words of repetition; the shortest interval named counts.

    >>> [recurrence_code(w) for w in ("thường xuyên", "hàng quý", "hằng tháng, quý, năm", "đột xuất", "theo lộ trình", None)]
    ['CONTINUOUS', 'QUARTERLY', 'MONTHLY', 'ON_DEMAND', None, None]
    """
    folded = (words or "").casefold()
    return next((code for key, code in _CODES if key in folded), None)


def read_quarters(text: str) -> list[int] | None:
    """Quarter numbers from print or its noise (`I11,1\\\\VV` is III, IV); None where they do not come out increasing.

    >>> read_quarters("III,IV"), read_quarters("I11,1\\\\VV"), read_quarters("111,1V"), read_quarters("IV,II"), read_quarters("TI")
    ([3, 4], [3, 4], [3, 4], None, None)
    """
    numbers: list[int] = []
    for piece in re.split(r"[,;.&+]|và|-|–|đến|\s+", re.sub(r"[Qq]uý", " ", text)):
        piece = piece.strip(" .")
        if not piece:
            continue
        number = patterns.QUARTERS.get(piece) or patterns.QUARTERS.get(
            re.sub(r"V+", "V", piece.translate(patterns.NOISE))
        )
        if patterns.UNSURE_STROKES.search(piece):
            return None
        if number is None or (numbers and number <= numbers[-1]):
            return None
        numbers.append(number)
    return numbers or None


def _year(text: str | None, year: int | None, used: list[bool]) -> int | None:
    if text:
        return int(text)
    used.append(True)
    return year


def _date_code(day: str, month: str, year: int | None) -> str | None:
    if year is None:
        return None
    try:
        return dt.date(year, int(month), int(day)).isoformat()
    except ValueError:
        return None


class _Reader:
    """One deadline: each pattern takes what it understands out of the text."""

    def __init__(self, text: str, year: int | None) -> None:
        self.text, self.year = " ".join(text.split()), year
        self.found: list[tuple[int, str]] = []
        self.from_document: list[bool] = []
        self.inclusive = True

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], list[str]]) -> None:
        def blank(found: re.Match[str]) -> str:
            codes = read(found)
            self.found += [(found.start(), code) for code in codes]
            return "\x00" * len(found[0]) if codes else found[0]

        self.text = pattern.sub(blank, self.text)

    def _open(self, word: str | None, code: str) -> str:
        if not word:
            return code
        if "từ" in word.casefold():
            return f"{code}/"
        if "trước" in word.casefold() and "hết" not in word.casefold():
            self.inclusive = False
        return f"/{code}"

    def dates(self, found: re.Match[str]) -> list[str]:
        code = _date_code(found[2], found[4], _year(found[5], self.year, self.from_document))
        return [self._open(found[1], code)] if code else []

    def date_span(self, found: re.Match[str]) -> list[str]:
        last = int(found[6])
        codes = _date_code(found[1], found[2], int(found[3] or last)), _date_code(found[4], found[5], last)
        return [f"{codes[0]}/{codes[1]}"] if all(codes) else []

    def quarters(self, found: re.Match[str]) -> list[str]:
        numbers = read_quarters(found[2]) if not patterns.MORE_STROKES.match(found.string, found.end()) else None
        year = _year(found[3], self.year, self.from_document)
        if not numbers or year is None:
            return []
        return [self._open(found[1], f"{year}-Q{numbers[0]}")] if found[1] else [f"{year}-Q{n}" for n in numbers]

    def quarter_span(self, found: re.Match[str]) -> list[str]:
        first, last = read_quarters(found[1]), read_quarters(found[3])
        return [f"{found[2]}-Q{first[0]}/{found[4]}-Q{last[0]}"] if first and last else []

    def months(self, found: re.Match[str]) -> list[str]:
        year = _year(found[3], self.year, self.from_document)
        numbers = [int(n) for n in re.findall(r"\d+", found[2])]
        if year is None or not all(1 <= n <= 12 for n in numbers):
            return []
        codes = [f"{year}-{n:02}" for n in numbers]
        if len(codes) == 2 and re.search(r"-|–|đến", found[2]):
            return [f"{codes[0]}/{codes[1]}"]
        return [self._open(found[1], codes[-1])] if found[1] else codes

    def halves(self, found: re.Match[str]) -> list[str]:
        year = _year(found[2], self.year, self.from_document)
        return [f"{year}-H{1 if found[1].casefold() == 'đầu' else 2}"] if year else []

    def part_years(self, found: re.Match[str]) -> list[str]:
        """`9 tháng đầu năm`: from the first month, or up to the last."""
        year, months = _year(found[3], self.year, self.from_document), int(found[1])
        if year is None:
            return []
        first = 1 if found[2].casefold() == "đầu" else 13 - months
        return [f"{year}-{first:02}/{year}-{first + months - 1:02}"]

    def days(self, found: re.Match[str]) -> list[str]:
        """`15-20/8/2026`: days of one month."""
        year = _year(found[4], self.year, self.from_document)
        first, last = _date_code(found[1], found[3], year), _date_code(found[2], found[3], year)
        return [f"{first}/{last}"] if first and last and first < last else []

    def spans(self, found: re.Match[str]) -> list[str]:
        return [f"{found[1]}/{found[2]}"] if found[1] < found[2] else []

    def years(self, found: re.Match[str]) -> list[str]:
        codes = re.findall(r"\d{4}", found[2])
        if found[3]:
            return [f"{codes[0]}/"]
        return [self._open(found[1], codes[-1])] if found[1] else codes

    def bare(self) -> None:
        """A cell whose words for quarter, month or year are lost or were never printed."""
        if patterns.QUARTER_WORD.search(self.text):
            return  # what follows it is no month
        if found := patterns.BARE_QUARTERS.fullmatch(self.text):
            if not found[1].isdecimal():
                self.found += [(0, f"{found[2]}-Q{n}") for n in read_quarters(found[1]) or ()]
        elif found := patterns.BARE_YEAR.fullmatch(self.text):
            self.found.append((0, found[1]))
        if not self.found:
            self.take(patterns.BARE_MONTH, lambda m: [f"{m[2]}-{int(m[1]):02}"] if 1 <= int(m[1]) <= 12 else [])
        if not self.found:
            self.take(patterns.THIS_YEAR, self.this_year)

    def this_year(self, _: re.Match[str]) -> list[str]:
        year = _year(None, self.year, self.from_document)
        return [str(year)] if year else []

    def from_to(self) -> str | None:
        """`từ tháng 7 đến tháng 12/2025` as one range; the year of the end holds for the start."""
        found = patterns.FROM_TO.search(self.text)
        if not found:
            return None
        last = read_deadline(found[2], self.year)
        if len(last.periods) != 1:
            return None
        year = int(last.periods[0].lstrip("/")[:4])
        first = read_deadline(found[1], year)
        if len(first.periods) != 1:
            return None
        self.from_document += [True] * (last.year_from_document)
        return f"{first.periods[0].strip('/')}/{last.periods[0].strip('/')}"


def period_bounds(code: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a period code; None at an open end.

    >>> period_bounds("2025-Q3"), period_bounds("/2025-09-08")[1]
    ((datetime.date(2025, 7, 1), datetime.date(2025, 9, 30)), datetime.date(2025, 9, 8))
    """
    if "/" in code:
        first, last = code.split("/", 1)
        return (period_bounds(first)[0] if first else None), (period_bounds(last)[1] if last else None)
    year = int(code[:4])
    rest = code[5:]
    if not rest:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if rest[0] in "QH":
        length = 3 if rest[0] == "Q" else 6
        last_month = int(rest[1:]) * length
        first_day = dt.date(year, last_month - length + 1, 1)
        return first_day, dt.date(year, last_month, calendar.monthrange(year, last_month)[1])
    if len(rest) == 2:
        return dt.date(year, int(rest), 1), dt.date(year, int(rest), calendar.monthrange(year, int(rest))[1])
    day = dt.date.fromisoformat(code)
    return day, day


def read_deadline(text: str | None, year: int | None = None) -> Deadline:
    """Read a deadline as printed; `year` is the document's, used where none is printed.

    >>> read_deadline("Quý III,IV/2025").periods, read_deadline("Cả năm 2025").periods
    (('2025-Q3', '2025-Q4'), ('2025',))
    >>> read_deadline("Trước ngày 08/9", 2025)[:2], read_deadline("Trước ngày 08/9", 2025).end
    ((('/2025-09-08',), None), datetime.date(2025, 9, 7))
    >>> read_deadline("Thường xuyên")[:3]
    ((), 'thường xuyên', 'CONTINUOUS')
    >>> read_deadline("Theo lộ trình năm 2025")[:2], read_deadline("từ tháng 7 đến tháng 12/2025").periods
    ((('2025',), 'theo lộ trình'), ('2025-07/2025-12',))
    """
    if not text or not text.strip():
        return Deadline()
    reader = _Reader(text, year)
    words = [found[0].casefold() for found in patterns.RECURRING.finditer(reader.text)]
    recurring = "; ".join(dict.fromkeys(words)) or None
    yearly = bool(re.search(r"(?:hàng|hằng) năm", reader.text, re.IGNORECASE))
    condition = patterns.CONDITION.search(reader.text)
    reader.take(patterns.DAYS, reader.days)
    span = None if reader.found else reader.from_to()
    if span:
        reader.found.append((0, span))
    elif not (yearly and not re.search(r"\d{4}", reader.text)):  # `trước 30/11 hằng năm` belongs to no one year
        reader.take(patterns.QUARTER_SPAN, reader.quarter_span)
        reader.take(patterns.DATE_SPAN, reader.date_span)
        reader.take(patterns.DATE, reader.dates)
        reader.take(patterns.PART_YEAR, reader.part_years)
        reader.take(patterns.HALF, reader.halves)
        reader.take(patterns.QUARTER, reader.quarters)
        reader.take(patterns.MONTHS, reader.months)
        reader.take(patterns.SPAN, reader.spans)
        reader.take(patterns.YEARS, reader.years)
        if not reader.found:
            reader.bare()
    periods = tuple(dict.fromkeys(code for _, code in sorted(reader.found, key=lambda item: item[0])))
    bounds = [period_bounds(code) for code in periods]
    starts, ends = [first for first, _ in bounds], [last for _, last in bounds]
    start = min((d for d in starts if d), default=None) if all(starts) else None
    end = max((d for d in ends if d), default=None) if all(ends) else None
    if end is not None and not reader.inclusive:
        first = period_bounds(max(periods, key=lambda code: code.strip("/")).strip("/"))[0]
        end = (first or end) - dt.timedelta(days=1)
    return Deadline(
        periods,
        recurring,
        recurrence_code(recurring),
        condition[0] if condition else None,
        start,
        end,
        reader.inclusive,
        bool(periods) and bool(reader.from_document),
    )
