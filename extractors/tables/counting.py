"""Running numbers that recognition lost, counted from those that it kept."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.tables.weave import WovenRow


def numbered(rows: Sequence[WovenRow], has_numbers: bool = False) -> list[WovenRow]:
    """The rows of one table with the numbers that recognition lost, as far as they can be told.

    Numbers between two that agree (6, ?, ?, 9) are counted; where all that were read agree with the place of their rows, or the
    head shows a column of numbers of which none was read, all are. Where they disagree nothing is made up.
    """
    if any("." in (row.no or "") for row in rows):
        return _dotted(rows)
    known = [(i, int(row.no)) for i, row in enumerate(rows) if row.no is not None and row.no.isdecimal()]
    if len(known) < sum(row.no is not None for row in rows) or not (known or has_numbers):
        return list(rows)
    offsets = {number - i for i, number in known} or {1}
    if len(known) == 1 and offsets != {1}:
        return list(rows)  # a number alone may count something else
    places: list[int | None] = [None] * len(rows)
    if len(offsets) == 1 and min(offsets) >= 1:
        places = [i + min(offsets) for i in range(len(rows))]
    elif (within := _within_sections(rows)) and all(within[i] == number for i, number in known):
        places = [*within]
    else:
        for (left, low), (right, high) in zip(known, known[1:], strict=False):
            if high - low == right - left:
                places[left : right + 1] = range(low, high + 1)
    return [
        row._replace(no=str(place)) if row.no is None and place is not None else row
        for row, place in zip(rows, places, strict=True)
    ]


def _dotted(rows: Sequence[WovenRow]) -> list[WovenRow]:
    """Rows numbered 1.1, 1.2 under the parts 1, 2: those without number by their place in a part whose other numbers agree."""
    found = []
    for row, place in zip(rows, _within_sections(rows), strict=True):
        part = (row.section or "").split(".", 1)[0]
        agree = all(
            other.no is None or other.no == f"{part}.{at}"
            for other, at in zip(rows, _within_sections(rows), strict=True)
            if other.section == row.section
        )
        counted = row.no is None and part.isdecimal() and agree
        found.append(row._replace(no=f"{part}.{place}") if counted else row)
    return found


def _within_sections(rows: Sequence[WovenRow]) -> list[int]:
    """The place of each row under its section, from 1."""
    found: list[int] = []
    for i, row in enumerate(rows):
        found.append(found[-1] + 1 if i and rows[i - 1].section == row.section else 1)
    return found
