"""Targets and responsibilities of plans in garbled dumps."""

from __future__ import annotations

import pytest

from extractors.paper import Paper
from extractors.plan.garbled_agencies import mend_agency
from extractors.plan.responsibilities import RESPONSIBILITIES
from extractors.plan.targets import TARGETS
from schemas.page import Line, Page, Word
from schemas.text import DocumentText


def garbled(text: str) -> Paper:
    """A paper from a dump that an English recogniser made: repair changed some word of it."""
    lines = [Line(tuple(Word(token, token) for token in line.split())) for line in text.split("\n")]
    lines.append(Line((Word("nhận", "nhn"),)))
    return Paper(DocumentText((Page(1, 0, 0, "repaired", 0.2, 1.0, text, tuple(lines)),)))


@pytest.mark.parametrize(
    "text",
    [
        "L MỤC ĐÍCH\n1, Nâng cao ý thức.\nIL CHI TIÊU\n1, Đạt 97, 5% trở lên.\n2 Giảm họp.\nIII. NHIỆM VỤ\n1. Họp.",
        "I. MỤC ĐÍCH\n1. Nâng cao ý thức.\n1I. CHỈ TIÊU\n=. Đạt 97,5 % trở lên.\n- Giảm họp.\nTI. NHIỆM VỤ\n1. Họp.",
    ],
)
def test_targets_below_spoiled_headings(text: str) -> None:
    targets = [found.value for found in TARGETS.find(garbled(text))]
    assert [target.text.replace(" ", "") for target in targets] == ["Đạt97,5%trởlên.", "Giảmhọp."]
    assert [(metric.comparator, metric.value) for metric in targets[0].metrics] == [(">=", 97.5)]


def test_what_is_envisaged_for_later_is_a_target_beside_targets_only() -> None:
    long = "Giữ sạch môi trường sống, bảo đảm nước sạch và nhà ở cho mọi hộ dân trong toàn xã."
    plan = f"I. MỤC TIÊU\n1. Mục tiêu chung\n{long}\n2. Định hướng đến năm 2035\nTrồng 900 cây.\n"
    assert [found.value.text for found in TARGETS.find(Paper.of(plan))] == [long, "Trồng 900 cây."]
    assert not list(TARGETS.find(Paper.of("I. NHIỆM VỤ\n1. Định hướng đến năm 2035\nTrồng 900 cây.\n")))


def test_agencies_below_a_spoiled_heading() -> None:
    text = (
        "IV. KINH PHÍ\nTừ dự toán ngân sách phường được giao hằng năm và các nguồn hợp pháp khác theo quy định.\n"
        "TỔ CHỨC THỰC. HIỆN\n1. Céng an phường :\n- Tuần tra.\n2 Van phòng HĐND và UBND phường\n- Đôn đốc.\n- Báo cáo."
    )
    found = [found.value for found in RESPONSIBILITIES.find(garbled(text))]
    assert [(one.agency, one.items) for one in found] == [
        ("Công an phường", 1),
        ("Văn phòng HĐND và UBND phường", 2),
    ]


@pytest.mark.parametrize("name", ["Tổ hòa giải cơ sở", "Trưởng các bản", "Ban Quản lý chợ Đông Sơn"])
def test_names_that_are_not_on_the_list_stay(name: str) -> None:
    assert mend_agency(name) == name


def test_chapters_by_letter_of_which_some_are_spoiled() -> None:
    text = (
        "A. MỤC ĐÍCH\n1. Nâng cao ý thức.\nB. CÁC GHI TIÊU CHỦ YẾU\n1. Đạt trén 90%.\nD: Không để quá 03 vụ việc.\n"
        "oe NHIỆM VỤ VÀ GIẢI PHÁP\n1. Họp dân.\nD..TO CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Lập dự toán."
    )
    targets = [found.value for found in TARGETS.find(garbled(text))]
    assert [(target.no, [(one.comparator, one.value) for one in target.metrics]) for target in targets] == [
        ("1", [(">", 90.0)]),
        ("2", [("<=", 3.0)]),
    ]
    assert [found.value.agency for found in RESPONSIBILITIES.find(garbled(text))] == ["Phòng Kinh tế"]
