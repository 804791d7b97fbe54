"""Several papers in one file (scanned in one go, or bundled for sending): where each further one begins.

A further paper begins at the top of a page, or in a dump without page breaks behind the end of the one before, with a
letterhead of its own: the motto, a number line, a number or a date that is filled in. What came with a paper has a
caption or none of that; forms in an annex have a letterhead whose number and date are blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractors import cues
from extractors.common.attachments import is_another_paper
from extractors.letterhead import read_letterhead
from extractors.paper import Paper
from extractors.rows import Row
from schemas.page import Line, Page
from schemas.text import DocumentText

_HEAD_ROWS = 14


def papers(text: DocumentText) -> tuple[Paper, ...]:
    """The papers of a file in order, at least one. Page numbers stay those of the file.

    >>> one = "XÃ AN\\nSố: {}/QĐ-UBND\\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nAn, ngày 05 tháng 8 năm 2025\\nQUYẾT ĐỊNH\\nVề việc họp\\nĐiều 1. Họp./.\\nNơi nhận:\\n- Lưu: VT.\\nCHỦ TỊCH\\nLê An Bình"
    >>> [len(paper.text.pages) for paper in papers(Paper.of(one.format(1) + "\\f" + one.format(2)).text)]
    [1, 1]
    """
    found: list[Paper] = []
    rest = Paper(text)
    while (start := _next_start(rest)) is not None:
        own, after = _cut(rest.text, start)
        found.append(Paper(own))
        rest = Paper(after)
    return (*found, rest)


def _next_start(paper: Paper) -> Row | None:
    """The first row of the next paper in the text, or None."""
    zones = paper.zones
    tops = {row.span.start for row, before in _page_tops(zones.rows) if before is not None}
    inside = [min(attached.rows, key=_place) for attached in zones.attachments if is_another_paper(attached)]
    starts = sorted((*(row for row in zones.rows if row.span.start in tops), *inside), key=_place)
    return next((row for row in starts if _begins_paper(zones.rows, row) and _ended(paper, row)), None)


def _place(row: Row) -> int:
    return row.span.start


def _page_tops(rows: tuple[Row, ...]) -> Iterator[tuple[Row, Row | None]]:
    """The first row of each page in the order of the text, with one of the page before it."""
    before: Row | None = None
    for row in sorted(rows, key=_place):
        if before is None or row.page != before.page:
            yield row, before
        before = row


def _begins_paper(rows: tuple[Row, ...], start: Row) -> bool:
    """Whether a letterhead that is filled in stands here."""
    head: list[Row] = []
    mottoes = 0
    for row in sorted(
        (row for row in rows if row.page == start.page and row.span.start >= start.span.start), key=_place
    ):
        if len(head) == _HEAD_ROWS or cues.ARTICLE.match(row.folded) or cues.SURE_BASIS.match(row.folded):
            break
        if cues.CAPTION.match(row.folded) or cues.APPENDIX.match(row.folded) and row.is_capitals:
            return False  # it came with the paper before it
        mottoes += bool(cues.motto_spans(row.folded))
        head.append(row)
    if not mottoes:
        return False
    letterhead = read_letterhead(tuple(head))
    numbered = any(line.code is not None for line in letterhead.numbers)
    dated = any(line.date is not None for line in letterhead.dates)
    named = any(line.symbol for line in letterhead.numbers)
    return numbered and bool(letterhead.dates) or named and dated


def _ended(paper: Paper, start: Row) -> bool:
    """Whether a paper ends before this row: it has a foot, or the page number tells that a new count begins."""
    before = [row for row in paper.zones.rows if row.span.start < start.span.start]
    if not any(row.text.endswith(("./.", "/.")) or cues.RECIPIENTS.search(row.folded) for row in before):
        return any(cues.POST.search(row.folded) and row.is_capitals for row in before[-8:])
    return True


def _cut(text: DocumentText, start: Row) -> tuple[DocumentText, DocumentText]:
    """The text before a row and from it on; a page that holds both is cut into two of the same number."""
    index = start.page
    page = text.pages[index]
    first_line = text.line_at(text.page_span(index).start)
    above = max(0, text.line_at(start.span.start) - first_line)
    if not any(line.words for line in page.lines[:above]):
        return DocumentText(text.pages[:index]), DocumentText(text.pages[index:])
    upper, lower = _lines(page, page.lines[:above]), _lines(page, page.lines[above:])
    return DocumentText((*text.pages[:index], upper)), DocumentText((lower, *text.pages[index + 1 :]))


def _lines(page: Page, lines: tuple[Line, ...]) -> Page:
    """A page with some of its lines, and the marks that stand beside them."""
    return page._replace(lines=lines, annotations=page.annotations if lines[:1] == page.lines[:1] else ())
