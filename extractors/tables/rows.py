"""Where the rows of a woven table begin: running numbers, capitals, agencies that recur, cells centred on their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from extractors.tables import deadline_words
from extractors.tables.anchors import Anchor, candidates, longest_chain, top_aligned, with_damaged
from extractors.tables.chunks import Reader
from extractors.tables.cuts import PART, cut_rows
from extractors.tables.layout import Table
from extractors.tables.region import Region
from extractors.tables.sections import Section
from extractors.tables.starts import recurring_starts, row_starts, start_costs, starts_agency
from extractors.tables.words import TableLine
from schemas.text import Span


class Row(NamedTuple):
    """One row: its number (None where it has none), the heading above it, its lines, and whether its beginning is lost.

    anchor: the document's line that shows the number; counter: where in it the number stands.
    """

    no: str | None
    section: Section | None
    lines: tuple[TableLine, ...]
    cut: bool = False
    anchor: int | None = None
    counter: Span | None = None

    @property
    def number_line(self) -> int | None:
        """Which of its lines shows the number."""
        return next((i for i, line in enumerate(self.lines) if line.index == self.anchor), None)


def _counter(line: TableLine) -> Span:
    return next(word.span for word in line.words if word != "|")


def _without_number(line: TableLine) -> TableLine:
    words = list(line.words)
    while words and words[0] == "|":
        words.pop(0)
    words.pop(0)
    while words and words[0] == "|":
        words.pop(0)
    return TableLine(line.index, line.span, words, line.new_page, line.gap)


def find_rows(region: Region, reader: Reader, bigrams: frozenset[tuple[str, str]]) -> list[Row]:
    """The rows of a table in order; lines before the first number that belong to no row of it make a cut row.

    Where most rows show their number the numbers tell where they stand, else agencies and deadlines do.
    """
    table = reader.table
    lines: list[TableLine] = []
    groups: list[int] = []
    sections: list[Section | None] = [None]
    for item in region.items:
        if isinstance(item, Section):
            sections.append(item)
        else:
            lines.append(item)
            groups.append(len(sections) - 1)
    shown = candidates(lines)
    chain = longest_chain(shown, groups)
    if chain:
        chain = with_damaged(lines, chain, groups)
    expected = _expected_rows(lines, table)
    if len(chain) == 1 and chain[0].value != 1:
        chain = []  # it counts something else
    lacking = len(chain) < 0.75 * max(expected, _counted(chain))
    if not lacking and len(chain) < 2 and not (chain and chain[0].value == 1):
        return []
    top = top_aligned(lines, chain) and not lacking
    recurring = recurring_starts(lines, len(chain), table.trie)
    rows: list[Row] = []
    before: Anchor | None = None
    last = 0
    for group in range(len(sections)):
        members = [i for i, g in enumerate(groups) if g == group]
        if not members:
            continue
        low, high = members[0], members[-1] + 1
        inside = [anchor for anchor in chain if low <= anchor.at < high]
        here = lines[low:high]
        gap = any(not _follows(a, b) for a, b in zip([before, *inside], inside, strict=False) if a is not None)
        before = inside[-1] if inside else before
        if lacking or gap:
            numbers = {a.at - low: a for a in (shown if lacking else chain) if low <= a.at < high}
            found, last = _cut(here, sections[group], numbers, reader, bigrams, last)
            rows += found
            continue
        last = inside[-1].value + PART * (inside[-1].major or 0) if inside else last
        if not inside:
            rows += _unnumbered(rows, sections[group], here)
            continue
        at = [anchor.at - low for anchor in inside]
        here = [_without_number(line) if i in at else line for i, line in enumerate(here)]
        starts = at if top else row_starts(here, at, reader, recurring[low:high], 0, bigrams)
        if starts[0] > 0:
            rows += _unnumbered(rows, sections[group], here[: starts[0]])
        for anchor, start, stop in zip(inside, starts, [*starts[1:], len(here)], strict=True):
            number = lines[anchor.at]
            rows.append(
                Row(anchor.printed, sections[group], tuple(here[start:stop]), False, number.index, _counter(number))
            )
    return rows


def _expected_rows(lines: Sequence[TableLine], table: Table) -> int:
    """About how many rows there are: lines in which a deadline stands, or else in which an agency begins."""
    deadlines = sum(deadline_words.last_expression(line.words) is not None for line in lines)
    if deadlines >= 3:
        return deadlines
    agencies = sum(column in ("lead", "coordinating") for column in table.columns)
    begun = sum(starts_agency(line.words[i : i + 2], table.trie) for line in lines for i in range(len(line.words)))
    return begun // agencies if agencies else 0


def _follows(before: Anchor, after: Anchor) -> bool:
    """Whether no row stands between two numbers."""
    return after.value in (1, before.value + 1)


def _counted(chain: Sequence[Anchor]) -> int:
    """How many rows the numbers speak of: each run up to its highest."""
    runs = [a.value for a, b in zip(chain, chain[1:], strict=False) if b.value <= a.value]
    return sum(runs) + chain[-1].value - chain[0].value + 1 if chain else 0


def _cut(
    lines: Sequence[TableLine],
    section: Section | None,
    numbers: Mapping[int, Anchor],
    reader: Reader,
    bigrams: frozenset[tuple[str, str]],
    before: int,
) -> tuple[list[Row], int]:
    """The rows of one section by what stands in them, and the number of the last of them; before: that of the row before them."""
    cut = cut_rows(
        lines,
        reader,
        start_costs(lines, reader, bigrams),
        {at: a.value + PART * (a.major or 0) for at, a in numbers.items()},
        before,
    )
    known = len(cut.shown) > 1 or before > 0
    rows = []
    for row, (start, stop) in enumerate(pairwise((*cut.starts, len(lines)))):
        at = cut.shown.get(row)
        inside = list(lines[start:stop])
        if at is None:
            counted = (
                Anchor(start, cut.dues[row] % PART, cut.dues[row] // PART or None) if known and cut.dues[row] else None
            )
            rows.append(Row(counted.printed if counted else None, section, tuple(inside)))
        else:
            inside[at - start] = _without_number(lines[at])
            number = lines[at]
            rows.append(Row(numbers[at].printed, section, tuple(inside), False, number.index, _counter(number)))
    return rows, cut.dues[-1]


def shifted(left: Row, right: Row, by: int) -> tuple[Row, Row] | None:
    """Two neighbouring rows with the line between them given to the other; None where it cannot belong there."""
    if left.section is not right.section or left.cut or len((right if by > 0 else left).lines) < 2:
        return None
    moved = right.lines[0] if by > 0 else left.lines[-1]
    first = right.lines[1:2] if by > 0 else (moved,)
    if moved.index in (left.anchor, right.anchor) or not first or moved.new_page or first[0].new_page:
        return None
    words = [word for word in first[0].words if word != "|"]
    if not words or not words[0][:1].isupper():
        return None
    if by > 0:
        return left._replace(lines=(*left.lines, moved)), right._replace(lines=right.lines[1:])
    return left._replace(lines=left.lines[:-1]), right._replace(lines=(moved, *right.lines))


def _unnumbered(rows: list[Row], section: Section | None, lines: Sequence[TableLine]) -> list[Row]:
    """Lines without a number: the rest of the row before them where a page turned, else a row whose beginning is lost."""
    if rows and rows[-1].section is section:
        rows[-1] = rows[-1]._replace(lines=(*rows[-1].lines, *lines))
        return []
    return [Row(None, section, tuple(lines), cut=section is None)]
