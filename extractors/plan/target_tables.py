"""Targets in tables: an indicator a row with the figure that is to be reached."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.paper import Paper
from extractors.plan.metrics import read_metrics
from extractors.rule import Rule
from extractors.tables.figure_rows import figure_rows
from extractors.tables.figures import FigureRow, value_of
from schemas.found import Found
from schemas.record import Comparator, Metric, Target

UNNAMED = "đơn vị"  # stands for the unit where the table prints none


def target_of(row: FigureRow) -> Target | None:
    """One row as a target; None where it shows no plan, or what was reached as well.

    The comparator is the one that the cell or the indicator prints (`≥ 95`, `tối thiểu`), else the figure itself is aimed at.
    """
    plan = row.cells.get("plan")
    value = value_of(plan)
    if plan is None or value is None or row.cells.get("actual"):
        return None
    unit = row.unit or ("%" if plan.endswith("%") or "%" in row.cells["name"] else None)
    name = row.name
    printed = f"{name} {plan.rstrip('% ')} {unit or ''}".strip()
    wording = f"{name} {plan.rstrip('% ')}{'%' if unit == '%' else f' {unit or UNNAMED}'}"
    read = [metric.comparator for metric in read_metrics(wording) if metric.value == value]
    comparator: Comparator = read[0] if read else "="
    number = (row.cells.get("no") or "").rstrip(".)") or None
    metric = Metric(comparator=comparator, value=value, unit=unit)
    return Target(no=number, section=row.section, text=printed, metrics=[metric])


def find_table_targets(paper: Paper) -> Iterator[Found[Target]]:
    """Every row of the plan's tables of figures."""
    for row in figure_rows(paper):
        target = target_of(row)
        if target is not None:
            yield Found(target, row.span, 0.85, "targets.table")


TARGET_TABLES = Rule(
    name="targets.table",
    field="targets",
    find=find_table_targets,
    examples=(
        (
            "PHỤ LỤC\nTT Chỉ tiêu ĐVT Kế hoạch năm 2031\nI Kinh tế\n1 Thu ngân sách Triệu đồng 1.350\n2 Tỷ lệ hộ nghèo dưới % 2,5",
            (
                Target(
                    no="1",
                    section="I. Kinh tế",
                    text="Thu ngân sách 1.350 triệu đồng",
                    metrics=[Metric(comparator="=", value=1350, unit="triệu đồng")],
                ),
                Target(
                    no="2",
                    section="I. Kinh tế",
                    text="Tỷ lệ hộ nghèo dưới 2,5 %",
                    metrics=[Metric(comparator="<", value=2.5, unit="%")],
                ),
            ),
        ),
    ),
    rejects=("TT Chỉ tiêu ĐVT Kế hoạch Thực hiện\n1 Thu ngân sách Triệu đồng 1.200 1.350",),
)
