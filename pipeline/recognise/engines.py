"""The recognisers by name: what reads a page picture, behind one interface."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from pipeline.errors import ComponentMissing
from pipeline.layout.lines import boxed
from pipeline.picture.bend import bent, measure_bend, unbent
from pipeline.recognise.readings import ReadLine, Recognised, recognised
from pipeline.recognise.second_look import second_look
from pipeline.recognise.tesseract import Tesseract, without_crumbs
from pipeline.recognise.witness import asked_again
from pipeline.recognise.worth import worth
from pipeline.repair.lm import LanguageModel
from pipeline.sources.images import Pixels
from schemas.page import Line

ENGINES = ("auto", "ctc", "tesseract")
SOME_PRINT = 0.2  # worth of a reading below which there is no print to look for a second time
CTC_INSTALL = "pip install trueocr onnxruntime   (or: make setup)"


class Recogniser(Protocol):
    """Reads an upright, straight, grey picture. Boxes are pixels of the picture."""

    @property
    def name(self) -> str: ...

    @property
    def dpi(self) -> float | None:
        """The resolution at which it reads best; None: that of the scan, within limits."""
        ...

    @property
    def second(self) -> Recogniser | None:
        """Who is asked where this one reads a page badly."""
        ...

    def fingerprint(self) -> str:
        """Changes whenever the engine or its data would read differently."""
        ...

    def quarter_turns(self, pixels: Pixels) -> int | None:
        """Quarter turns clockwise that make the grey page upright; None where the engine cannot tell."""
        ...

    def read(self, pixels: Pixels, dpi: float, time_limit: float) -> Recognised:
        """Lines in the engine's own order. Raises ReadError (timeout), ComponentMissing."""
        ...


class TesseractTwice:
    """Tesseract on the whole page, then once more on the lines that it lost or read badly."""

    name = "tesseract"
    dpi = None
    second = None

    def __init__(self, language_data: Path | None = None) -> None:
        self._engine = Tesseract(language_data)

    def fingerprint(self) -> str:
        return self._engine.fingerprint()

    def quarter_turns(self, pixels: Pixels) -> int | None:
        del pixels
        return None

    def read(self, pixels: Pixels, dpi: float, time_limit: float) -> Recognised:
        bend = measure_bend(pixels, dpi)
        if bend is not None:
            pixels = unbent(pixels, bend)
        lines = without_crumbs(self._engine.read(pixels, dpi, time_limit))
        if worth(lines) >= SOME_PRINT:
            lines = without_crumbs(second_look(pixels, dpi, lines, self._engine, time_limit))
        if bend is not None:
            lines = tuple(
                Line(tuple(word._replace(box=bent(box, bend)) for word, box in boxed(line.words))) for line in lines
            )
        return Recognised(lines, {}, self.name)


class LatticeReader(Recogniser, Protocol):
    """A recogniser that says how sure it is of what."""

    def read_lines(self, pixels: Pixels, dpi: float) -> list[ReadLine]: ...


class WithSecond:
    """The CTC engine with Tesseract beside it: for doubtful words, and for whole pages that the first reads badly."""

    def __init__(self, first: LatticeReader, language_data: Path | None) -> None:
        self._first, self._witness = first, Tesseract(language_data)
        self.second = TesseractTwice(language_data)
        self.name, self.dpi = first.name, first.dpi

    def fingerprint(self) -> str:
        return f"{self._first.fingerprint()} with {self.second.fingerprint()}"

    def quarter_turns(self, pixels: Pixels) -> int | None:
        return self._first.quarter_turns(pixels)

    def read(self, pixels: Pixels, dpi: float, time_limit: float) -> Recognised:
        lines = self._first.read_lines(pixels, dpi)
        heard = asked_again(lines, pixels, dpi, self._witness, LanguageModel.load(), time_limit)
        return recognised(heard, self.name)


@cache
def recogniser(name: str, language_data: Path | None = None) -> Recogniser:
    """The recogniser of that name, one a process.

    `auto`: the CTC engine with Tesseract behind it; Tesseract alone where the packages of the CTC engine are not.

    Raises ComponentMissing, ValueError for a name that is none.
    """
    if name not in ENGINES:
        raise ValueError(f"no recogniser is called {name!r}; known: {', '.join(ENGINES)}")
    if name == "tesseract":
        return TesseractTwice(language_data)
    if find_spec("trueocr") is None or find_spec("onnxruntime") is None:
        if name == "auto":
            return TesseractTwice(language_data)
        raise ComponentMissing("the CTC recogniser", CTC_INSTALL)
    from pipeline.recognise.ctc.engine import CtcEngine  # loads onnxruntime: only where it is used

    return WithSecond(CtcEngine(), language_data) if name == "auto" else CtcEngine()
