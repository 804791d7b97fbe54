"""Footnotes on pages with boxes: small print below the short line that word processors draw above notes.

Recognition loses the raised marks, in the text and before the notes; the line and the size of the print remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from schemas.page import Box, Line, Page, around
from schemas.ruled import meet
from schemas.text import DocumentText

_LEAST, _MOST = 0.15, 0.45  # length of the line as a share of the page
_SMALL = 0.97  # height of the notes as a share of the running text
_MARK = re.compile(r"\d{1,2}$")


class Note(NamedTuple):
    """mark: as it was read, None where recognition lost it. first, last: line indices of the document, [first, last)."""

    mark: str | None
    first: int
    last: int


def _box(line: Line) -> Box | None:
    boxes = [word.box for word in line.words if word.box is not None]
    return around(boxes) if len(boxes) == len(line.words) else None


def _height(line: Line) -> float:
    return median(word.box.height for word in line.words if word.box is not None)


def _is_lone_mark(line: Line) -> bool:
    """A mark that recognition parted from its note, or a page number."""
    return len(line.words) == 1 and _MARK.match(line.words[0].text) is not None


def _separators(page: Page) -> list[Box]:
    """Lines that may stand above notes: short, on the lower part of the page, of no table; the lowest first."""
    return [
        ruling.box
        for ruling in sorted(page.rulings, key=lambda one: -one.box.top)
        if ruling.horizontal
        and _LEAST * page.width < ruling.box.width < _MOST * page.width
        and ruling.box.top > 0.3 * page.height
        and not any(not other.horizontal and meet(ruling.box, other.box) for other in page.rulings)
    ]


def notes_below_rules(text: DocumentText) -> Iterator[Note]:
    """The notes of every page that has the line; each begins with its mark or with a capital."""
    first = 0
    for page in text.pages:
        lines = page.lines
        first, start = first + len(lines), first
        separators = _separators(page)
        if not separators:
            continue
        boxed = [(index, box) for index, line in enumerate(lines) if line.words and (box := _box(line)) is not None]
        left = min((box.x0 for _, box in boxed), default=0.0)
        y = next((box.top for box in separators if box.x0 - left < 0.06 * page.width), None)
        if y is None or not any(box.top <= y for _, box in boxed):
            continue
        usual = median(_height(lines[index]) for index, box in boxed if box.top <= y)
        below = [index for index, box in boxed if box.top > y - 2]
        while below and _is_lone_mark(lines[below[-1]]):  # the page number
            below.pop()
        if not below or below != list(range(below[0], below[-1] + 1)):
            continue
        if any(_height(lines[index]) > _SMALL * usual for index in below if not _is_lone_mark(lines[index])):
            continue
        yield from _notes(lines, below, start)


def _notes(lines: tuple[Line, ...], below: list[int], start: int) -> Iterator[Note]:
    begins: list[tuple[int, str | None]] = []
    parted = False  # whether the line before is a mark that stands alone
    for index in below:
        words = [word.text for word in lines[index].words]
        alone = _is_lone_mark(lines[index])
        mark = words[0] if alone or (_MARK.match(words[0]) and len(words) > 1) else None
        following = words[1] if mark and not alone else words[0]
        if not begins or alone or (following[:1].isupper() and not parted):
            begins.append((index, mark))
        parted = alone
    stops = [index for index, _ in begins[1:]] + [below[-1] + 1]
    for (index, mark), stop in zip(begins, stops, strict=True):
        yield Note(mark, start + index, start + stop)
