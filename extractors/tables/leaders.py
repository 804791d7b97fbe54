"""A column that names the leader in charge of each task (`Lãnh đạo phụ trách`), taken out of the lines of a woven table.

It is no part of the record, but its names must not spill into the cells beside it. Each leader has several tasks, so that a
name broken over lines is known by what follows its beginning time and again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from extractors.tables.deadline_words import classes_of
from extractors.tables.phrases import PhraseTrie, plain_word
from extractors.tables.region import Region
from extractors.tables.sections import Section
from extractors.tables.words import TableLine, TableWord
from normalizers.text import skeleton

_HEAD = re.compile(r"lanh dao|nguoi phu trach|chi dao")
_TITLES = ("đ/c", "ông", "bà")
_LONGEST, _BELOW = 4, 2  # words of a name, lines over which it may be broken


def without_leaders(region: Region, trie: PhraseTrie) -> None:
    """Put a ruling in the place of each leader's name, where the head has a column for them."""
    if not _HEAD.search(skeleton(" ".join(region.head.lines))):
        return
    lines = [item for item in region.items if isinstance(item, TableLine)]
    begun = [(i, at, _run(line.words, at + 1, trie)) for i, line in enumerate(lines) for at in _titles(line.words)]
    groups: defaultdict[tuple[str, ...], list[tuple[int, int, int]]] = defaultdict(list)
    for i, at, size in begun:
        groups[tuple(lines[i].words[at + 1 : at + 3])].append((i, at, size))
    taken: defaultdict[int, set[int]] = defaultdict(set)
    for places in groups.values():
        size = Counter(size for _, _, size in places).most_common(1)[0][0]
        for i, at, own in places:
            taken[i] |= set(range(at, at + 1 + min(size, own)))
        alone = [i + 1 for i, _, _ in places if i + 1 < len(lines) and _is_lone_capital(lines[i + 1], trie)]
        if alone:  # told cell by cell or column by column
            for i in alone:
                taken[i].add(0)
        elif (
            size < _LONGEST and (rest := _rest([lines[i + 1 : i + 1 + _BELOW] for i, _, _ in places], trie)) is not None
        ):
            for i, _, _ in places:
                below = next((k for k in range(i + 1, min(len(lines), i + 1 + _BELOW)) if rest in lines[k].words), None)
                if below is not None:
                    taken[below].add(lines[below].words.index(TableWord(rest, lines[below].span)))
    changed = {id(line): _ruled(line, taken[i]) for i, line in enumerate(lines) if taken[i]}
    items = [item if isinstance(item, Section) else changed.get(id(item), item) for item in region.items]
    region.items = [item for item in items if isinstance(item, Section) or any(word != "|" for word in item.words)]


def _is_lone_capital(line: TableLine, trie: PhraseTrie) -> bool:
    return len(line.words) == 1 and bool(_capitals(line.words, trie))


def _titles(words: Sequence[str]) -> list[int]:
    """Where the words are that stand before a name."""
    return [i for i, word in enumerate(words) if word.casefold() in _TITLES and i + 1 < len(words)]


def _run(words: Sequence[str], start: int, trie: PhraseTrie) -> int:
    """How many words from `start` on may be a name: capitals before no small letter, agency or deadline."""
    size = 0
    for at in range(start, min(len(words), start + _LONGEST)):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        if not word.istitle() or classes_of(word) or after[:1].islower() or _begins_agency(word, after, trie):
            break
        size += 1
    return size


def _rest(below: Sequence[Sequence[TableLine]], trie: PhraseTrie) -> str | None:
    """The end of a name: the capital that most often follows its beginning and begins no agency or deadline."""
    counts = Counter(
        word for lines in below for word in {word for line in lines for word in _capitals(line.words, trie)}
    )
    (best, most), (_, second) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    return best if most > max(1, second, 0.6 * len(below)) else None


def _capitals(words: Sequence[str], trie: PhraseTrie) -> list[str]:
    """The words with a capital outside of agencies and deadlines."""
    found = []
    node: PhraseTrie | None = None
    for word, after in zip(words, [*words[1:], ""], strict=False):
        inside = node.children.get(plain_word(word)) if node is not None else None
        node = inside or (trie.begin(word, plain_word(word)) if _begins_agency(word, after, trie) else None)
        if node is None and word.istitle() and not classes_of(word):
            found.append(word)
    return found


def _begins_agency(word: str, after: str, trie: PhraseTrie) -> bool:
    node = trie.begin(word, plain_word(word))
    return node is not None and plain_word(after) in node.children


def _ruled(line: TableLine, taken: set[int]) -> TableLine:
    words = [TableWord("|", word.span) if i in taken else word for i, word in enumerate(line.words)]
    return TableLine(line.index, line.span, words, line.new_page, line.gap)
