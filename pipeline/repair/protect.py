"""Tokens that repair keeps: numbers, dates, addresses, codes. What is a letter word read with digits is not one."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import Final

from pipeline.repair.codes import mend_code
from pipeline.repair.parts import LONGEST


class Guard(Enum):
    """How a token's core is to be treated."""

    WORD = "word"  # letters, perhaps some of them read as digits or signs
    MIXED = "mixed"  # letters and digits: a word or something with a number in it; the language model decides
    KEPT = "kept"  # as it is
    CODE = "code"  # letters by the grammar of codes


_ADDRESS: Final = re.compile(
    r"[\w.\-+]+@[\w\-]+(?:\.[\w\-]+)+|[\w.\-+]{3,}@|.*://.*|www\..*|[\w.\-]+\.(?:vn|com|net|org|gov|edu|info)(?:[/.:].*)?",
    re.IGNORECASE,
)
_TIMESTAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+\-]\d\d:?\d\d)?|\d+h\d*|\d+[hgx]\d+'?")
# the dot of a heading and the bracket of an item stand outside the core; "3.2.a" and "9001:2015" are kept as well
_NUMBER: Final = re.compile(r"[\W_]*\d[\d.,/:%\-–+x×()°ºo²³]*(?:[a-zđ]?|tr|kg|km|m|m2|m3|ha|tỷ|%)[\W_]*")
_NOTHING: Final = re.compile(r"[\W_]+")
# signs that an English reader makes of whole words: "$" of số, "@" of ở, "¢" of có; "&" may be printed
SIGNS: Final = frozenset("$¢€£§&¥©®@")
_SIGN_WORDS: Final = SIGNS - {"&"}
_ROMAN: Final = re.compile(r"[IVX]{2,5}|V|O\d|\dO")


@lru_cache(maxsize=65536)
def guard(core: str) -> Guard:
    """What a core is.

    >>> guard("30/7/2025").name, guard("510/0D-UBND").name, guard("s6").name, guard("a@b.vn").name, guard("nwéc").name
    ('KEPT', 'CODE', 'MIXED', 'KEPT', 'WORD')
    >>> guard("2025-08-01T16:46:46+0700").name, guard("98,5%").name, guard("1a").name, guard("III").name
    ('KEPT', 'KEPT', 'MIXED', 'KEPT')
    """
    if len(core) > LONGEST:
        return Guard.KEPT
    if core in _SIGN_WORDS:
        return Guard.WORD
    if _NOTHING.fullmatch(core) or _ADDRESS.fullmatch(core) or _TIMESTAMP.fullmatch(core) or _ROMAN.fullmatch(core):
        return Guard.KEPT
    if any(char.isdigit() for char in core):
        if mend_code(core) is not None:
            return Guard.CODE
        digits = sum(char.isdigit() for char in core)
        letters = sum(char.isalpha() or char in SIGNS for char in core)
        if not letters or digits > 2 or digits > letters + 1 or any(char in "/:%" for char in core):
            return Guard.KEPT
        return Guard.MIXED
    if mend_code(core) is not None:
        return Guard.CODE
    return Guard.WORD
