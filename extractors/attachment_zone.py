"""Where the attachments of a paper begin: their captions, appendices, and heads with a motto of their own."""

from __future__ import annotations

import re

from extractors import cues
from extractors.head_zone import HeadReader
from normalizers.people import name_score


def attachment_starts(reader: HeadReader) -> list[int]:
    """Indices of the rows at which attachments begin."""
    starts: set[int] = set()
    for index, row in enumerate(reader.rows):
        if cues.CAPTION.match(row.folded) and _is_caption(reader, index):
            starts.add(_attachment_start(reader, index))
        elif is_appendix(reader, index):
            starts.add(index)
        elif index in reader.mottoes and index > 6 and not cues.motto_spans(reader.rows[index - 1].folded):
            start = _with_letterhead(reader, index)
            if start > 6 and _kind_soon(reader, index) and _after_end(reader, start):
                starts.add(start)
    kept: list[int] = []
    for start in sorted(starts):
        if not kept or start - kept[-1] > 5 or is_appendix(reader, start):
            kept.append(start)
    return kept


def _after_end(reader: HeadReader, index: int) -> bool:
    """Whether a paper may have ended before this row: a signature, `./.` or a new page."""
    before = reader.rows[max(0, index - 3) : index]
    return (
        any(row.text.endswith(("./.", "/.")) or name_score(row.text) >= 0.8 for row in before)
        or reader.rows[index].page != reader.rows[index - 1].page
        or reader.rows[index].blanks >= 2
    )


def _kind_soon(reader: HeadReader, index: int) -> bool:
    return any(reader.is_heading(i) for i in range(index, min(len(reader.rows), index + 9)))


def _is_caption(reader: HeadReader, index: int) -> bool:
    row = reader.rows[index]
    if row.text.startswith("("):
        return not row.folded.rstrip(" ).;").endswith("nay")
    above = reader.rows[max(0, index - 6) : index]
    return row.text[0].isupper() and any(r.is_capitals for r in above) and not above[-1].text.endswith((".", ";", ":"))


def is_appendix(reader: HeadReader, index: int) -> bool:
    row = reader.rows[index]
    found = cues.APPENDIX.match(row.folded)
    if found is None or not row.text.lstrip()[:2].isupper():
        return False
    rest = row.text[found.start("rest") :].strip(" .:-")
    if rest and not rest.isupper():
        return False
    return index > 3 and row.is_capitals


def _attachment_start(reader: HeadReader, caption: int) -> int:
    """From the caption up to its heading, and on to the letterhead above that."""
    heading = None
    for index in range(caption - 1, max(-1, caption - 9), -1):
        row = reader.rows[index]
        if reader.is_heading(index) or is_appendix(reader, index):
            heading = index
            break
        if row.text.endswith(("./.", "/.")) or cues.FILED.search(row.folded):
            break
    if heading is None and (top := _named_at_page_top(reader, caption)) is not None:
        heading = top
    elif heading is None:
        heading = caption
        while (
            heading
            and reader.rows[heading - 1].is_capitals
            and caption - heading < 5
            and not name_score(reader.rows[heading - 1].text)
        ):
            heading -= 1
    return _with_letterhead(reader, heading)


def _named_at_page_top(reader: HeadReader, caption: int) -> int | None:
    """The first row of the page, where a name in capitals (`BIỂU TỔNG HỢP`) and a title stand above the caption."""
    top = caption
    while top and reader.rows[top - 1].page == reader.rows[caption].page:
        top -= 1
    if reader.rows[top].text.strip(" .-").isdigit():  # the page number
        top += 1
    return top if top > 0 and 1 < caption - top < 6 and names_appendix(reader, top) else None


def names_appendix(reader: HeadReader, index: int) -> bool:
    """Whether a row is the name of an appendix that is no known kind: capitals above a title in small letters."""
    rows = reader.rows
    return (
        index + 1 < len(rows)
        and rows[index].is_capitals
        and len(rows[index].text) < 40
        and not rows[index + 1].is_capitals
        and not cues.CAPTION.match(rows[index + 1].folded)
        and name_score(rows[index].text) < 0.8
    )


def _with_letterhead(reader: HeadReader, index: int) -> int:
    """The first row of the letterhead that stands directly above."""
    start = index
    while start and index - start < 7:
        row = reader.rows[start - 1]
        bare = row.folded.strip(" .-")
        if (start - 1) in reader.mottoes or (row.is_capitals and _is_body_name(reader, start - 1)):
            start -= 1
        elif not bare or re.fullmatch(r"(?:trang\s*)?\d{1,3}", bare):
            break
        else:
            break
    return start


def _is_body_name(reader: HeadReader, index: int) -> bool:
    """Whether a row in capitals can belong to a letterhead; a signature's post or name cannot."""
    row = reader.rows[index]
    if cues.SIGNING.search(row.folded) or name_score(row.text) >= 0.8 or reader.is_heading(index):
        return False
    near_motto = any(i in reader.mottoes for i in range(max(0, index - 3), min(len(reader.rows), index + 4)))
    return near_motto and not (cues.POST.match(row.folded) and not cues.AUTHORITY.match(row.folded))
