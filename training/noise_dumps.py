"""Whole papers as noisy dumps: the sample documents printed, damaged, and read by a Tesseract of the wrong language.

Unlike the drawn pages of noise_pages, these have letterheads, columns and ruled tables, whose lines and debris a dump weaves
together. `training.debris` learns from them, `benchmarks.repair` measures on others of them. Nothing of it is stored.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
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
    _, png = cv2.imencode(".png", scan, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", language, "--dpi", str(dpi), "tsv"],
        input=png.tobytes(), capture_output=True, check=True,
    )  # fmt: skip
    back = cv2.invertAffineTransform(turn)
    found: list[_Place] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in csv.DictReader(io.StringIO(done.stdout.decode()), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = row["text"] and unicodedata.normalize("NFC", row["text"].strip())
        if row["level"] != "5" or not text:
            continue
        left, top, width, height = (float(row[side]) for side in ("left", "top", "width", "height"))
        x, y = back @ np.array([left + width / 2, top + height / 2, 1.0])
        line = lines.setdefault((row["block_num"], row["par_num"], row["line_num"]), len(lines))
        found.append(_Place(text, x, y, width / 2, height / 2, line))
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
