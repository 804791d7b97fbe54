"""The lines of one woven row taken apart into its cells.

A line of a dump shows what stood side by side: a piece of the content, of the agencies, of the deadline, of the product.
Agencies follow a trie word by word over the lines, deadlines a small grammar; what is left of them is content, what is
right of them product, and lines without either are split by how full the lines of each cell are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from extractors.tables import deadline_words
from extractors.tables.deadline_words import Expression
from extractors.tables.phrases import PhraseTrie, plain_word
from normalizers.text import skeleton

_FIXED = ("lead", "coordinating", "deadline")


# Widths of letters in Times New Roman, in widths of an `n`; the marks above and below take no room.
_WIDE = re.compile(r"[A-ZĐ]")
_NARROW = re.compile(r"[iltfjr.,;:'|()/\-I ]")


@lru_cache(maxsize=4096)
def printed_width(text: str) -> float:
    """About how wide a text is in print, in letters.

    >>> printed_width("UBND") > printed_width("xuân") > printed_width("liti")
    True
    """
    plain = skeleton(text)
    return len(text) + 0.4 * len(_WIDE.findall(text)) - 0.45 * len(_NARROW.findall(plain)) + 0.5 * plain.count("m")


class Chunk(NamedTuple):
    """Words [start, end) of a line that belong to a column."""

    column: str
    start: int
    end: int


class Cells(NamedTuple):
    """The cells of one row by column, and how well the row fitted (more is better)."""

    text: dict[str, str]
    score: float


class Here(NamedTuple):
    """Where an agency stands in the trie; listed: whether a comma or semicolon lets another agency begin."""

    node: PhraseTrie
    listed: bool


class _State(NamedTuple):
    nodes: tuple[Here | None, ...]  # where lead and coordinating stand in the trie; None: not begun
    deadline: Expression | None  # where the deadline stands; None: not begun
    gaps: tuple[int, ...]  # lines since the last piece of each fixed column


class _Path(NamedTuple):
    score: float
    chunks: tuple[tuple[Chunk, ...], ...]


class Table(NamedTuple):
    """What all rows of a table share: column order, agencies, and the widths of the free columns in characters."""

    columns: tuple[str, ...]
    trie: PhraseTrie
    content_width: float = 0.0
    product_width: float = 0.0
    prior: dict[tuple[str, str], float] = {}  # (column, first word of an agency) -> how much likelier it is there

    @property
    def together(self) -> bool:
        """Whether content and product stand side by side."""
        if "product" not in self.columns:
            return False
        return abs(self.columns.index("content") - self.columns.index("product")) == 1

    def apart(self, left: str, right: str) -> bool:
        """Whether a free column stands between two fixed ones."""
        between = self.columns[self.columns.index(left) + 1 : self.columns.index(right)]
        return any(column not in _FIXED for column in between)

    @property
    def fixed(self) -> tuple[str, ...]:
        return tuple(column for column in self.columns if column in _FIXED)


class _Line:
    """One line of a row with what has been found out about it."""

    def __init__(self, words: Sequence[str], table: Table, cut: bool) -> None:
        self.words, self.table, self.cut = words, table, cut
        self.plain = [plain_word(word) for word in words]
        self.classes = [deadline_words.classes_of(word) for word in words]
        self._agencies: dict[tuple[int, bool], list[tuple[int, int, Here]]] = {}
        self._deadlines: dict[Expression | None, list[tuple[int, int, Expression]]] = {}
        # words before each position that are no rulings: what a gap between two pieces costs
        self.solid = [0]
        for word in words:
            self.solid.append(self.solid[-1] + (word != "|"))

    def between(self, start: int, end: int) -> int:
        return self.solid[end] - self.solid[start]

    def agencies(self, here: Here | None) -> list[tuple[int, int, Here]]:
        """Pieces of an agency that go on from `here` (or begin): each the longest, and the longest without a second agency."""
        key = (id(here.node), here.listed) if here else (0, False)
        if key not in self._agencies:
            self._agencies[key] = [
                piece for start in range(len(self.words)) for piece in self._agency_from(start, here)
            ]
        return self._agencies[key]

    def _agency_from(self, start: int, here: Here | None) -> list[tuple[int, int, Here]]:
        words, plain, trie = self.words, self.plain, self.table.trie
        if here is None and not self.cut and trie.begin(words[start], plain[start]) is None:
            return []
        found: list[tuple[int, int, Here]] = []
        node, listed = (here.node, here.listed) if here else (trie, False)
        at, end = start, start
        while at < len(words):
            if words[at] in ("-", "–", "—") and at + 1 < len(words):
                at += 1
                continue
            following = node.step(words[at], plain[at]) if plain[at] else None
            if following is None and listed:
                following = trie.begin(words[at], plain[at])
                if following is not None and end > start:
                    found.append((start, end, Here(node, False)))
            if following is None:
                break
            if node.named and end > start:  # what follows may belong to the next cell
                found.append((start, end, Here(node, False)))
            node, at = following, at + 1
            end, listed = at, node.phrase is not None and words[at - 1][-1:] in ",;"
        if end > start:
            found.append((start, end, Here(node, listed)))
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
            if not self.classes[start] or (
                here is None and not self.cut and not (word[0].isupper() or word[0].isdigit())
            ):
                continue
            state, at = here or begin, start
            while at < len(self.words):
                following = deadline_words.step(state, self.words[at], self.classes[at])
                if following is None:
                    break
                state, at = following, at + 1
            if at > start:
                found.append((start, at, state))
        return found


class _Option(NamedTuple):
    score: float
    at: int
    chunks: tuple[Chunk, ...]
    nodes: tuple[Here | None, ...]
    deadline: Expression | None


def _gap(line: _Line, option: _Option, column: str, start: int, table: Table) -> float:
    """Words that would stand between two neighbouring pieces and belong to neither."""
    if not option.chunks or table.apart(option.chunks[-1].column, column):
        return 0.0
    return line.between(option.at, start)


def _line_options(line: _Line, state: _State, table: Table) -> list[tuple[float, _State, tuple[Chunk, ...]]]:
    """Every way to place pieces of the fixed columns in one line, with its score and the state after it."""
    options = [_Option(0.0, 0, (), state.nodes, state.deadline)]
    agencies = [column for column in table.fixed if column != "deadline"]
    for column in table.fixed:
        grown = list(options)
        if column == "deadline":
            for start, end, expression in line.deadlines(state.deadline):
                gain = (
                    2.0 * (end - start)
                    + (0.5 if state.deadline is None else 1.0)
                    + (1.0 if expression.complete else 0.0)
                )
                for option in options:
                    if start >= option.at:
                        between = _gap(line, option, column, start, table)
                        chunks = (*option.chunks, Chunk(column, start, end))
                        grown.append(_Option(option.score + gain - 4 * between, end, chunks, option.nodes, expression))
        else:
            number = agencies.index(column)
            node = state.nodes[number]
            for start, end, after in line.agencies(node):
                gain = 2.0 * (end - start)
                if node is None:
                    gain -= 1.5 * (end - start == 1)  # one word alone stands anywhere
                    gain += -1.0 + table.prior.get((column, line.plain[start]), 0.0)
                else:
                    gain += 0.5 - 1.5 * state.gaps[number]
                for option in options:
                    if start >= option.at:
                        between = _gap(line, option, column, start, table)
                        nodes = (*option.nodes[:number], after, *option.nodes[number + 1 :])
                        chunks = (*option.chunks, Chunk(column, start, end))
                        grown.append(_Option(option.score + gain - 4 * between, end, chunks, nodes, option.deadline))
        options = grown
    results = []
    for option in options:
        touched = {chunk.column for chunk in option.chunks}
        gaps = tuple(
            0 if column in touched or option.nodes[i] is None else min(3, state.gaps[i] + 1)
            for i, column in enumerate(agencies)
        )
        score = option.score - _crossed(line.words, option.chunks, table)
        results.append((score, _State(option.nodes, option.deadline, gaps), option.chunks))
    return results


def _crossed(words: Sequence[str], chunks: Sequence[Chunk], table: Table) -> float:
    """Penalty for pieces at places where their column cannot be: over a ruling, or right of too short a content."""
    penalty = 0.0
    for chunk in chunks:
        penalty += 6.0 * sum(word == "|" for word in words[chunk.start : chunk.end])
    if not chunks or table.together:
        return penalty
    first, last = table.columns.index(chunks[0].column), table.columns.index(chunks[-1].column)
    if table.content_width and table.columns.index("content") < first:
        left = printed_width(" ".join(words[: chunks[0].start]))
        penalty += 4.0 if left > table.content_width + 4 else 0.0
        penalty += 1.5 if 0 < left < 0.35 * table.content_width else 0.0
    if table.product_width and "product" in table.columns and table.columns.index("product") > last:
        right = printed_width(" ".join(words[chunks[-1].end :]))
        penalty += 4.0 if right > table.product_width + 4 else 0.0
    return penalty


def place_chunks(
    lines: Sequence[Sequence[str]], table: Table, cut: bool = False
) -> tuple[float, list[tuple[Chunk, ...]]]:
    """The best placing of agencies and deadline over the lines of one row; `cut`: the row's beginning is on a lost page."""
    agencies = sum(column != "deadline" for column in table.fixed)
    start = _State((None,) * agencies, None, (0,) * agencies)
    beam: dict[tuple[object, ...], tuple[_State, _Path]] = {(): (start, _Path(0.0, ()))}
    for words in lines:
        line = _Line(words, table, cut and words is lines[0])
        following: dict[tuple[object, ...], tuple[_State, _Path]] = {}
        for state, path in beam.values():
            for gain, after, chunks in _line_options(line, state, table):
                key = (
                    *((id(here.node), here.listed) if here else None for here in after.nodes),
                    after.deadline,
                    after.gaps,
                )
                score = path.score + gain
                if key not in following or score > following[key][1].score:
                    following[key] = (after, _Path(score, (*path.chunks, chunks)))
        beam = dict(sorted(following.items(), key=lambda item: -item[1][1].score)[:16])
    best: tuple[float, list[tuple[Chunk, ...]]] = (float("-inf"), [() for _ in lines])
    for state, path in beam.values():
        score = path.score
        for here in state.nodes:
            score += 0.0 if here is None else -3.0 if here.node.phrase is None else 8.0 if here.node.named else 4.0
        if state.deadline is not None:
            score += 2.0 if state.deadline.complete else -3.0
        if score > best[0]:
            best = (score, list(path.chunks))
    return best


