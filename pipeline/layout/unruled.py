"""Tables without any ruling, found by the gaps between their columns, with the lines that those gaps stand for."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.layout.gaps import (
    FEWEST_COLUMNS,
    NARROWEST_OF_FEW,
    SPANNING,
    Row,
    Stretch,
    columns_of,
    gaps_of,
    sides,
)
from schemas.page import Box, Ruling

FEWEST_LINES = 5  # of print in a table
FULL_LINES = 4  # of them that have words in three columns
WIDE_PITCH = 1.25  # lines of two rows stand so much further apart than lines of one cell
STAGGERED = 0.9  # heights of a line: print less far below stands beside, in a cell whose lines are set lower
TALLEST_PITCH = 1.6  # heights of a line: lines of one cell stand no further apart
FARTHEST = 3.5  # heights of a line: print further below belongs to another block
LONGEST_SPAN = 2  # lines of a row that runs over several columns
NUMBERED = 0.5  # share of the first column's lines that begin with a number, where numbers tell the rows
_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])[.)]?")


class _Line(NamedTuple):
    """Print side by side, and the box around it."""

    row: Row
    box: Box

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


class _Region(NamedTuple):
    """Lines [first, last) of a page that share gaps between columns, but those that run over them. cuts: in the gaps."""

    first: int
    last: int
    cuts: list[float]


def unruled(lines: Sequence[Row]) -> list[Ruling]:
    """Lines that are not printed, of the tables among these lines of print (not empty, from top to bottom)."""
    placed = [_Line(row, _around(row)) for row in lines]
    found: list[Ruling] = []
    start = 0
    for seed in range(len(placed)):
        if seed < start or len(_own_gaps(placed[seed])) + 1 < FEWEST_COLUMNS:
            continue
        region = _grown(placed, seed, start)
        if region is not None:
            found += _rulings(placed[region.first : region.last], region.cuts)
            start = region.last
    return found


def _around(row: Row) -> Box:
    box = row[0].box
    for word in row[1:]:
        box = box.union(word.box)
    return box


def _own_gaps(line: _Line) -> list[Stretch]:
    """Gaps in one line that are wider than those between words."""
    return gaps_of([line.row], line.box, NARROWEST_OF_FEW, 0)


def _grown(lines: Sequence[_Line], seed: int, start: int) -> _Region | None:
    """The lines around `seed`, from `start` on, that leave its gaps between columns open; None where they make no table."""
    area = lines[seed].box
    for line in lines:
        area = area.union(line.box)
    inside, first, last = [lines[seed].row], seed, seed + 1
    spanning = 0
    for step, reach in ((1, range(seed + 1, len(lines))), (-1, range(seed - 1, start - 1, -1))):
        waiting = 0
        edge = lines[seed]
        for at in reach:
            line = lines[at]
            if abs(line.middle - edge.middle) > FARTHEST * statistics.median(word.box.height for word in line.row):
                break
            edge = line
            if len(_inner_gaps([*inside, line.row], area)) < len(_inner_gaps(inside, area)):
                waiting += 1
                if waiting > LONGEST_SPAN:
                    break
                continue
            inside.append(line.row)
            spanning, waiting = spanning + waiting, 0
            first, last = (first, at + 1) if step > 0 else (at, last)
    cuts = [(gap[0] + gap[1]) / 2 for gap in _inner_gaps(inside, area)]
    full = sum(1 for row in inside if len(columns_of(row, cuts)) >= FEWEST_COLUMNS)
    enough = len(inside) >= FEWEST_LINES and full >= FULL_LINES and spanning <= SPANNING * len(inside)
    return _Region(first, last, cuts) if enough else None


def _inner_gaps(rows: Sequence[Row], area: Box) -> list[Stretch]:
    """Gaps between the print of these rows: those that all of them leave open."""
    return gaps_of(rows, area, NARROWEST_OF_FEW, 0)


def _rulings(lines: Sequence[_Line], cuts: Sequence[float]) -> list[Ruling]:
    """The frame of a table, its rows and the sides of its columns."""
    area = lines[0].box
    for line in lines[1:]:
        area = area.union(line.box)
    area = Box(area.x0 - 1, area.top - 1, area.x1 + 1, area.bottom + 1)
    begins = _row_starts(lines, cuts)
    ys = [
        area.top,
        *((lines[at - 1].box.bottom + lines[at].box.top) / 2 for at in begins[1:]),
        area.bottom,
    ]
    rows = [
        [word for line in lines[a:b] for word in line.row]
        for a, b in zip(begins, [*begins[1:], len(lines)], strict=True)
    ]
    across = [Ruling(Box(area.x0, y, area.x1, y), True, False) for y in ys]
    return [*across, *sides(rows, ys, cuts, area)]


def _starts_of_blocks(lines: Sequence[_Line], cuts: Sequence[float]) -> list[int] | None:
    """Lines that begin a row where cells are set in the middle of their rows, so that lines of two cells lie staggered.

    Lines of one cell stand a line's height apart in their column, rows further; what overlaps in height is one row. None
    where the columns show no two distances.
    """
    height = statistics.median(word.box.height for line in lines for word in line.row)
    inside: list[list[tuple[int, float]]] = [[] for _ in range(len(cuts) + 1)]  # by column: lines and their middles
    for at, line in enumerate(lines):
        for number in columns_of(line.row, cuts):
            own = _around([word for word in line.row if columns_of([word], cuts) == {number}])
            inside[number].append((at, (own.top + own.bottom) / 2))
    pitches = [
        low - high
        for column in inside
        for (_, high), (_, low) in zip(column, column[1:], strict=False)
        if low - high >= STAGGERED * height
    ]
    usual = statistics.quantiles(pitches, n=8)[0] if len(pitches) > 1 else 0.0
    if not any(pitch > WIDE_PITCH * usual for pitch in pitches) or usual > TALLEST_PITCH * height:
        return None
    goes_on = [False] * len(lines)  # whether the row of the line before goes on with this one
    for column in inside:
        for (before, high), (at, low) in zip(column, column[1:], strict=False):
            if low - high <= WIDE_PITCH * usual:
                goes_on[before + 1 : at + 1] = [True] * (at - before)
    half = WIDE_PITCH * usual / 2
    for at in range(1, len(lines)):
        goes_on[at] = goes_on[at] or lines[at].middle - lines[at - 1].middle < half
    begins = [at for at, same in enumerate(goes_on) if not same]
    return begins if 1 < len(begins) < len(lines) else None


def _row_starts(lines: Sequence[_Line], cuts: Sequence[float]) -> list[int]:
    """Lines that begin a row: told by wider gaps between rows, by the numbers of the first column, by lines that are full."""
    blocks = _starts_of_blocks(lines, cuts)
    if blocks is not None:
        return blocks
    columns = [columns_of(line.row, cuts) for line in lines]
    pitches = [below.middle - above.middle for above, below in zip(lines, lines[1:], strict=False)]
    height = statistics.median(word.box.height for line in lines for word in line.row)
    whole = [pitch for pitch in pitches if pitch >= STAGGERED * height]
    usual = statistics.quantiles(whole, n=8)[0] if len(whole) > 1 else 0.0
    wide = [at for at, pitch in enumerate(pitches, 1) if pitch > WIDE_PITCH * usual]
    if wide and len(wide) < len(pitches):
        return [0, *wide]
    firsts = [at for at in range(len(lines)) if 0 in columns[at]]
    numbered = [at for at in firsts if _NUMBER.fullmatch(min(lines[at].row, key=lambda word: word.box.x0).text)]
    if len(numbered) > NUMBERED * len(firsts):
        spans = [at for at in range(len(lines)) if len(columns[at]) == 1 and 0 in columns[at]]
        return sorted({0, *numbered, *spans})
    half = (len(cuts) + 1) / 2
    return sorted({0, *(at for at in range(len(lines)) if len(columns[at]) >= half)})
