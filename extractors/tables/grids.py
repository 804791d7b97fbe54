"""Ruled tables of a document: straight printed lines make cells, words with boxes fall into them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from extractors.tables.tilt import Tilt, tilt_of
from schemas.page import Box, Page, Ruling
from schemas.ruled import TOUCH, groups, merged
from schemas.table import Cell, Grid, Row
from schemas.text import DocumentText, Span, joined

_NEAR = 7.0  # points: pieces of one line on a page that stands askew


class _Ruled(NamedTuple):
    """Lines of one table, turned straight. ys: where its rows begin and end, told by the lines that cross its widest column.

    printed: whether all lines are, and none stands for a gap.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    verticals: tuple[Box, ...]
    horizontals: tuple[Box, ...]
    tilt: Tilt
    printed: bool = True

    def plain(self, row: int, words: Sequence[_Placed]) -> bool:
        """Whether a row is parted into columns at all; lost pieces of lines do not merge its cells.

        Where all of them are lost its words tell: they stand in nearly every column and on none of the lines between.
        """
        middle = (self.ys[row] + self.ys[row + 1]) / 2
        parted = sum(
            any(abs(b.x0 - x) <= TOUCH + 2 and b.top - TOUCH <= middle <= b.bottom + TOUCH for b in self.verticals)
            for x in self.xs[1:-1]
        )
        if parted > (len(self.xs) - 2) / 3:
            return True
        inside = [word.box for word in words]
        if any(box.x0 < x - 1 and x + 1 < box.x1 for box in inside for x in self.xs[1:-1]):
            return False
        return len({bisect_right(self.xs, (box.x0 + box.x1) / 2) for box in inside}) >= len(self.xs) - 2

    def parts(self) -> list[list[bool]]:
        """For each row and column whether a line parts that cell from the one above it."""
        return [
            [self._parted_above(row, column) for column in range(len(self.xs) - 1)] for row in range(len(self.ys) - 1)
        ]

    def _parted_above(self, row: int, column: int) -> bool:
        left, right = self.xs[column], self.xs[column + 1]
        covered = sum(
            max(0.0, min(b.x1, right) - max(b.x0, left))
            for b in self.horizontals
            if abs((b.top + b.bottom) / 2 - self.ys[row]) <= _NEAR
        )
        return covered > 0.4 * (right - left)


class _Placed(NamedTuple):
    """A word of the document: its line, its stretch of the text, its box."""

    line: int
    span: Span
    text: str
    box: Box


def _row_edges(xs: Sequence[float], horizontals: Sequence[Box]) -> tuple[float, ...]:
    """Heights at which lines cross the greater part of the widest column, where the content of a table stands."""
    widest = max(range(len(xs) - 1), key=lambda i: xs[i + 1] - xs[i])
    left, right = xs[widest], xs[widest + 1]
    edges = []
    for y in merged([(b.top + b.bottom) / 2 for b in horizontals], _NEAR):
        near = [b for b in horizontals if abs((b.top + b.bottom) / 2 - y) <= _NEAR]
        if sum(max(0.0, min(b.x1, right) - max(b.x0, left)) for b in near) > 0.5 * (right - left):
            edges.append(y)
    return tuple(edges)


def _ruled(rulings: Sequence[Ruling]) -> list[_Ruled]:
    """Sets of lines that meet, with at least three columns and one row of cells."""
    found = []
    for group in groups(rulings):
        tilt = tilt_of(group)
        group = [tilt.straight_line(ruling) for ruling in group]
        verticals = tuple(r.box for r in group if not r.horizontal)
        horizontals = tuple(r.box for r in group if r.horizontal)
        xs = merged([(b.x0 + b.x1) / 2 for b in verticals], _NEAR)
        ys = _row_edges(xs, horizontals) if len(xs) >= 4 else ()
        if len(ys) >= 2:
            found.append(_Ruled(xs, ys, verticals, horizontals, tilt, all(r.printed for r in group)))
    return sorted(found, key=lambda one: one.ys[0])


def _words(text: DocumentText, page: Page, index: int) -> list[_Placed]:
    """The boxed words of a page; `index`: its first line among those of the document."""
    words: list[_Placed] = []
    for number, line in enumerate(page.lines, index):
        position = text.lines[number].start
        for word in line.words:
            if word.box is not None:
                words.append(_Placed(number, Span(position, position + len(word.text)), word.text, word.box))
            position += len(word.text) + 1
    return words


def find_grids(text: DocumentText) -> list[Grid]:
    """All ruled tables of the document, page by page, from top to bottom."""
    grids: list[Grid] = []
    index = 0
    for page in text.pages:
        tables = _ruled(page.rulings)
        words = _words(text, page, index) if tables else []
        grids += [grid for ruled in tables if (grid := _grid(page, ruled, words)) is not None]
        index += len(page.lines)
    return grids


def _grid(page: Page, ruled: _Ruled, words: Sequence[_Placed]) -> Grid | None:
    box = Box(ruled.xs[0], ruled.ys[0], ruled.xs[-1], ruled.ys[-1])
    words = [word._replace(box=ruled.tilt.straight(word.box)) for word in words] if ruled.tilt.slope else words
    words = [word for word in words if box.x0 <= (word.box.x0 + word.box.x1) / 2 <= box.x1]
    by_row: list[list[_Placed]] = [[] for _ in ruled.ys]
    for word in words:
        by_row[bisect_right(ruled.ys, (word.box.top + word.box.bottom) / 2) - 1].append(word)
    plain = [ruled.plain(row, by_row[row]) for row in range(len(ruled.ys) - 1)]
    parted = ruled.parts()
    cells: dict[tuple[int, int], list[_Placed]] = {}
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.top + word.box.bottom) / 2
        if box.x0 <= x <= box.x1 and box.top <= y <= box.bottom:
            row = min(max(0, bisect_right(ruled.ys, y) - 1), len(ruled.ys) - 2)
            column = min(max(0, bisect_right(ruled.xs, x) - 1), len(ruled.xs) - 2)
            column = column if plain[row] else 0
            while row > 0 and plain[row] and not parted[row][column]:
                row -= 1
            cells.setdefault((row, column), []).append(word)
    if not cells:
        return None
    lines = [word.line for inside in cells.values() for word in inside]
    rows = tuple(_row(parted, plain, cells, row) for row in range(len(ruled.ys) - 1))
    return Grid(page.number, box, ruled.xs, rows, (min(lines), max(lines) + 1), ruled.printed)


def _row(
    parted: Sequence[Sequence[bool]], plain: Sequence[bool], cells: dict[tuple[int, int], list[_Placed]], row: int
) -> Row:
    found: list[Cell] = []
    columns = len(parted[row])
    for column in range(columns if plain[row] else 1):
        above = row
        while above > 0 and plain[above] and not parted[above][column]:
            above -= 1
        inside = cells.get((above, column), [])
        span = Span(min(w.span.start for w in inside), max(w.span.end for w in inside)) if inside else None
        width = 1 if plain[row] else columns
        spans = joined(word.span for word in inside)
        found.append(Cell(column, width, " ".join(w.text for w in inside), span, above == row, spans))
    return Row(tuple(found))
