"""Figures of garbled dumps: a point or comma that stands apart is put back, and what cannot be one figure is taken out.

Vietnamese print groups thousands with a point and sets decimals behind a comma, so `3. 412` is 3.412 and `97, 3%` is 97,3%.
Digits are never changed. Where two readings are possible and nothing in the paper decides, the figure is blotted out:
no value is better than a wrong one.
"""

from __future__ import annotations

import re

from normalizers.numbers import Fraction, Quantity, names_unit
from normalizers.text import has_letters_of_syllable

BLOT = "·"
"""Stands for each digit of a figure that is not legible."""

_UNIT = r"\s?(?:%|/\s?\d|(?:nghìn\s|ngàn\s)?(?:tỷ|tỉ|triệu|nghìn)\s|điểm|ha\b|km|tấn|m2|m3)"
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3}(?:\.\d{3})*)([.:,])(\s?)(\d{3}(?:\.\d{3})*)(?![\d]|[.,]\d)")
_DECIMALS = re.compile(rf"(?<![\d.,])(\d{{1,3}}(?:\.\d{{3}})*)(\s?,\s?)(\d{{1,2}})(?={_UNIT})")
_APART = re.compile(rf"(?<![\d.,/])(\d{{1,3}})\s(\d{{1,3}}(?:,\d+)?)(?={_UNIT})")
_READ_AS_LETTERS = re.compile(r"(?<![^\W_])([iIlL|!1]{1,2}[.,]\s)(\d{3})(?!\d)")
_MONEY = re.compile(
    r"(?<![\d.,/])(\d{1,3})\s([^\W\d]{1,2}\s)?(0\d{2})(?=\s?triệu)"
)  # `1 tỷ 080 triệu` without its `tỷ`
_TORN = re.compile(r"(?<![\d.,/])(?<!tỷ\s)(?<!tỉ\s)(0\d{2})(?=\s?triệu)")  # its first half is lost
_FILE = re.compile(r"(?<!\w)h[^\W\d]?[ồoôóổ6][\s-](?:50|5o|s0|so|sO|sở|SOR?)(?!\w)")
_STOP = re.compile(r"(?<=[^\W\d])[.,:](?=\d)|(?<=\d)[:;.'’](?=\s[a-zà-ỹđ])")
_SPECK = re.compile(r"(?<=\s)[-~=_.'’‘“”\"]{1,2}(?=\d)")
_BREAK = re.compile(r"[;.:'’]+(?=\s(?:đạt|chiếm|tỷ lệ|bằng)[.:;'’]?\s+\S{0,8}\s?\d)")
_AFTER_VERB = re.compile(r"(?<=\sđạt)[.,:;'’](?=\s\d)")


def mend_figures(text: str, known: frozenset[str] = frozenset()) -> str:
    """The text with its figures in one piece; same length. known: numbers that the paper prints elsewhere.

    >>> mend_figures("đạt 3. 412/3.420 văn bản; đạt 99, 8%"), mend_figures("được 82, 6/ 100 điểm")
    ('đạt 3.412 /3.420 văn bản, đạt 99,8 %', 'được 82,6 / 100 điểm')
    >>> mend_figures("có 4, 316 hồ sơ"), mend_figures("có 4, 316 hồ sơ", frozenset({"4.316"}))
    ('có ·, ··· hồ sơ', 'có 4.316  hồ sơ')
    >>> mend_figures("đạt 97 13%"), mend_figures("ngày 5, 12 hộ"), mend_figures("3, 5 và 7 hộ")
    ('đạt ·· ··%', 'ngày 5, 12 hộ', '3, 5 và 7 hộ')
    """
    text = _FILE.sub(lambda found: "hồ sơ".ljust(len(found[0])), text)
    text = _SPECK.sub(lambda found: " " * len(found[0]), text)
    text = _STOP.sub(
        lambda found: (
            " " if found.start() == 0 or names_unit(text, found.end()) or text[found.end()].isdigit() else found[0]
        ),
        text,
    )
    text = _AFTER_VERB.sub(" ", _BREAK.sub(lambda found: ",".ljust(len(found[0])), text))
    text = _DECIMALS.sub(lambda found: f"{found[1]},{found[3]}".ljust(len(found[0])), text)
    text = _THOUSANDS.sub(lambda found: _thousands(found, known), text)
    text = _MONEY.sub(lambda found: f"{found[1]}.{found[3]}".ljust(len(found[0])), text)
    for pattern in (_APART, _READ_AS_LETTERS, _TORN):
        text = pattern.sub(lambda found: re.sub(r"\d", BLOT, found[0]), text)
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

    def mend(self, text: str) -> str:
        return mend_figures(text, self._known)


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
    return unit[1:].islower() and all(has_letters_of_syllable(word) for word in words)
