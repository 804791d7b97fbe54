"""Vietnamese numbers and measured quantities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.numbers import Fraction, Quantity, format_number, parse_number, read_quantities


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_a_printed_number_is_read_as_it_was_meant(whole: int, hundredths: int) -> None:
    value = whole + hundredths / 100
    assert parse_number(format_number(value)) == pytest.approx(value)


@given(st.text(alphabet="0123456789.,/% abcđ", max_size=30))
def test_quantities_stand_in_order_inside_the_text(text: str) -> None:
    found = list(read_quantities(text))
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tiếp nhận 2.415 hồ sơ", [(2415.0, "hồ sơ")]),
        ("thu 7 tỷ 80 triệu đồng", [(7080.0, "triệu đồng")]),
        ("chi 3,25 tỷ đồng", [(3.25, "tỷ đồng")]),
        ("có 09 đơn vị, 03 đơn", [(9.0, "đơn vị"), (3.0, "đơn")]),
        ("đón 1,5 triệu lượt khách", [(1.5, "triệu lượt khách")]),
        ("trẻ từ 3 đến 5 tuổi", []),
        ("ngày 04/11/2025 theo Nghị quyết số 18/NQ-HĐND, điểm b khoản 2 Điều 7", []),
        ("giai đoạn 2026 - 2030, 6 tháng cuối năm 2026, quý 3/2026", []),
        ("chính quyền 02 cấp, dịch vụ công mức độ 3, 4, tiêu chuẩn TCVN ISO 9001:2015", []),
    ],
)
def test_what_is_measured_and_what_is_not(text: str, expected: list[tuple[float, str]]) -> None:
    assert [(one.value, one.unit) for one in read_quantities(text) if isinstance(one, Quantity)] == expected


def test_fractions_keep_both_numbers() -> None:
    (found,) = read_quantities("đạt 91,25/100 điểm")
    assert found == Fraction(91.25, 100.0, "điểm", 4, 18)
