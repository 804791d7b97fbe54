"""Task tables in noisy dumps: heads, section rows, deadlines and running numbers of which recognition left little."""

from __future__ import annotations

import pytest

from extractors.paper import Paper
from extractors.plan.tasks import TASKS
from extractors.tables.damaged_heads import find_damaged_heads, read_head_line
from extractors.tables.deadline_words import mended
from extractors.tables.sections import Section, damaged_title
from extractors.tables.words import is_noisy
from schemas.page import Line, Page, Word
from schemas.record import Task
from schemas.text import DocumentText, Span

ROWS = (
    ("1 Thay den chieu sang dudng Nguyén Trai", "1 Thay đèn chiếu sáng đường Nguyễn Trãi"),
    ("Phong Kinh té Cong an phuong Quy I/2031 Bién ban", "Phòng Kinh tế Công an phường Quý I/2031 Biên bản"),
    ("2 Dat thung rac tai cho trung tam", "2 Đặt thùng rác tại chợ trung tâm"),
    ("Phong Kinh té Tram Y té Quy II/2031 40 thung rac", "Phòng Kinh tế Trạm Y tế Quý II/2031 40 thùng rác"),
)
HEAD = (
    ("ee Don vi chu trl Don vi phoi hgp Théi han Két qua", "có Đơn vị chủ trl Đơn vị phối hợp Thời hạn Kết quả"),
    ("STT Nhiem vu", "STT Nhiệm vụ"),
)


def noisy(*lines: tuple[str, str]) -> DocumentText:
    """A dump of pairs (as recognised, as repaired), word by word."""
    printed = tuple(
        Line(tuple(Word(word, seen) for seen, word in zip(raw.split(), text.split(), strict=True)))
        for raw, text in lines
    )
    page = Page(1, 0, 0, "repaired", 1.0, 1.0, "\n".join(raw for raw, _ in lines), printed)
    return DocumentText((page,))


def tasks(*lines: tuple[str, str]) -> list[Task]:
    return [found.value for found in TASKS.find(Paper(noisy(*lines)))]


def test_a_damaged_head_names_its_columns() -> None:
    text = noisy(*HEAD, *ROWS)
    lines = [text[span] for span in text.lines]
    (head,) = find_damaged_heads(lines, [text.raw(span) for span in text.lines])
    assert (head.first, head.last) == (0, 2)
    assert head.columns == ("no", "content", "lead", "coordinating", "deadline", "product")


@pytest.mark.parametrize(
    "line",
    [
        "- Chủ trì, phối hợp với các đơn vị liên quan triển khai các nhiệm vụ tại Phụ lục",
        "1. Phân công rõ người, rõ việc, rõ thời gian, rõ sản phẩm; nâng cao trách nhiệm của người đứng đầu",
    ],
)
def test_running_text_is_no_head(line: str) -> None:
    lines = [line, "các cơ quan, đơn vị thực hiện nhiệm vụ được giao.", *(text for _, text in ROWS)]
    assert find_damaged_heads(lines, lines) == []
    assert read_head_line(line).capitals < 3


def test_rows_of_a_damaged_table() -> None:
    found = tasks(*HEAD, *ROWS)
    assert is_noisy(noisy(*HEAD, *ROWS))
    assert [(task.no, task.lead, task.coordinating, task.periods) for task in found] == [
        ("1", "Phòng Kinh tế", "Công an phường", ["2031-Q1"]),
        ("2", "Phòng Kinh tế", "Trạm Y tế", ["2031-Q2"]),
    ]


def test_a_column_that_the_head_lost_is_found_by_what_fills_it() -> None:
    head = (("STT Nhiem vu Don vi chu tri ooe Théi han Két qua", "STT Nhiệm vụ Đơn vị chủ trì ooe Thời hạn Kết quả"),)
    assert [task.coordinating for task in tasks(*head, *ROWS)] == ["Công an phường", "Trạm Y tế"]


def test_a_deadline_that_says_nothing_is_none() -> None:
    rows = [(raw.replace("Quy II/2031", "Quy oo/2"), text.replace("Quý II/2031", "Quý oo/2")) for raw, text in ROWS]
    assert [task.deadline for task in tasks(*HEAD, *rows)] == ["Quý I/2031", None]


def test_what_repair_made_of_blots_is_left_out() -> None:
    rows = [(raw.replace("chieu", "oe"), text.replace("chiếu", "được")) for raw, text in ROWS]
    assert tasks(*HEAD, *rows)[0].content == "Thay đèn sáng đường Nguyễn Trãi"


@pytest.mark.parametrize(
    ("raw", "text", "title"),
    [
        ("Il | Moi trudng", "II | Môi trường", "II. Môi trường"),
        ("Tl | Moi trudng", "Tỉnh | Môi trường", "II. Môi trường"),
        ("2 | Moi trudng", "2 | Môi trường", None),  # the number of a row
        ("sua chua nha van hoa", "sửa chữa nhà văn hóa", None),
    ],
)
def test_section_rows_whose_numeral_is_damaged(raw: str, text: str, title: str | None) -> None:
    before = [Section("I. Hạ tầng", Span(0, 10))]
    words = [Word(word, seen) for seen, word in zip(raw.split(), text.split(), strict=True)]
    assert damaged_title(words, "Trồng cây xanh", before) == title


@pytest.mark.parametrize("word", ["Trường", "Thanh", "Thông", "Nam", "Quyết"])
def test_other_words_are_not_mended_to_deadlines(word: str) -> None:
    assert mended(word) == word
