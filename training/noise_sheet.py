"""A sheet of paper being written on: a pen that moves down, and the words set so far with their boxes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

_CROS = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"
_FREE = "/usr/share/fonts/truetype/freefont/FreeSerif{}.ttf"
_GYRE = "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-{}.otf"
# regular, bold, italic, bold italic. All three look like Times New Roman, which Decree 30/2020 prescribes.
FAMILIES = (
    tuple(_CROS.format(s) for s in ("Regular", "Bold", "Italic", "BoldItalic")),
    tuple(_FREE.format(s) for s in ("", "Bold", "Italic", "BoldItalic")),
    tuple(_GYRE.format(s) for s in ("regular", "bold", "italic", "bolditalic")),
)
REGULAR, BOLD, ITALIC, BOLD_ITALIC = range(4)


class Printed(NamedTuple):
    """A word on the drawn page, its box in pixels, and the printed line it stands on."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: int


@lru_cache(maxsize=256)
def _font(path: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels)


class Sheet:
    """A page being drawn: a pen that moves down, and the words set so far."""

    def __init__(self, rng: random.Random, dpi: int) -> None:
        self.rng, self.dpi = rng, dpi
        self.width, self.height = int(8.27 * dpi), int(11.69 * dpi)
        self.image = Image.new("L", (self.width, self.height), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.family = rng.choices(FAMILIES, (6, 2, 2))[0]
        self.size = rng.choice((11.0, 12.0, 13.0, 13.0, 13.5, 14.0))
        self.leading = rng.uniform(1.15, 1.5)
        self.left, self.right = 1.2 * dpi, self.width - 0.7 * dpi
        self.y = 0.8 * dpi
        self.words: list[Printed] = []
        self.lines = 0

    @property
    def full(self) -> bool:
        return self.y > self.height - 1.0 * self.dpi

    def row(self, words: Sequence[str], style: int, size: float, x: float, y: float, gap: float | None = None) -> float:
        """Set one line of words from x on; gives the right end."""
        font = _font(self.family[style], max(6, round(size * self.dpi / 72)))
        space = font.getlength(" ") if gap is None else gap
        ascent, descent = font.getmetrics()
        for word in words:
            width = font.getlength(word)
            self.draw.text((x, y), word, font=font, fill=0)
            self.words.append(Printed(word, x, y + 0.1 * ascent, x + width, y + ascent + descent, self.lines))
            x += width + space
        self.lines += 1
        return x - space

    def wrap(self, text: str, style: int, size: float, width: float) -> list[list[str]]:
        font = _font(self.family[style], max(6, round(size * self.dpi / 72)))
        space = font.getlength(" ")
        rows: list[list[str]] = [[]]
        used = 0.0
        for word in text.split():
            length = font.getlength(word)
            if rows[-1] and used + length > width:
                rows.append([])
                used = 0.0
            rows[-1].append(word)
            used += length + space
        return [row for row in rows if row]

    def step(self, size: float) -> float:
        return size * self.dpi / 72 * self.leading

    def paragraph(
        self,
        text: str,
        style: int = REGULAR,
        *,
        centred: bool = False,
        x0: float | None = None,
        x1: float | None = None,
        size: float | None = None,
        indent: bool = True,
    ) -> None:
        """Flow a text between x0 and x1, justified like the papers, from the pen down."""
        size = size or self.size
        x0, x1 = self.left if x0 is None else x0, self.right if x1 is None else x1
        font = _font(self.family[style], max(6, round(size * self.dpi / 72)))
        rows = self.wrap(text, style, size, x1 - x0 - (0.4 * self.dpi if indent and not centred else 0))
        for index, row in enumerate(rows):
            if self.full:
                return
            lengths = sum(font.getlength(word) for word in row)
            natural = lengths + font.getlength(" ") * (len(row) - 1)
            start = x0 + (0.4 * self.dpi if indent and index == 0 else 0)
            gap = None
            if centred:
                start = (x0 + x1 - natural) / 2
            elif index + 1 < len(rows) and len(row) > 3:
                gap = min((x1 - start - lengths) / (len(row) - 1), 3 * font.getlength(" "))
            self.row(row, style, size, start, self.y, gap)
            self.y += self.step(size)
        self.y += self.rng.uniform(0, 0.4) * self.step(size)
