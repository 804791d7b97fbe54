"""Marks of recognised lines, read by the sequence they belong to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.mark_sequence import read_marks
from extractors.marks import ALPHABET, ROMANS, read_mark
from extractors.spoiled_marks import MarkLine


def marks(*texts: str, noisy: bool = True, lost: dict[int, str] | None = None) -> list[str | None]:
    """The printed form of the mark of each line; every line may begin a paragraph."""
    lines = [MarkLine(text, (lost or {}).get(i, ""), True, True, noisy) for i, text in enumerate(texts)]
    return [mark and mark.printed for mark in read_marks(lines)]


SPOILED = (
    (("ik MỤC TIÊU", "II. NHIỆM VỤ", "TI. KINH PHÍ", "‘IV. TỔ CHỨC THỰC HIỆN"), ["I.", "II.", "III.", "IV."]),
    (("a MỤC ĐÍCH", "I. NỘI DUNG", "IIL THỜI GIAN", "Iv. TỔ CHỨC"), ["I.", "II.", "III.", "IV."]),
    (("1. Tăng thu.", "7 Giảm chi.", "3. Bớt họp."), ["1.", "2.", "3."]),
    (("_- 1, Phòng Kinh tế", "- Lập dự toán.", "2 Công an xã", "= Giữ trật tự."), ["1.", "-", "2.", "-"]),
    (("a) Tăng thu;", "Giảm chi;", "_c} Bớt họp;", "d) Họp gọn."), ["a)", "b)", "c)", "d)"]),
    (("I. NHIỆM VỤ", "Tuyên truyền", "- Phát tờ rơi.", "2. Kiểm tra"), ["I.", "1.", "-", "2."]),
    (
        ("2. Chỉ tiêu", "21 Thể chế", "- Đạt 9%.", "22. Thủ tục", "2.3: Bộ máy", "3. Họp"),
        ["2.", "2.1.", "-", "2.2.", "2.3.", "3."],
    ),
    (("1. Quan điểm", "Lấy dân làm gốc.", "Mục tiêu", "- Đạt 70%."), ["1.", None, "2.", "-"]),
)


@pytest.mark.parametrize(("texts", "wanted"), SPOILED)
def test_neighbours_tell_what_a_spoiled_mark_was(texts: tuple[str, ...], wanted: list[str | None]) -> None:
    assert marks(*texts) == wanted


TRAPS = (
    (("KẾ HOẠCH", "I. MỤC ĐÍCH"), [None, "I."]),
    (("XÃ BÌNH AN", "KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN"), [None, None, None]),
    (("1. Tăng thu.", "Giảm chi.", "Bớt họp.", "3. Họp gọn."), ["1.", None, None, "3."]),
    (("1. Văn phòng", "- Lập sổ.", "Nơi nhận", "- Như trên;"), ["1.", "-", None, "-"]),
    (("d) Tăng thu;", "e) Giảm chi;", "g) Bớt họp."), ["d)", "e)", "g)"]),
    (("- Đạt trên", "- 92,5%.", "- Giảm họp."), ["-", None, "-"]),
)


@pytest.mark.parametrize(("texts", "wanted"), TRAPS)
def test_what_is_not_sure_stays_unmarked(texts: tuple[str, ...], wanted: list[str | None]) -> None:
    lines = [MarkLine(text, "", True, index == 0, True) for index, text in enumerate(texts)]
    assert [mark and mark.printed for mark in read_marks(lines)] == wanted


def test_a_mark_that_repair_took_for_specks_is_found_in_the_reading() -> None:
    texts = ("1. Tăng thu.", "Giảm chi.", "Bớt họp.", "3. Họp gọn.")
    assert marks(*texts, lost={2: "~ 2. Bot"}) == ["1.", None, "2.", "3."]


@given(st.lists(st.sampled_from(["Vv. TỔ CHỨC", "1, Giảm họp.", "= Rà soát.", "Bớt họp.", "2. Tăng thu."]), max_size=8))
def test_print_is_read_as_it_stands(texts: list[str]) -> None:
    assert marks(*texts, noisy=False) == [mark and mark.printed for mark in map(read_mark, texts)]


@given(st.integers(0, 9), st.integers(1, 9), st.sampled_from(["roman", "arabic", "letter"]))
def test_marks_in_order_are_never_changed(first: int, size: int, kind: str) -> None:
    printed = {
        "roman": [f"{value}." for value in ROMANS],
        "arabic": [f"{value}." for value in range(1, 26)],
        "letter": [f"{value})" for value in ALPHABET],
    }[kind][first : first + size]
    text = "KINH PHÍ" if kind == "roman" else "Kinh phí"
    assert marks(*(f"{mark} {text}" for mark in printed)) == printed
