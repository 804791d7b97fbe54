"""Figures of garbled dumps: a point or comma that stands apart is put back, and what cannot be one figure is taken out.

Vietnamese print groups thousands with a point and sets decimals behind a comma, so `3. 412` is 3.412 and `97, 3%` is 97,3%.
Digits are never changed. Where two readings are possible and nothing in the paper decides, the figure is blotted out:
no value is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from normalizers.numbers import Fraction, Quantity, names_unit
from normalizers.text import skeleton
from normalizers.vietnamese import is_syllable
from schemas.page import Word

_GROUP = 3  # figures between two points
BLOT = "·"
"""Stands for each digit of a figure that is not legible."""

_UNIT = r"\s?(?:%|/\s?\d|(?:nghìn\s|ngàn\s)?(?:tỷ|tỉ|triệu|nghìn)\s|điểm|ha\b|km|tấn|m2|m3)"
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*)([.:,])(\s?)(\d{3}(?:\.\d{3})*)(?![\d]|[.,]\d)")
_DECIMALS = re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:\.\d{{3}})*)(\s?,\s?|;(?=\d\s?%))(\d{{1,2}})(?={_UNIT})")
_APART = re.compile(rf"(?<![\d.,/])(\d{{1,3}})\s(\d{{1,3}}(?:,\d+)?)(?={_UNIT})")
_READ_AS_LETTERS = re.compile(r"(?<![^\W_])(?:[iIlL|!1]{1,2}[.,]\s\d{3}(?!\d)|[A-ZÀ-ỸĐ]{1,4},\s\d{1,2}(?=\s?%))")
_MONEY = re.compile(
    r"(?<![\d.,/])(\d{1,3})\s([^\W\d]{1,2}\s)?(0\d{2})(?=\s?triệu)"
)  # `1 tỷ 080 triệu` without its `tỷ`
_TORN = re.compile(r"(?<![\d.,/])(?<!tỷ\s)(?<!tỉ\s)(0\d{2})(?=\s?triệu)")  # its first half is lost
_FILE = re.compile(r"(?<!\w)h[^\W\d]?[ồoôóổ6][\s-](?:50|5o|s0|so|sO|sở|SOR?)(?!\w)")
_STOP = re.compile(r"(?<=[^\W\d])[.,:](?=\d)|(?<=\d)[:;.'’](?=\s[a-zà-ỹđ])")
_TORN_UNIT = re.compile(r"(?<!\w)(tỷ|tỉ|triệu|nghìn)[.,'’]\s(đồng)")
# What sets the bounds of a figure, read without its marks: no other words have these letters.
_BOUNDS = ("ít nhất", "tối thiểu", "tối đa", "không dưới", "không quá", "trở lên", "trở xuống", "trên", "dưới")
_BOUND = re.compile(
    r"(?<!\w)(?:it[\s.]nhat|toi thieu|toi da|khong duoi|khong[\s.]qua|tro len|tro xuong|(?:tren|duoi)(?=\s+\d))(?!\w)"
)
_STRAY_STOP = re.compile(r"(?<=[a-zà-ỹđ])\.(?=\s?[a-zà-ỹđ])")  # no sentence begins with a small letter
_RATE = re.compile(r"(?<!\w)t[yỳýỷừư]\s(?:16|1é|lé|1e|lê)(?=\s\d)")
_SPECK = re.compile(r"(?<=\s)[-~=_.'’‘“”\"]{1,2}(?=\d)")
_BREAK = re.compile(r"[;.:'’]+(?=\s(?:đạt|chiếm|tỷ lệ|bằng)[.:;'’]?\s+\S{0,8}\s?\d)")
_AFTER_VERB = re.compile(r"(?:(?<=\sđạt)|(?<=\schiếm))[.,:;'’](?=\s\d)")
_VERB = re.compile(r"(?<!\w)-?(dat|dạt|đat|chi[eéèêe]m)(?=\s+\d)")
_LETTERS_AS_FIGURES = re.compile(r"(?<=[^\W\d]\s)\d{1,2}(?=,\s{1,2}(?:đạt|chiếm)\s)")  # `trình 46, chiếm` of trình độ
_BILLIONS = re.compile(r"(\d{0,3})t[yyýỳỷ]$")


def mend_figures(text: str, known: frozenset[str] = frozenset()) -> str:
    """The text with its figures in one piece; same length. known: numbers that the paper prints elsewhere.

    >>> mend_figures("đạt 3. 412/3.420 văn bản; đạt 99, 8%"), mend_figures("được 82, 6/ 100 điểm")
    ('đạt 3.412 /3.420 văn bản, đạt 99,8 %', 'được 82,6 / 100 điểm')
    >>> mend_figures("có 4, 316 hồ sơ"), mend_figures("có 4, 316 hồ sơ", frozenset({"4.316"}))
    ('có ·, ··· hồ sơ', 'có 4.316  hồ sơ')
    >>> mend_figures("đạt 97 13%"), mend_figures("ngày 5, 12 hộ"), mend_figures("3, 5 và 7 hộ")
    ('đạt ·· ··%', 'ngày 5, 12 hộ', '3, 5 và 7 hộ')
    """
    text = _bounds(_STRAY_STOP.sub(" ", text))
    text = _RATE.sub("tỷ lệ", text)
    text = _TORN_UNIT.sub(lambda found: f"{found[1]} {found[2]} ", text)
    text = _FILE.sub(lambda found: "hồ sơ".ljust(len(found[0])), text)
    text = _SPECK.sub(lambda found: " " * len(found[0]), text)
    text = _STOP.sub(
        lambda found: (
            " " if found.start() == 0 or names_unit(text, found.end()) or text[found.end()].isdigit() else found[0]
        ),
        text,
    )
    text = _VERB.sub(lambda found: ("đạt" if found[1][0] in "dđ" else "chiếm").rjust(len(found[0])), text)
    text = _AFTER_VERB.sub(" ", _BREAK.sub(lambda found: ",".ljust(len(found[0])), text))
    text = _DECIMALS.sub(lambda found: f"{found[1]},{found[3]}".ljust(len(found[0])), text)
    text = _THOUSANDS.sub(lambda found: _thousands(found, known), text)
    text = _MONEY.sub(lambda found: f"{found[1]}.{found[3]}".ljust(len(found[0])), text)
    for pattern in (_APART, _READ_AS_LETTERS, _TORN, _LETTERS_AS_FIGURES):
        text = pattern.sub(lambda found: re.sub(r"\d", BLOT, found[0]), text)
    return text


def _bounds(text: str) -> str:
    """The text with `it nhat`, `trén` and their like as they are written."""
    known = {skeleton(bound): bound for bound in _BOUNDS}
    folded = skeleton(text)
    for found in reversed(list(_BOUND.finditer(folded))):
        bound = known[found[0].replace(".", " ")]
        if text[found.start() : found.end()].casefold() != bound:
            text = text[: found.start()] + bound + text[found.end() :]
    return text


def _thousands(found: re.Match[str], known: frozenset[str]) -> str:
    whole = f"{found[1]}.{found[4]}"
    if found[2] == "." or found[2] == ":" or whole in known:
        return whole.ljust(len(found[0]))
    return found[0] if not found[3] else re.sub(r"\d", BLOT, found[0])


_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?!\d)")


class Figures:
    """How the figures of a garbled paper are read. text: all that it says."""

    def __init__(self, text: str) -> None:
        self._known = frozenset(_GROUPED.findall(text))

    def mend(self, text: str, words: Sequence[Word] = ()) -> str:
        """The text with its figures in one piece; same length. words: what stands behind it."""
        return mend_figures(_billions(text, words), self._known)


def _billions(text: str, words: Sequence[Word]) -> str:
    """`từ 460 triệu` where `2ty 460` was read: put together, or blotted where the figure before was lost."""
    pieces = list(re.finditer(r"\S+", text))
    if len(pieces) != len(words):
        return text
    for word, piece, after in zip(words, pieces, pieces[1:], strict=False):
        found = _BILLIONS.search(skeleton(word.raw)) if word.text == "từ" else None
        if found and after[0].isdigit() and text[after.end() :].startswith(" triệu"):
            whole = f"{found[1]}.{after[0]}" if found[1] and len(after[0]) == _GROUP else ""
            torn = f"{piece[0]} {BLOT * len(after[0])}"
            fits = whole and len(whole) <= after.end() - piece.start()
            text = (
                text[: piece.start()]
                + (whole if fits else torn).ljust(after.end() - piece.start())
                + text[after.end() :]
            )
    return text


def is_plausible(figure: Quantity | Fraction, text: str) -> bool:
    """Whether a figure of a garbled dump can be one that was measured; specks are read as lone digits.

    Counts below ten bear a zero in official papers, and no share of anything is more than tenfold.
    """
    if not is_unit(figure.unit):
        return False
    if isinstance(figure, Fraction):
        return figure.numerator <= 10 * figure.denominator
    lone = re.match(r"\d(?![\d,.])", text[figure.start :]) is not None
    return not lone or figure.unit in ("%", "điểm") or (figure.unit or "").endswith("đồng")


def is_unit(unit: str | None) -> bool:
    """Whether a word behind a figure of a garbled dump can be what it counts: small letters, a syllable each.

    >>> is_unit("hồ sơ"), is_unit("TM"), is_unit("givue truyền"), is_unit("%"), is_unit(None)
    (True, False, False, True, True)
    """
    if unit is None or unit in ("%", "TTHC") or "USD" in unit:
        return True
    words = re.findall(r"[^\W\d_]+", unit)
    return unit[1:].islower() and all(is_syllable(word.lower()) for word in words)
