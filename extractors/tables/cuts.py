"""Rows of a woven table whose running numbers are damaged or missing: each has its agencies, its deadline and its content once.

A beam goes over the lines; at each the row goes on or another begins. What a row is worth grows with the cells that are whole
in it and falls with those that it lacks, so that the cheapest cuts give every row its own agencies and deadline. Numbers that were
read count for the rows that they would have if none were lost; one that fits no row was misread.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.tables.chunks import LineOption, Reader, RowState, end_score
from extractors.tables.layout import Table
from extractors.tables.line_reading import LineReading
from extractors.tables.words import TableLine

_BEAM = 40
_MOST_LINES = 16
_MISSING = {"lead": 5.0, "coordinating": 2.0, "deadline": 4.0}
_NO_CONTENT = 10.0
_SHORT = 3  # words
_CONTENT = 2  # words that no fixed column takes
_MANY_LINES = 6
_RIGHT_NUMBER, _WRONG_DIGIT, _WRONG_NUMBER = 4.0, 1.0, 3.0
PART = 1000
"""The number 2.1 counts as 2001."""
_NEXT_PART = 2.0
_ANEW, _UNKNOWN = 1.0, 4.0  # rows that are counted anew under a section, or from a number that is not known
_CAPITAL = 6.0  # a row begins with a capital, few other lines do
_ASKEW = 0.3  # for each line by which a number stands off the middle of its row, twice
_BEFORE_PRODUCT = 5.0  # a row that would begin where the product of the one before is due


class _Entry(NamedTuple):
    """A way to cut the lines so far. starts: where rows began; dues: the numbers of those that ended. Of the row that is open: how many lines it has, whether it has
    content, which number is due for it (0: not known), and at which of its lines that number stands (None: not seen)."""

    score: float
    state: RowState
    lines: int
    content: bool
    due: int
    number: int | None
    starts: tuple[int, ...]
    dues: tuple[int, ...] = ()


class Cut(NamedTuple):
    """Where rows begin; which of them show their number, as (row, line); the number of each (0: not known)."""

    starts: list[int]
    shown: dict[int, int]
    dues: list[int]


def _row_worth(entry: _Entry, table: Table) -> float:
    worth = end_score(entry.state)
    for column, node in zip(table.agencies, entry.state.nodes, strict=True):
        worth -= _MISSING[column] if node is None else 0.0
    if "deadline" in table.fixed and entry.state.deadline is None:
        worth -= _MISSING["deadline"]
    if table.centred and entry.number is not None:
        worth -= _ASKEW * abs(2 * entry.number - entry.lines + 1)
    return worth if entry.content else worth - _NO_CONTENT


def _following(due: int) -> dict[int, float]:
    """The numbers that may follow one, and what they cost: the next, or the first of the next part."""
    if not due:
        return {0: 0.0}
    return {due + 1: 0.0, due - due % PART + PART + 1: _NEXT_PART} if due > PART else {due + 1: 0.0}


def _numbered(entry: _Entry, value: int) -> _Entry:
    """The row that is open with a number at its newest line: the one that it must bear, or one that recognition misread."""
    if not entry.due and entry.number is None and value % PART >= len(entry.starts):
        return entry._replace(due=value, number=entry.lines)
    if value == entry.due and entry.number is None:
        return entry._replace(score=entry.score + _RIGHT_NUMBER, number=entry.lines)
    return entry._replace(score=entry.score - (_WRONG_NUMBER if value > 9 else _WRONG_DIGIT))


def cut_rows(
    lines: Sequence[TableLine], reader: Reader, start_costs: Sequence[float], numbers: Mapping[int, int], before: int
) -> Cut:
    """Where rows begin among the lines.

    numbers: what lines show that may count rows. before: the number of the row before these lines; after it they count on, or anew.
    """
    table = reader.table
    firsts = {value - value % PART + 1 for value in numbers.values() if value > PART} or {1}
    product_follows = ("deadline", "product") in pairwise(table.columns)
    empty = _Entry(0.0, RowState.begin(table), 0, False, 0, None, ())
    beam: list[_Entry] = []
    for i, line in enumerate(lines):
        reading = reader.line(line.words)
        begun: list[_Entry] = []
        if i:
            ended: dict[int, tuple[float, _Entry]] = {}
            for entry in beam:
                worth = entry.score + _row_worth(entry, table) - start_costs[i] + _CAPITAL * (start_costs[i] == 0)
                if product_follows and _ends_with_deadline(entry, lines[i - 1].words):
                    worth -= _BEFORE_PRODUCT
                if entry.due not in ended or worth > ended[entry.due][0]:
                    ended[entry.due] = (worth, entry)
            for worth, entry in ended.values():
                for due, cost in _following(entry.due).items():
                    starts, dues = (*entry.starts, i), (*entry.dues, entry.due)
                    begun.append(empty._replace(score=worth - cost, due=due, starts=starts, dues=dues))
        else:
            opening = _following(before) if before else {}
            opening |= {first: _ANEW if before else 0.0 for first in firsts if first not in opening} | {0: _UNKNOWN}
            begun = [empty._replace(score=-cost, due=due, starts=(0,)) for due, cost in opening.items()]
        going_on = [entry for entry in beam if entry.lines < _MOST_LINES]
        beam = _with_line((*going_on, *begun), reader, reading, numbers.get(i))
    best = max(beam, key=lambda entry: entry.score + _row_worth(entry, table))
    counts = [*best.dues, best.due]
    shown = {}
    for row, (start, stop) in enumerate(pairwise((*best.starts, len(lines)))):
        at = next((i for i in range(start, stop) if counts[row] and numbers.get(i) == counts[row]), None)
        if at is not None:
            shown[row] = at
    return Cut(list(best.starts), shown, counts)


def _ends_with_deadline(entry: _Entry, words: Sequence[str]) -> bool:
    """Whether the last line of a row ends its deadline and holds nothing else, as in tables told cell by cell."""
    deadline = entry.state.deadline
    return deadline is not None and deadline.complete and entry.state.gaps[-1] == 0 and len(words) <= _SHORT


def _with_line(entries: Iterable[_Entry], reader: Reader, reading: LineReading, number: int | None) -> list[_Entry]:
    """The rows that are open with one more line: the likeliest ways to read it, one of a kind."""
    found: dict[tuple[object, ...], tuple[float, _Entry, LineOption]] = {}
    for entry in entries:
        if number is not None:
            entry = _numbered(entry, number)
        for option in reader.options(reading, entry.state):
            content = entry.content or option.free >= _CONTENT
            kind = (option.mark, content, entry.due, entry.number, entry.lines >= _MANY_LINES)
            score = entry.score + option.score
            known = found.get(kind)
            if known is None or score > known[0]:
                found[kind] = (score, entry, option)
    likeliest = sorted(found.values(), key=lambda grown: -grown[0])[:_BEAM]
    return [
        entry._replace(
            score=score,
            state=option.state,
            lines=entry.lines + 1,
            content=entry.content or option.free >= _CONTENT,
        )
        for score, entry, option in likeliest
    ]
