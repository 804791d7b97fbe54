"""More heads and feet: the Party, the web, lower offices."""

from __future__ import annotations

import datetime as dt

from tests.papers.case import Case

CASES: tuple[Case, ...] = (
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
            "drafting_unit": "TTTN",
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
            "drafting_unit": "KSHQ",
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
