"""Heads and feet of the kinds of NĐ 30/2020 and beyond. Each entry: name, text, what `document` must say (all other fields None)."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple


class Case(NamedTuple):
    name: str
    text: str
    document: dict[str, Any]


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
        },
    ),
    Case(
        "plan in markdown, title in capitals",
        """**ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM
XÃ ĐÔNG ANH
BAN THƯỜNG TRỰC**

Số: **19**/KH-MTTQ-BTT

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập – Tự do – Hạnh phúc**

*Đông Anh, ngày 03 tháng 02 năm 2026*

**KẾ HOẠCH
TỔ CHỨC TẾT TRỒNG CÂY
XUÂN BÍNH NGỌ 2026**

Thực hiện Kế hoạch số 12/KH-UBND ngày 20/01/2026 của UBND xã về Tết trồng cây, Ban Thường trực xây dựng kế hoạch như sau:

I. MỤC ĐÍCH

- Trồng 500 cây.

**TM. BAN THƯỜNG TRỰC
CHỦ TỊCH**

**Khổng Văn Thắng**""",
        {
            "doc_type": "KH",
            "doc_type_name": "Kế hoạch",
            "number": "19",
            "symbol": "KH-MTTQ-BTT",
            "code": "19/KH-MTTQ-BTT",
            "issuer": "Ban Thường trực",
            "place": "Đông Anh",
            "issued_on": dt.date(2026, 2, 3),
            "title": "TỔ CHỨC TẾT TRỒNG CÂY XUÂN BÍNH NGỌ 2026",
            "signer_name": "Khổng Văn Thắng",
            "signer_title": "Chủ tịch",
            "signed_for": "TM. Ban Thường trực",
        },
    ),
    Case(
        "circular, minister signs himself",
        """BỘ TÀI CHÍNH
-------
Số: 88/2025/TT-BTC
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Hà Nội, ngày 17 tháng 11 năm 2025
THÔNG TƯ
Hướng dẫn thu phí sử dụng bến nhỏ
Căn cứ Luật Phí và lệ phí ngày 25 tháng 11 năm 2015;
Bộ trưởng Bộ Tài chính ban hành Thông tư hướng dẫn thu phí sử dụng bến nhỏ.
Điều 1. Mức thu
Mức thu là 20.000 đồng một lượt./.
Nơi nhận:
- Văn phòng Trung ương Đảng;
- Lưu: VT, CST (15).
BỘ TRƯỞNG
Mạc Thanh Liêm""",
        {
            "doc_type": "TT",
            "doc_type_name": "Thông tư",
            "number": "88",
            "symbol": "TT-BTC",
            "code": "88/2025/TT-BTC",
            "issuer": "Bộ Tài chính",
            "place": "Hà Nội",
            "issued_on": dt.date(2025, 11, 17),
            "title": "Hướng dẫn thu phí sử dụng bến nhỏ",
            "signer_name": "Mạc Thanh Liêm",
            "signer_title": "Bộ trưởng",
        },
    ),
    Case(
        "resolution of a people's council without Nơi nhận",
        """HỘI ĐỒNG NHÂN DÂN
TỈNH GIA LAI
Số: 41/NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Gia Lai, ngày 10 tháng 12 năm 2025
NGHỊ QUYẾT
Về nhiệm vụ phát triển kinh tế - xã hội năm 2026
HỘI ĐỒNG NHÂN DÂN TỈNH GIA LAI
KHÓA XII KỲ HỌP THỨ NĂM
Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;
Xét Tờ trình số 301/TTr-UBND ngày 25 tháng 11 năm 2025 của Ủy ban nhân dân tỉnh; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách.
QUYẾT NGHỊ:
Điều 1. Tán thành báo cáo.
Nghị quyết này đã được Hội đồng nhân dân tỉnh khóa XII, kỳ họp thứ năm thông qua./.
CHỦ TỊCH
Rơ Mah Dũng""",
        {
            "doc_type": "NQ",
            "doc_type_name": "Nghị quyết",
            "number": "41",
            "symbol": "NQ-HĐND",
            "code": "41/NQ-HĐND",
            "issuer": "Hội đồng nhân dân tỉnh Gia Lai",
            "place": "Gia Lai",
            "issued_on": dt.date(2025, 12, 10),
            "title": "Về nhiệm vụ phát triển kinh tế - xã hội năm 2026",
            "signer_name": "Rơ Mah Dũng",
            "signer_title": "Chủ tịch",
        },
    ),
    Case(
        "report whose body begins without any cue",
        """CÔNG AN TỈNH NGHỆ AN
