"""How well a text reads as Vietnamese, measured without a dictionary."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split()
_OPEN = (
    "a ai ao au ay â âu ây e eo ê êu i ia iêu iu o oa oai oao oay oe oeo oi ô ôi ơ ơi u ua uây uê ui uôi uơ uy uya uyu "
    "ư ưa ưi ươi ươu ưu y yê yêu uê uao uai uay eu"
).split()
_CLOSED = (
    "am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh iêm iên iêng om on ong oong oan oang oanh oam oăn oăng "
    "oăm oen ôm ôn ông ơm ơn um un ung uôm uôn uông uân uâng uên uênh uyên uynh ưm ưn ưng ươm ươn ương yêm yên yêng yn ynh "
    "uan uang uanh uăn uyn"
).split()
_STOPPED = (
    "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oc op ot ooc oac oach oap oat oăc oăt oet ôc ôp ôt "
    "ơp ơt uc up ut uôc uôt uât uêch uyêt uyt ưc ưp ưt ươc ươp ươt yêt ych uac uat uăc uăt uât"
).split()
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOP_TONES = "\u0301\u0323"  # a syllable that ends in a stop carries the sharp or the heavy tone
_WORD = re.compile(r"[^\W\d_]+")


class Quality(NamedTuple):
    """letters: words of letters seen. valid: share of them that are Vietnamese syllables. marked: share that carry marks.

    score: 0..1; 1.0 for a text that holds too few letters to tell (figures alone are not bad).
    """

    letters: int
    valid: float
    marked: float
    score: float


@lru_cache(maxsize=50_000)
def is_syllable(word: str) -> bool:
    """Is this a possible Vietnamese syllable (by onset, rime and tone, not by a dictionary)?

    >>> [is_syllable(word) for word in ("nghiêng", "hoạch", "hoach", "nwéc", "Ủy")]
    [True, True, False, False, True]
    """
    tone, letters = "", []
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            if tone:
                return False
            tone = char
        else:
            letters.append(char)
    bare = unicodedata.normalize("NFC", "".join(letters))
    for onset in ("", *_ONSETS):
        if not bare.startswith(onset):
            continue
        rime = bare[len(onset) :]
        if onset == "gi" and rime in ("", "m", "n", "ng", "êng", "êt"):
            return True
        if rime in _STOPPED:
            return tone != "" and tone in _STOP_TONES
        if rime in _OPEN or rime in _CLOSED:
            return True
    return False


def measure(text: str) -> Quality:
    """Measure a page's text.

    >>> measure("Căn cứ Luật Tổ chức chính quyền địa phương").score
    1.0
    >>> measure("Can cu Luat To chuc chinh quyen dia phuong").score < 0.3
    True
    >>> measure("12 345 6.789,0").score
    1.0
    """
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if len(word) > 1]
    lower = [word for word in words if not (word.isupper() and len(word) <= 5)]  # UBND, HĐND, VP are no syllables
    if len(lower) < 4:
        return Quality(len(lower), 1.0, 1.0, 1.0)
    valid = sum(1 for word in lower if is_syllable(word)) / len(lower)
    marked = sum(1 for word in lower if not word.isascii()) / len(lower)
    # in real text about 85 % of the words carry marks, and some 3 % are names and foreign words
    return Quality(len(lower), valid, marked, round(min(1.0, valid / 0.95) * min(1.0, marked / 0.6), 4))
