"""Letterheads and signatures of every sort of issuer: universities, ministries, courts, the Party, unions, companies, the forces."""

from __future__ import annotations

import pytest

from extractors import extract
from extractors.authority_lines import mended
from extractors.paper import Paper

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
BODY = "Thực hiện chương trình công tác, đơn vị tổ chức như sau:\n1. Giao các phòng thực hiện./.\nNơi nhận:\n- Như trên;\n- Lưu: VT, TCHC."
HEADS = [
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO\nTRƯỜNG ĐẠI HỌC VINH", "Số: 12/TB-ĐHV", STATE, "Trường Đại học Vinh", "12/TB-ĐHV"),
    ("ĐẠI HỌC HUẾ\nTRƯỜNG ĐẠI HỌC\nNÔNG LÂM", "Số: 7a/QĐ-ĐHNL", STATE, "Trường Đại học Nông lâm", "7a/QĐ-ĐHNL"),
    ("BỘ CÔNG THƯƠNG", "Số: 31/2025/TT-BCT", STATE, "Bộ Công Thương", "31/2025/TT-BCT"),
    ("BỘ TÀI CHÍNH\nCỤC THUẾ\nTHUẾ TỈNH SƠN LA", "Số: 45/TB-SLA", STATE, "Thuế tỉnh Sơn La", "45/TB-SLA"),
    ("VIỆN KIỂM SÁT NHÂN DÂN\nTỐI CAO", "Số: 3/HD-VKSTC", STATE, "Viện kiểm sát nhân dân tối cao", "3/HD-VKSTC"),
    ("TÒA ÁN NHÂN DÂN\nTỈNH LAI CHÂU", "Số: 08/BC-TA", STATE, "Tòa án nhân dân tỉnh Lai Châu", "08/BC-TA"),
    ("UBND TỈNH SƠN LA\nTRƯỜNG THPT TÔ HIỆU", "Số: 9/KH-THPT", STATE, "Trường THPT Tô Hiệu", "9/KH-THPT"),
    (
        "QUÂN KHU 2\nBỘ CHỈ HUY QUÂN SỰ TỈNH SƠN LA",
        "Số: 61/KH-BCH",
        STATE,
        "Bộ Chỉ huy Quân sự tỉnh Sơn La",
        "61/KH-BCH",
    ),
    ("ĐẢNG BỘ TỈNH SƠN LA\nĐẢNG ỦY XÃ TÔ MÚA\n*", "Số 12-QĐ/ĐU", PARTY, "Đảng ủy xã Tô Múa", "12-QĐ/ĐU"),
    ("TỈNH ỦY SƠN LA\nBAN TỔ CHỨC\n*", "Số 09-HD/BTCTU", PARTY, "Ban Tổ chức", "09-HD/BTCTU"),
    (
        "QUỐC HỘI\nỦY BAN THƯỜNG VỤ QUỐC HỘI",
        "Nghị quyết số: 17/NQ-UBTVQH15",
        STATE,
        "Ủy ban Thường vụ Quốc hội",
        "17/NQ-UBTVQH15",
    ),
    ("THANH TRA TỈNH\nĐOÀN THANH TRA THEO QUYẾT ĐỊNH\nSỐ 12/QĐ-TTr", "Số: 05/TB-ĐTT", STATE, None, "05/TB-ĐTT"),
    (
        "VIỆN HẢI SẢN\nVIỆN NUÔI BIỂN\nINSTITUTE OF MARICULTURE",
        "Số: 15/TB-VNB",
        f"{STATE}\nSOCIALIST REPUBLIC OF VIETNAM\nIndependence - Freedom - Happiness",
        "Viện Nuôi biển",
        "15/TB-VNB",
    ),
]


@pytest.mark.parametrize(("left", "number", "motto", "issuer", "code"), HEADS, ids=[head[4] for head in HEADS])
def test_issuer_and_code(left: str, number: str, motto: str, issuer: str | None, code: str) -> None:
    kind = "QUYẾT ĐỊNH" if "QĐ" in number else "HƯỚNG DẪN" if "HD" in number else "THÔNG BÁO"
    text = f"{left}\n{number}\n{motto}\nSơn La, ngày 05 tháng 9 năm 2025\n{kind}\nVề việc họp\n{BODY}\nGIÁM ĐỐC\nLê An Bình"
    document = extract(Paper.of(text).text).document
    assert document.code == code
    assert issuer is None or (document.issuer or "").casefold() == issuer.casefold()
    assert document.issued_on is not None
    assert document.title == "Về việc họp"