CÔNG AN XÃ TÂN KỲ
Số: 56/BC-CAX
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Tân Kỳ, ngày 30 tháng 9 năm 2025

BÁO CÁO
Tình hình an ninh trật tự quý III năm 2025

Tình hình an ninh chính trị trên địa bàn xã cơ bản ổn định, không để xảy ra điểm nóng; công tác tuần tra được
duy trì thường xuyên ở các thôn, bản và khu vực chợ.

1. Kết quả
- Bắt 03 vụ trộm cắp.

Nơi nhận:
- Công an tỉnh (b/cáo);
- Lưu: CAX.

TRƯỞNG CÔNG AN XÃ
Thiếu tá Hồ Sỹ Quyền""",
        {
            "doc_type": "BC",
            "doc_type_name": "Báo cáo",
            "number": "56",
            "symbol": "BC-CAX",
            "code": "56/BC-CAX",
            "issuer": "Công an xã Tân Kỳ",
            "place": "Tân Kỳ",
            "issued_on": dt.date(2025, 9, 30),
            "title": "Tình hình an ninh trật tự quý III năm 2025",
            "signer_name": "Hồ Sỹ Quyền",
            "signer_title": "Trưởng Công an xã",
        },
    ),
    Case(
        "notice by authorisation, post of two lines",
        """UBND THÀNH PHỐ CẦN THƠ
VĂN PHÒNG
Số: 402/TB-VPUB
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Cần Thơ, ngày 12 tháng 8 năm 2025
THÔNG BÁO
Ý kiến kết luận của Phó Chủ tịch Ủy ban nhân dân thành phố tại buổi họp về chỉnh trang đô thị
Ngày 08 tháng 8 năm 2025, tại trụ sở, Phó Chủ tịch chủ trì buổi họp.
1. Giao Sở Xây dựng rà soát./.
Nơi nhận:
- CT, các PCT UBND thành phố;
- Lưu: VT.
TUQ. CHÁNH VĂN PHÒNG
TRƯỞNG PHÒNG TỔNG HỢP
Quách Mỹ Duyên""",
        {
            "doc_type": "TB",
            "doc_type_name": "Thông báo",
            "number": "402",
            "symbol": "TB-VPUB",
            "code": "402/TB-VPUB",
            "issuer": "Văn phòng",
            "place": "Cần Thơ",
            "issued_on": dt.date(2025, 8, 12),
            "title": "Ý kiến kết luận của Phó Chủ tịch Ủy ban nhân dân thành phố tại buổi họp về chỉnh trang đô thị",
            "signer_name": "Quách Mỹ Duyên",
            "signer_title": "Trưởng phòng Tổng hợp",
            "signed_for": "TUQ. Chánh Văn phòng",
        },
    ),
    Case(
        "Party regulation with bases behind dashes",
        """ĐẢNG CỘNG SẢN VIỆT NAM
TỈNH ỦY KHÁNH HÒA
*
Số 61-QĐ/TU
Khánh Hòa, ngày 14 tháng 01 năm 2026
QUY ĐỊNH
về chế độ họp của các chi bộ
vùng biển đảo
- Căn cứ Điều lệ Đảng;
- Căn cứ Quy chế làm việc của Ban Chấp hành Đảng bộ tỉnh,
Ban Thường vụ quy định về chế độ họp như sau:
Điều 1. Phạm vi
1. Quy định này áp dụng cho các chi bộ trên đảo.
Nơi nhận:
- Các đảng ủy trực thuộc,
- Lưu Văn phòng Tỉnh ủy.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Lê Hải Triều""",
        {
            "doc_type": "QyĐ",
            "doc_type_name": "Quy định",
            "number": "61",
            "symbol": "QĐ/TU",
            "code": "61-QĐ/TU",
            "issuer": "Tỉnh ủy Khánh Hòa",
            "place": "Khánh Hòa",
            "issued_on": dt.date(2026, 1, 14),
            "title": "về chế độ họp của các chi bộ vùng biển đảo",
            "signer_name": "Lê Hải Triều",
            "signer_title": "Bí thư",
            "signed_for": "T/M Ban Thường vụ",
        },
    ),
    Case(
        "letter saved from the web, lines broken anywhere",
        """BỘ
