"""Figures of reports in garbled dumps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.garbled_figures import Figures, mend_figures
from extractors.report.results import read_results
from schemas.page import Word


def results(text: str, paper: str = "") -> list[tuple[float | None, float | None, float | None, str | None]]:
    found = read_results(text, Figures(paper))
    return [(one.numerator, one.denominator, one.value, one.unit) for one, _, _ in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Ký được 1. 204/1:250 văn bản; đạt. 96, 3%", [(1204, 1250, 96.3, "%")]),
        ("Tổng kinh phí 1 080 triệu đồng", [(None, None, 1080, "triệu đồng")]),
        ("Chỉ số được 82, 6/ 100 điểm", [(82.6, 100, 82.6, "điểm")]),
        ("Giảm còn.1,85%; mở 05: lớp tập huấn", [(None, None, 1.85, "%"), (None, None, 5, "lớp tập huấn")]),
        ("có 1.020/1.164 hộ kê khai. điện tử, đạt từ 16 87,6%", [(1020, 1164, 87.6, "%")]),
        ("Đã giải quyết 118/120 hồ 50, đạt -98,3%", [(118, 120, 98.3, "%")]),
    ],
)
def test_torn_figures_are_put_together(
    text: str, wanted: list[tuple[float | None, float | None, float | None, str | None]]
) -> None:
    assert results(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "tiếp nhận 4, 316 hồ sơ",  # 4.316, or two figures
        "đạt 97 13%",
        "nộp il, 178 hồ sơ",
        "thu 080 triệu đồng",
        "đường truyền chưa 6 ổn định",
        "đã xử lý 2.768/2. eal) hồ sơ",
    ],
)
def test_no_value_is_better_than_a_wrong_one(text: str) -> None:
    assert results(text) == []


def test_the_same_number_elsewhere_in_the_paper_decides() -> None:
    assert results("tiếp nhận 4, 316 hồ sơ", "đã giải quyết 4.198/4.316 hồ sơ") == [(None, None, 4316, "hồ sơ")]


@given(st.text(alphabet="0123456789.,:;/% -đạtồhsơ", max_size=40))
def test_mending_keeps_the_length_and_invents_no_digit(text: str) -> None:
    mended = mend_figures(text)
    assert len(mended) == len(text)
    digits = [char for char in mended if char.isdigit()]
    left = iter(char for char in text if char.isdigit())
    assert all(digit in left for digit in digits)  # in the same order


def test_billions_are_seen_in_what_was_read() -> None:
    words = [Word("chi", "chi"), Word("từ", "2ty"), Word("460", "460"), Word("triệu", "triéu"), Word("đồng", "dong")]
    text = " ".join(word.text for word in words)
    assert [one.value for one, _, _ in read_results(text, Figures(""), words)] == [2460]
    words[1] = Word("từ", "Zty")
    assert [one.value for one, _, _ in read_results(text, Figures(""), words)] == []
