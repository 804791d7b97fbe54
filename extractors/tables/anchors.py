"""Running numbers of a woven table: which words at the beginnings of lines count its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.tables.words import TableLine

_NUMBER = re.compile(r"(?:(\d{1,2})\.)?(\d{1,3})[.)]?$")
_DAMAGED = re.compile(r"(?=.*[\d%])[\dOolI%$&?]{1,3}[.)]?$")


class Anchor(NamedTuple):
    """The number of a row. at: index among the lines. major: the number of the part in `2.1`."""

    at: int
    value: int
    major: int | None = None

    @property
    def printed(self) -> str:
        return f"{self.value}" if self.major is None else f"{self.major}.{self.value}"


def number_of(words: Sequence[str]) -> tuple[int | None, int] | None:
    """The number that a line begins with, as (part, number).

    >>> number_of(["12", "Rà", "soát"]), number_of(["|", "2.1", "Rà"]), number_of(["2026"]), number_of(["Rà"])
    ((None, 12), (2, 1), None, None)
    """
    first = next((word for word in words if word != "|"), "")
    found = _NUMBER.match(first)
    if not found or (len(first) >= 3 and first.startswith("0")):
        return None
    return (int(found[1]) if found[1] else None), int(found[2])


def candidates(lines: Sequence[TableLine]) -> list[Anchor]:
    """Every line that begins with a number as the table prints them.

    Where several begin with `1.1`, `1.2`, plain ones head the parts; where most stand alone or without a leading zero, others
    (`06 lớp học`) count something else.
    """
    found = [Anchor(i, read[1], read[0]) for i, line in enumerate(lines) if (read := number_of(line.words)) is not None]
    dotted = [anchor for anchor in found if anchor.major is not None]
    if len(dotted) >= 3:
        return dotted
    plain = [anchor for anchor in found if anchor.major is None]
    for usual in (_alone, _without_zero):
        kept = [anchor for anchor in plain if usual(lines[anchor.at].words)]
        if len(kept) > 0.7 * len(plain):
            plain = kept
    return plain


def _alone(words: Sequence[str]) -> bool:
    return len(words) == 1


def _without_zero(words: Sequence[str]) -> bool:
    return not next(word for word in words if word != "|").startswith("0")


def _gain(before: Anchor, after: Anchor, new_section: bool) -> float | None:
    """How well a number follows another; None where it does not."""
    if before.major != after.major:
        part = (after.major or 0) - (before.major or 0)
        return 0.9 if part == 1 and after.value == 1 else 0.4 if part in (1, 2) and after.value <= 3 else None
    step = after.value - before.value
    if step == 1:
        return 1.0
    if after.value == 1 and new_section:
        return 0.9
    return {2: 0.5, 3: 0.2}.get(step)


def longest_chain(found: Sequence[Anchor], groups: Sequence[int]) -> list[Anchor]:
    """The longest run of numbers that count up by one (a number may be missing, or start anew under a section)."""
    best: list[float] = []
    before: list[int] = []
    for i, candidate in enumerate(found):
        score, link = (1.0 if candidate.value == 1 else 0.6), -1
        for j in range(max(0, i - 60), i):
            gain = _gain(found[j], candidate, groups[candidate.at] != groups[found[j].at])
            if gain is not None and best[j] + gain > score:
                score, link = best[j] + gain, j
        best.append(score)
        before.append(link)
    if not best:
        return []
    at = max(range(len(best)), key=best.__getitem__)
    chain: list[Anchor] = []
    while at >= 0:
        chain.append(found[at])
        at = before[at]
    chain.reverse()
    while len(chain) > 3 and chain[-1].value - chain[-2].value > 2:  # nothing after it bears it out
        chain.pop()
    return chain


def with_damaged(lines: Sequence[TableLine], chain: list[Anchor], groups: Sequence[int]) -> list[Anchor]:
    """Numbers that recognition damaged (`2%` for 25), where exactly as many stand as the sequence lacks."""

    def damaged(start: int, end: int) -> list[int]:
        return [
            i
            for i in range(start, end)
            if lines[i].words and _DAMAGED.match(lines[i].words[0]) and len(lines[i].words) > 1
        ]

    found: list[Anchor] = []
    first = chain[0]
    begin = min(i for i, group in enumerate(groups) if group == groups[first.at])
    ahead = damaged(begin, first.at)
    if ahead and first.value > len(ahead):
        found += [Anchor(at, first.value - len(ahead) + i, first.major) for i, at in enumerate(ahead)]
    for left, right in zip(chain, [*chain[1:], None], strict=True):
        found.append(left)
        lacking = damaged(left.at + 1, right.at) if right and right.major == left.major else []
        if right and len(lacking) == right.value - left.value - 1:
            found += [Anchor(at, left.value + 1 + i, left.major) for i, at in enumerate(lacking)]
    return found


def top_aligned(lines: Sequence[TableLine], chain: Sequence[Anchor]) -> bool:
    """Whether numbers stand on the first line of their rows: then nearly every one is followed by a capital, or they stand alone."""
    if len(chain) < 2:
        return bool(chain) and chain[0].at == 0
    if sum(len(lines[anchor.at].words) == 1 for anchor in chain) > 0.7 * len(chain):
        return True  # cell by cell
    after = [next((w for w in lines[a.at].words[1:] if w != "|"), "") for a in chain]
    starting = sum(word[:1].isupper() for word in after)
    between = [
        lines[b.at - 1].words[0][:1].isupper() for a, b in zip(chain, chain[1:], strict=False) if b.at - a.at > 2
    ]
    return starting >= 0.85 * len(after) and sum(between) <= 0.5 * len(between)
