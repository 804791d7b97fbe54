"""What a spoiled mark of a heading or item may have been: every reading of a line with what it costs to believe it."""

from __future__ import annotations

import re
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extractors.marks import ALPHABET, ROMANS, Kind, Mark
from normalizers.text import capitals, skeleton

KEPT = 5.0  # cost of taking a mark that reads well for none
_NONE = 1.5  # cost of taking what looks like a spoiled mark for none
_JUNK = r"[^a-zA-ZÀ-ỹđĐ\d(“\"]{0,4}"
_ROMAN = re.compile(rf"{_JUNK}([^\W_]{{1,4}}|[|!\[\]]{{1,3}})\s?[.,:;)/]{{0,2}}\s*(?=[A-ZĐÀ-Ỹ])")
_UPPER = re.compile(rf"{_JUNK}([^\W\d_]|oe|[€@])\s?[.,:;)/]{{0,3}}\s*(?=[^\W\d_])")
_ODD_LETTER = re.compile(rf"{_JUNK}[^\W\d_]\s?[.:]\s(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])")
_STROKES = str.maketrans(
    {**dict.fromkeys("1l|!itTjJL[]fr", "I"), "H": "II", "U": "II", "v": "V", "y": "V", "Y": "V", "x": "X", "K": "X"}
)
_UPPERS = "ABCDEFGH"
_MOST_ROMAN = 12
_HEADINGS = (
    "to chuc thuc hien", "phan cong nhiem vu", "kinh phi thuc hien", "muc dich yeu cau", "muc tieu", "chi tieu", "muc tieu chi tieu",
    "nhiem vu va giai phap", "nhiem vu giai phap", "nhiem vu trong tam", "noi dung thuc hien", "ket qua dat duoc", "ket qua thuc hien",
    "ton tai han che", "kho khan vuong mac", "phuong huong nhiem vu", "de xuat kien nghi", "kien nghi de xuat",
)  # fmt: skip
_ALIKE = 88.0  # per cent of letters that a heading must have in common with the print
_SIGNING = frozenset(("TM", "KT", "TL", "TUQ", "Q", "CT"))
_NUMBER = re.compile(
    rf"{_JUNK}(\d{{1,2}}|[lIiL|!\]](?=[.,)]))(?:\s?[.,:;)•°]{{1,3}}\s?[.,]?\s*|\s+)(?=[^\W\d_]|[“\"(]|\d+[,.\d]*\s?%)"
)
DOTTED = re.compile(rf"{_JUNK}(\d{{1,2}}(?:\s?[.,:]?\s?\d){{1,3}})\s?[.,:;)]{{0,2}}\s*(?=[A-ZĐÀ-Ỹ])")
_LETTER = re.compile(rf"{_JUNK}\(?([^\W_]|[¢€©&@])\s?[)}}\]>]+[.,]?\s*(?=\S)")


class MarkLine(NamedTuple):
    """A printed line, stripped. lost: what recognition read at its start and repair took for specks.

    starts: a paragraph may begin here. ended: the line before ends a sentence or is none. noisy: recognised or repaired.
    """

    text: str
    lost: str
    starts: bool
    ended: bool
    noisy: bool


class Option(NamedTuple):
    """One reading of a line's mark: its place in the sequence (None: the line has no such mark), its cost, its width."""

    order: int | None
    cost: float
    width: int


def misread(kind: Kind, mark: Mark) -> list[Option]:
    """What a mark may have been that looks well: a stroke is easily lost (I. of II.), hardly won."""
    if kind == "roman":
        return [
            Option(order, 1.0 if len(roman) > len(mark.value) else KEPT, mark.width)
            for order, roman in enumerate(ROMANS[:_MOST_ROMAN], 1)
            if roman != mark.value and Levenshtein.distance(roman, mark.value) == 1
        ]
    return [Option(ALPHABET.index("đ") + 1, 0.3, mark.width)] if kind == "letter" and mark.value == "d" else []


