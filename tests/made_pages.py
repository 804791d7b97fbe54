"""Pages of our own for tests of reading: PDFs by reportlab, pictures by PDFium, damage by numpy."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from pipeline.sources.images import Pixels
from samples import fonts

LEFT_HEAD = ("ỦY BAN NHÂN DÂN", "XÃ HÒA BÌNH", "Số: 45/QĐ-UBND")
RIGHT_HEAD = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Hòa Bình, ngày 12 tháng 8 năm 2025",
)
TITLE = ("QUYẾT ĐỊNH", "Về việc thành lập Tổ công tác chuyển đổi số của xã")
BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 17/TTr-VHXH ngày",
    "08 tháng 8 năm 2025 về việc kiện toàn nhân sự và phân công nhiệm vụ các thành viên.",
    "Điều 1. Thành lập Tổ công tác chuyển đổi số của xã gồm các ông, bà có tên trong danh",
    "sách kèm theo. Tổ công tác có nhiệm vụ hướng dẫn người dân sử dụng dịch vụ công.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký ban hành.",
)
RECIPIENTS = ("Nơi nhận:", "- Như Điều 1;", "- Thường trực Đảng ủy;", "- Các thôn, tổ dân phố;", "- Lưu: VT.")
SIGNATURE = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "", "Nguyễn Thị Mai Hương")


def draw_decision(sheet: canvas.Canvas) -> None:
    """One page with letterhead, title, body, recipients and signature."""
    fonts.register()
    _column(sheet, LEFT_HEAD, 150, 780, "Tinos-Bold", 12)
    _column(sheet, RIGHT_HEAD, 405, 780, "Tinos-Bold", 12)
    _column(sheet, TITLE, 297, 690, "Tinos-Bold", 14)
    sheet.setFont("Tinos-Regular", 13)
    for number, line in enumerate(BODY):
        sheet.drawString(75, 630 - 22 * number, line)
    sheet.setFont("Tinos-Regular", 11)
    for number, line in enumerate(RECIPIENTS):
        sheet.drawString(75, 450 - 15 * number, line)
    _column(sheet, SIGNATURE, 430, 452, "Tinos-Bold", 13)


def _column(sheet: canvas.Canvas, lines: tuple[str, ...], x: float, y: float, font: str, size: float) -> None:
    sheet.setFont(font, size)
    for number, line in enumerate(lines):
        sheet.drawCentredString(x, y - 1.4 * size * number, line)


def decision_pdf(rotation: int = 0, encrypt: str | None = None, pages: int = 1) -> bytes:
    """The decision as a born-digital PDF."""
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=A4, encrypt=encrypt, invariant=1)
    for _ in range(pages):
        draw_decision(sheet)
        sheet.showPage()
    sheet.save()
    return turned(out.getvalue(), rotation) if rotation else out.getvalue()


def turned(data: bytes, rotation: int) -> bytes:
    """The same PDF, its pages shown turned clockwise by so many degrees."""
    out = io.BytesIO()
    with pdfium.PdfDocument(data) as document:
        for page in document:
            page.set_rotation(rotation)
        document.save(out)
    return out.getvalue()


def picture(data: bytes, dpi: float = 200, page: int = 0) -> Pixels:
    """A page of a PDF as grey pixels."""
    with pdfium.PdfDocument(data) as document:
        found = document[page].render(scale=dpi / 72, grayscale=True).to_numpy()
        return np.array(found if found.ndim == 2 else found[:, :, 0], dtype=np.uint8)


def scan_pdf(pixels: Pixels, hidden: str | None = None, stamp: str | None = None) -> bytes:
    """A PDF whose page is a picture; hidden: lines of an invisible text layer; stamp: one visible line of text."""
    fonts.register()
    out = io.BytesIO()
    height, width = pixels.shape[:2]
    size = A4 if height >= width else (A4[1], A4[0])
    sheet = canvas.Canvas(out, pagesize=size, invariant=1)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "PNG")
    from reportlab.lib.utils import ImageReader

    file.seek(0)
    sheet.drawImage(ImageReader(file), 0, 0, *size)
    if hidden is not None:
        text = sheet.beginText(75, 780)
        text.setFont("Tinos-Regular", 13)
        text.setTextRenderMode(3)
        text.setLeading(22)
        for line in hidden.split("\n"):
            text.textLine(line)
        sheet.drawText(text)
    if stamp is not None:
        sheet.setFont("Tinos-Regular", 7)
        sheet.drawString(400, 830, stamp)
    sheet.save()
    return out.getvalue()


def png(pixels: Pixels, dpi: float | None = None) -> bytes:
    """A PNG file."""
    out = io.BytesIO()
    image = Image.fromarray(pixels)
    image.save(out, "PNG", **({"dpi": (dpi, dpi)} if dpi else {}))
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
