"""Results of reports: every measured figure with its indicator: shares, n/m, counts, scores, money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.garbled_figures import Figures, is_plausible
from extractors.outline import Node
from extractors.paper import Paper
from extractors.report.account import account
from extractors.report.indicators import counted_noun, indicator_of, is_comparison
from extractors.rule import Rule
from normalizers.numbers import Fraction, Quantity, noun_after, read_quantities
from schemas.found import Found
from schemas.page import Word
from schemas.record import Result
from schemas.text import Span

_SHARE = r"(?:đạt|chiếm|bằng|tương đương|tương ứng|tức|=|hay)"
_JOINED = re.compile(
    rf"[^.;\d]{{0,90}}?(?:[,(]\s*|\s)(?:{_SHARE}(?:\s+(?:với|tới|đến|khoảng|hơn|gần|trên))?\s*(?:tỷ lệ|tỉ lệ|mức|tỷ trọng)?|(?:tỷ|tỉ) lệ(?:\s+(?:đạt|là|chiếm))?)\s*:?\s*"
    r"|[^.;,\d()]{0,60}\(\s*(?:khoảng|gần|hơn)?\s*"
)
_OF_TOTAL = re.compile(r"\s*(?:[^.;,\d]{0,40}?(?:trên|trong)\s+(?:tổng\s+)?số|/\s*(?:tổng số)?|trên tổng)\s*$")
# What was to be reached, and where a change began, is not what was measured.
_AIM = re.compile(
    r"(?:chỉ tiêu|mục tiêu|kế hoạch|\bKH|\bCT)(?:\s+(?:được\s+)?(?:giao|đề ra|cả|năm|20\d\d|là|đạt|phải đạt|trên|từ|tối thiểu))*\s*:?\s*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?<!\w)từ\s+(?:mức\s+)?$", re.IGNORECASE)
_TO = re.compile(r"[^.;\d]{0,30}?\s(?:xuống|lên|còn|thành)(?:\s+(?:còn|mức|tới|đến))?\s+(?=\d)")
_CHANGE = re.compile(r"(?:tăng|giảm|vượt|cao hơn|thấp hơn)(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_BOUNDARY = re.compile(r"[;:]|\.(?=\s|$)|,(?=\s)|[()]")


class _Figure(NamedTuple):
    """One result in a text: its numbers and the stretch from its first figure to its last unit.

    counted: the unit of the count where a share follows it. inner, last: the stretch between count and share.
    """

    numerator: float | None
    denominator: float | None
    value: float | None
    unit: str | None
    start: int
    end: int
    counted: str | None = None
    inner: int = 0
    last: int = 0


def _measured(text: str, *, garbled: bool) -> list[Quantity | Fraction]:
    kept: list[Quantity | Fraction] = []
    for figure in read_quantities(text):
        if _AIM.search(text[: figure.start]) or (_FROM.search(text[: figure.start]) and _TO.match(text, figure.end)):
            continue
        if figure.unit is None:
            noun = noun_after(text, figure.end)
            if noun is None and isinstance(figure, Quantity):
                continue
            if noun:
                figure = figure._replace(unit=noun[0], end=noun[1])
        if not garbled or is_plausible(figure, text):
            kept.append(figure)
    return kept


def _is_share(figure: Quantity | Fraction) -> bool:
    return isinstance(figure, Quantity) and figure.unit == "%"


def _money(unit: str | None) -> bool:
    return bool(unit) and (str(unit).endswith("đồng") or "USD" in str(unit))


def _join(text: str, first: Quantity | Fraction, second: Quantity | Fraction) -> _Figure | None:
    """Two figures that are one result: `118/120 hồ sơ, đạt 98,3%`, `98,3% (118/120 hồ sơ)`."""
    gap = text[first.end : second.start]
    if _is_share(first) and not _is_share(second):
        count, share, close = second, first, bool(re.fullmatch(r"\s*\(\s*(?:gồm|tức|tương đương|với)?\s*", gap))
    elif _is_share(second) and not _is_share(first):
        count, share, close = first, second, bool(_JOINED.fullmatch(gap)) and not _CHANGE.search(gap)
    else:
        return None
    if (
        not close
        or (_money(count.unit) and isinstance(count, Quantity))
        or count.unit == "điểm"
        or not isinstance(share, Quantity)
    ):
        return None
    inner = (first.end, second.start) if count is first else (0, 0)
    if isinstance(count, Fraction):
        return _Figure(
            count.numerator, count.denominator, share.value, "%", first.start, second.end, count.unit, *inner
        )
    return _Figure(count.value, None, share.value, "%", first.start, second.end, count.unit, *inner)


def _alone(figure: Quantity | Fraction) -> _Figure:
    if isinstance(figure, Quantity):
        return _Figure(None, None, figure.value, figure.unit, figure.start, figure.end, figure.unit)
    value = figure.numerator if figure.unit == "điểm" else None
    return _Figure(figure.numerator, figure.denominator, value, figure.unit, figure.start, figure.end, figure.unit)


def _totals(text: str, figures: list[Quantity | Fraction]) -> list[Quantity | Fraction]:
    """`118 hồ sơ trên tổng số 120 hồ sơ` as one fraction."""
    merged: list[Quantity | Fraction] = []
    for figure in figures:
        last = merged[-1] if merged else None
        if (
            isinstance(last, Quantity)
            and isinstance(figure, Quantity)
            and last.unit != "%"
            and figure.unit != "%"
            and last.value <= figure.value
            and _OF_TOTAL.fullmatch(text[last.end : figure.start])
        ):
            merged[-1] = Fraction(last.value, figure.value, figure.unit or last.unit, last.start, figure.end)
        else:
            merged.append(figure)
    return merged


def _is_base(text: str, count: Quantity | Fraction, after: Quantity | Fraction) -> bool:
    """`620 phiếu cho thấy 604/620`: the base of a fraction named right before it, in the same breath."""
    return (
        isinstance(count, Quantity)
        and isinstance(after, Fraction)
        and count.value == after.denominator
        and not re.search(r"[,;.:()]", text[count.end : after.start])
    )


def _figures(text: str, *, garbled: bool) -> list[_Figure]:
    figures = _totals(text, _measured(text, garbled=garbled))
    found: list[_Figure] = []
    index = 0
    while index < len(figures):
        if index + 1 < len(figures) and _is_base(text, figures[index], figures[index + 1]):
            index += 1
            continue
        joined = _join(text, figures[index], figures[index + 1]) if index + 1 < len(figures) else None
        found.append(joined or _alone(figures[index]))
        index += 2 if joined else 1
    return found


def _clause(text: str, figure: _Figure, floor: int) -> tuple[int, int]:
    """The clause around a figure: from the boundary before it (not before the last figure) to the one after it."""
    start = floor
    for found in _BOUNDARY.finditer(text, floor, figure.start):
        if found[0] == "," and not (floor and start == floor):
            continue  # a comma ends what the figure before said; elsewhere it may stand in a list of nouns
        if text[found.end() : figure.start].strip():
            start = found.end()
    after = _BOUNDARY.search(text, figure.end)
    end = after.start() if after else len(text)
    following = re.search(r"\d", text[figure.end : end])
    if following:
        end = figure.end
    while start < end and text[start] in " ,;:.()":
        start += 1
    end = max(end, figure.end)
    closes = text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end)
    return start, end + closes


def _indicator(text: str, start: int, end: int, figure: _Figure, known: str | None) -> str | None:
    inner = re.sub(r"[,(]?\s*(?:đạt|chiếm|bằng|tương ứng|tỷ lệ)?\s*$", "", text[figure.inner : figure.last])
    after = inner if figure.last > figure.inner else text[figure.end : end]
    return indicator_of(text[start : figure.start], after, counted_noun(figure.counted), known)


def read_results(
    printed: str, figures: Figures | None = None, words: Sequence[Word] = ()
) -> Iterator[tuple[Result, int, int]]:
    """The results of one paragraph with the stretch [start, end) of each clause.

    figures: how a garbled dump is read. words: what stands behind its text.

    >>> [(r.numerator, r.denominator, r.value, r.unit) for r, _, _ in read_results("Đã giải quyết 118/120 hồ sơ, đạt 98,3%; có 05 phản ánh.")]
    [(118.0, 120.0, 98.3, '%'), (None, None, 5.0, 'phản ánh')]
    >>> [(r.numerator, r.value, r.unit, r.text) for r, _, _ in read_results("Trong đó 1.204 hồ sơ, chiếm 64,2%.")]
    [(1204.0, 64.2, '%', 'Trong đó 1.204 hồ sơ, chiếm 64,2%')]
    """
    floor = 0
    known: str | None = None
    text = figures.mend(printed, words) if figures else printed
    for figure in _figures(text, garbled=figures is not None):
        start, end = _clause(text, figure, floor)
        floor = figure.end
        indicator = _indicator(text, start, end, figure, known)
        known = known if is_comparison(text[start : figure.start]) else indicator
        yield (
            Result(
                text=printed[start:end].strip(" ,"),
                indicator=indicator,
                numerator=figure.numerator,
                denominator=figure.denominator,
                value=figure.value,
                unit=figure.unit,
            ),
            start,
            end,
        )


def find_results(paper: Paper) -> Iterator[Found[Result]]:
    """Every measured figure of the report's own account, in order."""
    figures = Figures(paper.text.text) if paper.is_garbled else None
    for node in account(paper):
        words = paper.text.words(node.text_span) if figures else ()
        for result, start, end in read_results(node.text, figures, words):
            score = 0.9 if result.unit in ("%", "điểm") or result.denominator else 0.75
            yield Found(result, _span(paper, node, start, end), score, "results.figures")


