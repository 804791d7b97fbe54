"""Task tables: woven line by line in dumps, and in ruled grids."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.paper import Paper
from extractors.plan.tasks import TASKS
from extractors.tables.heads import column_of_head, order_columns
from extractors.tables.region import find_regions
from extractors.tables.words import is_readable
from schemas.page import Box, Line, Page, Word
from schemas.record import Task
from schemas.text import DocumentText
from tests.ruled_pages import ruled_page

BODY = """KẾ HOẠCH
Chuyển đổi số năm 2026
II. TỔ CHỨC THỰC HIỆN
1. Phòng Kinh tế, Hạ tầng và Đô thị
- Chủ trì triển khai, báo cáo Ủy ban nhân dân phường kết quả thực hiện.
2. Văn phòng HĐND và UBND
- Phối hợp với các phòng, ban, đơn vị liên quan thực hiện kế hoạch này./.
PHỤ LỤC
Danh mục nhiệm vụ
"""

CENTRED = """Thời gian
TT Nội dung nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Sản phẩm
hoàn thành
I. Hạ tầng số
Lắp đặt hệ thống mạng không dây tại nhà văn hóa Phòng Kinh tế, Hạ Các phòng, ban, Hệ thống mạng được
1 Quý II/2026
các tổ dân phố trên địa bàn phường tầng và Đô thị đơn vị liên quan nghiệm thu
Số hóa hồ sơ lưu trữ, làm sạch dữ liệu hộ tịch và đất
Văn phòng HĐND Các phòng, ban, Báo cáo kết quả số
2 đai theo hướng dẫn của thành phố, bảo đảm tiến độ Quý III, IV/2026
và UBND đơn vị liên quan hóa
được giao
Thời gian
TT Nội dung nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Sản phẩm
hoàn thành
II. An toàn thông tin
Phê duyệt cấp độ an toàn cho hệ thống thông tin của Văn phòng HĐND Phòng Kinh tế, Hạ Quyết định của UBND
3 Thường xuyên
phường và tổ chức diễn tập ứng cứu sự cố và UBND tầng và Đô thị phường
"""


def tasks(text: str) -> list[Task]:
    return [found.value for found in TASKS.find(Paper.of(text))]


def test_cells_centred_on_their_number_are_taken_apart() -> None:
    first, second, third = tasks(BODY + CENTRED)
    assert first == Task(
        section="I. Hạ tầng số",
        no="1",
        content="Lắp đặt hệ thống mạng không dây tại nhà văn hóa các tổ dân phố trên địa bàn phường",
        lead="Phòng Kinh tế, Hạ tầng và Đô thị",
        coordinating="Các phòng, ban, đơn vị liên quan",
        deadline="Quý II/2026",
        periods=["2026-Q2"],
        product="Hệ thống mạng được nghiệm thu",
    )
    assert second.content is not None
    assert second.content.endswith("bảo đảm tiến độ được giao")
    assert (second.lead, second.periods, second.product) == (
        "Văn phòng HĐND và UBND",
        ["2026-Q3", "2026-Q4"],
        "Báo cáo kết quả số hóa",
    )
    assert (third.section, third.coordinating) == ("II. An toàn thông tin", "Phòng Kinh tế, Hạ tầng và Đô thị")
    assert (third.recurring, third.periods, third.product) == ("thường xuyên", [], "Quyết định của UBND phường")


def test_numbers_on_the_first_line_of_their_rows() -> None:
    table = """TT Nội dung công việc Đơn vị chủ trì Đơn vị phối hợp Thời hạn hoàn thành Sản phẩm
1 Lập danh mục hồ sơ cần số hóa của các Phòng Kinh tế, Hạ Các phòng, ban, Tháng 3/2026 Danh mục được
phòng chuyên môn tầng và Đô thị đơn vị liên quan duyệt
2 Tập huấn kỹ năng số cho công chức Văn phòng HĐND Các phòng, ban, Hằng quý 04 lớp tập huấn
và người dân và UBND đơn vị liên quan
"""
    first, second = tasks(BODY + table)
    assert (first.no, first.deadline, first.product) == ("1", "Tháng 3/2026", "Danh mục được duyệt")
    assert first.content == "Lập danh mục hồ sơ cần số hóa của các phòng chuyên môn"
    assert (second.lead, second.recurring) == ("Văn phòng HĐND và UBND", "hằng quý")


def test_rulings_read_as_bars_part_the_cells() -> None:
    table = """TT Nội dung nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian thực hiện Sản phẩm
