"""How agencies are wrapped in one table, and which of them its rows name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement

from extractors.tables.chunks import Placing
from extractors.tables.phrases import PhraseTrie, Way, plain_word
from extractors.tables.rows import Row
from extractors.tables.words import TableWord

_SHORT, _LONG = 4, 8  # letters that a run needs, and one that skips words
Placed = Sequence[tuple[Row, Placing]]


def lines_of(row: Row) -> list[list[TableWord]]:
    """The words of a row, line by line."""
    return [line.words for line in row.lines]


def pieces_of(phrases: Iterable[str], trie: PhraseTrie) -> dict[int, tuple[Way, ...]]:
    """How lines may show known agencies: every run of their words, by the node of the trie that it goes on from.

    A run that begins further on skips words whose line was lost.
    """
    found: defaultdict[int, dict[tuple[str, int], Way]] = defaultdict(dict)
    for phrase in phrases:
        words = [p for word in phrase.split() if (p := plain_word(word)) and p != "-"]
        nodes = [trie]
        while len(nodes) <= len(words) and (node := nodes[-1].children.get(words[len(nodes) - 1])) is not None:
            nodes.append(node)
        if len(nodes) <= len(words):
            continue
        for here, start, end in combinations_with_replacement(range(len(words) + 1), 3):
            letters = "".join(words[start:end])
            if start == end or len(letters) < (_LONG if start > here else _SHORT):
                continue
            key = (letters, id(nodes[end]))
            if key not in found[id(nodes[here])] or start == here:
                found[id(nodes[here])][key] = Way(
                    letters, end - start, sum(n.capital for n in nodes[start + 1 : end + 1]), nodes[end], start > here
                )
    return {node: tuple(fragments.values()) for node, fragments in found.items()}


def whole_agencies(placed: Placed) -> set[str]:
    """The agencies that rows name whole."""
    return {
        here.node.phrase
        for _, placing in placed
        for here in placing.agencies.values()
        if here is not None and here.node.phrase is not None and not here.many and not here.doubtful
    }


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
