"""Codes and dates of documents that a garbled dump cites."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.common.basis import read_basis
from extractors.common.citations import CITATIONS
from extractors.common.garbled_mentions import find_garbled
from extractors.common.legal_bases import LEGAL_BASES
from extractors.common.mentions import dated_codes
from extractors.paper import Paper
from schemas.page import Line, Page, Word
from schemas.text import DocumentText


def garbled(text: str) -> Paper:
    """A paper from a dump that an English recogniser made; each word stands as repair left it."""
    lines = tuple(Line(tuple(Word(token, token) for token in line.split())) for line in text.split("\n"))
    return Paper(DocumentText((Page(1, 0, 0, "repaired", 0.2, 1.0, text, lines),)))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Chỉ thị số 27/CT- -TTg ngày 04/8/2025 của Thủ tướng Chính phủ", ["27/CT-TTg"]),
        ("Chỉ thị số 27/CT-T ngày 04/8/2025 của Thủ tướng Chính\nphủ", ["27/CT-TTg"]),
        ("Nghị định số 33/2024/NĐ-\n(có ngày 15/11/2024", ["33/2024/NĐ-CP"]),
        ("Thông tư số 61/2023/TT- ee ngày 30/6/2023 của Bộ Tài chính", ["61/2023/TT-BTC"]),
        ("Kế hoạch số 140/KH- cơ ngày 01/8/2025 của Ủy ban nhân dân tỉnh", ["140/KH-UBND"]),
        ("Quyết định số 31- Qp/từ ngày 01/7/2025 của Bộ Chính trị", ["31-QĐ/TW"]),
        ("Kế hoạch số 55/KH-DHVT ngày 14/7/2025 của Hiệu trưởng Trường Đại học Việt Trì", ["55/KH-ĐHVT"]),
        ("của Trưởng phòng Quản lý đô thị tại Tờ trình số 8/TTr-QLDT ngày", ["8/TTr-QLĐT"]),
        ("Luật số 5 82/2025/QH15; Luật số 61/2024/QHI15", ["82/2025/QH15", "61/2024/QH15"]),
        ("Quyết định số 19/QĐ-UBND và Công văn số 7/SKHCN-CNTT", ["19/QĐ-UBND", "7/SKHCN-CNTT"]),
    ],
)
def test_the_words_around_a_code_tell_its_letters(text: str, codes: list[str]) -> None:
    assert [found.code.text for found in find_garbled(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "Thông tư số 61/2023/TT- ee ngày 30/6/2023 về định mức",  # nobody says whose
        "Quyết định số 412/QĐ- xx ngày 30/6/2023 của Tổ thẩm định",
        "đạt 118/120 hồ sơ, trong 3 - 4 tuổi của Tỉnh ủy",
    ],
)
def test_a_code_whose_letters_nothing_tells_is_none(text: str) -> None:
    assert find_garbled(text) == []


@pytest.mark.parametrize(
    ("behind", "date"),
    [
        (" ngày\n~. 10/12/2024 của", dt.date(2024, 12, 10)),
        (' ngày "26/9/2025 của', dt.date(2025, 9, 26)),
        (" ngày 26/1 1/2024;", dt.date(2024, 11, 26)),
        (" ngày 21 tháng 12 naém.2016 của", dt.date(2016, 12, 21)),
        (" ee) 01/8/2025 của", dt.date(2025, 8, 1)),
        (" ngày 45/12/2025 của", None),
        (" ngày 3045/2025; hạn nộp 30/9/2025", None),
    ],
)
def test_dates_behind_a_code(behind: str, date: dt.date | None) -> None:
    (found,) = dated_codes(f"Quyết định số 12/QĐ-UBND{behind}", garbled=True)
    assert found.date == date


_HEAD = "XÃ AN\nSố: 5/KH-UBND\nAn Bình, ngày 01 tháng 7 năm 2025\nKẾ HOẠCH\nHọp dân\n"


def test_a_spoiled_cue_begins_a_basis_where_a_document_follows() -> None:
    paper = garbled(
        _HEAD + "Thue Sự Quyết định số 9/QĐ- -UBND ngày 02/01/2025 của UBND\ntỉnh, Ủy ban nhân dân xã báo cáo."
    )
    (basis,) = [found.value for found in LEGAL_BASES.find(paper)]
    assert (basis.code, basis.date, basis.issuer) == ("9/QĐ-UBND", dt.date(2025, 1, 2), "UBND tỉnh")
    assert [found.value.code for found in CITATIONS.find(paper)] == ["9/QĐ-UBND"]


def test_print_is_never_mended() -> None:
    clause = "Căn cứ Chỉ thị số 27/CT-T ngày 04/8/2025 của Thủ tướng Chính phủ;"
    assert read_basis(clause).code == "27/CT-T"
    assert read_basis(clause, garbled=True).code == "27/CT-TTg"


def test_a_stray_full_stop_ends_no_basis() -> None:
    paper = garbled(
        _HEAD
        + "Thực hiện Quy chế tuyển sinh ban hành kèm theo. Thông tư số 9/2024/TT- BGDDT ngày 02/01/2025 của. Bộ Giáo dục và Đào\n"
        "tạo, Ủy ban nhân dân xã xây dựng kế hoạch như sau:"
    )
    (basis,) = [found.value for found in LEGAL_BASES.find(paper)]
    assert (basis.code, basis.date) == ("9/2024/TT-BGDĐT", dt.date(2025, 1, 2))


def test_a_code_broken_at_its_hyphen_goes_on() -> None:
    paper = garbled(
        _HEAD
        + "Căn cứ Nghị định của Chính phủ: số 33/2024/NĐ-.\nCP ngày 15/11/2024 về quản lý, Ủy ban nhân dân xã báo cáo:"
    )
    (basis,) = [found.value for found in LEGAL_BASES.find(paper)]
    assert (basis.code, basis.date) == ("33/2024/NĐ-CP", dt.date(2024, 11, 15))
