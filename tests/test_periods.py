"""Deadlines as tables print them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.periods import period_bounds, read_deadline, read_quarters, recurrence_code


@pytest.mark.parametrize(
    ("printed", "periods"),
    [
        ("Quý II/2026", ("2026-Q2",)),
        ("Quý I, II/2026", ("2026-Q1", "2026-Q2")),
        ("Quý II - Quý III/2026", ("2026-Q2", "2026-Q3")),
        ("Quý IV/2026 - Quý I/2027", ("2026-Q4/2027-Q1",)),
        ("Tháng 5/2026", ("2026-05",)),
        ("Quý II.III/2026", ("2026-Q2", "2026-Q3")),
        ("9 tháng đầu năm 2026", ("2026-01/2026-09",)),
        ("03 tháng cuối năm 2026", ("2026-10/2026-12",)),
        ("15-20/8/2026", ("2026-08-15/2026-08-20",)),
        ("từ ngày 06 đến hết ngày 21/9/2026", ("2026-09-06/2026-09-21",)),
        ("Tháng 4, 5/2026", ("2026-04", "2026-05")),
        ("Cả năm 2026", ("2026",)),
        ("6 tháng đầu năm 2026", ("2026-H1",)),
        ("chậm nhất ngày 12/6/2026", ("/2026-06-12",)),
        ("05/3 - 11/3/2026", ("2026-03-05/2026-03-11",)),
        ("giai đoạn 2027–2031", ("2027/2031",)),
        ("đến năm 2031", ("/2031",)),
        ("từ năm 2027", ("2027/",)),
        ("Theo lộ trình năm 2026", ("2026",)),
        ("Thường xuyên", ()),
        ("trước 25/12 hằng năm", ()),
        ("theo chỉ đạo của tỉnh", ()),
    ],
)
def test_periods(printed: str, periods: tuple[str, ...]) -> None:
    assert read_deadline(printed).periods == periods


def test_the_year_of_the_document_is_marked() -> None:
    assert read_deadline("Quý II").periods == ()  # no year: nothing is guessed
    own = read_deadline("Quý II", 2026)
    assert own.periods == ("2026-Q2",)
    assert own.year_from_document
    assert not read_deadline("Quý II/2026", 2025).year_from_document


def test_before_a_day_leaves_the_day_out() -> None:
    before, by = read_deadline("Trước ngày 01/7/2026"), read_deadline("Chậm nhất ngày 01/7/2026")
    assert (before.end, before.end_inclusive) == (dt.date(2026, 6, 30), False)
    assert (by.end, by.end_inclusive) == (dt.date(2026, 7, 1), True)


@pytest.mark.parametrize(
    ("printed", "code"),
    [("Hàng tháng", "MONTHLY"), ("định kỳ hằng quý", "QUARTERLY"), ("đột xuất", "ON_DEMAND"), ("theo lộ trình", None)],
)
def test_recurrence(printed: str, code: str | None) -> None:
    assert read_deadline(printed).recurrence == code == recurrence_code(printed)


@pytest.mark.parametrize(
    ("noise", "quarters"), [("111,1V", [3, 4]), ("I1,111", [2, 3]), ("1V", [4]), ("IV,II", None), ("abc", None)]
)
def test_noise_of_quarters_is_read_or_left(noise: str, quarters: list[int] | None) -> None:
    assert read_quarters(noise) == quarters


@given(st.sampled_from(["", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4", "-02", "-11", "-06-30"]), st.integers(2000, 2099))
def test_bounds_are_ordered_and_inside_the_year(rest: str, year: int) -> None:
    first, last = period_bounds(f"{year}{rest}")
    assert first is not None
    assert last is not None
    assert dt.date(year, 1, 1) <= first <= last <= dt.date(year, 12, 31)
    assert period_bounds(f"/{year}{rest}") == (None, last)


@given(st.text(max_size=40))
def test_any_text_is_read_without_fault(text: str) -> None:
    read_deadline(text, 2026)
