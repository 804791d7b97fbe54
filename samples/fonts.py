"""The typeface of official papers: Tinos, which has the metrics of Times New Roman."""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDERS = (
    Path("/usr/share/fonts/truetype/croscore"),
    Path("/usr/share/fonts/truetype/tinos"),
    Path("/Library/Fonts"),
    Path.home() / "Library/Fonts",
)
FACES = {"": "Tinos-Regular", "b": "Tinos-Bold", "i": "Tinos-Italic", "bi": "Tinos-BoldItalic"}


class MissingFontError(RuntimeError):
    """The typeface is not installed; the message says which package brings it."""


def register() -> None:
    """Makes the four faces known to reportlab. Raises MissingFontError."""
    for face in FACES.values():
        if face in pdfmetrics.getRegisteredFontNames():
            continue
        found = next((folder / f"{face}.ttf" for folder in FOLDERS if (folder / f"{face}.ttf").exists()), None)
        if found is None:
            raise MissingFontError(f"{face}.ttf is not there: install it with `apt-get install fonts-croscore`")
        pdfmetrics.registerFont(TTFont(face, str(found)))


def width(text: str, style: str, size: float) -> float:
    """Width of the text in points."""
    return float(pdfmetrics.stringWidth(text, FACES[style], size))
