"""A task table whose columns are woven together line by line, taken apart into rows and cells."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from extractors.tables import deadline_words
from extractors.tables.cells import Chunk, Table, Usage, fixed_text, printed_width, place_chunks, split_free
from extractors.tables.phrases import PhraseTrie, build_trie, named_agencies, plain_word
from extractors.tables.region import Region, head_votes, order_columns
from extractors.tables.rows import Row, find_rows
from schemas.text import DocumentText, Span


class WovenRow(NamedTuple):
    """Cells of one row by column name; None for an empty cell. span: its lines in the document."""

    no: str | None
    section: str | None
    cells: dict[str, str | None]
    span: Span


_FUNCTION_WORDS = frozenset(
    "cua va cac theo voi ve cho trong tai duoc de tu den la do nhung mot co khong khi toi bang tren giua hoac nhu bi so".split()
)


def _usage(texts: list[str]) -> Usage:
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
    return Usage(frozenset(pair for pair in pairs if all(pair)), frozenset(open_ended | _FUNCTION_WORDS))


def _width(lengths: list[float]) -> float:
    lengths = sorted(lengths)
    return float(lengths[int(0.92 * (len(lengths) - 1))]) if len(lengths) >= 3 else 0.0


def _lines(row: Row) -> list[list[str]]:
    return [line.words for line in row.lines]


def _prior(rows: list[Row], placed: list[tuple[float, list[tuple[Chunk, ...]]]]) -> dict[tuple[str, str], float]:
    """Which agencies lead and which join in, from the lines that show both side by side."""
    counts: Counter[tuple[str, str]] = Counter()
    for row, (_, chunks) in zip(rows, placed, strict=True):
        sure = any({"lead", "coordinating"} <= {chunk.column for chunk in line} for line in chunks)
        seen: set[str] = set()
        for words, line in zip(_lines(row), chunks, strict=True):
            for chunk in line:
                if sure and chunk.column != "deadline" and chunk.column not in seen:
                    seen.add(chunk.column)
                    counts[(chunk.column, plain_word(words[chunk.start]))] += 1
    other = {"lead": "coordinating", "coordinating": "lead"}
    return {
        (column, word): 2.5 * (count - counts[(other[column], word)]) / (count + counts[(other[column], word)])
        for column, word in [(column, word) for _, word in counts for column in other]
        if (count := counts[(column, word)]) + counts[(other[column], word)]
    }


def _tails(rows: list[Row], placed: list[tuple[float, list[tuple[Chunk, ...]]]]) -> PhraseTrie:
    """The ends of the agencies found in whole rows: what a row whose beginning is lost may still show of them."""
    trie = PhraseTrie()
    for row, (_, chunks) in zip(rows, placed, strict=True):
        for column in ("lead", "coordinating"):
            words = (fixed_text(_lines(row), chunks, column) or "").split()
            for start in range(len(words)):
                if not row.cut and len(words) <= 12:
                    trie.add(" ".join(words[start:]))
    return trie


def _share_width(
    table: Table,
    rows: list[Row],
    placed: list[tuple[float, list[tuple[Chunk, ...]]]],
    usage: Usage,
) -> Table:
    """Content and product stand side by side: how their common width is shared is tried out, the cheapest split wins."""
    whole = max(table.content_width, table.product_width)
    whole = whole or _width([printed_width(" ".join(line)) for row in rows for line in _lines(row)])
    sample = [(row, chunks) for row, (_, chunks) in zip(rows, placed, strict=True) if not row.cut][:8]
    best = (float("inf"), table)
    for share in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        tried = table._replace(content_width=whole * share, product_width=whole * (1 - share))
        cost = sum(split_free(_lines(row), chunks, tried, usage)[2] for row, chunks in sample)
        best = min(best, (cost, tried), key=lambda pair: pair[0])
    return best[1]


def _columns(region: Region, rows: list[Row]) -> tuple[str, ...]:
    """The order of the columns: the head votes, and so do the lines in which a whole deadline stands."""
    present, votes = head_votes(region.head)
    if "deadline" not in present or "product" not in present or votes.get(("product", "lead")):
        return order_columns(present, votes)
    at_end = inside = 0
    for row in rows:
        for words in _lines(row):
            end = _deadline_end(words)
            if end is not None:
                at_end, inside = at_end + (end == len(words)), inside + (end < len(words))
    if at_end + inside >= 3:
        share = at_end / (at_end + inside)
        votes = {**votes, **({("product", "deadline"): 0.5} if share > 0.8 else {("deadline", "product"): 0.5})}
    return order_columns(present, votes)


def _deadline_end(words: list[str]) -> int | None:
    """Where the last deadline of a line ends; bare dates do not count, they stand in contents too."""
    best = None
    for start, word in enumerate(words):
        if not word[0].isupper():
            continue
        state, at = deadline_words.BEGIN, start
        while at < len(words):
            following = deadline_words.step(state, words[at], deadline_words.classes_of(words[at]))
            if following is None:
                break
            state, at = following, at + 1
        if at > start and (state.complete or at - start > 1):
            best = at
    return best


def _pieces(rows: list[Row], placed: list[tuple[float, list[tuple[Chunk, ...]]]]) -> list[str]:
    """What stands left of the first agency of a line: words of one cell, which may be trusted to follow each other."""
    return [
        " ".join(word for word in words[: line[0].start] if word != "|")
        for row, (_, chunks) in zip(rows, placed, strict=True)
        for words, line in zip(_lines(row), chunks, strict=True)
        if line and line[0].start
    ]


def unweave(text: DocumentText, region: Region) -> list[WovenRow]:
    """The rows of one woven table."""
    before = text.text[: text.lines[region.first_line].start]
    usage = _usage([before])
    trie = build_trie(sorted(named_agencies(before)), frozenset(word for pair in usage.pairs for word in pair))
    rows = find_rows(region, trie, usage.pairs)
    table = Table(_columns(region, rows), trie)
    placed = [place_chunks(_lines(row), table, row.cut) for row in rows]
    lefts, rights = [], []
    for row, (_, chunks) in zip(rows, placed, strict=True):
        for words, line_chunks in zip(_lines(row), chunks, strict=True):
            if line_chunks and not row.cut:
                lefts.append(printed_width(" ".join(w for w in words[: line_chunks[0].start] if w != "|")))
                rights.append(printed_width(" ".join(w for w in words[line_chunks[-1].end :] if w != "|")))
    table = table._replace(
        content_width=_width([n for n in lefts if n]), product_width=_width([n for n in rights if n])
    )
    table = table._replace(prior=_prior(rows, placed))
    usage = _usage([before, *_pieces(rows, placed)])
    if table.together:
        table = _share_width(table, rows, placed, usage)
    woven = []
    tails = _tails(rows, placed)
    for row in rows:
        own = table._replace(trie=tails) if row.cut else table
        _, chunks = place_chunks(_lines(row), own, row.cut)
        content, product, _ = split_free(_lines(row), chunks, table, usage)
        cells: dict[str, str | None] = {
            "content": " ".join(word for piece in content for word in piece) or None,
            "product": " ".join(word for piece in product for word in piece) or None,
        }
        for column in table.fixed:
            cells[column] = fixed_text(_lines(row), chunks, column)
        span = Span(row.lines[0].span.start, row.lines[-1].span.end)
        woven.append(WovenRow(row.no, row.section.title if row.section else None, cells, span))
    return woven
