"""A document as ONE string whose characters know their words and boxes. Every rule reads that string."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from schemas.page import Box, Page, Word, around

PAGE_BREAK = "\f"
LINE_BREAK = "\n"


class Span(NamedTuple):
    """A stretch of the text, [start, end)."""

    start: int
    end: int


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches in order, those that follow each other or overlap made one.

    >>> joined([Span(0, 3), Span(4, 6), Span(9, 12), Span(9, 12)])
    (Span(start=0, end=6), Span(start=9, end=12))
    """
    found: list[Span] = []
    for span in spans:
        if found and found[-1].start <= span.start <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


class Place(NamedTuple):
    """Where a stretch of text stands: a page, and a box on it (None for text dumps)."""

    page: int
    box: Box | None


class DocumentText:
    """The text of all pages joined once: words by a space, lines by a line feed, pages by a form feed.

    Offsets are final: repair happens before the text is joined, never after.
    """

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self.pages = pages
        words: list[Word] = []
        word_starts: list[int] = []
        word_pages: list[int] = []
        lines: list[Span] = []
        page_starts: list[int] = []
        position = 0
        for page_index, page in enumerate(pages):
            position += page_index > 0  # the page break
            page_starts.append(position)
            for line_index, line in enumerate(page.lines):
                position += line_index > 0  # the line break
                line_start = position
                for word in line.words:
                    word_starts.append(position)
                    position += len(word.text) + 1
                position -= bool(line.words)  # no space behind the last word
                words += line.words
                word_pages += [page.number] * len(line.words)
                lines.append(Span(line_start, position))
        self.text = PAGE_BREAK.join([page.text for page in pages])
        self.lines: tuple[Span, ...] = tuple(lines)
        self._words, self._word_starts, self._word_pages = words, word_starts, word_pages
        self._page_starts = page_starts

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _inside(self, span: Span) -> slice:
        """Which words the span touches."""
        first = max(0, bisect_right(self._word_starts, span.start) - 1)
        last = bisect_left(self._word_starts, span.end, first)
        if first < last and self._word_starts[first] + len(self._words[first].text) <= span.start:
            first += 1
        return slice(first, last)

    def words(self, span: Span) -> tuple[Word, ...]:
        """The words that the span touches."""
        return tuple(self._words[self._inside(span)])

    def raw(self, span: Span) -> str:
        """The same stretch as the file or the engine gave it (line breaks become spaces)."""
        return " ".join([word.raw for word in self._words[self._inside(span)]])

    def places(self, span: Span) -> tuple[Place, ...]:
        """One place a page that the span touches, its box around the words there."""
        found: dict[int, list[Box]] = {}
        inside = self._inside(span)
        for page, word in zip(self._word_pages[inside], self._words[inside], strict=True):
            boxes = found.setdefault(page, [])
            if word.box is not None:
                boxes.append(word.box)
        return tuple(Place(page, around(boxes)) for page, boxes in found.items())

    def confidence(self, span: Span) -> float:
        """The lowest confidence of the words that the span touches (1.0 for no words)."""
        return min((word.confidence for word in self.words(span)), default=1.0)

    def page_at(self, offset: int) -> Page:
        """The page that holds the character at `offset`."""
        return self.pages[max(0, bisect_right(self._page_starts, offset) - 1)]

    def page_number(self, offset: int) -> int:
        """Number of the page that holds the character at `offset`."""
        return self.page_at(offset).number

    def page_span(self, index: int) -> Span:
        """The stretch of page `index` (from 0), without the form feed after it."""
        last = index + 1 == len(self._page_starts)
        return Span(self._page_starts[index], len(self.text) if last else self._page_starts[index + 1] - 1)

    def line_at(self, offset: int) -> int:
        """Index into `lines` of the line that holds the character at `offset`."""
        return max(0, bisect_right(self.lines, offset, key=lambda span: span.start) - 1)

    @cached_property
    def _line_boxes(self) -> list[Box | None]:
        return [
            around([word.box for word in line.words if word.box is not None])
            for page in self.pages
            for line in page.lines
        ]

    def line_box(self, index: int) -> Box | None:
        """The box around all words of line `index`."""
        return self._line_boxes[index]