def _known_heading(line: MarkLine, most: int) -> list[Option]:
    """A line in capitals that every paper of its kind has as a heading, whatever became of its mark."""
    if capitals(line.text) < 0.8:
        return []
    words = re.sub(r"[^a-z ]+", "", skeleton(line.text)).split()
    for junk in (0, 1):
        rest = " ".join(words[junk:])
        if (not junk or words and len(words[0]) <= 4) and any(
            fuzz.ratio(rest[: len(name) + 2], name) >= _ALIKE and len(rest) < 2 * len(name) + 12 for name in _HEADINGS
        ):
            width = line.text.find(" ") + 1 if junk else 0
            return [Option(None, _NONE, 0), *(Option(order, 1.2, width) for order in range(1, most + 1))]
    return []


def roman_options(line: MarkLine, mark: Mark | None) -> list[Option]:
    if mark is not None and mark.kind == "letter" and mark.value not in "vx":
        return []
    return _spoiled_roman(line) or (_known_heading(line, _MOST_ROMAN) if mark is None else [])


def _spoiled_roman(line: MarkLine) -> list[Option]:
    found = _ROMAN.match(line.text)
    if not found or found[1] in _SIGNING:
        return []
    rest = line.text[found.end() :]
    if capitals(rest) < 0.8 or sum(map(str.isalpha, rest)) < 5:
        return []
    strokes = found[1].translate(_STROKES)
    small = found[1].islower() and len(found[1]) < 4  # small letters before capitals were never printed so
    if not small and strokes.strip("IVX"):
        return []
    options = [Option(None, 2 * _NONE if strokes in ROMANS else _NONE, 0)]
    for order, roman in enumerate(ROMANS[:_MOST_ROMAN], 1):
        cost = 0.3 + 0.7 * Levenshtein.distance(strokes, roman)
        cost = min(cost, 2.0) if small else cost
        if cost <= 2.0:
            options.append(Option(order, cost, found.end()))
    return options


def upper_options(line: MarkLine, mark: Mark | None) -> list[Option]:
    found = _UPPER.match(line.text)
    if mark is not None:
        return []
    if not found or len(line.text) - found.end() < 4 or capitals(line.text[found.end() :]) < 0.8:
        return _known_heading(line, len(_UPPERS))
    read = _UPPERS.find(found[1].upper()) + 1
    pointed = line.text[found.end(1) : found.end()].strip() != ""
    return [
        Option(None, _NONE, 0),
        *(
            Option(order, (0.5 if order == read else 1.3) + (0.1 if not pointed else 0.0), found.end())
            for order in range(1, len(_UPPERS) + 1)
        ),
    ]


def number_options(line: MarkLine, mark: Mark | None) -> list[Option]:
    found = _NUMBER.match(line.text)
    if not found and mark is None and (odd := _ODD_LETTER.match(line.text)):
        return [Option(None, _NONE, 0), *(Option(order, 1.4, odd.end()) for order in range(1, 10))]
    if not found or (mark is not None and not re.match(r"[\W_]*\d{1,2}[.,)]\s", line.text)):
        return []
    small = line.text[found.end() : found.end() + 1].islower()
    bare = line.text[found.end(1) : found.end(1) + 1] == " "
    cost = 0.7 + 0.3 * small + 0.4 * (small and bare)
    read = int(found[1]) if found[1].isdigit() else 1
    options = [Option(None, _NONE, 0), Option(read, cost, found.end())]
    if len(found[1]) == 1:
        options += [Option(order, cost + 1.3, found.end()) for order in range(1, 10) if order != read]
    return [option for option in options if option.order != 0]


def letter_options(line: MarkLine, mark: Mark | None) -> list[Option]:
    found = _LETTER.match(line.text)
    if not found or mark is not None:
        return []
    read = ALPHABET.find(found[1].lower()) + 1
    options = [Option(None, _NONE, 0)]
    for order in range(1, len(ALPHABET) + 1):
        options.append(Option(order, 0.3 if order == read else 1.8, found.end()))
    return options
