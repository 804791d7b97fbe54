"""Tasks: the rows of the appendix table, from grids and from woven text, with their deadlines coded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.paper import Paper
from extractors.rule import Rule
from extractors.tables.counting import numbered
from extractors.tables.heads import shows_numbers
from extractors.tables.region import find_regions
from extractors.tables.task_grids import read_task_grids
from extractors.tables.weave import WovenRow, unweave
from normalizers.periods import read_deadline
from schemas.found import Found
from schemas.record import Task

_PARTS = ("section", "no", "content", "lead", "coordinating", "deadline", "product")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")


def document_year(paper: Paper) -> int | None:
    """The year that the paper is about: in its title or date line, else the one named most often at its beginning."""
    head = paper.text.text[:4000]
    for pattern in (
        r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+(20\d{2})",
        r"(?:Kèm theo|ban hành kèm theo)[^)]{0,80}/(20\d{2})",
    ):
        if found := re.search(pattern, head, re.IGNORECASE):
            return int(found[1])
    years = _YEAR.findall(head)
    return int(max(set(years), key=years.count)) if years else None


def _agency(cell: str | None) -> str | None:
    return re.sub(r"\s*[–—−]\s*", " - ", cell).strip(" ,;.") or None if cell else None


def task_of(row: WovenRow, year: int | None) -> Task:
    """The task of one row; the document's year stands in where a deadline prints none."""
    deadline = row.cells.get("deadline")
    read = read_deadline(deadline, year)
    return Task(
        section=row.section,
        no=row.no,
        content=row.cells.get("content"),
        lead=_agency(row.cells.get("lead")),
        coordinating=_agency(row.cells.get("coordinating")),
        deadline=deadline,
        periods=list(read.periods),
        recurring=read.recurring,
        product=row.cells.get("product"),
    )


def find_tasks(paper: Paper) -> Iterator[Found[Task]]:
    """Every row of every task table, in order."""
    year = document_year(paper)
    read = list(read_task_grids(paper.grids))
    rows = [row for _, rows in read for row in rows]
    found = [grid for grid, rows in read if rows]
    ruled = {line for grid in paper.grids if grid.printed or grid in found for line in range(*grid.lines)}
    for row in numbered(rows):
        yield _found(row, year, 0.9, "tasks.grid")
    for region in find_regions(paper.text):
        if any(line in ruled for line in range(region.first_line, region.end_of_head)):
            continue
        for row in numbered(unweave(paper.text, region), region.noisy or shows_numbers(region.head.lines)):
            counted = row.no is not None and row.counter is None
            yield _found(row, year, *((0.5, "tasks.counted") if counted else (0.7, "tasks.woven")))


def _found(row: WovenRow, year: int | None, score: float, rule: str) -> Found[Task]:
    """The task of a row, and where each of its cells stands."""
    task = task_of(row, year)
    spans = {
        **row.spans,
        "no": (row.counter,) if row.counter else (),
        "section": (row.heading.span,) if row.heading else (),
    }
    parts = tuple((name, spans[name]) for name in _PARTS if getattr(task, name) is not None and spans.get(name))
    return Found(task, row.span, score, rule, parts=parts)


TASKS = Rule(
    name="tasks.table",
    field="tasks",
    find=find_tasks,
    examples=(
        (
            (
                "PHỤ LỤC\nTT Nội dung nhiệm vụ Cơ quan chủ trì Cơ quan phối hợp Thời gian Sản phẩm\n"
                "1 Rà soát thủ tục Phòng Kinh tế Các phòng, ban Quý I/2031 Danh mục\n2 Tập huấn Phòng Nội vụ Các đơn vị Cả năm 2031 Lớp học"
            ),
            (
                Task(
                    no="1",
                    content="Rà soát thủ tục",
                    lead="Phòng Kinh tế",
                    coordinating="Các phòng, ban",
                    deadline="Quý I/2031",
                    periods=["2031-Q1"],
                    product="Danh mục",
                ),
                Task(
                    no="2",
                    content="Tập huấn",
                    lead="Phòng Nội vụ",
                    coordinating="Các đơn vị",
                    deadline="Cả năm 2031",
                    periods=["2031"],
                    product="Lớp học",
                ),
            ),
        ),
    ),
    rejects=("II. NHIỆM VỤ\n1. Rà soát nội dung, nhiệm vụ của cơ quan chủ trì, thời gian hoàn thành và sản phẩm.",),
)
