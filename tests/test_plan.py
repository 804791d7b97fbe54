"""Targets with their metrics, and responsibilities, in plans of several shapes."""

from __future__ import annotations

import pytest

from extractors.paper import Paper
from extractors.plan.metrics import read_metrics
from extractors.plan.responsibilities import RESPONSIBILITIES, agency_of
from extractors.plan.targets import TARGETS
from schemas.record import Target


@pytest.mark.parametrize(
    ("text", "metrics"),
    [
        ("Tối thiểu 70% hồ sơ nộp qua mạng.", [(">=", 70, "%")]),
        ("Tỷ lệ hài lòng đạt từ 92,5% trở lên.", [(">=", 92.5, "%")]),
        ("Hồ sơ trễ hẹn không quá 1,5%.", [("<=", 1.5, "%")]),
        ("Mức độ hài lòng trên 88%; trễ hẹn dưới 2%.", [(">", 88, "%"), ("<", 2, "%")]),
        ("Giảm 12% chi phí hành chính so với năm 2025.", [("=", 12, "%")]),
        ("Giảm tối thiểu 02 giờ chờ đợi.", [(">=", 2, "giờ")]),
        ("Thu ngân sách đạt 15 tỷ 200 triệu đồng.", [("=", 15200, "triệu đồng")]),
        ("Nâng tỷ lệ từ 61% lên 70% số hộ.", [("=", 70, "%")]),
        ("Giữ độ che phủ rừng ở mức 38%.", [("=", 38, "%")]),
        ("Đạt 91%-93% số trẻ.", [(">=", 91, "%"), ("<=", 93, "%")]),
        ("Đạt 80-85% số hộ.", [(">=", 80, "%"), ("<=", 85, "%")]),
        (
            "Có ít nhất 40 hộ nghèo và 60 hộ cận nghèo thoát nghèo.",
            [(">=", 40, "hộ nghèo"), (">=", 60, "hộ cận nghèo")],
        ),
        ("Kết quả kiểm tra đạt từ 75/100 điểm trở lên.", [(">=", 75, "điểm")]),
        ("Hoàn thành trong quý II/2026 theo Kế hoạch số 21/KH-UBND ngày 09/01/2026.", []),
        ("Phấn đấu đến năm 2030 thuộc nhóm dẫn đầu.", []),
    ],
)
def test_metrics(text: str, metrics: list[tuple[str, float, str]]) -> None:
    assert [(one.comparator, one.value, one.unit) for one in read_metrics(text)] == metrics


def targets(text: str) -> list[Target]:
    return [found.value for found in TARGETS.find(Paper.of(text))]


def test_targets_with_general_and_special_aims() -> None:
    found = targets(
        "I. MỤC TIÊU\n1. Mục tiêu chung\nXây dựng nền hành chính phục vụ.\n2. Mục tiêu cụ thể\na) 90% văn bản được ký số.\n"
        "b) Không để tồn đọng đơn thư.\nII. NHIỆM VỤ\n1. Ký số 100% văn bản."
    )
    assert [(one.no, one.text) for one in found] == [
        (None, "Xây dựng nền hành chính phục vụ."),
        ("a", "90% văn bản được ký số."),
        ("b", "Không để tồn đọng đơn thư."),
    ]


def test_targets_under_subjects_of_one_section() -> None:
    found = targets(
        "II. CÁC CHỈ TIÊU CHỦ YẾU\n1. Về thể chế\n- 100% văn bản đúng hạn.\n2. Về tài chính\n- Giải ngân trên 95% vốn.\nIII. GIẢI PHÁP\n- Đôn đốc."
    )
    assert [(one.section, one.text) for one in found] == [
        ("1. Về thể chế", "100% văn bản đúng hạn."),
        ("2. Về tài chính", "Giải ngân trên 95% vốn."),
    ]


def test_an_introduction_is_no_target() -> None:
    assert [
        one.text for one in targets("II. CHỈ TIÊU\nNăm 2026 phấn đấu đạt các chỉ tiêu sau:\n- 95% hồ sơ đúng hạn.")
    ] == ["95% hồ sơ đúng hạn."]


def test_evidence_of_a_target_stands_where_it_is_printed() -> None:
    paper = Paper.of("II. CHỈ TIÊU\n1. Tối thiểu 70% hồ sơ\nnộp qua mạng.\n2. Giảm họp.")
    first = next(iter(TARGETS.find(paper)))
    assert paper.text[first.span] == "Tối thiểu 70% hồ sơ\nnộp qua mạng."


@pytest.mark.parametrize(
    ("heading", "agency"),
    [
        ("Đề nghị Hội Nông dân xã", "Hội Nông dân xã"),
        ("Phòng Văn hóa – Xã hội:", "Phòng Văn hóa - Xã hội"),
        ("Các trường học trên địa bàn", "Các trường học trên địa bàn"),
        ("Giao Trạm Y tế chủ trì, phối hợp với các đơn vị.", "Trạm Y tế"),
        ("Chế độ thông tin, báo cáo", None),
        ("Các nhiệm vụ trọng tâm", None),
    ],
)
def test_agencies_of_headings(heading: str, agency: str | None) -> None:
    assert agency_of(heading) == agency


def test_responsibilities_nested_under_letters() -> None:
    text = (
        "V. TỔ CHỨC THỰC HIỆN\n1. Trách nhiệm chung\n- Quán triệt kế hoạch.\n2. Trách nhiệm cụ thể\na) Văn phòng HĐND và UBND\n"
        "- Tổng hợp.\n- Báo cáo.\nb) Công an xã\nBảo đảm an ninh.\nNơi nhận:\n- Như trên."
    )
    found = [(f.value.agency, f.value.items) for f in RESPONSIBILITIES.find(Paper.of(text))]
    assert found == [("Văn phòng HĐND và UBND", 2), ("Công an xã", 0)]
