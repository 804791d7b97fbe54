"""Documents that a stretch of text names: kind, code, date; dates may stand behind, before, or behind a whole list."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from extractors.common.garbled_mentions import date_behind, find_garbled
from normalizers.codes import Code, CodeFound, find_codes
from normalizers.dates import DateFound, find_dates
from normalizers.kinds import ALL_KINDS, BY_ABBREVIATION
from normalizers.text import plain, sentence, skeleton

# Between a code and its date: marks, a speck at the end of the line, a page number on its own line, `ngày`, `đề ngày`, `ban hành ngày`.
_TO_DATE = re.compile(
    r"^[\s)\]\"”’.,…]*(?:[-–_|~]\s*\n\s*)?(?:\n\s*\d{1,3}\s*[\n\f]\s*)?(?:\(\s*)?(?:(?:de|ky|ban hanh)\s+)?(?:ngay\s*)?[.…\s]*$"
)
# `của Chính phủ ngày`: the issuer stands between.
_TO_DATE_BY_ISSUER = re.compile(
    r"^\s*cua\s+(?!.*\b(?:ve|ban hanh|quy dinh|phe duyet|sua doi|huong dan|thong qua|va|tai|so|theo|cong bo|giao)\b)[^,;:.\d]{3,75}?,?\s*(?:ban hanh\s+|ky\s+)?(?:ngay\s*)?$",
    re.DOTALL,
)
# A law `được Quốc hội … thông qua ngày`.
_TO_DATE_PASSED = re.compile(r"^[^;]{0,170}\bthong qua\s+(?:ngay\s*)?$", re.DOTALL)
# A table woven line by line puts a cell of another column between `ngày` and the date on the next line.
_TO_DATE_WOVEN = re.compile(r"^\s*ngay\b[^\d;.]{0,60}\n\s*$")
_LIST = re.compile(r"^[\s,;]*(?:(?:va|&)\s*)?(?:(?:cac\s+)?so\s*:?\s*)?$")
# `Ngày 02/3/2024, … ban hành Quyết định số`: the date opens the sentence.
_FROM_DATE = re.compile(
    r"^\s*,?\s[^.;]{0,240}?\b(?:phe duyet|ban hanh|co|ky|thong qua|cong bo|quyet dinh)\b[^.;]{0,240}$", re.DOTALL
)
_SENTENCE_DAY = re.compile(r"(?:^|[.;:]\s+|\n\s*[-+]?\s*)(?:vao\s+)?ngay\s*$")
_AMENDING = re.compile(r"luat\s+(?:duoc\s+)?sua doi,?\s*(?:va\s+)?bo sung\b[^;]*$")
_ASSEMBLY_NUMBER = re.compile(r"\d/(?:19|20)\d\d/qh")
_LAW = re.compile(r"\b(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b")
_LAW_NAMES = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
_KIND = re.compile(
    r"(?<!\w)("
    + "|".join(sorted((re.escape(kind.name) for kind in ALL_KINDS), key=len, reverse=True))
    + r"|Văn bản|Đơn)(?!\w)",
    re.IGNORECASE,
)


class Mention(NamedTuple):
    """A document that is named. Law without number: code None. `end` is behind its code and date."""

    kind: str | None
    code: Code | None
    date: dt.date | None
    start: int
    end: int


class DatedCode(NamedTuple):
    found: CodeFound
    date: dt.date | None
    end: int


def dated_codes(text: str, *, garbled: bool = False) -> list[DatedCode]:
    """All codes of the text, each with its date. garbled: the text comes from a garbled dump.

    >>> [(d.found.code.text, str(d.date)) for d in dated_codes("Quyết định số: 17/QĐ-SYT, 18/QĐ-SYT ngày 31/12/2024 của Sở Y tế")]
    [('17/QĐ-SYT', '2024-12-31'), ('18/QĐ-SYT', '2024-12-31')]
    >>> [(d.found.code.text, str(d.date)) for d in dated_codes("Ngày 02/3/2024, Thủ tướng phê duyệt đề án tại Quyết định số 9/QĐ-TTg.")]
    [('9/QĐ-TTg', '2024-03-02')]
    """
    codes = find_garbled(text) if garbled else list(find_codes(text))
    if not codes:
        return []
    folded = skeleton(plain(text))
    dates = [date for date in find_dates(text) if date.date is not None]
    found: list[DatedCode] = []
    at = 0
    for index, code in enumerate(codes):
        limit = codes[index + 1].start if index + 1 < len(codes) else len(text)
        while at < len(dates) and dates[at].start < code.end:
            at += 1
        date, end = None, code.end
        if at < len(dates) and dates[at].start < limit and dates[at].start - code.end < 180:
            between = folded[code.end : dates[at].start]
            if (
                _TO_DATE.match(between)
                or _TO_DATE_BY_ISSUER.match(between)
                or _TO_DATE_WOVEN.match(between)
                or (code.code.manner == "assembly" and _TO_DATE_PASSED.match(between))
            ):
                date, end = dates[at].date, dates[at].end
        if date is None and garbled and (behind := date_behind(text[:limit], code.end)) is not None:
            date, end = behind
        if date is not None and code.code.manner == "assembly" and _amended(folded, code, date):
            date = None
        found.append(DatedCode(code, date, end))
    for index in range(len(found) - 2, -1, -1):
        after = found[index + 1]
        if (
            found[index].date is None
            and after.date is not None
            and _LIST.match(folded[found[index].found.end : after.found.start])
        ):
            if found[index].found.code.manner != "assembly":
                found[index] = found[index]._replace(date=after.date)
    return [_dated_before(entry, folded, dates, found) for entry in found]


def _amended(folded: str, code: CodeFound, date: dt.date) -> bool:
    """Whether the law is the object of an amending law without number: the date behind belongs to that one.

    One law alone with a date of its own year is the amending law itself: `Luật sửa đổi … của Luật X số 34/2018/QH14 ngày
    19/11/2018`; of several laws each was amended.
    """
    clause = folded[max(0, code.start - 400) : code.start].rsplit(";", 1)[-1]
    found = _AMENDING.search(clause)
    if found is None or re.match(r"luat\s+so\b", clause[found.start() :]):
        return False
    return date.year != code.code.year or _ASSEMBLY_NUMBER.search(clause, found.start()) is not None


def _dated_before(entry: DatedCode, folded: str, dates: list[DateFound], found: list[DatedCode]) -> DatedCode:
    if entry.date is not None:
        return entry
    before = [date for date in dates if date.end <= entry.found.start and entry.found.start - date.end < 400]
    if not before:
        return entry
    date = before[-1]
    if any(other.date == date.date and other.found.start < date.start <= other.end for other in found):
        return entry
    if any(date.end <= other.found.start < entry.found.start for other in found):
        return entry
    opening = folded[max(0, date.start - 8) : date.start]
    long_form = folded.startswith("ngay", date.start)
    opens = bool(_SENTENCE_DAY.search(folded[max(0, date.start - 40) : date.start])) or (
        long_form and bool(re.search(r"(?:^|[.;:]\s+|\n\s*[-+]?\s*)$", opening))
    )
    if opens and _FROM_DATE.match(folded[date.end : entry.found.start]):
        return entry._replace(date=date.date)
    return entry


def _kind_before(text: str, start: int, code: Code) -> str | None:
    """The kind that is printed in front of a code, or the one that its type tells."""
    words = list(_KIND.finditer(text, max(0, start - 60), start))
    if words and not re.search(r"[;.]", text[words[-1].end() : start]):
        name = words[-1][1]
        if name not in ("Văn bản", "văn bản", "Đơn", "đơn"):
            return sentence(name.lower())
    if code.type and code.type in BY_ABBREVIATION:
        return BY_ABBREVIATION[code.type].name
    if code.manner == "assembly":
        return "Nghị quyết" if code.symbol.startswith("UBTV") or not words else "Luật"
    return "Công văn" if code.manner == "letter" else None


def _laws(text: str, codes: list[DatedCode]) -> list[Mention]:
    """Laws and ordinances that are named without a number, with their date where one is printed."""
    found: list[Mention] = []
    folded = skeleton(text)
    dates = list(find_dates(text))
    at = 0
    for word in _LAW.finditer(text):
        if word.start() < at:
            continue
        amending = re.match(r"luat\s+(?:duoc\s+)?sua doi", folded[word.start() :])
        stop = re.compile(
            r";|\.\s|\.$|,\s*(?=Luật sửa đổi|Nghị|Thông|Quyết|Pháp)|\s+và\s+(?=Nghị|Thông|Quyết)"
            if amending
            else r"[;:]|\.\s|\.$|,\s*(?=Luật|Bộ luật|Pháp lệnh|Nghị|Thông|Quyết)|\s+và\s+(?=Luật|Bộ luật|Nghị)|\("
        )
        match = stop.search(text, word.end())
        end = match.start() if match else len(text)
        inside = [code for code in codes if word.start() < code.found.start < end]
        date = next((day for day in dates if word.end() <= day.start < end), None)
        if amending:
            last = next((day for day in reversed(dates) if word.end() <= day.start < end), None)
            own = inside and (re.match(r"luat\s+so\b", folded[word.start() :]) or last and inside[-1].date == last.date)
            if last is not None and not own:
                found.append(Mention("Luật", None, last.date, word.start(), last.end))
            at = end
            continue
        if inside and re.fullmatch(r"[^;]*?", text[word.end() : inside[0].found.start]):
            at = inside[0].end
            continue
        kind = sentence(word.group().lower())
        found.append(Mention(kind, None, date.date if date else None, word.start(), date.end if date else word.end()))
        at = end if date is None else date.end
    return found


_UNNUMBERED = re.compile(
    rf"(?<!\w)({'|'.join(kind.name for kind in ALL_KINDS if kind.name not in _LAW_NAMES)})\s+(?:số\s*[:.…]*\s*)?(?=ngày\b)"
)


def _unnumbered(text: str, codes: list[DatedCode]) -> list[Mention]:
    """A document with its date whose number was left blank or is not legible, where the clause opens with it."""
    word = _UNNUMBERED.search(text)
    if word is None or any(code.found.start < word.start() for code in codes):
        return []
    day = next((day for day in find_dates(text) if day.start - word.end() in range(-1, 8)), None)
    return [Mention(word[1], None, day.date, word.start(), day.end)] if day and day.date else []


def find_mentions(text: str, *, garbled: bool = False) -> list[Mention]:
    """The documents that a clause names, in order; laws without number and date only where they come first.

    garbled: the clause comes from a garbled dump.

    >>> [(m.kind, m.code and m.code.text, str(m.date)) for m in find_mentions(
    ...     "Căn cứ Luật Đất đai ngày 18/01/2024; Nghị định số 102/2024/NĐ-CP ngày 30/7/2024 của Chính phủ;")]
    [('Luật', None, '2024-01-18'), ('Nghị định', '102/2024/NĐ-CP', '2024-07-30')]
    """
    codes = dated_codes(text, garbled=garbled)
    found: list[Mention] = []
    for entry in codes:
        code = entry.found.code
        kind = _kind_before(text, entry.found.start, code)
        found.append(Mention(kind, code, entry.date, entry.found.start, entry.end))
    laws = [*_laws(text, codes), *_unnumbered(text, codes)]
    first = min((mention.start for mention in (*found, *laws)), default=-1)
    found += [law for law in laws if law.date is not None or law.start == first]
    return sorted(found, key=lambda mention: mention.start)
