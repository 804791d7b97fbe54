"""The number line of a letterhead (NĐ 30/2020 Annex I, element 3): `Số: 07/KH-UBND`, blank forms, Party manner, dumps."""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors import cues
from extractors.rows import Row
from normalizers.codes import Code, Manner, find_codes, normal_symbol
from normalizers.text import skeleton
from schemas.text import Span


class NumberLine(NamedTuple):
    """The number line; `code` is None where the number was left blank or is not legible, the symbol is known still."""

    code: Code | None
    number: str | None
    symbol: str | None
    type: str | None
    span: Span
    score: float

    def with_symbol(self, symbol: str, kind: str | None, score: float) -> NumberLine:
        """The line with another symbol, in its code too."""
        code = self.code
        if code is not None:
            text = code.text.removesuffix(code.symbol) + symbol
            code = code._replace(text=text, symbol=symbol, type=kind)
        return self._replace(symbol=symbol, type=kind, code=code, score=score)


_SYMBOL_ONLY = re.compile(
    r"(?:(?:^|(?<=\s))(?:S[ốôoóòỗổỔóÓ6Ố]|SỐ|Sô)\s*[:.;]?(?P<number>.{0,16}?)|^\W{0,3})/\s*(?P<symbol>[A-ZĐÂÔƠƯ][A-Za-zĐđ0-9&]*(?:\s?-\s?[A-ZĐ][A-Za-zĐđ0-9&.]*)*)"
)
_PARTY_SYMBOL = re.compile(
    r"(?:^|(?<=\s))(?:S[ốôoó]|SỐ)\s*[:.;]?\s*(?P<number>[^\s/A-Z]{0,8})\s*-\s*(?P<symbol>[A-ZĐ][A-Za-zĐđ]{0,4}\s?/\s?[A-ZĐ][A-Za-zĐđ0-9&]*(?:-[A-ZĐ][A-Za-zĐđ]*)*)"
)
_NUMBER_WORD = re.compile(
    r"(?:(?:Luật|LUẬT|Nghị quyết|NGHỊ QUYẾT|Nghị định|Pháp lệnh)\s+(?:số)?)?(?:S[ốôoóòỗổ6]|SỐ|SÓ|SÔ|so|So|(?<=\ssố))\s*[:.;]?\s*$"
)
_GOES_ON = re.compile(
    r"[\s:.;]{1,3}[A-ZĐ]{1,5}(?:[-:.]|\b)"
)  # 777/V P-KSTT: what was read of the symbol is a part of it
_SPACED = re.compile(r"(?<=\d)\s(?=\d)")  # figures written by hand stand apart

# In a dump of a foreign recogniser: `‘$6: 11/CD-UBND`, `S605-NQ/DU`, `S6:18/NQ@HDND`, `57/T B-UBND`, `S6: /UBND-VX`.
_JOINT = r"[.:,;'’‘]?(?:[-@~=_+«»•]\s?|\s[-@~=_+«»•])"
_GROUP = r"[A-ZĐ][A-ZĐ0-9&]+[a-zđ]?(?![^\W\d_])"
_GARBLED = re.compile(
    r"^(?:\W{0,6}|\W*\w{1,2}\W+)"
    r"(?:[Ss$§5](?:[ốôoóòỗổồ6][éèe]?|[éèeOÓÔỐỔQ0])?\s?[:.;,]?\W{0,3}?|8[ốôoóòỗổồ6éèeO]\s?[:.;]\W{0,3}|8[6ốoé]\s(?=\d))"
    r"(?P<number>(?=[OolI|]?\d)[\dOolI|]{1,5})?(?:/(?P<year>20\d\d))?"
    rf"(?P<between>\s?/\s?|{_JOINT})"
    rf"(?P<symbol>[A-ZĐ][A-Za-zĐđ]{{0,3}}(?:\s[A-ZĐ])?(?=(?:{_JOINT}|/){_GROUP})|[A-ZĐ][A-Za-zĐđ0-9&]*)"
    rf"(?P<rest>(?:(?:{_JOINT}|/){_GROUP})*)"
)
# A form whose number was left blank, and `Số:` was read as another word.
_GARBLED_FORM = re.compile(rf"^\W*[^\W\d]{{1,4}}\s?[:.;]\W{{0,5}}/\s?(?P<symbol>{_GROUP}(?:{_JOINT}{_GROUP})+)")
_FIGURES = str.maketrans("OolI|", "00111")
_PARTY_ORGAN = re.compile(
    r"(?:BTG|BTC|BDV|BNC|BTGDV|BCD|BCS|UBKT|VP)?(?:TW|TU|DU|HU|QU|DUK|CB)|UBKT|BTG|BTC|BDV|BNC|BTGDV"
)
"""What stands behind the slash of a Party code, by skeleton in capitals: the committee, or one of its boards in front of it."""


