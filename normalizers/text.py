"""Folding of text: for comparing, and for matching with offsets kept.

`plain` and `skeleton` give back a string of the SAME length, so that a match in it is a match in the original.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_PLAIN = str.maketrans(
    {
        # marks of markdown and of table rulings, ticks drawn by hand
        **dict.fromkeys("*_|✓✔`#\u00a0\u2002\u2003\u2009\u202f\t", " "),
        # hyphens and dashes
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        # Icelandic eth, which looks like the Vietnamese letter
        "Ð": "Đ",
        "ð": "đ",
        "\u2044": "/",
        "\u2215": "/",
    }
)


def _base(code_point: int) -> str:
    letter = chr(code_point)
    if letter in "đĐðÐ":
        return "d"
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


# A table that answers for every common sign, itself included: `translate` is slow for signs that a table does not hold.
_ITSELF = {sign: chr(sign) for sign in (*range(0x370), *range(0x1E00, 0x1F00), *range(0x2000, 0x2100))}
_FOLDED = _ITSELF | _PLAIN
_SKELETON = _ITSELF | {sign: _base(sign) for sign in (*range(0x41, 0x250), *range(0x1E00, 0x1F00))}
_MARKS = re.compile(r"[*`✓✔]+")
_NO_LETTER = re.compile(r"[^a-z]+")
_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])-\s*\n\s*(?=[^\W_])|(?<=\d)/\s*\n\s*(?=[^\W\d_])")


# Whole documents are folded by several rules; each is done once.
_LONG = 400


@lru_cache(maxsize=16)
def _long_plain(text: str) -> str:
    return text.translate(_FOLDED)


@lru_cache(maxsize=16)
def _long_skeleton(text: str) -> str:
    return text.translate(_SKELETON)


def plain(text: str) -> str:
    """The text with look-alike signs made one and marks of markdown blanked; same length.

    >>> plain("**72**/QÐ–UBND")
    '  72  /QĐ-UBND'
    """
    return _long_plain(text) if len(text) > _LONG else text.translate(_FOLDED)


def skeleton(text: str) -> str:
    """The text in lower case without diacritics; same length for NFC text.

    >>> skeleton("Độc lập – Tự do")
    'doc lap – tu do'
    """
    return _long_skeleton(text) if len(text) > _LONG else text.translate(_SKELETON)


def bare_letters(text: str) -> str:
    """The Latin letters of the text alone, in lower case without diacritics: what is left where blanks and signs were misread.

    >>> bare_letters("Độc lập – Tự do 2025")
    'doclaptudo'
    """
    return _NO_LETTER.sub("", skeleton(text))


def squeeze(text: str) -> str:
    """White space folded to single spaces, none at the ends."""
    return " ".join(text.split())


def fold_tone(text: str) -> str:
    """The two spellings of tone placement made one (hoà = hòa): the tone mark goes behind its syllable.

    >>> fold_tone("Thuỷ") == fold_tone("Thủy")
    True
    """
    return " ".join(map(_fold_tone_of_word, text.split(" ")))


@lru_cache(maxsize=32768)
def _fold_tone_of_word(word: str) -> str:
    if word.isascii():
        return word
    out: list[str] = []
    tone = ""
    for char in unicodedata.normalize("NFD", word):
        if char in _TONES:
            tone = char
        elif char.isalpha() or unicodedata.category(char) == "Mn":
            out.append(char)
        else:
            out.append(tone + char)
            tone = ""
    return unicodedata.normalize("NFC", "".join(out) + tone)


def key(text: str) -> str:
    """What two spellings of the same words have in common: case, white space and tone placement folded.

    >>> key("Ủy ban  NHÂN DÂN") == key("Uỷ ban nhân dân")
    True
    """
    return fold_tone(squeeze(text).casefold())


def tidy(text: str) -> str:
    """A printed stretch as one line: marks of markdown dropped, words broken at a hyphen or slash joined.

    >>> tidy("**Tờ trình** số 76/TTr-\\nHĐTĐ  ngày")
    'Tờ trình số 76/TTr-HĐTĐ ngày'
    """
    return squeeze(_LINE_HYPHEN.sub(lambda found: found.group().rstrip()[0], _MARKS.sub("", text.replace("\f", "\n"))))


def capitals(text: str) -> float:
    """Share of capitals among the letters (0.0 where there are none).

    >>> capitals("QUYẾT ĐỊNH:")
    1.0
    """
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    return upper / (upper + lower) if upper + lower else 0.0


def sentence(text: str) -> str:
    """First letter capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def running(text: str) -> str:
    """The phrase as it stands inside a sentence: its first letter small, unless it begins with an abbreviation.

    >>> running("Thu ngân sách"), running("UBND phường"), running("")
    ('thu ngân sách', 'UBND phường', '')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


_SYLLABLE = re.compile(
    r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu?|r|s|th?|tr|v|x)?"
    r"(?:(?:[aeiouy]|ie|ye|uo|ua|oa|oe|ue|uy|uye|oo)(?:ch?|m|ng?|nh|p|t)|[aeiouy]{1,3})"
)


def has_letters_of_syllable(word: str) -> bool:
    """Whether a word can be a Vietnamese syllable by its letters (marks are not looked at).

    >>> [has_letters_of_syllable(word) for word in ("Phường", "MQC", "Qnang", "Dưưng", "Yến")]
    [True, False, False, False, True]
    """
    return _SYLLABLE.fullmatch(skeleton(word)) is not None
