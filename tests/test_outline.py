"""Outlines: marks, wrapped paragraphs, pages, attachments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.marks import ROMANS, read_mark
from extractors.outline import Node
from extractors.paper import Paper
from schemas.page import Box, Line, Page, Ruling, Word
from schemas.text import DocumentText


def nodes(text: str) -> list[tuple[str | None, str, int]]:
    return [(node.mark, node.text, len(above)) for node, above in Paper.of(text).outline.walk()]


@pytest.mark.parametrize(
    ("line", "kind", "value"),
    [
        ("IV. KINH PHÍ", "roman", "IV"),
        ("I11. NHIỆM VỤ TRỌNG TÂM", "roman", "III"),
        ("II CHỈ TIÊU CHỦ YẾU", "roman", "II"),
        ("3. Phòng Kinh tế", "arabic", "3"),
        ("2.1. Công tác rà soát", "arabic", "2.1"),
        ("4.85% hồ sơ nộp trực tuyến", "arabic", "4"),
        ("đ) Tuyên truyền", "letter", "đ"),
        ("– Lập dự toán", "dash", "-"),
        ("+ Rà soát", "plus", "+"),
        ("(2) Nhóm nhiệm vụ", "bracket", "2"),
        ("Chương II", "chapter", "II"),
        ("Điều 4. Hiệu lực", "article", "4"),
    ],
)
def test_marks(line: str, kind: str, value: str) -> None:
    mark = read_mark(line)
    assert mark is not None
    assert (mark.kind, mark.value) == (kind, value)


@pytest.mark.parametrize(
    "line", ["100% cán bộ", "2027. Sau đó", "15/6/2026 đã xong", "-Xã", "Mục tiêu chung", "1.250 hồ sơ"]
)
def test_no_marks(line: str) -> None:
    mark = read_mark(line)
    assert mark is None or mark.kind == "dash"


@given(st.integers(1, 20))
def test_every_roman_heading_is_read(number: int) -> None:
    mark = read_mark(f"{ROMANS[number - 1]}. KẾT QUẢ")
    assert mark is not None
    assert mark.order == number


def test_wrapped_lines_with_blank_lines_between_and_a_page_number_inside() -> None:
    text = (
        "1. Phòng Kinh tế\n\n- Tổng hợp nhu cầu kinh phí của các đơn vị trực thuộc, lập dự toán\n\n"
        "7\n\nvà trình cấp có thẩm quyền phê duyệt theo quy định.\n\n- Báo cáo kết quả."
    )
    assert nodes(text) == [
        ("1", "Phòng Kinh tế", 0),
        (
            "-",
            "Tổng hợp nhu cầu kinh phí của các đơn vị trực thuộc, lập dự toán và trình cấp có thẩm quyền phê duyệt theo quy định.",
            1,
        ),
        ("-", "Báo cáo kết quả.", 1),
    ]


def test_a_name_broken_at_its_dash_is_no_item() -> None:
    text = "2. Giao nhiệm vụ tổng hợp, báo cáo kết quả thực hiện cho Phòng Văn hóa\n- Xã hội; các đơn vị khác phối hợp thực hiện."
    assert [mark for mark, _, _ in nodes(text)] == ["2"]


def test_the_second_d_is_the_letter_after_it() -> None:
    assert [m for m, _, _ in nodes("a) Một.\nb) Hai.\nc) Ba.\nd) Bốn.\nd) Năm.\ne) Sáu.")] == [
        "a",
        "b",
        "c",
        "d",
        "đ",
        "e",
    ]


def test_recipients_belong_to_no_heading() -> None:
    outline = Paper.of("V. TỔ CHỨC THỰC HIỆN\n1. Các trường\n- Báo cáo.\nNơi nhận:\n- Như trên;\n- Lưu: VT.").outline
    assert [node.mark for node in outline.parts[0].nodes] == ["V", None, "-", "-"]


def test_an_attachment_starts_a_part_with_its_own_numbers() -> None:
    text = "Điều 1. Ban hành kèm theo.\nĐiều 2. Hiệu lực.\nKẾ HOẠCH\nTrồng cây năm 2026\n(Kèm theo Quyết định số 5/QĐ-UBND)\nI. MỤC ĐÍCH\n1. Xanh."
    first, second = Paper.of(text).outline.parts
    assert second.title == "KẾ HOẠCH"
    assert [node.mark for node in first.nodes] == ["1", "2"]
    assert [node.mark for node in second.nodes if node.mark] == ["I"]


def _word(text: str, x: float, y: float) -> Word:
    return Word(text, text, Box(x, y, x + 5.5 * len(text), y + 12))


def _line(text: str, x: float, y: float) -> Line:
    words = []
    for token in text.split():
        words.append(_word(token, x, y))
        x += 5.5 * (len(token) + 1)
    return Line(tuple(words))


def test_indents_tell_paragraphs_where_words_have_boxes() -> None:
    full = "nghiệp vụ của các phòng chuyên môn, đơn vị trực thuộc trên địa bàn toàn phường"
    lines = (
        _line("Công tác tuyên truyền được đẩy mạnh. Ủy ban nhân dân phường giao thêm việc", 100, 50),
        _line(full, 80, 66),
        _line("Kết quả chung là tốt.", 80, 82),
        _line("Công tác kiểm tra được chú trọng ở tất cả các đơn vị trực thuộc trong kỳ này", 100, 98),
        _line(full, 80, 114),
    )
    page = Page(1, 595, 842, "text_layer", 1.0, 1.0, "", lines, (Ruling(Box(80, 20, 200, 21), True),))
    outline = Paper(DocumentText((page,))).outline
    assert [node.text[:16] for node in outline.parts[0].nodes] == ["Công tác tuyên t", "Công tác kiểm tr"]


@given(
    st.lists(
        st.sampled_from(["I. MỤC TIÊU", "1. Một", "a) Hai", "- Ba", "+ Bốn", "văn bản", "", "12", "Điều 1. Năm"]),
        max_size=25,
    )
)
def test_every_word_is_in_one_node_and_spans_are_ordered(lines: list[str]) -> None:
    paper = Paper.of("\n".join(lines))
    found: list[Node] = [node for node, _ in paper.outline.walk()]
    assert [node.span.start for node in found] == sorted(node.span.start for node in found)
    assert all(node.span.start <= node.text_span.start <= node.text_span.end == node.span.end for node in found)
