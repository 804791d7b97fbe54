"""The forms in which a table paper reaches the reader: dumps in several orders, PDF with text, scans, noisy dumps."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from benchmarks.tables.paper import Paper, gold
from benchmarks.tables.typeset import SIZE, STEP, Printed, Sheet, set_paper
from samples import forms as sample_forms
from samples.damage import render, scan
from samples.fonts import FACES

FORMS = ("woven", "cells", "columns", "born", "scan", "open", "noisy")
DPI = 300
_HEAD = (
    "ỦY BAN NHÂN DÂN",
    "PHƯỜNG HÒA NGHĨA",
    "Số: 41/KH-UBND",
    "Hòa Nghĩa, ngày 09 tháng 01 năm 2026",
    "KẾ HOẠCH",
    "Thực hiện nhiệm vụ trọng tâm năm 2026 trên địa bàn phường",
    "Thực hiện Chương trình công tác năm 2026, Ủy ban nhân dân phường ban hành Kế hoạch với các nội dung sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    (
        "1. Phân công rõ người, rõ việc, rõ thời gian, rõ sản phẩm; nâng cao trách nhiệm của người đứng đầu các cơ quan, đơn vị "
        "trong việc tổ chức thực hiện nhiệm vụ được giao."
    ),
    (
        "2. Việc triển khai phải bảo đảm đồng bộ, kịp thời, tiết kiệm, phù hợp với điều kiện thực tế của địa phương và đúng "
        "quy định của pháp luật."
    ),
    "II. TỔ CHỨC THỰC HIỆN",
)
_DUTIES = (
    (
        "- Chủ trì, phối hợp với các đơn vị liên quan triển khai các nhiệm vụ tại Phụ lục kèm theo Kế hoạch này; định kỳ báo cáo "
        "kết quả với Ủy ban nhân dân phường."
    ),
    "- Tham mưu bố trí kinh phí, hướng dẫn, đôn đốc và kiểm tra việc thực hiện; kịp thời tháo gỡ khó khăn, vướng mắc.",
)


def running_text(paper: Paper) -> list[str]:
    """The plan above the appendix; it names every other agency that leads a task."""
    leads = list(dict.fromkeys(str(task["lead"]) for task in gold(paper)))
    lines = list(_HEAD)
    for number, lead in enumerate(leads[::2], 1):
        lines += [f"{number}. {lead}", _DUTIES[number % 2]]
    return lines


def _woven(lines: Sequence[Printed]) -> list[str]:
    """Lines of print from top to bottom, what stands at one height side by side."""
    rows: list[list[Printed]] = []
    for line in sorted(lines, key=lambda one: (one.y, one.x)):
        if rows and line.y - rows[-1][0].y < 0.35 * STEP:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [" ".join(one.text for one in sorted(row, key=lambda one: one.x)) for row in rows]


def _stretches(lines: Sequence[Printed]) -> Iterator[list[Printed]]:
    """Runs of lines that belong to one section row, to rows of the table, or to none."""
    for _, group in groupby(lines, key=lambda one: (one.row == -1, one.row == 0, one.section)):
        yield list(group)


def dump(sheets: Sequence[Sheet], order: str) -> str:
    """The pages as text: woven line by line, cell by cell, or column by column."""
    pages = []
    for sheet in sheets:
        lines: list[str] = []
        if order == "woven":
            lines = _woven(sheet.lines)
        else:
            for stretch in _stretches(sheet.lines):
                if order == "cells":
                    stretch = sorted(stretch, key=lambda one: (one.row, one.column, one.y))
                else:
                    stretch = sorted(stretch, key=lambda one: (one.column, one.row, one.y))
                lines += [one.text for one in stretch]
        pages.append("\n".join(lines))
    return "\f".join(pages) + "\n"


def write_pdf(sheets: Sequence[Sheet], path: Path, ruled: bool = True) -> None:
    """The pages as a PDF with text and, unless told otherwise, ruled lines."""
    canvas = Canvas(str(path), invariant=1)
    for sheet in sheets:
        canvas.setPageSize((sheet.width, sheet.height))
        canvas.setLineWidth(0.6)
        for x0, y0, x1, y1 in sheet.rulings if ruled else ():
            canvas.line(x0, sheet.height - y0, x1, sheet.height - y1)
        for line in sheet.lines:
            canvas.setFont(FACES["b" if line.bold else ""], SIZE)
            canvas.drawString(line.x, sheet.height - line.y - SIZE * 0.85, line.text)
        canvas.showPage()
    canvas.save()


def write(paper: Paper, form: str, folder: Path, seed: int = 0) -> Path:
    """The paper in one form, as a file that the program can be given. What is there already is not made again."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    path = folder / form / f"{paper.name}.{'pdf' if form in ('born', 'scan', 'open') else 'txt'}"
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    sheets = set_paper(paper, running_text(paper))
    if form in ("woven", "cells", "columns"):
        path.write_text(dump(sheets, form), "utf-8")
        return path
    printed = path.with_suffix(".print.pdf")
    write_pdf(sheets, printed, form != "open")
    if form == "born":
        return printed.rename(path)
    pictures = scan(render(printed, DPI), "L1", "grey", DPI, zlib.crc32(paper.name.encode()) + seed)
    if form in ("scan", "open"):
        sample_forms.write_pdf(pictures, path, DPI, 60, bits=False)
    else:
        path.write_text("\f".join(sample_forms.misread(picture, DPI) for picture in pictures), "utf-8")
    printed.unlink()
    return path
