"""Heads and feet of the kinds of NĐ 30/2020 and beyond. Each entry: name, text, what `document` must say ."""

from __future__ import annotations

import datetime as dt

from tests.papers.case import Case

CASES: tuple[Case, ...] = (
    Case(
        "ministry letter, columns one after the other",
        """BỘ GIÁO DỤC VÀ ĐÀO TẠO
Số: 1204/BGDĐT-GDTX
V/v tổ chức tuần lễ hưởng ứng
học tập suốt đời năm 2026
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 09 tháng 3 năm 2026
Kính gửi:
- Các sở giáo dục và đào tạo;
- Các trường cao đẳng sư phạm.
Để chuẩn bị tuần lễ năm 2026, Bộ đề nghị các đơn vị gửi kế hoạch trước ngày 30/4/2026.
Trân trọng./.
Nơi nhận:
- Như trên;
- Bộ trưởng (để b/c);
- Lưu: VT, Vụ GDTX.
KT. BỘ TRƯỞNG
THỨ TRƯỞNG
Ngô Thị Bích Hường""",
        {
            "doc_type": "CV",
            "doc_type_name": "Công văn",
            "number": "1204",
            "symbol": "BGDĐT-GDTX",
            "code": "1204/BGDĐT-GDTX",
            "issuer": "Bộ Giáo dục và Đào tạo",
            "place": "Hà Nội",
            "issued_on": dt.date(2026, 3, 9),
            "title": "tổ chức tuần lễ hưởng ứng học tập suốt đời năm 2026",
            "signer_name": "Ngô Thị Bích Hường",
            "signer_title": "Thứ trưởng",
            "signed_for": "KT. Bộ trưởng",
            "drafting_unit": "Vụ GDTX",
        },
    ),
    Case(
        "university decision, superior above, right column first",
        """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Đà Nẵng, ngày 15 tháng 10 năm 2025
ĐẠI HỌC ĐÀ NẴNG
TRƯỜNG ĐẠI HỌC
KINH TẾ
Số: 3187/QĐ-ĐHKT
QUYẾT ĐỊNH
Về việc khen thưởng sinh viên đạt giải
Hội thi khởi nghiệp cấp trường
HIỆU TRƯỞNG TRƯỜNG ĐẠI HỌC KINH TẾ
Căn cứ Luật Giáo dục đại học ngày 18/6/2012;
Xét đề nghị của Trưởng phòng Công tác sinh viên.
QUYẾT ĐỊNH:
Điều 1. Tặng giấy khen cho 12 sinh viên./.
Nơi nhận:
- Như Điều 1;
- Lưu: VT, CTSV.
KT. HIỆU TRƯỞNG
PHÓ HIỆU TRƯỞNG
PGS.TS. Lâm Quốc Đạt""",
        {
            "doc_type": "QĐ",
            "doc_type_name": "Quyết định",
            "number": "3187",
            "symbol": "QĐ-ĐHKT",
            "code": "3187/QĐ-ĐHKT",
            "issuer": "Trường Đại học Kinh tế",
            "place": "Đà Nẵng",
            "issued_on": dt.date(2025, 10, 15),
            "title": "Về việc khen thưởng sinh viên đạt giải Hội thi khởi nghiệp cấp trường",
            "signer_name": "Lâm Quốc Đạt",
            "signer_title": "Phó Hiệu trưởng",
            "signed_for": "KT. Hiệu trưởng",
            "drafting_unit": "CTSV",
        },
    ),
    Case(
        "Party programme",
        """ĐẢNG BỘ TỈNH LÂM ĐỒNG
ĐẢNG ỦY PHƯỜNG XUÂN HƯƠNG
*
Số 08-CTr/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Xuân Hương, ngày 21 tháng 11 năm 2025
CHƯƠNG TRÌNH
kiểm tra, giám sát năm 2026
I. MỤC ĐÍCH
- Giữ nghiêm kỷ luật của Đảng theo Quy định số 22-QĐ/TW ngày 28/7/2021.
Nơi nhận:
- Thường trực Tỉnh ủy (b/c),
- Lưu Văn phòng Đảng ủy.
T/M ĐẢNG ỦY
PHÓ BÍ THƯ
Cao Thị Ngọc Lan""",
        {
            "doc_type": "CTr",
            "doc_type_name": "Chương trình",
            "number": "08",
            "symbol": "CTr/ĐU",
            "code": "08-CTr/ĐU",
            "issuer": "Đảng ủy phường Xuân Hương",
            "place": "Xuân Hương",
            "issued_on": dt.date(2025, 11, 21),
            "title": "kiểm tra, giám sát năm 2026",
            "signer_name": "Cao Thị Ngọc Lan",
            "signer_title": "Phó Bí thư",
            "signed_for": "T/M Đảng ủy",
        },
    ),
    Case(
        "decree of the Government",
        """CHÍNH PHỦ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 417/2025/NĐ-CP Hà Nội, ngày 28 tháng 12 năm 2025
NGHỊ ĐỊNH
Quy định về quản lý bến thủy nội địa cỡ nhỏ
Căn cứ Luật Tổ chức Chính phủ ngày 18 tháng 02 năm 2025;
Theo đề nghị của Bộ trưởng Bộ Xây dựng;
Chính phủ ban hành Nghị định quy định về quản lý bến thủy nội địa cỡ nhỏ.
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về bến nhỏ./.
Nơi nhận: TM. CHÍNH PHỦ
- Ban Bí thư Trung ương Đảng; KT. THỦ TƯỚNG
- Lưu: VT, CN (2). PHÓ THỦ TƯỚNG
Đoàn Thế Bảo""",
        {
            "doc_type": "NĐ",
            "doc_type_name": "Nghị định",
            "number": "417",
            "symbol": "NĐ-CP",
            "code": "417/2025/NĐ-CP",
            "issuer": "Chính phủ",
            "place": "Hà Nội",
            "issued_on": dt.date(2025, 12, 28),
            "title": "Quy định về quản lý bến thủy nội địa cỡ nhỏ",
            "signer_name": "Đoàn Thế Bảo",
            "signer_title": "Phó Thủ tướng",
            "signed_for": "TM. Chính phủ; KT. Thủ tướng",
            "drafting_unit": "CN",
        },
    ),
    Case(
        "letter with the number left blank, day not filled in",
        """UBND TỈNH TÂY NINH
SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG
Số:        /SNNMT-TL
V/v kiểm tra công trình trước mùa lũ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tây Ninh, ngày      tháng 9 năm 2025
Kính gửi: Ủy ban nhân dân các xã, phường.
Hiện nay đang vào mùa mưa, Sở đề nghị kiểm tra các cống dưới đê./.
Nơi nhận:
- Như trên;
- Lưu: VT, TL.
Q. GIÁM ĐỐC
Huỳnh Tấn Lợi""",
        {
            "doc_type": "CV",
            "doc_type_name": "Công văn",
            "symbol": "SNNMT-TL",
            "issuer": "Sở Nông nghiệp và Môi trường",
            "place": "Tây Ninh",
            "title": "kiểm tra công trình trước mùa lũ",
            "signer_name": "Huỳnh Tấn Lợi",
            "signer_title": "Q. Giám đốc",
            "signed_for": "Q. Giám đốc",
            "drafting_unit": "TL",
        },
    ),
    Case(
        "invitation of a people's council, by order",
        """HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ HÒA VANG Độc lập - Tự do - Hạnh phúc
Số: 07/GM-HĐND Hòa Vang, ngày 02 tháng 12 năm 2025

GIẤY MỜI
Dự kỳ họp thứ ba của Hội đồng nhân dân xã

Kính gửi: Ông Đỗ Minh Khoa, Trưởng thôn Phước Hưng.

Thường trực Hội đồng nhân dân xã trân trọng kính mời ông dự kỳ họp.

Nơi nhận: TL. CHỦ TỊCH
- Như trên; CHÁNH VĂN PHÒNG
- Lưu: VT. Tôn Nữ Thùy Dung""",
        {
            "doc_type": "GM",
            "doc_type_name": "Giấy mời",
            "number": "07",
            "symbol": "GM-HĐND",
            "code": "07/GM-HĐND",
            "issuer": "Hội đồng nhân dân xã Hòa Vang",
            "place": "Hòa Vang",
            "issued_on": dt.date(2025, 12, 2),
            "title": "Dự kỳ họp thứ ba của Hội đồng nhân dân xã",
            "signer_name": "Tôn Nữ Thùy Dung",
            "signer_title": "Chánh Văn phòng",
            "signed_for": "TL. Chủ tịch",
        },
    ),
    Case(
        "urgent telegram with stamps in the text",
        """THỦ TƯỚNG CHÍNH PHỦ
Số: 233/CĐ-TTg
HỎA TỐC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 7 tháng 11 năm 2025
CÔNG ĐIỆN
Về việc khắc phục sạt lở bờ biển
THỦ TƯỚNG CHÍNH PHỦ điện:
- Chủ tịch Ủy ban nhân dân các tỉnh ven biển;
Sau đợt gió mùa, một số đoạn bờ biển bị sạt lở nặng.
1. Rà soát, sơ tán dân./.
Nơi nhận:
- Như trên;
- Lưu: VT, NN.
THỦ TƯỚNG
Vương Đình Khải""",
        {
            "doc_type": "CĐ",
            "doc_type_name": "Công điện",
            "number": "233",
            "symbol": "CĐ-TTg",
            "code": "233/CĐ-TTg",
            "issuer": "Thủ tướng Chính phủ",
            "place": "Hà Nội",
            "issued_on": dt.date(2025, 11, 7),
            "title": "Về việc khắc phục sạt lở bờ biển",
            "signer_name": "Vương Đình Khải",
            "signer_title": "Thủ tướng",
            "drafting_unit": "NN",
        },
    ),
)
