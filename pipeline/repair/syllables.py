"""Vietnamese syllables as the language model sees them: lower case, one tone placement, classes for numbers and codes.

A printed token ("Hội," or "510/QĐ-UBND") answers one or several model tokens ("hội", "," or "<code>").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal

Shape = Literal["lower", "title", "upper"]

BOUNDARY: Final = "<s>"
UNKNOWN: Final = "<unk>"
CODE: Final = "<code>"
DATE: Final = "<date>"
YEAR: Final = "<year>"
ONE_DIGIT: Final = "<d1>"
TWO_DIGITS: Final = "<d2>"
NUMBER: Final = "<num>"
CLASSES: Final = (BOUNDARY, UNKNOWN, CODE, DATE, YEAR, ONE_DIGIT, TWO_DIGITS, NUMBER)
# Punctuation that the model knows; every other sign is passed over.
PUNCTUATION: Final = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "…": ".",
    "(": "(",
    ")": ")",
    "-": "-",
    "–": "-",
    "—": "-",
    "/": "/",
    "%": "%",
}

_DATE: Final = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}/(?:19|20)\d\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d[^\W_]*(?:[./,\-][^\W_]+)*|[^\w\s]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


# Where the two spellings part: oa, oe, uy at the end of a syllable carry the tone on the first vowel in the older
# manner (hòa, thủy). The model takes that one, for it is what Decree 30/2020/NĐ-CP itself prints ("Ủy ban").
_NEW: Final = re.compile(
    "(o[àáảãạ]|o[èéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])$",
)
_TONE_OF: Final = {
    char: (unicodedata.normalize("NFC", base), mark)
    for char in "àáảãạèéẻẽẹỳýỷỹỵ"
    for base, mark in [tuple(unicodedata.normalize("NFD", char))]
}


def fold_tone(syllable: str) -> str:
    """A lower-case NFC syllable in the one tone placement of the model.

    >>> fold_tone("hoà"), fold_tone("thuỷ"), fold_tone("quý"), fold_tone("hoàn")
    ('hòa', 'thủy', 'quý', 'hoàn')
    """
    if not _NEW.search(syllable):
        return syllable
    base, mark = _TONE_OF[syllable[-1]]
    return unicodedata.normalize("NFC", syllable[:-1] + mark + base)


def shape(text: str) -> Shape:
    """How the letters of a token stand: `upper` needs two letters at least.

    >>> shape("Ủy"), shape("BAN"), shape("nhân"), shape("Đ")
    ('title', 'upper', 'lower', 'title')
    """
    letters = [char for char in text if char.isalpha()]
    if not letters or letters[0].islower():
        return "lower"
    return "upper" if len(letters) > 1 and all(char.isupper() for char in letters) else "title"


def _number(piece: str) -> str:
    if any(char.isalpha() for char in piece):
        return CODE
    if _DATE.fullmatch(piece):
        return DATE
    if _YEAR.fullmatch(piece):
        return YEAR
    if piece.isdigit() and len(piece) < 3:
        return ONE_DIGIT if len(piece) == 1 else TWO_DIGITS
    return NUMBER


@lru_cache(maxsize=262144)
def model_tokens(surface: str) -> tuple[str, ...]:
    """The model tokens of one printed token (no spaces inside); () where it holds only signs unknown to the model.

    >>> model_tokens("Hội,"), model_tokens("510/QĐ-UBND"), model_tokens("(VH-XH)"), model_tokens("2025.")
    (('hội', ','), ('<code>',), ('(', 'vh', '-', 'xh', ')'), ('<year>', '.'))
    """
    text = unicodedata.normalize("NFC", surface).lower()
    out: list[str] = []
    for piece in _PIECE.findall(text):
        if piece[0].isdigit():
            out.append(_number(piece))
        elif piece in PUNCTUATION:
            out.append(PUNCTUATION[piece])
        elif piece[0].isalpha():
            out.append(fold_tone(piece))
    return tuple(out)


def like(surface: str, form: str) -> str:
    """`form` (lower case) with the capitals of `surface`.

    >>> like("NUOC", "nước"), like("Nuoc", "nước"), like("nuoc", "nước")
    ('NƯỚC', 'Nước', 'nước')
    """
    kind = shape(surface)
    if kind == "upper":
        return form.upper()
    return form[:1].upper() + form[1:] if kind == "title" else form


def letters(text: str) -> list[str]:
    """The letter tokens of a text."""
    return _LETTERS.findall(text)
