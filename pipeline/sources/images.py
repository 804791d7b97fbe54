"""Image files as sources: PNG, JPEG, and TIFF with any number of pages. A page's pixels, and where they lie on the page."""

from __future__ import annotations

import io
import struct
import warnings
from types import TracebackType
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from pipeline.errors import ReadError
from pipeline.picture.frame import Frame

Pixels = NDArray[np.uint8]
POINTS = 72.0  # per inch
A4_LONG_SIDE = 11.69  # inches
LEAST_SIDE = 16  # pixels: less holds no line of print
PLAUSIBLE_DPI = (50.0, 1300.0)
PLAUSIBLE_LONG_SIDE = (4.0, 25.0)  # inches: from a postcard to A2
EXIF_ORIENTATION = 0x0112
EXIF_TURNS = {3: 2, 6: 1, 8: 3}  # quarter turns clockwise that make the picture upright


class Raster(NamedTuple):
    """Pixels of one page: grey (h, w) or RGB (h, w, 3), 8 bits.

    dpi: as far as can be told, for sizes of letters. to_page: from these pixels to the page's points.
    """

    pixels: Pixels
    dpi: float
    to_page: Frame

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])


def shrunk(raster: Raster, dpi: float) -> Raster:
    """The same page at a lower resolution."""
    factor = dpi / raster.dpi
    size = (max(1, round(raster.width * factor)), max(1, round(raster.height * factor)))
    pixels = np.asarray(cv2.resize(raster.pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    to_page = Frame.scale(raster.width / size[0], raster.height / size[1]).then(raster.to_page)
    return Raster(pixels, dpi, to_page)


def likely_dpi(width: int, height: int, stated: float | None) -> float:
    """The stated resolution where it gives a sheet of a possible size, else that of an A4 sheet.

    >>> likely_dpi(2480, 3508, 72)
    300.0
    """
    long_side = max(width, height)
    if stated and PLAUSIBLE_LONG_SIDE[0] <= long_side / stated <= PLAUSIBLE_LONG_SIDE[1]:
        return float(stated)
    return float(max(PLAUSIBLE_DPI[0], round(long_side / A4_LONG_SIDE)))


class ImageSource:
    """An image file, one page a frame. The pixel cap is checked before anything is decoded."""

    kind: Literal["image"] = "image"
    warnings: tuple[ReadError, ...] = ()

    def __init__(self, name: str, data: bytes, format_name: str, pixel_cap: int) -> None:
        self.name = name
        self.pixel_cap = pixel_cap
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we have a cap of our own
                self._image = Image.open(io.BytesIO(data), formats=[format_name])
                self.page_count = int(getattr(self._image, "n_frames", 1))
        except Image.DecompressionBombError:
            raise ReadError(
                "open", "too_large", f"{name} has far more pixels than the limit of {pixel_cap:,}"
            ) from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, TypeError) as error:
            raise ReadError(
                "open", "damaged", f"{name} begins like a {format_name} image but is broken: {error}"
            ) from error
        if self.page_count == 1:
            self._check_size(0)

    def _check_size(self, index: int) -> None:
        width, height = self._image.size
        if width * height > self.pixel_cap:
            page = None if self.page_count == 1 else index + 1
            raise ReadError(
                "open",
                "too_large",
                f"{self.name} has {width} x {height} pixels, more than the limit of {self.pixel_cap:,}; "
                "scan it at 300 dpi or raise the limit",
                page,
            )

    def _seek(self, index: int) -> None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)
                self._image.seek(index)
        except Image.DecompressionBombError:
            raise ReadError(
                "read", "too_large", f"more pixels than the limit of {self.pixel_cap:,}", index + 1
            ) from None
        except (OSError, EOFError, SyntaxError, ValueError, KeyError) as error:
            raise ReadError("read", "damaged", f"this page of {self.name} is broken: {error}", index + 1) from error
        self._check_size(index)

    def _stated_dpi(self) -> tuple[float, float] | None:
        stated = self._image.info.get("dpi", ())
        try:
            x, y = (float(value) for value in stated)
        except (TypeError, ValueError, ZeroDivisionError):  # none, or nonsense such as 0/0
            return None
        low, high = PLAUSIBLE_DPI
        return (x, y) if low <= x <= high and low <= y <= high else None

    def _turns(self) -> int:
        """Quarter turns clockwise that the EXIF entry asks for; none where it is rubbish."""
        try:
            return EXIF_TURNS.get(self._image.getexif().get(EXIF_ORIENTATION, 1), 0)
        except (OSError, SyntaxError, ValueError, TypeError, LookupError, struct.error):
            return 0

    def page_size(self, index: int) -> tuple[float, float]:
        """Width and height in points: by the resolution that the file states, 72 dpi where it states none."""
        self._seek(index)
        x, y = self._stated_dpi() or (POINTS, POINTS)
        return (self._image.width * POINTS / x, self._image.height * POINTS / y)

    def raster(self, index: int) -> Raster:
        """The pixels of page `index` (from 0), turned as the file's EXIF entry asks. Raises ReadError."""
        self._seek(index)
        if min(self._image.size) < LEAST_SIDE:
            width, height = self._image.size
            raise ReadError("read", "empty", f"{width} x {height} pixels are too few for print", index + 1)
        stated = self._stated_dpi()
        try:
            pixels = to_pixels(self._image)
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise ReadError("read", "damaged", f"the pixels are broken or cut short: {error}", index + 1) from error
        height, width = pixels.shape[:2]
        dpi_x, dpi_y = stated or (POINTS, POINTS)
        to_page = Frame.scale(POINTS / dpi_x, POINTS / dpi_y)
        if stated and abs(dpi_x - dpi_y) > 0.02 * dpi_x:  # a fax has 204 x 98 dots: make them square
            factor = max(dpi_x, dpi_y)
            size = (round(width * factor / dpi_x), round(height * factor / dpi_y))
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)
            to_page = Frame.scale(width / size[0], height / size[1]).then(to_page)
            dpi_x = factor
            width, height = size
        turns = self._turns()
        if turns:
            pixels = np.ascontiguousarray(np.rot90(pixels, -turns))
            to_page = Frame.quarter(turns, width, height).inverse().then(to_page)
        return Raster(pixels, likely_dpi(width, height, dpi_x if stated else None), to_page)

    def close(self) -> None:
        self._image.close()

    def __enter__(self) -> ImageSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def to_pixels(image: Image.Image) -> Pixels:
    """Grey or RGB pixels of any image: palettes resolved, transparent parts white, 16 bits made 8."""
    if image.mode in ("1", "L"):
        return np.array(image.convert("L"), dtype=np.uint8)
    if image.mode.startswith(("I", "F")):
        values = np.array(image, dtype=np.float64)
        top = 65535.0 if values.max(initial=0) > 255 else 255.0
        return np.clip(values * (255.0 / top), 0, 255).astype(np.uint8)
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    return np.array(image.convert("RGB"), dtype=np.uint8)
