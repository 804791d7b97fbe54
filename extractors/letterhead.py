"""The letterhead taken apart: issuing bodies, number line, place and date line, and the `V/v` of a công văn.

The two columns may come one after the other, in either order, or woven into one line; what is known (mottoes, number,
date) is cut out of each row, and what is left belongs to the bodies.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors import cues
from extractors.date_line import DateLine, read_date
from extractors.named_again import NamedAgain
from extractors.number_line import NumberLine, read_number
from extractors.offices import ORGAN, UNIT, Fragment, folded_text, join_bodies, name_of_office, without_slips
from extractors.rows import Row, span_of
from extractors.zones import Rows
from normalizers.text import capitals, skeleton
from schemas.text import DocumentText, Span


class Letterhead(NamedTuple):
    bodies: tuple[Fragment, ...]
    numbers: tuple[NumberLine, ...]
    dates: tuple[DateLine, ...]
    subject: tuple[Fragment, ...]


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


def read_letterhead(rows: Rows, dump: DocumentText | None = None) -> Letterhead:
    """Take the rows of a letterhead apart. dump: the garbled dump that they come from."""
    numbers: list[NumberLine] = []
    dates: list[DateLine] = []
    left: list[tuple[int, Fragment]] = []
    mottoes: list[int] = []
    for index, row in enumerate(rows):
        number = read_number(row, garbled=dump is not None)
        if cues.is_stamp(row.text, row.folded) and not (dump and number):
            continue
        taken = list(cues.motto_spans(row.folded))
        mottoes += [index] if taken else []
        if number is not None:
            numbers.append(number[0])
            taken.append(number[1])
        date = read_date(row, taken, dump)
        if date is not None:
            dates.append(date[0])
            taken.append(date[1])
        free = [without_slips(piece) for piece in _free(row, taken)] if dump else _free(row, taken)
        if mottoes and mottoes[-1] == index:  # what a misread motto leaves over is no name
            free = [
                piece
                for piece in free
                if len(piece.text) > 8 or UNIT.match(folded_text(piece)) or ORGAN.match(folded_text(piece))
            ]
        left.extend((index, fragment) for fragment in free)
    subject, names = _sort_out(left, mottoes, dump)
    if numbers:  # names below the number line belong to the other column
        names = [name for name in names if name.span.start < numbers[0].span.start] or names
    if dump and names:
        again = NamedAgain(dump, span_of(rows))
        names = [name._replace(text=again.mend(name.text)) for name in names]
    bodies = join_bodies(names)
    return Letterhead(tuple(bodies), tuple(numbers), tuple(dates), tuple(subject))


def begins_subject(dump: DocumentText, span: Span) -> bool:
    """Whether a stretch of a garbled dump was read as one that begins with `V/v`: repair may have made a word of it."""
    read = dump.words(span)
    return bool(read) and cues.SHORT_ABOUT.match(skeleton(read[0].raw)) is not None


_FIGURES_IN_LETTERS = re.compile(r"[^\W\d_]\d|\d[^\W\d_]|/\s?[^\W\d_]{2}")


def _sort_out(
    left: list[tuple[int, Fragment]], mottoes: list[int], dump: DocumentText | None
) -> tuple[list[Fragment], list[Fragment]]:
    """The `V/v` with its further lines, and the lines with the names of the bodies."""
    subject: list[Fragment] = []
    names: list[Fragment] = []
    about = -1
    names_below = False
    for index, fragment in left:
        folded = folded_text(fragment)
        if cues.ABOUT.match(folded) or dump and begins_subject(dump, fragment.span):
            subject, about = [fragment], index
        elif subject and any(about < motto <= index for motto in mottoes):
            continue  # the right column begins
        elif subject and not names_below and not (capitals(fragment.text) >= 0.8 and ORGAN.match(folded)):
            subject.append(fragment)
        elif (
            capitals(fragment.text) >= 0.8
            and sum(map(str.isalpha, fragment.text)) >= 2
            and not cues.is_stamp(fragment.text, folded)
            and not cues.NUMBER.match(folded)  # a number line that nothing could be made of
            and not (dump and _FIGURES_IN_LETTERS.search(fragment.text))  # … or not even its `Số:`
        ):
            name = name_of_office(fragment)
            names += [name] if name is not None else []
            names_below = names_below or bool(subject and dump)  # who decides: the subject has ended
    return subject, names
