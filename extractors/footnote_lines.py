"""Footnotes at the foot of a page: which lines they take, so that paragraphs can flow past them.

A footnote begins with its mark (`1 Theo …`, `[1] …`, `¹ …`), and the mark stands raised in the text before it, which plain
text shows as a figure glued to a word (`đất đai1`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from extractors.footnote_rules import Note, notes_below_rules
from extractors.garbled_notes import notes_at_page_ends
from schemas.text import DocumentText, Span

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_START = re.compile(
    r"(?:\[(\d{1,2})\]|\((\d{1,2})\)|([¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})|(\d{1,2}))\s*(?=[A-ZĐÀ-ỸĂÂÊÔƠƯ“\"(]\S*\s|[a-zà-ỹđ]+\s)"
)
_TABLE_HEAD = re.compile(r"(?:TT|STT)\b|Số TT", re.IGNORECASE)
_REACH = 6000  # characters before a footnote in which its mark is looked for, where pages are not known


class FootnoteLines(NamedTuple):
    """mark: its number. first, last: line indices of the document, [first, last). body: where the mark stands in the text."""

    mark: str
    first: int
    last: int
    body: Span | None


def _mark_of(line: str) -> tuple[str, int] | None:
    found = _START.match(line)
    if not found:
        return None
    mark = next(group for group in found.groups() if group).translate(_RAISED)
    bare = found[4] is not None
    if bare and line[found.end(4) : found.end(4) + 1] not in (" ", "\t"):
        return None
    return mark, found.end()


def _raised_mark(text: str, mark: str, start: int, end: int) -> Span | None:
    """The last place in [start, end) where the mark is glued to a word."""
    raised = "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in mark)
    pattern = re.compile(
        rf"(?:(?<=[^\W\d_])|(?<=[^\W\d_]{{2}}[.,;])|(?<=[%)”\"’])){mark}(?![\w%/]|[.,]\d)|{raised}|\[{mark}\]|(?<=\w)\s?\({mark}\)"
    )
    last = None
    for found in pattern.finditer(text, start, end):
        last = Span(*found.span())
    return last


@lru_cache(maxsize=2)  # the paragraphs ask for them as well as the rule
def find_footnotes(text: DocumentText) -> tuple[FootnoteLines, ...]:
    """The footnotes of the document in order.

    >>> from extractors.paper import Paper
    >>> paper = Paper.of("Đã cấp 20 giấy phép1 trong kỳ, còn lại\\n1 Không tính giấy cấp lại.\\n2\\n\\fđang chờ.")
    >>> [(note.mark, note.first, note.last) for note in find_footnotes(paper.text)]
    [('1', 1, 2)]
    """
    source, lines = text.text, text.lines
    ends = [text.page_span(index).end for index in range(len(text.pages))]
    paged = len(text.pages) > 1
    found: list[FootnoteLines] = []
    index = 0
    previous = 0
    while index < len(lines):
        line = source[lines[index].start : lines[index].end].strip()
        start = _mark_of(line) if line else None
        expected = start is not None and int(start[0]) in (1, previous + 1)
        if start is None or not expected:
            index += 1
            continue
        page = text.page_span(_page_index(ends, lines[index].start))
        floor = page.start if paged else max(0, lines[index].start - _REACH)
        body = _raised_mark(source, start[0], floor, lines[index].start)
        if body is None or _in_table(source, lines, index):
            index += 1
            continue
        last = _end_of_note(source, lines, index, page.end if paged else len(source), paged)
        found.append(FootnoteLines(start[0], index, last, body))
        previous = int(start[0])
        index = last
    return tuple(sorted([*found, *_below_rules(text, found)], key=lambda note: note.first))


def _below_rules(text: DocumentText, known: list[FootnoteLines]) -> Iterator[FootnoteLines]:
    """Notes whose marks were lost, told by the line above them or by their place; they are numbered on from those before."""
    taken = {index for note in known for index in range(note.first, note.last)}
    number = 0
    for note in (*notes_below_rules(text), *(Note(None, index, index + 1) for index in notes_at_page_ends(text))):
        number = max([number, *(int(other.mark) for other in known if other.first < note.first)]) + 1
        if not taken & set(range(note.first, note.last)):
            yield FootnoteLines(str(number), note.first, note.last, None)


def _page_index(ends: list[int], offset: int) -> int:
    return next((i for i, end in enumerate(ends) if offset <= end), len(ends) - 1)


def _in_table(source: str, lines: tuple[Span, ...], index: int) -> bool:
    """Whether a table's head stands shortly before: numbers at the start of a line are its rows there."""
    return any(_TABLE_HEAD.match(source[span.start : span.end].strip()) for span in lines[max(0, index - 60) : index])


def _end_of_note(source: str, lines: tuple[Span, ...], index: int, page_end: int, paged: bool) -> int:
    last = index + 1
    while last < len(lines) and lines[last].start < page_end:
        line = source[lines[last].start : lines[last].end].strip()
        before = source[lines[last - 1].start : lines[last - 1].end].strip()
        if not line or re.fullmatch(r"\d{1,3}", line) or _mark_of(line):
            break
        if not paged and before.endswith((".", ";")):
            break
        last += 1
    return last
