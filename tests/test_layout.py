"""Words with boxes into reading order: letterhead, recipients and signature, tables, marks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.layout.grid import find_grids
from pipeline.layout.lines import rows, segment, split_glued
from pipeline.layout.reading_order import arrange
from schemas.page import Box, Ruling, Word
from tests.made_pages import BODY, LEFT_HEAD, RECIPIENTS, RIGHT_HEAD, SIGNATURE, TITLE


def words_of(text: str, x: float, y: float, size: float = 12, *, centred: bool = False, gap: float = 4) -> list[Word]:
    """Words of one line, letters half as wide as high; y is the top."""
    tokens = text.split()
    width = sum(len(token) * size / 2 for token in tokens) + gap * (len(tokens) - 1)
    at = x - width / 2 if centred else x
    found = []
    for token in tokens:
        wide = len(token) * size / 2
        found.append(Word(token, token, Box(at, y, at + wide, y + size)))
        at += wide + gap
    return found


def decision_words() -> list[Word]:
    found: list[Word] = []
    for number, line in enumerate(LEFT_HEAD):
        found += words_of(line, 130, 40 + 17 * number, 11, centred=True)
    for number, line in enumerate(RIGHT_HEAD):
        found += words_of(line, 410, 41 + 17 * number, 11, centred=True)
    for number, line in enumerate(TITLE):
        found += words_of(line, 297, 120 + 20 * number, 12, centred=True)
    for number, line in enumerate(BODY):
        found += words_of(line, 70, 180 + 20 * number, 11)
    for number, line in enumerate(RECIPIENTS):
        found += words_of(line, 70, 330 + 13 * number, 9)
    for number, line in enumerate(SIGNATURE):
        found += words_of(line, 430, 328 + 22 * number, 12, centred=True)
    return found


WANTED = [*LEFT_HEAD, *RIGHT_HEAD, *TITLE, *BODY, *RECIPIENTS, *(line for line in SIGNATURE if line)]


def test_a_decision_is_read_as_a_person_reads_it() -> None:
    found = arrange(decision_words())
    assert [line.text for line in found.lines] == WANTED
    assert found.annotations == ()


@given(st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_words_does_not_matter(seed: int) -> None:
    words = decision_words()
    random.Random(seed).shuffle(words)
    assert [line.text for line in arrange(words).lines] == WANTED


@given(st.floats(-0.004, 0.004), st.floats(0.5, 2.0))
@settings(max_examples=20, deadline=None)
def test_small_skew_and_any_size(slope: float, size: float) -> None:
    words = [
        word._replace(
            box=Box(
                size * box.x0,
                size * box.top + slope * size * box.x0,
                size * box.x1,
                size * box.bottom + slope * size * box.x0,
            )
        )
        for word in decision_words()
        if (box := word.box) is not None
    ]
    assert [line.text for line in arrange(words).lines] == WANTED


def test_every_word_is_kept_once() -> None:
    words = decision_words()
    kept = [word for line in arrange(words).lines for word in line.words]
    assert sorted(kept) == sorted(words)


def test_a_long_name_of_an_organ_may_touch_the_motto() -> None:
    found = words_of("MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH", 50, 40, 11, gap=3)
    edge = max(word.box.x1 for word in found if word.box is not None)
    found += words_of(RIGHT_HEAD[0], edge - 2, 40, 11, gap=3)
    found += words_of("BAN THƯỜNG TRỰC", 140, 57, 11, centred=True) + words_of(RIGHT_HEAD[1], 420, 57, 11, centred=True)
    assert [line.text for line in arrange(found).lines] == [
        "MẶT TRẬN TỔ QUỐC VIỆT NAM TỈNH",
        "BAN THƯỜNG TRỰC",
        RIGHT_HEAD[0],
        RIGHT_HEAD[1],
    ]


def test_wide_gaps_in_a_line_make_no_columns() -> None:
    words = words_of("Điện thoại liên hệ:", 70, 100) + words_of("0221 3825 111", 330, 100)
    words += words_of("Hộp thư của xã:", 70, 120) + words_of("xahoabinh tại Hưng Yên", 330, 120)
    assert [line.text for line in arrange(words).lines] == [
        "Điện thoại liên hệ: 0221 3825 111",
        "Hộp thư của xã: xahoabinh tại Hưng Yên",
    ]


def test_two_organs_sign_beside_each_other() -> None:
    words = words_of("ĐẠI DIỆN BÊN GIAO", 150, 500, centred=True) + words_of(
        "ĐẠI DIỆN BÊN NHẬN", 430, 500, centred=True
    )
    words += words_of("Lê Văn An", 150, 580, centred=True) + words_of("Phạm Thị Bình", 430, 580, centred=True)
    found = [line.text for line in arrange(words).lines]
    assert found == ["ĐẠI DIỆN BÊN GIAO", "Lê Văn An", "ĐẠI DIỆN BÊN NHẬN", "Phạm Thị Bình"]


def grid_rulings(xs: list[float], ys: list[float]) -> list[Ruling]:
    across = [Ruling(Box(xs[0], y, xs[-1], y + 0.5), True) for y in ys]
    return across + [Ruling(Box(x, ys[0], x + 0.5, ys[-1]), False) for x in xs]


def test_a_ruled_table_is_read_cell_by_cell() -> None:
    rulings = grid_rulings([70, 110, 320, 520], [100, 130, 190])
    words = words_of("TT", 80, 110) + words_of("Nội dung", 150, 110) + words_of("Cơ quan chủ trì", 350, 110)
    words += words_of("1", 85, 140) + words_of("Rà soát thủ tục", 120, 140) + words_of("Văn phòng", 350, 140)
    words += words_of("của các phòng", 120, 155) + words_of("và Tổ tin học", 350, 156)
    words += words_of("Sau bảng này là phần còn lại", 70, 210)
    assert [line.text for line in arrange(words, rulings).lines] == [
        "TT",
        "Nội dung",
        "Cơ quan chủ trì",
        "1",
        "Rà soát thủ tục",
        "của các phòng",
        "Văn phòng",
        "và Tổ tin học",
        "Sau bảng này là phần còn lại",
    ]


def test_a_cell_over_several_columns_is_one_cell() -> None:
    rulings = [
        *(Ruling(Box(70, y, 520, y + 0.5), True) for y in (100, 130, 160)),
        *(Ruling(Box(x, 100, x + 0.5, 160), False) for x in (70, 520)),
        Ruling(Box(300, 130, 300.5, 160), False),
    ]
    (grid,) = find_grids(rulings)
    assert grid.cell(Box(400, 110, 420, 120)) == (0, 0)
    assert grid.cell(Box(400, 140, 420, 150)) == (1, 1)


def test_underlines_and_frames_are_no_tables() -> None:
    assert find_grids([Ruling(Box(100, 60, 200, 60.5), True), Ruling(Box(350, 60, 480, 60.5), True)]) == ()
    assert find_grids(grid_rulings([70, 520], [100, 130])) == ()


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (
            ("Ký bởi: Ủy ban nhân dân xã Hòa Bình", "Cơ quan: Tỉnh Hưng Yên", "Thời gian ký: 14/08/2025 09:12:40"),
            "signing_mark",
        ),
        (
            ("Người ký: Trần Văn Quang", "Email: tvquang@hungyen.gov.vn", "Thời gian ký: 14.08.2025 10:00:00 +07:00"),
            "signing_mark",
        ),
        (("VĂN PHÒNG HUYỆN ỦY", "vphu@hungyen.gov.vn", "14.08.2025 10:00:00 +07:00"), "signing_mark"),
        (("CÔNG VĂN ĐẾN", "Số: 312", "Ngày: 15/8/2025"), "stamp"),
        (("HỎA TỐC",), "stamp"),
    ],
)
def test_marks_are_kept_apart_from_the_print(lines: tuple[str, ...], kind: str) -> None:
    words = decision_words()
    for number, line in enumerate(lines):
        words += words_of(line, 390, 2 + 7 * number, 6, gap=2)
    found = arrange(words)
    assert [line.text for line in found.lines] == WANTED
    assert [(mark.kind, mark.text) for mark in found.annotations] == [(kind, "\n".join(lines))]


def test_a_black_stamp_of_arrival_in_the_margin_is_kept_apart_from_the_lines_it_touches() -> None:
    lines = [f"Dòng thứ {name} của đoạn văn dài chạy hết bề ngang trang" for name in ("một", "hai", "ba", "bốn", "năm")]
    words = [word for row, line in enumerate(lines) for word in words_of(line, 120, 100 + 20 * row, 12)]
    stamp = [*words_of("VĂN PHÒNG", 20, 104, 9), *words_of("ĐẾN", 20, 141, 12), *words_of("Ngày:....", 60, 141, 10)]
    found = arrange([*words, *stamp])
    assert [line.text for line in found.lines] == lines
    assert [(mark.kind, mark.text) for mark in found.annotations] == [("stamp", "VĂN PHÒNG\nĐẾN Ngày:....")]


def test_a_heading_that_says_until_is_print() -> None:
    lines = [
        "MỤC TIÊU ĐẾN",
        "NĂM 2030",
        *(f"Dòng {name} của đoạn văn dài chạy hết bề ngang" for name in ("một", "hai", "ba")),
    ]
    words = [word for row, line in enumerate(lines) for word in words_of(line, 70, 100 + 20 * row, 12)]
    assert [line.text for line in arrange(words).lines] == lines


def test_a_sentence_about_signing_is_print() -> None:
    text = "Người ký: là người có thẩm quyền ký ban hành văn bản theo quy chế làm việc của cơ quan."
    assert [line.text for line in arrange(words_of(text, 70, 100)).lines] == [text]


def test_pen_strokes_read_as_letters_are_noise() -> None:
    words = decision_words()
    words.append(Word("Jj{", "Jj{", Box(420, 372, 440, 386), 0.21))
    found = arrange(words)
    assert [line.text for line in found.lines] == WANTED
    assert [(mark.kind, mark.text) for mark in found.annotations] == [("noise", "Jj{")]


def test_handwriting_is_parted_from_the_form() -> None:
    box = Box(0, 0, 100, 10)
    found = split_glued([Word("O†tháng", "O†tháng", box, 0.4), Word("@39_/TTr-UBND", "@39_/TTr-UBND", box, 0.3)])
    assert [word.text for word in found] == ["O†", "tháng", "@39_", "/TTr-UBND"]
    assert found[0].box is not None
    assert found[1].box is not None
    assert found[0].box.x1 == found[1].box.x0 < found[1].box.x1 == 100


@pytest.mark.parametrize("text", ["hàng tháng", "12/2021/QĐ-TTg", "năm", "(ngày", "45/QĐ-UBND", "quý/năm", "ngày,"])
def test_print_is_not_parted(text: str) -> None:
    words = words_of(text, 0, 0)
    assert split_glued(words) == words


def test_words_without_a_box_are_left_out() -> None:
    assert arrange([Word("lạc", "lạc")]).lines == ()
    assert rows(segment([])) == []
