"""The letterhead taken apart: issuing bodies, number line, place and date line, and the `V/v` of a công văn.

The two columns may come one after the other, in either order, or woven into one line; what is known (mottoes, number,
date) is cut out of each row, and what is left belongs to the bodies.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from extractors import cues
from extractors.offices import ORGAN, UNIT, Fragment, folded_text, join_bodies, name_of_office
from extractors.rows import Row
from extractors.zones import Rows
from normalizers.codes import Code, find_codes, normal_symbol
from normalizers.dates import LONG_DATE, parse_date
from normalizers.text import capitals
from schemas.text import Span


class NumberLine(NamedTuple):
    """The number line; `code` is None where the number was left blank or is not legible, the symbol is known still."""

    code: Code | None
    number: str | None
    symbol: str | None
    type: str | None
    span: Span
    score: float


class DateLine(NamedTuple):
    """The place and date line. `date` is `None` where day or month were left blank."""

    place: str | None
    place_span: Span | None
    day_span: Span
    date: dt.date | None


class Letterhead(NamedTuple):
    bodies: tuple[Fragment, ...]
    numbers: tuple[NumberLine, ...]
    dates: tuple[DateLine, ...]
    subject: tuple[Fragment, ...]


_SYMBOL_ONLY = re.compile(
    r"(?:(?:^|(?<=\s))(?:S[ốôoóòỗỔổóÓ6Ố]|SỐ|Sô)\s*[:.;]?(?P<number>.{0,16}?)|^\W{0,3})/\s*(?P<symbol>[A-ZĐÂÔƠƯ][A-Za-zĐđ0-9&]*(?:\s?-\s?[A-ZĐ][A-Za-zĐđ0-9&.]*)*)"
)
_PARTY_SYMBOL = re.compile(
    r"(?:^|(?<=\s))(?:S[ốôoó]|SỐ)\s*[:.;]?\s*(?P<number>[^\s/A-Z]{0,8})\s*-\s*(?P<symbol>[A-ZĐ][A-Za-zĐđ]{0,4}\s?/\s?[A-ZĐ][A-Za-zĐđ0-9&]*(?:-[A-ZĐ][A-Za-zĐđ]*)*)"
)
_NUMBER_WORD = re.compile(
    r"(?:(?:Luật|LUẬT|Nghị quyết|NGHỊ QUYẾT|Nghị định|Pháp lệnh)\s+(?:số)?)?(?:S[ốôoóòỗổ6]|SỐ|SÓ|SÔ|so|So|(?<=\ssố))\s*[:.;]?\s*$"
)
_DATE_TEXT = re.compile(LONG_DATE.pattern)
# The same with slips in its words: `nöày 29 tháng 9 năm 2025`.
_SLIPPED_DATE = re.compile(
    r"\bn\w{1,3}y\W{0,3}(\d{1,2})\W{0,3}th\w{2,3}\W{0,3}(\d{1,2})\W{0,3}n\w{1,2}m\W{0,3}((?:19|20)\d\d)"
)
_SHORT_DATE = re.compile(r"ngay\s*\.{0,4}\s*\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}")
# What is left of a date line whose day was written by hand: the place in front of it is known still.
_LOOSE_DATE = re.compile(
    r"(?:ngay\S{0,4}[^,;]{0,14}?)?\bthang\S{0,4}[^,;]{0,8}?n[a-z]m\s*(?:19|20)\d\d|\bngay\S{0,4}[^,;]{0,25}?\bnam\s*(?:19|20)\d\d|\bngay\b[^,;]{0,14}?\bthang\b"
)
_PLACE = re.compile(r"((?:[^\W\d_][^\W\d_'’\-]*\.?[\s\-]+){0,7}[^\W\d_][^\W\d_'’\-]*)\s*[,.;]?\s*$")


def _free(row: Row, taken: list[tuple[int, int]]) -> list[Fragment]:
    """The stretches of a row that nothing has claimed."""
    found = []
    at = 0
    for start, end in [*sorted(taken), (len(row.text), len(row.text))]:
        if start > at and row.text[at:start].strip(" .,:;-_"):
            piece = row.text[at:start]
            left = len(piece) - len(piece.lstrip(" .,:;-_"))
            right = len(piece.rstrip(" .,:;-_"))
            found.append(Fragment(piece[left:right], row.part(at + left, at + right)))
        at = max(at, end)
    return found


_GOES_ON = re.compile(
    r"[\s:.;]{1,3}[A-ZĐ]{1,5}(?:[-:.]|\b)"
)  # 777/V P-KSTT: what was read of the symbol is a part of it


def read_number(row: Row) -> tuple[NumberLine, tuple[int, int]] | None:
    """The number line in a row of the head, and how much of the row it takes.

    >>> from extractors.paper import Paper
    >>> row = Paper.of("Số:      /QĐ-UBND").zones.rows[0]
    >>> read_number(row)[0].symbol, read_number(row)[0].number
    ('QĐ-UBND', None)
    """
    text = row.text
    for found in find_codes(text):
        before = _NUMBER_WORD.search(text, 0, found.start)
        if before is None and cues.NUMBER.search(row.folded[: found.start]):
            break  # between `Số:` and the figures stands something else: handwriting, read in part
        if before is None and found.start > 2 and not cues.NUMBER.search(row.folded):
            continue
        start = before.start() if before else found.start
        if before and before.group()[:1] not in "SsLNP":
            start = found.start
        code = found.code
        score = 0.97 if before else 0.75
        if "-" not in code.symbol and _GOES_ON.match(text, found.end):
            return NumberLine(None, code.number, None, None, row.part(found.start, found.end), score), (
                start,
                found.end,
            )
        line = NumberLine(code, code.number, code.symbol, code.type, row.part(found.start, found.end), score)
        return line, (start, found.end)
    for pattern, party in ((_SYMBOL_ONLY, False), (_PARTY_SYMBOL, True)):
        match = pattern.search(text)
        if match is None:
            continue
        printed = match["symbol"]
        if "-" not in printed and _GOES_ON.match(text, match.end("symbol")):
            continue
        if party:
            parts = printed.replace(" ", "").split("/")
            symbol, kind = normal_symbol(parts[0] + "-X")[0][:-2] + "/" + parts[1], normal_symbol(parts[0] + "-X")[1]
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


def read_date(row: Row, taken: list[tuple[int, int]]) -> tuple[DateLine, tuple[int, int]] | None:
    """The place and date line in a row of the head, and how much of the row it takes; `taken` has an owner already."""
    slipped = _SLIPPED_DATE.search(row.folded)
    match = _DATE_TEXT.search(row.folded) or _SHORT_DATE.search(row.folded) or slipped or _LOOSE_DATE.search(row.folded)
    if match is None:
        return None
    floor = max((end for _, end in taken if end <= match.start()), default=0)
    before = " " * floor + row.text[floor : match.start()]
    place = _PLACE.search(before.rstrip())
    name: str | None = None
    start = match.start()
    span: Span | None = None
    if place is not None:
        kept = _place_words(list(re.finditer(r"\S+", place[1])))
        comma = before.rstrip().endswith((",", ".", ";"))
        if kept and kept[0].group()[0].isupper() and (comma or len(kept) <= 5):
            at = place.start(1) + kept[0].start()
            end = place.start(1) + kept[-1].end()
            name = " ".join(
                word if word in _UNIT_NOUNS else word[:1].upper() + word[1:] for word in row.text[at:end].split()
            )
            start = at
            span = row.part(at, end)
    printed = (
        f"ngày {slipped[1]} tháng {slipped[2]} năm {slipped[3]}" if match is slipped and slipped else match.group()
    )
    day = parse_date(printed)
    return DateLine(name, span, row.part(match.start(), match.end()), day), (start, match.end())


_SPACED = re.compile(r"(?<=\d)\s(?=\d)")  # figures written by hand stand apart
_UNIT_NOUNS = frozenset("phường xã thành phố tỉnh huyện quận thị trấn đặc khu".split())


def _place_words(words: list[re.Match[str]]) -> list[re.Match[str]]:
    """The words of a place, from the comma backwards; capitals of the other column and running text do not belong to it."""
    kept: list[re.Match[str]] = []
    for index in range(len(words) - 1, -1, -1):
        word = words[index].group()
        if len(word) > 1 and word.isupper() and not (word.startswith("TP") or word in ("T.P.", "HCM")):
            break
        if word.islower() and word not in _UNIT_NOUNS:
            # a small letter may be a slip: Lê ích Mộc
            if index == 0 or not words[index - 1].group().istitle() or not kept:
                break
        kept.insert(0, words[index])
    return kept


def read_letterhead(rows: Rows) -> Letterhead:
    """Take the rows of a letterhead apart."""
    numbers: list[NumberLine] = []
    dates: list[DateLine] = []
    left: list[tuple[int, Fragment]] = []
    mottoes: list[int] = []
    for index, row in enumerate(rows):
        if cues.is_stamp(row.text, row.folded):
            continue
        taken = list(cues.motto_spans(row.folded))
        mottoes += [index] if taken else []
        number = read_number(row)
        if number is not None:
            numbers.append(number[0])
            taken.append(number[1])
        date = read_date(row, taken)
        if date is not None:
            dates.append(date[0])
            taken.append(date[1])
        free = _free(row, taken)
        if mottoes and mottoes[-1] == index:  # what a misread motto leaves over is no name
            free = [
                piece
                for piece in free
                if len(piece.text) > 8 or UNIT.match(folded_text(piece)) or ORGAN.match(folded_text(piece))
            ]
        left.extend((index, fragment) for fragment in free)
    subject, names = _sort_out(left, mottoes)
    if numbers:  # names below the number line belong to the other column
        names = [name for name in names if name.span.start < numbers[0].span.start] or names
    bodies = join_bodies(names)
    return Letterhead(tuple(bodies), tuple(numbers), tuple(dates), tuple(subject))


def _sort_out(left: list[tuple[int, Fragment]], mottoes: list[int]) -> tuple[list[Fragment], list[Fragment]]:
    """The `V/v` with its further lines, and the lines with the names of the bodies."""
    subject: list[Fragment] = []
    names: list[Fragment] = []
    about = -1
    for index, fragment in left:
        folded = folded_text(fragment)
        if cues.ABOUT.match(folded):
            subject, about = [fragment], index
        elif subject and any(about < motto <= index for motto in mottoes):
            continue  # the right column begins
        elif subject and not (capitals(fragment.text) >= 0.8 and ORGAN.match(folded)):
            subject.append(fragment)
        elif (
            capitals(fragment.text) >= 0.8
            and sum(map(str.isalpha, fragment.text)) >= 2
            and not cues.is_stamp(fragment.text, folded)
            and not cues.NUMBER.match(folded)  # a number line that nothing could be made of
        ):
            name = name_of_office(fragment)
            names += [name] if name is not None else []
    return subject, names
