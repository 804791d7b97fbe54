"""The parts of a paper: letterhead, title, bases, body, recipients and signature, attachments.

Cues come first (words that NĐ 30/2020 prescribes), boxes and blank lines help where there are any. Nothing depends on
counts of characters or on the place in the file: a head without its upper lines, or after other pages, is still a head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extractors import cues
from extractors.attachment_zone import attachment_starts, is_appendix, names_appendix
from extractors.head_zone import HeadReader
from extractors.rows import Row, span_of
from extractors.tail_zone import tail_start
from normalizers.kinds import KindName
from schemas.text import DocumentText, Span

Rows = tuple[Row, ...]


class Heading(NamedTuple):
    """The line that names the kind. `rest` is where the name ends in the row: what follows belongs to the title."""

    row: Row
    kind: KindName | None
    rest: int


class Attached(NamedTuple):
    """A document that came with the main one, or an appendix.

    heading is None where only a title in capitals stands above the caption. caption: `(Kèm theo Quyết định số …)`, may be empty.
    """

    heading: Heading | None
    head: Rows
    title: Rows
    caption: Rows
    body: Rows

    @property
    def rows(self) -> Rows:
        return (*self.head, *self.title, *self.caption, *self.body)


@dataclass(frozen=True)
class Zones:
    """The rows of each part, in reading order. Parts that the paper does not have are empty.

    head: letterhead, number, place and date. heading: the line with the kind (None for a công văn). title: trích yếu.
    caption: `(Kèm theo …)` of a paper that exists only as an attachment. authority: `CHỦ TỊCH ỦY BAN NHÂN DÂN …` above the bases.
    opening: authority, addressees and bases: all between the title and the first article or heading.
    body: the opening and everything to the tail. tail: recipients and signature.
    """

    rows: Rows
    head: Rows
    heading: Heading | None
    title: Rows
    caption: Rows
    authority: Rows
    body: Rows
    tail: Rows
    attachments: tuple[Attached, ...]
    attached_only: bool

    @property
    def own(self) -> Rows:
        """The main document without its attachments."""
        heading = (self.heading.row,) if self.heading else ()
        return (*self.head, *heading, *self.title, *self.caption, *self.body, *self.tail)

    def span(self, rows: Rows) -> Span | None:
        """From the first row to the end of the last; None for no rows."""
        return span_of(rows) if rows else None


def find_zones(text: DocumentText) -> Zones:
    """Find the parts of a document.

    >>> from extractors.paper import Paper
    >>> zones = Paper.of("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nXÃ AN Độc lập - Tự do - Hạnh phúc\\n"
    ...     "Số: 1/QĐ-UBND An, ngày 01 tháng 7 năm 2025\\nQUYẾT ĐỊNH\\nVề việc họp\\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN\\n"
    ...     "Căn cứ Luật;\\nQUYẾT ĐỊNH:\\nĐiều 1. Họp./.\\nNơi nhận:\\n- Lưu: VT.\\nCHỦ TỊCH\\nTrần An").zones
    >>> [len(part) for part in (zones.head, zones.title, zones.authority, zones.body, zones.tail)]
    [3, 1, 1, 3, 4]
    """
    reader = HeadReader(text)
    rows = reader.rows
    starts = attachment_starts(reader)
    heading = reader.heading(0, min([len(rows), *(s for s in starts if s > 8)]))
    attached_only = bool(starts) and _is_attached_only(reader, starts, heading)
    if attached_only:
        starts = [start for start in starts if heading is None or start > heading + 2]
    elif heading is not None:
        starts = [start for start in starts if start > heading]
    else:
        starts = [start for start in starts if start > 6]
    own_end = starts[0] if starts else len(rows)
    main = _main_parts(reader, heading, own_end)
    bounds = [*starts, len(rows)]
    attachments = tuple(_attached(reader, start, end) for start, end in zip(bounds, bounds[1:], strict=False))
    return Zones(rows, *main, attachments, attached_only)


def _is_attached_only(reader: HeadReader, starts: list[int], heading: int | None) -> bool:
    """Whether the file holds no document of its own, only what came with one."""
    first = starts[0]
    limit = heading if heading is not None else first
    head = reader.rows[: limit + 1]
    if any(cues.NUMBER.search(row.folded) and re.search(r"/\s*[a-z]", row.folded) for row in head):
        return False
    caption = next(
        (i for i in range(first, min(len(reader.rows), first + 16)) if cues.CAPTION.match(reader.rows[i].folded)), None
    )
    if caption is None:
        return False
    between = reader.rows[(heading if heading is not None else first) : caption]
    return caption <= limit + 9 and not any(
        cues.ARTICLE.match(row.folded) or cues.SURE_BASIS.match(row.folded) for row in between
    )


def _heading_of(reader: HeadReader, index: int | None) -> Heading | None:
    if index is None:
        return None
    row = reader.rows[index]
    found = reader.kind_at(index)
    return Heading(row, found[0], found[1]) if found else Heading(row, None, len(row.text))


def _main_parts(
    reader: HeadReader, heading: int | None, end: int
) -> tuple[Rows, Heading | None, Rows, Rows, Rows, Rows, Rows]:
    rows = reader.rows
    if heading is None:
        body = _letter_body(reader, end)
        tail = tail_start(reader, body, end)
        return rows[:body], None, (), (), (), rows[body:tail], rows[tail:end]
    title_end = reader.title_end(heading, heading + 1, end)
    caption_end = _caption_end(reader, title_end, end)
    authority = caption_end
    while authority < end and (
        rows[authority].is_capitals
        and not cues.OPERATIVE.match(rows[authority].folded)
        and not cues.HEADING.match(rows[authority].folded)
        or re.match(r"^\W*khoa\s+[ivx]+", rows[authority].folded)
    ):
        authority += 1
    tail = tail_start(reader, authority, end)
    return (
        rows[:heading],
        _heading_of(reader, heading),
        rows[heading + 1 : title_end],
        rows[title_end:caption_end],
        rows[caption_end:authority],
        rows[authority:tail],
        rows[tail:end],
    )


def _letter_body(reader: HeadReader, end: int) -> int:
    """Index of the first row behind the letterhead of a paper without a heading (công văn, thư công)."""
    for index in range(min(end, 30)):
        if cues.DEAR.search(reader.rows[index].folded):
            return index
    for index in range(min(end, 30)):
        row = reader.rows[index]
        if index in reader.mottoes or row.is_capitals or cues.NUMBER.search(row.folded) or cues.ABOUT.match(row.folded):
            continue
        if cues.ARTICLE.match(row.folded) or cues.RECIPIENTS.match(row.folded) or row.text.endswith("./."):
            return index
        if index > 2 and (
            cues.HEADING.match(row.folded) or cues.BODY_START.match(row.folded) or len(row.text) > 0.9 * reader.full
        ):
            return index
    return 0


def _caption_end(reader: HeadReader, start: int, end: int) -> int:
    """Index behind a caption `(Kèm theo … của …)` that begins at `start`, or `start` where there is none."""
    if start >= end or not cues.CAPTION.match(reader.rows[start].folded):
        return start
    if not reader.rows[start].text.startswith("("):
        after = start + 1
        while after < end and after - start < 3 and reader.rows[after].text[0].islower():
            after += 1
        return after
    for index in range(start, min(end, start + 5)):
        text = reader.rows[index].text
        if (
            text.count(")") > 0
            and text.rstrip(" .;*_").endswith(")")
            or index > start
            and cues.HEADING.match(reader.rows[index].folded)
        ):
            return index + 1 if ")" in text else index
    return start + 1


def _attached(reader: HeadReader, start: int, end: int) -> Attached:
    rows = reader.rows
    heading = next(
        (i for i in range(start, min(end, start + 9)) if reader.is_heading(i) or is_appendix(reader, i)), None
    )
    caption = next((i for i in range(start, min(end, start + 16)) if cues.CAPTION.match(rows[i].folded)), None)
    if heading is not None and caption is not None and caption < heading:
        # the caption stands above the kind: (Kèm theo …) / KẾ HOẠCH / title
        caption_end = _caption_end(reader, caption, heading)
        title_end = reader.title_end(heading, heading + 1, end)
        head = (*rows[start:caption], *rows[caption_end : heading + 1])
        return Attached(
            _heading_of(reader, heading),
            head,
            rows[heading + 1 : title_end],
            rows[caption:caption_end],
            rows[title_end:end],
        )
    title_start = start if heading is None else heading + 1
    if heading is None and caption is not None and start + 1 < caption and names_appendix(reader, start):
        title_start = start + 1
    title_end = caption if caption is not None else reader.title_end(heading, title_start, end)
    caption_end = _caption_end(reader, title_end, end)
    if heading is not None and caption is not None and caption_end < end and title_end == title_start:
        # PHỤ LỤC / (Kèm theo …) / title: the title follows the caption
        follow = reader.title_end(heading, caption_end, end) if rows[caption_end].is_capitals else caption_end
        return Attached(
            _heading_of(reader, heading),
            rows[start:title_start],
            rows[caption_end:follow],
            rows[title_end:caption_end],
            rows[follow:end],
        )
    return Attached(
        _heading_of(reader, heading),
        rows[start:title_start],
        rows[title_start:title_end],
        rows[title_end:caption_end],
        rows[caption_end:end],
    )
