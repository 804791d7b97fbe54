"""Is this Vietnamese? Spelling of syllables, and how well a text reads.

A syllable is (onset) + rime + tone; which of them Vietnamese spells is a closed list (phonotactics), so that no word
list is needed. Pure: no model, no data.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"
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
    "uân|uâng|uât|uây|uê|uêch|uênh|uêu|uy|uya|uyên|uyêt|uych|uynh|uyt|uyu|uyn|uyp|uơ|uâc"
)
_SYLLABLE: Final = re.compile(f"(?:{_ONSETS})(?:{_RIMES})")
_BARE_ONSETS: Final = _ONSETS.replace("đ|", "")
_BARE: Final = re.compile(
    f"(?:{_BARE_ONSETS})(?:{''.join(c for c in unicodedata.normalize('NFD', _RIMES) if not unicodedata.combining(c))})"
)
_STOPPED: Final = re.compile(r"(?:c|ch|p|t)$")
# A letter word of the text, with what may stand for a letter inside it.
_WORD: Final = re.compile(r"[^\W\d_]+(?:[\d$¢€£§&'’]+[^\W\d_]*)*|[\d$¢€£§&]+[^\W\d_]+(?:[\d$¢€£§&]+[^\W\d_]*)*")
_OUTSIDE: Final = re.compile(r"\S*@\S*|\S*://\S*|\bwww\.\S*|\S*\d[/.,:\-]\S*|\S*[/\-]\S*\d\S*")
_LONGEST: Final = 80
_ODD: Final = re.compile(r"[^\W\d_][\d$¢€£§&]|[\d$¢€£§&][^\W\d_]|ii|[a-z][A-Z]")


@lru_cache(maxsize=65536)
def is_syllable(word: str) -> bool:
    """True for a lower-case word that Vietnamese spelling allows (one closed by c, ch, p, t takes sắc or nặng).

    >>> is_syllable("quyết"), is_syllable("quyêt"), is_syllable("windows"), is_syllable("giêng")
    (True, False, False, True)
    """
    decomposed = unicodedata.normalize("NFD", word)
    tones = [char for char in decomposed if char in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(char for char in decomposed if char not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(toneless):
        # "gìn", "giêng": the i of the onset is the vowel too
        if len(tones) > 1 or not (toneless.startswith("gi") and _SYLLABLE.fullmatch("g" + toneless[1:])):
            return False
    if _STOPPED.search(toneless):
        return bool(tones) and tones[0] in "\u0301\u0323"
    return True


@lru_cache(maxsize=65536)
def is_bare_syllable(word: str) -> bool:
    """True where the lower-case ASCII word is some syllable without its marks.

    >>> is_bare_syllable("quyet"), is_bare_syllable("nuoc"), is_bare_syllable("with")
    (True, True, False)
    """
    return bool(_BARE.fullmatch(word)) or (word.startswith("gi") and bool(_BARE.fullmatch("g" + word[1:])))


def has_vietnamese_letter(word: str) -> bool:
    """True where a letter of the word is Vietnamese and no other Latin alphabet's of the ISO 8859-1 range.

    >>> has_vietnamese_letter("đất"), has_vietnamese_letter("é"), has_vietnamese_letter("phương")
    (True, False, True)
    """
    return any(char in "đĐăĂĩĨũŨơƠưƯ" or 0x1EA0 <= ord(char) <= 0x1EF9 for char in word)


class Features(NamedTuple):
    """What is measured of a text. All but `words` are shares (0..1) of the letter words.

    words: letter words, without abbreviations, addresses, codes and numbers. valid: spelled as Vietnamese spells.
    bare_valid: valid once marks are dropped. vietnamese: with a letter that only Vietnamese has. accented: with any
    letter beyond ASCII. odd: with a shape that print never has (digits or signs among letters, "ii", a capital inside).
    """

    words: int
    valid: float
    bare_valid: float
    vietnamese: float
    accented: float
    odd: float


def bare(text: str) -> str:
    """The text without tone and vowel marks, `đ` as `d`; case and length (of NFC text) are kept.

    >>> bare("Đường")
    'Duong'
    """
    plain = "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))
    return plain.replace("đ", "d").replace("Đ", "D")


def _is_abbreviation(word: str) -> bool:
    """UBND, HĐND, BCĐ: capitals that are no syllable."""
    return word.isupper() and not is_bare_syllable(bare(word.lower()))


def features(text: str) -> Features:
    """Measure a text of any length; a text without letter words gives zeros."""
    # a token longer than any word or address says nothing (and would take long)
    text = " ".join(token for token in unicodedata.normalize("NFC", text).split() if len(token) <= _LONGEST)
    told = [found for word in _WORD.findall(_OUTSIDE.sub(" ", text)) if (found := _features_of_word(word)) is not None]
    if not told:
        return Features(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    count = len(told)
    return Features(count, *(sum(column) / count for column in zip(*told, strict=True)))


@lru_cache(maxsize=65536)
def _features_of_word(word: str) -> tuple[bool, bool, bool, bool, bool] | None:
    """The features in their order, for one word; None for one that does not count."""
    if len(word) == 1 and word.isascii() or _is_abbreviation(word):
        return None
    small = word.lower()
    return (
        is_syllable(small),
        is_bare_syllable(bare(small)),
        has_vietnamese_letter(word),
        not word.isascii(),
        bool(_ODD.search(word)),
    )


def is_foreign(found: Features) -> bool:
    """True for a text of another language: its words are not even Vietnamese ones that lost their marks."""
    return found.vietnamese < 0.1 and found.bare_valid < 0.55


def quality(text: str) -> float:
    """How well a text reads as what was printed, 0 (noise) to 1.

    1.0 where nothing speaks against it: mere numbers, addresses, another language. A text of Vietnamese words without
    Vietnamese letters (stripped, or read by an engine of another language) is near 0.

    >>> quality("Kế hoạch cải cách hành chính nhà nước") > 0.95
    True
    >>> quality("Ké hoach cai cach hanh chinh nha nwéc") < 0.2
    True
    >>> quality("1.204 12/5/2025 98,3%"), quality("the quick brown fox jumps over the lazy dog")
    (1.0, 1.0)
    """
    found = features(text)
    if found.words < 3 or is_foreign(found):
        return 1.0
    # some six in ten syllables of print carry a letter that only Vietnamese has; a short line may have fewer
    marked = min(1.0, found.vietnamese / 0.3 + (1 / found.words if found.vietnamese else 0.0))
    return round(max(0.0, found.valid - found.odd) * marked, 4)
