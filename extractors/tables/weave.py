"""A task table whose columns are woven together line by line, taken apart into rows and cells."""

from __future__ import annotations

from typing import NamedTuple

from extractors.tables import learn
from extractors.tables.cells import fixed_text, split_free
from extractors.tables.chunks import place_chunks
from extractors.tables.layout import Table
from extractors.tables.phrases import build_trie, named_agencies
from extractors.tables.region import Region
from extractors.tables.rows import find_rows
from schemas.text import DocumentText, Span


class WovenRow(NamedTuple):
    """Cells of one row by column name; None for an empty cell. span: its lines in the document."""

    no: str | None
    section: str | None
    cells: dict[str, str | None]
    span: Span


def unweave(text: DocumentText, region: Region) -> list[WovenRow]:
    """The rows of one woven table.

    Twice: first by what is known of agencies and deadlines in general, then with what the rows have in common.
    """
    before = text.text[: text.lines[region.first_line].start]
    usage = learn.learn_usage([before])
    trie = build_trie(sorted(named_agencies(before)), frozenset(word for pair in usage.pairs for word in pair))
    rows = find_rows(region, trie, usage.pairs)
    table = Table(learn.learn_columns(region, rows), trie, region.noisy)
    placed = [(row, place_chunks(learn.lines_of(row), table, row.cut)) for row in rows]
    usage = learn.learn_usage([before, *learn.left_pieces(placed)])
    table = learn.learn_table(table, placed, usage)
    tails = learn.tails(placed)
    placed = [
        (row, place_chunks(learn.lines_of(row), table._replace(trie=tails) if row.cut else table, row.cut))
        for row in rows
    ]
    memory = learn.learn_memory([(row, placing) for row, placing in placed if not row.cut])
    woven = []
    for row, placing in placed:
        lines = learn.lines_of(row)
        content, product, _ = split_free(lines, placing.chunks, table, usage)
        cells: dict[str, str | None] = {
            "content": " ".join(word for piece in content for word in piece) or None,
            "product": " ".join(word for piece in product for word in piece) or None,
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
        woven.append(WovenRow(row.no, row.section.title if row.section else None, cells, span))
    return woven
