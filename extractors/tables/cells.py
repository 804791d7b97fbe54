"""What agencies and deadlines leave of the lines of a woven row, split into content and product.

What stands left of them is content, what stands right of them product; lines without either are split by how full the
lines of each cell are, by words that are used to follow each other, and by capitals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extractors.tables.layout import Chunk, Table, Usage, printed_width
from extractors.tables.phrases import plain_word


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
        beam = following[:8]
    cost, _, _, path = min(beam, key=lambda item: item[0] + _end_cost(usage, item[1]) + _end_cost(usage, item[2]))
    return [left for left, _ in path], [right for _, right in path], cost


def _end_cost(usage: Usage, last: _Free | None) -> float:
    return usage.dangling(last.word if last else None)


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
        else:
            cost += 0.3 * usage.strange(open_)
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
