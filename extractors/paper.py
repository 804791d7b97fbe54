"""A document's text with what all rules want to know about it: its zones and its outline, each found once."""

from __future__ import annotations

from functools import cached_property

from extractors.agreement import Readings
from extractors.letterhead import Letterhead, read_letterhead
from extractors.named_again import NamedAgain
from extractors.outline import Outline, read_outline
from extractors.rows import is_garbled
from extractors.signature import Foot, read_foot
from extractors.spelled_out import SpelledOut
from extractors.tables.grids import find_grids
from extractors.zones import Zones, find_zones
from schemas.page import Line, Page, Word
from schemas.table import Grid
from schemas.text import DocumentText, Span


class Paper:
    """One document as the rules see it.

    text: the string with words and boxes behind it. zones: head, bases, articles, recipients, signature, attachments.
    outline: headings, numbered and dashed items of the body and of each attachment.
    grids: ruled tables.
    """

    def __init__(self, text: DocumentText) -> None:
        self.text = text

    @classmethod
    def of(cls, text: str) -> Paper:
        """A paper from plain text (pages separated by form feeds), for examples and tests."""
        pages = []
        for number, page in enumerate(text.split("\f"), 1):
            lines = tuple(Line(tuple(Word(token, token) for token in line.split())) for line in page.split("\n"))
            pages.append(Page(number, 0, 0, "repaired", 1.0, 1.0, page, lines))
        return cls(DocumentText(tuple(pages)))

    @cached_property
    def zones(self) -> Zones:
        return find_zones(self.text)

    @cached_property
    def letterhead(self) -> Letterhead:
        return read_letterhead(self.zones.head, self.text if self.is_garbled else None)

    @cached_property
    def is_garbled(self) -> bool:
        return is_garbled(self.text)

    @cached_property
    def named_again(self) -> NamedAgain:
        return NamedAgain(self.text, self.zones.span(self.zones.head))

    @cached_property
    def spelled_out(self) -> SpelledOut:
        return SpelledOut([body.text for body in self.letterhead.bodies], self.text.text)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        return tuple(find_grids(self.text))

    @cached_property
    def foot(self) -> Foot:
        return read_foot(self.text, self.zones.tail)

    @cached_property
    def readings(self) -> Readings:
        return Readings(self.text)

    def is_print(self, span: Span) -> bool:
        """Whether a stretch was neither recognised nor repaired: what stands there was printed so."""
        if self.text.page_at(span.start).source == "ocr":
            return False
        return all(word.raw == word.text for word in self.text.words(span))

    @cached_property
    def outline(self) -> Outline:
        return read_outline(self)
