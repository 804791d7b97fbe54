"""Section rows of task tables: rows over the whole width that name a part of the table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.marks import ROMANS
from extractors.tables.deadline_words import last_expression
from extractors.tables.words import DIRT, SPECKS, TableLine, split_words
from schemas.page import Word
from schemas.text import Span


@dataclass
class Section:
    """A row over the whole width that names a part of the table."""

    title: str
    span: Span


_CLEAN_NUMERAL = str.maketrans("Ll1|", "IIII")
_NUMERAL = re.compile(r"([IVXLl1|]{1,5}|[A-H])\s?([.,)/:]?)\s+(?=[“\"]?[A-ZĐÀ-Ỹ])")


def section_title(line: str, before: Sequence[TableLine | Section], noisy: bool = False) -> str | None:
    """The title of a section row; a numeral without a full stop must go on with those before it.

    noisy: a numeral that repeats the one before it has lost a stroke.
    """
    words = " ".join(word.strip(DIRT) or word for word in split_words(line) if word != "|")
    found = _NUMERAL.match(words)
    if not found or len(words) > 150:
        return None
    value = found[1] if found[1] in "ABCDEFGH" else found[1].translate(_CLEAN_NUMERAL)
    order = _order(value)
    if order is None or found[1].isdigit():
        return None
    last = next((item.title for item in reversed(before) if isinstance(item, Section)), "")
    known = _order(last.split(".")[0]) or 0
    if not found[2] and order != known + 1:
        return None
    if noisy and order == known < len(ROMANS) and value in ROMANS and words[found.end() :] not in last:
        value = ROMANS[known]
    return f"{value}. {words[found.end() :]}"


_STROKES = str.maketrans({**dict.fromkeys("Il1|!iTtJj]", "I"), "H": "II", "V": "V", "v": "V", "Y": "V", "X": "X"})
_MOST_WORDS = 8


def damaged_title(words: Sequence[Word], following: str, before: Sequence[TableLine | Section]) -> str | None:
    """The title of a section row whose numeral recognition damaged: strokes before a few words, counted on from the sections before.

    following: the line below, with which a row of the table begins.
    """
    seen = [word for word in words if word.raw.strip(SPECKS)]
    if len(seen) < 2:
        return None
    numeral, *more = seen[0].raw.strip(SPECKS.replace("|", "")).split()
    title = [piece for word in (seen if more else seen[1:]) for piece in split_words(word.text)]
    title = [word for word in title if word.strip(SPECKS)]
    while title and len(title[-1].strip(SPECKS)) == 1:
        title.pop()
    strokes = numeral.rstrip(SPECKS).translate(_STROKES)
    known = next((_order(item.title.split(".")[0]) for item in reversed(before) if isinstance(item, Section)), 0) or 0
    fits = not numeral.strip(SPECKS).isdigit() and strokes and set(strokes) <= set("IVX") and known < len(ROMANS)
    if not fits or not 1 < len(title) <= _MOST_WORDS or not title[0][:1].isupper() or last_expression(title):
        return None
    begins = following.lstrip(SPECKS)[:1]
    near = abs((_order(strokes) or known + 1) - known - 1) <= 1
    return (
        f"{ROMANS[known]}. {' '.join(title).strip(SPECKS)}" if near and (begins.isupper() or begins.isdigit()) else None
    )


def _order(numeral: str) -> int | None:
    if numeral in ROMANS:
        return ROMANS.index(numeral) + 1
    return ord(numeral) - ord("A") + 1 if len(numeral) == 1 and numeral in "ABCDEFGH" else None


_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}[.)]?$")
_PLAIN = re.compile(r"(\d{1,2})[.)]?$")


def with_parts(items: list[TableLine | Section]) -> list[TableLine | Section]:
    """Rows numbered 1.1, 1.2, …: a line numbered 1 or 2 heads their part."""
    first = [[word for word in item.words if word != "|"] if isinstance(item, TableLine) else [] for item in items]
    if sum(bool(words) and bool(_DOTTED.match(words[0])) for words in first) < 3:
        return items
    found: list[TableLine | Section] = []
    part = 0
    for item, words in zip(items, first, strict=True):
        number = _PLAIN.match(words[0]) if len(words) > 1 else None
        if number and int(number[1]) in (part + 1, part + 2) and words[1][:1].isupper():
            part = int(number[1])
            found.append(Section(f"{part}. {' '.join(words[1:])}", item.span))
        else:
            found.append(item)
    return found
