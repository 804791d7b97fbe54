"""Text layers that PDFs bring along: are bad ones noticed, are good ones kept?

    python -m benchmarks.text_layers              pages of the seen half, every kind of layer
    python -m benchmarks.text_layers --unseen     pages of the half kept for reports

Bad layers: what Tesseract's English model makes of a scan, text in the fonts of old encodings (TCVN3, VNI) taken for
Latin letters, text without its marks, letters without a meaning, a layer that covers a corner of the page only.
Good layers: the page as printed, and a scan over the right text. What Tesseract's Vietnamese model makes of a scan is
judged by its words: good where as many are right as we would read ourselves, bad where fewer are, and of no account between.
A page counts as right where `pages.source` is `ocr` for a bad layer and `text_layer` for a good one.
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytesseract
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from rich.console import Console
from rich.table import Table

from benchmarks.legacy import to_tcvn3, to_vni
from benchmarks.renders import DAMAGE, Drawn, Half, drawn_pages
from pipeline.layout.lines import boxed
from pipeline.score.measures import words as counted
from pipeline.settings import ReadSettings
from pipeline.sources.pdf import PdfSource
from pipeline.sources.text_layer import LOOK_DPI, is_good, read_text_layer
from samples.damage import Picture
from samples.fonts import FACES, register
from samples.forms import jpeg, pillow

GOOD_AGREEMENT, BAD_AGREEMENT = 0.98, 0.94
"""Share of words right from which a reading is as good as ours, and up to which ours is surely better."""


class Placed(NamedTuple):
    """A word and where it stands: left, top, height in points."""

    text: str
    left: float
    top: float
    height: float


def read_words(picture: Picture, dpi: int, language: str) -> list[Placed]:
    """The words that Tesseract finds, in reading order."""
    found = pytesseract.image_to_data(
        pillow(picture, False), lang=language, config=f"--dpi {dpi}", output_type=pytesseract.Output.DICT
    )
    step = 72 / dpi
    places = zip(found["text"], found["left"], found["top"], found["height"], strict=True)
    return [Placed(word, x * step, y * step, max(6.0, h * step)) for word, x, y, h in places if word.strip()]


def stripped(text: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return bare.replace("đ", "d").replace("Đ", "D")


def scrambled(text: str) -> str:
    """What a font without a code table gives: other letters of the alphabet, the same each time."""
    return "".join(chr(0xE000 + ord(char) % 512) if char.isalpha() else char for char in text)


WRONG: dict[str, Callable[[str], str]] = {
    "TCVN3 taken for Latin": to_tcvn3,
    "VNI taken for Latin": to_vni,
    "marks stripped": stripped,
    "letters without meaning": scrambled,
}


def layered(picture: Picture | None, dpi: int, words: list[Placed], size: tuple[float, float]) -> bytes:
    """A PDF page: the picture, and the words invisibly over it; printed where there is no picture."""
    out = io.BytesIO()
    sheet = Canvas(out, pagesize=size, invariant=1)
    if picture is not None:
        sheet.drawImage(ImageReader(io.BytesIO(jpeg(picture, 60))), 0, 0, *size)
    for word in words:
        line = sheet.beginText(word.left, size[1] - word.top - 0.8 * word.height)
        line.setTextRenderMode(3 if picture is not None else 0)
        line.setFont(FACES[""], word.height)
        line.textOut(word.text + " ")
        sheet.drawText(line)
    sheet.save()
    return out.getvalue()


def agreement(words: list[Placed], gold: str) -> float:
    """Of the words of both together the share that both have (F1)."""
    ours, printed = Counter(counted(" ".join(word.text for word in words))), Counter(counted(gold))
    return 2 * (ours & printed).total() / max(1, ours.total() + printed.total())


def pages(half: Half, count: int) -> Iterator[tuple[str, bool, bytes]]:
    """(kind of layer, is it good, PDF of one page)."""
    for number, page in enumerate(drawn_pages(half, count)):
        spoiled = DAMAGE["office scan" if number % 2 else "poor 200 dpi"](page.picture, number)
        size = (spoiled.picture.shape[1] * 72 / spoiled.dpi, spoiled.picture.shape[0] * 72 / spoiled.dpi)
        right = [Placed(word.text, box.x0, box.top, box.height) for word, box in boxed(page.layer)]
        yield (
            "English model",
            False,
            layered(spoiled.picture, spoiled.dpi, read_words(spoiled.picture, spoiled.dpi, "eng"), size),
        )
        for kind, change in WRONG.items():
            wrong = [word._replace(text=change(word.text)) for word in right]
            yield f"{kind}, over a scan", False, layered(spoiled.picture, spoiled.dpi, wrong, size)
            yield f"{kind}, printed", False, layered(None, 0, wrong, size)
        corner = [word for word in right if word.top < 0.12 * size[1]]
        yield "a corner only", False, layered(spoiled.picture, spoiled.dpi, corner, size)
        for kind in ("clean", "office scan"):
            over = DAMAGE[kind](page.picture, number)
            yield f"right, over {kind}", True, layered(over.picture, over.dpi, right, size)
        for kind in ("clean", "office scan", "poor 200 dpi"):
            over = DAMAGE[kind](page.picture, number)
            found = read_words(over.picture, over.dpi, "vie")
            share = agreement(found, page.gold)
            if not BAD_AGREEMENT < share < GOOD_AGREEMENT:
                sheet = layered(over.picture, over.dpi, found, size)
                yield f"Vietnamese model, over {kind}", share >= GOOD_AGREEMENT, sheet
        yield "as printed", True, _printed(page)


def _printed(page: Drawn) -> bytes:
    """The lines of the page, printed one below the other."""
    lines = page.gold.split("\n")
    words = [Placed(line, 60.0, 40.0 + 760 * number / max(1, len(lines)), 10.0) for number, line in enumerate(lines)]
    return layered(None, 0, words, (595.0, 842.0))


def kept(data: bytes) -> bool:
    """Does the reader use the layer?"""
    with PdfSource("page.pdf", data, pixel_cap=ReadSettings().pixel_cap) as source:
        layer = read_text_layer(source, 0)
        scan = source.native_dpi(0) is not None
        look = source.raster(0, LOOK_DPI) if scan and layer.words else None
        return is_good(layer, scan, look)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--pages", type=int, default=11)
    parser.add_argument("--keep", type=Path, help="folder for the pages that were judged wrongly")
    given = parser.parse_args()
    register()
    half: Half = "unseen" if given.unseen else "seen"
    right: dict[tuple[str, bool], list[bool]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for number, (kind, good, data) in enumerate(pages(half, given.pages)):
            verdict = kept(data) == good
            right.setdefault((kind, good), []).append(verdict)
            if not verdict:
                (folder / f"{number:03d} {kind}.pdf").write_bytes(data)
    table = Table("layer", "is", "pages", "judged rightly %", title=f"text layers, {half} half")
    for (kind, good), verdicts in right.items():
        share = 100 * sum(verdicts) / len(verdicts)
        table.add_row(kind, "good" if good else "bad", str(len(verdicts)), f"{share:.1f}")
    for good, name in ((False, "all bad ones"), (True, "all good ones")):
        verdicts = [one for (_, kind), those in right.items() if kind == good for one in those]
        table.add_row(name, "", str(len(verdicts)), f"{100 * sum(verdicts) / len(verdicts):.1f}")
    Console(width=100).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
