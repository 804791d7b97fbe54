"""Footnotes: the mark in the body tied to the note at the foot of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.footnote_lines import find_footnotes
from extractors.paper import Paper
from extractors.paragraphs import clean
from extractors.rule import Rule
from schemas.found import Found
from schemas.record import Footnote
from schemas.text import Span


def find_notes(paper: Paper) -> Iterator[Found[Footnote]]:
    """Every footnote whose mark stands in the text before it, or that stands below the line above notes."""
    text = paper.text
    for note in find_footnotes(text):
        span = Span(text.lines[note.first].start, text.lines[note.last - 1].end)
        printed = clean(text[span])
        words = re.sub(r"^(?:\[\d+\]|\(\d+\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\d{1,2})\s*", "", printed)
        if words:
            told = (0.9, "footnotes.mark") if note.body else (0.75, "footnotes.line")
            yield Found(Footnote(mark=note.mark, text=words), span, *told)


FOOTNOTES = Rule(
    name="footnotes.mark",
    field="footnotes",
    find=find_notes,
    examples=(
        (
            "Trong kỳ đã cấp 20 giấy phép1 cho tổ chức.\n1 Không tính giấy phép cấp lại.\n",
            (Footnote(mark="1", text="Không tính giấy phép cấp lại."),),
        ),
    ),
    rejects=("1 Mở đầu\nĐã cấp 20 giấy phép cho tổ chức.",),
)
