"""How agencies are wrapped in one table, and which of them its rows name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from extractors.tables.chunks import Placing
from extractors.tables.layout import Fragment
from extractors.tables.phrases import PhraseTrie, plain_word
from extractors.tables.rows import Row

Placed = Sequence[tuple[Row, Placing]]


def lines_of(row: Row) -> list[list[str]]:
    """The words of a row, line by line."""
    return [line.words for line in row.lines]


def _trace(
    lines: Sequence[Sequence[str]], placing: Placing, trie: PhraseTrie
) -> list[tuple[PhraseTrie, tuple[str, ...], PhraseTrie]]:
    """The pieces of agencies of a row that match word by word, as (node before, plain words, node after)."""
    found = []
    nodes: dict[str, PhraseTrie] = {}
    for words, chunks in zip(lines, placing.chunks, strict=True):
        for chunk in chunks:
            if chunk.column == "deadline":
                continue
            before = nodes.get(chunk.column, trie)
            node: PhraseTrie | None = before
            plain = tuple(p for w in words[chunk.start : chunk.end] if (p := plain_word(w)) and p != "-")
            for word in plain:
                node = node.children.get(word) if node is not None else None
            if node is not None:
                found.append((before, plain, node))
                nodes[chunk.column] = node
    return found


def wrapped_pieces(placed: Placed, trie: PhraseTrie) -> dict[int, tuple[Fragment, ...]]:
    """How agencies are wrapped in this table: pieces that at least two rows show, by the node they go on from."""
    counts: Counter[tuple[int, str, int]] = Counter()
    nodes: dict[tuple[int, str, int], PhraseTrie] = {}
    for row, placing in placed:
        for before, words, after in _trace(lines_of(row), placing, trie):
            key = (id(before), "".join(words), len(words))
            counts[key] += 1
            nodes[key] = after
    found: defaultdict[int, list[Fragment]] = defaultdict(list)
    for (before_id, letters, size), count in counts.items():
        if count >= 2 and len(letters) >= 5:
            found[before_id].append(Fragment(letters, size, nodes[(before_id, letters, size)]))
    skipping = {
        key: [last._replace(skips=True) for first in fragments for last in found.get(id(first.node), ())]
        for key, fragments in found.items()
        if key != id(trie)
    }
    return {key: (*fragments, *skipping.get(key, ())) for key, fragments in found.items()}


def name_usual(placed: Placed) -> None:
    """Agencies that several rows name whole count as named by the document."""
    counts: Counter[int] = Counter()
    nodes: dict[int, PhraseTrie] = {}
    for _, placing in placed:
        for here in placing.agencies.values():
            if here is not None and here.node.phrase is not None and not here.many:
                counts[id(here.node)] += 1
                nodes[id(here.node)] = here.node
    for key, count in counts.items():
        if count >= 3:
            nodes[key].named = True
