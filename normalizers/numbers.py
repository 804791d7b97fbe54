"""Vietnamese numbers as printed: the dot groups thousands, the comma is the decimal mark (TCVN 6398, NĐ 30/2020 practice)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

#: A number in print, without sign: 1.204 · 88,5 · 8.699,28 · 05 · 98.5
NUMBER = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(NUMBER)
_GROUPED = re.compile(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?")
_MILLIONS = {"tỷ": 1000.0, "tỉ": 1000.0, "triệu": 1.0}


def parse_number(text: str) -> float | None:
    """The value of one printed number, or None where it is none.

    >>> [parse_number(t) for t in ("1.204", "88,5", "8.699,28", "05", "98.5", "339,477", "1.2.3", "")]
    [1204.0, 88.5, 8699.28, 5.0, 98.5, 339.477, None, None]
    """
    text = text.strip()
    if found := _GROUPED.fullmatch(text):
        whole = found[1].replace(".", "")
        return float(f"{whole}.{found[2] or 0}")
    if _NUMBER.fullmatch(text):
        return float(text.replace(",", "."))
    return None


def format_number(value: float) -> str:
    """A value as Vietnamese print has it.

    >>> format_number(8699.28), format_number(5), format_number(1204)
    ('8.699,28', '5', '1.204')
    """
    whole, _, rest = f"{value:.6f}".rstrip("0").rstrip(".").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{rest}" if rest else grouped


class Quantity(NamedTuple):
    """A number with its unit where it stands in a text: [start, end) covers both."""

    value: float
    unit: str | None
    start: int
    end: int


class Fraction(NamedTuple):
    """n/m with its unit: 118/120 hồ sơ, 88,5/100 điểm."""

    numerator: float
    denominator: float
    unit: str | None
    start: int
    end: int


# Units that say what the number counts; longer ones first. Nouns alone do not make a unit where a law or a list is cited.
_NOUNS = (
    "điểm phần trăm|điểm %|điểm|phần trăm|"
    "nghìn tỷ đồng|ngàn tỷ đồng|tỷ đồng|tỉ đồng|triệu đồng|nghìn đồng|ngàn đồng|đồng|triệu USD|tỷ USD|USD|"
    "lượt hồ sơ|bộ hồ sơ|hồ sơ|phản ánh, kiến nghị|phản ánh|kiến nghị|ý kiến|đơn|"
    "thủ tục hành chính|thủ tục|TTHC|dịch vụ công trực tuyến|dịch vụ công|dịch vụ|"
    "văn bản quy phạm pháp luật|văn bản|nghị quyết|quyết định|kế hoạch|công văn|báo cáo|thông báo|chỉ thị|"
    "tài liệu|chỉ đạo|cuộc họp|cuộc kiểm tra|cuộc thanh tra|cuộc|đoàn kiểm tra|đoàn|hội nghị|hội thảo|buổi|lớp tập huấn|lớp|khóa|"
    "tin, bài|tin bài|tin|bài viết|bài|lượt người|lượt|lần|đợt|phiên|"
    "cơ quan, đơn vị|cơ quan|đơn vị|phòng, ban|phòng|tổ chức|doanh nghiệp|hộ gia đình|hộ kinh doanh|hộ cận nghèo|hộ nghèo|hộ|hợp tác xã|trường|"
    "cán bộ, công chức, viên chức|cán bộ, công chức|cán bộ|công chức|viên chức|biên chế|người dân|người|đại biểu|học viên|công dân|"
    "sáng kiến|mô hình|nhiệm vụ|nội dung|chỉ tiêu|tiêu chí|chỉ số|đề án|dự án|chương trình|quy trình|"
    "nhà văn hóa|nhà tạm|nhà ở|lao động|lượt khách|khách|giao dịch|kết quả|học sinh|sinh viên|thí sinh|trẻ em|trẻ|đồng chí|đảng viên|đoàn viên|hội viên|"
    "tổ công nghệ số cộng đồng|tổ dân phố|thôn|loại vắc xin|xã, phường|phường|xã|địa phương|"
    "chữ ký số|chứng thư số|tài khoản|máy tính|máy|thiết bị|bộ|cái|"
    "giờ làm việc|giờ|phút|ngày làm việc|ngày|tuần|"
    "ha|km2|km|m2|m3|mét|tấn|kg|kWh|vụ việc|vụ|trường hợp|công trình|giấy chứng nhận|giấy phép|giấy|thẻ|phiếu|lô"
)
_COUNTED = "|".join(sorted(_NOUNS.split("|"), key=len, reverse=True))
_UNIT = re.compile(rf"\s*(?:(%)|((?:(?:triệu|nghìn|ngàn|tỷ)\s+)?(?:{_COUNTED}))(?![^\W\d_]))")
# Words that cannot be what a figure counts.
_NO_NOUN = frozenset(
    "và của đến trong lên xuống so để tại theo tháng năm đầu cuối hoặc thì mà là được bị do từ với ở trở như này đó các những quý "
    "nêu trên dưới về cho khi đã sẽ đang còn cũng phải có không vào qua bằng gồm giờ ngày tuần nay trước sau kể đi chỉ mới khác".split()
)
_MONEY = re.compile(
    rf"(?P<big>{NUMBER})\s*(?P<big_unit>tỷ|tỉ)\s*(?P<small>{NUMBER})\s*triệu(?:\s*(?P<rest>{NUMBER})\s*(?:nghìn|ngàn))?"
    r"(?:\s*đồng)?(?!\w)"
)
_PLAIN = re.compile(rf"(?<![\w.,:])(?<![^\d\s%][\-–])(?<!\d/)(?<!\d /)(?:{NUMBER})(?![\w/:]|[.,]\d|-[^\W\d])")
_RATIO = re.compile(rf"(?<![\w.,/\-–])({NUMBER})\s?/\s?({NUMBER})(?![\w/]|[.,]\d)")

# What holds figures but measures nothing: dates, periods, codes, places in laws, names with a number.
_TRAPS = re.compile(
    r"ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2})?(?:\s+năm\s+\d{4})?(?:[/.-]\d{1,2}(?:[/.-]\d{4})?)?(?!\s*(?:làm việc|công))"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|(?:tháng|quý|Tháng|Quý)\s+(?:\d{1,2}|[IVX]+)(?:\s*[/-]\s*\d{4})?"
    r"|(?:năm|Năm|niên độ|giai đoạn|Giai đoạn|nhiệm kỳ|khóa)\s+\d{4}(?:\s*[-–]\s*\d{4})?|\d{4}\s*[-–]\s*\d{4}"
    r"|\d{1,2}\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?(?:\s+\d{4})?"
    r"|\d+[\w]*\s*/(?:\s*\d{4}\s*/)?\s*[A-ZĐ]{2,}[\w&Đ-]*(?:/[\w-]+)?|\d+-[A-ZĐ]{2,}[A-ZĐa-z]*/[A-ZĐ]+"
    r"|(?<!tổng )[Ss]ố:?\s+\d+(?:[/-][\w/.-]+|(?=\s+(?:ngày|của|về)(?!\w)|[;,.)]|$))"
    r"|(?:Điều|khoản|Khoản|Mục|mục|Chương|Phụ lục|phụ lục|Biểu|biểu|Mẫu|mẫu|Bảng|bảng|Phần|Tiểu mục|Tổ|tổ|Khu|Hình)\s+(?:số\s+)?\d+[\w.]*"
    r"|(?:Đề án|Chỉ thị|Nghị quyết|Quyết định|Nghị định|Thông tư|Luật|Kết luận|Kế hoạch|Công văn|Chương trình)\s+(?:số\s+)?\d+[\w/.-]*"
    r"|(?:TCVN|ISO|IEC|QCVN)[\s\w]*?\d[\d:.\-]*(?:\s*:\s*\d{4})?"
    r"|(?:mức độ|mức|cấp độ|cấp|lần thứ|thứ|loại|hạng|vùng|nhóm|khóa|khoá|kỳ họp thứ|phiên thứ|quận|Quận|Quốc lộ|tỉnh lộ)\s+\d+(?:\s*(?:,|và)\s*\d+)*(?![.,]?\d|/|\s?(?:%|điểm|triệu|tỷ|đồng))"
    r"|\d{1,3}(?:\s*(?:-|–|đến)\s*\d{1,3})?\s+tuổi(?!\w)|(?:lớp|Lớp)\s+(?:[1-9]|1[0-2])(?![\d.,]*\d|\s?(?:%|/))|(?:lớp|Lớp|từ)\s+\d{1,3}(?=\s+(?:đến\s+(?:dưới\s+)?\d{1,3}\s+tuổi|tuổi|vào|của|và lớp))"
    r"|\d{1,2}\s+cấp(?!\w)|\b24/24\b|\b24/7\b|\b7/7\b|\b4\.0\b|\bQH\d+|\d{1,2}[hg]\d{2}|\d{1,2}\s*giờ\s*\d{1,2}(?:\s*phút)?|\b\d{9,}\b"
)


def traps(text: str) -> list[tuple[int, int]]:
    """Stretches with figures that measure nothing: dates, periods, codes, articles of laws, standards.

    >>> text = "ngày 01/7/2025, Đề án 06, khoản 3 Điều 52: 12 hồ sơ"
    >>> [text[a:b] for a, b in traps(text)]
    ['ngày 01/7/2025', 'Đề án 06', 'khoản 3', 'Điều 52']
    """
    return [found.span() for found in _TRAPS.finditer(text)]


def _free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= a or b <= start for a, b in taken)


def noun_after(text: str, at: int) -> tuple[str, int] | None:
    """What a figure counts where no list knows the unit: the one or two words after it, and where they end.

    >>> noun_after("trồng 300 cây xanh, 5 vườn", 9)
    ('cây xanh', 18)
    """
    found = re.match(r"\s+([^\W\d_]+)(?:[^\S\n]+([^\W\d_]+))?", text[at : at + 40])
    if not found or found[1].casefold() in _NO_NOUN:
        return None
    if found[2] and found[2].casefold() not in _NO_NOUN and found[2].islower():
        return f"{found[1]} {found[2]}", at + found.end(2)
    return found[1], at + found.end(1)


def _unit_after(text: str, at: int) -> tuple[str | None, int]:
    found = _UNIT.match(text, at)
    if not found:
        return None, at
    unit = "%" if found[1] or found[2] == "phần trăm" else str(found[2])
    return unit, found.end()


def names_unit(text: str, at: int) -> bool:
    """Whether a known unit stands at `at`, white space before it allowed.

    >>> names_unit("12 hồ sơ", 2), names_unit("12 và 3", 2)
    (True, False)
    """
    return _UNIT.match(text, at) is not None


def read_quantities(text: str) -> Iterator[Quantity | Fraction]:
    """Every measured figure of a text in order, with its unit (None where no known unit follows).

    Dates, codes and numbers of articles are left out. Money in two steps is given in triệu đồng.

    >>> list(read_quantities("giải quyết 118/120 hồ sơ, đạt 98,3%"))
    [Fraction(numerator=118.0, denominator=120.0, unit='hồ sơ', start=11, end=24), Quantity(value=98.3, unit='%', start=30, end=35)]
    >>> [q.value for q in read_quantities("thu 12 tỷ 350 triệu đồng trong năm 2025")]
    [12350.0]
    """
    taken = traps(text)
    quantities: list[Quantity | Fraction] = []
    for found in _MONEY.finditer(text):
        big, small = parse_number(found["big"]), parse_number(found["small"])
        if big is not None and small is not None:
            rest = parse_number(found["rest"]) if found["rest"] else 0.0
            value = round(big * 1000 + small + (rest or 0.0) / 1000, 6)
            quantities.append(Quantity(value, "triệu đồng", *found.span()))
    quantities += _plain_quantities(text, taken + [(found.start, found.end) for found in quantities])
    yield from sorted(quantities, key=lambda quantity: quantity.start)


def _plain_quantities(text: str, taken: list[tuple[int, int]]) -> Iterator[Quantity | Fraction]:
    ratios: list[tuple[int, int]] = []
    for found in _RATIO.finditer(text):
        top, bottom = parse_number(found[1]), parse_number(found[2])
        if top is None or not bottom or not _free(*found.span(), taken):
            continue
        unit, end = _unit_after(text, found.end())
        if (
            unit is None
            and top <= 31
            and bottom <= 12
            and re.search(r"(?:đến|trước|từ|vào|hết)\s+$", text[: found.start()])
        ):
            continue  # a day and a month
        ratios.append((found.start(), end))
        yield Fraction(top, bottom, unit, found.start(), end)
    for found in _PLAIN.finditer(text):
        value = parse_number(found[0])
        if value is None or not _free(*found.span(), taken) or not _free(*found.span(), ratios):
            continue
        unit, end = _unit_after(text, found.end())
        if unit is None and 1900 <= value <= 2100 and "." not in found[0]:
            continue  # a year
        yield Quantity(value, unit, found.start(), end)
