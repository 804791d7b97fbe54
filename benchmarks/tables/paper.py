"""Task tables of our own writing in many manners, each with the rows that a careful reader would take from it.

A file under `papers/` (under `papers/aside/`: no rule is written or changed after looking at how they fare):

    page: landscape            align: middle or top          section_no: yes (the numeral of a section stands in column TT)
    columns: ROLE WIDTH PRINTED; …                           widths in per cent; roles as in the record, others are ignored
    # I. Title                 a row over the whole width
    cell | cell | … || periods; recurring                    `^`: merged with the cell above
    table: TITLE               another table with columns of its own
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

PAPERS = Path(__file__).parent / "papers"
ROLES = ("no", "content", "lead", "coordinating", "deadline", "product")


class Column(NamedTuple):
    role: str
    width: float
    head: str


class Row(NamedTuple):
    """cells: as printed, `^` where merged with the cell above. section: a row over the whole width."""

    cells: tuple[str, ...]
    section: bool = False
    periods: tuple[str, ...] = ()
    recurring: str | None = None


class Table(NamedTuple):
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


class Paper(NamedTuple):
    """landscape, top: how it is set. section_no: the numeral of a section stands in a column of its own."""

    name: str
    aside: bool
    landscape: bool
    top: bool
    section_no: bool
    tables: tuple[Table, ...]


def _columns(line: str) -> tuple[Column, ...]:
    found = []
    for part in line.split(";"):
        role, width, head = part.strip().split(" ", 2)
        found.append(Column(role, float(width), head))
    return tuple(found)


def _row(line: str, columns: int) -> Row:
    printed, _, notes = line.partition("||")
    cells = tuple(cell.strip() for cell in printed.split("|"))
    if len(cells) != columns:
        raise ValueError(f"{len(cells)} cells for {columns} columns: {line}")
    periods, _, recurring = notes.partition(";")
    return Row(
        cells, False, tuple(code.strip() for code in periods.split(",") if code.strip()), recurring.strip() or None
    )


def load(path: Path) -> Paper:
    """One file. Raises ValueError for a row that does not fit its columns."""
    look: dict[str, str] = {}
    tables: list[tuple[str, tuple[Column, ...], list[Row]]] = []
    title = "DANH MỤC NHIỆM VỤ"
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition(": ")
        if name in ("page", "align", "section_no"):
            look[name] = value
        elif name == "table":
            title = value
        elif name == "columns":
            tables.append((title, _columns(value), []))
        elif line.startswith("# "):
            cells = tuple(cell.strip() for cell in line[2:].split("|"))
            tables[-1][2].append(Row(cells, section=True))
        elif line.strip():
            tables[-1][2].append(_row(line, len(tables[-1][1])))
    return Paper(
        path.stem,
        path.parent.name == "aside",
        look.get("page") == "landscape",
        look.get("align") == "top",
        look.get("section_no") == "yes",
        tuple(Table(title, columns, tuple(rows)) for title, columns, rows in tables),
    )


def load_all() -> tuple[Paper, ...]:
    """Every paper by name, those kept aside last."""
    return tuple(load(path) for folder in (PAPERS, PAPERS / "aside") for path in sorted(folder.glob("*.txt")))


def gold(paper: Paper) -> list[dict[str, Any]]:
    """The tasks that the tables hold."""
    tasks: list[dict[str, Any]] = []
    for table in paper.tables:
        section: str | None = None
        above: tuple[str, ...] = ()
        for row in table.rows:
            if row.section:
                section = ". ".join(row.cells)
                continue
            cells = tuple(above[i] if cell == "^" else cell for i, cell in enumerate(row.cells))
            above = cells
            named = {c.role: cell or None for c, cell in zip(table.columns, cells, strict=True) if c.role in ROLES}
            task: dict[str, Any] = {"section": section, **dict.fromkeys(ROLES), **named}
            tasks.append({**task, "periods": list(row.periods), "recurring": row.recurring})
    return tasks
