"""Marks that signing software and registries print among the text: told apart from the print, kept whole."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizers.text import skeleton
from pipeline.layout.lines import Segment
from schemas.page import Annotation, AnnotationKind, Box

# Patterns meet text in lower case without diacritics.
_TIME = r"\d{1,2}:\d\d:\d\d"
_SIGNED = re.compile(
    rf"^\W*(ky boi|nguoi ky|thoi gian ky|ngay ky|ky ngay|signed by|digitally signed)\s*[:;]|da ky len van ban nay|{_TIME}"
)
_SIGNED_MORE = re.compile(
    r"^\W*(ky boi|nguoi ky|thoi gian ky|ngay ky|ky ngay|co quan|chuc vu|e-?mail|don vi|ly do|noi ky|dia diem|date|reason|location)"
    rf"\s*[:;]|@[\w-]+\.\w|{_TIME}|[+-]0?7[:'.]?00"
)
_ARRIVAL = re.compile(r"^\W*(cong van|c\.?\s?v\.?|van ban|so van ban)\s*den\W*$|^\W*den\W*$")
_ARRIVAL_MORE = re.compile(r"^\W*(so|ngay|gio|chuyen|luu ho so|den)\b\W*[:.]?[\W\d]*$")
_URGENCY = re.compile(r"^\W*(hoa toc|thuong khan|khan|toi mat|tuyet mat|mat)(\W*hen gio)?\W*$")

REACH = 1.6  # lines of one mark stand no further apart, in heights of a line
WIDEST = 0.55  # of the print's width: marks are small


class _Sort(NamedTuple):
    """A sort of mark: a line that begins it, lines that speak for it, and how many of them it takes."""

    kind: AnnotationKind
    core: re.Pattern[str]
    more: re.Pattern[str]
    least: int


_SORTS = (_Sort("signing_mark", _SIGNED, _SIGNED_MORE, 2), _Sort("stamp", _ARRIVAL, _ARRIVAL_MORE, 2))


def split_marks(segments: list[Segment]) -> tuple[list[Segment], list[Annotation]]:
    """(print, marks): what of the segments is print, and the signing marks, stamps of arrival and of urgency among them."""
    if not segments:
        return [], []
    width = max(one.box.x1 for one in segments) - min(one.box.x0 for one in segments)
    left, marks = list(segments), []
    for sort in _SORTS:
        for start in [one for one in left if sort.core.search(skeleton(one.text))]:
            if start not in left:
                continue  # already part of a mark
            group = _around(start, left)
            telling = sum(1 for one in group if _speaks(sort, one))
            box = _around_all(group)
            if telling >= sort.least and 2 * telling >= len(group) and box.width <= WIDEST * max(width, 400.0):
                marks.append(Annotation(sort.kind, "\n".join(one.text for one in group), box))
                left = [one for one in left if one not in group]
    for one in list(left):
        if one.text == one.text.upper() and _URGENCY.match(skeleton(one.text)):
            left.remove(one)
            marks.append(Annotation("stamp", one.text, one.box))
    return left, marks


def _speaks(sort: _Sort, one: Segment) -> bool:
    text = skeleton(one.text)
    return bool(sort.core.search(text) or sort.more.search(text))


def _around(start: Segment, others: list[Segment]) -> list[Segment]:
    """The lines close above and below each other, of about the same size, that hang together with the first one."""
    size = start.box.height
    group = [start]
    grown = True
    while grown:
        grown = False
        for one in others:
            if one in group or not 0.6 * size <= one.box.height <= 1.5 * size:
                continue
            if any(_close(one.box, member.box, size) for member in group):
                group.append(one)
                grown = True
    return sorted(group, key=lambda one: (round(one.middle / max(1.0, size / 2)), one.box.x0))


def _close(a: Box, b: Box, size: float) -> bool:
    beside = min(a.x1, b.x1) - max(a.x0, b.x0)
    apart = max(a.top, b.top) - min(a.bottom, b.bottom)
    return beside > -0.5 * size and apart < (REACH - 1) * size


def _around_all(group: list[Segment]) -> Box:
    box = group[0].box
    for one in group[1:]:
        box = box.union(one.box)
    return box
