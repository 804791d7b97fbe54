"""Titles of recognised pages: words that stand alone against the rest of the paper, stamps beside the print."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.agreement import Readings
from schemas.page import Box, Line, Page, PageSource, Word
from schemas.text import DocumentText, Span

TITLE = "Về việc mở cửa hàng xăng dâu Bến Đá"
BODY = "1. Cửa hàng xăng dầu Bến Đá mở cửa từ tháng này; cửa hàng xăng dầu không bán đêm."


def paper(title: str, body: str, source: PageSource) -> DocumentText:
    rows = ["XÃ AN", "Số: 15/TB-UBND", "THÔNG BÁO", title, body]
    lines = tuple(Line(tuple(Word(token, token, None, 0.9) for token in row.split())) for row in rows)
    return DocumentText((Page(1, 595, 842, source, 1.0, 0.9, "", lines),))


@pytest.mark.parametrize(("source", "want"), [("ocr", "Về việc mở cửa hàng xăng dầu Bến Đá"), ("text_layer", TITLE)])
def test_recognised_titles_follow_the_body(source: PageSource, want: str) -> None:
    assert extract(paper(TITLE, BODY, source)).document.title == want


def test_words_read_so_elsewhere_stay() -> None:
    text = paper("Về việc công bố danh mục", "1. Đã công bổ danh mục; ai công bố thì được công bố.", "ocr")
    assert extract(text).document.title == "Về việc công bố danh mục"


def test_nothing_to_compare_with() -> None:
    text = paper(TITLE, "1. Không có gì.", "ocr")
    span = Span(text.text.index("Về"), text.text.index("\n1."))
    assert Readings(text).mend(text, span) == (TITLE, 0)


def test_a_stamp_in_the_margin_is_no_part_of_the_title() -> None:
    def line(top: float, *words: tuple[str, float]) -> Line:
        return Line(tuple(Word(text, text, Box(x, top, x + 6 * len(text), top + 12), 0.9) for text, x in words))

    body = " ".join(["vận hành trạm bơm theo quy trình"] * 3)
    rows = [line(300 + 20 * i, *((word, 90.0 + 40 * j) for j, word in enumerate(body.split()[:11]))) for i in range(6)]
    page = Page(
        1,
        595,
        842,
        "ocr",
        1.0,
        0.9,
        "",
        (
            line(50, ("XÃ", 120), ("AN", 140)),
            line(80, ("Số:", 110), ("15/TB-UBND", 140)),
            line(130, ("THÔNG", 260), ("BÁO", 310)),
            line(150, ("07S0:", 12), ("Về", 200), ("việc", 220), ("mở", 250), ("trạm", 270), ("bơm", 300)),
            *rows,
        ),
    )
    assert extract(DocumentText((page,))).document.title == "Về việc mở trạm bơm"
