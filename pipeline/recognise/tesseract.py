"""Recognisers behind one small interface: a picture in; lines of words with boxes, confidences and candidates out."""

from __future__ import annotations

import hashlib
import os
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
import pytesseract

from pipeline.errors import ComponentMissing, ReadError
from pipeline.layout.lines import boxed
from pipeline.sources.images import Pixels
from schemas.page import Box, Line, Word

LANGUAGE = "vie"
_NONSENSE = (KeyError, IndexError, ValueError, TypeError)  # what comes of a table that is none
BLOCK_MODE = 6  # Tesseract's "one uniform block of text"
INSTALL = "sudo apt-get install -y tesseract-ocr tesseract-ocr-vie   (macOS: brew install tesseract tesseract-lang)"


class Engine(Protocol):
    """A recogniser. Boxes are pixels of the picture; a word's text and raw are the same, its confidence is 0..1."""

    @property
    def name(self) -> str: ...

    def fingerprint(self) -> str:
        """Changes whenever the engine or its data would read differently."""
        ...

    def read(self, pixels: Pixels, dpi: float, time_limit: float) -> tuple[Line, ...]:
        """Lines of a grey, upright picture, in the engine's own order. Raises ReadError (timeout), ComponentMissing."""
        ...

    def read_lines(self, crops: Sequence[Pixels], dpi: float, time_limit: float) -> list[tuple[Word, ...]]:
        """Pictures of one line each; the words of each, boxes in pixels of its picture."""
        ...


class Tesseract:
    """Tesseract with its Vietnamese model through pytesseract, one thread, killed at the time limit.

    Never another language: what the English model makes of Vietnamese print is the noise that we repair elsewhere.
    """

    name = "tesseract"

    def __init__(self, data_dir: Path | None = None, page_mode: int = 3) -> None:
        os.environ["OMP_THREAD_LIMIT"] = "1"  # several threads a page took a run from 17 s to 520 s
        self._data_dir = data_dir
        self._page_mode = page_mode
        self._version, self._data_hash = _installed(str(data_dir) if data_dir else "")

    def fingerprint(self) -> str:
        return f"tesseract {self._version} {LANGUAGE} {self._data_hash} psm {self._page_mode}"

    def read(self, pixels: Pixels, dpi: float, time_limit: float) -> tuple[Line, ...]:
        return self._run(pixels, self._page_mode, dpi, time_limit)

    def read_lines(self, crops: Sequence[Pixels], dpi: float, time_limit: float) -> list[tuple[Word, ...]]:
        if not crops:
            return []
        # one sheet for all: starting Tesseract costs more than reading a line
        margin = round(dpi / 8)
        width = max(crop.shape[1] for crop in crops) + 2 * margin
        sheet = np.full((sum(crop.shape[0] + margin for crop in crops) + margin, width), 255, np.uint8)
        tops = []
        top = margin
        for crop in crops:
            height, wide = crop.shape
            sheet[top : top + height, margin : margin + wide] = crop
            tops.append(top)
            top += height + margin
        found: list[list[Word]] = [[] for _ in crops]
        for line in self._run(sheet, BLOCK_MODE, dpi, time_limit):
            for word, box in boxed(line.words):
                at = max(0, bisect_right(tops, (box.top + box.bottom) / 2) - 1)
                moved = Box(box.x0 - margin, box.top - tops[at], box.x1 - margin, box.bottom - tops[at])
                found[at].append(word._replace(box=moved))
        return [tuple(words) for words in found]

    def _run(self, pixels: Pixels, page_mode: int, dpi: float, time_limit: float) -> tuple[Line, ...]:
        config = f"--psm {page_mode} --dpi {round(dpi)}"
        if self._data_dir:
            config += f' --tessdata-dir "{self._data_dir}"'
        with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
            picture = str(Path(folder) / "page.pgm")  # no compression to wait for
            if not cv2.imwrite(picture, pixels):
                raise ReadError("read", "internal", f"the page picture cannot be written to {folder}")
            try:
                table = pytesseract.image_to_data(
                    picture, lang=LANGUAGE, config=config, output_type=pytesseract.Output.DICT, timeout=time_limit
                )
                return _lines(table)
            except pytesseract.TesseractNotFoundError:
                raise ComponentMissing("tesseract", INSTALL) from None
            except pytesseract.TesseractError as error:
                raise ReadError("read", "damaged", f"Tesseract gave up on this page: {error.message}") from error
            except RuntimeError as error:
                if "timeout" not in str(error):
                    raise
                message = f"reading the page took longer than {time_limit:.0f} s and was stopped"
                raise ReadError("read", "timeout", message) from None
            except _NONSENSE as error:
                raise ReadError("read", "damaged", f"Tesseract's answer makes no sense: {error!r}") from error


def _lines(table: dict[str, list[str]]) -> tuple[Line, ...]:
    lines: dict[tuple[int, int, int], list[Word]] = {}
    for index, text in enumerate(table["text"]):
        confidence = float(table["conf"][index])
        text = text.strip()
        if confidence < 0 or not text:
            continue
        left, top, width, height = (float(table[name][index]) for name in ("left", "top", "width", "height"))
        key = (int(table["block_num"][index]), int(table["par_num"][index]), int(table["line_num"][index]))
        box = Box(left, top, left + width, top + height)
        lines.setdefault(key, []).append(Word(text, text, box, min(1.0, confidence / 100)))
    return tuple(Line(tuple(words)) for words in lines.values())


@cache
def _installed(data_dir: str) -> tuple[str, str]:
    """Version of Tesseract and a hash of its Vietnamese model. Raises ComponentMissing."""
    try:
        version = str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError:
        raise ComponentMissing("tesseract", INSTALL) from None
    config = f'--tessdata-dir "{data_dir}"' if data_dir else ""
    if LANGUAGE not in pytesseract.get_languages(config=config):
        raise ComponentMissing(f"Tesseract's Vietnamese model ({LANGUAGE}.traineddata)", INSTALL)
    return version, _model_hash(data_dir)


def _model_hash(data_dir: str) -> str:
    folders = (
        [Path(data_dir)]
        if data_dir
        else [Path(os.environ["TESSDATA_PREFIX"])]
        if "TESSDATA_PREFIX" in os.environ
        else []
    )
    folders += [Path("/usr/share/tesseract-ocr/5/tessdata"), Path("/usr/share/tesseract-ocr/4.00/tessdata")]
    folders += [Path("/usr/share/tessdata"), Path("/opt/homebrew/share/tessdata"), Path("/usr/local/share/tessdata")]
    for folder in folders:
        model = folder / f"{LANGUAGE}.traineddata"
        if model.is_file():
            return hashlib.sha256(model.read_bytes()).hexdigest()[:12]
    return "unknown"


def without_crumbs(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Specks and strokes that were taken for words out: no letter or digit and little sure, or hardly sure at all."""
    kept = []
    for line in lines:
        words = tuple(word for word in line.words if not _is_crumb(word))
        if words:
            kept.append(Line(words))
    return tuple(kept)


def _is_crumb(word: Word) -> bool:
    if any(char.isalpha() for char in word.text):
        return word.confidence < 0.12
    if any(char.isdigit() for char in word.text):
        return word.confidence < 0.30
    return word.confidence < 0.75
