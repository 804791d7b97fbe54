"""A task table whose columns are woven together line by line, taken apart into rows and cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.tables import learn
from extractors.tables.cells import fixed_text, is_cellwise, split_free
from extractors.tables.chunks import Placing, Reader, place_chunks
from extractors.tables.columns import is_by_columns, rows_by_columns
from extractors.tables.layout import Table, Usage
from extractors.tables.phrases import build_trie, named_agencies
from extractors.tables.region import Region, TableLine, is_readable
from extractors.tables.rows import Row, find_rows, shifted
from extractors.tables.wrapping import lines_of, pieces_of
from schemas.text import DocumentText, Span


class WovenRow(NamedTuple):
    """Cells of one row by column name; None for an empty cell. span: its lines in the document."""

    no: str | None
    section: str | None
    cells: dict[str, str | None]
    span: Span


def _from_capital(pieces: list[list[str]]) -> list[list[str]]:
    """A cell from its first capital on: what stands before it on that line is the damaged end of the cell beside it."""
    first = next((i for i, piece in enumerate(pieces) if piece), None)
    if first is None or pieces[first][0][:1].isupper():
        return pieces
    start = next((i for i, word in enumerate(pieces[first]) if word[:1].isupper() and is_readable(word)), 0)
    return [*pieces[:first], pieces[first][start:], *pieces[first + 1 :]]


def _without_speck(pieces: list[list[str]]) -> list[list[str]]:
    """A cell without what is left of a damaged running number before its first word."""
    first = next((i for i, piece in enumerate(pieces) if piece), None)
    if first is None or len(pieces[first]) < 2:
        return pieces
    speck, word = pieces[first][:2]
    if not word[:1].isupper() or not (speck[:1].isdigit() and len(speck) <= 2 or len(speck) == 1):
        return pieces
    return [*pieces[:first], pieces[first][1:], *pieces[first + 1 :]]


def _joined(pieces: list[list[str]], noisy: bool) -> str | None:
    """A free cell on one line; words that recognition left unread are left out of a noisy one (its raw form keeps them)."""
    return " ".join(word for piece in pieces for word in piece if not noisy or is_readable(word)) or None


def _worth(row: Row, placing: Placing, table: Table, usage: Usage) -> float:
    return placing.score - split_free(lines_of(row), placing.chunks, table, usage, row.number_line)[2]


def _settled(placed: list[tuple[Row, Placing]], reader: Reader, usage: Usage) -> list[tuple[Row, Placing]]:
    """Lines between two rows that could begin the one or end the other, given to the row that they make more likely."""
    table = reader.table
    found = list(placed)
    worths = [_worth(row, placing, table, usage) for row, placing in found]
    for i in range(len(found) - 1):
        for by in (-1, 1):
            moved = shifted(found[i][0], found[i + 1][0], by)
            if moved is None:
                continue
            tried = [(row, place_chunks(lines_of(row), reader)) for row in moved]
            worth = [_worth(row, placing, table, usage) for row, placing in tried]
            if sum(worth) > sum(worths[i : i + 2]) + 0.5:
                found[i : i + 2] = tried
                worths[i : i + 2] = worth
    return found


def _in_order(row: Row, placing: Placing, table: Table) -> Placing:
    """A row told cell by cell names its agencies in the order of their columns, whatever is likelier elsewhere."""
    first = {c.column: i for i, chunks in reversed(list(enumerate(placing.chunks))) for c in chunks}
    if not {"lead", "coordinating"} <= first.keys() or not is_cellwise(lines_of(row), placing.chunks):
        return placing
    order = table.columns.index("lead") < table.columns.index("coordinating")
    if order == (first["lead"] < first["coordinating"]):
        return placing
    other = {"lead": "coordinating", "coordinating": "lead", "deadline": "deadline"}
    chunks = tuple(tuple(c._replace(column=other[c.column]) for c in line) for line in placing.chunks)
    return placing._replace(chunks=chunks, agencies={other[name]: here for name, here in placing.agencies.items()})


def _span(lines: Sequence[TableLine]) -> Span:
    return Span(lines[0].span.start, lines[-1].span.end)


def _placed(region: Region, reader: Reader, usage: Usage) -> tuple[list[Row], list[tuple[Row, Placing]]]:
    """The rows as far as can be told without what they have in common."""
    rows = find_rows(region, reader, usage.pairs)
    return rows, [(row, place_chunks(lines_of(row), reader, row.cut, 6)) for row in rows]


def unweave(text: DocumentText, region: Region) -> list[WovenRow]:
    """The rows of one woven table.

    Twice: first by what is known of agencies and deadlines in general, then with what the rows have in common.
    """
    before = text.text[: text.lines[region.first_line].start]
    usage = learn.learn_usage([before])
    named = named_agencies(before)
    trie = build_trie(sorted(named), frozenset(word for pair in usage.pairs for word in pair))
    table = Table(learn.learn_columns(region), trie, region.noisy)
    if region.noisy:
        table = table._replace(ways=pieces_of(sorted(named), trie))
    reader = Reader(table)
    if is_by_columns(region, reader):
        return [
            WovenRow(row.no, row.section.title if row.section else None, row.cells, _span(row.lines))
            for row in rows_by_columns(region, reader, usage)
        ]
    rows, placed = _placed(region, reader, usage)
    if (used := learn.used_columns(region, table.columns, placed)) != table.columns:
        table = table._replace(columns=used)
        rows, placed = _placed(region, Reader(table), usage)
    usage = learn.learn_usage([before, *learn.left_pieces(placed)])
    table = learn.learn_table(table, placed, usage, named)
    if region.noisy:
        rows, placed = _placed(region, Reader(table), usage)
        table = learn.learn_table(table, placed, usage, named)
    reader, tails = Reader(table), Reader(table._replace(trie=learn.tails(placed)))
    placed = [(row, place_chunks(lines_of(row), tails if row.cut else reader, row.cut)) for row in rows]
    placed = [(row, _in_order(row, placing, table)) for row, placing in _settled(placed, reader, usage)]
    memory = learn.learn_memory([(row, placing) for row, placing in placed if not row.cut])
    woven = []
    for row, placing in placed:
        lines = lines_of(row)
        content, product, _ = split_free(lines, placing.chunks, table, usage, row.number_line)
        cells: dict[str, str | None] = {
            "content": _joined(_without_speck(content) if region.noisy else content, region.noisy),
            "product": _joined(_from_capital(product) if region.noisy else product, region.noisy),
        }
        for column in table.fixed:
            printed = fixed_text(lines, placing.chunks, column)
            if column == "deadline":
                printed = learn.clean_deadline(printed)
                cells[column] = memory.deadline_of(printed) if region.noisy and not row.cut else printed
            else:
                cells[column] = (
                    memory.agency(column, placing, printed, trie) if region.noisy and not row.cut else printed
                )
        span = Span(row.lines[0].span.start, row.lines[-1].span.end)
        if row.no is None and not any(cells[column] for column in (*table.fixed, "product")) and len(lines) == 1:
            continue  # what is left of a damaged head, or a stray mark
        woven.append(WovenRow(row.no, row.section.title if row.section else None, cells, span))
    return woven
