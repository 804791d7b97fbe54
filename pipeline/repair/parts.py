"""A printed token taken apart: signs around its core, and a syllable's onset and rime."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from normalizers.vietnamese import bare

# What stands around a word in print. The apostrophe is not here: readers make it of a horn ("co'" is cơ).
_OPENING: Final = '([{"“”‘«<|*_~'
_CLOSING: Final = './,;:!?)]}"“”’»>|…*_~'
# Longer tokens are no words, addresses or codes: they are kept as they are.
LONGEST: Final = 80
_ONSET: Final = re.compile(r"ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx]", re.IGNORECASE)
_VOWELS: Final = frozenset("aeiouy")


class Core(NamedTuple):
    """`before` + `core` + `after` is the token; the core may be the whole where only signs stand."""

    before: str
    core: str
    after: str


def core_of(token: str) -> Core:
    """The token without the signs of print around it.

    >>> core_of("“Kế"), core_of("tâm./."), core_of(")")
    (Core(before='“', core='Kế', after=''), Core(before='', core='tâm', after='./.'), Core(before='', core=')', after=''))
    """
    if len(token) > LONGEST:
        return Core("", token, "")
    inner = token.lstrip(_OPENING)
    before = token[: len(token) - len(inner)]
    core = inner.rstrip(_CLOSING)
    if not core or not any(char.isalnum() or ord(char) > 0x7F or char in "$&@§" for char in core):
        return Core("", token, "")
    # "5)" and "a)" keep their bracket outside; "(%)" has no letter and stays whole
    return Core(before, core, inner[len(core) :])


def split_syllable(syllable: str) -> tuple[str, str]:
    """Onset and rime, case kept.

    >>> split_syllable("Nghiệp"), split_syllable("gì"), split_syllable("Ủy"), split_syllable("quyết")
    (('Ngh', 'iệp'), ('g', 'ì'), ('', 'Ủy'), ('qu', 'yết'))
    """
    plain = bare(syllable).lower()
    found = _ONSET.match(syllable)
    onset = found.group() if found else ""
    while onset and not any(char in _VOWELS for char in plain[len(onset) :]):
        onset = onset[:-1]
    return onset, syllable[len(onset) :]


@lru_cache(maxsize=16384)
def toneless(text: str) -> str:
    """The text without tone marks; those of vowels stay.

    >>> toneless("ước"), toneless("ộ"), toneless("Điều")
    ('ươc', 'ô', 'Điêu')
    """
    plain = (char for char in unicodedata.normalize("NFD", text) if char not in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", "".join(plain))
