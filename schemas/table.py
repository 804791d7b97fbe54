"""A ruled table on one page: rows of cells, each a piece of the document's text."""

from __future__ import annotations

from typing import NamedTuple

from schemas.page import Box
from schemas.text import Span


class Cell(NamedTuple):
    """column: the first column it covers, columns: how many. text: its print on one line; span: None for an empty cell.

    own: False for a cell that spans rows above and repeats what is printed there. spans: its own words, between which those of
    other cells may stand.
    """

    column: int
    columns: int
    text: str
    span: Span | None
    own: bool = True
    spans: tuple[Span, ...] = ()


class Row(NamedTuple):
    """One row, cells from left to right."""

    cells: tuple[Cell, ...]

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.text)

    @property
    def span(self) -> Span | None:
        spans = [cell.span for cell in self.cells if cell.span is not None]
        return Span(min(span.start for span in spans), max(span.end for span in spans)) if spans else None


class Grid(NamedTuple):
    """A table on a page. xs: left and right edges of its columns. lines: the document's lines inside it, [first, last).

    printed: whether all its lines are; else gaps between columns stand for some.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, int]
    printed: bool = True