1 | Rà soát thủ tục nội bộ | Văn phòng HĐND | Các phòng, ban, | Quý I/2026 | Danh mục thủ
của phường | và UBND | đơn vị liên quan | | tục
2 | Công khai thủ tục | Văn phòng HĐND | Các phòng, ban, | Cả năm 2026 | Bảng niêm yết
tại trụ sở | và UBND | đơn vị liên quan
"""
    first, second = tasks(BODY + table)
    assert (first.content, first.product) == ("Rà soát thủ tục nội bộ của phường", "Danh mục thủ tục")
    assert (second.content, second.periods) == ("Công khai thủ tục tại trụ sở", ["2026"])


def test_a_timetable_is_no_task_table() -> None:
    table = "TT Nội dung công việc Thời gian Đơn vị thực hiện\n1 Họp mặt 05/01/2026 Các trường\n2 Tổng kết 20/01/2026 Các trường\n"
    assert tasks(BODY + table) == []


def test_evidence_of_a_row_covers_its_lines() -> None:
    paper = Paper.of(BODY + CENTRED)
    first = next(iter(TASKS.find(paper)))
    printed = paper.text[first.span]
    assert printed.startswith("Lắp đặt")
    assert printed.endswith("nghiệm thu")


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("Số TT", "no"),
        ("Nhiệm vụ cụ thể", "content"),
        ("Đơn vị thực hiện", "lead"),
        ("Tiến độ", "deadline"),
        ("Kinh phí", None),
    ],
)
def test_head_cells(cell: str, column: str | None) -> None:
    assert column_of_head(cell) == column


def test_the_head_says_where_the_product_stands() -> None:
    votes = {("product", "lead"): 1.0, ("lead", "coordinating"): 1.0}
    assert order_columns(["content", "product", "lead", "coordinating", "deadline"], votes)[1:3] == (
        "content",
        "product",
    )


def test_repeated_heads_are_dropped() -> None:
    (region,) = find_regions(Paper.of(BODY + CENTRED).text)
    lines = [" ".join(item.words) for item in region.items if hasattr(item, "words")]
    assert not any("chủ trì Cơ quan" in line for line in lines)


@pytest.mark.parametrize(
    ("word", "readable"), [("nghiêng", True), ("quyết", True), ("UBND", True), ("xqtr", False), ("cawdonvieo", False)]
)
def test_readable_words(word: str, readable: bool) -> None:
    assert is_readable(word) is readable


# --- ruled grids


XS = [30.0, 60.0, 260.0, 380.0, 500.0, 600.0, 780.0]
HEAD = ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian thực hiện", "Sản phẩm"]


def grid_tasks(pages: list[Page]) -> list[Task]:
    return [found.value for found in TASKS.find(Paper(DocumentText(tuple(pages))))]


def test_a_grid_over_two_pages_with_a_row_cut_between_them() -> None:
    pages = [
        ruled_page(
            1,
            [
                HEAD,
                ["I Cải cách thể chế"],
                ["1", "Rà soát văn bản quy phạm của phường", "Văn phòng UBND", "", "Tháng 6/2026", "Báo cáo"],
                [
                    "2",
                    "Tập huấn nghiệp vụ soạn thảo văn bản cho",
                    "Văn phòng UBND",
                    "Các phòng",
                    "Hàng quý",
                    "Lớp tập huấn",
                ],
            ],
            XS,
        ),
        ruled_page(
            2,
            [
                HEAD,
                ["", "công chức chuyên môn", "", "", "", ""],
                ["3", "Kiểm tra", "Phòng Nội vụ", "Các phòng", "Quý IV/2026", "Kết luận"],
            ],
            XS,
        ),
    ]
    first, second, third = grid_tasks(pages)
    assert (first.section, first.no, first.coordinating) == ("I. Cải cách thể chế", "1", None)
    assert second.content == "Tập huấn nghiệp vụ soạn thảo văn bản cho công chức chuyên môn"
    assert (second.lead, second.recurring) == ("Văn phòng UBND", "hàng quý")
    assert (third.no, third.section, third.periods) == ("3", "I. Cải cách thể chế", ["2026-Q4"])


def test_only_the_first_row_of_a_page_goes_on_with_the_row_before() -> None:
    begun = ["1", "Rà soát văn bản của", "Phòng Nội vụ", "Các phòng", "Năm 2026", "Báo cáo"]
    unread = ["", ",khám tuyển quân", "Ban Chỉ huy", "Trạm Y tế", "Tháng 3/2026", "Danh sách"]
    pages = [
        ruled_page(1, [HEAD, begun], XS),
        ruled_page(2, [HEAD, ["", "phường", "", "", "", ""], unread, ["3", *begun[1:]]], XS),
    ]
    first, second, third = grid_tasks(pages)
    assert (first.content, first.lead) == ("Rà soát văn bản của phường", "Phòng Nội vụ")
    assert (second.no, second.lead, third.no) == ("2", "Ban Chỉ huy", "3")


def test_a_number_that_recognition_lost_between_two_others_is_filled_in() -> None:
    rows = [
        [n, f"Nhiệm vụ số {n or 2} của phường", "Phòng Nội vụ", "Các phòng", "Năm 2026", "Báo cáo"]
        for n in ("1", "", "3")
    ]
    assert [task.no for task in grid_tasks([ruled_page(1, [HEAD, *rows], XS)])] == ["1", "2", "3"]


def test_tables_of_names_are_no_tasks() -> None:
    head = ["TT", "Họ và tên", "Chức vụ", "Đơn vị", "Số điện thoại", "Ghi chú"]
    assert grid_tasks([ruled_page(1, [head, ["1", "Lê Văn A", "Trưởng phòng", "Phòng Nội vụ", "0900", ""]], XS)]) == []


def test_a_ruled_table_under_a_title_of_head_words_is_read_once() -> None:
    title = Line((Word("DANH", "DANH", Box(300, 20, 340, 32)), *(Word(w, w) for w in ("MỤC", "NHIỆM", "VỤ"))))
    page = ruled_page(1, [HEAD, ["1", "Rà soát văn bản", "Phòng Nội vụ", "Các phòng", "Năm 2026", "Báo cáo"]], XS)
    page = page._replace(lines=(title, *page.lines))
    assert [task.no for task in grid_tasks([page])] == ["1"]


def test_lines_of_a_grid_do_not_enter_the_outline() -> None:
    page = ruled_page(1, [HEAD, ["1", "Rà soát văn bản", "Văn phòng UBND", "Các phòng", "Năm 2026", "Báo cáo"]], XS)
    assert list(Paper(DocumentText((page,))).outline.walk()) == []


def test_every_cell_has_its_own_proof() -> None:
    table = (
        "TT Nội dung nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian Sản phẩm\nI. Hạ tầng\n"
        "1 Rà soát thủ tục hành chính Văn phòng HĐND Các phòng, ban Quý I/2031 Danh mục\nthuộc thẩm quyền của xã và UBND\n"
        "2 Tập huấn kỹ năng số Văn phòng HĐND Các phòng, ban Cả năm 2031 Lớp học\ncho cán bộ, công chức xã và UBND"
    )
    proof = {entry.path: entry.raw for entry in extract(Paper.of(BODY + table).text).evidence}
    assert {path: raw for path, raw in proof.items() if path.startswith("tasks[0]")} == {
        "tasks[0].section": "I. Hạ tầng",
        "tasks[0].no": "1",
        "tasks[0].content": "Rà soát thủ tục hành chính thuộc thẩm quyền của xã",
        "tasks[0].lead": "Văn phòng HĐND và UBND",
        "tasks[0].coordinating": "Các phòng, ban",
        "tasks[0].deadline": "Quý I/2031",
        "tasks[0].product": "Danh mục",
    }


def test_the_box_of_a_cell_holds_its_words_alone() -> None:
    rows = [
        ["TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian"],
        ["1", "Rà soát thủ tục hành chính của xã", "Văn phòng HĐND và UBND", "Các phòng, ban", "Quý I/2031"],
    ]
    xs = [30.0, 60.0, 180.0, 280.0, 380.0, 460.0]
    text = DocumentText((*Paper.of(BODY).text.pages, ruled_page(2, rows, xs)))
    boxes = {entry.path: entry.box for entry in extract(text).evidence}
    for column, name in enumerate(("no", "content", "lead", "coordinating", "deadline")):
        box = boxes[f"tasks[0].{name}"]
        assert box is not None
        assert xs[column] < box[0] < box[2] < xs[column + 1]
