"""The text that a PDF brings along: its words and boxes, and whether it is to be trusted, page by page."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from pdfplumber.page import Page as PlumberPage

from pipeline.layout.lines import boxed
from pipeline.picture.frame import Frame
from pipeline.sources.images import Raster
from pipeline.sources.pdf import PARSER_ERRORS, PdfSource
from pipeline.sources.text_quality import layer_quality
from schemas.page import Box, Line, Ruling, Word

GOOD = 0.6  # quality from which a text layer is used on a page that is no scan
GOOD_OVER_SCAN = 0.98  # and over a scan: what a recogniser left there is mostly worse than what we read (0.86 to 0.98)
FEW = 3  # words of a good layer over a scan that may read as none, however few words it has
COVERED_INK = 0.7  # share of a scan's dark points that the words of its text layer must cover
SHORTEST_RULING = 18.0  # points
LOOK_DPI = 75.0
TALLEST_INK, LEAST_INK = 0.35, 3  # inches and points of the picture: joined ink that is taller or smaller is no print


class TextLayer(NamedTuple):
    """What the file says of one page, in points of the page turned so that its text stands upright.

    words: the page's own text. overlay: words that annotations print, one tuple a widget, with the widget's box.
    rulings: straight lines. quality: 0..1 of the own text, 0.0 where there is none.
    to_page: from these points to those of the page as it stands in the file.
    """

    words: tuple[Word, ...]
    overlay: tuple[tuple[Box, tuple[Line, ...]], ...]
    rulings: tuple[Ruling, ...]
    quality: float
    to_page: Frame = Frame()

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def read_text_layer(source: PdfSource, index: int) -> TextLayer:
    """Words, boxes and rulings of page `index` (from 0). Empty where the file's text cannot be parsed."""
    geometry = source.text_geometry(index)
    page = source.plumber_page(index)
    if page is None:
        return TextLayer((), (), (), 0.0, geometry.to_page)
    shift = Frame.shift(-geometry.left, -geometry.top)
    width, height = geometry.shown
    try:
        words = [shift.word(word) for word in _words(page)]
        rulings = tuple(_rulings(page, shift))
    except PARSER_ERRORS:
        return TextLayer((), (), (), 0.0, geometry.to_page)
    finally:
        page.close()  # gives the memory of its characters back
    words = [word for word in words if word.box is not None and _inside(word.box, Box(-1, -1, width + 1, height + 1))]
    meaningless = [word.raw for word in words if not word.text]  # letters of a font without a code table
    words = [word for word in words if word.text]
    shown = geometry.to_page.inverse()
    widgets = [shown.box(box) for box in source.widgets(index)]
    overlay: dict[int, list[Word]] = {}
    own: list[Word] = []
    for word, box in boxed(words):
        at = next((number for number, area in enumerate(widgets) if _inside(box, area)), None)
        if at is None or source.prints_text_at(index, geometry.to_page.box(box)):
            own.append(word)
        else:
            overlay.setdefault(at, []).append(word)
    quality = layer_quality(" ".join([*(word.text for word in own), *meaningless]))
    groups = tuple((widgets[at], tuple(_rows(found))) for at, found in sorted(overlay.items()))
    return TextLayer(tuple(own), groups, rulings, quality, geometry.to_page)


def _words(page: PlumberPage) -> list[Word]:
    found = page.extract_words(x_tolerance_ratio=0.18, y_tolerance=3, keep_blank_chars=False)
    words = []
    for item in found:
        raw = str(item["text"])
        text = unicodedata.normalize("NFC", "".join(char for char in raw if char.isprintable()))
        if text or raw.strip():
            box = Box(float(item["x0"]), float(item["top"]), float(item["x1"]), float(item["bottom"]))
            words.append(Word(text, raw, box))
    return _without_doubles(words)


def _without_doubles(words: list[Word]) -> list[Word]:
    """Bold type made by printing twice a hair apart gives every word twice."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for word, box in boxed(words):
        x, y = round(box.x0), round(box.top)
        if not any((word.text, x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
            seen.add((word.text, x, y))
            kept.append(word)
    return kept


def _rows(words: list[Word]) -> list[Line]:
    """The words of a small area as lines, top to bottom. Figures set one by one become one word."""
    lines: list[list[tuple[Word, Box]]] = []
    for word, box in sorted(boxed(words), key=lambda item: item[1].top + item[1].bottom):
        last = lines[-1][-1][1] if lines else None
        if last is not None and last.top < (box.top + box.bottom) / 2 < last.bottom:
            lines[-1].append((word, box))
        else:
            lines.append([(word, box)])
    return [Line(tuple(_figures_joined(sorted(line, key=lambda item: item[1].x0)))) for line in lines]


def _figures_joined(line: list[tuple[Word, Box]]) -> list[Word]:
    out: list[Word] = []
    for word, box in line:
        last = out[-1] if out else None
        near = last is not None and last.box is not None and box.x0 - last.box.x1 < 0.15 * box.height
        if last is not None and last.box is not None and near and last.text.isdigit() and word.text.isdigit():
            out[-1] = Word(last.text + word.text, last.raw + word.raw, last.box.union(box))
        else:
            out.append(word)
    return out


def _rulings(page: PlumberPage, shift: Frame) -> list[Ruling]:
    found = []
    for edge in page.edges:
        box = Box(float(edge["x0"]), float(edge["top"]), float(edge["x1"]), float(edge["bottom"]))
        horizontal = edge["orientation"] == "h"
        if (box.width if horizontal else box.height) >= SHORTEST_RULING:
            found.append(Ruling(shift.box(box), horizontal))
    return sorted(set(found))


def _inside(box: Box, area: Box) -> bool:
    """Does the middle of the box lie in the area?"""
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def is_good(layer: TextLayer, scanned: bool, look: Raster | None) -> bool:
    """Is the text layer to be used?

    scanned: one picture fills the page. look: a small rendering of it, needed where it is scanned; the words of a good
    layer then cover most of its ink (a signing mark or a page number alone does not).
    """
    if not layer.words:
        return False
    if not scanned:
        return layer.quality >= GOOD
    quality = layer.quality + FEW / len(layer.words)
    return quality >= GOOD_OVER_SCAN and look is not None and covered_ink(layer, look) >= COVERED_INK


def _letters(dark: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The ink of print: specks, and signatures, seals and frames left out."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    high, area = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    letter = (high <= TALLEST_INK * LOOK_DPI) & (area >= LEAST_INK)
    letter[0] = False
    return np.asarray(letter[labels], np.bool_) if count > 1 else dark


def covered_ink(layer: TextLayer, look: Raster) -> float:
    """Share of the dark points of a page's print that lie inside the boxes of the layer's words; 1.0 on a blank page."""
    grey = look.pixels if look.pixels.ndim == 2 else np.asarray(cv2.cvtColor(look.pixels, cv2.COLOR_RGB2GRAY))
    dark = _letters(grey < min(150.0, float(np.median(grey)) * 0.7))
    if dark.sum() < 0.0005 * dark.size:
        return 1.0
    to_pixels = layer.to_page.then(look.to_page.inverse())
    under = np.zeros(grey.shape, dtype=np.bool_)
    for _, box in boxed(layer.words):
        x0, top, x1, bottom = (round(value) for value in to_pixels.box(box))
        under[max(0, top - 2) : bottom + 2, max(0, x0 - 2) : x1 + 2] = True
    return float((dark & under).sum() / dark.sum())
