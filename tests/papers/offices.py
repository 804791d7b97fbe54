"""Heads and feet of committees, councils, the police."""

from __future__ import annotations

import datetime as dt

from tests.papers.case import Case

CASES: tuple[Case, ...] = (
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
            "drafting_unit": "CST",
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
)
