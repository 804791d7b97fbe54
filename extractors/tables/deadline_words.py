"""Deadlines in table cells followed word by word, over wrapped lines: a small automaton of the usual expressions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from normalizers.text import skeleton

_R = r"[IVXv1l|!\\iLTtH]"
_QUARTERS = rf"{_R}{{1,4}}(?:[,;.-]{_R}{{1,5}})*"
_YEAR = r"20\d\d"
_CLASSES: dict[str, re.Pattern[str]] = {
    name: re.compile(rf"(?:{pattern})$")
    for name, pattern in {
        "quý": r"QU[YÝ]|[Qq](?:[uư][ýyỷỳỹỵíi]|úy)",
        "Q": rf"{_QUARTERS}[,;.]?|[1-4][,;]?",
        "Q/Y": rf"(?:{_QUARTERS}|[1-4])\s?[/.](?:{_YEAR})[;,.)]?",
        "/Y": rf"/\s?{_YEAR}[;,.]?",
        "Y": rf"{_YEAR}[;,.]?",
        "Y-Y": rf"{_YEAR}\s?[-–]\s?{_YEAR}[;,.]?",
        "D": r"\d{1,2}[/.]\d{1,2}(?:[/.]20\d\d)?[;,.]?|\d{1,2}-\d{1,2}-20\d\d",
        "M/Y": r"\d{1,2}[/.]20\d\d[;,.]?",
        "M": r"\d{1,2}[,;]?",
        "-": r"[-–—]",
        "và": r"và",
        "đến": r"đến|tới",
        "hết": r"hết",
        "năm": r"[Nn]ăm[,;]?",
        "Năm": r"Năm|Cả|Trong|Cuối|Đầu",
        "tháng": r"[Tt]háng[,;]?",
        "ngày": r"[Nn]gày[,;]?",
        "trước": r"[Tt]rước|Đến|Chậm|Muộn|Xong|Từ|Kể",
        "nhất": r"nhất|là|từ|hết",
        "thường": r"Thường",
        "xuyên": r"xuyên[,;.]?",
        "liên": r"liên",
        "tục": r"tục[,;.]?",
        "hàng": r"[Hh][àằ]ng",
        "định": r"Định",
        "kỳ": r"kỳ|kì",
        "hoàn": r"Hoàn",
        "thành": r"thành",
        "đơn": r"ngày|tuần|tháng|quý|năm",
        "đơn,": r"(?:ngày|tuần|tháng|quý|năm)[,;]",
        "theo": r"Theo",
        "lộ": r"l[ộọổo]|10|1[ộo]",
        "trình": r"trình[,;]?",
        "6": r"0?[369]",
        "cuối": r"cuối|đầu",
        "giai": r"[Gg]iai",
        "đoạn": r"đoạn",
        "sau": r"Sau|Khi|khi",
        "đợi": r"chỉ|hướng|kế|quy|tiến|yêu|có|văn|ý",
        "chờ": r"khi|có|chỉ|đạo|hướng|dẫn|kế|hoạch|quy|định|yêu|cầu|tiến|độ|của|thành|phố|cấp|trên|tỉnh|Trung|ương|UBND|dự|án|văn|bản",
        "đột": r"[Đđ]ột",
        "xuất": r"xuất[,;.]?",
        "tiếp": r"các|những|tiếp|theo|sau",
        "tháng.": r"tháng[,;]?",
        "học": r"[Hh]ọc",
        "kì": r"kỳ|kì",
        "việc": r"thiên|tai|xảy|ra|bão|lũ|dịch|bệnh|phát|sinh|vụ|việc|nhu|cầu|biến|động|thay|đổi|tình|hình|thực|tế",
    }.items()
}
# state -> (class of the word, next state); "." ends an expression, and what may follow an end is listed under "."
_MOVES: dict[str, tuple[tuple[str, str], ...]] = {
    "start": (
        ("quý", "quý"), ("Năm", "Năm"), ("tháng", "tháng"), ("trước", "trước"), ("ngày", "ngày"), ("D", "D."), ("M/Y", "."), ("Q/Y", "."),
        ("Y-Y", "."), ("thường", "thường"), ("hàng", "hàng"), ("định", "định"), ("theo", "theo"), ("6", "6"), ("giai", "giai"),
        ("sau", "chờ"), ("đột", "đột"), ("học", "học"), ("hoàn", "hoàn"),
    ),
    "hoàn": (("thành", "thành"),),
    "thành": (("trước", "trước"), ("năm", "Y"), ("tháng", "tháng"), ("quý", "quý"), ("ngày", "ngày"), ("Năm", "Năm")),
    "quý": (("Q", "Q"), ("Q/Y", ".")),
    "Q": (("Q", "Q"), ("Q/Y", "."), ("và", "quý"), ("-", "quý"), ("quý", "quý"), ("năm", "Y"), ("Y", "."), ("/Y", "."), ("đến", "quý")),
    "Năm": (("năm", "Y"), ("Y", "."), ("học", "Y"), ("Y-Y", "."), ("tháng", "tháng"), ("quý", "quý")),
    "Y": (("Y", "."), ("Y-Y", ".")),
    "tháng": (("M/Y", "."), ("M", "M")),
    "M": (("M", "M"), ("M/Y", "."), ("năm", "Y"), ("/Y", "."), ("-", "tháng"), ("đến", "đến"), ("và", "tháng")),
    "trước": (("nhất", "trước"), ("ngày", "ngày"), ("tháng", "tháng"), ("quý", "quý"), ("D", "D."), ("năm", "Y"), ("M/Y", ".")),
    "ngày": (("D", "D."), ("M", "ngàyM")),
    "ngàyM": (("tháng", "tháng"),),
    "thường": (("xuyên", "tx"),),
    "hàng": (("đơn", "."), ("đơn,", "đơn,")),
    "đơn,": (("đơn", "."), ("đơn,", "đơn,"), ("6", "6"), ("hàng", "hàng")),
    "định": (("kỳ", "kỳ"),),
    "kỳ": (("hàng", "hàng"), ("6", "6"), ("đơn", ".")),
    "theo": (("lộ", "lộ"), ("đợi", "chờ.")),
    "lộ": (("trình", "lt"),),
    "6": (("tháng.", "6t"),),
    "6t": (("cuối", "Năm"),),
    "giai": (("đoạn", "Y"),),
    "chờ": (("đợi", "chờ."),),
    "chờ.": (("chờ", "chờ."), ("việc", "chờ.")),
    "học": (("kì", "họckỳ"),),
    "họckỳ": (("Q", "nămhọc"), ("M", "nămhọc")),
    "nămhọc": (("năm", "nămhọc."), ("Y-Y", ".")),
    "nămhọc.": (("học", "Y"), ("Y", ".")),
    "đột": (("xuất", "."),),
    "đến": (("hết", "đến"), ("tháng", "tháng"), ("quý", "quý"), ("D", "D."), ("ngày", "ngày"), ("năm", "Y"), ("M/Y", ".")),
    ".": (("đến", "đến"), ("và", "và"), ("-", "Y")),
    "D.": (("hàng", "hàng"), ("-", "start"), ("đến", "đến"), ("và", "và"), ("năm", "Y")),
    "lt": (("năm", "Y"), ("-", "start"), ("đến", "đến")),
    "liên": (("tục", "."),),
    "tx": (("liên", "liên"), ("và", "và")),
    "và": (("tiếp", "tiếp"), ("thường", "thường"), ("hàng", "hàng"), ("D", "D."), ("quý", "quý"), ("tháng", "tháng"), ("đơn", ".")),
    "tiếp": (("tiếp", "tiếp"), ("năm", "tiếp.")),
    "tiếp.": (("tiếp", "tiếp."),),
}  # fmt: skip
_ENDS = frozenset({".", "D.", "lt", "tx", "tiếp.", "Q", "M", "chờ.", "6t", "kỳ"})


class Expression(NamedTuple):
    """Where the automaton stands. fresh: whether a separator allows a new expression to begin. complete: whether it may end here."""

    states: frozenset[str]
    fresh: bool = False

    @property
    def complete(self) -> bool:
        return bool(self.states & _ENDS)


BEGIN = Expression(frozenset({"start"}))


@lru_cache(maxsize=4096)
def classes_of(word: str) -> frozenset[str]:
    """The classes that a word belongs to; empty for most words of running text."""
    return frozenset(name for name, pattern in _CLASSES.items() if pattern.match(word))


# What is left of words of deadlines when recognition loses their marks, or a letter.
_DAMAGED = {
    "thang": "tháng", "truoc": "trước", "thuong": "thường", "xuyen": "xuyên", "ngay": "ngày", "quy": "quý", "hang": "hằng", "cuoi": "cuối",
    "nam": "năm",
}  # fmt: skip
_ALONE = ("truoc", "xuyen")  # words that few others are like


@lru_cache(maxsize=4096)
def mended(word: str) -> str:
    """A word as it stands in a deadline, if it is one with its marks or a letter lost.

    >>> [mended(word) for word in ("Thắng", "Trươc", "ngay", "xuyên", "Nam", "12/2026")]
    ['Tháng', 'Trước', 'ngày', 'xuyên', 'Nam', '12/2026']
    """
    letters = skeleton(word).strip(".,;:|_")
    if classes_of(word) or letters == "nam" and word[:1].isupper() or not letters.isalpha():
        return word
    found = next(
        (
            printed
            for plain, printed in _DAMAGED.items()
            if letters == plain or plain in _ALONE and Levenshtein.distance(letters, plain) == 1
        ),
        word,
    )
    return found.capitalize() if word[:1].isupper() and found != word else found


def step(expression: Expression, word: str, classes: frozenset[str]) -> Expression | None:
    """The state after one more word, or None where the word does not go on."""
    states = expression.states | {"start"} if expression.fresh else expression.states
    following = frozenset(after for state in states for name, after in _MOVES.get(state, ()) if name in classes)
    if not following:
        return None
    return Expression(
        following,
        word.endswith(";")
        or (word.endswith(",") and bool(following & _ENDS) and "Q" not in following and "M" not in following),
    )


def any_state() -> Expression:
    """Where a row cut by a page may go on."""
    return Expression(frozenset({"start", "quý", "Q", "Y", "M", "tháng", "ngày"}))


def last_expression(words: Sequence[str]) -> tuple[int, int] | None:
    """Where the last deadline of a line stands, [start, end); bare dates do not count, they stand in contents too.

    >>> last_expression("Rà soát Quý III/2026 Báo cáo".split()), last_expression("Rà soát 12 hồ sơ".split())
    ((2, 4), None)
    """
    best = None
    for start, word in enumerate(words):
        if not word[0].isupper():
            continue
        state, at = BEGIN, start
        while at < len(words):
            following = step(state, words[at], classes_of(words[at]))
            if following is None:
                break
            state, at = following, at + 1
        begun = at - start > 1 and state.states != {"thành"}
        if at > start and (state.complete or begun) and (best is None or at > best[1]):
            best = (start, at)
    return best
