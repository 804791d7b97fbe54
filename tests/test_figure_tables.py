"""Tables of figures in reports and plans: results and targets, from ruled tables and from dumps."""

from __future__ import annotations

import pytest

from extractors.paper import Paper
from extractors.plan.target_tables import TARGET_TABLES
from extractors.report.result_tables import RESULT_TABLES
from extractors.tables.figures import role_of
from schemas.record import Result, Target
from schemas.text import DocumentText
from tests.ruled_pages import ruled_page

XS = [40.0, 80.0, 280.0, 360.0, 440.0, 520.0, 600.0]


def paper(rows: list[list[str]]) -> Paper:
    return Paper(DocumentText((ruled_page(1, rows, XS),)))


def results(found: Paper) -> list[Result]:
    return [one.value for one in RESULT_TABLES.find(found)]


def targets(found: Paper) -> list[Target]:
    return [one.value for one in TARGET_TABLES.find(found)]


HEAD = ["TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch năm 2026", "Ước thực hiện", "Tỷ lệ (%)"]


def test_what_was_planned_reached_and_its_share_are_one_result() -> None:
    (found,) = results(paper([HEAD, ["1", "Trồng rừng mới", "Ha", "120", "96", "80"]]))
    assert (found.indicator, found.numerator, found.denominator, found.value, found.unit) == (
        "trồng rừng mới",
        96,
        120,
        80,
        "%",
    )


def test_a_row_without_share_keeps_its_own_unit() -> None:
    first, second = results(
        paper(
            [
                HEAD,
                ["1", "Số lớp dạy nghề", "Lớp", "12", "9", ""],
                ["2", "Tỷ lệ hộ dùng nước sạch", "%", "98", "97,5", "99,5"],
            ]
        )
    )
    assert (first.numerator, first.denominator, first.value, first.unit) == (9, 12, None, "lớp")
    assert (second.numerator, second.denominator, second.value, second.unit) == (None, None, 97.5, "%")


def test_rows_without_figures_and_section_rows_are_no_results() -> None:
    rows = [
        HEAD,
        ["I. Kinh tế"],
        ["1", "Chợ Đình", "Chợ", "", "Đang xây", ""],
        ["2", "Số hợp tác xã", "HTX", "4", "", ""],
    ]
    assert results(paper(rows)) == []


def test_a_table_of_names_or_money_for_people_is_no_table_of_results() -> None:
    head = ["TT", "Họ và tên", "Chức vụ", "Đơn vị", "Số điện thoại", "Ghi chú"]
    assert results(paper([head, ["1", "Đỗ Thị B", "Chi hội trưởng", "Thôn Hạ", "0912", ""]])) == []


def test_a_plan_without_results_sets_targets() -> None:
    head = ["TT", "Chỉ tiêu", "ĐVT", "Mục tiêu năm 2026", "Cơ quan theo dõi", "Ghi chú"]
    rows = [
        head,
        ["I. Xã hội"],
        ["1", "Tỷ lệ người dân tham gia bảo hiểm y tế tối thiểu", "%", "95,5", "Trạm Y tế", ""],
    ]
    (found,) = targets(paper(rows))
    assert (found.no, found.section) == ("1", "I. Xã hội")
    assert [(one.comparator, one.value, one.unit) for one in found.metrics] == [(">=", 95.5, "%")]
    assert targets(paper([HEAD, ["1", "Trồng rừng mới", "Ha", "120", "96", "80"]])) == []


def test_a_dump_tells_rows_line_by_line() -> None:
    text = (
        "BÁO CÁO\nTT Chỉ tiêu ĐVT Kế hoạch Thực hiện So với kế hoạch (%)\nA Kinh tế\n1 Thu phí bến bãi Triệu đồng 340 391 115\n"
        "2 Số trạm bơm được sửa 6 6 100\nTrên đây là báo cáo năm 2026."
    )
    assert [(r.indicator, r.numerator, r.denominator, r.value) for r in results(Paper.of(text))] == [
        ("thu phí bến bãi", 391, 340, 115),
        ("số trạm bơm được sửa", 6, 6, 100),
    ]


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("So với cùng kỳ (%)", "change"),
        ("TH/KH (%)", "share"),
        ("Dự toán giao", "plan"),
        ("Kết quả 6 tháng", "actual"),
        ("Đơn vị tính", "unit"),
        ("Cơ quan theo dõi", None),
    ],
)
def test_heads(head: str, role: str | None) -> None:
    assert role_of(head) == role


def test_rows_of_a_dump_without_a_head_are_told_by_their_arithmetic() -> None:
    dump = "SIT gat De pee\n1 | Xã viên mới, Người |120 | 126 105 |\n2 Đường làng Km 20 17,5 87,5 .\n3 Cây xanh Cây 900 ec 75"
    first, second = results(Paper.of(dump))
    assert (first.text, first.numerator, first.denominator, first.value) == (
        "1 Xã viên mới, Người 120 126 105",
        126,
        120,
        105,
    )
    assert (second.indicator, second.numerator, second.denominator, second.value) == ("đường làng", 17.5, 20, 87.5)


def test_one_such_line_alone_is_chance() -> None:
    assert not results(Paper.of("Các thôn số 20 15 75\nHọp dân tại nhà văn hóa thôn 12 trong các ngày 3 4 5"))


CELLS = "\n".join(
    ("STT", "Chỉ tiêu", "Đơn vị", "tính", "Kế hoạch", "năm 2027", "Thực hiện", "So sánh", "(%)", "A. NÔNG NGHIỆP")
    + ("1", "Cây ăn quả", "trồng mới", "Ha", "20", "17,5", "87,5", "2", "Cây phân tán", "Cây", "900", "75")
    + ("3", "Ao nuôi cải tạo", "Ao", "4", "5", "125", "Trên đây là báo cáo.", "7", "Số khác", "Ao", "1", "2", "3")
)


def test_a_dump_with_a_cell_a_line_is_read_by_its_head() -> None:
    first, second = results(Paper.of(CELLS))
    assert first.text == "1 Cây ăn quả trồng mới Ha 20 17,5 87,5"
    assert (first.indicator, first.numerator, first.denominator, first.value) == (
        "cây ăn quả trồng mới",
        17.5,
        20,
        87.5,
    )
    assert (second.indicator, second.numerator, second.denominator, second.value) == ("ao nuôi cải tạo", 5, 4, 125)


def test_counts_alone_with_a_cell_a_line_keep_their_unit() -> None:
    (only,) = results(
        Paper.of("TT\nNội dung\nĐVT\nSố liệu\n1\nLượt tuần tra\nLượt\n1.264\nII. CÔNG TÁC KHÁC\n1. Trực 24/24 giờ.")
    )
    assert (only.indicator, only.value, only.unit) == ("lượt tuần tra", 1264, "lượt")
