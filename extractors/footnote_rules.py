"""Footnotes on pages with boxes: small print below the short line that word processors draw above notes.

Recognition loses the raised marks, in the text and before the notes; the line and the size of the print remain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from schemas.page import Box, Line, Page
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
    if not boxes or len(boxes) < len(line.words):
        return None
    found = boxes[0]
    for box in boxes[1:]:
        found = found.union(box)
    return found


def _height(line: Line) -> float:
    return median(word.box.height for word in line.words if word.box is not None)


def _is_lone_mark(line: Line) -> bool:
    """A mark that recognition parted from its note, or a page number."""
    return len(line.words) == 1 and _MARK.match(line.words[0].text) is not None


def _separator(page: Page, boxes: list[Box]) -> float | None:
    """Where the line above the notes stands: short, at the left margin, with nothing but small print below."""
    left = min(box.x0 for box in boxes)
    for ruling in sorted(page.rulings, key=lambda one: -one.box.top):
        box = ruling.box
        if any(not other.horizontal and meet(box, other.box) for other in page.rulings):
            continue  # of a table
        if not ruling.horizontal or not _LEAST * page.width < box.width < _MOST * page.width:
            continue
        if box.x0 - left < 0.06 * page.width and box.top > 0.3 * page.height:
            return box.top
    return None


def notes_below_rules(text: DocumentText) -> Iterator[Note]:
    """The notes of every page that has the line; each begins with its mark or with a capital."""
    first = 0
    for page in text.pages:
        lines = page.lines
        boxed = [(index, box) for index, line in enumerate(lines) if line.words and (box := _box(line)) is not None]
        first, start = first + len(lines), first
        y = _separator(page, [box for _, box in boxed]) if len(boxed) > 3 else None
        if y is None:
            continue
        usual = median(_height(lines[index]) for index, box in boxed if box.top <= y)
        below = [index for index, box in boxed if box.top > y - 2 and not _is_lone_mark(lines[index])]
        if not below or below != list(range(below[0], below[-1] + 1)):
            continue
        if any(_height(lines[index]) > _SMALL * usual for index in below):
            continue
        yield from _notes(lines, below, start)


def _notes(lines: tuple[Line, ...], below: list[int], start: int) -> Iterator[Note]:
    begins: list[tuple[int, str | None]] = []
    for index in below:
        words = [word.text for word in lines[index].words]
        mark = words[0] if _MARK.match(words[0]) and len(words) > 1 else None
        following = words[1] if mark else words[0]
        if not begins or following[:1].isupper():
            begins.append((index, mark))
    stops = [index for index, _ in begins[1:]] + [below[-1] + 1]
    for (index, mark), stop in zip(begins, stops, strict=True):
        yield Note(mark, start + index, start + stop)
