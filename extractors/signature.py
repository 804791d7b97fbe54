"""The foot of a paper taken apart: list of recipients, authority lines, posts and the signer's name.

The two columns may come one after the other, in either order, or woven into one line, which woven.py takes apart.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from extractors import cues
from extractors.name_reading import as_printed
from extractors.woven import ITEM, MARK, SIGNING, cut
from extractors.zones import Rows
from normalizers.agencies import DEPUTIES, standard_post
from normalizers.people import name_score
from normalizers.text import capitals, skeleton
from schemas.text import DocumentText, Span

Part = Literal["recipient", "authority", "name", "other"]


class Piece(NamedTuple):
    """A stretch of the foot: what it is, and whether it opens a list item or the label `Nơi nhận`."""

    part: Part
    text: str
    span: Span
    folded: str


class Foot(NamedTuple):
    recipients: tuple[Piece, ...]
    authority: tuple[Piece, ...]
    names: tuple[Piece, ...]
    score: float


_DEPUTY_START = re.compile(r"^\W*(?:pho|thu)\s")
_NEAR_POST = 75  # per cent of letters in common
_DASHES = " -–•.~*"
_SURE_NAME = 0.8
ARCHIVE = re.compile(r"^\W*luu\b")
"""The item of the archive, `Lưu: VT`, which is the last of a list."""
_FULL_STOP = re.compile(r"\.\W*$")
_LOST_MARK = re.compile(r"(?:[A-ZĐ1]{1,3}|[a-z]{2,3})[.,:]?")

_LEADING_JUNK = re.compile(r"^(?:[^\w\s]+|\d{1,2}|[^\W\d_])\s+|^[\"'“”*~.,]+")

_TRAILING_JUNK = re.compile(r"(?:\s*[^\w\s'’.]+|\s+[^\W\d_](?=\W*$)|\s*\.)+\s*$")


def _without_junk(stretch: str) -> str:
    """A name without strokes of the signature that were read in front of it or behind it; anything else as it is."""
    name = _TRAILING_JUNK.sub("", _LEADING_JUNK.sub("", stretch))
    return name if name_score(stretch) < 0.55 and name_score(name) >= 0.8 else stretch


def _part_of(stretch: str, folded: str, in_list: bool, listed: bool) -> Part:
    """What a stretch is. in_list: it stands in the list of recipients. listed: there has been such a list."""
    if stretch.isupper() and not in_list and standard_post(stretch.lstrip(_DASHES)):
        return "authority"  # with a speck in front of it
    if not listed and name_score(_without_junk(stretch)) >= _SURE_NAME:
        return "name"  # with a stroke in front of it
    if ITEM.match(stretch) or cues.RECIPIENTS.match(folded):
        return "recipient"
    if _without_junk(stretch) != stretch:
        return "name"
    if SIGNING.match(stretch) and capitals(stretch) >= 0.6:
        return "authority"
    if capitals(stretch) >= 0.8 and (
        cues.POST.search(folded) or cues.AUTHORITY.match(folded) or cues.SIGNING.match(folded)
    ):
        return "authority"
    if capitals(stretch) >= 0.8 and standard_post(stretch):
        return "authority"
    if _DEPUTY_START.match(folded) and stretch.isupper() and _near_deputy(folded):
        return "authority"  # PHÓ IRĐỞNG BAN
    if name_score(stretch) >= 0.55:
        return "name"
    if in_list and capitals(stretch) < 0.8:
        return "recipient"
    return "authority" if capitals(stretch) >= 0.9 and len(folded) > 6 and " " in folded and not in_list else "other"


def _near_deputy(folded: str) -> bool:
    return any(fuzz.ratio(folded, skeleton(post)) >= _NEAR_POST for post, _ in DEPUTIES)


def _middle(text: DocumentText, tail: Rows) -> tuple[float, bool] | None:
    """The middle of the page and whether the list stands left of it (on a page that lies upside down it does not)."""
    for row in tail:
        if row.box is not None and (cues.RECIPIENTS.match(row.folded) or cues.FILED.search(row.folded)):
            middle = text.pages[row.page].width / 2
            return middle, (row.box.x0 + min(row.box.x1, row.box.x0 + 60)) / 2 < middle
    return None


def _across(text: DocumentText, span: Span, middle: float, left: bool) -> bool:
    """Whether a stretch stands wholly in the column of the signature."""
    places = text.places(span)
    box = places[0].box if places else None
    return box is not None and (box.x0 > middle if left else box.x1 < middle)


def read_foot(text: DocumentText, tail: Rows) -> Foot:
    """Take the rows of the tail apart.

    >>> from extractors.paper import Paper
    >>> paper = Paper.of("Điều 1. Họp./.\\nNơi nhận: TM. ỦY BAN NHÂN DÂN\\n- Như Điều 1; KT. CHỦ TỊCH\\n- Lưu: VT. Trần Văn Bình")
    >>> foot = read_foot(paper.text, paper.zones.tail)
    >>> [piece.text for piece in foot.authority], [piece.text for piece in foot.names]
    (['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], ['Trần Văn Bình'])
    >>> [piece.text for piece in foot.recipients]
    ['Nơi nhận:', '- Như Điều 1;', '- Lưu: VT.']
    """
    reader = _Reader(text, _middle(text, tail))
    for row in tail:
        if row.text.strip(" .-").isdecimal() or max(map(len, re.findall(r"[^\W\d_]+", row.text)), default=0) < 2:
            continue  # a page number, or strokes of a signature
        if cues.is_stamp(row.text, row.folded) and not cues.RECIPIENTS.search(row.folded) and not ITEM.match(row.text):
            continue
        for start, end, names in cut(text, row, reader.cut_off()):
            stretch = row.text[start:end]
            left = len(stretch) - len(stretch.lstrip())
            if stretch := stretch.strip():
                reader.take(stretch, row.part(start + left, start + left + len(stretch)), names)
    return reader.foot()


class _Reader:
    """What was found so far of a foot whose stretches come in reading order.

    in_list: a list of recipients has begun. closed: its last item, that of the archive, was read. left: something else
    came after that, and the list cannot go on.
    """

    def __init__(self, text: DocumentText, middle: tuple[float, bool] | None) -> None:
        self._text = text
        self._middle = middle
        self._recipients: list[Piece] = []
        self._authority: list[Piece] = []
        self._names: list[Piece] = []
        self._in_list = self._closed = self._left = False

    def foot(self) -> Foot:
        parts = tuple(self._recipients), tuple(self._authority), tuple(self._names)
        return Foot(*parts, 0.9 if self._authority else 0.6)

    def take(self, stretch: str, span: Span, names: bool) -> None:
        """The next stretch; `names`: it was cut from the right of its row because it names who signs."""
        folded = skeleton(stretch)
        other_column = self._middle is not None and _across(self._text, span, *self._middle)
        inside = self._in_list and not self._closed and not other_column
        part = "authority" if names else _part_of(stretch, folded, inside, self._in_list)
        if part in ("other", "recipient") and not ITEM.match(stretch):
            printed = as_printed(self._text, span)
            if printed != stretch and name_score(printed) >= _SURE_NAME:
                part, stretch = "name", printed
        if part == "recipient":
            if not other_column or cues.RECIPIENTS.match(folded):  # else strokes of the signature
                self._take_recipient(Piece(part, stretch, span, folded))
            return
        self._left = self._closed
        if part == "authority" and self._above_the_name():
            self._authority.append(Piece(part, self._lost_mark(stretch, span) + stretch, span, folded))
        elif part == "name":
            name = _without_junk(stretch)
            start = span.start + max(0, self._text[span].find(name))
            self._names.append(Piece(part, name, Span(start, min(span.end, start + len(name))), skeleton(name)))

    def cut_off(self) -> bool:
        """Whether the last line of authority goes on: TRƯỞNG PHÒNG KINH TẾ, / HẠ TẦNG VÀ ĐÔ THỊ."""
        return bool(self._authority) and self._authority[-1].text.rstrip().endswith(",")

    def _lost_mark(self, stretch: str, span: Span) -> str:
        """What stood in front of a line of authority and was left out as a speck, though it may have been `KT.`"""
        if MARK.match(stretch) or standard_post(stretch) is None:
            return ""
        read = self._raw_line(span).split()
        first = self._text.words(span)[0].raw.split()[-1:]
        before = read[: read.index(first[0])] if first and first[0] in read else []
        return f"{before[-1]} " if before and _LOST_MARK.fullmatch(before[-1]) else ""

    def _raw_line(self, span: Span) -> str:
        """The printed line that holds the start of a stretch, as the file gave it; empty where lines were moved."""
        line = self._text.line_at(span.start)
        for page in self._text.pages:
            if line < len(page.lines):
                rows = page.raw_text.split("\n")
                return rows[line] if len(rows) >= len(page.lines) and page.source == "repaired" else ""
            line -= len(page.lines)
        return ""

    def _take_recipient(self, piece: Piece) -> None:
        if self._closed and (self._left or not ITEM.match(piece.text)):
            self._left = True
            return
        self._in_list = True
        self._closed = bool(ARCHIVE.match(piece.folded) and _FULL_STOP.search(piece.text)) and len(self._recipients) > 1
        self._recipients.append(piece)

    def _above_the_name(self) -> bool:
        """Whether a line of authority found now can be the signer's: none comes below the name, but in a woven foot."""
        if not self._names or not self._authority or not self._recipients:
            return True
        return self._recipients[-1].span.start > self._names[-1].span.start
