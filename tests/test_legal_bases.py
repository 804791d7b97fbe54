"""Legal bases in the opening of a paper, and the dates of the laws that they name."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.common.legal_bases import LEGAL_BASES
from extractors.common.mentions import dated_codes
from extractors.paper import Paper


def test_bases_that_go_on_behind_a_semicolon_without_a_cue() -> None:
    text = (
        "SỞ Y TẾ\nSố: 12/KH-SYT\nAn Bình, ngày 01 tháng 7 năm 2025\nKẾ HOẠCH\nTiêm chủng\n"
        "Thực hiện Kế hoạch số 7/KH-UBND ngày 02/01/2025 của Ủy ban nhân dân tỉnh về tiêm chủng năm 2025;\n"
        "Công văn số 33/BYT-DP ngày 05/02/2025 của Bộ Y tế, Sở Y tế xây dựng kế hoạch như sau:"
    )
    assert [found.value.code for found in LEGAL_BASES.find(Paper.of(text))] == ["7/KH-UBND", "33/BYT-DP"]


@pytest.mark.parametrize(
    ("clause", "date"),
    [
        ("Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 41/2023/QH15 ngày 19/6/2023;", dt.date(2023, 6, 19)),
        ("Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 41/2019/QH14 ngày 19/6/2023;", None),
    ],
)
def test_the_year_tells_whose_date_stands_behind_an_amended_law(clause: str, date: dt.date | None) -> None:
    assert [entry.date for entry in dated_codes(f"Căn cứ {clause}")] == [date]


def test_of_several_amended_laws_none_has_the_date_of_the_amending_one() -> None:
    clause = "Luật sửa đổi, bổ sung một số điều của Luật A số 7/2024/QH15, Luật B số 8/2024/QH15 ngày 29/6/2024;"
    assert [entry.date for entry in dated_codes(f"Căn cứ {clause}")] == [None, None]
