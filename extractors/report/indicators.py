"""What a figure measures, as a noun phrase that can be matched with the targets of a plan."""

from __future__ import annotations

import re

from normalizers.numbers import NUMBER
from normalizers.text import running

_LEAD_IN = re.compile(
    r"^(?:trong đó|đồng thời|cụ thể|bao gồm|gồm|trong kỳ|và|với|là|có|cả|cho|đạt|đã|hiện|ước|theo đó|trong năm|còn lại|còn|đến nay|kết quả)\s*[,:]?\s+"
    r"|^(?:trong|đến|tính đến|từ|năm|quý|tháng|6 tháng|9 tháng)\s[^,]{0,40}?\d[^,]{0,25},\s*|^-\s+|^về\s[^:,]{3,60}:\s*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,:(–-]+|\s(?:là|đạt|có|với|được|khoảng|gần|hơn|trên|tổng số|tổng kinh phí|tổng|chiếm|bằng|kinh phí|kinh phí là|ước|cả|tỷ lệ|còn|tăng|giảm|lên|tới)"
    r"|(?<!phát)(?<!thực)(?<!xuất)(?<!thể)\shiện(?: có)?)+$",
    re.IGNORECASE,
)
_CHANGED = re.compile(rf"\s(?:tăng|giảm|đi|lên|xuống)?\s*từ\s+(?:mức\s+)?(?:{NUMBER}).*$", re.IGNORECASE)
# Comparisons of what the clause before measured: their own words say nothing.
_COMPARED = re.compile(
    r"(?:bằng|đạt|tương đương|tăng|giảm|vượt|cao hơn|thấp hơn|chiếm)(?:\s+(?:thêm|đi|tới|gần|khoảng|hơn))?",
    re.IGNORECASE,
)
_STATES = "quá hạn|trễ hạn|đúng hạn|trước hạn|trước và đúng hạn|trực tuyến|trực tiếp"
_STATE = re.compile(rf"(?:{_STATES}|chậm|tồn|chưa|không|đang|qua)(?:\s|$)", re.IGNORECASE)
_STATE_LAST = re.compile(rf"\s(?:{_STATES})$", re.IGNORECASE)
_BARE_UNITS = frozenset("% điểm giờ ngày phút tuần lần tấn tạ kg ha km km2 m m2 m3 mét kWh".split()) | {
    "điểm phần trăm"
}
_EMPTY = ("", "tổng", "kinh phí", "số", "tổng số")  # what is left of `Tổng kinh phí là`
_LONG = 14  # words
_QUALIFIED = re.compile(r",?\s(?:để|cho|được|theo|tại|trong|nhằm|do|từ)\s")
_EDGES = " ,:;-–("
_SHORT = 3  # words: a verb alone says nothing without what it is about


def counted_noun(unit: str | None) -> str | None:
    """The thing that a unit counts; None for shares, points, times and money.

    >>> counted_noun("hồ sơ"), counted_noun("%"), counted_noun("triệu đồng")
    ('hồ sơ', None, None)
    """
    if unit is None or unit in _BARE_UNITS or unit.endswith("đồng") or "USD" in unit:
        return None
    return unit


def indicator_of(before: str, after: str, noun: str | None, known: str | None) -> str | None:
    """The indicator from the words before a figure, those after it, what it counts, and the indicator of the figure before.

    >>> indicator_of("Đã tổ chức", "", "lớp tập huấn", None), indicator_of("quá hạn", "", "hồ sơ", None)
    ('tổ chức lớp tập huấn', 'hồ sơ quá hạn')
    >>> indicator_of("tăng", "so với cùng kỳ", None, "tổng thu ngân sách"), indicator_of("Có", "chưa gửi", "đơn vị", None)
    ('tăng tổng thu ngân sách so với cùng kỳ', 'đơn vị chưa gửi')
    """
    after = re.split(r"[,;:()]|(?<!so)\s(?:và|với|cho|trong đó)\s" if noun else r"[,;:()]|\strong đó\s", after)[
        0
    ].strip(" ,:;-–().")
    if known and is_comparison(before):
        change = before.strip(_EDGES).lower()
        change = change if change[:4] in ("tăng", "giảm", "vượt") else ""
        return " ".join(part for part in (change, known, _against(after)) if part)
    changed = _CHANGED.sub("", before)
    phrase = _TAIL.sub("", changed)
    phrase = changed if phrase.strip(_EDGES).casefold() in _EMPTY else phrase
    seen = ""
    while phrase != seen:
        seen, phrase = phrase, _LEAD_IN.sub("", phrase)
    phrase = running(phrase.strip(_EDGES))
    if len(phrase) <= 3 or phrase in ("kết quả", "cụ thể"):
        return " ".join(part for part in (noun, after) if part) or None
    phrase = _concise(phrase)
    if noun is None and len(phrase.split()) <= 2 and after:
        return f"{phrase} {after}"  # sử dụng 2 tỷ đồng từ nguồn …
    if noun is None or noun.casefold() in phrase.casefold():
        return phrase
    if _STATE.match(phrase):
        return f"{noun} {phrase}"
    if state := _STATE_LAST.search(phrase):
        return f"{phrase[: state.start()]} {noun}{state[0]}"
    if len(phrase.split()) > _SHORT + 1:
        return phrase
    return " ".join(part for part in (phrase, noun, after) if part)


def _concise(phrase: str) -> str:
    """A long phrase up to where it says for whom, by what or whereto."""
    if len(phrase.split()) <= _LONG:
        return phrase
    found = _QUALIFIED.search(phrase, len(" ".join(phrase.split()[:4])))
    return phrase[: found.start()].rstrip(" ,") if found else phrase


def is_comparison(before: str) -> bool:
    """Whether the words before a figure only compare what the clause before measured: `tăng`, `bằng`."""
    return _COMPARED.fullmatch(before.strip(_EDGES)) is not None


def _against(after: str) -> str:
    if not after or re.match(r"so với|trên|tổng|trong", after):
        return after
    return f"so với {after}"
