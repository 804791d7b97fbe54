"""What the rows of a woven table teach about each other, after a first placing of agencies and deadlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from extractors.tables import deadline_words
from extractors.tables.cells import fixed_words, is_cellwise, split_free
from extractors.tables.chunks import Placing
from extractors.tables.heads import COLUMNS, order_columns
from extractors.tables.layout import Table, Usage, printed_width
from extractors.tables.phrases import PhraseTrie, plain_word
from extractors.tables.region import Region
from extractors.tables.rows import Row
from extractors.tables.words import TableLine
from extractors.tables.wrapping import Placed, lines_of, name_usual, pieces_of, whole_agencies

_FUNCTION_WORDS = frozenset(
    "cua va cac theo voi ve cho trong tai duoc de tu den la do nhung mot co khong khi toi bang tren giua hoac nhu bi so".split()
)
_FILLED = 0.4  # share of the rows in which a column stands that the head does not name
_OTHER = {"lead": "coordinating", "coordinating": "lead"}


def learn_usage(texts: Sequence[str]) -> Usage:
    """Pairs of words and words that never end a clause, from running text."""
    pairs: set[tuple[str, str]] = set()
    counts: Counter[str] = Counter()
    enders: set[str] = set()
    for text in texts:
        words = text.split()
        plain = [plain_word(word) for word in words]
        counts.update(plain)
        pairs.update(zip(plain, plain[1:], strict=False))
        enders.update(p for p, word in zip(plain, words, strict=True) if word[-1] in ",.;:)”")
        enders.update(plain[-1:])
    open_ended = {word for word, count in counts.items() if count >= 3 and word not in enders and word.isalpha()}
    return Usage(
        frozenset(pair for pair in pairs if all(pair)),
        frozenset(open_ended | _FUNCTION_WORDS),
        frozenset(w for w, count in counts.items() if count >= 3),
    )


def learn_columns(region: Region) -> tuple[str, ...]:
    """The order of the columns: the head votes, and so do the lines in which a whole deadline stands.

    In a noisy table with those that its head does not name: recognition may have lost their words.
    """
    present, votes = [*region.head.present], region.head.votes
    lines = [item.words for item in region.items if isinstance(item, TableLine)]
    shown = [(*place, len(words)) for words in lines if (place := deadline_words.last_expression(words)) is not None]
    if "deadline" not in present and len(shown) >= max(2, len(lines) // 8):
        present.append("deadline")  # its head was lost
    if region.noisy:
        present += [column for column in COLUMNS[1:] if column not in present]
    if "deadline" not in present or "product" not in present or votes.get(("product", "lead")):
        return order_columns(present, votes)
    ends = [end == size for start, end, size in shown if end - start < size]  # beside other cells
    if len(ends) >= 3:
        last = sum(ends) > 0.8 * len(ends)
        votes = {**votes, ("product", "deadline") if last else ("deadline", "product"): 0.5}
    return order_columns(present, votes)


def used_columns(region: Region, columns: tuple[str, ...], placed: Placed) -> tuple[str, ...]:
    """The columns without those that neither the head names nor a good part of the rows fills."""

    def filled(column: str, row: Row, placing: Placing) -> bool:
        if column == "deadline":
            return placing.deadline is not None and placing.deadline.complete
        if column == "product":
            beside = zip(lines_of(row), placing.chunks, strict=True)
            return any(line and any(word[0].isupper() for word in words[line[-1].end :]) for words, line in beside)
        here = placing.agencies.get(column)
        return here is not None and here.node.phrase is not None

    def is_used(column: str) -> bool:
        if column in ("no", "content", *region.head.present):
            return True
        return sum(filled(column, row, placing) for row, placing in placed) >= _FILLED * len(placed)

    return tuple(column for column in columns if is_used(column))


def _prior(placed: Placed) -> dict[tuple[str, str], float]:
    """Which agencies lead and which join in, from the rows that show both side by side in one line."""
    counts: Counter[tuple[str, str]] = Counter()
    for row, placing in placed:
        sure = any({"lead", "coordinating"} <= {chunk.column for chunk in line} for line in placing.chunks)
        seen: set[str] = set()
        for words, line in zip(lines_of(row), placing.chunks, strict=True):
            for chunk in line:
                if sure and chunk.column != "deadline" and chunk.column not in seen:
                    seen.add(chunk.column)
                    counts[(chunk.column, plain_word(words[chunk.start]))] += 1
    prior = {("coordinating", "cac"): 1.0, ("lead", "cac"): -1.0}  # "all agencies concerned" lead nothing
    for word in {word for _, word in counts}:
        for column, other in _OTHER.items():
            count, against = counts[(column, word)], counts[(other, word)]
            if count + against:
                prior[(column, word)] = 2.5 * (count - against) / (count + against + 1)  # a row or two prove little
    return prior


def _width(lengths: Sequence[float]) -> float:
    lengths = sorted(lengths)
    return float(lengths[int(0.92 * (len(lengths) - 1))]) if len(lengths) >= 3 else 0.0


def _widths(placed: Placed, table: Table) -> tuple[float, float]:
    lefts, rights, sure = [], [], []
    for row, placing in placed:
        for words, line in zip(lines_of(row), placing.chunks, strict=True):
            if line and not row.cut:
                lefts.append(printed_width(" ".join(w for w in words[: line[0].start] if w != "|")))
                rights.append(printed_width(" ".join(w for w in words[line[-1].end :] if w != "|")))
                if table.noisy and (line[-1].column, "product") in pairwise(table.columns):
                    sure.append(rights[-1])  # no cell that was not read stands between
    lefts = [n for n in lefts if n]
    if len(lefts) < 3:  # the other cells stand on lines of their own
        lefts = [
            printed_width(" ".join(words))
            for row, placing in placed
            for words, line in zip(lines_of(row), placing.chunks, strict=True)
            if not line and words and words[0][:1].isupper()
        ]
    return _width(lefts), _width([n for n in sure if n]) or _width([n for n in rights if n])


def _is_centred(placed: Placed) -> bool:
    """Whether numbers or deadlines of rows of several lines mostly stand below their first line."""
    below = []
    for row, placing in placed:
        line = row.number_line
        if line is None:
            line = next(
                (i for i, chunks in enumerate(placing.chunks) if any(c.column == "deadline" for c in chunks)), None
            )
        if line is not None and len(row.lines) > 1 and not row.cut:
            below.append(line > 0)
    return sum(below) > 0.5 * len(below)


def learn_table(table: Table, placed: Placed, usage: Usage, named: Collection[str]) -> Table:
    """The table with widths, priors and, where it is noisy, the ways in which agencies are wrapped."""
    content, product = _widths(placed, table)
    table = table._replace(
        content_width=content, product_width=product, centred=_is_centred(placed), prior=_prior(placed)
    )
    name_usual(placed)
    if table.noisy:
        table = table._replace(ways=pieces_of(sorted({*named} | whole_agencies(placed)), table.trie))
    return _share_width(table, placed, usage) if table.together else table


def _share_width(table: Table, placed: Placed, usage: Usage) -> Table:
    """Content and product stand side by side: how their common width is shared is tried out, the cheapest split wins."""
    whole = _width(
        [
            printed_width(" ".join(words[: chunks[0].start] if chunks and chunks[0].start else words[last:]))
            for row, placing in placed
            for words, chunks in zip(lines_of(row), placing.chunks, strict=True)
            if (last := chunks[-1].end if chunks else 0) < len(words)
        ]
    )
    if sum(is_cellwise(lines_of(row), placing.chunks) for row, placing in placed) > 0.6 * len(placed):
        return table._replace(content_width=whole, product_width=0.0)
    sample = [(row, placing) for row, placing in placed if not row.cut][:8]
    best = (float("inf"), table)
    for share in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        tried = table._replace(content_width=whole * share, product_width=whole * (1 - share))
        cost = sum(
            split_free(lines_of(row), placing.chunks, tried, usage, row.number_line)[2] for row, placing in sample
        )
        best = min(best, (cost, tried), key=lambda pair: pair[0])
    return best[1]


def left_pieces(placed: Placed) -> list[str]:
    """What stands left of the first agency of a line: words of one cell, which may be trusted to follow each other."""
    return [
        " ".join(word for word in words[: line[0].start] if word != "|")
        for row, placing in placed
        for words, line in zip(lines_of(row), placing.chunks, strict=True)
        if line and line[0].start
    ]


def tails(placed: Placed) -> PhraseTrie:
    """The ends of the agencies found in whole rows: what a row whose beginning is lost may still show of them."""
    trie = PhraseTrie()
    for row, placing in placed:
        for column in _OTHER:
            words = fixed_words(lines_of(row), placing.chunks, column)
            if not row.cut and len(words) <= 12:
                for start in range(len(words)):
                    trie.add(" ".join(words[start:]))
    return trie
