"""The foot of a paper taken apart: list of recipients, authority lines, posts and the signer's name.

The two columns may come one after the other, in either order, or woven into one line. With boxes a wide gap parts them;
without, capitals behind a list item, or a person's name behind its end mark, belong to the right column.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from extractors import cues
from extractors.rows import Row
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


_PREFIX = r"(?:(?:TM|KT|TL|TUQ|Q)\s*[.,:\-]|T/M\b|K/T\b|T/L\b)[.,]?"
_SIGNING = re.compile(rf"(?:^|(?<=\s)){_PREFIX}\s*[A-ZĐÀ-Ỹ]")
# What follows TM., KT. …: a post or a body. `KT-NS` in a list of recipients is neither.
_AUTHORITY_WORD = re.compile(
    r"(?:pho\b|chu\b|giam|bo\b|thu\b|chanh|truong|hieu|cuc\b|chi cuc|vien|tong|bi thu|uy ban|ubnd|hoi dong|hdnd|ban\b|chinh phu|quoc hoi|dang uy|tinh uy|thanh uy|thuong truc|doan\b|vu\b|tap the|to\b|nguoi)"
)
_DEPUTY_START = re.compile(r"^\W*(?:pho|thu)\s")
_NEAR_POST = 75  # per cent of letters in common
_ITEM = re.compile(r"^\s*[-•+–*~·—=]\s*\S")
_NAME_TAIL = re.compile(r"(?:[;.:,)\]]|\d)\s+[\"'“”*~\-]*((?:[A-ZĐÀ-Ỹ][^\W\d_]*\s+){1,5}[A-ZĐÀ-Ỹ][^\W\d_]*)\s*$")


_LEADING_JUNK = re.compile(r"^(?:[^\w\s]+|\d{1,2}|[^\W\d_])\s+|^[\"'“”*~.,]+")

_TRAILING_JUNK = re.compile(r"(?:\s*[^\w\s'’.]+|\s+[^\W\d_](?=\W*$)|\s*\.)+\s*$")


def _without_junk(stretch: str) -> str:
    """A name without strokes of the signature that were read in front of it or behind it; anything else as it is."""
    name = _TRAILING_JUNK.sub("", _LEADING_JUNK.sub("", stretch))
    return name if name_score(stretch) < 0.55 and name_score(name) >= 0.8 else stretch


def _gaps(text: DocumentText, row: Row) -> list[tuple[int, int]]:
    """Stretches of a row between wide gaps, from the boxes of its words."""
    words = text.words(row.span)
    if row.box is None or len(words) < 2:
        return [(0, len(row.text))]
    cuts = [0]
    at = 0
    height = row.box.height or 12.0
    for before, word in zip(words, words[1:], strict=False):
        at = row.text.find(word.text, at + 1)
        if at < 0:
            return [(0, len(row.text))]
        if before.box is not None and word.box is not None and word.box.x0 - before.box.x1 > 2.2 * height:
            cuts.append(at)
    bounds = [*cuts, len(row.text)]
    return list(zip(bounds, bounds[1:], strict=False))


def _capitals_tail(text: str) -> int | None:
    """Where a stretch of capitals that names an authority or post begins, behind a list item."""
    signing = _SIGNING.search(text)
    if signing is not None and signing.start() and _AUTHORITY_WORD.match(skeleton(text[signing.end() - 1 :])):
        return signing.start()
    words = list(re.finditer(r"\S+", text))
    at = len(words)
    while at > 1 and capitals(words[at - 1].group()) == 1.0:
        at -= 1
    if at == len(words) or at == 0:
        return None
    start = words[at].start()
    tail = skeleton(text[start:])
    named = cues.POST.search(tail) or re.search(r"\b(?:uy ban|hoi dong|bo truong|ban)\s", tail)
    if named is None:
        return None
    start += named.start() if named.start() > 3 else 0  # a few capitals of noise may stand before
    before = text[:start].rstrip()
    return start if before.endswith((";", ".", ":", ",")) or not before.isupper() else None


def _pieces(text: DocumentText, row: Row) -> list[tuple[int, int]]:
    """Cut a row where its columns were woven together."""
    cut: list[tuple[int, int]] = []
    for start, end in _gaps(text, row):
        stretch = row.text[start:end]
        listed = bool(_ITEM.match(stretch) or cues.RECIPIENTS.search(skeleton(stretch)) or capitals(stretch) < 0.95)
        tail = _capitals_tail(stretch) if listed else None
        if tail is None and listed:
            name = _NAME_TAIL.search(stretch)
            if name is not None and name_score(name[1]) >= 0.8 and (_ITEM.match(stretch) or len(stretch) < 70):
                tail = name.start(1)
        if tail is not None:
            cut += [(start, start + tail), (start + tail, end)]
        else:
            cut.append((start, end))
    return cut


def _part_of(stretch: str, folded: str, in_list: bool) -> Part:
    if stretch.isupper() and not in_list and standard_post(stretch.lstrip(" -–•.~*")):
        return "authority"  # with a speck in front of it
    if _ITEM.match(stretch) or cues.RECIPIENTS.match(folded):
        return "recipient"
    if _without_junk(stretch) != stretch:
        return "name"
    if _SIGNING.match(stretch) and capitals(stretch) >= 0.6:
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
    recipients: list[Piece] = []
    authority: list[Piece] = []
    names: list[Piece] = []
    in_list = closed = False
    middle = _middle(text, tail)
    for row in tail:
        if row.text.strip(" .-").isdecimal() or max(map(len, re.findall(r"[^\W\d_]+", row.text)), default=0) < 2:
            continue  # a page number, or strokes of a signature
        if cues.is_stamp(row.text, row.folded) and not cues.RECIPIENTS.search(row.folded) and not _ITEM.match(row.text):
            continue
        for start, end in _pieces(text, row):
            stretch = row.text[start:end]
            left = len(stretch) - len(stretch.lstrip())
            stretch = stretch.strip()
            if not stretch:
                continue
            folded = skeleton(stretch)
            span = row.part(start + left, start + left + len(stretch))
            other_column = middle is not None and _across(text, span, *middle)
            part = _part_of(stretch, folded, in_list and not closed and not other_column)
            if other_column and part == "recipient" and not cues.RECIPIENTS.match(folded):
                continue  # strokes of the signature
            if part == "name":
                name = _without_junk(stretch)
                start_of_name = span.start + stretch.find(name)
                stretch, span = name, Span(start_of_name, start_of_name + len(name))
                folded = skeleton(stretch)
            piece = Piece(part, stretch, span, folded)
            if part == "recipient":
                if closed and not _ITEM.match(stretch):
                    continue
                recipients.append(piece)
                in_list = True
                closed = bool(re.match(r"^\W*luu\b", folded)) and stretch.endswith((".", "./."))
            elif part == "authority":
                if (
                    not names
                    or len(authority) < 1
                    or not recipients
                    or recipients[-1].span.start > names[-1].span.start
                ):
                    authority.append(piece)
            elif part == "name":
                names.append(piece)
    return Foot(tuple(recipients), tuple(authority), tuple(names), 0.9 if authority else 0.6)
