"""Typefaces in which Vietnamese papers are set, for renders: whichever of them this machine has."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont as FontFile
from fontTools.ttLib import newTable
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from samples.fonts import FACES

ROOTS = (
    Path("/usr/share/fonts"),
    Path("/usr/share/texmf/fonts"),
    Path("/Library/Fonts"),
    Path.home() / "Library/Fonts",
)
TYPEFACES: dict[str, tuple[str, ...]] = {
    "Tinos": ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf"),
    "FreeSerif": ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf"),
    "Liberation": tuple(f"LiberationSerif-{style}.ttf" for style in ("Regular", "Bold", "Italic", "BoldItalic")),
    "Termes": tuple(f"texgyretermes-{style}.otf" for style in ("regular", "bold", "italic", "bolditalic")),
}
"""Regular, bold, italic, bold italic. Packages of Debian: fonts-croscore, fonts-freefont-ttf, fonts-liberation, fonts-texgyre."""
LETTERS = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĐỘƯ"
STYLES = ("", "b", "i", "bi")


@cache
def files_of(name: str) -> tuple[Path, ...] | None:
    """The four files of a typeface; None where one is not installed or lacks letters (Liberation 1 knows no Vietnamese)."""
    found = []
    for file in TYPEFACES[name]:
        path = next((path for root in ROOTS if root.is_dir() for path in root.rglob(file)), None)
        if path is None or not set(map(ord, LETTERS)) <= set(FontFile(path).getBestCmap()):
            return None
        found.append(path)
    return tuple(found)


@contextmanager
def set_in(name: str) -> Iterator[None]:
    """The generator of the samples prints in this typeface. Raises LookupError where it is not installed."""
    files = files_of(name)
    if files is None:
        raise LookupError(f"the typeface {name} is not installed")
    before = dict(FACES)
    for style, path in zip(STYLES, files, strict=True):
        face = f"{name}{style}"
        if face not in pdfmetrics.getRegisteredFontNames():
            with tempfile.TemporaryDirectory() as folder:
                pdfmetrics.registerFont(TTFont(face, str(_truetype(path, Path(folder)))))
        FACES[style] = face
    try:
        yield
    finally:
        FACES.update(before)


def _truetype(path: Path, folder: Path) -> Path:
    """The font with quadratic outlines, the only ones that reportlab takes."""
    font = FontFile(path)
    if "glyf" in font:
        return path
    glyphs = font.getGlyphSet()
    drawn = {}
    for glyph in font.getGlyphOrder():
        pen = TTGlyphPen(None)
        glyphs[glyph].draw(Cu2QuPen(pen, max_err=1.0, reverse_direction=True))
        drawn[glyph] = pen.glyph()
    font["loca"], font["glyf"] = newTable("loca"), newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = font.getGlyphOrder(), drawn
    font["maxp"].tableVersion = 0x00010000
    for limit in (
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ):
        setattr(font["maxp"], limit, 1 if limit == "maxZones" else 0)
    font["post"].formatType, font["post"].extraNames, font["post"].mapping = 2.0, [], {}
    font.sfntVersion = "\000\001\000\000"
    for table in ("CFF ", "VORG", "GSUB", "GPOS", "DSIG"):
        if table in font:
            del font[table]
    made = folder / f"{path.stem}.ttf"
    font.save(made)
    return made