@pytest.mark.parametrize(
    ("block", "signed_for", "title", "name"),
    [
        ("KT. CHỈ HUY TRƯỞNG\nPHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG\nThượng tá Bùi Văn Hải", "KT. Chỉ huy trưởng", "Phó Chỉ huy trưởng - Tham mưu trưởng", "Bùi Văn Hải"),
        ("TM. ĐOÀN ĐBQH TỈNH\nKT. TRƯỞNG ĐOÀN\nPHÓ TRƯỞNG ĐOÀN\nNguyễn Duy Thanh", "TM. Đoàn ĐBQH tỉnh; KT. Trưởng đoàn", "Phó Trưởng đoàn", "Nguyễn Duy Thanh"),
        ("KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nMai Thị Thu Vân", "KT. Bộ trưởng, Chủ nhiệm", "Phó Chủ nhiệm", "Mai Thị Thu Vân"),
        ("Q. CHI CỤC TRƯỞNG\nTrần Quang Bảo", "Q. Chi cục trưởng", "Q. Chi cục trưởng", "Trần Quang Bảo"),
        ("HIỆU TRƯỞNG\nPGS. TS. Đào Việt Hà", None, "Hiệu trưởng", "Đào Việt Hà"),
        ("THẨM PHÁN\nHuỳnh Quốc Dũng", None, "Thẩm phán", "Huỳnh Quốc Dũng"),
        ("TM. HỘI ĐỒNG NHÂN DÂN\nCHỦ TỊCH\n(Đã ký)\nLê Tiến Lam", "TM. Hội đồng nhân dân", "Chủ tịch", "Lê Tiến Lam"),
    ],
)  # fmt: skip
def test_signing(block: str, signed_for: str | None, title: str, name: str) -> None:
    text = f"SỞ Y TẾ\nSố: 12/TB-SYT\n{STATE}\nSơn La, ngày 05 tháng 9 năm 2025\nTHÔNG BÁO\nVề việc họp\n{BODY}\n{block}"
    document = extract(Paper.of(text).text).document
    assert (document.signed_for, document.signer_title, document.signer_name) == (signed_for, title, name)
    assert document.drafting_unit == "TCHC"


@pytest.mark.parametrize(
    ("read", "party", "meant"),
    [
        (["KF CHÁNH VĂN PHÒNG", "PHỔ CHÂNAVĂN PHÒNG"], False, ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
        (["KT.,TỠNG GIÁM ĐỐC", "PHÓ TỠNQGIÁM ĐỐC"], False, ["KT. TỔNG GIÁM ĐỐC", "PHÓ TỔNG GIÁM ĐỐC"]),
        (["KT. BỘ TRƯỞNG", "THỨ NQƯỞNG"], False, ["KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"]),
        (["K/TCHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"], True, ["K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
        (["PMUYBAN KIẾM TRA", "CHỦ NHIỆM"], True, ["TM. ỦY BAN KIỂM TRA", "CHỦ NHIỆM"]),
        (["TT. HIỆU TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH"], False, ["TL. HIỆU TRƯỞNG", "TRƯỞNG PHÒNG HÀNH CHÍNH"]),
        (["KT. TRƯỞNG PHÒNG ĐÀO TẠO", "PHÓ TRƯỞNG PHÒNG"], False, ["KT. TRƯỞNG PHÒNG ĐÀO TẠO", "PHÓ TRƯỞNG PHÒNG"]),
        (["KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"], False, ["KT. TRƯỞNG CÔNG AN XÃ", "PHÓ TRƯỞNG CÔNG AN XÃ"]),
        (["TRƯỞNG BAN", "CHỦ TỊCH UBND TỈNH"], False, ["TRƯỞNG BAN", "CHỦ TỊCH UBND TỈNH"]),
        (["CHỦ TỊCH"], True, ["CHỦ TỊCH"]),
        (["GIÁM ĐỐC"], False, ["GIÁM ĐỐC"]),
    ],
)
def test_a_block_under_a_seal_is_mended_only_where_one_reading_is_left(
    read: list[str], party: bool, meant: list[str]
) -> None:
    assert mended(read, party) == meant


def test_words_of_stamps_inside_a_title_stay() -> None:
    text = f"SỞ Y TẾ\nSố: 12/KH-SYT\n{STATE}\nSơn La, ngày 05 tháng 9 năm 2025\nKẾ HOẠCH\nLấy ý kiến góp ý dự thảo Quy hoạch\nđến năm 2030\n{BODY}"
    assert extract(Paper.of(text).text).document.title == "Lấy ý kiến góp ý dự thảo Quy hoạch đến năm 2030"
