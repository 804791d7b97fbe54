"""Sets a table paper on pages: where every printed line stands, and the rulings. Points, origin at the top left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from benchmarks.tables.paper import Paper, Table
from samples.fonts import register, width

SIZE, STEP, PAD = 12.0, 14.2, 3.5
LEFT, TOP, FLOOR = 50.0, 56.0, 50.0
A4 = (595.0, 842.0)


class Printed(NamedTuple):
    """One printed line of one cell; row -1 and column -1: text outside of tables. section: it stands in a section row."""

    x: float
    y: float
    text: str
    bold: bool = False
    row: int = -1
    column: int = -1
    section: bool = False


class Sheet(NamedTuple):
    """A page: its size, its lines in the order of printing, its rulings (x0, y0, x1, y1)."""

    width: float
    height: float
    lines: list[Printed]
    rulings: list[tuple[float, float, float, float]]


def wrap(text: str, room: float, bold: bool) -> list[str]:
    """The text broken into lines no wider than `room`."""
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", "b" if bold else "", SIZE) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class _Setter:
    def __init__(self, paper: Paper) -> None:
        register()
        self.paper = paper
        self.sheets: list[Sheet] = []

    def new_page(self, landscape: bool) -> None:
        wide, high = (A4[1], A4[0]) if landscape else A4
        self.sheets.append(Sheet(wide, high, [], []))
        self.y = TOP

    def running(self, text: str, bold: bool = False, centred: bool = False) -> None:
        """A paragraph over the whole width."""
        sheet = self.sheets[-1]
        room = sheet.width - 2 * LEFT
        for line in wrap(text, room, bold):
            if self.y + STEP > sheet.height - FLOOR:
                self.new_page(sheet.width > sheet.height)
                sheet = self.sheets[-1]
            used = width(line, "b" if bold else "", SIZE)
            sheet.lines.append(Printed(LEFT + ((room - used) / 2 if centred else 0), self.y, line, bold))
            self.y += STEP

    def table(self, table: Table) -> None:
        sheet = self.sheets[-1]
        room = sheet.width - 2 * LEFT
        whole = sum(column.width for column in table.columns)
        self.edges = [LEFT]
        for column in table.columns:
            self.edges.append(self.edges[-1] + room * column.width / whole)
        head = [column.head for column in table.columns]
        self._rows([head], 0, bold=True)
        index = 0
        while index < len(table.rows):
            if table.rows[index].section:
                self._section(table.rows[index].cells, index + 1)
                index += 1
                continue
            stop = index + 1
            while stop < len(table.rows) and not table.rows[stop].section and "^" in table.rows[stop].cells:
                stop += 1
            self._rows([list(row.cells) for row in table.rows[index:stop]], index + 1, head=head)
            index = stop

    def _section(self, cells: Sequence[str], number: int) -> None:
        if len(cells) > 1:
            printed = [cells[0], cells[1], *[""] * (len(self.edges) - 3)]
            self._rows([printed], number, bold=True, section=True)
            return
        edges, self.edges = self.edges, [self.edges[0], self.edges[-1]]
        self._rows([list(cells)], number, bold=True, section=True)
        self.edges = edges

    def _rows(
        self,
        rows: list[list[str]],
        number: int,
        bold: bool = False,
        section: bool = False,
        head: list[str] | None = None,
    ) -> None:
        """Rows that share merged cells, on one page."""
        broken = [[wrap(cell, b - a - 2 * PAD, bold) for cell, a, b in self._cells(row)] for row in rows]
        heights = []
        for row, lines in zip(rows, broken, strict=True):
            own = [len(cell) for cell, text in zip(lines, row, strict=True) if text != "^"]
            heights.append(max(1, *own) * STEP + 2 * PAD)
        sheet = self.sheets[-1]
        if self.y + sum(heights) > sheet.height - FLOOR:
            self.new_page(sheet.width > sheet.height)
            sheet = self.sheets[-1]
            if head:
                self._rows([head], 0, bold=True)
        tops = [self.y + sum(heights[:i]) for i in range(len(rows) + 1)]
        for column, (x0, x1) in enumerate(zip(self.edges, self.edges[1:], strict=False)):
            for i, row in enumerate(rows):
                if row[column] == "^":
                    continue
                last = i + 1
                while last < len(rows) and rows[last][column] == "^":
                    last += 1
                cell = broken[i][column]
                room = tops[last] - tops[i] - 2 * PAD
                shift = 0.0 if self.paper.top and not bold else (room - len(cell) * STEP) / 2
                for k, line in enumerate(cell):
                    used = width(line, "b" if bold else "", SIZE)
                    centred = (bold and not section) or column == 0 and len(self.edges) > 2
                    x = x0 + PAD + ((x1 - x0 - 2 * PAD - used) / 2 if centred else 0)
                    y = tops[i] + PAD + shift + k * STEP
                    sheet.lines.append(Printed(x, y, line, bold, number + i, column, section))
                sheet.rulings.extend([(x0, tops[i], x1, tops[i]), (x0, tops[last], x1, tops[last])])
        sheet.rulings.extend((x, tops[0], x, tops[-1]) for x in self.edges)
        self.y = tops[-1]

    def _cells(self, row: Sequence[str]) -> list[tuple[str, float, float]]:
        return [(cell, a, b) for cell, a, b in zip(row, self.edges, self.edges[1:], strict=False)]


def set_paper(paper: Paper, before: Sequence[str]) -> list[Sheet]:
    """The pages of a paper: `before` on portrait pages, then the appendix with its tables."""
    setter = _Setter(paper)
    setter.new_page(landscape=False)
    for text in before:
        setter.running(text, bold=text.isupper())
    setter.new_page(paper.landscape)
    setter.running("PHỤ LỤC", bold=True, centred=True)
    for table in paper.tables:
        setter.running(table.title, bold=True, centred=True)
        setter.y += STEP / 2
        setter.table(table)
        setter.y += STEP
    return setter.sheets