class Usage(NamedTuple):
    """How words are used in the document: pairs that follow each other, and words that never end a clause."""

    pairs: frozenset[tuple[str, str]]
    open_ended: frozenset[str]

    def dangling(self, last: _Free | None) -> float:
        """What it costs to end a cell with this word."""
        return 1.5 if last is not None and plain_word(last.word) in self.open_ended else 0.0


class _Free(NamedTuple):
    """The last piece of a free cell: its length, its last word, lines since."""

    length: float
    word: str
    gap: int


def _piece_cost(piece: Sequence[str], last: _Free | None, width: float, usage: Usage, first_capital: bool) -> float:
    """How badly a piece goes on a cell: too long, a line before it that had room left, a lower-case beginning."""
    if not piece:
        return 0.0
    wide = printed_width(" ".join(piece))
    cost = 0.0
    if width and wide > width + 1.5:
        cost += 2.0 + 0.3 * (wide - width)
    if last is None:
        if first_capital and not (piece[0][:1].isupper() or piece[0][:1] in '“"0123456789'):
            cost += 2.5
        return cost
    room = width - (last.length + 0.55 + printed_width(piece[0])) if width else 0.0
    if room > 1.5:
        cost += min(3.0, 0.8 + 0.15 * room)
    cost += 0.25 * last.gap
    if (plain_word(last.word), plain_word(piece[0])) in usage.pairs:
        cost -= 0.8
    return cost


