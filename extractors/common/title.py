"""Trích yếu (NĐ 30/2020 Annex I, elements 5a and 5b)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import cues
from extractors.common.issuer import body_name
from extractors.garbled_title import told_lines
from extractors.letterhead import begins_subject
from extractors.paper import Paper
from extractors.rows import Row, margins
from extractors.rule import Rule
from extractors.zones import Heading, Rows
from normalizers.text import capitals, has_letters_of_syllable
from normalizers.titles import join_title, subject_start
from schemas.found import Found
from schemas.text import Span


def _inside(paper: Paper, row: Row) -> Span:
    """The row without what stands left of the running text: a stamp in the margin."""
    edges = margins(paper.zones.rows, row.page) if row.box is not None else None
    if row.box is None or edges is None or row.box.x0 > edges[0] - 10:
        return row.span
    words = paper.text.words(row.span)
    boxes = [word.box for word in words]
    outside = 0
    for index, (one, after) in enumerate(zip(boxes, boxes[1:], strict=False)):
        if one is not None and after is not None and (after.x0 - one.x1 > 2.5 * row.box.height or one.x1 <= edges[0]):
            outside = index + 1
    start = row.span.start
    for word in words[:outside]:
        start = paper.text.text.index(word.text, start) + len(word.text)
    rest = paper.text.text[start : row.span.end]
    return Span(start + len(rest) - len(rest.lstrip()), row.span.end)


def _before_about(text: str) -> int:
    """How many signs of a stamp stand in the row before `Về việc`."""
    found = re.search(r"\s(?=Về việc\s)", text)
    if found is None or all(map(has_letters_of_syllable, re.findall(r"\w+", text[: found.start()]))):
        return 0
    return found.end()


def printed(paper: Paper, span: Span) -> str:
    """A stretch of a title; recognised words are compared with what the paper says elsewhere."""
    return paper.text[span] if paper.is_print(span) else paper.readings.mend(paper.text, span)[0]


def _lines(paper: Paper, spans: list[Span]) -> list[str]:
    """The lines of a title; none where a garbled one cannot be told."""
    if paper.is_garbled:
        bodies = paper.letterhead.bodies
        issuer = body_name(paper, bodies[-1]) if bodies else None
        return (told_lines(paper, spans, issuer) if spans else None) or []
    return [printed(paper, span) for span in spans]


def title_of(paper: Paper, heading: Heading | None, rows: Rows) -> tuple[str, Span] | None:
    """The title below (and partly on) a heading's row, joined over its lines."""
    spans: list[Span] = []
    if heading is not None:
        rest = heading.row.text[heading.rest :].strip(" .:-–")
        if sum(map(str.isalpha, rest)) > 3:
            spans.append(Span(heading.row.span.start + heading.rest, heading.row.span.end))
    for row in rows:
        if not cues.is_stamp(row.text, row.folded) and not cues.motto_spans(row.folded):
            span = _inside(paper, row)
            if not spans and (junk := _before_about(paper.text[span])):
                span = Span(span.start + junk, span.end)
            spans.append(span)
    title = join_title(_lines(paper, spans))
    return (title, Span(spans[0].start, spans[-1].end)) if title else None


def _titled(paper: Paper) -> Iterator[Found[str]]:
    zones = paper.zones
    found = title_of(paper, zones.heading, zones.title) if zones.heading is not None else None
    if found is not None:
        yield Found(*found, 0.9, "title.below_kind")


def _letter(paper: Paper) -> Iterator[Found[str]]:
    pieces = paper.letterhead.subject
    if not pieces:
        return
    spans = [piece.span for piece in pieces]
    about = subject_start(line := paper.text[spans[0]])
    if not about and paper.is_garbled and begins_subject(paper.text, spans[0]):
        about = len(line.split(maxsplit=1)[0])
    spans[0] = Span(spans[0].start + about, spans[0].end)
    title = join_title(_lines(paper, [span for span in spans if span.end > span.start]))
    if title and (paper.zones.heading is None or capitals(title) < 0.8):
        yield Found(title, Span(pieces[0].span.start, pieces[-1].span.end), 0.9, "title.about")


TITLED = Rule(
    "title.below_kind",
    "document.title",
    _titled,
    (
        (
            "XÃ AN\nSố: 1/KH-UBND\nKẾ HOẠCH\nTrồng cây xanh\nnăm 2026\nI. MỤC ĐÍCH\n1. Trồng cây.",
            ("Trồng cây xanh năm 2026",),
        ),
        ("XÃ AN\nSố: 1/BC-UBND\nBÁO CÁO KẾT QUẢ\nCông tác dân vận\nKính gửi: Huyện ủy.", ("KẾT QUẢ Công tác dân vận",)),
    ),
)
LETTER = Rule(
    "title.about",
    "document.title",
    _letter,
    (
        (
            "SỞ NỘI VỤ\nSố: 12/SNV-VP\nV/v mượn hội trường\nlàm nơi tập huấn\nAn Bình, ngày 02 tháng 3 năm 2026\nKính gửi: Sở Y tế.",
            ("mượn hội trường làm nơi tập huấn",),
        ),
    ),
    ("SỞ NỘI VỤ\nSố: 12/SNV-VP\nKính gửi: Sở Y tế.",),
)
RULES = (TITLED, LETTER)
