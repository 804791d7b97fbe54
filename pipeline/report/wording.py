"""The words of the report: Vietnamese names for what the database names in codes, and what to do about failures."""

from __future__ import annotations

import re

FIELDS = {
    "doc_type": "Tên loại văn bản",
    "doc_type_name": "Tên loại văn bản",
    "number": "Số",
    "symbol": "Ký hiệu",
    "code": "Số, ký hiệu",
    "issuer": "Cơ quan ban hành",
    "place": "Địa danh",
    "issued_on": "Ngày ban hành",
    "title": "Trích yếu",
    "signer_name": "Người ký",
    "signer_title": "Chức vụ người ký",
    "signed_for": "Quyền hạn ký",
    "drafting_unit": "Đơn vị soạn thảo",
}
_LISTS = {
    "tasks": "Nhiệm vụ",
    "targets": "Chỉ tiêu",
    "results": "Kết quả",
    "legal_bases": "Căn cứ",
    "citations": "Trích dẫn",
    "attachments": "Văn bản kèm theo",
    "recipients": "Nơi nhận",
    "addressees": "Kính gửi",
    "footnotes": "Chú thích",
    "responsibilities": "Trách nhiệm",
    "digital_signatures": "Chữ ký số",
    "co_signers": "Người cùng ký",
}
UNKNOWN_KIND = "Không nhận ra loại văn bản."
CHECKS = {
    "missing": "Máy không thấy giá trị này: giấy để trống, viết tay, hoặc nét chữ hỏng.",
    "type_against_code": "Tên loại và ký hiệu không khớp nhau.",
    "several_documents": "Trong tệp có thêm văn bản khác.",
    "slash_missing": "Thiếu dấu gạch chéo giữa số và ký hiệu.",
    "leading_zero": "Số dưới 10 phải có số 0 đứng trước.",
    "number_against_attachment": "Số ở phụ lục khác số của văn bản.",
    "year_group": "Năm trong số hiệu khác năm của ngày.",
    "date_order": "Căn cứ ban hành sau văn bản này.",
    "signed_before_issue": "Chữ ký số có trước ngày ban hành.",
    "signature_broken": "Chữ ký số không còn đúng với nội dung tệp.",
    "changed_after_signing": "Tệp có phần thêm sau khi ký số.",
    "signer_against_signature": "Người ký in trên giấy khác người ký số.",
    "attached_only": "Tệp chỉ có phần kèm theo, không có văn bản chính.",
    "tasks.deadline": "Không hiểu được thời hạn.",
    "tasks.quarter": "Thời hạn của nhiệm vụ không hợp lý.",
    "results.share": "Tỷ lệ không khớp với số liệu của nó.",
}
"""What the checks of extractors/ notice, by the name of the check; their own messages stand beside."""
KINDS = {"scanned": "bản quét", "born_digital": "bản số", "mixed": "lẫn cả hai", "text": "tệp chữ"}
COMPARATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": ""}
RECURRENCES = {
    "CONTINUOUS": "thường xuyên",
    "DAILY": "hằng ngày",
    "WEEKLY": "hằng tuần",
    "MONTHLY": "hằng tháng",
    "QUARTERLY": "hằng quý",
    "SEMIANNUAL": "6 tháng một lần",
    "YEARLY": "hằng năm",
    "PERIODIC": "định kỳ",
    "ON_DEMAND": "khi có yêu cầu",
}
CATEGORIES = {
    "missing": ("Không thấy tệp", "Tệp đã bị chuyển hoặc xóa. Đặt lại đúng chỗ rồi chạy ingest lần nữa."),
    "empty": ("Tệp rỗng", "Tệp không có trang nào hoặc không có byte nào. Quét hoặc tải lại bản gốc."),
    "unsupported": (
        "Không phải loại tệp đọc được",
        "Chỉ đọc PDF, PNG, JPEG, TIFF và .txt. Xuất văn bản sang PDF rồi chạy lại.",
    ),
    "damaged": ("Tệp hỏng", "Tệp bị cắt cụt hoặc lỗi. Lấy lại bản gốc, hoặc mở bằng trình đọc PDF rồi in ra PDF mới."),
    "encrypted": ("Tệp có mật khẩu", "Mở bằng mật khẩu, lưu một bản không đặt mật khẩu rồi chạy lại."),
    "too_large": (
        "Quá lớn",
        "Trang hoặc tệp vượt giới hạn an toàn. Quét lại ở 300 dpi, hoặc tách thành nhiều tệp nhỏ.",
    ),
    "timeout": (
        "Quá thời gian",
        "Văn bản cần lâu hơn thời gian cho phép. Chạy lại khi máy rảnh, hoặc tăng --time-limit.",
    ),
    "crashed": (
        "Tiến trình đọc bị dừng",
        "Thường do thiếu bộ nhớ. Chạy lại với --jobs 1; nếu vẫn lỗi, gửi tệp cho người phát triển.",
    ),
    "denied": ("Không có quyền đọc", "Cấp quyền đọc tệp cho tài khoản đang chạy rồi chạy lại."),
    "internal": (
        "Lỗi của chương trình",
        "Không phải lỗi của tệp. Gửi dòng báo lỗi (bảng failures) cho người phát triển.",
    ),
}
OTHER = ("Lỗi khác", "Xem cột error của bảng failures.")
_PATH = re.compile(r"(\w+)(?:\[(\d+)\])?(?:\.(\w+))?")


def field_name(path: str | None) -> str:
    """An evidence path in words.

    >>> field_name("document.issued_on"), field_name("tasks[3].lead"), field_name(None)
    ('Ngày ban hành', 'Nhiệm vụ 4', 'Toàn văn bản')
    """
    found = _PATH.match(path or "")
    if not found:
        return "Toàn văn bản"
    part, number, field = found.groups()
    if part == "document":
        return FIELDS.get(field or "", field or "Toàn văn bản")
    name = _LISTS.get(part, part)
    return name if number is None else f"{name} {int(number) + 1}"


def count(number: int) -> str:
    """A number as Vietnamese print has it.

    >>> count(15342)
    '15.342'
    """
    return f"{number:,}".replace(",", ".")


def figure(number: float | None) -> str:
    """A figure with a decimal comma, as short as it can be.

    >>> figure(98.50), figure(12350.0), figure(None)
    ('98,5', '12.350', '')
    """
    if number is None:
        return ""
    whole, _, rest = f"{number:,.2f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + ("," + rest if rest else "")


def percent(share: float | None) -> str:
    """A share of one in per cent.

    >>> percent(0.978), percent(None)
    ('98 %', '–')
    """
    return "–" if share is None else f"{100 * share:.0f} %"