CÔNG THƯƠNG
-------
|
CỘNG
HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
|
Số: 6120/BCT-TTTN
V/v dự trữ hàng hóa mùa
mưa bão
|
Hà
Nội, ngày 19 tháng 08
năm 2026
|
Kính
gửi:
|
- Sở Công Thương các tỉnh;
- Hiệp hội bán lẻ.
|
Để bảo đảm nguồn hàng, Bộ đề nghị các đơn vị lập kế hoạch dự trữ.
|
Nơi
nhận:
- Như trên;
- Lưu: VT, TTTN.
|
KT.
BỘ TRƯỞNG
THỨ TRƯỞNG
Tô Mạnh Cầm""",
        {
            "doc_type": "CV",
            "doc_type_name": "Công văn",
            "number": "6120",
            "symbol": "BCT-TTTN",
            "code": "6120/BCT-TTTN",
            "issuer": "Bộ Công Thương",
            "place": "Hà Nội",
            "issued_on": dt.date(2026, 8, 19),
            "title": "dự trữ hàng hóa mùa mưa bão",
            "signer_name": "Tô Mạnh Cầm",
            "signer_title": "Thứ trưởng",
            "signed_for": "KT. Bộ trưởng",
        },
    ),
    Case(
        "customs report, list without dashes woven with the post",
        """CỤC HẢI QUAN
CHI CỤC HẢI QUAN KHU VỰC VI
Số: 0932 /BC-KV6
CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày 02 tháng 10 năm 2026
BÁO CÁO
Kết quả chống buôn lậu quý III năm 2026

1. Bắt giữ 14 vụ.

Nơi nhận: CHI CỤC TRƯỞNG
Cục Hải quan (để b/c);
Lưu: VT, KSHQ (03b).
Nông Khánh Toàn""",
        {
            "doc_type": "BC",
            "doc_type_name": "Báo cáo",
            "number": "0932",
            "symbol": "BC-KV6",
            "code": "0932/BC-KV6",
            "issuer": "Chi cục Hải quan khu vực VI",
            "place": "Lạng Sơn",
            "issued_on": dt.date(2026, 10, 2),
            "title": "Kết quả chống buôn lậu quý III năm 2026",
            "signer_name": "Nông Khánh Toàn",
            "signer_title": "Chi cục trưởng",
        },
    ),
    Case(
        "normative decision, title in capitals, the regulation behind it",
        """ỦY BAN NHÂN DÂN
TỈNH ĐIỆN BIÊN
Số: 09/2026/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Điện Biên, ngày 16 tháng 3 năm 2026
QUYẾT ĐỊNH
BAN HÀNH QUY ĐỊNH QUẢN LÝ BẾN ĐÒ NGANG
TRÊN ĐỊA BÀN TỈNH
Căn cứ Luật Giao thông đường thủy nội địa ngày 15 tháng 6 năm 2004;
Ủy ban nhân dân tỉnh ban hành Quyết định ban hành Quy định quản lý bến đò ngang.
Điều 1. Ban hành kèm theo Quyết định này Quy định quản lý bến đò ngang trên địa bàn tỉnh./.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lò Văn Phương
ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH ĐIỆN BIÊN Độc lập - Tự do - Hạnh phúc
QUY ĐỊNH
Quản lý bến đò ngang trên địa bàn tỉnh
(Kèm theo Quyết định số 09/2026/QĐ-UBND
ngày 16 tháng 3 năm 2026 của Ủy ban nhân dân tỉnh)
Điều 1. Bến""",
        {
            "doc_type": "QĐ",
            "doc_type_name": "Quyết định",
            "number": "09",
            "symbol": "QĐ-UBND",
            "code": "09/2026/QĐ-UBND",
            "issuer": "Ủy ban nhân dân tỉnh Điện Biên",
            "place": "Điện Biên",
            "issued_on": dt.date(2026, 3, 16),
            "title": "BAN HÀNH QUY ĐỊNH QUẢN LÝ BẾN ĐÒ NGANG TRÊN ĐỊA BÀN TỈNH",
            "signer_name": "Lò Văn Phương",
            "signer_title": "Phó Chủ tịch",
            "signed_for": "TM. Ủy ban nhân dân; KT. Chủ tịch",
        },
    ),
)
