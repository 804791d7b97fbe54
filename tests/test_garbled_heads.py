"""Letterheads and titles of dumps that a recogniser of another language made: what can be told is told, the rest stays empty."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors import extract
from extractors.date_line import read_date
from extractors.number_line import read_number
from extractors.paper import Paper
from schemas.page import Line, Page, Word
from schemas.record import DocumentFields
from schemas.text import DocumentText


def dump(text: str, read: dict[str, str] | None = None) -> DocumentText:
    """A garbled dump after its repair. read: what the recogniser had read for some of the words."""
    rows = (tuple(Word(word, (read or {}).get(word, word)) for word in line.split()) for line in text.split("\n"))
    return DocumentText((Page(1, 0, 0, "repaired", 0.0, 0.0, text, tuple(map(Line, rows))),))


def fields(text: str, read: dict[str, str] | None = None) -> DocumentFields:
    return extract(dump(text, read)).document


HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ YÊN BÌNH Độc lập - Tự do - Hạnh phúc
{number} Yên Bình, ngày 08 tháng 9 năm 2025
{kind}
{title}
Ủy ban nhân dân xã Yên Bình {again} như sau:
I. MỤC ĐÍCH
1. Nâng cao nhận thức của cán bộ, công chức và Nhân dân trên địa bàn.
Nơi nhận:
- Lưu: VT.
"""


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("’.S6: 07/KH-UBND oe -", "07/KH-UBND"),
        (". §6:05/CT-UBND a .", "05/CT-UBND"),
        ("S6:18/NQ@HĐND - Hải An", "18/NQ-HĐND"),
        ("‘Số: 57/T B-UBND", "57/TB-UBND"),
        ("S605-NQ/ĐU..", "05-NQ/ĐU"),
        ("So 12-HD/BTGDVTU .", "12-HD/BTGDVTU"),
        ("S6é:1207/BC-UBND..", "1207/BC-UBND"),
        ("‘86: 214/PA-PCLC", "214/PA-PCLC"),
        ("$6: 61/2025/QĐ-UBND", "61/2025/QĐ-UBND"),
        ("S6: O7/KH-UBND", "07/KH-UBND"),
        ("Số: 1207/NQ:-HĐND", "1207/NQ-HĐND"),
    ],
)
def test_a_garbled_number_line_is_read_by_its_grammar(line: str, code: str) -> None:
    found = read_number(Paper.of(line).zones.rows[0], garbled=True)
    assert found is not None
    assert found[0].code is not None
    assert found[0].code.text == code


@pytest.mark.parametrize("line", ["SO6LKHDU", "Sở: pete", "SỞ NỘI VỤ", "86 hộ nghèo/tổng số"])
def test_what_is_no_number_line_gives_none(line: str) -> None:
    assert read_number(Paper.of(line).zones.rows[0], garbled=True) is None


def test_a_party_code_whose_organ_is_lost_keeps_its_number_only() -> None:
    found = read_number(Paper.of("So05-HD/BIGHU").zones.rows[0], garbled=True)
    assert found is not None
    assert (found[0].number, found[0].symbol, found[0].code) == ("05", None, None)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Yên Bình, ngày 22 ade 9 nam 2025", dt.date(2025, 9, 22)),
        ("Yên Bình: ngày 20 8 năm 2025", dt.date(2025, 8, 20)),
        ("Yên Bình, ngay 11 thdng 8 né&im 2025", dt.date(2025, 8, 11)),
        ("Yên Bình, oe 28 tháng 3 năm 2025", dt.date(2025, 3, 28)),
        ("Yên Bình, ngày ee năm 2025", None),
        ("Yên Bình, ngày 01 tháng 10 năm ee", None),
    ],
)
def test_a_garbled_date_is_read_where_day_month_and_year_are_there(line: str, date: dt.date | None) -> None:
    text = dump(line)
    found = read_date(Paper(text).zones.rows[0], [], text)
    assert found is not None
    assert found[0].date == date


def test_a_figure_that_repair_lost_comes_from_what_was_read() -> None:
    text = dump("Yên Bình, ngày 02 tháng năm 2025", {"tháng": "théng’7"})
    found = read_date(Paper(text).zones.rows[0], [], text)
    assert found is not None
    assert found[0].date == dt.date(2025, 7, 2)


@pytest.mark.parametrize(
    ("kind", "number", "name"),
    [
        ("BAQCAG", "S6: 93/BC-UBND", "Báo cáo"),
        ("CHI THT .", "S6: 05/CT-UBND", "Chỉ thị"),
        ("/ KEnHOACH =.", "S6: 64/KH-UBND", "Kế hoạch"),
        ("có ĐỀ ÁN", "S6: 24/DA-UBND", "Đề án"),
        ("THÔNG BÁO ;", "S6: 11/TB-UBND", "Thông báo"),
    ],
)
def test_a_garbled_heading_is_told_by_its_letters_and_by_the_code(kind: str, number: str, name: str) -> None:
    found = fields(HEAD.format(number=number, kind=kind, title="Về trồng cây xanh", again="trồng cây xanh"))
    assert (found.doc_type_name, found.title) == (name, "Về trồng cây xanh")


