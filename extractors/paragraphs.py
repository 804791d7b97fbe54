"""Printed lines joined into logical paragraphs: wrapped lines, page breaks and page numbers inside a paragraph.

Where lines have boxes, indents and the right margin tell; in text dumps the number of characters and, where they
mean anything, blank lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from extractors.footnote_lines import find_footnotes
from extractors.mark_sequence import is_noisy, read_marks
from extractors.marks import Mark
from extractors.spoiled_marks import MarkLine
from normalizers.text import capitals
from schemas.page import Box
from schemas.text import DocumentText, Span

_PAGE_NUMBER = re.compile(r"[-–—]?\s*\d{1,3}\s*(?:/\s*\d{1,3}\s*)?[-–—]?")
# A sentence ends here; specks may follow on recognised pages.
_TERMINAL = re.compile(r"(?:[.;:!?…]|\./\.?)[\"”’')\]*✓]*(?:\s[^\w\s%)]{1,2}){0,2}$")
_APPENDIX = re.compile(r"(?:PHỤ\s?LỤC|Phụ lục)(?:\s+(?:số\s+)?[IVX\d]{1,5})?\s*[.:]?\s*$")
_KIND_LINE = re.compile(
    r"(?:KẾ HOẠCH|QUY CHẾ|QUY ĐỊNH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|DANH MỤC|HƯỚNG DẪN|ĐIỀU LỆ|NỘI QUY|DỰ ÁN)\s*$"
)
_PART_LETTERS = frozenset("PKQCĐDHN")  # with which these two begin
_STARTER = re.compile(
    r"Căn cứ\s|Theo đề nghị|Xét đề nghị|Nơi nhận|Kính gửi|QUYẾT ĐỊNH\b|TM\.|KT\.|TL\.|TUQ\.|PHỤ\s?LỤC\b"
)
_ISSUED_WITH = re.compile(r"\(?\s*(?:Ban hành\s+)?[Kk]èm theo|\(Ban hành")


class Paragraph(NamedTuple):
    """mark: its number or dash, if any. text: the rest on one line, markup of the dump removed.

    span: from the mark to the end. text_span: without the mark. lines: indices of its lines in the document.
    starts_part: an attachment begins here.
    """

    mark: Mark | None
    text: str
    span: Span
    text_span: Span
    lines: tuple[int, int]
    starts_part: bool = False


class _Line(NamedTuple):
    number: int  # index in the document
    text: str
    start: int
    blanks: int  # blank lines before it
    page: int  # index of its page
    box: Box | None


class _Measure(NamedTuple):
    """Widths that tell a full line from a short one; boxes in points, text in characters."""

    left: float
    right: float
    chars: int


def clean(text: str) -> str:
    """White space folded, asterisks of markup (not of print) removed.

    >>> clean("(*Khi có  hướng dẫn*). **72**")
    '(Khi có hướng dẫn). 72'
    """
    if "*" in text:
        text = re.sub(r"\*+(?=\S)|(?<=\S)\*+", "", text)
    return " ".join(text.split())


def _lines(text: DocumentText, tables: Set[int]) -> tuple[list[_Line], list[_Measure]]:
    found: list[_Line] = []
    measures: list[_Measure] = []
    starts = [text.page_span(index).start for index in range(len(text.pages))]
    page = 0
    blanks = 0
    boxed = any(word.box is not None for page_ in text.pages[:3] for line in page_.lines for word in line.words)
    notes = {index for note in find_footnotes(text) for index in range(note.first, note.last)} | tables
    for index, span in enumerate(text.lines):
        if index in notes:
            continue
        while page + 1 < len(starts) and span.start >= starts[page + 1]:
            page += 1
            blanks += 1
        content = text.text[span.start : span.end].strip()
        if not content:
            blanks += 1
            continue
        offset = text.text.index(content, span.start)
        found.append(_Line(index, content, offset, blanks, page, text.line_box(index) if boxed else None))
        blanks = 0
    by_page: dict[int, list[_Line]] = {}
    for line in found:
        by_page.setdefault(line.page, []).append(line)
    for number in range(len(text.pages)):
        measures.append(_measure(by_page.get(number, [])))
    return found, measures


def _quantile(values: list[float], share: float) -> float:
    values = sorted(values)
    return values[min(len(values) - 1, int(share * len(values)))]


def _measure(lines: list[_Line]) -> _Measure:
    chars = [float(len(line.text)) for line in lines if len(line.text) > 25]
    boxes = [line.box for line in lines if line.box is not None and len(line.text) > 25]
    return _Measure(
        _quantile([box.x0 for box in boxes], 0.15) if boxes else 0.0,
        _quantile([box.x1 for box in boxes], 0.85) if boxes else 0.0,
        int(_quantile(chars, 0.9)) if chars else 80,
    )


def _boxed(line: _Line, measure: _Measure) -> bool:
    """Whether boxes tell how far the line reaches."""
    return line.box is not None and measure.right > measure.left


def _local_chars(lines: list[_Line], at: int, page: _Measure) -> int:
    """How long a full line is around `at`: dumps of one page only may mix wrapped and unwrapped parts."""
    if _boxed(lines[at - 1], page):
        return page.chars  # the characters of the line before it are not counted
    near = sorted([length for line in lines[max(0, at - 12) : at + 13] if (length := len(line.text)) > 40])
    return min(page.chars, near[min(len(near) - 1, int(0.9 * len(near)))]) if near else page.chars


def _is_full(line: _Line, after: _Line, measure: _Measure, chars: int, share: float) -> bool:
    """Whether the first word of `after` would not have fitted on `line`."""
    first = after.text.split(" ", 1)[0]
    if line.box is not None and _boxed(line, measure):
        letter = line.box.width / max(1, len(line.text))
        return line.box.x1 + letter * (len(first) + 1) > measure.right - 6
    return len(line.text) + 1 + len(first) > share * chars


def _indented(line: _Line, measure: _Measure) -> bool:
    return line.box is not None and line.box.x0 > measure.left + 12


def _is_page_number(lines: list[_Line], at: int, page_ends: set[int]) -> bool:
    line = lines[at]
    if len(line.text) > 9 or not _PAGE_NUMBER.fullmatch(line.text):
        return False
    if at in page_ends:
        return True
    after = lines[at + 1] if at + 1 < len(lines) else None
    return line.blanks >= 1 and (after is None or after.blanks >= 1)


def _blank_lines_speak(lines: list[_Line]) -> bool:
    """Whether blank lines stand between paragraphs only: lines that go on in lower case have none before them."""
    going_on = [line.blanks > 0 for line in lines if line.text[0].islower()]
    return bool(going_on) and sum(going_on) < 0.25 * len(going_on)


def _is_successor(mark: Mark, before: list[Mark]) -> bool:
    """Whether the number follows the last one of its kind, or starts a sequence."""
    if mark.order in (None, 1):
        return True
    for known in reversed(before[-40:]):
        if known.kind == mark.kind and known.value.count(".") == mark.value.count("."):
            order = known.order
            return order is not None and mark.order is not None and 0 <= mark.order - order <= 2
    return False


def _starts_part(lines: list[_Line], at: int) -> bool:
    if lines[at].text.lstrip("* ")[:1] not in _PART_LETTERS:
        return False
    text = clean(lines[at].text)
    if _APPENDIX.match(text):
        return True
    return bool(_KIND_LINE.match(text)) and any(_ISSUED_WITH.match(clean(line.text)) for line in lines[at + 1 : at + 8])


def read_paragraphs(text: DocumentText, tables: Set[int] = frozenset()) -> Iterator[Paragraph]:
    """The paragraphs of the document in reading order; page numbers and the lines of `tables` are left out.

    >>> from extractors.paper import Paper
    >>> paper = Paper.of("1. Hoàn thành nhiệm vụ được giao trong năm\\n\\n12\\n\\nđúng hạn.\\n2. Giảm họp.")
    >>> [(p.mark.value, p.text) for p in read_paragraphs(paper.text)]
    [('1', 'Hoàn thành nhiệm vụ được giao trong năm đúng hạn.'), ('2', 'Giảm họp.')]
    """
    lines, measures = _lines(text, tables)
    ends = {i for i, line in enumerate(lines) if i == 0 or i + 1 == len(lines) or line.page != lines[i + 1].page}
    ends |= {i for i, line in enumerate(lines) if i and line.page != lines[i - 1].page}
    lines = [line for i, line in enumerate(lines) if not _is_page_number(lines, i, ends)]
    speak = _blank_lines_speak(lines)
    chars = [_local_chars(lines, i, measures[lines[max(0, i - 1)].page]) for i in range(len(lines))]
    read = _marks(text, lines, measures, chars, speak)
    marks: list[Mark] = []
    open_: list[_Line] = []
    mark: Mark | None = None
    part = False
    for i, line in enumerate(lines):
        new = read[i]
        starts = _starts_part(lines, i)
        if open_:
            before = open_[-1]
            if starts or _breaks(
                before, line, new, measures, chars[i], speak, marks, len(open_) == 1 and mark is not None
            ):
                yield _paragraph(mark, open_, part)
                open_, mark, part = [], new, starts
                if new:
                    marks.append(new)
        else:
            mark, part = new, starts
            if new:
                marks.append(new)
        open_.append(line)
    if open_:
        yield _paragraph(mark, open_, part)


def _marks(
    text: DocumentText, lines: list[_Line], measures: list[_Measure], chars: list[int], speak: bool
) -> list[Mark | None]:
    """The mark of every line; on recognised pages the sequence helps to read it."""
    noisy = [is_noisy(page) for page in text.pages]
    found: list[MarkLine] = []
    for i, line in enumerate(lines):
        before = lines[max(0, i - 1)]
        ended = i == 0 or _TERMINAL.search(before.text) is not None
        starts = ended or not _is_full(before, line, measures[before.page], chars[i], 0.88)
        starts = starts or (speak and line.blanks > 0 and line.page == before.page)
        lost = text.words(Span(line.start, line.start + 1))[0].raw if noisy[line.page] else ""
        found.append(MarkLine(line.text, lost if " " in lost else "", starts, ended, noisy[line.page]))
    return read_marks(found)


def _breaks(
    before: _Line,
    line: _Line,
    mark: Mark | None,
    measures: list[_Measure],
    chars: int,
    speak: bool,
    marks: list[Mark],
    after_mark: bool,
) -> bool:
    """Whether a new paragraph begins with `line`, which comes after `before`."""
    measure = measures[before.page]
    terminal = bool(_TERMINAL.search(before.text))
    full = _is_full(before, line, measure, chars, 0.88)
    if mark is not None:
        if terminal or not full:
            return True
        if mark.kind in ("dash", "plus"):
            return (speak and line.blanks > 0 and line.page == before.page) or (
                _indented(line, measures[line.page]) and not _indented(before, measure)
            )
        return _is_successor(mark, marks)
    if after_mark and not full and capitals(before.text) >= 0.85 and capitals(line.text) < 0.5:
        return True  # what follows a heading in capitals
    if _STARTER.match(line.text.lstrip("*")) and (terminal or not full or speak and line.blanks > 0):
        return True
    first = line.text.lstrip("“\"'(*.,;:~_ ")[:1]
    if first.islower():
        return False
    if line.text[:1] == "(" and not terminal:
        return bool(re.match(r"\((?:Kèm|Ban hành)", line.text))
    if line.box is not None:
        indented = _indented(line, measures[line.page])
        if terminal:
            return indented or not full
        return not full and (indented or after_mark or not _is_full(before, line, measure, chars, 0.7))
    if terminal:
        if speak and line.page == before.page:
            return line.blanks > 0 or not _is_full(before, line, measure, chars, 0.8)
        return not full
    if speak and line.blanks > 0 and line.page == before.page:
        return not full or before.text.isupper() != line.text.isupper()
    return not _is_full(before, line, measure, chars, 0.75) or (before.text.isupper() and not line.text.isupper())


def _paragraph(mark: Mark | None, lines: list[_Line], part: bool) -> Paragraph:
    first, last = lines[0], lines[-1]
    width = mark.width if mark else 0
    text = clean(" ".join([first.text[width:], *(line.text for line in lines[1:])]))
    end = last.start + len(last.text)
    return Paragraph(
        mark,
        text,
        Span(first.start, end),
        Span(min(first.start + width, end), end),
        (first.number, last.number + 1),
        part,
    )