def read_number(row: Row, *, garbled: bool = False) -> tuple[NumberLine, tuple[int, int]] | None:
    """The number line in a row of the head, and how much of the row it takes. garbled: the row comes from a garbled dump.

    >>> from extractors.paper import Paper
    >>> row = Paper.of("Số:      /QĐ-UBND").zones.rows[0]
    >>> read_number(row)[0].symbol, read_number(row)[0].number
    ('QĐ-UBND', None)
    >>> [read_number(Paper.of(line).zones.rows[0], garbled=True)[0].code.text for line in ("‘$6: 11/CĐ-UBND", "S6:18/NQ@HĐND Yên", "S605-NQ/ĐU..")]
    ['11/CĐ-UBND', '18/NQ-HĐND', '05-NQ/ĐU']
    """
    if garbled:
        return _read_garbled(row) or _read_code(row)
    return _read_code(row) or _read_form(row)


def _read_code(row: Row) -> tuple[NumberLine, tuple[int, int]] | None:
    """A whole code."""
    text = row.text
    for found in find_codes(text):
        before = _NUMBER_WORD.search(text, 0, found.start)
        if before is None and cues.NUMBER.search(row.folded[: found.start]):
            return None  # between `Số:` and the figures stands something else: handwriting, read in part
        if before is None and found.start > 2 and not cues.NUMBER.search(row.folded):
            continue
        start = before.start() if before else found.start
        if before and before.group()[:1] not in "SsLNP":
            start = found.start
        code = found.code
        score = 0.97 if before else 0.75
        span, taken = row.part(found.start, found.end), (start, found.end)
        if "-" not in code.symbol and _GOES_ON.match(text, found.end):
            return NumberLine(None, code.number, None, None, span, score), taken
        return NumberLine(code, code.number, code.symbol, code.type, span, score), taken
    return None


def _read_form(row: Row) -> tuple[NumberLine, tuple[int, int]] | None:
    """A form whose number was left blank, or filled in by hand."""
    text = row.text
    for pattern, party in ((_SYMBOL_ONLY, False), (_PARTY_SYMBOL, True)):
        match = pattern.search(text)
        if match is None:
            continue
        printed = match["symbol"]
        if "-" not in printed and _GOES_ON.match(text, match.end("symbol")):
            continue
        if party:
            symbol, kind = _party_symbol(*printed.replace(" ", "").split("/"))
        else:
            symbol, kind = normal_symbol(printed)
        number = _SPACED.sub("", (match["number"] or "").strip(" .…_:,"))
        known = number if re.fullmatch(r"\d{1,5}[a-zđ]?", number) else None
        built: Code | None = None
        if known:
            built = Code(
                f"{known}{'-' if party else '/'}{symbol}", known, symbol, None, kind, "party" if party else "titled"
            )
        start = match.start("number") if known else match.start("symbol")
        return NumberLine(built, known, symbol, kind, row.part(start, match.end()), 0.85), match.span()
    return None


def _party_symbol(kind: str, organ: str) -> tuple[str, str | None]:
    """`NQ`, `ĐU` -> `NQ/ĐU`."""
    symbol, known = normal_symbol(f"{kind}-X")
    return f"{symbol[:-2]}/{organ}", known


def _read_garbled(row: Row) -> tuple[NumberLine, tuple[int, int]] | None:
    """The number line by its grammar: the word `Số` at the start of the row, figures, a slash or hyphen, groups of capitals."""
    match = _GARBLED.match(row.text)
    if match is None:
        form = _GARBLED_FORM.match(row.text)
        symbol, kind = normal_symbol(re.sub(_JOINT, "-", form["symbol"])) if form else (None, None)
        span = row.part(*form.span("symbol")) if form else row.span
        return (NumberLine(None, None, symbol, kind, span, 0.8), form.span()) if form else None
    first = "".join(match["symbol"].split())
    groups = [group for group in re.split(rf"({_JOINT}|/)", match["rest"]) if group]
    organs = groups[1::2]
    if not organs and (len(first) < 2 or "/" not in match["between"]):
        return None
    number = match["number"].translate(_FIGURES) if match["number"] else None
    party = "/" not in match["between"]
    if party and groups[0] != "/":
        return None
    if party and not _PARTY_ORGAN.fullmatch(skeleton(organs[0]).upper()):
        known = normal_symbol(f"{first}-X")[1]  # only a known kind tells that it is a code at all
        return (NumberLine(None, number, None, known, row.part(*match.span()), 0.8), match.span()) if known else None
    if party:
        symbol, kind = _party_symbol(first, organs[0])
        symbol = "-".join((symbol, *organs[1:]))
    else:
        symbol, kind = normal_symbol("-".join((first, *organs)))
    code = None
    if number:
        year = int(match["year"]) if match["year"] else None
        manner: Manner = "party" if party else "normative" if year else "titled" if kind else "letter"
        text = f"{number}-{symbol}" if party else f"{number}/{year}/{symbol}" if year else f"{number}/{symbol}"
        code = Code(text, number, symbol, year, kind, manner)
    start = match.start("number") if number else match.start("symbol")
    return NumberLine(code, number, symbol, kind, row.part(start, match.end()), 0.85), match.span()