def split_free(
    lines: Sequence[Sequence[str]],
    chunks: Sequence[Sequence[Chunk]],
    table: Table,
    usage: Usage,
) -> tuple[list[list[str]], list[list[str]], float]:
    """Content and product pieces line by line: beside pieces of the fixed columns they are given, elsewhere weighed."""
    start: tuple[_Free | None, _Free | None] = (None, None)
    beam: list[tuple[float, _Free | None, _Free | None, tuple[tuple[list[str], list[str]], ...]]] = [(0.0, *start, ())]
    for words, placed in zip(lines, chunks, strict=True):
        options = _line_splits(words, placed, table, usage)
        following = []
        for cost, content, product, path in beam:
            for extra, left, right in options:
                total = cost + extra
                total += _piece_cost(left, content, table.content_width, usage, True)
                total += _piece_cost(right, product, table.product_width, usage, True)
                following.append((total, _grow(content, left), _grow(product, right), (*path, (left, right))))
        following.sort(key=lambda item: item[0])
        beam = following[:12]
    cost, _, _, path = min(beam, key=lambda item: item[0] + usage.dangling(item[1]) + usage.dangling(item[2]))
    return [left for left, _ in path], [right for _, right in path], cost


def _grow(last: _Free | None, piece: Sequence[str]) -> _Free | None:
    if piece:
        return _Free(printed_width(" ".join(piece)), piece[-1], 0)
    return last._replace(gap=last.gap + 1) if last else None


