"""Codes of other documents that the paper cites, once for each (code, date)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from extractors.common.code import number_lines
from extractors.common.mentions import dated_codes
from extractors.paper import Paper
from extractors.rule import Rule
from normalizers.text import squeeze
from schemas.found import Found
from schemas.record import Citation
from schemas.text import Span


def own_codes(paper: Paper) -> tuple[set[str], set[dt.date]]:
    """The paper's own code, and its date of issue as the letterhead tells them."""
    codes = {line.code.text for line in number_lines(paper) if line.code}
    dates = {line.date for line in paper.letterhead.dates if line.date is not None}
    return codes, dates


def _own_spans(paper: Paper) -> list[Span]:
    """Where the paper speaks of its own number: letterheads and the captions of attachments."""
    heads = [paper.zones.head, *(attached.head for attached in paper.zones.attachments)]
    spans = [row.span for head in heads for row in head]
    rows = [paper.zones.caption, *(attached.caption for attached in paper.zones.attachments)]
    spans += [Span(caption[0].span.start, caption[-1].span.end) for caption in rows if caption]
    return spans


def _citations(paper: Paper) -> Iterator[Found[Citation]]:
    codes, dates = own_codes(paper)
    own = _own_spans(paper)
    parents = {
        entry.found.code.text for span in own for entry in dated_codes(paper.text[span], garbled=paper.is_garbled)
    }
    entries = []
    for entry in dated_codes(paper.text.text, garbled=paper.is_garbled):
        start = entry.found.start
        if any(span.start <= start < span.end for span in own):
            continue
        if entry.found.code.text in codes | parents and (entry.date is None or not dates or entry.date in dates):
            continue
        entries.append(entry)
    dated = {entry.found.code.text for entry in entries if entry.date is not None}
    seen: set[tuple[str, dt.date | None]] = set()
    for entry in entries:
        code = entry.found.code
        if (code.text, entry.date) in seen or (entry.date is None and code.text in dated):
            continue
        seen.add((code.text, entry.date))
        span = Span(entry.found.start, max(entry.found.end, entry.end))
        printed = squeeze(paper.text.text[entry.found.start : entry.found.end])
        plainly = re.sub(r"(?<=[/-]) ", "", printed)
        yield Found(
            Citation(code=code.text, date=entry.date, as_printed=printed if plainly != code.text else None),
            span,
            0.8 if code.slash_missing or (paper.is_garbled and plainly != code.text) else 0.95,
            "citations.codes",
        )


_PAPER = "XÃ AN\nSố: 5/KH-UBND\nAn Bình, ngày 01 tháng 7 năm 2025\nKẾ HOẠCH\nHọp\nI. MỤC ĐÍCH\n{}"
CITATIONS = Rule(
    "citations.codes",
    "citations",
    _citations,
    (
        (
            _PAPER.format("Theo Nghị quyết số 57-\nNQ/TW ngày 22/12/2024 và Kế hoạch số 5/KH-UBND."),
            (Citation(code="57-NQ/TW", date=dt.date(2024, 12, 22)),),
        ),
        (
            _PAPER.format("Nghị định số 60/2021/NĐ-CP\n\n12\n\nngày 21/6/2021; Nghị định số 60/2021/NĐCP nêu trên."),
            (Citation(code="60/2021/NĐ-CP", date=dt.date(2021, 6, 21)),),
        ),
    ),
    (_PAPER.format("Đạt 118/120 hồ sơ (98,3%), theo TCVN ISO 9001:2015 và Đề án 06/CP ngày 30/6/2025."),),
)
RULES = (CITATIONS,)
