"""PDF files as sources: page geometry, what annotations print on the page, rendered pixels, pdfplumber pages.

Signing services lay the number, the day, seals and signing marks on the page as form widgets. `flattened` has them as
plain page content, so that their text can be read exactly; pictures for OCR are rendered without them.
"""

from __future__ import annotations

import ctypes
import io
import math
import struct
import zlib
from collections import Counter
from functools import cached_property
from types import TracebackType
from typing import Literal, NamedTuple

import numpy as np
import pdfplumber
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page as PlumberPage
from pdfplumber.pdf import PDF
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pipeline.errors import ReadError
from pipeline.picture.frame import Frame
from pipeline.sources.flatten import flattened
from pipeline.sources.images import POINTS, Raster
from schemas.page import Box

MOST_CHARACTERS = 500  # of a page, looked at to see which way its text stands
MOST_PRINT = 60_000  # characters of a page whose text is parsed: a page set as small as can be read has a fifth of that
TAIL = 2048  # readers look for %%EOF near the end
FULL_PAGE = 0.6  # an image that covers this share of the page is its scan
PRINTED_ANNOTATIONS = frozenset(
    {pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_STAMP, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_INK}
)
# What pdfminer and pdfplumber raise on files that are wrong, cyclic or bottomless (RecursionError is a RuntimeError).
PARSER_ERRORS = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    struct.error,
    zlib.error,
)


class Geometry(NamedTuple):
    """The visible page (its crop box).

    width, height: points, before any turning. rotation: clockwise quarter turns with which it is shown.
    left, top: where the crop box begins inside the media box, as shown.
    """

    width: float
    height: float
    rotation: int
    left: float
    top: float

    @property
    def shown(self) -> tuple[float, float]:
        """Width and height as shown."""
        return (self.height, self.width) if self.rotation % 2 else (self.width, self.height)

    @property
    def to_page(self) -> Frame:
        """From points of the page as shown (crop box) to points of the page as it stands in the file."""
        return Frame.quarter(self.rotation, self.width, self.height).inverse()


class PlacedImage(NamedTuple):
    """A picture on the page as shown: its box in points, and its own width in pixels."""

    box: Box
    pixels: int


