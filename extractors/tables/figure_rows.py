"""Every row of the tables of figures of a paper, however the file gives them."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.paper import Paper
from extractors.tables.figure_cells import cell_rows
from extractors.tables.figures import FigureRow, grid_rows, line_rows


def figure_rows(paper: Paper) -> Iterator[FigureRow]:
    """Rows of ruled tables first, then those of dumps: a row a line, or a cell a line."""
    ruled = {line for grid in paper.grids for line in range(*grid.lines)}
    for grid in paper.grids:
        yield from grid_rows(grid)
    yield from line_rows(paper, ruled)
    yield from cell_rows(paper, ruled)
