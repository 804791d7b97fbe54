"""Results in tables of reports: an indicator a row, with what was planned, what was reached and the share of both."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.paper import Paper
from extractors.rule import Rule
from extractors.tables.figure_rows import figure_rows
from extractors.tables.figures import FigureRow, value_of
from extractors.tables.proved_rows import proved_rows
from normalizers.text import running
from schemas.found import Found
from schemas.record import Result


def result_of(row: FigureRow) -> Result | None:
    """One row as a result; None where nothing was reached yet.

    A share that is printed is the value, what it is made of are numerator and denominator; without one the count is the value.
    """
    actual, plan = value_of(row.cells.get("actual")), value_of(row.cells.get("plan"))
    share = value_of(row.cells.get("share"))
    if actual is None:
        return None
    unit = row.unit or ("%" if row.cells["actual"].endswith("%") else None)
    indicator = running(row.name)
    if share is not None and unit != "%":
        return Result(text=row.text, indicator=indicator, numerator=actual, denominator=plan, value=share, unit="%")
    if plan is not None and unit != "%":
        return Result(text=row.text, indicator=indicator, numerator=actual, denominator=plan, unit=unit)
    return Result(text=row.text, indicator=indicator, value=actual, unit=unit)


def find_table_results(paper: Paper) -> Iterator[Found[Result]]:
    """Every row of the report's tables of figures."""
    read: set[int] = set()
    for row in figure_rows(paper):
        read.update(range(paper.text.line_at(row.span.start), paper.text.line_at(row.span.end) + 1))
        result = result_of(row)
        if result is not None:
            yield Found(result, row.span, 0.93, "results.table")
    for row in proved_rows(paper, read):
        result = result_of(row)
        if result is not None:
            yield Found(result, row.span, 0.8, "results.table_proved")


RESULT_TABLES = Rule(
    name="results.table",
    field="results",
    find=find_table_results,
    examples=(
        (
            (
                "BIỂU SỐ LIỆU\nTT Chỉ tiêu ĐVT Kế hoạch Thực hiện Tỷ lệ (%)\n1 Thu ngân sách trên địa bàn Triệu đồng 1.200 1.350 112,5\n"
                "2 Hồ sơ giải quyết đúng hạn Hồ sơ 400 396 99"
            ),
            (
                Result(
                    text="1 Thu ngân sách trên địa bàn Triệu đồng 1.200 1.350 112,5",
                    indicator="thu ngân sách trên địa bàn",
                    numerator=1350,
                    denominator=1200,
                    value=112.5,
                    unit="%",
                ),
                Result(
                    text="2 Hồ sơ giải quyết đúng hạn Hồ sơ 400 396 99",
                    indicator="hồ sơ giải quyết đúng hạn",
                    numerator=396,
                    denominator=400,
                    value=99,
                    unit="%",
                ),
            ),
        ),
    ),
    rejects=("TT Họ và tên Chức vụ Năm sinh\n1 Lê Văn A Trưởng thôn 1980",),
)
