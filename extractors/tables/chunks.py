"""Agencies and deadlines found in the lines of one woven row.

A line of a dump shows what stood side by side: a piece of the content, of the agencies, of the deadline, of the product.
Agencies follow a trie word by word over the lines, deadlines a small automaton; a beam keeps the likeliest placings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.tables.deadline_words import Expression
from extractors.tables.layout import Chunk, Here, Table
from extractors.tables.line_reading import LineReading

_BEAM = 12
_COMMITTEE = ("ubnd", "uy")  # contents speak of it, and so do further lines of `Văn phòng HĐND và UBND`


class RowState(NamedTuple):
    """How far the fixed cells of a row have come."""

    nodes: tuple[Here | None, ...]  # where the agencies stand in the trie; None: not begun
    deadline: Expression | None  # where the deadline stands; None: not begun
    gaps: tuple[int, ...]  # lines since the last piece of each agency, and of the deadline

    @classmethod
    def begin(cls, table: Table) -> RowState:
        """Before the first line of a row."""
        agencies = len(table.agencies)
        return cls((None,) * agencies, None, (0,) * (agencies + 1))

    @property
    def mark(self) -> tuple[object, ...]:
        """Where the cells stand, however they came there: all that matters to what follows."""
        return (*[here and (id(here.node), here.listed) for here in self.nodes], self.deadline, self.gaps)


class Placing(NamedTuple):
    """Where the fixed cells of a row stand, line by line, and where each agency ended in the trie."""

    score: float
    chunks: tuple[tuple[Chunk, ...], ...]
    agencies: dict[str, Here | None]
    deadline: Expression | None


class LineOption(NamedTuple):
    """One way to place pieces of the fixed columns in a line, and the state after it.

    mark: a number for what tells that state from others. free: words left over for the other columns.
    """

    score: float
    state: RowState
    chunks: tuple[Chunk, ...]
    mark: int
    free: int


class _Piece(NamedTuple):
    """A piece of a fixed column in a line: what it is worth, and how far its cell has come with it."""

    chunk: Chunk
    gain: float
    after: Here | Expression


class _Option(NamedTuple):
    score: float
    at: int
    chunks: tuple[Chunk, ...]
    nodes: tuple[Here | None, ...]
    deadline: Expression | None


def _deadlines(line: LineReading, state: RowState) -> list[_Piece]:
    first = 0.5 if state.deadline is None else 1.0 - 1.2 * state.gaps[-1]
    return [
        _Piece(
            Chunk("deadline", start, end),
            2.0 * (end - start) + first + (1.0 if expression.complete else 0.0),
            expression,
        )
        for start, end, expression in line.deadlines(state.deadline)
    ]


def _agencies(line: LineReading, state: RowState, column: str, number: int) -> list[_Piece]:
    found = []
    here = state.nodes[number]
    for start, end, after, alike in line.agencies(here):
        words = min(end - start + 2, after.node.depth - (here.node.depth if here else 0)) if alike < 1 else end - start
        gain = 2.0 * words * (1.0 if alike == 1 else alike - 0.25)
        if here is None:
            gain -= 1.0 + 1.5 * (end - start == 1)  # one word alone stands anywhere
            gain -= 2.0 * line.words[start][0].islower()
            gain -= 3.0 * (line.table.noisy and line.plain[start] in _COMMITTEE)
            gain += line.table.prior.get((column, line.plain[start]), 0.0)
        else:
            gain += 0.5 - (1.0 if line.table.noisy else 1.5) * state.gaps[number]
            gain -= 2.0 * (here.node.phrase is not None and end - start == 1)  # a whole one needs no more words
        found.append(_Piece(Chunk(column, start, end), gain, after))
    return found


def _grown(
    line: LineReading, options: Sequence[_Option], pieces: Sequence[_Piece], column: str, number: int = 0
) -> list[_Option]:
    """The options with one more piece behind theirs. number: of the agency."""
    # What the words between the last piece and the next cost, unless a free column may stand there.
    near = [bool(option.chunks) and not line.table.apart(option.chunks[-1].column, column) for option in options]
    found = []
    for chunk, gain, after in pieces:
        for option, beside in zip(options, near, strict=True):
            score, at, chunks, nodes, deadline = option
            if chunk.start < at:
                continue
            score = score + gain - (line.gap(at, chunk.start) if beside else 0.0)
            if isinstance(after, Expression):
                deadline = after
            else:
                nodes = (*nodes[:number], after, *nodes[number + 1 :])
            found.append(_Option(score, chunk.end, (*chunks, chunk), nodes, deadline))
    return found


def _line_options(line: LineReading, state: RowState, marks: dict[tuple[object, ...], int]) -> list[LineOption]:
    table = line.table
    options = [_Option(0.0, 0, (), state.nodes, state.deadline)]
    agencies = table.agencies
    for column in table.fixed:
        if column == "deadline":
            options += _grown(line, options, _deadlines(line, state), column)
        else:
            number = agencies.index(column)
            options += _grown(line, options, _agencies(line, state, column, number), column, number)
    words = sum([word != "|" for word in line.words])
    waited = [min(3, gap + 1) for gap in state.gaps]
    results = []
    for option in options:
        touched = [chunk.column for chunk in option.chunks]
        gaps = [
            0 if node is None or column in touched else gap
            for column, node, gap in zip(agencies, option.nodes, waited, strict=False)
        ]
        gaps.append(0 if option.deadline is None or "deadline" in touched else waited[-1])
        after = RowState(option.nodes, option.deadline, tuple(gaps))
        free = words - sum([chunk.end - chunk.start for chunk in option.chunks])
        mark = marks.setdefault(after.mark, len(marks))
        results.append(LineOption(option.score - _crossed(line, option.chunks), after, option.chunks, mark, free))
    return results


def _crossed(line: LineReading, chunks: Sequence[Chunk]) -> float:
    """Penalty for pieces at places where their column cannot be: over a ruling, or right of too short a content."""
    if not chunks:
        return 0.0
    words, table = line.words, line.table
    penalty = 6.0 * sum([list(words[chunk.start : chunk.end]).count("|") for chunk in chunks]) if line.ruled else 0.0
    if not table.noisy:  # there specks stand behind the last cell
        penalty += 0.0 if table.is_open(chunks[-1].column, 1) else line.gap(chunks[-1].end, len(words))
        penalty += 0.0 if table.is_open(chunks[0].column, -1) else line.gap(0, chunks[0].start)
    if line.together:
        return penalty
    columns = table.columns
    if table.content_width and chunks[0].start and columns.index("content") < columns.index(chunks[0].column):
        left = line.width(0, chunks[0].start)
        penalty += 4.0 if left > table.content_width + 4 else 1.5 if left < 0.35 * table.content_width else 0.0
    if table.product_width and "product" in columns and columns.index("product") > columns.index(chunks[-1].column):
        penalty += 4.0 if line.width(chunks[-1].end, len(words)) > table.product_width + 4 else 0.0
    return penalty


def end_score(state: RowState) -> float:
    """What the cells are worth as they stand at the end of the row: whole ones are likelier, most of all named agencies."""
    score = 0.0
    for here in state.nodes:
        if here is not None:
            score += -3.0 if here.node.phrase is None else 8.0 if here.node.named else 4.0
    if state.deadline is not None:
        score += 2.0 if state.deadline.complete else -3.0
    return score


class Reader:
    """The lines of one table, what is found out about each kept."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._known: dict[tuple[str, ...], LineReading] = {}
        self._options: dict[tuple[int, RowState], list[LineOption]] = {}
        self._marks: dict[tuple[object, ...], int] = {}
        self._cut: list[LineReading] = []

    def line(self, words: Sequence[str], cut: bool = False) -> LineReading:
        """`cut`: the line goes on with a row whose beginning is on a lost page."""
        if cut:
            self._cut.append(LineReading(words, self.table, True))
            return self._cut[-1]
        found = self._known.get(tuple(words))
        if found is None:
            found = self._known[tuple(words)] = LineReading(words, self.table, False)
        return found

    def options(self, line: LineReading, state: RowState) -> list[LineOption]:
        """Every way to place pieces of the fixed columns in a line."""
        key = (id(line), state)
        found = self._options.get(key)
        if found is None:
            found = self._options[key] = _line_options(line, state, self._marks)
        return found


def place_chunks(lines: Sequence[Sequence[str]], reader: Reader, cut: bool = False, beam_width: int = _BEAM) -> Placing:
    """The best placing of agencies and deadline over the lines of one row; `cut`: the row's beginning is on a lost page."""
    table = reader.table
    beam: list[tuple[float, RowState, tuple[tuple[Chunk, ...], ...]]] = [(0.0, RowState.begin(table), ())]
    for number, words in enumerate(lines):
        line = reader.line(words, cut and number == 0)
        following: dict[int, tuple[float, LineOption, tuple[tuple[Chunk, ...], ...]]] = {}
        for score, state, path in beam:
            for option in reader.options(line, state):
                known = following.get(option.mark)
                if known is None or score + option.score > known[0]:
                    following[option.mark] = (score + option.score, option, path)
        likeliest = sorted(following.values(), key=lambda item: -item[0])[:beam_width]
        beam = [(score, option.state, (*path, option.chunks)) for score, option, path in likeliest]
    score, state, path = max(beam, key=lambda item: item[0] + end_score(item[1]))
    ended = dict(zip(table.agencies, state.nodes, strict=True))
    return Placing(score + end_score(state), path, ended, state.deadline)
