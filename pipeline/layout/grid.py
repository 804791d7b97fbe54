"""Ruled tables: grids from straight lines, and the cell that a word stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from schemas.page import Box, Ruling

TOUCH = 4.0  # points: lines this near to each other meet, or are one


class Grid(NamedTuple):
    """A ruled table. ys: where rows begin and end; xs: where columns do; rulings: its lines."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    verticals: tuple[Box, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, box: Box) -> bool:
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell(self, box: Box) -> tuple[int, int]:
        """Row and column (from 0) of a word; a cell over several columns counts as the first of them."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        row = min(max(0, bisect_right(self.ys, y) - 1), len(self.ys) - 2)
        column = min(max(0, bisect_right(self.xs, x) - 1), len(self.xs) - 2)
        while column > 0 and not self._parted(column, row):
            column -= 1
        return row, column

    def _parted(self, column: int, row: int) -> bool:
        """Is there a line between this column and the one before, in this row?"""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(
            abs(line.x0 - self.xs[column]) <= TOUCH and line.top - TOUCH <= middle <= line.bottom + TOUCH
            for line in self.verticals
        )


def find_grids(rulings: Sequence[Ruling]) -> tuple[Grid, ...]:
    """Sets of lines that meet, with at least two rows or columns of cells. Underlines and frames alone are no tables."""
    boxes = [(ruling.box, ruling.horizontal) for ruling in rulings]
    groups: list[list[tuple[Box, bool]]] = []
    for item in boxes:
        meeting = [group for group in groups if any(_meet(item[0], other[0]) for other in group)]
        for group in meeting:
            groups.remove(group)
        groups.append([item, *(other for group in meeting for other in group)])
    grids = []
    for group in groups:
        ys = _merged((box.top + box.bottom) / 2 for box, horizontal in group if horizontal)
        xs = _merged((box.x0 + box.x1) / 2 for box, horizontal in group if not horizontal)
        if len(ys) >= 2 and len(xs) >= 3:
            verticals = tuple(box for box, horizontal in group if not horizontal)
            grids.append(Grid(tuple(ys), tuple(xs), verticals))
    return tuple(sorted(grids, key=lambda grid: grid.box.top))


def _meet(a: Box, b: Box) -> bool:
    return a.x0 - TOUCH <= b.x1 and b.x0 - TOUCH <= a.x1 and a.top - TOUCH <= b.bottom and b.top - TOUCH <= a.bottom


def _merged(values: object) -> list[float]:
    found: list[float] = []
    for value in sorted(values):  # type: ignore[call-overload]
        if not found or value - found[-1] > TOUCH:
            found.append(value)
    return found
