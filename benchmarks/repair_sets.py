"""Test texts for repair: pairs of line-aligned printed and noisy text. Made at run time, never stored in the repository."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from normalizers.vietnamese import bare
from training.noise_pairs import match, tesseract_words
from training.noise_scan import damage
from training.noise_sheet import BOLD, REGULAR, Sheet

_MARKDOWN = re.compile(r"[*`✓]+")


class TextSet(NamedTuple):
    """Line i of `noisy` answers line i of `gold`."""

    name: str
    gold: str
    noisy: str


def plain_lines(text: str) -> list[str]:
    """The lines of a dump as print: marks of markdown off, NFC."""
    return [_MARKDOWN.sub("", unicodedata.normalize("NFC", line)).strip() for line in text.split("\n")]


def stripped(name: str, path: Path) -> TextSet:
    """All diacritics removed."""
    text = unicodedata.normalize("NFC", path.read_text("utf-8"))
    return TextSet(name, text, bare(text))


def clean(name: str, path: Path) -> TextSet:
    text = path.read_text("utf-8")
    return TextSet(name, text, text)


def given(name: str, noisy: Path, gold: Path) -> TextSet:
    return TextSet(name, gold.read_text("utf-8"), noisy.read_text("utf-8"))


def rendered(name: str, lines: Sequence[str], seed: int, language: str = "eng") -> TextSet:
    """The lines printed page by page (as they are, two in a hundred bold), damaged, and read by Tesseract."""
    rng = random.Random(seed)
    gold: list[str] = []
    noisy: list[str] = []
    wanted = [line for line in lines if line.split()]
    at = 0
    while at < len(wanted):
        dpi = rng.choice((150, 200, 200, 300))
        sheet = Sheet(rng, dpi)
        sheet.size = 11.5
        placed: list[str] = []
        while at < len(wanted) and not sheet.full:
            for row in sheet.wrap(wanted[at], REGULAR, sheet.size, sheet.right - sheet.left):
                sheet.row(
                    row,
                    BOLD if rng.random() < 0.02 or wanted[at].isupper() else REGULAR,
                    sheet.size,
                    sheet.left,
                    sheet.y,
                )
                sheet.y += sheet.step(sheet.size)
                placed.append(" ".join(row))
            at += 1
        scan, turn = damage(rng, np.asarray(sheet.image), dpi)
        groups = match(sheet.words, tesseract_words(scan, dpi, language), turn)
        for line, words in zip(placed, groups, strict=True):
            read = [got for _, got in words if got]
            if len(read) > 0.6 * len(line.split()):  # what was not read at all says nothing of repair
                gold.append(line)
                noisy.append(" ".join(read))
    return TextSet(name, "\n".join(gold), "\n".join(noisy))
