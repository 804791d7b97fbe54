"""Task tables told column by column: all numbers, then all contents, all agencies, all deadlines, all products.

Agencies and deadlines are known by their form; as many as there are rows stand after each other. What stands before or after them is
cut into as many contents or products. Where the counts do not agree the cells of a column stay empty: nothing is shifted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

from extractors.tables.anchors import number_of
from extractors.tables.chunks import Reader
from extractors.tables.deadline_words import last_expression
from extractors.tables.layout import Usage, printed_width
from extractors.tables.phrases import plain_word
from extractors.tables.region import Region
from extractors.tables.sections import Section
from extractors.tables.words import TableLine, TableWord
from schemas.text import Span

_KINDS = {"no": "N", "lead": "A", "coordinating": "A", "deadline": "D"}


class _Cell(NamedTuple):
    """kind: N number, A agency, D deadline, F a line of anything else. lines: [start, end) among those of the stretch."""

    kind: str
    start: int
    end: int


class ColumnRow(NamedTuple):
    """One row: its number and where that stands, its cells by column with their words, and the lines of its content."""

    no: str | None
    section: Section | None
    cells: dict[str, str | None]
    lines: tuple[TableLine, ...]
    words: dict[str, list[TableWord]]
    counter: Span | None


def _agency_end(lines: Sequence[TableLine], at: int, reader: Reader) -> int | None:
    """Where an agency ends that begins with line `at` and fills whole lines."""
    here, end = None, None
    for i in range(at, min(len(lines), at + 4)):
        words = lines[i].words
        pieces = [p for p in reader.line(words).agencies(here) if p.start == 0 and p.end == len(words) and p.alike == 1]
        if not pieces:
            break
        here = pieces[-1].after
        if here.node.phrase is not None:
            end = i + 1
            if i + 1 < len(lines) and lines[i + 1].words[0][:1].isupper() and not here.listed:
                break
    return end


def _deadline_end(lines: Sequence[TableLine], at: int, reader: Reader) -> int | None:
    state, end = None, None
    for i in range(at, min(len(lines), at + 3)):
        words = lines[i].words
        found = [after for a, b, after in reader.line(words).deadlines(state) if a == 0 and b == len(words)]
        if not found:
            break
        state = found[-1]
        if state.complete:
            end = i + 1
            after = lines[i + 1].words[0][:1] if i + 1 < len(lines) else ""
            if words[-1][-1:] != "," and (after.isupper() or after.isdigit()):
                break
    return end


def _cells(lines: Sequence[TableLine], reader: Reader) -> Iterator[_Cell]:
    at = 0
    while at < len(lines):
        words = lines[at].words
        if len(words) == 1 and number_of(words) is not None:
            kind, end = "N", at + 1
        elif (stop := _deadline_end(lines, at, reader)) is not None:
            kind, end = "D", stop
        elif (stop := _agency_end(lines, at, reader)) is not None:
            kind, end = "A", stop
        else:
            kind, end = "F", at + 1
        yield _Cell(kind, at, end)
        at = end


def is_cell_by_cell(region: Region, reader: Reader) -> bool:
    """Whether the table is told cell by cell: deadlines, agencies and numbers fill lines of their own, and never share one."""
    lines = [item for item in region.items if isinstance(item, TableLine)]
    kinds = [cell.kind for cell in _cells(lines, reader)]
    ends = sum(last_expression(line.words) is not None for line in lines)
    return kinds.count("D") >= max(2, 0.8 * ends) and kinds.count("A") >= kinds.count("D")


def _longest_run(kinds: str, kind: str) -> int:
    return max((len(run) for run in "".join(k if k == kind else " " for k in kinds).split()), default=0)


def is_by_columns(region: Region, reader: Reader) -> bool:
    """Whether the table is told column by column: deadlines stand after each other, and so do agencies or numbers."""
    stretches = [lines for _, lines in _stretches(region)]
    runs = rows = 0
    for lines in stretches:
        kinds = "".join(cell.kind for cell in _cells(lines, reader))
        if kinds.count("D") >= 2:
            rows += 1
            together = _longest_run(kinds, "D") == kinds.count("D")
            runs += together and max(_longest_run(kinds, "A"), _longest_run(kinds, "N")) >= 2
    return rows > 0 and runs == rows


def _stretches(region: Region) -> Iterator[tuple[Section | None, list[TableLine]]]:
    """The lines between section rows and page ends."""
    section: Section | None = None
    lines: list[TableLine] = []
    for item in region.items:
        if isinstance(item, Section) or item.new_page:
            if lines:
                yield section, lines
            lines = []
        if isinstance(item, Section):
            section = item
        else:
            lines.append(item)
    if lines:
        yield section, lines


def _assigned(cells: Sequence[_Cell], columns: Sequence[str], rows: int) -> dict[str, list[_Cell]] | None:
    """The cells of each column in order; None where they do not fall into as many rows."""
    if not columns:
        return {} if not cells else None
    column, rest = columns[0], columns[1:]
    kind = _KINDS.get(column)
    if kind is not None:
        taken = list(cells[:rows])
        if len(taken) < rows or any(cell.kind != kind for cell in taken):
            return None
        after = _assigned(cells[rows:], rest, rows)
        return None if after is None else {column: taken, **after}
    for stop in range(rows, len(cells) + 1):
        after = _assigned(cells[stop:], rest, rows)
        if after is not None:
            return {column: list(cells[:stop]), **after}
    return None


def _split(
    lines: Sequence[TableLine], rows: int, usage: Usage, noted: bool = False
) -> tuple[float, list[list[TableLine]]]:
    """The lines of a free column cut into as many cells as there are rows, by capitals and by lines that had room left.

    With what it costs, so that cuts can be compared. noted: after the last cell those of a column of notes may stand, few of which
    are filled; they are left out.
    """
    costs = _begin_costs(lines, usage)
    best: tuple[float, list[list[TableLine]]] | None = None
    for end in range(rows, len(lines) + 1) if noted else (len(lines),):
        starts = sorted([0, *sorted(range(1, end), key=lambda i: costs[i])[: rows - 1]])
        cost = sum(costs[i] if i in starts else -costs[i] for i in range(1, end))
        cost -= sum(abs(cost) for cost in costs[end:])  # notes are cut where it is cheapest
        if best is None or cost < best[0]:
            best = cost, [list(lines[a:b]) for a, b in zip(starts, [*starts[1:], end], strict=True)]
    if best is None:
        raise ValueError(f"{len(lines)} lines for {rows} rows")
    return best


def _sure_end(
    cells: Sequence[_Cell], columns: Sequence[str], lines: Sequence[TableLine], rows: int
) -> dict[str, list[_Cell]]:
    """Deadlines and products, where as many stand at the end as there are rows."""
    dated = [i for i, cell in enumerate(cells) if cell.kind == "D"]
    if len(dated) != rows or dated[-1] - dated[0] != rows - 1:
        return {}
    found = {"deadline": [cells[i] for i in dated]}
    after = cells[dated[-1] + 1 :]
    begun = sum(lines[cell.start].words[0][:1].isupper() for cell in after)
    if columns[-2:] == ["deadline", "product"] and begun == rows and all(cell.kind == "F" for cell in after):
        found["product"] = list(after)
    return found


def _begin_costs(lines: Sequence[TableLine], usage: Usage) -> list[float]:
    """For each line how unlikely a cell begins with it."""
    widths = [printed_width(" ".join(line.words)) for line in lines]
    room = max(widths)
    costs = [0.0]
    for i, (before, line) in enumerate(pairwise(lines), 1):
        first = line.words[0]
        year = first.isdigit() and len(first) == 4
        cost = -1.0 if first[:1].isupper() or first[:1].isdigit() and not year or first[:1] in '“"' else 3.0
        if (plain_word(before.words[-1]), plain_word(first)) in usage.pairs:
            cost += 1.5
        cost += usage.dangling(before.words[-1])
        cost -= 1.0 if widths[i - 1] + printed_width(first) + 1 < room else 0.0
        costs.append(cost)
    return costs


def _free_cells(
    placed: dict[str, list[_Cell]], lines: Sequence[TableLine], rows: int, usage: Usage, noted: bool
) -> dict[str, list[list[TableLine]]]:
    """Contents and products; where they stand side by side the cheapest cut parts the one column from the other.

    noted: whether a column of notes follows the last one.
    """
    free = {
        column: [line for cell in cells for line in lines[cell.start : cell.end]]
        for column, cells in placed.items()
        if column not in _KINDS
    }
    order = list(placed)
    if len(free) == 2 and abs(order.index("content") - order.index("product")) == 1:
        left, right = free
        both = [*free[left], *free[right]]
        cuts = [
            (_split(both[:at], rows, usage), _split(both[at:], rows, usage)) for at in range(rows, len(both) - rows + 1)
        ]
        first, second = min(cuts, key=lambda cut: cut[0][0] + cut[1][0])
        return {left: first[1], right: second[1]}
    return {column: _split(inside, rows, usage, noted and column == order[-1])[1] for column, inside in free.items()}


def rows_by_columns(region: Region, reader: Reader, usage: Usage) -> Iterator[ColumnRow]:
    """The rows of a table that is told column by column."""
    for section, lines in _stretches(region):
        cells = list(_cells(lines, reader))
        count = sum(cell.kind == "N" for cell in cells) or sum(cell.kind == "D" for cell in cells)
        columns = [column for column in reader.table.columns if column != "no" or any(c.kind == "N" for c in cells)]
        placed = _assigned(cells, columns, count) if count else None
        if placed is None:  # cells are empty or merged: only what needs no counting is told
            numbers = [cell for cell in cells if cell.kind == "N"]
            opening = list(takewhile(lambda cell: cell.kind == "F", cells[len(numbers) :]))
            if len(opening) < max(1, len(numbers)) or columns[:2] != ["no", "content"]:
                continue
            placed = {"no": numbers, "content": opening, **_sure_end(cells, columns, lines, count)}
        free = _free_cells(placed, lines, count, usage, region.head.noted)
        printed = {
            column: free.get(column) or [list(lines[cell.start : cell.end]) for cell in found]
            for column, found in placed.items()
        }
        for i in range(count):
            words = {
                column: [word for line in found[i] for word in line.words if word != "|"]
                for column, found in printed.items()
            }
            texts = {column: " ".join(inside) or None for column, inside in words.items()}
            number = (texts.pop("no", None) or "").rstrip(".)") or None
            counter = words.pop("no", [])
            yield ColumnRow(
                number, section, texts, tuple(free["content"][i]), words, counter[0].span if counter else None
            )
