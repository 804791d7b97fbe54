"""Marks that signing software and registries print among the text: told apart from the print, kept whole."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizers.text import skeleton
from pipeline.layout.lines import Segment, boxed, of_words, rows, segment
from schemas.page import Annotation, AnnotationKind, Box, Word, around

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
_URGENCY = re.compile(r"^\W*(hoatoc|thuongkhan|khan|toimat|tuyetmat|mat)(\W*hengio)?\W*$")  # spaces left out
_DEN = re.compile(r"^\W*d[eé]n\W*$")
_STAMPED = re.compile(r"^\W*(s[o06]|ng\w{1,3}|ch\w{3,5}|gio)\b\W*[:.]?[\W\d]*$|^[\W\d]+$")

REACH = 1.6  # lines of one mark stand no further apart, in heights of a line
STAMP = 14.0  # width of a stamp of arrival, in heights of the word ĐẾN
MARGIN = 3.0  # points by which lines that begin at the margin differ
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
            box = of_words([word for one in group for word in one.words]).box
            if telling >= sort.least and 2 * telling >= len(group) and box.width <= WIDEST * max(width, 400.0):
                marks.append(Annotation(sort.kind, "\n".join(one.text for one in group), box))
                left = [one for one in left if one not in group]
    left, arrived = _arrivals(left)
    marks += arrived
    for one in list(left):
        if one.text == one.text.upper() and _URGENCY.match(skeleton(one.text).replace(" ", "")):
            left.remove(one)
            marks.append(Annotation("stamp", one.text, one.box))
    return left, marks


def _arrivals(segments: list[Segment]) -> tuple[list[Segment], list[Annotation]]:
    """(print, stamps): boxes of arrival in black that stand in the margin: ĐẾN at their left, number, day and office around.

    Their lines may be read together with the print beside them; what stands left of the print's margin is the stamp's.
    """
    margin = _margin(segments)
    if margin is None:
        return segments, []
    marks: list[Annotation] = []
    for start in [word for one in segments for word in one.words]:
        if start.box is None or start.box.x0 > margin or start.text != start.text.upper():
            continue
        if not _DEN.match(skeleton(start.text)):
            continue
        size = start.box.height
        area = Box(
            start.box.x0 - size, start.box.top - 3.5 * size, start.box.x0 + STAMP * size, start.box.bottom + 2.5 * size
        )
        stamped = [word for one in segments for word in _inside(one, area, margin)]
        if not any(_STAMPED.match(skeleton(word.text)) for word in stamped if word is not start):
            continue
        box = around([box for _, box in boxed(stamped)])
        lines = [line.text for line in rows(segment(stamped))]
        marks.append(Annotation("stamp", "\n".join(lines), box))
        gone = {id(word) for word in stamped}
        rest = [[word for word in one.words if id(word) not in gone] for one in segments]
        segments = [of_words(words) for words in rest if words]
    return segments, marks


def _margin(segments: list[Segment]) -> float | None:
    """Where most long lines of the page begin, the leftmost such place; None for a page without running text."""
    begins = [one.box.x0 for one in segments if one.box.width > WIDEST * 400.0]
    alike = [[other for other in begins if abs(other - one) < MARGIN] for one in begins]
    common = [min(near) for near in alike if len(near) >= max(3, 0.2 * len(begins))]
    return min(common, default=None)


def _inside(one: Segment, area: Box, margin: float) -> list[Word]:
    """The words of a stretch that belong to the stamp in that area."""
    if not area.top < one.middle < area.bottom or one.box.x0 > area.x1:
        return []
    if one.box.x1 <= area.x1:
        stamps = (
            one.text == one.text.upper()
            or _STAMPED.match(skeleton(one.text))
            or _DEN.match(skeleton(one.words[0].text))
        )
        return list(one.words) if stamps else []
    return [word for word, box in boxed(one.words) if box.x1 < margin]


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
