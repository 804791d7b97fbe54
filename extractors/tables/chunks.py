"""Agencies and deadlines found in the lines of one woven row.

A line of a dump shows what stood side by side: a piece of the content, of the agencies, of the deadline, of the product.
Agencies follow a trie word by word over the lines, deadlines a small automaton; a beam keeps the likeliest placings.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.tables import deadline_words
from extractors.tables.deadline_words import Expression
from extractors.tables.layout import Chunk, Here, Table, printed_width
from extractors.tables.phrases import plain_word

_BEAM = 12
# Likeness of letters from which a damaged piece of an agency is taken for one that other rows show: going on, beginning.
_ALIKE_AFTER, _ALIKE_BEGIN = 55.0, 65.0


class RowState(NamedTuple):
    """How far the fixed cells of a row have come."""

    nodes: tuple[Here | None, ...]  # where the agencies stand in the trie; None: not begun
    deadline: Expression | None  # where the deadline stands; None: not begun
    gaps: tuple[int, ...]  # lines since the last piece of each agency, and of the deadline

    @classmethod
    def begin(cls, table: Table) -> RowState:
        """Before the first line of a row."""
        agencies = sum(column != "deadline" for column in table.fixed)
        return cls((None,) * agencies, None, (0,) * (agencies + 1))


class Piece(NamedTuple):
    """Words [start, end) of a line that go on with an agency, and how alike they are (1.0: the same words)."""

    start: int
    end: int
    after: Here
    alike: float = 1.0


class Placing(NamedTuple):
    """Where the fixed cells of a row stand, line by line, and where each agency ended in the trie."""

    score: float
    chunks: tuple[tuple[Chunk, ...], ...]
    agencies: dict[str, Here | None]
    deadline: Expression | None


class LineReading:
    """One line of a row with what has been found out about it."""

    def __init__(self, words: Sequence[str], table: Table, cut: bool) -> None:
        self.words, self.table, self.cut = words, table, cut
        self.together = table.together
        self.plain = [plain_word(word) for word in words]
        self.classes = [deadline_words.classes_of(word) for word in words]
        self._agencies: dict[tuple[int, bool], list[Piece]] = {}
        self._deadlines: dict[Expression | None, list[tuple[int, int, Expression]]] = {}
        self._reach = [0.0]
        for word in words:
            self._reach.append(self._reach[-1] + (0.0 if word == "|" else printed_width(word) + 0.55))
        self._weights = [0.0]  # what a gap up to each word costs
        for word, plain in zip(words, self.plain, strict=True):
            speck = table.noisy and (len(plain) <= 2 or not word[-1:].isalnum() and len(plain) <= 3)
            self._weights.append(
                self._weights[-1] + (0.0 if word == "|" else 0.6 if speck else 1.5 if table.noisy else 4.0)
            )

    def gap(self, start: int, end: int) -> float:
        """What it costs to leave the words [start, end) between two cells."""
        return self._weights[end] - self._weights[start]

    def width(self, start: int, end: int) -> float:
        """Printed width of the words [start, end)."""
        return self._reach[end] - self._reach[start]

    def agencies(self, here: Here | None) -> list[Piece]:
        """Pieces of an agency that go on from `here` (or begin)."""
        key = (id(here.node), here.listed) if here else (0, False)
        if key not in self._agencies:
            found = [piece for start in range(len(self.words)) for piece in self._agency_from(start, here)]
            if self.table.noisy:
                found += self._alike(here, max((piece.end - piece.start for piece in found), default=0))
            self._agencies[key] = found
        return self._agencies[key]

    def _agency_from(self, start: int, here: Here | None) -> list[Piece]:
        words, plain, trie, loose = self.words, self.plain, self.table.trie, self.table.noisy
        if here is None and not self.cut and trie.begin(words[start], plain[start], loose) is None:
            return []
        least = 3 if here is None and words[start][:1].islower() else 1  # small letters tell little
        found: list[Piece] = []
        node, listed, many, doubtful = here or (trie, False, False, False)
        at, end = start, start
        while at < len(words):
            if words[at] in ("-", "–", "—"):
                at += 1
                end = at if end > start and at == len(words) and node.children else end
                continue
            following = node.step(words[at], plain[at], loose) if plain[at] else None
            if following is None and listed:
                following = trie.begin(words[at], plain[at])
                if following is not None:
                    if end > start:
                        found.append(Piece(start, end, Here(node, False, many, doubtful)))
                    many = True
            if following is None:
                break
            if node.named and end > start:  # what follows may belong to the next cell
                found.append(Piece(start, end, Here(node, False, many, doubtful)))
            node, at = following, at + 1
            end, listed = at, node.phrase is not None and words[at - 1][-1:] in ",;"
        if end > start:
            found.append(Piece(start, end, Here(node, listed, many, doubtful)))
        return [piece for piece in found if piece.end - piece.start >= least]

    def _alike(self, here: Here | None, longest: int) -> list[Piece]:
        """Damaged pieces that look like what other rows show at this place."""
        found: list[Piece] = []
        for fragment in self.table.fragments.get(id(here.node if here else self.table.trie), ()):
            if fragment.words <= longest:
                continue
            best: tuple[float, int, int] = (0.0, 0, 0)
            for size in range(1, fragment.words + 2):
                for start in range(len(self.words) - size + 1):
                    letters = "".join(self.plain[start : start + size])
                    if abs(len(letters) - len(fragment.letters)) > 4 or "|" in self.words[start : start + size]:
                        continue
                    if here is not None or self.words[start][0].isupper():
                        best = max(best, (fuzz.ratio(letters, fragment.letters), start, start + size))
            needed = (_ALIKE_BEGIN if here is None else _ALIKE_AFTER) + (0 if len(fragment.letters) >= 8 else 12)
            if best[0] >= needed:
                after = Here(fragment.node, False, bool(here and here.many), True)
                found.append(Piece(best[1], best[2], after, min(0.95, best[0] / 100) - 0.2 * fragment.skips))
        return found

    def deadlines(self, here: Expression | None) -> list[tuple[int, int, Expression]]:
        """All longest pieces of a deadline that go on from `here` (or begin)."""
        if here not in self._deadlines:
            self._deadlines[here] = self._find_deadlines(here)
        return self._deadlines[here]

    def _find_deadlines(self, here: Expression | None) -> list[tuple[int, int, Expression]]:
        found: list[tuple[int, int, Expression]] = []
        begin = deadline_words.any_state() if self.cut and here is None else deadline_words.BEGIN
        for start, word in enumerate(self.words):
            begins = here is not None or self.cut or word[0].isupper() or word[0].isdigit()
            if not self.classes[start] or not begins:
                continue
            state, at = here or begin, start
            while at < len(self.words):
                following = deadline_words.step(state, self.words[at], self.classes[at])
                if following is None:
                    break
                state, at = following, at + 1
            lone_link = at == start + 1 and here is not None and here.complete and not state.complete
            if at > start and not lone_link:
                found.append((start, at, state))
        return found


class _Option(NamedTuple):
    score: float
    at: int
    chunks: tuple[Chunk, ...]
    nodes: tuple[Here | None, ...]
    deadline: Expression | None

    def gap(self, line: LineReading, column: str, start: int) -> float:
        """What the words between the last piece and the next cost; a free column may stand there."""
        if not self.chunks or line.table.apart(self.chunks[-1].column, column):
            return 0.0
        return line.gap(self.at, start)


def _with_deadline(line: LineReading, state: RowState, options: Sequence[_Option]) -> list[_Option]:
    grown = []
    for start, end, expression in line.deadlines(state.deadline):
        gain = 2.0 * (end - start) + (0.5 if state.deadline is None else 1.0 - 1.2 * state.gaps[-1])
        gain += 1.0 if expression.complete else 0.0
        for option in options:
            if start >= option.at:
                score = option.score + gain - option.gap(line, "deadline", start)
                chunks = (*option.chunks, Chunk("deadline", start, end))
                grown.append(_Option(score, end, chunks, option.nodes, expression))
    return grown


def _with_agency(
    line: LineReading, state: RowState, options: Sequence[_Option], column: str, number: int
) -> list[_Option]:
    grown = []
    here = state.nodes[number]
    for start, end, after, alike in line.agencies(here):
        words = min(end - start + 2, after.node.depth - (here.node.depth if here else 0)) if alike < 1 else end - start
        gain = 2.0 * words * (1.0 if alike == 1 else alike - 0.25)
        if here is None:
            gain -= 1.0 + 1.5 * (end - start == 1)  # one word alone stands anywhere
            gain += line.table.prior.get((column, line.plain[start]), 0.0)
        else:
            gain += 0.5 - (1.0 if line.table.noisy else 1.5) * state.gaps[number]
            gain -= 2.0 * (here.node.phrase is not None and end - start == 1)  # a whole one needs no more words
        for option in options:
            if start >= option.at:
                score = option.score + gain - option.gap(line, column, start)
                nodes = (*option.nodes[:number], after, *option.nodes[number + 1 :])
                grown.append(_Option(score, end, (*option.chunks, Chunk(column, start, end)), nodes, option.deadline))
    return grown


def line_options(line: LineReading, state: RowState) -> list[tuple[float, RowState, tuple[Chunk, ...]]]:
    """Every way to place pieces of the fixed columns in one line, with its score and the state after it."""
    table = line.table
    options = [_Option(0.0, 0, (), state.nodes, state.deadline)]
    agencies = [column for column in table.fixed if column != "deadline"]
    for column in table.fixed:
        if column == "deadline":
            options += _with_deadline(line, state, options)
        else:
            options += _with_agency(line, state, options, column, agencies.index(column))
    results = []
    for option in options:
        touched = {chunk.column for chunk in option.chunks}
        gaps = tuple(
            0 if column in touched or option.nodes[i] is None else min(3, state.gaps[i] + 1)
            for i, column in enumerate(agencies)
        )
        waited = 0 if "deadline" in touched or option.deadline is None else min(3, state.gaps[-1] + 1)
        score = option.score - _crossed(line, option.chunks)
        results.append((score, RowState(option.nodes, option.deadline, (*gaps, waited)), option.chunks))
    return results


def _crossed(line: LineReading, chunks: Sequence[Chunk]) -> float:
    """Penalty for pieces at places where their column cannot be: over a ruling, or right of too short a content."""
    if not chunks:
        return 0.0
    words, table = line.words, line.table
    penalty = 6.0 * sum(words[i] == "|" for chunk in chunks for i in range(chunk.start, chunk.end))
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


def place_chunks(lines: Sequence[Sequence[str]], table: Table, cut: bool = False, beam_width: int = _BEAM) -> Placing:
    """The best placing of agencies and deadline over the lines of one row; `cut`: the row's beginning is on a lost page."""
    agencies = [column for column in table.fixed if column != "deadline"]
    beam: list[tuple[float, RowState, tuple[tuple[Chunk, ...], ...]]] = [(0.0, RowState.begin(table), ())]
    for number, words in enumerate(lines):
        line = LineReading(words, table, cut and number == 0)
        following: dict[tuple[object, ...], tuple[float, RowState, tuple[tuple[Chunk, ...], ...]]] = {}
        for score, state, path in beam:
            for gain, after, chunks in line_options(line, state):
                key = (*(here and (id(here.node), here.listed) for here in after.nodes), after.deadline, after.gaps)
                if key not in following or score + gain > following[key][0]:
                    following[key] = (score + gain, after, (*path, chunks))
        beam = sorted(following.values(), key=lambda item: -item[0])[:beam_width]
    score, state, path = max(beam, key=lambda item: item[0] + end_score(item[1]))
    ended = dict(zip(agencies, state.nodes, strict=True))
    return Placing(score + end_score(state), path, ended, state.deadline)
