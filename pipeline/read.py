"""A file to pages: text layer or recogniser page by page, layout, repair. The costly half of the work."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Literal, NamedTuple

import cv2
import numpy as np

from pipeline.errors import ReadError
from pipeline.finish import decided, repaired, with_signatures
from pipeline.layout import reading_order as layout
from pipeline.layout.lines import segment
from pipeline.layout.marks import split_marks
from pipeline.picture import image
from pipeline.picture.frame import Frame
from pipeline.picture.image import Prepared
from pipeline.recognise.decide import Piece, pieces
from pipeline.recognise.engines import Recogniser, recogniser
from pipeline.recognise.readings import PixelBox, Recognised
from pipeline.recognise.stamps import read_stamps
from pipeline.recognise.worth import worth
from pipeline.settings import ReadSettings
from pipeline.sources.images import POINTS, ImageSource, Pixels, Raster, shrunk
from pipeline.sources.pdf import PdfSource
from pipeline.sources.source import Source, open_source
from pipeline.sources.text_layer import LOOK_DPI, TextLayer, is_good, read_text_layer
from pipeline.sources.text_quality import layer_quality
from pipeline.sources.textfile import TextSource
from schemas.page import Annotation, Box, Line, Page, Word
from schemas.result import DocumentKind, Failure, Job

TOGETHER = 64  # pages that are decided and repaired together: each takes up to a megabyte meanwhile
LEAST_INK = 0.0002  # of the page: below this it is blank
SCAN_DPI = (180.0, 420.0)  # a scan between these is read at its own resolution
COARSE_DPI = 200.0  # what a coarser scan is rendered at (real 100 dpi page: recall 96.0 % as it is, 98.1 % so)
UPSIDE_DOWN = 0.6  # quality of a reading below which the page is tried turned
SOME_PRINT, BADLY_READ = 0.2, 0.5  # quality of a reading between which the second engine is asked
BETTER = 0.05  # by which another reading must be the better one


class Rough(NamedTuple):
    """One page as it was read, before what all pages of its file decide together.

    number: from 1. page: None where it cannot be read; failures say why then. origin: the kind of file. scan: None where
    nothing is on the page. undecided: what the language model has still to choose among. timings: seconds by stage.
    """

    number: int
    page: Page | None
    origin: Literal["pdf", "image", "text"]
    scan: bool | None
    undecided: list[list[Piece | Word]] | None
    failures: tuple[Failure, ...]
    timings: dict[str, float]


class Reading(NamedTuple):
    """What one file gave. failures: pages that could not be read, damage that left something to read. timings: seconds."""

    pages: tuple[Page, ...]
    kind: DocumentKind
    failures: tuple[Failure, ...]
    timings: dict[str, float]


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def read(job: Job, settings: ReadSettings, data: bytes | None = None) -> Reading:
    """Read one file. A page that cannot be read leaves a failure; the others are kept.

    Raises ReadError where the file cannot be opened at all, ComponentMissing where the recogniser is not installed.
    """
    with open_source(job.path, data, pixel_cap=settings.pixel_cap) as source:
        failures = tuple(warning.failure(job) for warning in source.warnings)
        rough = [read_page(job, source, index, settings) for index in range(source.page_count)]
    return joined(rough, failures)


def read_page(job: Job, source: Source, index: int, settings: ReadSettings) -> Rough:
    """Read page `index` (from 0), whatever becomes of the others. Raises ComponentMissing."""
    clock = Clock()
    try:
        page, is_scan, undecided = _read_page(source, index, settings, clock)
    except ReadError as error:
        failure = ReadError(error.stage, error.category, error.message, index + 1).failure(job)
        return Rough(index + 1, None, source.kind, None, None, (failure,), clock.seconds)
    if isinstance(source, PdfSource):
        with clock.stage("signatures"):
            page = with_signatures(page, source, settings.trust_roots)
    scan = is_scan if page.lines else None
    return Rough(index + 1, page, source.kind, scan, undecided, (), clock.seconds)


def joined(rough: Iterable[Rough], failures: Sequence[Failure] = (), *, as_read: bool = False) -> Reading:
    """All pages of a file, in order, with what they decide together: the choice among readings, and repair.

    Of a long file so many pages at a time as memory bears, whichever way they were read.
    failures: of the file, and of pages that are not among these. as_read: each page as the recogniser gave it.
    """
    clock = Clock()
    pages: list[Page] = []
    found = list(failures)
    origins: set[str] = set()
    scanned: list[bool] = []
    remaining = iter(rough)
    while some := list(islice(remaining, TOGETHER)):
        here = [one.page for one in some if one.page]
        if not as_read:
            with clock.stage("repair"):
                here = repaired(decided(here, {one.number: one.undecided for one in some if one.undecided}))
        pages += here
        for one in some:
            found += one.failures
            origins.add(one.origin)
            if one.scan is not None:
                scanned.append(one.scan)
            for name, seconds in one.timings.items():
                clock.seconds[name] = clock.seconds.get(name, 0.0) + seconds
    found.sort(key=lambda failure: failure.page or 0)
    return Reading(tuple(pages), _kind(origins, scanned), tuple(found), clock.seconds)


def _kind(origins: Set[str], scanned: Sequence[bool]) -> DocumentKind:
    if origins == {"text"}:
        return "text"
    if origins == {"image"} or all(scanned):
        return "scanned"
    return "mixed" if any(scanned) else "born_digital"


class _ReadPage(NamedTuple):
    """A page not yet repaired, whether it is a scan, and what the language model has still to decide of its lines."""

    page: Page
    scan: bool
    undecided: list[list[Piece | Word]] | None = None


def _read_page(source: Source, index: int, settings: ReadSettings, clock: Clock) -> _ReadPage:
    if isinstance(source, TextSource):
        return _ReadPage(_text_page(source.pages[index], index), False)
    if isinstance(source, ImageSource):
        with clock.stage("render"):
            raster = source.raster(index)
        width, height = source.page_size(index)
        return _recognised(raster, TextLayer((), (), (), 0.0), Frame(), (width, height), index, settings, clock)
    with clock.stage("text_layer"):
        layer = read_text_layer(source, index)
        native = source.native_dpi(index)
        scan = native is not None
        look = source.raster(index, LOOK_DPI) if scan and layer.words else None
        good = is_good(layer, scan, look)
    geometry = source.geometry(index)
    size = (geometry.width, geometry.height)
    if good or (not layer.words and source.object_count(index) == 0):
        with clock.stage("layout"):
            return _ReadPage(_layer_page(layer, layer.to_page, size, index), scan)
    dpi = recogniser(settings.engine, settings.language_data).dpi or settings.dpi
    if native is not None and recogniser(settings.engine, settings.language_data).dpi is None:
        dpi = native if SCAN_DPI[0] <= native <= SCAN_DPI[1] else COARSE_DPI if native < SCAN_DPI[0] else settings.dpi
    with clock.stage("render"):
        raster = source.raster(index, dpi)
    return _recognised(raster, layer, layer.to_page, size, index, settings, clock)._replace(scan=scan)


def _text_page(text: str, index: int) -> Page:
    lines = tuple(Line(tuple(Word(token, token) for token in line.split())) for line in text.split("\n"))
    quality = layer_quality(text)
    return Page(index + 1, 0.0, 0.0, "repaired", quality, quality, text, lines)


def _layer_page(layer: TextLayer, to_page: Frame, size: tuple[float, float], index: int) -> Page:
    printed, marks = _split_overlay(layer)
    arranged = layout.arrange([*layer.words, *printed], layer.rulings)
    lines = tuple(to_page.line(line) for line in arranged.lines)
    annotations = tuple(_moved(mark, to_page) for mark in (*marks, *arranged.annotations))
    rulings = tuple(ruling._replace(box=to_page.box(ruling.box)) for ruling in (*layer.rulings, *arranged.implied))
    raw = "\n".join(" ".join(word.raw for word in line.words) for line in lines)
    quality = layer.quality
    return Page(index + 1, *size, "text_layer", quality, 1.0, raw, lines, rulings, annotations, "pdfplumber")


def _split_overlay(layer: TextLayer) -> tuple[list[Word], list[Annotation]]:
    """What annotations print: signing marks, and print proper (a number or a day filled in by the registry)."""
    printed: list[Word] = []
    marks: list[Annotation] = []
    for box, lines in layer.overlay:
        words = [word for line in lines for word in line.words]
        text = "\n".join(line.text for line in lines)
        _, found = split_marks(segment(words))
        if found or len(lines) > 1 or len(words) > 6:
            marks.append(Annotation("signing_mark" if found else "stamp", text, box))
        else:
            printed += words
    return printed, marks


def _moved(mark: Annotation, frame: Frame) -> Annotation:
    return mark if mark.box is None else mark._replace(box=frame.box(mark.box))


def _recognised(
    raster: Raster,
    layer: TextLayer,
    shown_to_page: Frame,
    size: tuple[float, float],
    index: int,
    settings: ReadSettings,
    clock: Clock,
) -> _ReadPage:
    engine = recogniser(settings.engine, settings.language_data)
    with clock.stage("image"):
        if engine.dpi and raster.dpi > 1.2 * engine.dpi:
            raster = shrunk(raster, engine.dpi)
        blank = _is_blank(raster.pixels)
        turn = None if blank else engine.quarter_turns(image.grey_of(raster.pixels))
        prepared = None if blank else image.prepare(raster, turn, erase=engine.dpi is None)
    found = Recognised((), {})
    to_page = raster.to_page
    seals: tuple[Annotation, ...] = ()
    if prepared is not None:
        with clock.stage("ocr"):
            prepared, found = _upright(prepared, engine, settings)
        to_page, seals = prepared.to_page, read_stamps(prepared, engine, settings.page_time_limit)
    with clock.stage("layout"):
        printed, marks = _split_overlay(layer)
        points = Frame.scale(POINTS / raster.dpi)
        from_points = points.inverse().then(to_page)
        to_points = shown_to_page.then(from_points.inverse())
        words = [points.word(word) for line in found.lines for word in line.words]
        words += [to_points.word(word) for word in printed]
        rulings = tuple(one._replace(box=points.box(one.box)) for one in prepared.rulings) if prepared else ()
        arranged = layout.arrange(words, rulings, part_glued=not found.lattice)
        placed = tuple(from_points.line(line) for line in arranged.lines)
        annotations = (
            *(_moved(mark, shown_to_page) for mark in marks),
            *(_moved(mark, from_points) for mark in arranged.annotations),
            *(Annotation("noise", line.text, from_points.line(points.line(line)).box) for line in found.scraps),
            *seals,
        )
        undecided = None
        if found.lattice:
            spots = {from_points.box(points.box(box)): spot for box, spot in found.lattice.items()}
            undecided = pieces(placed, spots, partial(_placed, points, from_points))
    raw = "\n".join(" ".join(word.raw for word in line.words) for line in placed)
    confidences = [word.confidence for line in placed for word in line.words]
    confidence = sum(confidences) / len(confidences) if confidences else 1.0
    ruled = tuple(one._replace(box=from_points.box(one.box)) for one in (*rulings, *arranged.implied))
    page = Page(
        index + 1, *size, "ocr", layer.quality, confidence, raw, placed, ruled, annotations, found.engine or engine.name
    )
    return _ReadPage(page, True, undecided)


def _placed(points: Frame, from_points: Frame, box: PixelBox) -> Box:
    """Where a box of the picture lies on the page. A function of its own: it travels with what is undecided."""
    return from_points.box(points.box(Box(*box)))


def _is_blank(pixels: Pixels) -> bool:
    grey = image.grey_of(pixels)
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return float((small < 0.6 * float(np.median(small))).mean()) < LEAST_INK


def _upright(prepared: Prepared, engine: Recogniser, settings: ReadSettings) -> tuple[Prepared, Recognised]:
    """Read the picture, where that reads badly the picture turned by half, and where that is no good either by the second
    engine; the best reading is kept."""
    found = engine.read(prepared.pixels, prepared.dpi, settings.page_time_limit)
    if worth(found.lines) >= UPSIDE_DOWN:
        return prepared, found
    other = image.turned(prepared, 2)
    other_found = engine.read(other.pixels, other.dpi, settings.page_time_limit)
    if worth(other_found.lines) > worth(found.lines) + BETTER:
        prepared, found = other, other_found
    if engine.second is not None and SOME_PRINT <= worth(found.lines) < BADLY_READ:
        again = engine.second.read(prepared.pixels, prepared.dpi, settings.page_time_limit)
        if worth(again.lines) > worth(found.lines) + BETTER:
            found = again
    return prepared, found
