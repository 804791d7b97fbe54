"""The figures of a target: what is to be reached, as comparator, value and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.garbled_figures import is_plausible
from normalizers.numbers import Quantity, noun_after, read_quantities
from schemas.record import Comparator, Metric

# Words that may stand between a comparator and its figure: "tối thiểu phải đạt 90%".
_BETWEEN = (
    r"(?:\s+(?:đạt|là|có|còn|bằng|phải|được|từ|mức|khoảng|bình quân|trung bình|tỷ lệ|tỉ lệ|tới|đến|xuống|lên|mỗi|năm|thêm))*"
    r"\s*:?\s*$"
)
_WORDS: tuple[tuple[str, Comparator], ...] = (
    (
        r"≥|>=|tối thiểu|ít nhất|thấp nhất|không dưới|không thấp hơn|không ít hơn|không nhỏ hơn|đạt và vượt|đạt hoặc vượt",
        ">=",
    ),
    (
        r"≤|<=|tối đa|nhiều nhất|cao nhất|không quá|không để (?:\w+ ){0,3}quá|không vượt quá|không vượt|không trên|không cao hơn|không lớn hơn|không nhiều hơn",
        "<=",
    ),
    (r">|(?<!\w)trên|(?<!\w)hơn|cao hơn|lớn hơn|nhiều hơn|vượt mức|vượt quá|(?<!\w)vượt|(?<!\w)quá", ">"),
    (r"<|(?<!\w)dưới|thấp hơn|nhỏ hơn|ít hơn|chưa đến|chưa tới", "<"),
)
_BEFORE = tuple((re.compile(rf"(?:{words}){_BETWEEN}", re.IGNORECASE), comparator) for words, comparator in _WORDS)
_AFTER: tuple[tuple[re.Pattern[str], Comparator], ...] = (
    (re.compile(r"[^.;:\d]{0,60}?\btrở lên(?!\w)"), ">="),
    (re.compile(r"[^.;:\d]{0,60}?\btrở xuống(?!\w)"), "<="),
)
_FROM = re.compile(r"(?<!\w)từ(?:\s+(?:mức|khoảng))?\s*$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|–|đến|tới)\s*$")
_RISES = re.compile(r"[^.;:,\d]{0,25}?\s(?:lên|xuống|còn|thành)(?:\s+(?:còn|mức|tới|đến|trên|dưới|ít nhất))*\s*$")
_LEVEL_BEFORE = re.compile(
    r"(?:so với|từ mức|hiện nay là|hiện là|năm \d{4} là|\(năm \d{4}:?|\((?:dự kiến|hiện có|hiện nay|khoảng))\s*$"
)
_AND = re.compile(r"\s*[^,;.:\d]{0,25}?\s?và\s+")
_PLACE = re.compile(r"(?:vào|tại|trong|ở|của|trên|thuộc|lớp|số|gồm|bởi|lần|từ|đối với|cả)\s+$", re.IGNORECASE)
_UNITS = {"ngày làm việc": "ngày", "giờ làm việc": "giờ", "tỉ đồng": "tỷ đồng", "điểm %": "điểm phần trăm"}


def _comparator(text: str, quantity: Quantity) -> Comparator | None:
    before = text[max(0, quantity.start - 60) : quantity.start]
    for pattern, comparator in _AFTER:
        if pattern.match(text, quantity.end):
            return comparator
    best: tuple[int, Comparator] | None = None
    for pattern, comparator in _BEFORE:
        found = pattern.search(before)
        if found and (best is None or found.start() < best[0]):
            best = (found.start(), comparator)
    return best[1] if best else None


def _figures(text: str) -> Iterator[Quantity]:
    """Figures that a target may set: counts, shares, money, and points out of a full score; other fractions are none."""
    for figure in read_quantities(text):
        if isinstance(figure, Quantity):
            yield figure
        elif figure.unit == "điểm":
            yield Quantity(figure.numerator, figure.unit, figure.start, figure.end)


def read_metrics(text: str, *, garbled: bool = False) -> list[Metric]:
    """The metrics of one target statement, in order; years and dates are none. garbled: it comes from a garbled dump.

    >>> [(m.comparator, m.value, m.unit) for m in read_metrics("Đạt từ 80% đến 85%; quá hạn không quá 2%, giảm 10%.")]
    [('>=', 80.0, '%'), ('<=', 85.0, '%'), ('<=', 2.0, '%'), ('=', 10.0, '%')]
    >>> [(m.comparator, m.value) for m in read_metrics("Tối thiểu 60% số thôn và 100% trường học, giảm 5% phí đối với 12 thủ tục.")]
    [('>=', 60.0), ('=', 100.0), ('=', 5.0)]
    >>> read_metrics("Vượt chỉ tiêu thu ngân sách năm 2025 theo Quyết định số 12/QĐ-UBND ngày 02/01/2025.")
    []
    """
    quantities = list(_figures(text))
    metrics: list[Metric] = []
    range_open = False
    for index, quantity in enumerate(quantities):
        following = quantities[index + 1] if index + 1 < len(quantities) else None
        gap = text[quantity.end : following.start] if following else ""
        starts_range = following is not None and _TO.fullmatch(gap) is not None
        unit = quantity.unit or (following.unit if starts_range and following else None)
        comparator = _comparator(text, quantity)
        if following and _FROM.search(text[: quantity.start]) and _RISES.fullmatch(gap):
            continue  # where it begins
        if range_open:
            comparator, range_open = "<=", False
        elif starts_range and unit == (following.unit if following else None):
            comparator, range_open = ">=", True
        elif (
            comparator is None
            and metrics
            and (quantity.value, unit) != (100.0, "%")  # at least all is all
            and _AND.fullmatch(text[quantities[index - 1].end : quantity.start])
        ):
            comparator = metrics[-1].comparator
        elif comparator is None and _FROM.search(text[: quantity.start]):
            comparator = ">="
        if _LEVEL_BEFORE.search(text[: quantity.start]):
            continue
        if unit is None:
            noun = noun_after(text, quantity.end)
            if noun is None or (comparator is None and _PLACE.search(text[: quantity.start])):
                continue
            unit = noun[0]
        elif comparator is None and _PLACE.search(text[: quantity.start]) and unit != "%":
            continue
        if garbled and not is_plausible(quantity._replace(unit=unit), text):
            continue
        metrics.append(Metric(comparator=comparator or "=", value=quantity.value, unit=_UNITS.get(unit, unit)))
    return metrics