def test_a_symbol_has_the_letters_of_the_names_that_the_paper_prints() -> None:
    text = """UBND TỈNH AN GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TRƯỜNG ĐẠI HỌC AN HÒA Độc lập - Tự do - Hạnh phúc
S6: 86/TB-DHAH An Giang, ngày 05 tháng 9 năm 2025
THÔNG BÁO
Lịch nhập học
I. THỜI GIAN
"""
    assert fields(text).code == "86/TB-ĐHAH"
    assert fields(text.replace("TRƯỜNG ĐẠI HỌC AN HÒA", "TRƯỜNG CAO ĐẲNG NGHỀ")).code == "86/TB-DHAH"


@pytest.mark.parametrize(
    ("unit", "issuer"),
    [
        ("XAYENBINH", "Ủy ban nhân dân xã Yên Bình"),
        ("XÃ YÊN BÌNH các", "Ủy ban nhân dân xã Yên Bình"),
        ("XÃ YÊN BÍNH Ô", "Ủy ban nhân dân xã Yên Bình"),
    ],
)
def test_the_name_in_a_garbled_letterhead_is_that_of_the_list_and_of_the_body(unit: str, issuer: str) -> None:
    text = HEAD.format(number="S6: 5/KH-UBND", kind="KẾ HOẠCH", title="Trồng cây", again="trồng cây")
    assert fields(text.replace("XÃ YÊN BÌNH", unit)).issuer == issuer


def test_a_name_that_can_stand_is_not_made_another_that_is_like_it() -> None:
    text = HEAD.format(number="S6: 5/KH-TTYT", kind="KẾ HOẠCH", title="Trồng cây", again="trồng cây")
    text = text.replace("ỦY BAN NHÂN DÂN CỘNG", "SỞ Y TẾ CỘNG").replace("XÃ YÊN BÌNH", "TRUNG TÂM Y TẾ SỐ 2")
    text = text.replace("Ủy ban nhân dân xã Yên Bình", "Trung tâm Y tế số 3 và Trung tâm Y tế số 3")
    assert fields(text).issuer == "Trung tâm Y tế số 2"


@pytest.mark.parametrize(
    ("printed", "place"),
    [
        ("L Yên Bình", "Yên Bình"),
        ("Yn Bìh", "Yên Bình"),
        ("Xã Yên Bình", "Xã Yên Bình"),
        ("Yên ahaa", "Yên Bình"),
        ("ee", None),
    ],
)
def test_the_place_of_a_ward_is_the_ward(printed: str, place: str | None) -> None:
    text = HEAD.format(number="S6: 5/KH-UBND", kind="KẾ HOẠCH", title="Trồng cây", again="trồng cây")
    assert fields(text.replace("Yên Bình, ngày", f"{printed}, ngày")).place == place


def test_lost_words_of_a_title_come_from_where_they_are_said_again() -> None:
    title = "Quản lý chất thải spas tại khu du lịch\ntrên địa bàn xã Yên Bình có đoạn 2025 - 2027"
    again = "quản lý chất thải nhựa tại khu du lịch trên địa bàn xã giai đoạn 2025 - 2027"
    text = HEAD.format(number="S6: 5/KH-UBND", kind="KẾ HOẠCH", title=title, again=again)
    wanted = "Quản lý chất thải nhựa tại khu du lịch trên địa bàn xã Yên Bình giai đoạn 2025 - 2027"
    assert fields(text, {"có": "oe"}).title == wanted


def test_a_title_with_a_word_that_nothing_tells_is_left_out() -> None:
    text = HEAD.format(number="S6: 5/KH-UBND", kind="KẾ HOẠCH", title="Quản lý fateng thải", again="triển khai")
    assert fields(text).title is None


def test_a_figure_of_a_title_is_never_taken_from_elsewhere() -> None:
    text = HEAD.format(
        number="S6: 5/BC-UBND",
        kind="BÁO CÁO",
        title="Kết quả công tác dân vận 6 tháng đầu năm",
        again="báo cáo kết quả công tác dân vận 9 tháng đầu năm",
    )
    assert fields(text).title == "Kết quả công tác dân vận 6 tháng đầu năm"


