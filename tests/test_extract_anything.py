"""Whatever lines come in whatever order, with boxes or without: a record comes out, and its proof holds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract
from schemas.page import Annotation, Box, Line, Page, PageSource, Word
from schemas.text import DocumentText

LINES = (
    "ỦY BAN NHÂN DÂN",
    "XÃ AN BÌNH",
    "UBND TỈNH X CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Số: 05/QĐ-UBND",
    "Số:     /KH-UBND",
    "Số 7-NQ/TU",
    "An Bình, ngày 05 tháng 8 năm 2025",
    "An Bình, ngày    tháng",
    "QUYẾT ĐỊNH",
    "QUYẾT ĐỊNH:",
    "KẾ HOẠCH Trồng cây",
    "V/v họp",
    "Về việc họp",
    "Kính gửi:",
    "- Sở Y tế;",
    "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN BÌNH",
    "Căn cứ Luật Đất đai ngày 18/01/2024;",
    "Căn cứ Quyết định số 1/QĐ-TTg, 2/QĐ-TTg ngày 31/02/2025 của",
    "Theo đề nghị của",
    "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch",
    "(Kèm theo Quyết định số 05/QĐ-UBND",
    "PHỤ LỤC I",
    "I. MỤC TIÊU",
    "- Đạt 95% trở lên./.",
    "Nơi nhận: KT. CHỦ TỊCH",
    "- Lưu: VT. Trần Văn Bình",
    "TM.",
    "PHÓ CHỦ TỊCH",
    "Trần Văn Bình",
    "2025-08-01T16:46:46+0700",
    "A <a@b.vn> đã ký lên văn bản này!",
    "12",
    ")",
    "",
    "*** ---",
)
SOURCES: tuple[PageSource, ...] = ("ocr", "text_layer", "repaired")


@st.composite
def documents(draw: st.DrawFn) -> DocumentText:
    pages = []
    boxed = draw(st.booleans())
    for number in range(1, draw(st.integers(1, 3)) + 1):
        lines = []
        for row, text in enumerate(draw(st.lists(st.sampled_from(LINES), max_size=25))):
            left = draw(st.sampled_from((40.0, 300.0)))
            words = [
                Word(
                    token,
                    draw(st.sampled_from((token, token.lower()))),
                    Box(left + 30 * i, 20.0 * row, left + 30 * i + 25, 20.0 * row + 12) if boxed else None,
                    0.9,
                )
                for i, token in enumerate(text.split())
            ]
            lines.append(Line(tuple(words)))
        stamps = (
            (Annotation("stamp", "Ký bởi: Sở Y tế\nThời gian ký: 05/8/2025 09:10:11", None),)
            if draw(st.booleans())
            else ()
        )
        pages.append(
            Page(number, 595, 842, draw(st.sampled_from(SOURCES)), 1.0, 0.9, "", tuple(lines), annotations=stamps)
        )
    return DocumentText(tuple(pages))


@settings(max_examples=150, deadline=None)
@given(documents())
def test_a_record_and_its_proof_come_out(text: DocumentText) -> None:
    record = extract(text)
    paths = {entry.path for entry in record.evidence}
    for name, value in record.document:
        assert (value is None) == (f"document.{name}" not in paths)
    for name in ("attachments", "legal_bases", "citations", "recipients", "addressees", "digital_signatures"):
        assert all(
            any(path.startswith(f"{name}[{index}]") for path in paths) for index in range(len(getattr(record, name)))
        )
    assert all(1 <= entry.page <= len(text.pages) for entry in record.evidence)
    assert extract(text) == record
