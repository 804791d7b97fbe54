"""Task tables in ruled grids: columns by their head, rows joined over pages, section rows kept as headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from extractors.marks import read_mark
from extractors.tables.heads import column_of_head
from extractors.tables.sections import Section
from extractors.tables.weave import WovenRow
from schemas.table import Grid, Row
from schemas.text import Span

_BROKEN = re.compile(
    r"(?:[IVX]{1,5}|[A-H]|\d{1,2})\. \S"
)  # a heading of a table without lines, over cells where it meets gaps


class _Layout(NamedTuple):
    """Which column of a grid holds what; xs tell whether a table goes on over the page."""

    names: dict[int, str]
    xs: tuple[float, ...]


def _head(rows: Sequence[Row]) -> tuple[dict[int, str], int]:
    """Columns named by the first rows of a grid, and how many rows the head takes; empty where it names no tasks."""
    for depth in (1, 2):
        if len(rows) < depth:
            break
        names: dict[int, str] = {}
        for row in rows[:depth]:
            for cell in row.cells:
                name = column_of_head(cell.text)
                if name and name not in names.values():
                    names[cell.column] = name
        named = set(names.values())
        if (
            "content" in named
            and len(named - {"no"}) >= 3
            and (named & {"coordinating", "product"} or _led(rows[:depth]))
        ):
            return names, depth
    return {}, 0


def _led(rows: Sequence[Row]) -> bool:
    """Whether the head says who leads: a mere timetable of events names who takes part."""
    return any(
        "chủ trì" in cell.text.casefold() or "phụ trách" in cell.text.casefold() for row in rows for cell in row.cells
    )


def _same_columns(left: Sequence[float], right: Sequence[float]) -> bool:
    return len(left) == len(right) and all(abs(a - b) < 25 for a, b in zip(left, right, strict=True))


def _heading(text: str) -> str:
    """A section row with its mark in clean form: recognition loses the full stop of `I.`"""
    text = re.sub(r"^([IVX]{1,5})\s+(?=[A-ZĐÀ-Ỹ])", r"\1. ", text)
    mark = read_mark(text)
    return f"{mark.printed} {text[mark.width :]}" if mark and mark.kind != "dash" else text


def _section(row: Row, columns: int) -> str | None:
    filled = [cell for cell in row.filled if cell.own]
    if len(filled) == 1 and (filled[0].columns >= columns - 1 or read_mark(_heading(filled[0].text)) is not None):
        return _heading(filled[0].text)
    if len(filled) == 2 and re.fullmatch(r"[IVX]{1,5}\.?|[A-H]\.?", filled[0].text) and filled[0].column == 0:
        return f"{filled[0].text.rstrip('.')}. {filled[1].text}"
    side_by_side = [cell.column for cell in filled] == list(range(len(filled)))
    if 1 < len(filled) <= columns - 2 and side_by_side and _BROKEN.match(filled[0].text):
        return _heading(" ".join(cell.text for cell in filled))
    return None


def read_task_grids(grids: Sequence[Grid]) -> Iterator[tuple[Grid, list[WovenRow]]]:
    """Each grid that is a task table (or goes on with one) with the rows that begin in it; rests of rows join the row before."""
    layout: _Layout | None = None
    section: Section | None = None
    last: list[WovenRow] = []
    for grid in grids:
        names, depth = _head(grid.rows)
        if names:
            if layout is None or not _same_columns(layout.xs, grid.xs):
                section, last = None, []
            layout = _Layout(names, grid.xs)
        elif layout is None or not _same_columns(layout.xs, grid.xs):
            layout, last = None, []
            continue
        rows: list[WovenRow] = []
        at_top = True
        for row in grid.rows[depth:]:
            span = row.span
            if span is None:
                continue
            title = _section(row, len(grid.xs) - 1)
            if title is not None and not (last and title[:1].islower()):
                section, at_top = Section(title, span), False
                continue
            named = [(layout.names[cell.column], cell) for cell in row.filled if cell.column in layout.names]
            cells: dict[str, str | None] = {name: cell.text for name, cell in named}
            spans = {name: cell.spans for name, cell in named}
            number = re.sub(r"[^\d.]", "", cells.pop("no", None) or "").strip(".") or None
            first, at_top = at_top, False
            if number is None and last and first and _goes_on(cells):
                last[-1] = _joined(last[-1], cells, spans, span)
                continue
            counter = spans.pop("no", ())
            filled = {name: cells.get(name) for name in layout.names.values() if name != "no"}
            rows.append(WovenRow(number, section, filled, span, spans, counter[0] if number and counter else None))
            last = rows
        yield grid, rows


def _goes_on(cells: dict[str, str | None]) -> bool:
    """Whether a row without number at the top of a page goes on with the row before the page turned."""
    content = (cells.get("content") or "").lstrip(" .,;:'’-")
    return not content[:1].isupper() or len([cell for cell in cells.values() if cell]) < 3


def _joined(
    row: WovenRow, more: Mapping[str, str | None], spans: Mapping[str, tuple[Span, ...]], span: Span
) -> WovenRow:
    cells = dict(row.cells)
    for name, cell in more.items():
        if cell:
            cells[name] = f"{cells[name]} {cell}" if cells.get(name) else cell
    both = {name: (*row.spans.get(name, ()), *spans.get(name, ())) for name in {**row.spans, **spans}}
    return row._replace(cells=cells, span=Span(row.span.start, span.end), spans=both)