def _span(paper: Paper, node: Node, start: int, end: int) -> Span:
    """Offsets in the folded text of a node, brought back to the document: words counted, not characters."""
    words_before = len(node.text[:start].split())
    words = max(1, len(node.text[start:end].split()))
    source = paper.text.text
    position = node.text_span.start
    pieces = list(re.finditer(r"\S+", source[position : node.text_span.end]))
    if not pieces:
        return node.text_span
    first = pieces[min(words_before, len(pieces) - 1)]
    last = pieces[min(words_before + words - 1, len(pieces) - 1)]
    return Span(position + first.start(), position + last.end())


RESULTS = Rule(
    name="results.figures",
    field="results",
    find=find_results,
    examples=(
        (
            "I. KẾT QUẢ\n- Đã số hóa 40/50 kết quả, đạt 80%.\n- Điểm đánh giá đạt 88,5/100 điểm.\nII. PHƯƠNG HƯỚNG\n- Số hóa 100% hồ sơ.",
            (
                Result(
                    text="Đã số hóa 40/50 kết quả, đạt 80%",
                    indicator="số hóa kết quả",
                    numerator=40,
                    denominator=50,
                    value=80,
                    unit="%",
                ),
                Result(
                    text="Điểm đánh giá đạt 88,5/100 điểm",
                    indicator="điểm đánh giá",
                    numerator=88.5,
                    denominator=100,
                    value=88.5,
                    unit="điểm",
                ),
            ),
        ),
    ),
    rejects=(
        "I. KẾT QUẢ\n1. Công tác giải ngân chưa đạt yêu cầu (kế hoạch cả năm 95%, chỉ tiêu năm 2025 là 40 công trình).",
        "I. KẾT QUẢ\n1. Thực hiện khoản 3 Điều 52 theo Quyết định số 12/QĐ-UBND ngày 05/8/2025, giai đoạn 2021-2025.",
    ),
)
