"""Footnotes of garbled dumps, told by where they stand."""

from __future__ import annotations

import pytest

from extractors.garbled_notes import notes_at_page_ends
from schemas.page import Line, Page, Word
from schemas.text import DocumentText


def notes(*pages: str, quality: float = 0.2) -> list[str]:
    made = [
        Page(
            n,
            0,
            0,
            "repaired",
            quality,
            1.0,
            page,
            tuple(Line((Word(line, line),) * bool(line)) for line in page.split("\n")),
        )
        for n, page in enumerate(pages, 1)
    ]
    text = DocumentText(tuple(made))
    return [text[text.lines[index]] for index in notes_at_page_ends(text)]


NOTE = "Không tính giấy phép cấp lại trong kỳ."


def test_sentences_below_an_item_at_the_foot_of_a_page() -> None:
    assert notes(f"- Đã cấp 20 giấy phép.\n\n{NOTE}\nGồm cả giấy phép cấp tại xã.", "- Thu hồi 02.") == [
        NOTE,
        "Gồm cả giấy phép cấp tại xã.",
    ]


def test_sentences_between_the_end_of_the_text_and_the_recipients() -> None:
    assert notes(f"Xã kính báo cáo./.\n{NOTE}\nNơi nhận:\n- Như trên;") == [NOTE]


def test_sentences_below_what_was_read_of_the_line_above_notes() -> None:
    assert notes(f"Xã kính báo cáo./.\nts Soest ST Sey\n{NOTE}", "Nơi nhận:\n- Như trên;") == [NOTE]


@pytest.mark.parametrize(
    "pages",
    [
        (f"- Đã cấp 20 giấy phép.\n{NOTE}",),  # the last page: where it ends tells nothing
        (
            "Đã cấp 20 giấy phép trong kỳ.\nUBND xã báo cáo tình hình cấp phép.",
            "Tiếp theo.",
        ),  # paragraphs without marks
        ("- Đã cấp 20 giấy phép cho\nCông ty cổ phần Bình Minh và hợp tác xã.", "- Thu hồi."),  # it goes on the item
        ("- Báo cáo trước ngày 5.\nYêu cầu các đơn vị thực hiện nghiêm.\nNơi nhận:\n- Như trên;",),
    ],
)
def test_what_may_be_text_is_no_note(pages: tuple[str, ...]) -> None:
    assert notes(*pages) == []


def test_print_shows_its_marks() -> None:
    assert notes(f"- Đã cấp 20 giấy phép.\n{NOTE}", "- Thu hồi 02.", quality=1.0) == []
