"""Tables of which not every line is printed: columns and rows told by gaps."""

from __future__ import annotations

import pytest

from pipeline.layout.grid import find_grids
from pipeline.layout.reading_order import arrange
from schemas.page import Box, Ruling, Word

HEAD = ("TT", "Nội dung", "Đơn vị chủ trì", "Thời gian")
ROWS = (
    ("1", "Rà soát hộ nghèo|theo tiêu chí mới", "Phòng Kinh tế", "Quý I"),
    ("2", "Lập danh sách người cao|tuổi đủ điều kiện hưởng|trợ cấp", "Phòng Văn hóa|- Xã hội", "Tháng 3"),
    ("3", "Nghiệm thu đường thôn", "Ban Quản lý|dự án", "Trước ngày|30/9"),
    ("4", "Tổng kết|khen thưởng", "Văn phòng", "Quý IV"),
)
LEFTS = (60.0, 90.0, 260.0, 400.0, 500.0)
LEADING, ROOM = 14.0, 8.0


def words_of(text: str, x: float, y: float) -> list[Word]:
    found = []
    for token in text.split():
        width = 5.5 * len(token)
        found.append(Word(token, token, Box(x, y, x + width, y + 11)))
        x += width + 3.5
    return found


def table(top: float = 200.0) -> tuple[list[Word], list[float], list[str]]:
    """Words of the table, where its rows begin and end, and its cells in reading order."""
    words: list[Word] = []
    ys, cells = [top], []
    for row in (HEAD, *ROWS):
        parts = [cell.split("|") for cell in row]
        for x, lines in zip(LEFTS, parts, strict=False):
            for number, line in enumerate(lines):
                words += words_of(line, x, ys[-1] + ROOM / 2 + number * LEADING)
            cells.append(" ".join(lines))
        ys.append(ys[-1] + max(map(len, parts)) * LEADING + ROOM)
    return words, ys, cells


def centred() -> tuple[list[Word], list[str]]:
    """Words of the table with every cell set in the middle of its row, and its cells in reading order."""
    words: list[Word] = []
    top, cells = 200.0, []
    for row in (HEAD, *ROWS):
        parts = [cell.split("|") for cell in row]
        tallest = max(map(len, parts))
        for x, lines in zip(LEFTS, parts, strict=False):
            for number, line in enumerate(lines):
                words += words_of(line, x, top + (tallest - len(lines)) * LEADING / 2 + number * LEADING)
            cells.append(" ".join(lines))
        top += tallest * LEADING + ROOM
    return words, cells


def body(y: float) -> list[Word]:
    found = []
    for number in range(3):
        found += words_of(
            "Ủy ban nhân dân xã yêu cầu các đơn vị tổ chức thực hiện nghiêm túc kế hoạch này", 60, y + 14 * number
        )
    return found


def read(words: list[Word], rulings: list[Ruling]) -> str:
    return " ".join(line.text for line in arrange(words, rulings).lines)


@pytest.mark.parametrize("manner", ["rows", "open", "none"])
def test_cells_come_one_after_the_other(manner: str) -> None:
    words, ys, cells = table()
    rulings = []
    if manner != "none":
        rulings += [Ruling(Box(55, y, 520, y), True) for y in ys]
    if manner == "open":
        rulings += [Ruling(Box(x - 5, ys[0], x - 5, ys[-1]), False) for x in LEFTS[1:4]]
    arranged = arrange([*body(140), *words, *body(ys[-1] + 30)], rulings)
    said = " ".join(line.text for line in arranged.lines)
    assert " ".join(cells) in said
    assert arranged.lines[0].text == arranged.lines[-1].text
    (grid,) = find_grids([*rulings, *arranged.implied])
    assert len(grid.xs) == 5
    assert len(grid.ys) == 6
    assert not any(one.printed for one in arranged.implied)


def test_cells_set_in_the_middle_of_their_rows_stay_together() -> None:
    words, cells = centred()
    assert " ".join(cells) in read([*body(140), *words], [])


def test_a_row_over_all_columns_stays_whole() -> None:
    words, ys, _ = table()
    title = "A. Nhiệm vụ về giảm nghèo và an sinh xã hội trên địa bàn"
    words += words_of(title, 90, ys[-1] + 4)
    rulings = [Ruling(Box(55, y, 520, y), True) for y in (*ys, ys[-1] + 20)]
    assert title in read(words, rulings)


def test_columns_centred_over_several_columns_and_rows() -> None:
    """A head cell over two rows is read at its first row, before what stands below its neighbour."""
    across = [Ruling(Box(50, y, 350, y), True) for y in (100, 140, 160)] + [Ruling(Box(150, 120, 350, 120), True)]
    down = [Ruling(Box(x, 100, x, 160), False) for x in (50, 150, 350)] + [Ruling(Box(250, 120, 250, 160), False)]
    words = words_of("Chỉ tiêu", 60, 106) + words_of("chủ yếu", 60, 122) + words_of("Năm 2026", 220, 104)
    words += words_of("Giao", 160, 124) + words_of("Đạt", 260, 124)
    assert read(words, [*across, *down]) == "Chỉ tiêu chủ yếu Năm 2026 Giao Đạt"


@pytest.mark.parametrize(
    "lines",
    [
        ["Kính gửi:     Phòng Kinh tế     xã Đông"] * 3,  # three lines are no table
        ["Điện thoại:           0221 3825"] * 8,  # two columns
        ["Ủy ban nhân dân xã yêu cầu các đơn vị tổ chức thực hiện nghiêm túc"] * 8,
    ],
)
def test_other_print_makes_no_table(lines: list[str]) -> None:
    words = []
    for number, line in enumerate(lines):
        x = 60.0
        for part in line.split("   "):
            words += words_of(part, x, 100 + 14 * number)
            x += 160
    assert arrange(words).implied == ()
