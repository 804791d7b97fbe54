"""Marks of headings and items at the start of a line: `II.`, `1.`, `1.1.`, `a)`, `-`, `+`, `Chương I`, `Điều 3.`

Noise of character recognition is taken into account: `I11.` is III, `Il.` is II, a second `d)` is đ).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["part", "upper", "chapter", "section", "roman", "article", "arabic", "letter", "bracket", "dash", "plus"]

LEVELS: dict[str, int] = {
    "part": 0,
    "upper": 1,
    "chapter": 2,
    "section": 3,
    "roman": 4,
    "article": 5,
    "arabic": 6,  # 1.1 is 7, 1.1.1 is 8
    "letter": 10,
    "bracket": 11,
    "dash": 12,
    "plus": 13,
}
ALPHABET = "abcdđeghiklmnopqrstuvxy"
ROMANS = (
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV".split()
)  # fmt: skip


class Mark(NamedTuple):
    """kind, its clean value, as a heading shows it, and how many characters of the line it takes."""

    kind: Kind
    value: str
    printed: str
    width: int

    @property
    def level(self) -> int:
        return LEVELS[self.kind] + (self.value.count(".") if self.kind == "arabic" else 0)

    @property
    def order(self) -> int | None:
        """Place in its sequence, from 1; None for marks without order."""
        if self.kind in ("roman", "part", "chapter") and self.value in ROMANS:
            return ROMANS.index(self.value) + 1
        if self.kind == "letter" and self.value in ALPHABET:
            return ALPHABET.index(self.value) + 1
        if self.kind == "upper":
            return "ABCDEFGH".index(self.value) + 1
        last = self.value.rsplit(".", 1)[-1]
        return int(last) if last.isdecimal() else None


_WORDED = re.compile(
    r"(?P<word>PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|ĐIỀU|Điều)\s+(?:thứ\s+|THỨ\s+)?"
    r"(?P<no>[IVXLl1]{1,5}|\d{1,3}[a-zđ]?|nhất|hai|ba|tư|năm|NHẤT|HAI|BA|TƯ|NĂM)\s*(?P<dot>[.:]|$)"
)
_WORD_KIND: dict[str, Kind] = {"phần": "part", "chương": "chapter", "mục": "section", "điều": "article"}
_ROMAN = re.compile(r"([IVX]{1,6})\s*[.,/](?=\s|[A-ZĐÀ-Ỹ])\s*|([IVX]{1,6})\s*[-–]\s+(?=[A-ZĐÀ-Ỹ]{2})")
_ROMAN_NOISY = re.compile(r"([IVXLl1|!i]{1,6})\s*[.,]\s+(?=[A-ZĐÀ-Ỹ]{2})")
_ROMAN_BARE = re.compile(r"([IVX]{1,5})\s+(?=[A-ZĐÀ-Ỹ]{2})")
_PERCENT = re.compile(r"(\d{1,2})\.(?=(?:100|\d{1,2}(?:,\d+)?)\s?%)")
_SPECKS = re.compile(r"[.,+'`~_^\s]{1,5}(?=[-–—]\s)")
_UPPER = re.compile(r"([A-H])\s*[.)/]\s+(?=[A-ZĐÀ-Ỹ]{2})|PHẦN\s+([A-H])\s*[.:]\s*")
_DOTTED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)]\s*(?=\S)|\s+(?=[A-ZĐÀ-Ỹ“\"]))(?!\d)")
_ARABIC = re.compile(r"(\d{1,2})\s?(?:[.)/]\s+|[.)](?=[A-ZĐÀ-Ỹ]))(?=\S)")
_LETTER = re.compile(r"([a-zđ¢])\s?(?:\)\s*|\.\s+)(?=\S)")
_BRACKET = re.compile(r"\((\d{1,2}|[ivx]{1,4}|[a-zđ])\)\s*(?=\S)")
_DASH = re.compile(r"([-–—−•●▪■◦‐]|\*(?=\s))\s*(?=[^\s\d\-–—]|\d+[^\d\s]*\s)")
_PLUS = re.compile(r"\+\s*(?=\S)")
_NOISY_ROMAN = str.maketrans("Ll1|!i", "IIIIII")


def _roman(text: str) -> str | None:
    clean = text.translate(_NOISY_ROMAN)
    return clean if clean in ROMANS else None


def _capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= 3 and sum(char.isupper() for char in letters) >= 0.8 * len(letters)


def read_mark(line: str) -> Mark | None:
    """The mark at the start of `line` (which has no white space before it), or None.

    >>> read_mark("III. NHIỆM VỤ")
    Mark(kind='roman', value='III', printed='III.', width=5)
    >>> read_mark("I11. NHIỆM VỤ").value, read_mark("đ) Tiếp tục").value, read_mark("1.2. Kết quả").value
    ('III', 'đ', '1.2')
    >>> read_mark("100% hồ sơ"), read_mark("2025. Sau đó"), read_mark("30/6/2025 đã")
    (None, None, None)
    >>> read_mark("II CHỈ TIÊU").printed, read_mark("1.100% hồ sơ").printed, read_mark(".+ - Chủ trì").width
    ('II.', '1.', 5)
    """
    first = line[:1]
    if not first:
        return None
    if first in "PCMĐ" and (found := _WORDED.match(line)):
        kind = _WORD_KIND[found["word"].casefold()]
        value = found["no"]
        if value.casefold() in ("nhất", "hai", "ba", "tư", "năm"):
            value = ROMANS[("nhất", "hai", "ba", "tư", "năm").index(value.casefold())]
        elif kind in ("part", "chapter"):
            value = _roman(value) or value
        if found["dot"] or not line[found.end() :].strip():
            return Mark(kind, value, line[: found.end()].strip(), found.end())
        return None
    if first in "-–—−•●▪■◦‐*":
        found = _DASH.match(line)
        return Mark("dash", "-", "-", found.end()) if found else None
    if specks := _SPECKS.match(line):
        return Mark("dash", "-", "-", specks.end() + 2)
    if first == "+":
        found = _PLUS.match(line)
        return Mark("plus", "+", "+", found.end()) if found else None
    if first == "(":
        found = _BRACKET.match(line)
        return Mark("bracket", found[1], f"({found[1]})", found.end()) if found else None
    return _lettered(line)


def _lettered(line: str) -> Mark | None:
    if found := _UPPER.match(line):
        value = found[1] or found[2]
        if _capitals(line[found.end() :]):
            return Mark("upper", value, f"{value}.", found.end())
    if found := _ROMAN.match(line):
        value = found[1] or found[2]
        if value in ROMANS:
            return Mark("roman", value, f"{value}.", found.end())
    if (found := _ROMAN_NOISY.match(line)) and _capitals(line[found.end() :]):
        noisy = _roman(found[1])
        if noisy and not found[1].isdecimal():
            return Mark("roman", noisy, f"{noisy}.", found.end())
        if noisy and len(found[1]) > 1:
            return Mark("roman", noisy, f"{noisy}.", found.end())
    if (found := _ROMAN_BARE.match(line)) and found[1] in ROMANS and _capitals(line[found.end() :]):
        return Mark("roman", found[1], f"{found[1]}.", found.end())
    if found := _PERCENT.match(line):
        return Mark("arabic", found[1], f"{found[1]}.", found.end())
    if found := _DOTTED.match(line):
        if "00" not in found[1].split(".") and all(not part.startswith("0") for part in found[1].split(".")):
            return Mark("arabic", found[1], f"{found[1]}.", found.end())
        return None
    if found := _ARABIC.match(line):
        return Mark("arabic", found[1].lstrip("0") or "0", f"{found[1]}.", found.end())
    if (found := _LETTER.match(line)) and (line[found.end(1) :].lstrip()[:1] == ")" or found[1] in ALPHABET):
        value = "c" if found[1] == "¢" else found[1]
        return Mark("letter", value, f"{value})", found.end())
    return None


def fix_sequence(marks: Sequence[Mark | None], texts: Sequence[str]) -> list[Mark | None]:
    """Repair marks by their neighbours: `d)` after `d)` is đ), an `I.` noise that the sequence contradicts.

    Only unambiguous slips of recognition are changed; a number printed twice by its author stays.

    >>> def letters(*values): return [Mark("letter", value, f"{value})", 3) for value in values]
    >>> [mark.value for mark in fix_sequence(letters("a", "b", "c", "d", "d", "e"), [""] * 6)]
    ['a', 'b', 'c', 'd', 'đ', 'e']
    """
    fixed: list[Mark | None] = []
    last_letter: Mark | None = None
    for mark in marks:
        if mark is None:
            fixed.append(None)
            continue
        if mark.kind == "letter":
            if mark.value == "d" and last_letter is not None and last_letter.value == "d":
                mark = mark._replace(value="đ", printed="đ)")
            last_letter = mark
        elif mark.level < LEVELS["letter"]:
            last_letter = None
        fixed.append(mark)
    return fixed
