"""The parts of a paper: letterhead, title, bases, body, recipients and signature, attachments.

Cues come first (words that NĐ 30/2020 prescribes), boxes and blank lines help where there are any. Nothing depends on
counts of characters or on the place in the file: a head without its upper lines, or after other pages, is still a head.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from extractors import cues
from extractors.rows import Row, blanks_speak, full_length, read_rows, span_of
from normalizers.kinds import KindName
from normalizers.people import name_score
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


class _Reader:
    """Facts about the rows that several steps need."""

    def __init__(self, text: DocumentText) -> None:
        self.text = text
        self.rows = read_rows(text)
        self.speak = blanks_speak(self.rows)
        self.full = full_length(self.rows)
        self.mottoes: frozenset[int] = frozenset()
        self._find_mottoes()
        self._settle_head()

    def _find_mottoes(self) -> None:
        self.mottoes = frozenset(i for i, row in enumerate(self.rows) if cues.motto_spans(row.folded))

    def _settle_head(self) -> None:
        """Put rows that stand above the heading on the page before it, where reading took the columns in another order."""
        heading = self.heading(0, min(len(self.rows), 25))
        if heading is None:
            return
        mark = self.rows[heading]
        mottoes = [self.rows[i].box for i in self.mottoes if i < heading and self.rows[i].page == mark.page]
        if mark.box is None or not mottoes or any(box is None or box.top > mark.box.top for box in mottoes):
            return  # no boxes, or a page that lies upside down
        near = self.rows[heading + 1 : heading + 12]
        above = [
            row for row in near if row.page == mark.page and row.box and row.box.top + row.box.bottom < 2 * mark.box.top
        ]
        if above:
            rest = tuple(row for row in self.rows[heading:] if row not in above)
            self.rows = (*self.rows[:heading], *above, *rest)
            self._find_mottoes()

    # -- the head -------------------------------------------------------------------------------------------------
    def heading(self, first: int, last: int) -> int | None:
        """Index of the first row that names a kind, before the body begins."""
        for index in range(first, last):
            row = self.rows[index]
            if cues.ARTICLE.match(row.folded) or (index > first + 3 and cues.SURE_BASIS.match(row.folded)):
                return None
            if self.is_heading(index):
                return index
        return None

    def is_heading(self, index: int) -> bool:
        row = self.rows[index]
        if row.text.endswith(("/.", ";")) or cues.OPERATIVE.match(row.folded) and row.text.rstrip().endswith(":"):
            return False
        found = cues.heading_kind(row.folded) if row.capitals > 0.1 else None
        if found is None or not row.is_capitals and not row.text[: found[1]].isupper():
            return False  # the title may follow on the same row, in small letters
        rest = row.folded[found[1] :].strip(" .:-")
        if found[0].name == "Phương án" and (
            row.text.startswith("PHƯỜNG") or self.mottoes & {index, index + 1, index + 2}
        ):
            return False  # the ward An …, whose name differs in marks only
        # A title in the same row is in capitals too; a letterhead such as `DỰ ÁN …` above the motto is none.
        return not rest or index not in self.mottoes

    def title_end(self, heading: int | None, first: int, last: int) -> int:
        """Index behind the last row of the title that begins at `first`."""
        taken = 0
        index = first
        while index < min(last, first + 14):
            row = self.rows[index]
            folded = row.folded
            if (
                cues.DEAR.search(folded)
                or cues.CAPTION.match(folded)
                or cues.ARTICLE.match(folded)
                or cues.SURE_BASIS.match(folded)
                or cues.OPERATIVE.match(folded)
                or cues.HEADING.match(folded)
                and (taken or row.is_capitals)
                or cues.RECIPIENTS.match(folded)
            ):
                return index
            if taken and self._ends_title(index, first, last):
                return index
            if not taken and self._is_authority(index, first, last):
                return index
            taken += 1
            index += 1
        return index

    def _is_authority(self, index: int, first: int, last: int) -> bool:
        """A row in capitals that names who decides, above the first basis: `CHỦ TỊCH ỦY BAN NHÂN DÂN …`."""
        row = self.rows[index]
        if not row.is_capitals or not cues.AUTHORITY.match(row.folded):
            return False
        if index > first and not self.rows[index - 1].is_capitals:
            return True
        follow = self.rows[index + 1 : min(last, index + 5)]
        for after in follow:
            if cues.BASIS.match(after.folded) and not after.is_capitals:
                return True
            if not after.is_capitals and not re.search(r"\bkhoa\b|\bky hop\b|\bnhiem ky\b", after.folded):
                return False
        return False

    def _ends_title(self, index: int, first: int, last: int) -> bool:
        row, before = self.rows[index], self.rows[index - 1]
        if row.box is not None and self._centred(index) is False and self._centred(index - 1) is not False:
            return True
        if row.text[0].islower() or row.text[0].isdigit() and not cues.HEADING.match(row.folded):
            return False
        if self._is_authority(index, first, last):
            return True
        if before.text.endswith((".", ";")) and not row.text[0].islower():
            return True
        if row.text.endswith("./.") or row.box is None and row.text[0].isupper() and row.text.endswith((".", ";", ":")):
            return True  # a title bears no end mark
        if cues.BODY_START.match(row.folded) and not row.is_capitals:
            return True
        if (
            before.is_capitals
            and not row.is_capitals
            and index - 1 >= first
            and all(r.is_capitals for r in self.rows[first:index])
        ):
            # a title in capitals ends where running text begins
            return True
        if row.is_capitals != before.is_capitals:
            return row.is_capitals
        if self.speak and row.blanks:
            return True
        geometry = self._centred(index)
        if geometry is not None:
            return not geometry
        # A full line in front of which the last one left room begins a paragraph.
        room = len(before.text) + 1 + len(row.text.split(" ", 1)[0]) < 0.85 * self.full
        return room and len(row.text) > 0.76 * self.full

    def _centred(self, index: int) -> bool | None:
        """Whether the row is centred between the margins of its page; None without boxes."""
        row = self.rows[index]
        if row.box is None:
            return None
        lines = [
            other.box
            for other in self.rows
            if other.page == row.page and other.box is not None and len(other.text) > 40
        ]
        if len(lines) < 4:
            return None
        left = sorted(box.x0 for box in lines)[len(lines) // 5]
        right = sorted(box.x1 for box in lines)[-(len(lines) // 5) - 1]
        before, after = row.box.x0 - left, right - row.box.x1
        return abs(before - after) < max(14.0, 0.35 * (before + after)) and not (abs(after) < 6 and 15 < before < 60)

    # -- attachments ----------------------------------------------------------------------------------------------
    def attachment_starts(self) -> list[int]:
        """Indices of the rows at which attachments begin."""
        starts: set[int] = set()
        for index, row in enumerate(self.rows):
            if cues.CAPTION.match(row.folded) and self._is_caption(index):
                starts.add(self._attachment_start(index))
            elif self._is_appendix(index):
                starts.add(index)
            elif index in self.mottoes and index > 6 and not cues.motto_spans(self.rows[index - 1].folded):
                start = self._with_letterhead(index)
                if start > 6 and self._kind_soon(index) and self._after_end(start):
                    starts.add(start)
        kept: list[int] = []
        for start in sorted(starts):
            if not kept or start - kept[-1] > 5 or self._is_appendix(start):
                kept.append(start)
        return kept

    def _after_end(self, index: int) -> bool:
        """Whether a paper may have ended before this row: a signature, `./.` or a new page."""
        before = self.rows[max(0, index - 3) : index]
        return (
            any(row.text.endswith(("./.", "/.")) or name_score(row.text) >= 0.8 for row in before)
            or self.rows[index].page != self.rows[index - 1].page
            or self.rows[index].blanks >= 2
        )

    def _kind_soon(self, index: int) -> bool:
        return any(self.is_heading(i) for i in range(index, min(len(self.rows), index + 9)))

    def _is_caption(self, index: int) -> bool:
        row = self.rows[index]
        if row.text.startswith("("):
            return not row.folded.rstrip(" ).;").endswith("nay")
        above = self.rows[max(0, index - 6) : index]
        return (
            row.text[0].isupper() and any(r.is_capitals for r in above) and not above[-1].text.endswith((".", ";", ":"))
        )

    def _is_appendix(self, index: int) -> bool:
        row = self.rows[index]
        found = cues.APPENDIX.match(row.folded)
        if found is None or not row.text.lstrip()[:2].isupper():
            return False
        rest = row.text[found.start("rest") :].strip(" .:-")
        if rest and not rest.isupper():
            return False
        return index > 3 and row.is_capitals

    def _attachment_start(self, caption: int) -> int:
        """From the caption up to its heading, and on to the letterhead above that."""
        heading = None
        for index in range(caption - 1, max(-1, caption - 9), -1):
            row = self.rows[index]
            if self.is_heading(index) or self._is_appendix(index):
                heading = index
                break
            if row.text.endswith(("./.", "/.")) or cues.FILED.search(row.folded):
                break
        if heading is None:
            heading = caption
            while (
                heading
                and self.rows[heading - 1].is_capitals
                and caption - heading < 5
                and not name_score(self.rows[heading - 1].text)
            ):
                heading -= 1
        return self._with_letterhead(heading)

    def _with_letterhead(self, index: int) -> int:
        """The first row of the letterhead that stands directly above."""
        start = index
        while start and index - start < 7:
            row = self.rows[start - 1]
            bare = row.folded.strip(" .-")
            if (start - 1) in self.mottoes or (row.is_capitals and self._is_body_name(start - 1)):
                start -= 1
            elif not bare or re.fullmatch(r"(?:trang\s*)?\d{1,3}", bare):
                break
            else:
                break
        return start

    def _is_body_name(self, index: int) -> bool:
        """Whether a row in capitals can belong to a letterhead; a signature's post or name cannot."""
        row = self.rows[index]
        if cues.SIGNING.search(row.folded) or name_score(row.text) >= 0.8 or self.is_heading(index):
            return False
        near_motto = any(i in self.mottoes for i in range(max(0, index - 3), min(len(self.rows), index + 4)))
        return near_motto and not (cues.POST.match(row.folded) and not cues.AUTHORITY.match(row.folded))

    # -- the tail -------------------------------------------------------------------------------------------------
    def tail(self, first: int, last: int) -> int:
        """Index of the first row of recipients and signature; `last` where there is no tail."""
        start = None
        for index in range(last - 1, first - 1, -1):
            if cues.RECIPIENTS.search(self.rows[index].folded):
                start = index
                break
        if start is None:
            start = self._filed(first, last)
        if start is None:
            start = self._signature(first, last)
        if start is None:
            return last
        while start > first + 1 and self._belongs_to_signature(start - 1):
            start -= 1
        return start

    def _belongs_to_signature(self, index: int) -> bool:
        row = self.rows[index]
        if row.text.endswith(("./.", "/.")):
            return False
        if cues.SIGNING.search(row.folded) and row.capitals > 0.5:
            return True
        if (
            row.is_capitals
            and len(row.text) < 60
            and (cues.POST.search(row.folded) or cues.AUTHORITY.match(row.folded))
        ):
            return not cues.OPERATIVE.match(row.folded)
        return name_score(row.text) >= 0.8

    def _filed(self, first: int, last: int) -> int | None:
        """Without the words `Nơi nhận`: from the row `Lưu: VT` up over the list."""
        for index in range(last - 1, first - 1, -1):
            if cues.FILED.search(self.rows[index].folded):
                while (
                    index > first
                    and self.rows[index - 1].text[:1] in "-•+"
                    and not self.rows[index - 1].text.endswith("./.")
                ):
                    index -= 1
                return index
        return None

    def _may_be_recipient(self, index: int) -> bool:
        row = self.rows[index]
        return row.text[:1] in "-•+~–" or row.text.endswith(";") and len(row.text) < 0.7 * self.full

    def _signature(self, first: int, last: int) -> int | None:
        for index in range(last - 1, max(first, last - 25) - 1, -1):
            row = self.rows[index]
            if row.text.endswith(("./.", "/.")):
                return index + 1 if index + 1 < last else None
        for index in range(last - 1, max(first, last - 12) - 1, -1):
            row = self.rows[index]
            if (
                row.is_capitals
                and (cues.SIGNING.search(row.folded) or cues.POST.search(row.folded))
                and len(row.text) < 60
            ):
                return index
        return None


