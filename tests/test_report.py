"""Results of reports, their arithmetic, and footnotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.paper import Paper
from extractors.report.arithmetic import check_results
from extractors.report.footnotes import FOOTNOTES
from extractors.report.results import RESULTS, read_results
from schemas.page import Box, Line, Page, Ruling, Word
from schemas.record import Result
from schemas.text import DocumentText

Numbers = tuple[float | None, float | None, float | None, str | None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Đã trả 231/240 kết quả, đạt 96,3%.", [(231, 240, 96.3, "%")]),
        ("Nộp trực tuyến 512 hồ sơ, chiếm 71,8%.", [(512, None, 71.8, "%")]),
        ("Rà soát 14/14 văn bản (đạt 100%).", [(14, 14, 100, "%")]),
        ("Hài lòng đạt 97,5% (195/200 phiếu).", [(195, 200, 97.5, "%")]),
        ("Điểm chuyển đổi số đạt 76,25/100 điểm.", [(76.25, 100, 76.25, "điểm")]),
        (
            "Thu phí 2 tỷ 45 triệu đồng, tăng 8,4% so với cùng kỳ.",
            [(None, None, 2045, "triệu đồng"), (None, None, 8.4, "%")],
        ),
        ("Giải ngân 1.250 triệu đồng/2.000 triệu đồng, đạt 62,5% kế hoạch.", [(1250, 2000, 62.5, "%")]),
        ("Có 21 người trên tổng số 30 người tham dự, đạt 70%.", [(21, 30, 70, "%")]),
        ("Tiếp nhận 08 phản ánh, kiến nghị.", [(None, None, 8, "phản ánh, kiến nghị")]),
        ("Thời gian chờ giảm từ 40 phút xuống còn 25 phút.", [(None, None, 25, "phút")]),
        ("Tỷ lệ số hóa đạt 38% (chỉ tiêu giao 60%).", [(None, None, 38, "%")]),
        ("Thực hiện Quyết định số 33/QĐ-UBND ngày 07/02/2026, khoản 4 Điều 9.", []),
    ],
)
def test_figures(text: str, expected: list[Numbers]) -> None:
    assert [(r.numerator, r.denominator, r.value, r.unit) for r, _, _ in read_results(text)] == expected


def test_each_result_has_its_own_clause_and_indicator() -> None:
    text = "Tổng số hồ sơ trong kỳ: 920 hồ sơ; trong đó nộp trực tiếp 310 hồ sơ, chiếm 33,7%, quá hạn 4 hồ sơ."
    assert [(r.text, r.indicator) for r, _, _ in read_results(text)] == [
        ("Tổng số hồ sơ trong kỳ: 920 hồ sơ", "tổng số hồ sơ trong kỳ"),
        ("trong đó nộp trực tiếp 310 hồ sơ, chiếm 33,7%", "nộp hồ sơ trực tiếp"),
        ("quá hạn 4 hồ sơ", "hồ sơ quá hạn"),
    ]


@pytest.mark.parametrize(
    ("text", "indicators"),
    [
        ("Ban hành 09 kế hoạch; rà soát 41 văn bản.", ["ban hành kế hoạch", "rà soát văn bản"]),
        (
            "Thu phí ước đạt 2 tỷ 45 triệu đồng, bằng 104% dự toán, tăng 3,5% so với cùng kỳ.",
            ["thu phí", "thu phí so với dự toán", "tăng thu phí so với cùng kỳ"],
        ),
        ("Có 18/20 thôn có điểm đọc sách (đạt 90%).", ["thôn có điểm đọc sách"]),
        ("Đến ngày 15/9/2026, xã tiếp nhận 310 hồ sơ.", ["xã tiếp nhận hồ sơ"]),
        ("Số hộ nghèo giảm từ 52 hộ xuống còn 40 hộ.", ["số hộ nghèo"]),
        ("Phát hiện 03 trường hợp vi phạm.", ["phát hiện trường hợp vi phạm"]),
    ],
)
def test_indicators_say_what_was_measured(text: str, indicators: list[str]) -> None:
    assert [r.indicator for r, _, _ in read_results(text)] == indicators


REPORT = """BÁO CÁO
Kết quả quý II năm 2026
Thực hiện Kế hoạch số 9/KH-UBND ngày 12/01/2026, xã báo cáo:
I. KẾT QUẢ
1. Đã mở 06 lớp tập huấn1 cho 240 học viên.
2. Số hóa 88% hồ sơ.
II. PHƯƠNG HƯỚNG, NHIỆM VỤ QUÝ III
1. Số hóa 100% hồ sơ.
III. ĐỀ XUẤT, KIẾN NGHỊ
1. Cấp 02 máy quét.
1 Gồm cả lớp trực tuyến.
"""


def test_sections_on_what_is_to_come_are_left_out() -> None:
    found = list(RESULTS.find(Paper.of(REPORT)))
    assert [(f.value.value, f.value.unit) for f in found] == [(6, "lớp tập huấn"), (240, "học viên"), (88, "%")]


def test_evidence_covers_the_clause() -> None:
    paper = Paper.of(REPORT)
    assert [paper.text[f.span] for f in RESULTS.find(paper)] == [
        "Đã mở 06 lớp tập huấn1",
        "cho 240 học viên.",
        "Số hóa 88% hồ sơ.",
    ]


def test_the_footnote_is_tied_to_its_mark_and_flows_out_of_the_text() -> None:
    paper = Paper.of(REPORT)
    assert [(f.value.mark, f.value.text) for f in FOOTNOTES.find(paper)] == [("1", "Gồm cả lớp trực tuyến.")]
    assert all("trực tuyến" not in node.text for node, _ in paper.outline.walk())


def test_a_footnote_over_two_lines_at_the_end_of_a_page() -> None:
    text = "Trong kỳ đã xây mới 12 nhà1 cho hộ nghèo, kinh phí\n1 Từ nguồn vận động của các tổ chức,\ncá nhân.\n3\n\fdo xã hỗ trợ."
    assert [f.value.text for f in FOOTNOTES.find(Paper.of(text))] == ["Từ nguồn vận động của các tổ chức, cá nhân."]
    assert Paper.of(text).outline.parts[0].nodes[0].text.endswith("kinh phí do xã hỗ trợ.")


def test_a_mark_without_note_and_a_number_without_mark_are_no_footnotes() -> None:
    assert list(FOOTNOTES.find(Paper.of("Đã xây 12 nhà1 cho hộ nghèo."))) == []
    assert list(FOOTNOTES.find(Paper.of("Đã xây 12 nhà.\n1 Mở rộng đường."))) == []


@pytest.mark.parametrize("parted", [(), ("2",)], ids=["second mark lost", "second mark on a line of its own"])
def test_footnotes_below_their_line_whose_marks_were_lost(parted: tuple[str, ...]) -> None:
    def line(text: str, top: float, height: float) -> Line:
        return Line(
            tuple(Word(t, t, Box(90 + 40 * i, top, 125 + 40 * i, top + height)) for i, t in enumerate(text.split()))
        )

    body = [line("Trong kỳ đã sửa chín trạm bơm và nạo vét kênh", 300 + 20 * i, 14) for i in range(5)]
    notes = [
        line("1", 720, 7),
        line("Không tính trạm của", 725, 10),
        line("hợp tác xã.", 738, 10),
        *(line(mark, 747, 7) for mark in parted),
        line("Kênh cấp ba.", 751, 10),
        line("4", 800, 13),
    ]
    ruling = Ruling(Box(90, 715, 230, 716), True)
    page = Page(1, 595, 842, "ocr", 1.0, 1.0, "", (*body, *notes), (ruling,))
    found = [f.value for f in FOOTNOTES.find(Paper(DocumentText((page,))))]
    assert [(note.mark, note.text) for note in found] == [
        ("1", "Không tính trạm của hợp tác xã."),
        ("2", "Kênh cấp ba."),
    ]
    bare = page._replace(rulings=())
    assert list(FOOTNOTES.find(Paper(DocumentText((bare,))))) == []


def test_a_share_that_its_numbers_do_not_give_is_told() -> None:
    def result(value: float) -> Result:
        return Result(text="x", numerator=45, denominator=60, value=value, unit="%")

    assert check_results([result(75.0)]) == []
    (warning,) = check_results([result(75.0), result(57.0)])
    assert (warning.severity, warning.paths) == ("warning", ["results[1]"])


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(0, 2))
def test_rounded_shares_pass(top: int, bottom: int, decimals: int) -> None:
    value = round(100 * top / bottom, decimals)
    assert check_results([Result(text="x", numerator=top, denominator=bottom, value=value, unit="%")]) == []


@given(st.text(alphabet="0123456789,./%() hồsơđạtchiếm", max_size=60))
def test_any_text_is_read_without_fault(text: str) -> None:
    for result, start, end in read_results(text):
        assert result.text == text[start:end].strip(" ,")
