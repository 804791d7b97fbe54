"""The forms in which a sample reaches the reader: PDF of pictures, picture files, text dumps, signed PDF."""

from __future__ import annotations

import io
import re
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytesseract
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from samples.damage import Picture

OTHER_LANGUAGE = "eng"


def pillow(picture: Picture, bits: bool) -> Image.Image:
    """The picture for Pillow, one bit a pixel where asked."""
    if picture.ndim == 3:
        return Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
    image = Image.fromarray(picture)
    return image.convert("1", dither=Image.Dither.NONE) if bits else image


def turned(pictures: list[Picture], turns: dict[str, int]) -> list[Picture]:
    """Pages turned clockwise by the degrees given for their numbers (from 1)."""
    return [
        np.ascontiguousarray(np.rot90(picture, -turns.get(str(number), 0) // 90))
        for number, picture in enumerate(pictures, 1)
    ]


def jpeg(picture: Picture, quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise RuntimeError("OpenCV could not write the JPEG")
    return bytes(data.tobytes())


def write_pdf(pictures: list[Picture], path: Path, dpi: int, quality: int, bits: bool) -> None:
    """A PDF of one picture a page, JPEG or one bit a pixel."""
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    for picture in pictures:
        high, wide = (side * 72 / dpi for side in picture.shape[:2])
        canvas.setPageSize((wide, high))
        if bits:
            source: ImageReader = ImageReader(pillow(picture, True))
        else:
            source = ImageReader(io.BytesIO(jpeg(picture, quality)))
        canvas.drawImage(source, 0, 0, wide, high)
        canvas.showPage()
    canvas.save()


def write_mixed(pictures: list[Picture], printed: Path, scanned: list[int], path: Path, dpi: int, quality: int) -> None:
    """A PDF whose pages named in `scanned` (from 1) are pictures, the others the printed ones with their text."""
    wanted = [picture for number, picture in enumerate(pictures, 1) if number in scanned]
    pictured = path.with_suffix(".scanned.pdf")
    write_pdf(wanted, pictured, dpi, quality, bits=False)
    made = pdfium.PdfDocument.new()
    try:
        for number in range(1, len(pictures) + 1):
            source = pdfium.PdfDocument(pictured if number in scanned else printed)
            made.import_pages(source, [scanned.index(number) if number in scanned else number - 1])
            source.close()
        held = io.BytesIO()
        made.save(held)
        path.write_bytes(_without_clock(held.getvalue()))
    finally:
        made.close()
        pictured.unlink()


def _without_clock(data: bytes) -> bytes:
    """PDFium writes the time of day and a random identifier; others of the same length take their place."""
    data = re.sub(rb"\(D:\d{14}", b"(D:20250101000000", data)
    return re.sub(
        rb"/ID\s*\[\s*<[0-9A-Fa-f]+>\s*<[0-9A-Fa-f]+>",
        lambda m: re.sub(rb"[0-9A-Fa-f]{16,}", lambda h: b"0" * len(h[0]), m[0]),
        data,
    )


def write_tiff(pictures: list[Picture], path: Path, dpi: int, bits: bool) -> None:
    first, *rest = [pillow(picture, bits) for picture in pictures]
    compression = "group4" if bits else "jpeg"
    first.save(path, save_all=True, append_images=rest, compression=compression, dpi=(dpi, dpi))


def write_picture(picture: Picture, path: Path, dpi: int, quality: int, bits: bool) -> None:
    """One PNG or JPEG, by the name's ending, with its resolution."""
    if path.suffix == ".png":
        coarse = picture if bits else np.asarray(picture & 0xF0 | 0x08, dtype=np.uint8)  # noise does not pack well
        pillow(coarse, bits).save(path, dpi=(dpi, dpi), optimize=True)
    else:
        pillow(picture, bits).save(path, dpi=(dpi, dpi), quality=quality)


def misread(picture: Picture, dpi: int) -> str:
    """The page as Tesseract reads it in the wrong language: the noise of real archives."""
    config = f"--psm 3 --dpi {dpi}"
    return str(pytesseract.image_to_string(pillow(picture, False), lang=OTHER_LANGUAGE, config=config))


def misread_layer(pictures: list[Picture], path: Path, dpi: int, quality: int) -> None:
    """A PDF of pictures under an invisible text layer made in the wrong language, word by word at its place."""
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    for picture in pictures:
        high, wide = (side * 72 / dpi for side in picture.shape[:2])
        canvas.setPageSize((wide, high))
        canvas.drawImage(ImageReader(io.BytesIO(jpeg(picture, quality))), 0, 0, wide, high)
        words = pytesseract.image_to_data(
            pillow(picture, False), lang=OTHER_LANGUAGE, config=f"--dpi {dpi}", output_type=pytesseract.Output.DICT
        )
        for index, word in enumerate(words["text"]):
            if not word.strip():
                continue
            size = max(4.0, words["height"][index] * 72 / dpi)
            line = canvas.beginText()
            line.setTextRenderMode(3)
            line.setFont("Times-Roman", size)
            line.setTextOrigin(words["left"][index] * 72 / dpi, high - (words["top"][index]) * 72 / dpi - size)
            line.textOut(word + " ")
            canvas.drawText(line)
        canvas.showPage()
    canvas.save()
