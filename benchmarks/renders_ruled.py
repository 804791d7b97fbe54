"""Tables drawn for measuring: task tables of benchmarks/tables and tables of figures, in every manner of ruling.

A page holds a title, a table with as many of its rows as there is room for, and two paragraphs around it. Cells may span
columns and rows; the gold has them row by row, a spanning cell where it begins.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from reportlab.pdfgen.canvas import Canvas

from benchmarks.tables import paper as papers
from samples.fonts import FACES, register, width

Ruling = Literal["black", "light", "rows", "open", "none"]
RULINGS: tuple[Ruling, ...] = get_args(Ruling)
"""black, light: every cell in a frame; rows: lines between rows only; open: no frame at left and right; none: gaps alone."""
A4 = (595.0, 842.0)
EDGE, PAD, LEAD = 54.0, 4.0, 1.18
BEFORE = (
    "Ban hành kèm theo Kế hoạch của Ủy ban nhân dân xã về phát triển kinh tế - xã hội, bảo đảm quốc phòng, an ninh."
)
AFTER = (
    "Căn cứ biểu trên, các phòng, ban, đơn vị xây dựng kế hoạch chi tiết và báo cáo định kỳ theo quy định hiện hành."
)
INDICATORS = (
    ("Giá trị sản xuất nông, lâm nghiệp, thủy sản", "Tỷ đồng", 5),
    ("Thu ngân sách nhà nước trên địa bàn", "Triệu đồng", 6),
    ("Trong đó: thu tiền sử dụng đất", "Triệu đồng", 6),
    ("Thu nhập bình quân đầu người", "Triệu đồng", 3),
    ("Số lao động được giải quyết việc làm mới", "Người", 4),
    ("Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ", "%", 2),
    ("Tỷ lệ hộ nghèo theo chuẩn đa chiều", "%", 1),
    ("Tỷ lệ người dân tham gia bảo hiểm y tế", "%", 2),
    ("Diện tích gieo trồng cây hằng năm", "Ha", 4),
    ("Sản lượng lương thực có hạt", "Tấn", 5),
    ("Số trường đạt chuẩn quốc gia", "Trường", 1),
    ("Tỷ lệ hồ sơ giải quyết đúng và trước hạn", "%", 2),
    ("Số thuê bao Internet băng rộng cố định", "Thuê bao", 4),
    ("Tỷ lệ chất thải rắn sinh hoạt được thu gom, xử lý", "%", 2),
)


class Cell(NamedTuple):
    """A printed cell; columns, rows: how many it covers."""

    text: str
    columns: int = 1
    rows: int = 1
    bold: bool = False
    centred: bool = False


class Placed(NamedTuple):
    """A cell at its first row and column."""

    row: int
    column: int
    cell: Cell


class Spec(NamedTuple):
    """widths: shares of the columns. head: rows of the head. cells: in reading order."""

    name: str
    title: str
    widths: tuple[float, ...]
    head: int
    cells: tuple[Placed, ...]
    landscape: bool

    @property
    def rows(self) -> int:
        return max(one.row + one.cell.rows for one in self.cells)


class Sheet(NamedTuple):
    """A printed page: its lines in reading order, and the cells as printed."""

    lines: tuple[str, ...]
    cells: tuple[str, ...]


def _of_paper(paper: papers.Paper) -> Iterator[Spec]:
    """The tables of a paper: section rows over all columns, `^` joined with the cell above."""
    for number, table in enumerate(paper.tables):
        count = len(table.columns)
        cells = [Placed(0, at, Cell(one.head, bold=True, centred=True)) for at, one in enumerate(table.columns)]
        for row, one in enumerate(table.rows, 1):
            if one.section:
                title = Cell(one.cells[-1], count + 1 - len(one.cells), bold=True)
                cells += [Placed(row, at, Cell(text, bold=True)) for at, text in enumerate(one.cells[:-1])]
                cells.append(Placed(row, len(one.cells) - 1, title))
                continue
            for at, text in enumerate(one.cells):
                if text == "^":
                    above = next(i for i in range(len(cells) - 1, -1, -1) if cells[i].column == at)
                    spanning = cells[above].cell
                    cells[above] = cells[above]._replace(cell=spanning._replace(rows=spanning.rows + 1))
                else:
                    cells.append(Placed(row, at, Cell(text, centred=table.columns[at].role == "no")))
        widths = tuple(column.width for column in table.columns)
        yield Spec(f"{paper.name}-{number}", table.title, widths, 1, tuple(cells), paper.landscape)


def _of_figures(name: str, rng: random.Random) -> Spec:
    """Indicators with their figures of two years under a head of two rows."""

    def figure(digits: int) -> str:
        whole = f"{rng.randint(10 ** (digits - 1), 10**digits - 1):,}".replace(",", ".")
        return f"{whole},{rng.randint(1, 9)}" if digits < 4 and rng.random() < 0.6 else whole

    year = rng.randint(2023, 2026)
    head = [
        Placed(0, 0, Cell("STT", rows=2)),
        Placed(0, 1, Cell("Chỉ tiêu", rows=2)),
        Placed(0, 2, Cell("Đơn vị tính", rows=2)),
        Placed(0, 3, Cell(f"Năm {year}", columns=3)),
        Placed(0, 6, Cell(f"Kế hoạch năm {year + 1}", rows=2)),
        *(Placed(1, 3 + at, Cell(text)) for at, text in enumerate(("Kế hoạch", "Ước thực hiện", "Tỷ lệ (%)"))),
    ]
    cells = [one._replace(cell=one.cell._replace(bold=True, centred=True)) for one in head]
    for row, (text, unit, digits) in enumerate(rng.sample(INDICATORS, 10), 2):
        values = [figure(digits), figure(digits), f"{rng.randint(80, 120)},{rng.randint(0, 9)}", figure(digits)]
        cells += [Placed(row, 0, Cell(str(row - 1), centred=True)), Placed(row, 1, Cell(text))]
        cells += [Placed(row, 2 + at, Cell(value, centred=True)) for at, value in enumerate([unit, *values])]
    return Spec(name, "BIỂU TỔNG HỢP CHỈ TIÊU", (7, 33, 13, 12, 12, 10, 13), 2, tuple(cells), rng.random() < 0.3)


def specs(half: str) -> list[Spec]:
    """The tables of a half, those of figures between the others."""
    found = [
        spec
        for paper in papers.load_all()
        if not paper.aside and ("unseen" if zlib.crc32(paper.name.encode()) % 2 else "seen") == half
        for spec in _of_paper(paper)
    ]
    mixed: list[Spec] = []
    for number, spec in enumerate(found):
        mixed.append(spec)
        if number % 2:
            mixed.append(_of_figures(f"figures-{number}", random.Random(f"{half} {number}")))
    return mixed


def _broken(text: str, style: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        if lines and width(f"{lines[-1]} {word}", style, size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


class _Setter:
    """Sets one table on one page."""

    def __init__(self, spec: Spec, ruling: Ruling, size: float, top: bool, path: Path) -> None:
        register()
        self.spec, self.ruling, self.size, self.top = spec, ruling, size, top
        self.wide, self.high = (A4[1], A4[0]) if spec.landscape else A4
        self.canvas = Canvas(str(path), pagesize=(self.wide, self.high), invariant=1)
        self.step = LEAD * size
        self.y = EDGE
        self.lines: list[str] = []
        room = self.wide - 2 * EDGE
        edges = [EDGE]
        for share in spec.widths:
            edges.append(edges[-1] + room * share / sum(spec.widths))
        self.edges = edges

    def print(self) -> Sheet:
        self._running(self.spec.title, "b", centred=True)
        self._running(BEFORE, "i")
        self.y += 6
        cells = self._table()
        self.y += 12
        self._running(AFTER, "")
        self.canvas.save()
        return Sheet(tuple(self.lines), tuple(cells))

    def _line(self, x: float, y: float, text: str, style: str) -> None:
        self.canvas.setFont(FACES[style], self.size)
        self.canvas.drawString(x, self.high - y - 0.85 * self.size, text)
        self.lines.append(text)

    def _running(self, text: str, style: str, centred: bool = False) -> None:
        room = self.wide - 2 * EDGE
        for line in _broken(text, style, self.size, room):
            shift = (room - width(line, style, self.size)) / 2 if centred else 0.0
            self._line(EDGE + shift, self.y, line, style)
            self.y += self.step

    def _lines_of(self, one: Placed) -> list[str]:
        room = self.edges[one.column + one.cell.columns] - self.edges[one.column] - 2 * PAD
        return _broken(one.cell.text, "b" if one.cell.bold else "", self.size, room)

    def _table(self) -> list[str]:
        needed = [(one, len(self._lines_of(one)) * self.step + 2 * PAD) for one in self.spec.cells]
        heights = [self.step + 2 * PAD] * self.spec.rows
        for one, need in sorted(needed, key=lambda pair: pair[0].cell.rows):
            rows = range(one.row, one.row + one.cell.rows)
            heights[rows[-1]] += max(0.0, need - sum(heights[row] for row in rows))
        tops = [self.y]
        floor = self.high - EDGE - 4 * self.step
        for height in heights:
            if tops[-1] + height > floor:
                break
            tops.append(tops[-1] + height)
        last = len(tops) - 1
        while any(one.row < last < one.row + one.cell.rows for one in self.spec.cells):
            last -= 1  # a spanning cell is not cut
        shown = [one for one in self.spec.cells if one.row < last]
        for one in shown:
            self._cell(one, tops)
        self._rule(tops[: last + 1], shown)
        self.y = tops[last]
        return [one.cell.text for one in shown]

    def _cell(self, one: Placed, tops: list[float]) -> None:
        lines = self._lines_of(one)
        x0, x1 = self.edges[one.column], self.edges[one.column + one.cell.columns]
        y0, y1 = tops[one.row], tops[one.row + one.cell.rows]
        middle = not self.top or one.cell.bold
        y = y0 + (y1 - y0 - len(lines) * self.step) / 2 if middle else y0 + PAD
        style = "b" if one.cell.bold else ""
        for line in lines:
            shift = (x1 - x0 - 2 * PAD - width(line, style, self.size)) / 2 if one.cell.centred else 0.0
            self._line(x0 + PAD + shift, y, line, style)
            y += self.step

    def _rule(self, tops: list[float], shown: list[Placed]) -> None:
        canvas, left, right = self.canvas, self.edges[0], self.edges[-1]
        if self.ruling == "none":
            return
        canvas.setLineWidth(0.35 if self.ruling == "light" else 0.6)
        canvas.setStrokeGray(0.6 if self.ruling == "light" else 0.0)
        for one in shown:
            x0, x1 = self.edges[one.column], self.edges[one.column + one.cell.columns]
            y0, y1 = tops[one.row], tops[one.row + one.cell.rows]
            for y in (y0, y1):
                canvas.line(x0, self.high - y, x1, self.high - y)
            for x in (x0, x1):
                framed = self.ruling == "open" and left < x < right
                if self.ruling in ("black", "light") or framed:
                    canvas.line(x, self.high - y0, x, self.high - y1)


def print_table(spec: Spec, ruling: Ruling, rng: random.Random, path: Path) -> Sheet:
    """Prints the table as a PDF of one page, size of print and place in the cells by chance."""
    size = rng.choice((10.5, 11.0, 12.0, 13.0))
    top = ruling in ("rows", "none") or rng.random() < 0.4
    return _Setter(spec, ruling, size, top, path).print()
