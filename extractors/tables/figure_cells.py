"""Tables of figures in dumps that give every cell a line of its own: the head, then number, indicator, unit and figures."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

from extractors.paper import Paper
from extractors.paragraphs import clean
from extractors.tables.figures import MARK, SECTION, FigureRow, named_columns, role_of, value_of
from schemas.text import Span

_LONGEST_HEAD = 14  # lines
_LONGEST_NAME = 6
_LONGEST_FIRST = 10  # letters: Số thứ tự
_FIGURES = ("plan", "actual", "share", "change")


class _Line(NamedTuple):
    text: str
    span: Span


class _Head(NamedTuple):
    """The head of a table: its cells, the roles of its columns in order, and how many lines it takes."""

    cells: list[str]
    roles: dict[int, str]
    lines: int

    @property
    def order(self) -> list[str]:
        return [role for _, role in sorted(self.roles.items())]


def cell_rows(paper: Paper, ruled: set[int]) -> Iterator[FigureRow]:
    """Rows of such tables; `ruled`: lines that stand in a ruled table. A row with an empty figure is left out."""
    text = paper.text
    lines = [
        _Line(said, span)
        for index, span in enumerate(text.lines)
        if index not in ruled and (said := clean(text[span].strip(" |")))
    ]
    at = 0
    while at < len(lines):
        head = _head(lines, at)
        if head is None:
            at += 1
        else:
            at = yield from _rows(lines, at + head.lines, head)


def _head(lines: Sequence[_Line], start: int) -> _Head | None:
    """The head that begins at a line `STT`, where its lines name an indicator, figures and nothing unknown."""
    if len(lines[start].text) > _LONGEST_FIRST or role_of(lines[start].text) != "no":
        return None
    cells: list[str] = []
    window = lines[start : start + _LONGEST_HEAD]
    for count, line in enumerate(window):
        if cells and (MARK.match(line.text) or _section(line.text)):
            roles = named_columns(cells)
            figures = [role for role in roles.values() if role in _FIGURES] if roles else []
            return _Head(cells, roles, count) if roles and figures else None
        role = role_of(line.text)
        after = window[count + 1].text if count + 1 < len(window) else ""
        if role is None and role_of(after) is None:
            role = role_of(f"{line.text} {after}")  # Đơn vị / tính
        if cells and (role is None or role == role_of(cells[-1])):
            cells[-1] = f"{cells[-1]} {line.text}"  # the cell goes on
        else:
            cells.append(line.text)
    return None


def _section(text: str) -> str | None:
    mark, _, rest = text.partition(" ")
    return f"{mark.rstrip('.)')}. {rest}" if rest and SECTION.match(mark) else None


def _rows(lines: Sequence[_Line], start: int, head: _Head) -> Generator[FigureRow, None, int]:
    """The rows from a line on. Returns the line at which the table ends."""
    section: str | None = None
    at = start
    while at < len(lines):
        if title := _section(lines[at].text):
            section, at = title, at + 1
        elif lines[at : at + head.lines] and lines[at].text == lines[start - head.lines].text:
            at += head.lines  # the head comes again on the next page
        elif MARK.match(lines[at].text) and (end := _row_end(lines, at, head)) is not None:
            if _took_next_mark(lines, at, end):
                end -= 1
            elif (row := _row(lines[at:end], head, section)) is not None:
                yield row
            at = end
        else:
            break
    return at


def _row_end(lines: Sequence[_Line], start: int, head: _Head) -> int | None:
    """The line after a row: after the figures that follow its name; None where no figures follow."""
    at = start + 1
    while at < min(len(lines), start + _LONGEST_NAME) and value_of(lines[at].text) is None:
        at += 1
    first = at
    wanted = sum(role in _FIGURES for role in head.order)
    while at < len(lines) and at - first < wanted and value_of(lines[at].text) is not None:
        at += 1
    return at if at > first > start + 1 else None


def _took_next_mark(lines: Sequence[_Line], start: int, end: int) -> bool:
    """Whether a figure is empty, so that the number of the next row was taken for the last one."""
    number = lines[start].text.rstrip(".)")
    follows = end < len(lines) and not MARK.match(lines[end].text) and _section(lines[end].text) is None
    return follows and number.isdecimal() and lines[end - 1].text == str(int(number) + 1)


def _row(lines: Sequence[_Line], head: _Head, section: str | None) -> FigureRow | None:
    figures = [role for role in head.order if role in _FIGURES]
    values = [line.text for line in lines[-len(figures) :]]
    named = [line.text for line in lines[1 : -len(figures)]]
    if len(lines) <= len(figures) + 1 or any(value_of(value) is None for value in values):
        return None
    cells = {"no": lines[0].text} | dict(zip(figures, values, strict=True))
    if "unit" in head.order and len(named) > 1:
        cells["unit"] = named.pop()
    cells["name"] = " ".join(named)
    heads = {role: head.cells[column] for column, role in head.roles.items()}
    span = Span(lines[0].span.start, lines[-1].span.end)
    return FigureRow(section, cells, heads, " ".join(line.text for line in lines), span)