def _line_splits(
    words: Sequence[str], placed: Sequence[Chunk], table: Table, usage: Usage
) -> list[tuple[float, list[str], list[str]]]:
    """(cost, content words, product words) for every way to split what the fixed columns leave of a line."""
    order = table.columns
    free = [column for column in order if column in ("content", "product")]
    edges = [
        (-1, 0, 0),
        *((order.index(c.column), c.start, c.end) for c in placed),
        (len(order), len(words), len(words)),
    ]
    given: dict[str, list[str]] = {"content": [], "product": []}
    open_: Sequence[str] = ()
    for (left, _, start), (right, end, _) in zip(edges, edges[1:], strict=False):
        inside = [column for column in free if left < order.index(column) < right]
        if len(inside) == 1:
            given[inside[0]] += _plain(words[start:end])
        elif len(inside) == 2:
            open_ = words[start:end]
    if not open_:
        return [(0.0, given["content"], given["product"])]
    options = []
    ruled = any(word == "|" for word in open_)
    for at in range(len(open_) + 1):
        head, tail = _plain(open_[:at]), _plain(open_[at:])
        cost = 0.0
        if head and tail:
            at_rule = open_[at - 1] == "|" or open_[at] == "|"
            cost += 0.0 if at_rule else 1.0 if ruled else 0.5
            if (plain_word(head[-1]), plain_word(tail[0])) in usage.pairs:
                cost += 0.7
        content, product = (head, tail) if free[0] == "content" else (tail, head)
        options.append((cost, [*given["content"], *content], [*given["product"], *product]))
    return options


def _plain(words: Sequence[str]) -> list[str]:
    return [word for word in words if word != "|"]


def fixed_text(lines: Sequence[Sequence[str]], chunks: Sequence[Sequence[Chunk]], column: str) -> str | None:
    """The cell of a fixed column, its pieces joined."""
    words = [
        word
        for line, placed in zip(lines, chunks, strict=True)
        for chunk in placed
        if chunk.column == column
        for word in line[chunk.start : chunk.end]
    ]
    return " ".join(word for word in words if word != "|") or None
