"""A task table whose columns are woven together line by line, taken apart into rows and cells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from extractors.tables import learn
from extractors.tables.cells import fixed_words, is_cellwise, split_free
from extractors.tables.chunks import Placing, Reader, place_chunks
from extractors.tables.columns import is_by_columns, is_cell_by_cell, rows_by_columns
from extractors.tables.deadline_words import mended
from extractors.tables.layout import Here, Table, Usage
from extractors.tables.leaders import without_leaders
from extractors.tables.memory import Memory, clean_deadline, learn_memory
from extractors.tables.phrases import build_trie, named_agencies
from extractors.tables.region import Region
from extractors.tables.rows import Row, find_rows, shifted
from extractors.tables.sections import Section
from extractors.tables.words import TableLine, TableWord, is_readable
from extractors.tables.wrapping import lines_of, pieces_of
from schemas.text import DocumentText, Span, joined


class WovenRow(NamedTuple):
    """Cells of one row by column name; None for an empty cell. span: its lines in the document.

    spans: where the words of each cell stand. counter: where its number stands, None where none was read.
    """

    no: str | None
    heading: Section | None
    cells: dict[str, str | None]
    span: Span
    spans: dict[str, tuple[Span, ...]]
    counter: Span | None

    @property
    def section(self) -> str | None:
        """The heading above the row."""
        return self.heading.title if self.heading else None


def _from_capital(pieces: list[list[TableWord]]) -> list[list[TableWord]]:
    """A cell from its first capital on: what stands before it on that line is the damaged end of the cell beside it."""
    first = next((i for i, piece in enumerate(pieces) if piece), None)
    if first is None or pieces[first][0][:1].isupper():
        return pieces
    start = next((i for i, word in enumerate(pieces[first]) if word[:1].isupper() and is_readable(word)), 0)
    return [*pieces[:first], pieces[first][start:], *pieces[first + 1 :]]


def _without_speck(pieces: list[list[TableWord]]) -> list[list[TableWord]]:
    """A cell without what is left of a damaged running number before its first word."""
    first = next((i for i, piece in enumerate(pieces) if piece), None)
    if first is None or len(pieces[first]) < 2:
        return pieces
    speck, word = pieces[first][:2]
    if not word[:1].isupper() or not (speck[:1].isdigit() and len(speck) <= 2 or len(speck) == 1):
        return pieces
    return [*pieces[:first], pieces[first][1:], *pieces[first + 1 :]]


def _readable(pieces: list[list[TableWord]]) -> list[list[TableWord]]:
    """A noisy cell without the words that recognition left unread, and without the full stops that it saw (its raw form keeps them)."""
    words = [(word, i) for i, piece in enumerate(pieces) for word in piece if is_readable(word)]
    found: list[list[TableWord]] = [[] for _ in pieces]
    for (word, i), after in zip_longest(words, [word for word, _ in words[1:]]):
        goes_on = after is None or after[0].islower()
        found[i].append(TableWord(word.rstrip(".:") or word, word.span) if goes_on and word[-1] in ".:" else word)
    return found


def _without_note(pieces: list[list[TableWord]], cellwise: bool, usage: Usage) -> list[list[TableWord]]:
    """A product without the note that stands right of it or after it: the note begins with a capital of its own."""
    found: list[list[TableWord]] = []
    for piece in pieces:
        if cellwise and any(found) and piece and piece[0].istitle():
            break
        inside = (i for i in range(1, len(piece)) if piece[i].istitle() and not usage.dangling(piece[i - 1]))
        found.append(piece[: next(inside, len(piece))])
    return found


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


_NAMED, _MANY = 0.6, 1.5  # an agency whose duties the plan states is likelier to lead; several at once are not
_OTHER = {"lead": "coordinating", "coordinating": "lead", "deadline": "deadline"}


def _in_order(row: Row, placing: Placing, table: Table) -> Placing:
    """A row told cell by cell names its agencies in the order of their columns, whatever is likelier elsewhere."""
    first = {c.column: i for i, chunks in reversed(list(enumerate(placing.chunks))) for c in chunks}
    if not {"lead", "coordinating"} <= first.keys() or not is_cellwise(lines_of(row), placing.chunks):
        return placing
    order = table.columns.index("lead") < table.columns.index("coordinating")
    return placing if order == (first["lead"] < first["coordinating"]) else _swapped(placing)


def _swapped(placing: Placing) -> Placing:
    chunks = tuple(tuple(c._replace(column=_OTHER[c.column]) for c in line) for line in placing.chunks)
    return placing._replace(chunks=chunks, agencies={_OTHER[name]: here for name, here in placing.agencies.items()})


def _by_custom(placed: Sequence[tuple[Row, Placing]]) -> list[tuple[Row, Placing]]:
    """Rows no line of which shows both agencies, with that one as lead which leads elsewhere."""
    counts: Counter[tuple[str, int]] = Counter()
    loose = []
    for row, placing in placed:
        both = all(placing.agencies.get(column) is not None for column in ("lead", "coordinating"))
        sure = any({"lead", "coordinating"} <= {chunk.column for chunk in line} for line in placing.chunks)
        loose.append(both and not sure and not is_cellwise(lines_of(row), placing.chunks))
        if both and sure:
            counts.update((column, id(here.node)) for column, here in placing.agencies.items() if here is not None)

    def leads(here: Here | None) -> float:
        if here is None:
            return 0.0
        custom = math.log((counts["lead", id(here.node)] + 1) / (counts["coordinating", id(here.node)] + 1))
        many = (here.node.phrase or "").startswith("Các ") and not counts["lead", id(here.node)]
        return custom + _NAMED * here.node.named - _MANY * many

    return [
        (row, _swapped(placing))
        if is_loose and leads(placing.agencies["lead"]) < leads(placing.agencies["coordinating"])
        else (row, placing)
        for is_loose, (row, placing) in zip(loose, placed, strict=True)
    ]


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
    without_leaders(region, trie)
    columns = learn.learn_columns(region)
    table = Table(columns, trie, region.noisy, noted=region.head.noted and columns[-1] == "product")
    if region.noisy:
        table = table._replace(ways=pieces_of(sorted(named), trie))
    reader = Reader(table)
    if is_by_columns(region, reader):
        return [
            WovenRow(row.no, row.section, row.cells, _span(row.lines), spans_of(row.words), row.counter)
            for row in rows_by_columns(region, reader, usage)
        ]
    if is_cell_by_cell(region, reader):
        table = table._replace(cellwise=True)
    rows, placed = _placed(region, Reader(table), usage)
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
    placed = _by_custom(placed)
    memory = learn_memory([(row, placing) for row, placing in placed if not row.cut])
    woven = []
    for row, placing in placed:
        found = _cells(row, placing, table, usage, memory)
        if (
            row.no is None
            and not any(found.cells[column] for column in (*table.fixed, "product"))
            and len(row.lines) == 1
        ):
            continue  # what is left of a damaged head, or a stray mark
        woven.append(found)
    return woven


def _cells(row: Row, placing: Placing, table: Table, usage: Usage, memory: Memory) -> WovenRow:
    """The cells of a row, as printed or, in a noisy table, as they must have been."""
    lines = lines_of(row)
    content, product, _ = split_free(lines, placing.chunks, table, usage, row.number_line)
    if table.noted:
        product = _without_note(product, table.cellwise, usage)
    if table.noisy:
        content, product = _readable(_without_speck(content)), _readable(_from_capital(product))
    words: dict[str, list[TableWord]] = {
        "content": [word for piece in content for word in piece],
        "product": [word for piece in product for word in piece],
        **{column: fixed_words(lines, placing.chunks, column) for column in table.fixed},
    }
    cells = {column: " ".join(inside) or None for column, inside in words.items()}
    if table.noisy:
        cells["deadline"] = " ".join(map(mended, words.get("deadline", ()))) or None
    if "deadline" in table.fixed:
        cells["deadline"] = clean_deadline(cells["deadline"])
    if table.noisy and not row.cut:
        for column in table.fixed:
            printed = cells[column]
            cells[column] = (
                memory.deadline_of(printed)
                if column == "deadline"
                else memory.agency(column, placing, printed, table.trie)
            )
    return WovenRow(row.no, row.section, cells, _span(row.lines), spans_of(words), row.counter)


def _span(lines: Sequence[TableLine]) -> Span:
    return Span(lines[0].span.start, lines[-1].span.end)


def spans_of(words: Mapping[str, Sequence[TableWord]]) -> dict[str, tuple[Span, ...]]:
    """Where the words of each cell stand."""
    return {column: joined(word.span for word in inside) for column, inside in words.items()}
