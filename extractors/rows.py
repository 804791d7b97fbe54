"""The printed lines of a document as rules look at them: offsets kept, look-alike signs made one, blank lines gone."""

from __future__ import annotations

import re
from functools import cached_property

from normalizers.text import capitals, plain, skeleton
from schemas.page import Box
from schemas.text import DocumentText, Span


class Row:
    """A printed line that has text. `text` and `folded` are as long as `span`; `blanks` counts blank lines before it."""

    __slots__ = ("__dict__", "blanks", "box", "folded", "line", "page", "span", "text")

    def __init__(self, line: int, page: int, span: Span, text: str, folded: str, blanks: int, box: Box | None) -> None:
        self.line, self.page, self.span = line, page, span
        self.text, self.folded = text, folded
        self.blanks, self.box = blanks, box

    def __repr__(self) -> str:
        return f"Row({self.line}, {self.text!r})"

    @cached_property
    def capitals(self) -> float:
        """Share of capitals among the letters."""
        return capitals(self.text)

    @property
    def is_capitals(self) -> bool:
        """Whether the row is printed in capitals (two letters at least)."""
        return self.capitals >= 0.8 and sum(map(str.isalpha, self.text)) >= 2

    def part(self, start: int, end: int) -> Span:
        """A stretch of the row as a span of the document."""
        return Span(self.span.start + start, self.span.start + end)


def read_rows(text: DocumentText) -> tuple[Row, ...]:
    """All rows of the document in reading order."""
    view = plain(text.text)
    folded = skeleton(view)
    boxed = any(word.box is not None for page in text.pages for line in page.lines[:3] for word in line.words[:1])
    found: list[Row] = []
    blanks = 0
    page_index = 0
    page_ends = [text.page_span(index).end for index in range(len(text.pages))]
    for line, span in enumerate(text.lines):
        while page_index + 1 < len(page_ends) and span.start > page_ends[page_index]:
            page_index += 1
        stretch = view[span.start : span.end]
        content = stretch.strip()
        if not any(map(str.isalnum, content)):
            blanks += 1
            continue
        start = span.start + len(stretch) - len(stretch.lstrip())
        end = start + len(content)
        box = text.line_box(line) if boxed else None
        before = found[-1] if found else None
        if before is not None and not boxed and _goes_on(before, content):
            whole = Span(before.span.start, end)
            joined = view[whole.start : end].replace("\n", " ").replace("\f", " ")
            flat = folded[whole.start : end].replace("\n", " ").replace("\f", " ")
            found[-1] = Row(before.line, before.page, whole, joined, flat, before.blanks, None)
        else:
            found.append(Row(line, page_index, Span(start, end), content, folded[start:end], blanks, box))
        blanks = 0
    return tuple(found)


# Words after which pages saved from the web break a line: what they begin stands on the next one.
_BROKEN_OFF = frozenset("Kính Nơi CỘNG KT. TM. TL. TUQ. KT TM TL BỘ SỞ ỦY UỶ Hà Căn Điều QUYẾT Số:".split())
_DAY_OPEN = re.compile(r"\bngay\s*\d{1,2}(?:\s+thang(?:\s+\d{1,2})?)?$")


def _goes_on(before: Row, content: str) -> bool:
    """Whether a row was broken in the middle of what belongs together: `Kính / gửi:`, `ngày 02 tháng 8 / năm 2025`."""
    if before.text in _BROKEN_OFF:
        return content[:1] not in "-+" and (before.text != "Hà" or content.startswith(("Nội", "Tĩnh")))
    return bool(_DAY_OPEN.search(before.folded)) and content.startswith(("năm", "tháng")) and len(before.text) < 60


_LEGIBLE = 0.5


def is_garbled(text: DocumentText) -> bool:
    """Whether a document is a dump whose letters were misread or lost, by a recogniser of another language for one."""
    return any(page.source == "repaired" and page.quality < _LEGIBLE for page in text.pages[:1])


def blanks_speak(rows: tuple[Row, ...]) -> bool:
    """Whether blank lines stand between paragraphs only: lines that go on in lower case have none before them."""
    going_on = [row.blanks > 0 for row in rows if row.text[0].islower()]
    return bool(going_on) and sum(going_on) < 0.25 * len(going_on)


def full_length(rows: tuple[Row, ...]) -> int:
    """Characters of a full line of running text: the mean of the longest fifth, for short papers have few full lines."""
    lengths = sorted((len(row.text) for row in rows if len(row.text) > 25), reverse=True)
    longest = lengths[: max(2, len(lengths) // 5)]
    return sum(longest) // len(longest) if longest else 80


def margins(rows: tuple[Row, ...], page: int) -> tuple[float, float] | None:
    """Left and right edge of the running text of a page; None without boxes, or with too little text."""
    lines = [row.box for row in rows if row.page == page and row.box is not None and len(row.text) > 40]
    if len(lines) < 4:
        return None
    fifth = len(lines) // 5
    return sorted(box.x0 for box in lines)[fifth], sorted(box.x1 for box in lines)[-fifth - 1]


def span_of(rows: tuple[Row, ...] | list[Row]) -> Span:
    """From the first row to the end of the last."""
    return Span(rows[0].span.start, rows[-1].span.end)
