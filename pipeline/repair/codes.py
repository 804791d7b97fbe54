"""Codes of documents in noisy text: the grammar of NĐ 30/2020 Annex I mends their letters, never their digits.

A symbol is a list of segments of capitals; the first names the kind, the others organs. A segment is mended to a
known one when it can have been read for it (Đ as D, B, P, 0; Q as O, 0, G), and no other known one as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

KINDS: Final = (
    "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB", "NĐ", "TT", "TTLT", "PL", "L", "SL", "KL", "QĐi",
)  # fmt: skip
ORGANS: Final = (
    "UBND", "HĐND", "CP", "TTg", "BNV", "BTC", "BTP", "BTTTT", "BKHĐT", "BGDĐT", "BYT", "BCT", "BXD", "BGTVT", "BCA",
    "BQP", "BNG", "BKHCN", "BTNMT", "BNNPTNT", "BLĐTBXH", "BVHTTDL", "TW", "TU", "VPCP", "UBTVQH", "SNV", "STC", "STP",
    "STTTT", "SKHĐT", "SGDĐT", "SYT", "SXD", "SCT", "SNNPTNT", "SLĐTBXH", "STNMT", "SVHTT", "SGTVT", "SKHCN", "BCĐ",
    "CCHC", "PGĐ", "KTTH", "NVKTGS", "VX", "VP", "VHXH", "KT", "NC", "TH", "TTPVHCC", "KTHTĐT", "ĐU", "HĐTĐ", "QH", "CQTT", "TTCP",
)  # fmt: skip
_PRINTED_AS: Final = {
    "Đ": {"Ð": 0.1, "D": 0.5, "đ": 0.3, "d": 1.0, "B": 1.5, "b": 1.7, "P": 1.5, "p": 2.0, "0": 2.0, "O": 2.2, "H": 2.5},
    "Q": {"O": 1.0, "0": 1.0, "G": 1.5, "@": 1.5, "C": 2.2, "q": 0.5, "9": 1.7},
    "O": {"0": 0.5},
    "U": {"Ư": 0.5, "u": 0.5, "V": 2.5},
    "T": {"I": 1.8, "1": 2.0, "l": 2.0, "f": 2.5},
    "B": {"8": 1.5, "Đ": 2.0},
    "D": {"Đ": 0.6, "Ð": 0.6, "0": 2.0},
    "I": {"1": 0.5, "l": 0.5},
    "S": {"5": 1.5},
    "C": {"G": 2.0, "c": 0.4},
    "H": {"h": 0.7, "11": 2.0},
    "g": {"p": 1.5, "q": 1.5, "9": 1.5, "e": 2.0},
    "r": {"t": 2.5},
}  # fmt: skip
_WORST: Final = 2.6
_BETTER: Final = 0.5
_SYMBOL: Final = r"[^\W_]{1,8}(?:[\-–&][^\W_]{1,10}){1,4}"
_NUMBERED: Final = re.compile(
    rf"(?P<number>\d{{1,5}}[a-zđ]?)(?P<joint>/(?:(?:19|20)\d\d/)?)(?P<symbol>{_SYMBOL}|[^\W\d_]{{2,12}}|[QO0G]H[\dIl]{{2}})"
)
_BARE_SYMBOL: Final = re.compile(rf"(?P<number>)(?P<joint>/?)(?P<symbol>{_SYMBOL})")
_PARTY: Final = re.compile(r"(?P<number>\d{0,5})(?P<joint>-)(?P<symbol>[^\W_]{2,4}/[^\W\d_]{2,4})")
_ASSEMBLY: Final = re.compile(r"[QO0G]H([\dIl]{2})")
# Articles of the legal code (Bộ pháp điển): topic, kind of document, its number there, article.
_CODIFIED: Final = re.compile(r"\d{1,2}\.\d{1,2}\.ND(?:\.\d{1,3})+")
# Symbols known by heart: those that the confusions cannot tell apart.
_CP: Final = {"NO-CP": "NQ-CP", "N0-CP": "NQ-CP", "ND-CP": "NĐ-CP"}


def _distance(known: str, read: str) -> float | None:
    """How far `read` is from the segment `known`, letter by letter; None where it cannot have come from it."""
    if len(known) != len(read):
        return None
    total = 0.0
    for want, got in zip(known, read, strict=True):
        if want == got:
            continue
        if got not in _PRINTED_AS.get(want, {}):
            if want.lower() == got.lower():
                total += 0.6
                continue
            return None
        total += _PRINTED_AS[want][got]
    return total


@lru_cache(maxsize=4096)
def mend_segment(read: str, first: bool) -> str | None:
    """The known kind (`first`) or organ that the segment was printed as, or None where that is not certain.

    >>> mend_segment("0D", True), mend_segment("QB", True), mend_segment("HDND", False), mend_segment("XYZ", False)
    ('QĐ', 'QĐ', 'HĐND', None)
    """
    known = (*KINDS, *ORGANS) if first else ORGANS
    if read in known:
        return read
    ranked = sorted((d, name) for name in known if (d := _distance(name, read)) is not None and d <= _WORST)
    if not ranked or len(ranked) > 1 and ranked[1][0] - ranked[0][0] < _BETTER:
        return None
    return ranked[0][1]


def _mend_symbol(symbol: str) -> str | None:
    """The symbol with every segment mended; None where its kind stays unknown."""
    parts = re.split(r"([\-–&/])", symbol)
    if symbol.upper() in _CP:
        return _CP[symbol.upper()]
    assembly = _ASSEMBLY.fullmatch(symbol)
    if assembly:
        return "QH" + assembly[1].replace("I", "1").replace("l", "1")
    out = []
    for index, part in enumerate(parts):
        if index % 2:
            out.append("-" if part == "–" else part)
            continue
        doubled = re.fullmatch(r"(Q|N|C|H)[ĐÐD][ĐÐ]", part)  # the fast `vie` model doubles the letter
        ending = re.fullmatch(r"(.*?)(\d\d)", part) if index else None
        stem = ending[1] if ending and ending[1] else part
        mended = f"{doubled[1]}Đ" if doubled else mend_segment(stem, index == 0)
        if mended is None:
            if index == 0:
                return None
            mended = stem
        out.append(mended + (part[len(stem) :] if stem != part else ""))
    return "".join(out)


@lru_cache(maxsize=4096)
def mend_code(core: str) -> str | None:
    """A code with its letters mended, or None where the token is not one.

    >>> mend_code("510/0D-UBND"), mend_code("76/NO-CP"), mend_code("12/2025/TT-BGDDT"), mend_code("30/7/2025")
    ('510/QĐ-UBND', '76/NQ-CP', '12/2025/TT-BGDĐT', None)
    >>> mend_code("72/QĐÐ-UBND"), mend_code("45-NO/TW"), mend_code("và/hoặc"), mend_code("80/2015/0H13")
    ('72/QĐ-UBND', '45-NQ/TW', None, '80/2015/QH13')
    >>> mend_code("106/2025/ND-"), mend_code("3147/QD-")
    ('106/2025/NĐ-', '3147/QĐ-')
    """
    core = unicodedata.normalize("NFC", core)
    wrapped = core[:-1]
    if core.endswith(("-", "–")) and _NUMBERED.fullmatch(wrapped):  # the organ stands on the next line
        mended = mend_code(wrapped)
        return mended and f"{mended}-"
    if _CODIFIED.fullmatch(core):
        return core.replace(".ND.", ".NĐ.")
    found = _NUMBERED.fullmatch(core) or _PARTY.fullmatch(core) or _BARE_SYMBOL.fullmatch(core)
    if not found:
        return None
    symbol = found["symbol"]
    letters = [char for char in symbol if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) * 2 < len(letters):
        return None
    mended = _mend_symbol(symbol)
    if mended is None:
        # an unknown symbol after a number is a code all the same: kept as it is
        return core if found["number"] and re.search(r"[^\W\d_]", symbol) and "-" in symbol else None
    if not found["number"] and sum(char.isdigit() for char in mended) != sum(char.isdigit() for char in symbol):
        return None  # without a number, a digit may be a digit
    return f"{found['number']}{found['joint']}{mended}"


_QUARTER: Final = re.compile(
    r"(?P<first>[I1l|iT!]{1,3}[Vv]?)\s*,\s*(?P<second>[I1l|i!]{0,2}\\?[Vv]{1,2}|[I1l|i!]{2,3})(?P<year>/20\d\d)?"
)
_ONE_QUARTER: Final = re.compile(r"(?P<first>[I1l|i!]{1,3}|[I1l|i!]?\\?[Vv]{1,2})(?P<year>/20\d\d)")

_SHORT_QUARTER: Final = re.compile(r"(?P<first>[I1l|]{3}|[I1l|]?\\?[Vv]{1,2}|I[1l|]|[1l|]I)(?P<year>)")


def _roman(read: str) -> str | None:
    """The quarter numeral that was read as `read`, or None.

    >>> _roman("111"), _roman("1V"), _roman("I11"), _roman("1\\\\VV")
    ('III', 'IV', 'III', 'IV')
    """
    if "V" in read or "v" in read:
        return "IV"
    return "I" * len(read) if 1 <= len(read) <= 3 else None


def mend_quarters(core: str, after_quarter: bool) -> str | None:
    """Quarter numerals read as digits or bars, as printed; None where the token holds none.

    `after_quarter`: the token follows the word Quý. Only results in I..IV, increasing, are accepted; two numerals
    with a V in the second are known by their shape, a single one only after the word.

    >>> mend_quarters("111,1V/2025", False), mend_quarters("I11,1\\\\VV/2025", False), mend_quarters("11/2025", False)
    ('III,IV/2025', 'III,IV/2025', None)
    >>> mend_quarters("11/2025", True), mend_quarters("1,5", False)
    ('II/2025', None)
    """
    found = _QUARTER.fullmatch(core)
    order = ("I", "II", "III", "IV")
    if found and ("V" in found["second"].upper() and found["year"] or after_quarter):
        first, second = _roman(found["first"].replace("T", "I")), _roman(found["second"])
        if first in order and second in order and order.index(first) < order.index(second):
            return f"{first},{second}{found['year'] or ''}"
        return None
    single = (_ONE_QUARTER.fullmatch(core) or _SHORT_QUARTER.fullmatch(core)) if after_quarter else None
    if single:
        numeral = _roman(single["first"])
        return f"{numeral}{single['year'] or ''}" if numeral in order else None
    return None


def usual_quarters(tokens: Iterable[str]) -> dict[str, str]:
    """II,IV/2025 -> III,IV/2025 where the document has the latter three times and more, and more often.

    One of three strokes is easily lost between rules of a table; the other cells are the second witness.

    >>> usual_quarters(["111,1V/2025"] * 3 + ["11,IV/2025"])
    {'II,IV/2025': 'III,IV/2025'}
    """
    seen = Counter(found for token in tokens if (found := mend_quarters(token.strip(".,;:)(")[:20], False)))
    usual = {}
    for form, count in seen.items():
        fewer = form.removeprefix("I")
        if form.startswith("III,") and count >= 3 and 0 < seen[fewer] < count:
            usual[fewer] = form
    return usual
