"""Which lines of a woven table rows may begin with, and with which of them those that show their number do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.tables import deadline_words
from extractors.tables.chunks import Reader
from extractors.tables.phrases import PhraseTrie, plain_word
from extractors.tables.words import TableLine


def recurring_starts(lines: Sequence[TableLine], rows: int, trie: PhraseTrie) -> list[int]:
    """For each line how often a piece begins in it that begins about once in every row (`Các phòng,`)."""
    places: list[list[tuple[str, str]]] = []
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        plain = [plain_word(word) for word in line.words]
        found = []
        for i in range(len(plain) - 1):
            if (
                line.words[i][:1].isupper()
                and plain[i] in trie.children
                and plain[i + 1] in trie.children[plain[i]].children
            ):
                found.append((plain[i], plain[i + 1]))
        places.append(found)
        counts.update(found)
    common = {pair for pair, count in counts.most_common(3) if 0.6 * rows <= count <= 1.3 * rows}
    if not common:
        return [0] * len(lines)
    most = max(common, key=lambda pair: counts[pair])
    return [sum(pair == most for pair in found) for found in places]


def starts_agency(words: Sequence[str], trie: PhraseTrie) -> bool:
    first = trie.begin(words[0], plain_word(words[0])) if words else None
    return first is not None and (len(words) == 1 or plain_word(words[1]) in first.children)


def start_costs(lines: Sequence[TableLine], reader: Reader, bigrams: frozenset[tuple[str, str]]) -> list[float]:
    """For each line how unlikely a row begins with it, from its first word and the end of the line before."""
    trie = reader.table.trie
    costs: list[float] = []
    for i, line in enumerate(lines):
        words = [word for word in line.words if word != "|"]
        if not words:
            costs.append(1.0)
            continue
        before = next((w for w in reversed(lines[i - 1].words) if w != "|"), "") if i else ""
        if not starts_agency(words, trie) and (plain_word(before), plain_word(words[0])) in bigrams:
            costs.append(0.8 if words[0][:1].isupper() else 3.5)
            continue
        if reader.table.cellwise and words[0][:1].isupper() and not reader.line(line.words).agencies(None):
            costs.append(0.0)  # an agency would fill the line
            continue
        following = next((w for after in lines[i + 1 : i + 3] for w in after.words if w != "|"), "")
        if starts_agency(words, trie):
            costs.append(0.6 if following[:1].isupper() else 1.2)
        elif words[0][:1].isupper() and deadline_words.step(
            deadline_words.BEGIN, words[0], deadline_words.classes_of(words[0])
        ):
            costs.append(1.2)
        elif words[0][:1].isupper() or words[0][:1] in '“"':
            costs.append(0.0)
        elif words[0][:1].isdigit():
            costs.append(1.5)
        else:
            costs.append(3.0)
    return costs


def row_starts(
    lines: Sequence[TableLine],
    anchors: Sequence[int],
    reader: Reader,
    recurring: Sequence[int],
    first: int,
    bigrams: frozenset[tuple[str, str]],
) -> list[int]:
    """For each number the line its row starts with, by the cheapest way to cut the lines between the numbers."""
    costs = start_costs(lines, reader, bigrams)
    end = len(lines)
    breaks = [i for i, line in enumerate(lines) if line.new_page]

    def row_cost(start: int, anchor: int, stop: int) -> float:
        cost = 0.0
        inside = [b for b in breaks if start < b < stop]
        above, below = anchor - start, stop - 1 - anchor
        if not inside:
            cost += 0.7 * abs(above - below)
        else:  # the number stands in the middle of what is on its own page
            top = max([start, *(b for b in inside if b <= anchor)])
            bottom = min([stop, *(b for b in inside if b > anchor)])
            cost += 0.35 * abs((anchor - top) - (bottom - 1 - anchor))
        crossed = [b for b in inside if b <= anchor]
        if crossed and costs[crossed[-1]] < 0.5:
            cost += 2.0  # a row that began on the page before would go on in lower case here
        if any(recurring):
            cost += 2.0 * abs(sum(recurring[start:stop]) - 1)
        return cost

    layers: list[dict[int, tuple[float, int]]] = []
    for k, anchor in enumerate(anchors):
        low = anchors[k - 1] + 1 if k else first
        layer: dict[int, tuple[float, int]] = {}
        for start in range(low, anchor + 1):
            own = costs[start] if start != first or k else 0.0
            if not k:
                layer[start] = (own + (0.0 if start == first else 1.5 if lines[start].new_page else 4.0), -1)
                continue
            options = [
                (score + row_cost(known, anchors[k - 1], start), known) for known, (score, _) in layers[-1].items()
            ]
            score, known = min(options)
            layer[start] = (score + own, known)
        layers.append(layer)
    last, (_, _) = min(layers[-1].items(), key=lambda item: item[1][0] + row_cost(item[0], anchors[-1], end))
    starts = [last]
    for layer in reversed(layers[1:]):
        starts.append(layer[starts[-1]][1])
    return starts[::-1]
