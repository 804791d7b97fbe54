"""Rows of the foot in which the recipients at left and the signature at right were woven into one line.

With boxes a wide gap parts them. Without, words in capitals that name a post or a body that signs belong to the right
column, and so does a person's name behind the end mark of a list item; slips of recognition are forgiven.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors import cues
from extractors.rows import Row
from normalizers.agencies import near_authority
from normalizers.people import name_score
from normalizers.text import capitals, skeleton
from schemas.text import DocumentText

ITEM = re.compile(r"^\s*[-•+–*~·—=]\s*\S")
MARK = re.compile(r"(?:TM|KT|TL|TUQ|Q)\s*[.,:\-]|[TK]/[TML]\b[.,]?")
"""What stands in front of a post or body that is signed for (NĐ 30/2020 Điều 13)."""
SIGNING = re.compile(r"(?:^|(?<=\s))(?:(?:TM|KT|TL|TUQ|Q)\s*[.,:\-]|T/M\b|K/T\b|T/L\b)[.,]?\s*[A-ZĐÀ-Ỹ]")
# What follows TM., KT. …: a post or a body. `KT-NS` in a list of recipients is neither.
_AUTHORITY_WORD = re.compile(
    r"(?:pho\b|chu\b|giam|bo\b|thu\b|chanh|truong|hieu|cuc\b|chi cuc|vien|tong|bi thu|uy ban|ubnd|hoi dong|hdnd|ban\b|chinh phu|quoc hoi|dang uy|tinh uy|thanh uy|thuong truc|doan\b|vu\b|tap the|to\b|nguoi)"
)
_BODY = re.compile(r"(?:uy ban|hoi dong|ban)\s")
_BROKEN_MARK = re.compile(r"[^\w\s]{0,2}[^\W_]{1,3}[.,:]?|\)\.")
_NAME_TAIL = re.compile(
    r"(?:[;.:,)\]]|\d)\s+(?:(?:[^\w\s]+|[^\W\d_]{1,2})\s+)*?[\"'“”‘’*~\-.]*"
    r"(?P<name>(?:[A-ZĐÀ-Ỹ][^\W\d_]*\s+){1,5}[A-ZĐÀ-Ỹ][^\W\d_]*)[\s.\-~:]*$"
)
_GAP = 2.2  # heights of the row
_SURE_NAME = 0.8
_LONG = 70  # characters: a list item is shorter
_FEW = 2
_LONG_CAPITALS = 8
_NAMED = 84.0


class Stretch(NamedTuple):
    """A stretch of a row that belongs to one column, [start, end) in the row; `names`: the right one, naming who signs."""

    start: int
    end: int
    names: bool


def cut(text: DocumentText, row: Row, goes_on: bool = False) -> list[Stretch]:
    """The stretches of a row that belong to one column each. goes_on: a post began above and its rest must stand here.

    >>> from extractors.paper import Paper
    >>> paper = Paper.of("- Sở Tư pháp; : - KT. GIÁM ĐÓC |")
    >>> row = paper.zones.rows[0]
    >>> [row.text[start:end] for start, end, _ in cut(paper.text, row)]
    ['- Sở Tư pháp; : - ', 'KT. GIÁM ĐÓC']
    """
    found: list[Stretch] = []
    for start, end in _gaps(text, row):
        stretch = row.text[start:end]
        if not _two_columns(stretch):
            found.append(Stretch(start, end, goes_on and _long_capitals(stretch)))
            continue
        authority = _authority(stretch, goes_on)
        tail = authority if authority is not None else _name(stretch)
        if tail is None:
            found.append(Stretch(start, end, False))
        else:
            found += [Stretch(start, start + tail, False), Stretch(start + tail, end, authority is not None)]
    return found


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
        if before.box is not None and word.box is not None and word.box.x0 - before.box.x1 > _GAP * height:
            cuts.append(at)
    bounds = [*cuts, len(row.text)]
    return list(zip(bounds, bounds[1:], strict=False))


def _two_columns(stretch: str) -> bool:
    """Whether a stretch may hold both: a list item, the label of the list, or more than words in capitals."""
    return bool(ITEM.match(stretch) or cues.RECIPIENTS.search(skeleton(stretch)) or capitals(stretch) < 0.95)


def _name(stretch: str) -> int | None:
    """Where a person's name begins behind the end mark of a list item."""
    name = _NAME_TAIL.search(stretch)
    if name is None or name_score(name["name"]) < _SURE_NAME or not (ITEM.match(stretch) or len(stretch) < _LONG):
        return None
    return name.start("name")


def _authority(text: str, goes_on: bool) -> int | None:
    """Where words in capitals that name an authority or post begin, behind a list item."""
    if text.rstrip().endswith(";"):
        return None  # an item in capitals
    signing = SIGNING.search(text)
    if signing is not None and signing.start() and _AUTHORITY_WORD.match(skeleton(text[signing.end() - 1 :])):
        return signing.start()
    words = list(re.finditer(r"\S+", text))
    end = len(words)
    while end and end > len(words) - _FEW and not _in_capitals(words[end - 1].group()):
        end -= 1
    first = end
    while (
        first
        and not words[first - 1].group().endswith(";")
        and (_in_capitals(words[first - 1].group()) or _speck(words[first - 1].group()))
    ):
        first -= 1
    likeness, index = max(
        ((_likeness(text[words[index].start() : words[end - 1].end()]), -index) for index in range(first, end)),
        default=(0.0, 0),
    )
    if not likeness and not (goes_on and first < end and _long_capitals(text[words[first].start() :])):
        return None
    index = -index if likeness else first
    if index > first and _BROKEN_MARK.fullmatch(words[index - 1].group()):
        index -= 1
    start = words[index].start()
    before = text[:start].rstrip()
    return start if start and (before.endswith((";", ".", ":", ",")) or not before.isupper()) else None


def _likeness(said: str) -> float:
    """How surely words name an authority or post, 0 to 100; without the mark in front of it."""
    if not _in_capitals(said.split(maxsplit=1)[0]):
        return 0.0
    mark = MARK.match(said)
    bare = said[mark.end() :].lstrip() if mark else said
    folded = skeleton(bare)
    return near_authority(bare) or (_NAMED if cues.POST.match(folded) or _BODY.match(folded) else 0.0)


def _long_capitals(said: str) -> bool:
    """Whether words in capitals are too long for abbreviations of an item."""
    return sum(map(str.isupper, said)) >= _LONG_CAPITALS and not skeleton(said).startswith("luu")


def _in_capitals(word: str) -> bool:
    return capitals(word) == 1.0


def _speck(word: str) -> bool:
    """Whether a word between capitals may be one of them misread (`ỦY` as `ủy`), or no word at all."""
    return sum(map(str.isalpha, word)) <= _FEW
