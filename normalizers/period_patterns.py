"""Patterns of deadlines as printed; normalizers.periods gives them their meaning."""

from __future__ import annotations

import re

QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
NOISE = str.maketrans(
    {
        "1": "I",
        "l": "I",
        "i": "I",
        "|": "I",
        "!": "I",
        "L": "I",
        "T": "I",
        "t": "I",
        "H": "II",
        "v": "V",
        "\\": "",
        "/": "",
    }
)
YEAR = r"(?:\s*(?:/|năm|-|\.)\s*(\d{4}))?"
UNTIL = r"(trước(?:\s+hết)?|chậm nhất(?:\s+là|\s+đến|\s+vào)?|muộn nhất(?:\s+là)?|đến hết|xong trước|hết|đến|tới|xong|hoàn thành trước|từ|kể từ|bắt đầu từ)?"
QUARTER_TEXT = r"[IVX1-4l|!\\iLvTtH]{1,7}"
QUARTER = re.compile(
    rf"{UNTIL}\s*(?:[Qq][uúư][ýyỷỳỹỵ]|\bQ)\s*\.?\s*({QUARTER_TEXT}(?:\s*(?:,|và|\+|-|–|&|;|\.|đến)\s*(?:[Qq]uý\s*)?{QUARTER_TEXT}(?![a-zà-ỹ]))*)"
    rf"{YEAR}",
    re.IGNORECASE,
)
QUARTER_WORD = re.compile(r"\b[Qq](?:[uúư][ýyỷỳỹỵ])")
UNSURE_STROKES = re.compile(r"[Tt](?![Vv])")  # one stroke or two
MORE_STROKES = re.compile(r"\s*[IVl1|!\\vTtH]{1,4}\s*/\s*\d{4}")
QUARTER_SPAN = re.compile(
    r"[Qq]uý\s*([IVX1-4]{1,3})\s*/\s*(\d{4})\s*(?:-|–|đến)\s*(?:hết\s+)?[Qq]uý\s*([IVX1-4]{1,3})\s*/\s*(\d{4})",
    re.IGNORECASE,
)
DATE = re.compile(
    rf"{UNTIL}\s*(?:ngày\s*)?(?<!\d)(?<!tháng )(\d{{1,2}})\s*(?P<sep>[/.-]|\s+tháng\s+)\s*(\d{{1,2}})"
    r"(?:\s*(?:(?P=sep)|năm)\s*(\d{4}))?(?!\d)(?!\s*[%/])",
    re.IGNORECASE,
)
DATE_SPAN = re.compile(
    r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/(\d{4}))?\s*(?:-|–|đến(?:\s+hết)?(?:\s+ngày)?)\s*(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"từ\s+(.+?)\s+(?:đến|tới)\s+(?:hết\s+)?(.+)", re.IGNORECASE)
MONTHS = re.compile(
    rf"{UNTIL}\s*(?:cuối\s+|đầu\s+)?(?<!\d )(?<!\d)tháng\s*(\d{{1,2}}(?:\s*(?:,|và|-|–|đến)\s*(?:tháng\s*)?\d{{1,2}}(?!\d))*){YEAR}",
    re.IGNORECASE,
)
HALF = re.compile(r"(?:6|06|sáu)\s+tháng\s+(đầu|cuối)\s+năm(?:\s+(\d{4}))?", re.IGNORECASE)
PART_YEAR = re.compile(r"(?<!\d)(0?3|0?9)\s+tháng\s+(đầu|cuối)\s+năm(?:\s+(\d{4}))?", re.IGNORECASE)
DAYS = re.compile(
    r"(?:từ\s+)?(?:ngày\s+)?(?<![\d/])(\d{1,2})\s*(?:-|–|đến(?:\s+hết)?(?:\s+ngày)?)\s*(\d{1,2})/(\d{1,2})(?:/(\d{4}))?(?!\d)",
    re.IGNORECASE,
)
SPAN = re.compile(r"(?<!\d)(\d{4})\s*(?:-|–|đến(?:\s+năm)?)\s*(\d{4})(?!\d)", re.IGNORECASE)
YEARS = re.compile(
    rf"{UNTIL}\s*(?:cả\s+|trong\s+|cuối\s+|đầu\s+|các\s+)?năm\s+(\d{{4}}(?:\s*(?:,|và)\s*(?:năm\s+)?\d{{4}})*)"
    r"(\s*(?:trở đi|và (?:các|những) năm (?:tiếp theo|sau|tới)))?",
    re.IGNORECASE,
)
BARE_QUARTERS = re.compile(r"\s*([IVX1il|!\\]{1,5}(?:\s*[,;.-]\s*[IVX1il|!\\]{1,5})*)\s*/\s*(\d{4})\s*")
BARE_MONTH = re.compile(r"(?<![\d/.-])(\d{1,2})\s*/\s*(\d{4})(?![\d/])")
BARE_YEAR = re.compile(r"\s*(\d{4})\s*")
THIS_YEAR = re.compile(r"(?:cả|trong)\s+năm(?!\s+\d)", re.IGNORECASE)
RECURRING = re.compile(
    r"thường xuyên(?:,\s*liên tục)?|liên tục|(?:định kỳ\s+)?(?:hàng|hằng)\s+(?:ngày|tuần|tháng|quý|năm)"
    r"(?:(?:,|\s+và|;)\s*(?:(?:hàng|hằng)\s+)?(?:6 tháng|tuần|tháng|quý|năm)(?!\s*\d))*|định kỳ(?:\s+(?:0?6|9|3) tháng)?(?:,\s*năm)?|"
    r"đột xuất|khi có yêu cầu|theo yêu cầu|theo lộ trình|(?:0?6) tháng/lần|\d+ lần/(?:năm|quý|tháng)",
    re.IGNORECASE,
)
CONDITION = re.compile(
    r"(?:ngay\s+)?sau khi\s+[^;,]+|(?:khi|theo)\s+(?:có\s+)?(?:chỉ đạo|hướng dẫn|kế hoạch|quy định|tiến độ|văn bản|ý kiến)[^;,]*",
    re.IGNORECASE,
)
