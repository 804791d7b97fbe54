"""Marks of headings and items that the reader spoiled: their order in the document tells what was printed.

Items run a) b) c) d) đ) e) g) h) i) k) … in the Vietnamese alphabet; chapters run I. II. III. IV. …
Decree 30/2020/NĐ-CP, Annex I, II.5 (Mục, khoản, điểm).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

_LETTERS: Final = "abcdđeghiklmnopqrstuvxy"
# What an English reader makes of the letter of an item.
_READ_AS: Final = {
    "a": "á4@8", "b": "h6", "c": "¢€e©o¢G(C", "d": "", "đ": "d", "e": "c€¢", "g": "9q&", "h": "b", "i": "1l!ij", "k": "", "l": "1I",
}  # fmt: skip
_ITEM: Final = re.compile(r"\(?(\S)\)")
_CHAPTER: Final = re.compile(r"([I1lL|iHTV!\\]{1,5}|[IVX]{1,5})\.")
_STROKES: Final = re.compile(r"I+L|L+I|IL+I*")  # no word or number is written so
_ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WRITTEN: Final = str.maketrans(
    {"1": "I", "l": "I", "L": "I", "|": "I", "i": "I", "!": "I", "T": "I", "H": "II", "\\": ""}
)


def _is_capital_line(tokens: Sequence[str]) -> bool:
    letters = [char for token in tokens[1:] for char in token if char.isalpha()]
    return len(letters) > 3 and sum(char.isupper() for char in letters) > 0.8 * len(letters)


def _next_item(lines: Sequence[Sequence[str]], number: int) -> str:
    """The letter of the next item as it was read, "" where there is none within a page or so."""
    for tokens in lines[number + 1 : number + 40]:
        found = _ITEM.fullmatch(tokens[0]) if tokens else None
        if found:
            return found[1]
    return ""


def _was(expected: str, read: str, after: str) -> bool:
    """True where the mark `read` was the letter `expected`; a letter of the alphabet needs the item after as a witness."""
    if read not in _READ_AS.get(expected, ""):
        return False
    if read not in _LETTERS or (read, expected) == ("d", "đ"):
        return True
    following = _LETTERS[_LETTERS.index(expected) + 1]
    return after == following or after != "" and after in _READ_AS.get(following, "")


def mend_marks(lines: Sequence[Sequence[str]]) -> Mapping[int, str]:
    """For lines whose first token is such a mark, spoiled: the line's number and the token as printed.

    >>> mend_marks([["a)", "Rà"], ["b)", "Sửa"], ["¢)", "Cấp"], ["d)", "Thu"], ["d)", "Chi"]])
    {2: 'c)', 4: 'đ)'}
    >>> mend_marks([["I.", "MỤC", "ĐÍCH"], ["11.", "CHỈ", "TIÊU"], ["I11.", "NHIỆM", "VỤ"], ["11.", "Lập", "sổ"]])
    {1: 'II.', 2: 'III.'}
    >>> mend_marks([["I.", "Hạ", "tầng"], ["IL.", "Chính", "quyền"], ["TL.", "Chủ", "tịch"]])
    {1: 'II.'}
    >>> mend_marks([["a)", "Rà"], ["b)", "Sửa"], ["e)", "Cấp"], ["k)", "Thu"]])
    {}
    """
    mended: dict[int, str] = {}
    item = chapter = -1  # places of the marks before, -1 for none
    for number, tokens in enumerate(lines):
        if len(tokens) < 2:
            continue
        mark = tokens[0]
        found = _ITEM.fullmatch(mark)
        if found:
            read = found[1]
            expected = _LETTERS[item + 1] if item + 1 < len(_LETTERS) else ""
            if read == "a":
                item = 0
            elif item >= 0 and expected and _was(expected, read, _next_item(lines, number)):
                item += 1
                mended[number] = mark.replace(read, expected)
            elif read in _LETTERS:
                item = _LETTERS.index(read)
            continue
        found = None if mark == "TL." else _CHAPTER.fullmatch(mark)  # that one signs on behalf of another
        if found and (_is_capital_line(tokens) or _STROKES.fullmatch(found[1])):
            written = found[1].translate(_WRITTEN)
            if written in _ROMAN:
                place = _ROMAN.index(written)
                sure = place == chapter + 1 or place > 0 and (not found[1].isdigit() or found[1] == "111")
                if written != found[1] and sure:
                    mended[number] = written + "."
                if written == found[1] or number in mended:
                    chapter, item = place, -1
    return mended
