"""Rows of a table of figures whose head could not be read: the figures at their end prove themselves.

A table of what was planned and reached prints the share of both, so that three figures of which one is the share of the
other two tell which is which. One such line may be chance; two near each other on a page are a table.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from extractors.paper import Paper
from extractors.paragraphs import clean
from extractors.tables.figures import FigureRow, name_and_unit, value_of
from schemas.text import Span

_FIGURES = 3
_NEAR = 6  # lines between two rows of one table
_EDGES = "|_.,;:'’‘`~- "
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def proved_rows(paper: Paper, read: Collection[int]) -> Iterator[FigureRow]:
    """Rows of tables of planned, reached and share, by their arithmetic; `read`: lines that other rules have read."""
    text = paper.text
    found = []
    for index, span in enumerate(text.lines):
        if index not in read and (row := proved_row(text[span], span)) is not None:
            found.append((index, row))
    places = [index for index, _ in found]
    for index, row in found:
        if any(0 < abs(index - other) <= _NEAR for other in places):
            yield row


def proved_row(line: str, span: Span) -> FigureRow | None:
    """The line as a row of planned, reached and share, where its last three figures agree with each other.

    >>> proved_row("2 | Trồng cây xanh Cây |1.200 900 75 .", Span(0, 38)).cells
    {'plan': '1.200', 'actual': '900', 'share': '75', 'no': '2', 'name': 'Trồng cây xanh Cây'}
    >>> proved_row("2 Trồng cây xanh Cây 1.200 900 57", Span(0, 34)) is None
    True
    """
    printed = clean(line.replace("|", " ").replace("_", " ").rstrip(_EDGES))
    words = [word for word in printed.split() if word.strip(_EDGES)]
    named, figures = words[:-_FIGURES], [word.strip(_EDGES) for word in words[-_FIGURES:]]
    first, second, share = (value_of(word) for word in (figures if len(figures) == _FIGURES else [None] * _FIGURES))
    if first is None or second is None or share is None or len(_LETTERS.findall(" ".join(named))) < 2:
        return None
    places = len(figures[2].rstrip("%").partition(",")[2])
    if _is_share(second, first, share, places):
        roles = ("plan", "actual", "share")
    elif _is_share(first, second, share, places):
        roles = ("actual", "plan", "share")
    else:
        return None
    cells = dict(zip(roles, figures, strict=True)) | name_and_unit(named)
    return FigureRow(None, cells, {}, printed, span)


def _is_share(part: float, whole: float, share: float, places: int) -> bool:
    """Whether `share` is the per cent of both, rounded or cut off at its decimal places."""
    return whole > 0 and abs(100 * part / whole - share) < 10**-places
