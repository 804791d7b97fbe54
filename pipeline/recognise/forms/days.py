"""The day that a pen wrote into the date line, held against the times of the file's own digital signatures.

A paper gets its number and day when it is signed: of 16 signed papers that were looked at none is dated after its first
signature, 9 are of the same day, 5 of the day before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from math import log

from normalizers.text import skeleton
from pipeline.recognise.readings import Reading, ReadLine
from schemas.page import Annotation

_SIGNED = re.compile(r"^Thời gian ký: (\d{4}-\d\d-\d\d)", re.MULTILINE)
NEAR = {0: 0.5, 1: 0.3, 2: 0.06, 3: 0.03, 4: 0.03, 5: 0.02, 6: 0.02, 7: 0.01}
"""Share of papers by the days from their date to their first signature."""
EARLIER, LATER = 0.002, 0.002
"""Share for each day longer ago, and for each after the signature: a clerk may write it in later."""


def first_signing(notes: Sequence[Annotation]) -> date | None:
    """The day of the first digital signature of the file."""
    days = [found[1] for note in notes if note.kind == "digital_signature" for found in _SIGNED.finditer(note.text)]
    return min(map(date.fromisoformat, days), default=None)


def dated(line: ReadLine, signed: date) -> ReadLine:
    """The line with the likelier days and months of a date field made likelier; other lines as they are."""
    path = line.best
    said = [skeleton(one.candidates[0].text) for one in path]
    for at in range(1, len(path) - 4):
        year = next((text for text in said[at + 3 : at + 6] if re.fullmatch(r"20\d\d", text)), "")
        if not (year and said[at - 1].endswith("ngay") and said[at + 1].startswith("thang")):
            continue
        day, month = path[at], path[at + 2]
        if month.by_hand:
            line, month = _weighed(line, month, partial(_share, int(year), signed, said[at]))
        if day.by_hand:
            line, _ = _weighed(line, day, partial(_share, int(year), signed, month=month.candidates[0].text))
        return line
    return line


def _weighed(line: ReadLine, reading: Reading, share: Callable[[str], float]) -> tuple[ReadLine, Reading]:
    """The line with the candidates of one reading weighed by their share, and that reading."""
    found = [one._replace(score=one.score + log(share(one.text))) for one in reading.candidates]
    weighed = reading._replace(candidates=tuple(sorted(found, key=lambda one: -one.score)))
    return line._replace(readings=tuple(weighed if one == reading else one for one in line.readings)), weighed


def _share(year: int, signed: date, day: str, month: str) -> float:
    """Share of papers of that date that are signed on that day."""
    if not (day.isdecimal() and month.isdecimal()):
        return LATER
    try:
        gap = (signed - date(year, int(month), int(day))).days
    except ValueError:  # no such day in that month
        return LATER
    return LATER if gap < 0 else NEAR.get(gap, EARLIER)
