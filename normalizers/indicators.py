"""What a target and a result measure, and whether it is the same: `Tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên`
and `đã giải quyết đúng hạn 412/415 hồ sơ, đạt 99,3%`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from normalizers.text import skeleton, squeeze

SAME = 80.0
"""Scores from here on mean the same indicator: chosen on one half of benchmarks/indicator_pairs.tsv, checked on the other."""

# Words that say how much, by when and by whom, not what. Longest first, so that none hides inside another.
_FILLERS = sorted(
    """ty le|ti le|so luong|tong so|tong|muc|muc do|dat|dat duoc|tu|tro len|it nhat|toi thieu|toi da|tren|duoi|khong qua|khong duoi|khong thap hon
    |phan dau|den nam|den het|den|het nam|nam|so voi cung ky|so voi|cung ky|duoc|cua|cac|la|va|trong do|trong ky|trong|cho|tai|theo|voi|da|co
    |chiem|bang|khoang|tang|giam|hoan thanh|thuc hien|dam bao|bao dam|duy tri|to chuc|tren dia ban|dia ban|phuong|xa|dac khu|toan phuong
    |toan xa|quy|thang|dau|cuoi|hang|hang nam|moi|lan|viec|tinh|den nay|hien nay|nay|cong tac|ket qua|chi tieu|muc tieu|thang dau|dau nam"""
    .replace("\n", "").replace("  ", "").split("|"),
    key=len,
    reverse=True,
)  # fmt: skip
_FILLER = re.compile(rf"\b(?:{'|'.join(word.strip() for word in _FILLERS)})\b")
_NUMBER = re.compile(r"\d[\d.,/%-]*")
# Of two texts that differ in one of these, neither speaks of what the other does.
_OPPOSITE = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:qua han|tre han|cham)\b",
        r"\btruc tuyen\b|\bmuc do [34]\b|\btoan trinh\b",
        r"\bcan ngheo\b",
        r"\bthanh toan\b",
        r"\bso hoa\b",
        r"\bdoanh nghiep\b(?!.*\bnguoi dan\b)",
        r"\bchi (?:ngan sach|thuong xuyen|dau tu)\b",
        r"\btai ngheo\b",
        r"\bnhan luc\b|\bdao tao\b",
        r"\bmam non\b|\bnha tre\b|\bmau giao\b",
        r"\btieu hoc\b",
        r"\btrung hoc\b|\bthcs\b|\bthpt\b",
    )
)


@lru_cache(maxsize=50_000)
def indicator_words(text: str) -> str:
    """The words that say what is measured, in lower case without diacritics, figures and fillers left out.

    >>> indicator_words("Tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên")
    'ho so giai quyet dung han'
    """
    bare = re.sub(r"[^\w\s]|_", " ", _NUMBER.sub(" ", skeleton(text)))
    return squeeze(_FILLER.sub(" ", squeeze(bare)))


@lru_cache(maxsize=200_000)
def indicator_score(target: str, result: str) -> float:
    """How alike two texts are in what they measure: 0 to 100; `SAME` and more is the same indicator.

    >>> score = indicator_score("Tỷ lệ hồ sơ giải quyết đúng hạn đạt từ 98% trở lên", "hồ sơ giải quyết đúng hạn 412/415, đạt 99,3%")
    >>> score >= SAME, indicator_score("Tỷ lệ hồ sơ đúng hạn đạt 98%", "hồ sơ quá hạn 2%")
    (True, 0.0)
    """
    first, second = indicator_words(target), indicator_words(result)
    if not first or not second:
        return 0.0
    if any(bool(words.search(first)) != bool(words.search(second)) for words in _OPPOSITE):
        return 0.0
    alike = 0.5 * fuzz.token_sort_ratio(first, second) + 0.5 * fuzz.token_set_ratio(first, second)
    return round(alike, 1)


@lru_cache(maxsize=10_000)
def clause_of(text: str, value: float) -> str:
    """The clause of a target that states this figure; the whole text where none, or more than one, does.

    >>> clause_of("Tỷ lệ hồ sơ nộp trực tuyến đạt từ 82% trở lên; tỷ lệ thanh toán trực tuyến đạt tối thiểu 65,5%", 65.5)
    'tỷ lệ thanh toán trực tuyến đạt tối thiểu 65,5%'
    """
    whole, _, part = f"{value:,.10f}".rstrip("0").partition(".")
    printed = whole.replace(",", ".") + ("," + part if part else "")
    number = re.compile(rf"(?<![\d.,])0*{re.escape(printed)}(?![\d]|[.,]\d)")
    clauses = [
        clause.strip(" .,;") for clause in re.split(r";|,\s+(?=trong đó|tỷ lệ|số)", text) if number.search(clause)
    ]
    return clauses[0] if len(clauses) == 1 else text


_SCALES = {"nghìn đồng": 1e-3, "triệu đồng": 1.0, "tỷ đồng": 1e3, "tỉ đồng": 1e3, "đồng": 1e-6}


def comparable(value: float, unit: str | None, other: str | None) -> float | None:
    """The value in the other unit; None where the two cannot be compared.

    >>> comparable(6500, "tỷ đồng", "triệu đồng"), comparable(98, "%", "%"), comparable(3, "mô hình", "hồ sơ")
    (6500000.0, 98, None)
    """
    one, two = (unit or "").strip().lower(), (other or "").strip().lower()
    if one == two:
        return value
    if one in _SCALES and two in _SCALES:
        return value * _SCALES[one] / _SCALES[two]
    return None
