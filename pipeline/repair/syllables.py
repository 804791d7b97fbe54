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

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
_DATE: Final = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2,4}|\d{1,2}/(?:19|20)\d\d")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d[^\W_]*(?:[./,\-][^\W_]+)*|[^\w\s]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")


def bare(text: str) -> str:
    """The text without tone and vowel marks, `đ` as `d`; case and length (of NFC text) are kept.

    >>> bare("Đường")
    'Duong'
    """
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return plain.replace("đ", "d").replace("Đ", "D")


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


_ONSETS: Final = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|r|s|t|v|x|"
_RIMES: Final = (
    "iêch|iêc|iêm|iên|iêng|iêp|iêt|iêu|ia|ich|im|in|inh|ip|it|iu|i|"
    "yêm|yên|yêng|yêt|yêu|y|"
    "êch|êm|ên|ênh|êp|êt|êu|ê|ec|em|en|eng|ep|et|eo|e|êng|"
    "ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|a|ăc|ăm|ăn|ăng|ăp|ăt|âc|âm|ân|âng|âp|ât|âu|ây|"
    "oc|oi|om|on|ong|op|ot|o|ooc|oong|ôc|ôi|ôm|ôn|ông|ôp|ôt|ô|ôông|ơi|ơm|ơn|ơp|ơt|ơ|ơng|"
    "uc|ui|um|un|ung|up|ut|u|ưc|ưi|ưm|ưn|ưng|ưt|ưu|ư|ưp|"
    "ua|uôc|uôi|uôm|uôn|uông|uôp|uôt|ưa|ươc|ươi|ươm|ươn|ương|ươp|ươt|ươu|"
    "oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oa|oăc|oăm|oăn|oăng|oăt|oen|oeo|oet|oe|oem|"
    "uân|uâng|uât|uây|uê|uêch|uênh|uêu|uy|uya|uyên|uyêt|uych|uynh|uyt|uyu|uyn|uyp|uơ|uân|uâc"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSETS})(?:{_RIMES})")
_STOPPED: Final = re.compile(r"(?:c|ch|p|t)$")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """True for a lower-case word that Vietnamese spelling allows (a syllable closed by c, ch, p, t takes sắc or nặng).

    >>> is_syllable("quyết"), is_syllable("quyêt"), is_syllable("windows"), is_syllable("giêng")
    (True, False, False, True)
    """
    decomposed = unicodedata.normalize("NFD", word)
    tones = [char for char in decomposed if char in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(toneless):
        # "gìn", "giêng", "giếng": the i of the onset is the vowel too
        if len(tones) > 1 or not (toneless.startswith("gi") and _SYLLABLE.fullmatch("g" + toneless[1:])):
            return False
    if _STOPPED.search(toneless):
        return bool(tones) and tones[0] in "\u0301\u0323"
    return True


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
