"""Where a line of print leaves room for a number or a day."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

FieldKind = Literal["number", "day", "month"]

# "Số:" at the start of a line (its marks may be misread), up to the slash before the symbol.
_NUMBER = re.compile(
    r"^\W{0,2}[Ss][^\W\d_]{1,2}\s?[:.;](?P<field>[^/]{0,9}?)\s*[/(|7_]{1,2}\s?(?=[A-ZĐ]{2,5}[\w.]*\s?-)"
)
_DATE_LINE = re.compile(r"^[^.;:()/]{2,40}?[,.]\s?ng[^\W\d_]y.*n?ăm\s?(?:19|20)\d\d\W*$", re.IGNORECASE)
_DAY = re.compile(r"ng[^\W\d_]y(?P<field>.{0,9}?)(?=th[^\W\d_]ng)", re.IGNORECASE)
_MONTH = re.compile(r"th[^\W\d_]ng(?P<field>.{0,9}?)(?=n?ăm\s?(?:19|20))", re.IGNORECASE)


class Field(NamedTuple):
    """A place in the characters [start, end) of a line; where nothing was read there start equals end."""

    kind: FieldKind
    start: int
    end: int


def find_fields(text: str) -> list[Field]:
    """The fields of a line of a letterhead, as the recogniser read it.

    >>> line = "Số: 5ĩ /QĐ-UBND"; [(f.kind, line[f.start:f.end]) for f in find_fields(line)]
    [('number', ' 5ĩ')]
    >>> line = "Huế,ngày0ộtháng 01 năm 2025"; [(f.kind, line[f.start:f.end]) for f in find_fields(line)]
    [('day', '0ộ'), ('month', ' 01 ')]
    >>> find_fields("Căn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2025;")
    []
    """
    number = _NUMBER.search(text)
    if number:
        return [Field("number", *number.span("field"))]
    if not _DATE_LINE.search(text):
        return []
    found: list[Field] = []
    for kind, pattern in (("day", _DAY), ("month", _MONTH)):
        match = pattern.search(text)
        if match:
            found.append(Field("day" if kind == "day" else "month", *match.span("field")))
    return found