def test_specks_and_strokes_go_out_of_a_title() -> None:
    title = "[Phòng, chống. dịch bệnh —\n- trên địa bàn xã. Yên Bình năm 1 2026 tế"
    text = HEAD.format(number="S6: 5/KH-UBND", kind="KẾ HOẠCH", title=title, again="phòng, chống dịch")
    assert fields(text, {"tế": "ae"}).title == "Phòng, chống dịch bệnh trên địa bàn xã Yên Bình năm 2026"


def test_the_subject_of_a_letter_begins_behind_what_was_read_for_its_mark() -> None:
    text = """SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/SYT-VP Độc lập - Tự do - Hạnh phúc
Và treo cờ Tổ quốc
An Giang, ngày 02 tháng 3 năm 2026
Kính gian: Sở Nội vụ.
"""
    assert fields(text, {"Và": "Viv"}).title == "treo cờ Tổ quốc"


def test_clean_dumps_are_read_to_the_letter() -> None:
    text = HEAD.format(number="Số: 5/KH-UBND", kind="KẾ HOẠCH", title="Quản lý fateng thải năm 1 2026", again="báo cáo")
    assert extract(Paper.of(text).text).document.title == "Quản lý fateng thải năm 1 2026"


@pytest.mark.parametrize(
    ("heading", "name"), [("KẾT LUẬN THANH TRA", "Kết luận thanh tra"), ("KIẾN NGHỊ", "Kiến nghị")]
)
def test_kinds_outside_the_decree_have_a_name_and_no_abbreviation(heading: str, name: str) -> None:
    text = (
        f"THANH TRA TỈNH\nSố: 3/KL-TTr\n{heading}\nVề việc chấp hành pháp luật\nKính gửi: Sở Y tế.\nI. KẾT QUẢ\n1. Có."
    )
    found = extract(Paper.of(text).text).document
    assert (found.doc_type, found.doc_type_name, found.title) == (None, name, "Về việc chấp hành pháp luật")


def test_a_section_of_a_letter_is_no_heading() -> None:
    text = "SỞ Y TẾ\nSố: 12/SYT-VP\nV/v họp\nKính gửi: Sở Nội vụ.\nSở Y tế báo cáo.\nKIẾN NGHỊ\nSở Y tế đề nghị cấp kinh phí."
    found = extract(Paper.of(text).text).document
    assert (found.doc_type, found.title) == ("CV", "họp")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("S6: 07/KHUBND", "07/KH-UBND"),
        ("S6: 07/KH-LBNĐ", "07/KH-UBND"),
        ("S6: 07/KHI-UBND", "07/KH-UBND"),
        ("S6: 07/KH", None),
    ],
)
def test_a_symbol_is_whole_or_none(line: str, code: str | None) -> None:
    found = fields(HEAD.format(number=line, kind="KẾ HOẠCH", title="Trồng cây xanh", again="trồng cây xanh"))
    assert (found.number, found.code) == ("07", code)


def test_a_council_without_its_unit_takes_the_one_that_the_paper_names() -> None:
    text = HEAD.format(
        number="S6: 5/KH-UBND", kind="KẾ HOẠCH", title="Trồng cây", again="trồng cây; Ủy ban nhân dân xã Yên Bình"
    )
    assert fields(text.replace("XÃ YÊN BÌNH", "~")).issuer == "Ủy ban nhân dân xã Yên Bình"
    alone = text.replace("XÃ YÊN BÌNH", "~").replace("Ủy ban nhân dân xã Yên Bình", "Ủy ban nhân dân")
    assert fields(alone).issuer is None


def test_an_issuer_whose_line_is_lost_is_told_by_the_symbol_and_the_body() -> None:
    text = """UBND TỈNH AN GIANG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SONIE Độc lập - Tự do - Hạnh phúc
S6: 86/BC-SYT An Giang, ngày 05 tháng 9 năm 2025
BÁO CÁO
Công tác phòng, chống dịch
Sở Y tế báo cáo công tác phòng, chống dịch; Sở Y tế đề nghị các đơn vị thực hiện.
"""
    assert fields(text).issuer == "Sở Y tế"
    assert fields(text.replace("Sở Y tế", "Cơ quan")).issuer is None


def test_a_title_whose_heading_is_lost_ends_above_who_decides() -> None:
    text = """HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ YÊN BÌNH Độc lập - Tự do - Hạnh phúc
S6: 18/NQ-HĐND Yên Bình, ngày 19 tháng 9 năm 2025
encuiouver :
Về việc điều chỉnh dự toán thu, chi
ngân sách xã Yên Bình năm 2025
HỘI ĐỒNG NHÂN DÂN XÃ YÊN BÌNH
KHÓA I, KỲ HỌP THỨ 3
Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;
"""
    found = fields(text)
    assert (found.doc_type, found.title) == ("NQ", "Về việc điều chỉnh dự toán thu, chi ngân sách xã Yên Bình năm 2025")
