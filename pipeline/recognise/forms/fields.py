"""Where a line of print leaves room for a number or a day."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

FieldKind = Literal["number", "day", "month"]

_YEAR = r"(?:19|20)\d\d"
_SYMBOL = rf"(?:{_YEAR}\s?/\s?)?[A-ZĐ]{{2,5}}[\w.]*\s?-"
_PARTY = r"[A-ZĐ]{2,4}\s?/\s?[A-ZĐ]{2}"
# "Số:" at the start of a line (its marks may be misread), up to the sign before the symbol. A 1 by pen reads as a slash.
_NUMBER = re.compile(
    rf"^\W{{0,2}}[Ss][^\W_]{{1,2}}\s?(?:[:.;]|(?=\s\S?.{{0,14}}-\s?{_PARTY}))(?P<field>.{{0,14}}?\s*)"
    rf"(?:[/(|7_]\s?(?={_SYMBOL})|-\s?(?={_PARTY}))"
)
_DATE_LINE = re.compile(rf"[^.;:()/]{{2,40}}?[,.]\s?ng[^\W\d_]y.*n?ăm\s?{_YEAR}\W*$", re.IGNORECASE)
_DAY = re.compile(r"ng[^\W\d_]y(?P<field>.{0,12}?)(?=th[^\W\d_]ng)", re.IGNORECASE)
_MONTH = re.compile(rf"th[^\W\d_]ng(?P<field>.{{0,9}}?)(?=n?ăm\s?{_YEAR})", re.IGNORECASE)
# In running text a pen fills what was not known when the text was typed: the form's room stands before the slash, or what
# is written there reads as no number.
_CITED = re.compile(rf"\bs[^\W\d_](?P<field>\s?[^\s/;,:()]{{0,5}}\s*)/\s?(?={_SYMBOL})")
_CITED_DAY = re.compile(rf"\bng[^\W\d_]y(?P<field>\s?[^\s/;:()]{{0,6}}\s*)/\s?(?=\d{{1,2}}\s?/\s?{_YEAR})")
_CARRIED_DAY = re.compile(
    rf"^(?P<field>(?=\S*\d)[^\s/]{{1,3}}\s*)/\s?(?=\d{{1,2}}\s?/\s?{_YEAR})"
)  # "ngày" ends the line before


class Field(NamedTuple):
    """A place in the characters [start, end) of a line; where nothing was read there start equals end."""

    kind: FieldKind
    start: int
    end: int


def find_fields(text: str) -> list[Field]:
    """The fields of a line as the recogniser read it: of a letterhead, or in running text where a pen filled a gap.

    >>> line = "Số: 5ĩ /QĐ-UBND"; [(f.kind, line[f.start:f.end]) for f in find_fields(line)]
    [('number', ' 5ĩ ')]
    >>> line = "Huế,ngày0ộtháng 01 năm 2025"; [(f.kind, line[f.start:f.end]) for f in find_fields(line)]
    [('day', '0ộ'), ('month', ' 01 ')]
    >>> find_fields("Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2025;")
    []
    >>> line = "Quyết định số 8l /QĐ-UBND ngày .C5/02/2025"; [(f.kind, line[f.start:f.end]) for f in find_fields(line)]
    [('number', ' 8l '), ('day', ' .C5')]
    """
    found: list[Field] = []
    head = 0
    if number := _NUMBER.search(text):
        found.append(Field("number", *number.span("field")))
        head = number.end()
    if _DATE_LINE.match(text, head):
        for kind, pattern in (("day", _DAY), ("month", _MONTH)):
            if match := pattern.search(text, head):
                found.append(Field("day" if kind == "day" else "month", *match.span("field")))
    if not found:
        found += [Field("number", *match.span("field")) for match in _CITED.finditer(text) if _by_pen(match["field"])]
        days = [*_CARRIED_DAY.finditer(text), *_CITED_DAY.finditer(text)]
        found += [Field("day", *match.span("field")) for match in days if _by_pen(match["field"])]
    return found


def _by_pen(field: str) -> bool:
    """Does a gap in running text look filled by hand: room left at its end, or strokes that are no figures?"""
    figures = field.strip()
    return bool(figures) and (not figures.isdecimal() or field != field.rstrip())


def may_stand(digits: str, kind: FieldKind) -> bool:
    """May these digits be such a number, day or month?

    >>> may_stand("31", "day"), may_stand("39", "day"), may_stand("00", "number"), may_stand("", "day")
    (True, False, False, False)
    """
    if not digits.isdecimal() or not int(digits):
        return False
    if kind == "number":
        return True
    return len(digits) <= 2 and int(digits) <= (31 if kind == "day" else 12)
