"""Words with boxes chained to stretches of a line, and stretches to lines."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from schemas.page import Box, Line, Word

_GLUED = re.compile(
    r"(ngày)([^\s.,;:)]+)|([^\s(]*[^\s(\w/“-]|\d+)(tháng|năm)|(ngày)([^\sa-z]+)(tháng)"
    r"|(Số:)(\S+)(/[A-ZĐ][A-Za-zĐ]+-[A-ZĐ]+\S*)|([^/]*[^\d/][^/]*)(/[A-ZĐ][A-Za-zĐ]+-[A-ZĐ]+\S*)"
)
WORD_GAP = 0.75  # of the line's height: a wider gap may part two columns
SAME_LINE = 0.5  # share of the smaller height that two words of one line have in common


def boxed(words: Iterable[Word]) -> list[tuple[Word, Box]]:
    """The words that have a box, each with it."""
    return [(word, word.box) for word in words if word.box is not None]


def split_glued(words: Iterable[Word]) -> list[Word]:
    """`ngày`, `tháng`, `năm` and the symbol after the number parted from the handwriting that touches them in a form."""
    out: list[Word] = []
    for word, box in boxed(words):
        found = _GLUED.fullmatch(word.text)
        if found is None:
            out.append(word)
            continue
        pieces = [piece for piece in found.groups() if piece]
        at = box.x0
        for piece in pieces:
            width = box.width * len(piece) / len(word.text)
            out.append(word._replace(text=piece, raw=piece, box=box._replace(x0=at, x1=at + width), candidates=()))
            at += width
    return out


class Segment(NamedTuple):
    """Words of one line without a wide gap between them."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def middle(self) -> float:
        return (self.box.top + self.box.bottom) / 2


def of_words(words: Sequence[Word]) -> Segment:
    """These words as a stretch of a line; each has a box."""
    places = [box for _, box in boxed(words)]
    area = places[0]
    for box in places[1:]:
        area = area.union(box)
    return Segment(tuple(words), area)


def overlap(a: Box, b: Box) -> float:
    """Common height as a share of the smaller one."""
    common = min(a.bottom, b.bottom) - max(a.top, b.top)
    return common / max(0.1, min(a.height, b.height))


def segment(words: Sequence[Word]) -> list[Segment]:
    """Chain words from left to right as long as they stand on one line and close together."""
    placed = boxed(words)
    if not placed:
        return []
    usual = statistics.median(box.height for _, box in placed)
    chains: list[list[tuple[Word, Box]]] = []
    for word, box in sorted(placed, key=lambda item: (item[1].x0, item[1].top)):
        best: list[tuple[Word, Box]] | None = None
        nearest = float("inf")
        for chain in chains:
            last = chain[-1][1]
            reach = WORD_GAP * max(usual, min(box.height, last.height, 2 * usual))
            gap = box.x0 - last.x1
            if gap > reach or gap < -0.5 * max(last.width, usual):
                continue
            # a hyphen or a comma tells little about the line: look at the last two words
            anchor = chain[-2][1] if len(chain) > 1 and last.height < 0.5 * usual else last
            away = abs((box.top + box.bottom) - (anchor.top + anchor.bottom)) / 2
            if overlap(box, anchor) < SAME_LINE or away > 0.6 * max(box.height, anchor.height):
                continue
            if abs(gap) + 3 * away < nearest:
                best, nearest = chain, abs(gap) + 3 * away
        if best is None:
            chains.append([(word, box)])
        else:
            best.append((word, box))
    found = [of_words([word for word, _ in chain]) for chain in chains]
    return sorted(found, key=lambda one: (one.box.top, one.box.x0))


def rows(segments: Sequence[Segment]) -> list[Line]:
    """Segments that stand beside each other become one line; lines from top to bottom."""
    lines: list[list[Segment]] = []
    for one in sorted(segments, key=lambda one: one.middle):
        for row in reversed(lines[-3:]):
            beside = all(one.box.x0 >= other.box.x1 - 2 or one.box.x1 <= other.box.x0 + 2 for other in row)
            near = min(row, key=lambda other: max(other.box.x0 - one.box.x1, one.box.x0 - other.box.x1))
            if beside and overlap(one.box, near.box) >= SAME_LINE:
                row.append(one)
                break
        else:
            lines.append([one])
    out = []
    for row in lines:
        row.sort(key=lambda one: one.box.x0)
        out.append(Line(tuple(word for one in row for word in one.words)))
    return out