def find_zones(text: DocumentText) -> Zones:
    """Find the parts of a document.

    >>> from extractors.paper import Paper
    >>> zones = Paper.of("ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nXÃ AN Độc lập - Tự do - Hạnh phúc\\n"
    ...     "Số: 1/QĐ-UBND An, ngày 01 tháng 7 năm 2025\\nQUYẾT ĐỊNH\\nVề việc họp\\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN\\n"
    ...     "Căn cứ Luật;\\nQUYẾT ĐỊNH:\\nĐiều 1. Họp./.\\nNơi nhận:\\n- Lưu: VT.\\nCHỦ TỊCH\\nTrần An").zones
    >>> [len(part) for part in (zones.head, zones.title, zones.authority, zones.body, zones.tail)]
    [3, 1, 1, 3, 4]
    """
    reader = _Reader(text)
    rows = reader.rows
    starts = reader.attachment_starts()
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


def _is_attached_only(reader: _Reader, starts: list[int], heading: int | None) -> bool:
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


def _heading_of(reader: _Reader, index: int | None) -> Heading | None:
    if index is None:
        return None
    row = reader.rows[index]
    found = cues.heading_kind(row.folded)
    return Heading(row, found[0], found[1]) if found else Heading(row, None, len(row.text))


def _main_parts(
    reader: _Reader, heading: int | None, end: int
) -> tuple[Rows, Heading | None, Rows, Rows, Rows, Rows, Rows]:
    rows = reader.rows
    if heading is None:
        body = _letter_body(reader, end)
        tail = reader.tail(body, end)
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
    tail = reader.tail(authority, end)
    return (
        rows[:heading],
        _heading_of(reader, heading),
        rows[heading + 1 : title_end],
        rows[title_end:caption_end],
        rows[caption_end:authority],
        rows[authority:tail],
        rows[tail:end],
    )


def _letter_body(reader: _Reader, end: int) -> int:
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


def _caption_end(reader: _Reader, start: int, end: int) -> int:
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


def _attached(reader: _Reader, start: int, end: int) -> Attached:
    rows = reader.rows
    heading = next(
        (i for i in range(start, min(end, start + 9)) if reader.is_heading(i) or reader._is_appendix(i)), None
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
