"""Whole papers as noisy dumps: the sample documents printed, damaged, and read by a Tesseract of the wrong language.

Unlike the drawn pages of noise_pages, these have letterheads, columns and ruled tables, whose lines and debris a dump weaves
together. `training.debris` learns from them, `benchmarks.repair` measures on others of them. Nothing of it is stored.
"""

from __future__ import annotations

import random
import tempfile
import unicodedata
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pdfplumber

from samples.content import Content
from samples.damage import render
from samples.layout import print_document
from training.noise_pairs import tesseract_words
from training.noise_scan import damage

_DPI = (150, 200, 200, 300)


class _Place(NamedTuple):
    """A word of a page in pixels of the page as drawn; line: number of the line it was read on, -1 for print."""

    text: str
    x: float
    y: float
    half_width: float
    half_height: float
    line: int


def dumped(content: Content, seed: int, language: str = "eng") -> list[tuple[str, str]]:
    """(print, reading) of every line that was read, page by page; the print is what stands where the line was read."""
    rng = random.Random(seed ^ zlib.crc32(content.name.encode()))
    lines: list[tuple[str, str]] = []
    with tempfile.TemporaryDirectory() as scratch:
        printed = Path(scratch) / "print.pdf"
        print_document(content, printed, with_ink=False, seed=seed)
        dpi = rng.choice(_DPI)
        with pdfplumber.open(printed) as pages:
            for page, drawn in zip(pages.pages, render(printed, dpi), strict=True):
                grey = drawn if drawn.ndim == 2 else cv2.cvtColor(drawn, cv2.COLOR_BGR2GRAY)
                scan, turn = damage(rng, np.asarray(grey, dtype=np.uint8), dpi)
                words = _printed(page.extract_words(keep_blank_chars=False), dpi / 72)
                lines += _paired(words, _read(scan, turn, dpi, language))
    return lines


def _printed(words: Sequence[dict[str, object]], scale: float) -> list[_Place]:
    found = []
    for word in words:
        x0, x1, top, bottom = (float(str(word[side])) * scale for side in ("x0", "x1", "top", "bottom"))
        text = unicodedata.normalize("NFC", str(word["text"]))
        found.append(_Place(text, (x0 + x1) / 2, (top + bottom) / 2, (x1 - x0) / 2, (bottom - top) / 2, -1))
    return found


def _read(scan: np.ndarray, turn: np.ndarray, dpi: int, language: str) -> list[_Place]:
    """What Tesseract reads, in its order, with the lines that it sees."""
    back = cv2.invertAffineTransform(turn)
    found = []
    for word in tesseract_words(scan, dpi, language):
        half_width, half_height = (word.x1 - word.x0) / 2, (word.y1 - word.y0) / 2
        x, y = back @ np.array([word.x0 + half_width, word.y0 + half_height, 1.0])
        found.append(_Place(word.text, x, y, half_width, half_height, word.line))
    return found


def _paired(printed: Sequence[_Place], read: Sequence[_Place]) -> list[tuple[str, str]]:
    """(print, reading) of every line that was read; printed words go to the line of the nearest word read beside them."""
    if not read:
        return []
    count = read[-1].line + 1
    want: list[list[_Place]] = [[] for _ in range(count)]
    for word in printed:
        beside = [seen for seen in read if abs(seen.y - word.y) < max(min(word.half_height, seen.half_height), 3)]
        if beside:
            nearest = min(beside, key=lambda seen: max(0.0, abs(seen.x - word.x) - seen.half_width - word.half_width))
            want[nearest.line].append(word)
    return [
        (
            " ".join(word.text for word in sorted(want[line], key=lambda word: word.x)),
            " ".join(seen.text for seen in read if seen.line == line),
        )
        for line in range(count)
    ]
