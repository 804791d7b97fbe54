"""Place and date of issue (NĐ 30/2020 Annex I, element 4). Never a signing time, never the date of a cited document."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from extractors.common.code import recognised
from extractors.common.issuer import body_name
from extractors.date_line import DateLine
from extractors.paper import Paper
from extractors.place_name import told_place
from extractors.rule import Rule
from normalizers.dates import find_dates
from normalizers.places import restore
from normalizers.text import skeleton
from schemas.found import Found
from schemas.text import Span

_HEAD = "UBND XÃ AN BÌNH\nSố: 3/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{}\nKẾ HOẠCH\nHọp mặt ngày 20/11/2025"


def _lone_day(paper: Paper, line: DateLine) -> bool:
    """Whether the day on a scan is one figure without its zero: the rest of a day written by hand."""
    if not recognised(paper, line.day_span):
        return False
    return re.match(r"ngay\W*\d(?!\d)\W*thang", skeleton(paper.text[line.day_span])) is not None


def _dates(paper: Paper) -> Iterator[Found[dt.date]]:
    for line in paper.letterhead.dates:
        if line.date is not None and not _lone_day(paper, line):
            yield Found(line.date, line.day_span, 0.95 if line.place else 0.85, "issued_on.letterhead")
    if paper.zones.attached_only:
        return
    for attached in paper.zones.attachments:
        if attached.caption:
            start = attached.caption[0].span.start
            for found in find_dates(paper.text[Span(start, attached.caption[-1].span.end)]):
                if found.date is not None:
                    yield Found(found.date, Span(start + found.start, start + found.end), 0.6, "issued_on.caption")


def _places(paper: Paper) -> Iterator[Found[str]]:
    for line in paper.letterhead.dates:
        if line.place and line.place_span is not None and paper.is_garbled:
            bodies = [body_name(paper, body) for body in paper.letterhead.bodies]
            if (place := told_place(line.place.split(), bodies)) is not None:
                yield Found(place, line.place_span, 0.85, "place.letterhead")
        elif line.place and line.place_span is not None:
            yield Found(restore(line.place), line.place_span, 0.95, "place.letterhead")


ISSUED_ON = Rule(
    "issued_on.letterhead",
    "document.issued_on",
    _dates,
    ((_HEAD.format("An Bình, ngày 05 tháng 8 năm 2025"), (dt.date(2025, 8, 5),)),),
    (_HEAD.format("An Bình, ngày      tháng 9 năm 2025"),),
)
PLACE = Rule(
    "place.letterhead",
    "document.place",
    _places,
    (
        (_HEAD.format("Phường An Bình, ngày      tháng 9 năm 2025"), ("Phường An Bình",)),
        (_HEAD.format("Độc lập - Tự do - Hạnh phúc TP. Hồ Chí Minh, ngày 5 tháng 9 năm 2025"), ("TP. Hồ Chí Minh",)),
    ),
    (_HEAD.format("ngày 05 tháng 9 năm 2025"),),
)
RULES = (ISSUED_ON, PLACE)
