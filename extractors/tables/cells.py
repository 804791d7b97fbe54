"""What agencies and deadlines leave of the lines of a woven row, split into content and product.

What stands left of them is content, what stands right of them product; lines without either are split by how full the
lines of each cell are, by words that are used to follow each other, and by capitals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.tables.layout import Chunk, Table, Usage, printed_width
from extractors.tables.phrases import plain_word
from extractors.tables.words import TableWord

_UNREAD = 0.8  # what a word costs that belongs to no cell
_ROOM = 1.5  # letters by which a line may be wider than its cell was thought to be


class _Free(NamedTuple):
    """The last piece of a free cell: its length, its last word, lines since."""

    length: float
    word: str
    gap: int


def _piece_cost(
    piece: Sequence[TableWord], last: _Free | None, width: float, usage: Usage, first_capital: bool
) -> float:
    """How badly a piece goes on a cell: too long, a line before it that had room left, a lower-case beginning."""
    if not piece:
        return 0.0
    wide = printed_width(" ".join(piece))
    cost = 0.0
    if width and wide > width + _ROOM:
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
    lines: Sequence[Sequence[TableWord]],
    chunks: Sequence[Sequence[Chunk]],
    table: Table,
    usage: Usage,
    anchor: int | None = None,
) -> tuple[list[list[TableWord]], list[list[TableWord]], float]:
    """Content and product pieces line by line: beside pieces of the fixed columns they are given, elsewhere weighed.

    anchor: the line that shows the row's number.
    """
    cellwise = is_cellwise(lines, chunks)
    middle = _middle(chunks, anchor) if table.centred and not cellwise else None
    product_last = "product" in table.columns and table.columns.index("content") < table.columns.index("product")
    start: tuple[_Free | None, _Free | None] = (None, None)
    beam: list[tuple[float, _Free | None, _Free | None, tuple[tuple[list[TableWord], list[TableWord]], ...]]] = [
        (0.0, *start, ())
    ]
    bounds = _cell_bounds(chunks, table.columns) if cellwise else [(-1, len(table.columns))] * len(lines)
    for words, placed, bound in zip(lines, chunks, bounds, strict=True):
        options = _line_splits(words, placed, table, usage, bound)
        if table.noisy:
            options = [*options, *_with_unread(options, placed, table)]
        if cellwise:
            options = [option for option in options if not (option[1] and option[2])]
        following = []
        for cost, content, product, path in beam:
            for extra, left, right in options:
                total = cost + extra
                total += _piece_cost(left, content, table.content_width, usage, True)
                total += _piece_cost(right, product, table.product_width, usage, True)
                if cellwise and ((left and product) if product_last else (right and content)):
                    total += 5.0  # cells follow each other
                if cellwise and any(
                    piece and piece[0][:1].isupper() and last for piece, last in ((left, content), (right, product))
                ):
                    total += 0.7  # rather another cell
                following.append((total, _grow(content, left), _grow(product, right), (*path, (left, right))))
        following.sort(key=lambda item: item[0])
        beam = following[:12]

    def whole_cost(
        item: tuple[float, _Free | None, _Free | None, tuple[tuple[list[TableWord], list[TableWord]], ...]],
    ) -> float:
        cost = item[0] + _end_cost(usage, item[1]) + _end_cost(usage, item[2])
        cost += cellwise * (2.0 * (item[2] is None) + 4.0 * (item[1] is None))
        return cost if middle is None else cost + sum(_askew([p[i] for p in item[3]], middle) for i in (0, 1))

    cost, _, _, path = min(beam, key=whole_cost)
    return [left for left, _ in path], [right for _, right in path], cost


def is_cellwise(lines: Sequence[Sequence[TableWord]], chunks: Sequence[Sequence[Chunk]]) -> bool:
    """Whether the row is told cell by cell: no line shows more than one of them."""
    filled = [(words, placed) for words, placed in zip(lines, chunks, strict=True) if words]
    single = sum(
        not placed or (len(placed) == 1 and placed[0].end - placed[0].start >= len(_plain(words)) - 1)
        for words, placed in filled
    )
    return len(filled) >= 3 and single == len(filled) and any(placed for _, placed in filled)


def _cell_bounds(chunks: Sequence[Sequence[Chunk]], order: Sequence[str]) -> list[tuple[int, int]]:
    """For each line of a row told cell by cell the fixed columns before and after it."""
    at = [order.index(placed[0].column) if placed else None for placed in chunks]
    bounds = []
    for i, own in enumerate(at):
        before = next((column for column in reversed(at[:i]) if column is not None), -1)
        after = next((column for column in at[i + 1 :] if column is not None), len(order))
        bounds.append((before, after) if own is None and before < after else (-1, len(order)))
    return bounds


def _middle(chunks: Sequence[Sequence[Chunk]], anchor: int | None) -> float | None:
    """The line about which the cells of a row are centred: that of its number, or of its deadline."""
    if anchor is not None:
        return float(anchor)
    lines = [i for i, placed in enumerate(chunks) if any(chunk.column == "deadline" for chunk in placed)]
    return (lines[0] + lines[-1]) / 2 if lines else None


def _askew(pieces: Sequence[Sequence[TableWord]], middle: float) -> float:
    """How far the lines of a cell are from being centred."""
    filled = [i for i, piece in enumerate(pieces) if piece]
    return 0.6 * max(0.0, abs((filled[0] + filled[-1]) / 2 - middle) - 0.25) if filled else 0.0


def _end_cost(usage: Usage, last: _Free | None) -> float:
    return usage.dangling(last.word if last else None)


def _grow(last: _Free | None, piece: Sequence[TableWord]) -> _Free | None:
    if piece:
        return _Free(printed_width(" ".join(piece)), piece[-1], 0)
    return last._replace(gap=last.gap + 1) if last else None


def _line_splits(
    words: Sequence[TableWord], placed: Sequence[Chunk], table: Table, usage: Usage, bound: tuple[int, int]
) -> list[tuple[float, list[TableWord], list[TableWord]]]:
    """(cost, content words, product words) for every way to split what the fixed columns leave of a line.

    bound: between which columns the whole line stands.
    """
    order = table.columns
    free = [column for column in order if column in ("content", "product")]
    edges = [
        (bound[0], 0, 0),
        *((order.index(c.column), c.start, c.end) for c in placed),
        (bound[1], len(words), len(words)),
    ]
    given: dict[str, list[TableWord]] = {"content": [], "product": []}
    open_: Sequence[TableWord] = ()
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
            cost += 0.3 * usage.strange(open_) + 0.2 * (bool(tail) == (free[0] == "content"))
        content, product = (head, tail) if free[0] == "content" else (tail, head)
        options.append((cost, [*given["content"], *content], [*given["product"], *product]))
    return options


def _with_unread(
    options: Sequence[tuple[float, list[TableWord], list[TableWord]]], placed: Sequence[Chunk], table: Table
) -> Iterator[tuple[float, list[TableWord], list[TableWord]]]:
    """The same splits, what is too long for a free cell cut off: words of unread cells between it and those that were placed."""
    order = table.columns
    first, last = (order.index(placed[0].column), order.index(placed[-1].column)) if placed else (len(order), -1)
    for cost, content, product in options:
        if table.product_width and "product" in order and last + 1 < order.index("product"):
            kept = _fitting(product[::-1], table.product_width)
            if kept < len(product):
                yield cost + _UNREAD * (len(product) - kept), content, product[len(product) - kept :]
        if table.content_width and order.index("content") + 1 < first:
            kept = _fitting(content, table.content_width)
            if kept < len(content):
                yield cost + _UNREAD * (len(content) - kept), content[:kept], product


def _fitting(words: Sequence[TableWord], width: float) -> int:
    """How many of the first words a line has room for, at least one."""
    reach = 0.0
    for number, word in enumerate(words):
        reach += printed_width(word) + 0.55
        if number and reach - 0.55 > width + _ROOM:
            return number
    return len(words)


def _plain(words: Sequence[TableWord]) -> list[TableWord]:
    return [word for word in words if word != "|"]


def fixed_words(
    lines: Sequence[Sequence[TableWord]], chunks: Sequence[Sequence[Chunk]], column: str
) -> list[TableWord]:
    """The words of the cell of a fixed column."""
    return [
        word
        for line, placed in zip(lines, chunks, strict=True)
        for chunk in placed
        if chunk.column == column
        for word in line[chunk.start : chunk.end]
        if word != "|"
    ]
