"""Draws what was found on a page: `python -m scripts.picture FILE.duckdb NAME OUT.png [--page N]`.

NAME is a part of the document's path. Left the page as it stands in the file, with a coloured frame around every value of
`document` and every legal basis found on it; right the values. Only what the database holds is drawn.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path
from typing import NamedTuple

import duckdb
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from samples.fonts import FOLDERS

DPI = 110
PANEL = 720
MARGIN = 36
COLOURS = ("#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#ff7f0e", "#17becf", "#8c564b", "#e377c2", "#bcbd22")
BASIS = "#777777"


class Mark(NamedTuple):
    """A value and where it stands (None: not on this page)."""

    name: str
    value: str
    box: tuple[float, float, float, float] | None
    colour: str


def font(face: str, size: int) -> ImageFont.FreeTypeFont:
    path = next((folder / f"Tinos-{face}.ttf" for folder in FOLDERS if (folder / f"Tinos-{face}.ttf").exists()), None)
    if path is None:
        raise SystemExit("the Tinos fonts are not there: install them with `apt-get install fonts-croscore`")
    return ImageFont.truetype(str(path), size)


def marks(db: duckdb.DuckDBPyConnection, doc_id: str, page: int) -> list[Mark]:
    """The document's values in the order of the record, then its legal bases."""
    cursor = db.execute("select * from documents where doc_id = ?", [doc_id])
    names = [column[0] for column in cursor.description]
    row = dict(zip(names, cursor.fetchone() or (), strict=True))
    proofs = db.execute("select path, box from evidence where doc_id = ? and page = ? order by seq", [doc_id, page])
    boxes = {path: tuple(box) for path, box in proofs.fetchall() if box}
    fields = names[names.index("doc_type") : names.index("confidence")]
    found = [
        Mark(name, str(row[name]), boxes.get(f"document.{name}"), COLOURS[number % len(COLOURS)])
        for number, name in enumerate(name for name in fields if row[name] is not None)
    ]
    bases = db.execute("select seq, text, code, date from legal_bases where doc_id = ? order by seq", [doc_id])
    for number, (_, text, code, date) in enumerate(bases.fetchall()):
        said = ", ".join(str(part) for part in (code, date) if part) or text
        found.append(Mark(f"legal_bases[{number}]", said, boxes.get(f"legal_bases[{number}].text"), BASIS))
    return found


def page_image(path: Path, page: int) -> tuple[Image.Image, float]:
    """The page in colour, and pixels per point."""
    if path.suffix.lower() != ".pdf":
        raise SystemExit(f"{path} is no PDF: a picture is drawn of PDF pages only")
    with pdfium.PdfDocument(path) as document:
        image: Image.Image = document[page - 1].render(scale=DPI / 72).to_pil().convert("RGB")
    return image, DPI / 72


def draw(image: Image.Image, scale: float, found: list[Mark]) -> Image.Image:
    canvas = Image.new("RGB", (image.width + PANEL, image.height), "white")
    canvas.paste(image, (0, 0))
    tint = Image.new("RGBA", canvas.size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(tint)
    for mark in found:
        if mark.box:
            x0, top, x1, bottom = (value * scale for value in mark.box)
            pen.rectangle((x0 - 3, top - 3, x1 + 3, bottom + 3), fill=mark.colour + "38", outline=mark.colour, width=2)
    canvas = Image.alpha_composite(canvas.convert("RGBA"), tint).convert("RGB")
    write = ImageDraw.Draw(canvas)
    name_font, value_font = font("Italic", 19), font("Regular", 22)
    left, top = image.width + MARGIN, float(MARGIN)
    write.line((image.width, 0, image.width, image.height), fill="#cccccc")
    for mark in found:
        write.rectangle((left, top + 5, left + 12, top + 17), fill=mark.colour)
        write.text((left + 22, top), mark.name, font=name_font, fill="#666666")
        for line in textwrap.wrap(mark.value, 62)[:2]:
            top += 25
            write.text((left + 22, top), line, font=value_font, fill="black")
        top += 36
        if top > image.height - 40:
            break
    return canvas


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("database", type=Path)
    parser.add_argument("name", help="a part of the document's path")
    parser.add_argument("out", type=Path)
    parser.add_argument("--page", type=int, default=1)
    given = parser.parse_args()
    with duckdb.connect(str(given.database), read_only=True) as db:
        documents = db.execute(
            "select doc_id, source_path from documents where contains(source_path, ?) order by 2", [given.name]
        ).fetchall()
        if len(documents) != 1:
            print(f"{len(documents)} documents have {given.name!r} in their path; name one", file=sys.stderr)
            return 2
        doc_id, source = documents[0]
        found = marks(db, doc_id, given.page)
    image, scale = page_image(Path(source), given.page)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    draw(image, scale, found).quantize(200, dither=Image.Dither.NONE).save(given.out, optimize=True)
    print(
        f"{given.out}: {sum(mark.box is not None for mark in found)} of {len(found)} values framed on page {given.page}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
