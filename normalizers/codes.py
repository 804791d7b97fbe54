"""Codes of documents: number and symbol (NĐ 30/2020 Annex I; NĐ 78/2025 for normative ones; Party manner).

titled kinds       999/QĐ-UBND          công văn     2237/UBND-NVKTGS, 158/UB
normative          128/2025/QĐ-UBND, 71/2014/TTLT-BTC-BNV
National Assembly  202/2025/QH15, 1669/NQ-UBTVQH15
Party              57-NQ/TW, 1594-TB/TU
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from normalizers.kinds import type_code
from normalizers.text import plain

Manner = Literal["titled", "letter", "normative", "assembly", "party"]

_UPPER = "A-ZĐÂĂÊÔƠƯÐ"
_SEGMENT = rf"[{_UPPER}][{_UPPER}a-zđð0-9&.]*"
# A hyphen may be followed by a line break or a stray blank, but a dash with blanks on both sides only joins capitals.
# … and by a speck at the end of the line.
_HYPHEN = rf"(?:-\s*|-\s?\S\n\s*(?=[{_UPPER}]{{2}})|\s-(?=[{_UPPER}])|\s-\s(?=[{_UPPER}]{{2,8}}\b))"
_SLASH = r"\s*/\s*"
# The first figure is matched before what stands in front of it is looked at: `re` finds the next figure quickly.
CODE = re.compile(
    rf"""(?P<number>\d(?<![\w/]\d)(?:\d{{0,4}}[a-zđ]?|(?<=số\s\d)\s\d{{1,2}}(?=/(?:19|20)\d\d)))
    (?:
        {_SLASH}(?P<year>(?:19|20)\d\d)(?:{_SLASH}|\s*(?=(?:NĐ|QĐ|TT|NQ|QH)[-\d]))(?P<normative>{_SEGMENT}(?:{_HYPHEN}{_SEGMENT})*)
      | {_SLASH}(?P<symbol>{_SEGMENT}(?:{_HYPHEN}{_SEGMENT})*)
      | \s*-\s*(?P<party>[{_UPPER}][{_UPPER}a-zđ]{{0,5}}(?:-[{_UPPER}]{{2,6}})?){_SLASH}(?P<organ>{_SEGMENT}(?:{_HYPHEN}{_SEGMENT})*)
      | (?P<joined>(?:QĐ|KH|NQ|BC|TTr|TB|CT|HD|CTr|TT|NĐ)-{_SEGMENT}(?:{_HYPHEN}{_SEGMENT})*)
    )""",
    re.VERBOSE,
)
_ASSEMBLY = re.compile(r"^(?:UBTV)?QH\d{1,2}$")
# Symbols that lost their hyphen in print; only those that can mean nothing else.
_GLUED = re.compile(r"^(NĐ|QĐ|NQ|TT|CT|KH|TTr|BC)(CP|TTg|HĐND|UBND)$")
_SPECK = re.compile(r"-\s?[^\s\w]?\w?\n\s*")
_MISREAD = re.compile(r"(?<=-)T[1lI]g\b")
_MISREAD_ASSEMBLY = re.compile(r"^[O0]H\d{2}$")
_ORGAN_FORMS = {"TTG": "TTg", "HDND": "HĐND", "HĐNĐ": "HĐND", "UBNĐ": "UBND"}
_TYPED = re.compile(r"[-/]")


class Code(NamedTuple):
    """A code in its normal form, and what it is made of."""

    text: str
    number: str | None
    symbol: str
    year: int | None
    type: str | None
    manner: Manner
    slash_missing: bool = False


class CodeFound(NamedTuple):
    code: Code
    start: int
    end: int


def normal_symbol(printed: str) -> tuple[str, str | None]:
    """A symbol in its normal form, and the type of document in it (None for a công văn).

    >>> normal_symbol("QÐ- UBNĐ"), normal_symbol("UBND-KTTH"), normal_symbol("NĐCP")
    (('QĐ-UBND', 'QĐ'), ('UBND-KTTH', None), ('NĐ-CP', 'NĐ'))
    """
    printed = _MISREAD.sub("TTg", "".join(_SPECK.sub("-", plain(printed)).split()).rstrip(".-&"))
    if _MISREAD_ASSEMBLY.match(printed):
        printed = "Q" + printed[1:]
    glued = _GLUED.match(printed)
    if glued:
        printed = f"{glued[1]}-{glued[2]}"
    segments = [_ORGAN_FORMS.get(segment, segment) for segment in printed.split("-")]
    kind = type_code(segments[0]) if len(segments) > 1 else None
    if kind:
        segments[0] = kind
    return "-".join(segments), kind


def _code_of(found: re.Match[str]) -> Code:
    number = "".join(found["number"].split())
    if found["party"]:
        organ, _ = normal_symbol(found["organ"])
        printed = "".join(found["party"].split())
        parts = printed.split("-")
        kind = type_code(parts[0])
        symbol = "-".join([kind or parts[0], *parts[1:]]) + "/" + organ
        return Code(f"{number}-{symbol}", number, symbol, None, kind, "party")
    symbol, kind = normal_symbol(found["normative"] or found["symbol"] or found["joined"])
    if found["year"]:
        manner: Manner = "assembly" if _ASSEMBLY.match(symbol) else "normative"
        return Code(f"{number}/{found['year']}/{symbol}", number, symbol, int(found["year"]), kind, manner)
    manner = "titled" if kind else "letter"
    return Code(f"{number}/{symbol}", number, symbol, None, kind, manner, slash_missing=bool(found["joined"]))


def find_codes(text: str) -> Iterator[CodeFound]:
    """All codes in the text, in order; spaces and line breaks inside a code are no hindrance.

    A code without a hyphen (`158/UB`, `06/CP`) counts only behind `số`, for it may be anything else.

    >>> [found.code.text for found in find_codes("Quyết định số 12/QĐ-\\nUBND, 57 - NQ/TW; Đề án 06/CP; Công văn số 158/UB")]
    ['12/QĐ-UBND', '57-NQ/TW', '158/UB']
    >>> [found.code.text for found in find_codes("đạt 118/120 hồ sơ ngày 30/7/2025, TCVN ISO 9001:2015")]
    []
    """
    text = plain(text)
    for found in CODE.finditer(text):
        code = _code_of(found)
        if len(code.symbol) < 2:
            continue
        if (code.manner == "letter" and "-" not in code.symbol) or code.slash_missing:
            if not _after_number_word(text, found.start()):
                continue
        if code.manner == "letter" and not code.symbol[:2].isupper() and not _after_number_word(text, found.start()):
            continue
        yield CodeFound(code, found.start(), found.start() + len(found.group().rstrip(".-& ")))


_NUMBER_WORD = re.compile(r"(?:\bsố|\bSố|\bSỐ|\bsỐ|\bso|\bSo|[;,]|\bvà)\s*[:.]?\s*$")


def _after_number_word(text: str, start: int) -> bool:
    return (
        bool(_NUMBER_WORD.search(text, max(0, start - 12), start)) and "số" in text[max(0, start - 120) : start].lower()
    )


def parse_code(text: str) -> Code | None:
    """The first code in the text, or None.

    >>> parse_code("Số: **72** /QĐ-UBND").text
    '72/QĐ-UBND'
    """
    return next((found.code for found in find_codes(text)), None)