class PdfSource:
    """A PDF file. Raises ReadError where it cannot be opened; `warnings` tells of damage that leaves something to read."""

    kind: Literal["pdf"] = "pdf"

    def __init__(self, name: str, data: bytes, pixel_cap: int = 120_000_000) -> None:
        self.name = name
        self.data = data
        self.pixel_cap = pixel_cap
        cut_short = b"%%EOF" not in data[-TAIL:]
        # PDFium keeps the code of its last error and sets none for a document without a page, which would then be told
        # by the file before it; a file that is not there sets a code that bytes in memory cannot have.
        pdfium_c.FPDF_LoadDocument(b"", None)
        try:
            self._pdf = pdfium.PdfDocument(data)
            self._pdf.init_forms()
            self.page_count = len(self._pdf)
        except pdfium.PdfiumError as error:
            if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
                message = f"{name} is encrypted and needs a password; save a copy without one"
                raise ReadError("open", "encrypted", message) from None
            if error.err_code == pdfium_c.FPDF_ERR_SECURITY:
                raise ReadError("open", "encrypted", f"{name} is encrypted in a way that cannot be read") from None
            if error.err_code == pdfium_c.FPDF_ERR_FILE and not cut_short:  # PDFium opens no document without a page
                raise ReadError("open", "empty", f"{name} is a PDF without any page") from None
            what = "is cut short (its end is missing)" if cut_short else "is broken"
            raise ReadError("open", "damaged", f"{name} {what}; copy or scan it again") from error
        if self.page_count == 0:
            if cut_short:
                raise ReadError("open", "damaged", f"{name} is cut short (its end is missing); copy or scan it again")
            raise ReadError("open", "empty", f"{name} is a PDF without any page")
        self._text_page: tuple[int, pdfium.PdfTextPage] | None = None
        self.warnings: tuple[ReadError, ...] = ()
        if cut_short:
            message = f"{name} is cut short (its end is missing); {self.page_count} pages could still be found"
            self.warnings = (ReadError("open", "damaged", message),)

    def _page(self, index: int) -> pdfium.PdfPage:
        try:
            return self._pdf[index]
        except pdfium.PdfiumError as error:
            raise ReadError("read", "damaged", f"this page of {self.name} is broken", index + 1) from error

    def geometry(self, index: int) -> Geometry:
        """Size and turning of page `index` (from 0), as it is shown."""
        page = self._page(index)
        left, bottom, right, top = self._crop(index)
        if right - left < 1 or top - bottom < 1:
            raise ReadError("read", "damaged", "the page has no area", index + 1)
        return self._geometry(index, page.get_rotation() // 90 % 4)

    def text_geometry(self, index: int) -> Geometry:
        """The page turned so that most of its text stands upright, whatever the file says of its turning."""
        return self._geometry(index, self._text_rotation(index))

    def _text_rotation(self, index: int) -> int:
        text = self._text(index)
        angles: Counter[int] = Counter()
        for number in range(0, text.count_chars(), max(1, text.count_chars() // MOST_CHARACTERS)):
            # PDFium tells the clockwise angle; turning the page the other way round makes the text upright
            angles[round(-pdfium_c.FPDFText_GetCharAngle(text, number) / (math.pi / 2)) % 4] += 1
        return angles.most_common(1)[0][0] if angles else self._page(index).get_rotation() // 90 % 4

    def _geometry(self, index: int, rotation: int) -> Geometry:
        media = self._page(index).get_mediabox()
        left, bottom, right, top = self._crop(index)
        margins = (left - media[0], media[3] - top, media[2] - right, bottom - media[1])  # left, top, right, bottom
        # shown turned clockwise by a quarter, the bottom margin comes to the left, and so on
        return Geometry(right - left, top - bottom, rotation, margins[-rotation % 4], margins[(1 - rotation) % 4])

    def images(self, index: int) -> tuple[PlacedImage, ...]:
        """The pictures on the page as shown, in points from the top left corner of the crop box."""
        page, geometry = self._page(index), self.geometry(index)
        left, _, _, top = self._crop(index)
        shown = geometry.to_page.inverse()
        found = []
        for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
            x0, y0, x1, y1 = item.get_bounds()
            box = shown.box(Box(x0 - left, top - y1, x1 - left, top - y0))
            width, height = item.get_px_size()
            turned = (box.width > box.height) != (width > height)
            found.append(PlacedImage(box, height if turned else width))
        return tuple(found)

    def object_count(self, index: int) -> int:
        """How many things are drawn on the page at all (none: the page is blank)."""
        return int(pdfium_c.FPDFPage_CountObjects(self._page(index)))

    def widgets(self, index: int) -> tuple[Box, ...]:
        """Where annotations print something (signing marks, filled-in fields, stamps): points of the page as it stands."""
        page = self._page(index)
        left, _, _, top = self._crop(index)
        found = []
        for number in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
            annotation = pdfium_c.FPDFPage_GetAnnot(page, number)
            if not annotation:
                continue
            try:
                rect = pdfium_c.FS_RECTF()
                if pdfium_c.FPDFAnnot_GetSubtype(annotation) not in PRINTED_ANNOTATIONS:
                    continue
                if not pdfium_c.FPDFAnnot_GetRect(annotation, ctypes.byref(rect)):
                    continue
                x0, x1 = sorted((rect.left, rect.right))
                low, high = sorted((rect.bottom, rect.top))
                if x1 - x0 > 1 and high - low > 1:
                    found.append(Box(x0 - left, top - high, x1 - left, top - low))
            finally:
                pdfium_c.FPDFPage_CloseAnnot(annotation)
        return tuple(found)

    def prints_text_at(self, index: int, box: Box) -> bool:
        """Has the page itself, without annotations, a character in the middle of the box (points of the page as it stands)?"""
        left, _, _, top = self._crop(index)
        x, y = left + (box.x0 + box.x1) / 2, top - (box.top + box.bottom) / 2
        found = pdfium_c.FPDFText_GetCharIndexAtPos(self._text(index), x, y, box.width / 2, box.height / 2)
        return bool(found >= 0)

    def _text(self, index: int) -> pdfium.PdfTextPage:
        """PDFium's text of the page, without annotations; of one page at a time."""
        if self._text_page is None or self._text_page[0] != index:
            if self._text_page is not None:
                self._text_page[1].close()
            self._text_page = (index, self._page(index).get_textpage())
        return self._text_page[1]

    def _crop(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of the visible page in user space."""
        page = self._page(index)
        media = page.get_mediabox()
        crop = page.get_cropbox() or media
        return max(crop[0], media[0]), max(crop[1], media[1]), min(crop[2], media[2]), min(crop[3], media[3])

    @cached_property
    def _plumber(self) -> PDF:
        pages = range(self.page_count)
        turns = [self._text_rotation(index) for index in pages]
        printed = [bool(self.widgets(index)) for index in pages]
        turned = [self._page(index).get_rotation() // 90 % 4 != turns[index] for index in pages]
        plain = not any(turned) and not any(printed)
        return pdfplumber.open(io.BytesIO(self.data) if plain else flattened(self.data, turns, printed))

    def plumber_page(self, index: int) -> PlumberPage | None:
        """pdfplumber's page, annotations flattened, turned as `text_geometry` says; None where its parser or PDFium's
        writer fails on this file, or the page has more text than any page (PDFium may still render it)."""
        if self._text(index).count_chars() > MOST_PRINT:
            return None
        try:
            pages = self._plumber.pages
            return pages[index] if len(pages) == self.page_count else None
        except (*PARSER_ERRORS, pdfium.PdfiumError):
            return None

    def native_dpi(self, index: int) -> float | None:
        """Resolution of the scan that fills the page, None where no single picture does."""
        width, height = self.geometry(index).shown
        area = width * height
        full = [item for item in self.images(index) if item.box.width * item.box.height >= FULL_PAGE * area]
        return max((item.pixels / item.box.width * POINTS for item in full), default=None)

    def raster(self, index: int, dpi: float) -> Raster:
        """The page as shown, without what annotations print on it. Raises ReadError over the pixel cap."""
        geometry = self.geometry(index)
        scale = dpi / POINTS
        width, height = geometry.shown
        if width * height * scale * scale > self.pixel_cap:
            message = (
                f"the page measures {width / POINTS:.0f} x {height / POINTS:.0f} inches: at {dpi:.0f} dpi it has more "
                f"pixels than the limit of {self.pixel_cap:,}"
            )
            raise ReadError("read", "too_large", message, index + 1)
        page = self._page(index)
        try:
            bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
            pixels = np.array(bitmap.to_numpy()[..., :3] if bitmap.n_channels > 1 else bitmap.to_numpy())
            bitmap.close()
        except (pdfium.PdfiumError, MemoryError, ValueError) as error:
            raise ReadError("read", "damaged", f"the page cannot be rendered: {error}", index + 1) from error
        if pixels.ndim == 3 and pixels.shape[2] == 1:
            pixels = pixels[:, :, 0]
        to_page = Frame.scale(width / pixels.shape[1], height / pixels.shape[0]).then(geometry.to_page)
        return Raster(np.ascontiguousarray(pixels), dpi, to_page)

    def close(self) -> None:
        if self._text_page is not None:
            self._text_page[1].close()
        if (plumber := self.__dict__.pop("_plumber", None)) is not None:
            plumber.stream.close()  # its own close() parses all pages once more
        self._pdf.close()

    def __enter__(self) -> PdfSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
