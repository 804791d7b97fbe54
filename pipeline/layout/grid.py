"""Ruled tables: grids from straight lines, and the cell that a word stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from schemas.page import Box, Ruling
from schemas.ruled import TOUCH, groups, merged

PARTED = 0.4  # share of a cell's width along which a line above it must be found: some are broken


class Grid(NamedTuple):
    """A ruled table. ys: where rows begin and end; xs: where columns do; verticals, horizontals: its lines."""

    ys: tuple[float, ...]
    xs: tuple[float, ...]
    verticals: tuple[Box, ...]
    horizontals: tuple[Box, ...]

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def holds(self, box: Box) -> bool:
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell(self, box: Box) -> tuple[int, int]:
        """Row and column (from 0) of a word; a cell over several rows or columns counts as the first of them."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        row = min(max(0, bisect_right(self.ys, y) - 1), len(self.ys) - 2)
        column = min(max(0, bisect_right(self.xs, x) - 1), len(self.xs) - 2)
        while column > 0 and not self._parted(column, row):
            column -= 1
        while row > 0 and not self._parted_above(row, column):
            row -= 1
        return row, column

    def _parted(self, column: int, row: int) -> bool:
        """Is there a line between this column and the one before, in this row?"""
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        return any(
            abs(line.x0 - self.xs[column]) <= TOUCH and line.top - TOUCH <= middle <= line.bottom + TOUCH
            for line in self.verticals
        )

    def _parted_above(self, row: int, column: int) -> bool:
        """Is there a line between this row and the one before, in this column?"""
        left, right = self.xs[column], self.xs[column + 1]
        covered = sum(
            max(0.0, min(line.x1, right) - max(line.x0, left))
            for line in self.horizontals
            if abs((line.top + line.bottom) / 2 - self.ys[row]) <= 2 * TOUCH
        )
        return covered > PARTED * (right - left)


def find_grids(rulings: Sequence[Ruling]) -> tuple[Grid, ...]:
    """Sets of lines that meet, with at least two rows or columns of cells. Underlines and frames alone are no tables."""
    grids = []
    for group in groups(rulings):
        ys = merged(((r.box.top + r.box.bottom) / 2 for r in group if r.horizontal), TOUCH)
        xs = merged(((r.box.x0 + r.box.x1) / 2 for r in group if not r.horizontal), TOUCH)
        if len(ys) >= 2 and len(xs) >= 3:
            down, across = (tuple(r.box for r in group if r.horizontal == lies) for lies in (False, True))
            grids.append(Grid(ys, xs, down, across))
    return tuple(sorted(grids, key=lambda grid: grid.box.top))
