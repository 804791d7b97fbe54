"""Legal bases, citations, recipients, addressees, attachments, printed signatures and checks in many manners of writing."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors import extract
from extractors.common.basis import read_basis
from extractors.paper import Paper
from schemas.page import Annotation, Box, Line, Page, Word
from schemas.record import Record
from schemas.text import DocumentText

HEAD = """UBND TỈNH AN GIANG
SỞ Y TẾ
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Giang, ngày 05 tháng 8 năm 2025
"""
FOOT = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn Bình"


def record_of(text: str) -> Record:
    return extract(Paper.of(text).text)


def letter(body: str) -> Record:
    return record_of(HEAD.format(number="12/SYT-NV\nV/v báo cáo") + "Kính gửi: Ủy ban nhân dân tỉnh.\n" + body + FOOT)


def decision(bases: str, articles: str = "Điều 1. Thành lập Tổ công tác./.") -> Record:
    return record_of(
        HEAD.format(number="07/QĐ-SYT")
        + "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác\nGIÁM ĐỐC SỞ Y TẾ\n"
        + bases
        + "\nQUYẾT ĐỊNH:\n"
        + articles
        + FOOT
    )


def cited(record: Record) -> list[tuple[str, str | None]]:
    return [(citation.code, citation.date.isoformat() if citation.date else None) for citation in record.citations]


@pytest.mark.parametrize(
    ("clause", "code", "date", "kind", "issuer", "also"),
    [
        ("Căn cứ Luật Trẻ em;", None, None, "Luật", None, []),
        ("Căn cứ Luật Thủ đô số 39/2024/QH15;", "39/2024/QH15", None, "Luật", None, []),
        ("Căn cứ Bộ luật Lao động ngày 20 tháng 11 năm 2019;", None, "2019-11-20", "Bộ luật", None, []),
        (
            "Căn cứ Quyết định số 9/QĐ-TTg ngày 02/01/2025 của Thủ tướng Chính phủ phê duyệt Đề án;",
            "9/QĐ-TTg",
            "2025-01-02",
            "Quyết định",
            "Thủ tướng Chính phủ",
            [],
        ),
        (
            "Căn cứ Nghị quyết số 18-NQ/TW ngày 25 tháng 10 năm 2017 của Ban Chấp hành Trung ương Đảng về tinh gọn bộ máy;",
            "18-NQ/TW",
            "2017-10-25",
            "Nghị quyết",
            "Ban Chấp hành Trung ương Đảng",
            [],
        ),
        (
            "Căn cứ Thông tư số 3/2025/TT-BYT của Bộ trưởng Bộ Y tế ngày 06/02/2025 quy định về trạm;",
            "3/2025/TT-BYT",
            "2025-02-06",
            "Thông tư",
            "Bộ trưởng Bộ Y tế",
            [],
        ),
        (
            "Căn cứ các Quyết định số: 11/QĐ-BYT, 12/QĐ-BYT ngày 03/3/2025 của Bộ Y tế về danh mục;",
            "11/QĐ-BYT",
            "2025-03-03",
            "Quyết định",
            "Bộ Y tế",
            [("12/QĐ-BYT", "2025-03-03")],
        ),
        (
            "Xét Tờ trình số 44/TTr-PNV ngày 01/8/2025 của Phòng Nội vụ về việc thành lập tổ;",
            "44/TTr-PNV",
            "2025-08-01",
            "Tờ trình",
            "Phòng Nội vụ",
            [],
        ),
        (
            "Theo đề nghị của Chánh Văn phòng Sở tại Tờ trình số 8/TTr-VP ngày 01/8/2025.",
            "8/TTr-VP",
            "2025-08-01",
            "Đề nghị",
            "Chánh Văn phòng Sở",
            [],
        ),
        (
            "Căn cứ Luật Xây dựng ngày 18/6/2014; Luật sửa đổi, bổ sung một số điều của Luật Kiến trúc số 40/2019/QH14 và Luật Thư viện số 46/2019/QH14 ngày 28/6/2020;",
            None,
            "2014-06-18",
            "Luật",
            None,
            [(None, "2020-06-28"), ("40/2019/QH14", None), ("46/2019/QH14", None)],
        ),
        ("Căn cứ Quyết định số      /QĐ-UBND ngày 04/4/2025 của UBND tỉnh;", None, None, None, None, []),
    ],
)
def test_one_clause(
    clause: str, code: str | None, date: str | None, kind: str | None, issuer: str | None, also: list[object]
) -> None:
    basis = read_basis(clause)
    assert (basis.code, basis.date.isoformat() if basis.date else None) == (code, date)
    assert [(entry.code, entry.date.isoformat() if entry.date else None) for entry in basis.also or []] == also
    if kind:
        assert (basis.kind, basis.issuer) == (kind, issuer)


def test_clauses_of_a_decision_are_joined_over_lines() -> None:
    record = decision(
        "*Căn cứ Luật Khám bệnh, chữa bệnh ngày 09/01/2023;*\n\nCăn cứ Quyết định số 5/QĐ-UBND\nngày 02/01/2025 của Ủy ban\nnhân dân tỉnh;\nTheo đề nghị của Chánh Văn phòng."
    )
    assert [basis.text for basis in record.legal_bases] == [
        "Căn cứ Luật Khám bệnh, chữa bệnh ngày 09/01/2023;",
        "Căn cứ Quyết định số 5/QĐ-UBND ngày 02/01/2025 của Ủy ban nhân dân tỉnh;",
        "Theo đề nghị của Chánh Văn phòng.",
    ]
    assert record.legal_bases[1].issuer == "Ủy ban nhân dân tỉnh"


def test_a_letter_opens_with_its_basis() -> None:
    record = letter(
        "Thực hiện Công văn số 88/UBND-VX ngày 01/8/2025 của Ủy ban nhân dân\ntỉnh về việc kiểm tra, Sở Y tế báo cáo như sau:\n1. Đã kiểm tra theo Kế hoạch số 3/KH-SYT."
    )
    assert [(basis.text, basis.issuer) for basis in record.legal_bases] == [
        (
            "Thực hiện Công văn số 88/UBND-VX ngày 01/8/2025 của Ủy ban nhân dân tỉnh về việc kiểm tra",
            "Ủy ban nhân dân tỉnh",
        )
    ]
    assert cited(record) == [("88/UBND-VX", "2025-08-01"), ("3/KH-SYT", None)]


@pytest.mark.parametrize(
    "body",
    [
        "Trong quý II, Sở đã cấp 12 giấy phép theo Quyết định số 4/QĐ-BYT.",
        "Sở Y tế nhận được đơn của ông Lê An và trả lời như sau:\nThực hiện xong trước ngày 30/9/2025.",
    ],
)
def test_a_letter_without_bases(body: str) -> None:
    assert letter(body).legal_bases == []


@pytest.mark.parametrize(
    ("body", "want"),
    [
        ("theo Nghị định số 60/2021/NĐ-CP\nngày 21/6/2021 của Chính phủ", [("60/2021/NĐ-CP", "2021-06-21")]),
        ("theo Nghị định số 60/2021/NĐ-CP -\nngày 21/6/2021 của Chính phủ", [("60/2021/NĐ-CP", "2021-06-21")]),
        ("tại Nghị quyết số 45-\nNQ/TW và Quyết định 1036/QĐ-TTg", [("45-NQ/TW", None), ("1036/QĐ-TTg", None)]),
        ("số 1/QĐ-A, ngày 2/3/2025; số 2/QĐ-BYT ngày 4/5/2025", [("1/QĐ-A", "2025-03-02"), ("2/QĐ-BYT", "2025-05-04")]),
        (
            "Ngày 22/11/2023, Thủ tướng Chính phủ phê duyệt Quy hoạch\ntại Quyết định số 1456/QĐ-\nTTg.",
            [("1456/QĐ-TTg", "2023-11-22")],
        ),
        (
            "Kế hoạch 9/KH-UBND; Kế hoạch số 9/KH-UBND ngày 01/02/2025; Kế hoạch số 9/KH-UBND ngày 01/02/2024",
            [("9/KH-UBND", "2025-02-01"), ("9/KH-UBND", "2024-02-01")],
        ),
        ("Công văn số 12/SYT-NV đã gửi; Đề án 06/CP; tỷ lệ 1/500; 24/7", []),
    ],
)
def test_citations(body: str, want: list[tuple[str, str | None]]) -> None:
    assert cited(letter("Về nội dung trên:\n" + body)) == want


def test_own_number_of_another_year_is_a_citation() -> None:
    assert cited(letter("Tiếp theo Công văn số 12/SYT-NV ngày 03/4/2024.")) == [("12/SYT-NV", "2024-04-03")]


@pytest.mark.parametrize(
    ("block", "want"),
    [
        ("Kính gửi: Bộ Y tế.", ["Bộ Y tế"]),
        (
            "Kính gửi:\n- Bộ Y tế;\n- Bộ Tài chính;\n- Ủy ban nhân dân các xã,\nphường trong tỉnh.",
            ["Bộ Y tế", "Bộ Tài chính", "Ủy ban nhân dân các xã, phường trong tỉnh"],
        ),
        ("Kính gửi: - Bộ Y tế;\n- Bộ Tài chính.", ["Bộ Y tế", "Bộ Tài chính"]),
        ("Kính gửi: Bộ Y tế; Bộ Tài chính", ["Bộ Y tế", "Bộ Tài chính"]),
        ("Kính gửi: Bộ Y tế,\nThực hiện chế độ báo cáo định kỳ, Sở Y tế báo cáo như sau:", ["Bộ Y tế"]),
    ],
)
def test_addressees(block: str, want: list[str]) -> None:
    record = record_of(
        HEAD.format(number="12/SYT-NV\nV/v họp")
        + block
        + "\nĐể chuẩn bị hội nghị, Sở Y tế đề nghị các cơ quan cử người dự./."
        + FOOT
    )
    assert record.addressees == want


def test_recipients_keep_lists_inside_an_item() -> None:
    record = record_of(
        HEAD.format(number="3/TB-SYT")
        + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo lịch nghỉ./.\nNơi nhận:\n- Các bệnh viện: Tim;\nMắt;\nRăng Hàm Mặt;\n- VP Sở;\n- Lưu: VT, TCCB (2b).\nGIÁM ĐỐC\nTrần Văn Bình"
    )
    assert record.recipients == ["Các bệnh viện: Tim; Mắt; Răng Hàm Mặt", "VP Sở", "Lưu: VT, TCCB (2b)"]


def test_attachments_in_the_file_and_named() -> None:
    record = decision(
        "Căn cứ Luật Dược;",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế trực cấp cứu./.",
    )
    assert [(a.doc_type, a.title, a.issued_with, a.issued_with_date) for a in record.attachments] == [
        ("QC", "Trực cấp cứu", "07/QĐ-SYT", dt.date(2025, 8, 5))
    ]
    text = (
        HEAD.format(number="07/QĐ-SYT")
        + "QUYẾT ĐỊNH\nBan hành Quy chế trực\nCăn cứ Luật Dược;\nQUYẾT ĐỊNH:\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế trực cấp cứu./."
        + FOOT
        + "\fSỞ Y TẾ\nQUY CHẾ\nTrực cấp cứu tại bệnh viện\n(Ban hành kèm theo Quyết định số      /QĐ-SYT ngày    /8/2025 của Giám đốc Sở Y tế)\nĐiều 1. Trực\nTrực 24/24 giờ."
    )
    record = record_of(text)
    assert [(a.doc_type, a.title, a.issued_with) for a in record.attachments] == [
        ("QC", "Trực cấp cứu tại bệnh viện", "07/QĐ-SYT")
    ]
    assert record.document.signer_name == "Trần Văn Bình"


@pytest.mark.parametrize("name", ["PHỤ LỤC", "PHỤLỤC", "BẢNG KÊ", "2\nBIỂU THEO DÕI"])
def test_an_appendix_of_any_name_at_the_top_of_a_page_has_the_title_above_its_caption(name: str) -> None:
    appended = f"{name}\nLịch trực cấp cứu năm 2026\n(Kèm theo Quyết định số 07/QĐ-SYT ngày 05/8/2025)\n1. Tim."
    text = f"{HEAD.format(number='07/QĐ-SYT')}QUYẾT ĐỊNH\nVề lịch trực\nĐiều 1. Trực theo phụ lục./.{FOOT}\f{appended}"
    record = record_of(text)
    assert [(a.title, a.issued_with) for a in record.attachments] == [("Lịch trực cấp cứu năm 2026", "07/QĐ-SYT")]
    assert record.document.signer_name == "Trần Văn Bình"


def test_a_paper_that_came_with_another_has_no_number_of_its_own() -> None:
    record = record_of(
        "SỞ Y TẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nCHƯƠNG TRÌNH\nPhòng bệnh dại năm 2026\n(Kèm theo Quyết định số 31/QĐ-SYT ngày 09/12/2025\ncủa Giám đốc Sở Y tế)\nI. MỤC TIÊU\n- Tiêm 95% đàn chó."
    )
    document = record.document
    assert (document.doc_type, document.number, document.code, document.issued_on, document.signer_name) == (
        "CTr",
        None,
        None,
        None,
        None,
    )
    assert [(a.doc_type, a.issued_with, a.issued_with_date) for a in record.attachments] == [
        ("CTr", "31/QĐ-SYT", dt.date(2025, 12, 9))
    ]
    assert record.citations == []


def test_stamps_are_read_from_annotations_once() -> None:
    line = Line(tuple(Word(token, token) for token in "THÔNG BÁO".split()))
    marks = (
        Annotation(
            "signing_mark",
            "Ký bởi: Sở Y tế tỉnh An Giang\nEmail: syt@angiang.gov.vn\nThời gian ký: 2025-08-06T07:08:09+07:00",
            Box(1, 2, 3, 4),
        ),
        Annotation("stamp", "Ký bởi: Sở Y tế tinh An Giang\nThời gian ký: 06/08/2025 07:08:09", Box(1, 2, 3, 4)),
        Annotation("handwriting", "Ký bởi: ai đó", None),
    )
    page = Page(3, 595, 842, "ocr", 1.0, 1.0, "", (line,), annotations=marks)
    record = extract(DocumentText((page,)))
    assert [(s.signer, s.email, s.signed_at) for s in record.digital_signatures] == [
        ("Sở Y tế tỉnh An Giang", "syt@angiang.gov.vn", "2025-08-06T07:08:09+07:00")
    ]
    proof = next(entry for entry in record.evidence if entry.path.startswith("digital_signatures[0]"))
    assert (proof.page, proof.box) == (3, (1, 2, 3, 4))
