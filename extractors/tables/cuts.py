"""Rows of a woven table without the help of running numbers: each has its agencies, its deadline and its content once.

A beam goes over the lines; at each the row goes on or another begins. What a row is worth grows with the cells that are whole
in it and falls with those that it lacks, so that the cheapest cuts give every row its own agencies and deadline.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.tables.chunks import Reader, RowState, end_score
from extractors.tables.layout import Chunk, Table
from extractors.tables.line_reading import LineReading
from extractors.tables.region import TableLine

_BEAM = 24
_MOST_LINES = 16
_MISSING = {"lead": 5.0, "coordinating": 2.0, "deadline": 4.0}
_NO_CONTENT = 10.0
_SHORT = 3  # words
_BEFORE_PRODUCT = 5.0  # a row that would begin where the product of the one before is due


class _Entry(NamedTuple):
    """A way to cut the lines so far. lines, content, number: of the row that is open; starts: where rows began."""

    score: float
    state: RowState
    lines: int
    content: bool
    number: bool
    starts: tuple[int, ...]


def _row_worth(entry: _Entry, table: Table) -> float:
    worth = end_score(entry.state)
    agencies = [column for column in table.fixed if column != "deadline"]
    for column, node in zip(agencies, entry.state.nodes, strict=True):
        worth -= _MISSING[column] if node is None else 0.0
    if "deadline" in table.fixed and entry.state.deadline is None:
        worth -= _MISSING["deadline"]
    return worth if entry.content else worth - _NO_CONTENT


def _free_words(words: Sequence[str], chunks: Sequence[Chunk]) -> int:
    return sum(word != "|" for word in words) - sum(chunk.end - chunk.start for chunk in chunks)


def cut_rows(
    lines: Sequence[TableLine], reader: Reader, start_costs: Sequence[float], numbers: Collection[int]
) -> list[int]:
    """Where rows begin among the lines; `numbers`: the lines that show a running number, no two of which share a row."""
    table = reader.table
    product_follows = ("deadline", "product") in pairwise(table.columns)
    beam = [_Entry(0.0, RowState.begin(table), 0, False, False, ())]
    for i, line in enumerate(lines):
        reading = reader.line(line.words)
        grown: list[_Entry] = []
        numbered = i in numbers
        if i:
            for entry in beam:
                if entry.lines < _MOST_LINES and not (numbered and entry.number):
                    grown += _with_line(entry._replace(number=entry.number or numbered), reader, reading)
        ended = max(beam, key=lambda entry: entry.score + (_row_worth(entry, table) if entry.lines else 0.0))
        worth = _row_worth(ended, table) - start_costs[i] if i else 0.0
        if i and product_follows and _ends_with_deadline(ended, lines[i - 1].words):
            worth -= _BEFORE_PRODUCT
        begun = _Entry(ended.score + worth, RowState.begin(table), 0, False, numbered, (*ended.starts, i))
        grown += _with_line(begun, reader, reading)
        beam = _best(grown)
    return list(max(beam, key=lambda entry: entry.score + _row_worth(entry, table)).starts)


def _ends_with_deadline(entry: _Entry, words: Sequence[str]) -> bool:
    """Whether the last line of a row ends its deadline and holds nothing else, as in tables told cell by cell."""
    deadline = entry.state.deadline
    return deadline is not None and deadline.complete and entry.state.gaps[-1] == 0 and len(words) <= _SHORT


def _with_line(entry: _Entry, reader: Reader, reading: LineReading) -> Iterator[_Entry]:
    """The row that is open with one more line, every way to read it."""
    for gain, state, chunks in reader.options(reading, entry.state):
        content = entry.content or _free_words(reading.words, chunks) >= 2
        yield _Entry(entry.score + gain, state, entry.lines + 1, content, entry.number, entry.starts)


def _best(entries: Iterable[_Entry]) -> list[_Entry]:
    """The likeliest, one of a kind: what follows depends on where the cells stand, not on how they came there."""
    found: dict[tuple[object, ...], _Entry] = {}
    for entry in entries:
        nodes = tuple(here and (id(here.node), here.listed) for here in entry.state.nodes)
        key = (nodes, entry.state.deadline, entry.state.gaps, entry.content, entry.number, entry.lines > 6)
        if key not in found or entry.score > found[key].score:
            found[key] = entry
    return sorted(found.values(), key=lambda entry: -entry.score)[:_BEAM]
