"""Cut-outs of pages: the place on the paper that a doubt is about, so that a person need not open the file."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from pipeline.errors import ReadError
from pipeline.report.facts import Doubt
from pipeline.sources.images import ImageSource, Raster, shrunk
from pipeline.sources.pdf import PdfSource
from pipeline.sources.source import open_source, read_bytes
from schemas.page import Box

DPI = 132.0
MOST_BYTES = 3_000_000
"""All pictures of a page together, before base64 makes four bytes of three."""
_ACROSS, _ABOVE = 48.0, 18.0  # points around the place: enough to read the line that it stands in
_WIDEST = 900  # pixels
_FRAME = (196, 84, 10)


class Crop(NamedTuple):
    """The picture as a data URI and its size in pixels; or why there is none."""

    uri: str | None
    width: int = 0
    height: int = 0
    why_not: str | None = None


_NO_PLACE = Crop(None, why_not="không có vị trí trên trang")


def crops(doubts: Sequence[Doubt]) -> list[Crop]:
    """A cut-out for each doubt, in their order. A file that is gone or has changed is said so, and nothing is shown."""
    found: dict[int, Crop] = {}
    by_file: dict[str, list[int]] = {}
    for number, doubt in enumerate(doubts):
        by_file.setdefault(doubt.source_path, []).append(number)
    spent = 0
    for path, numbers in by_file.items():
        if spent > MOST_BYTES:
            made = [Crop(None, why_not="hình được lược bớt để trang không quá nặng")] * len(numbers)
        else:
            made = _of_file(path, [doubts[number] for number in numbers])
        spent += sum(len(crop.uri or "") * 3 // 4 for crop in made)
        found.update(zip(numbers, made, strict=True))
    return [found[number] for number in range(len(doubts))]


def _of_file(path: str, doubts: Sequence[Doubt]) -> list[Crop]:
    try:
        data = read_bytes(Path(path))
        if hashlib.sha256(data).hexdigest() != doubts[0].sha256:
            return [Crop(None, why_not="tệp gốc đã thay đổi sau khi đọc")] * len(doubts)
        with open_source(Path(path), data) as source:
            if not isinstance(source, (PdfSource, ImageSource)):
                return [Crop(None, why_not="đây là tệp chữ")] * len(doubts)
            pages: dict[int, Raster] = {}
            made = []
            for doubt in doubts:
                if doubt.page is None or doubt.box is None:
                    made.append(_NO_PLACE)
                    continue
                if doubt.page not in pages:
                    pages = {doubt.page: _raster(source, doubt.page - 1)}  # one at a time: they are large
                made.append(_cut(pages[doubt.page], Box(*doubt.box)))
            return made
    except ReadError as error:
        why = "tệp gốc không còn ở chỗ cũ" if error.category == "missing" else "không mở lại được tệp gốc"
        return [Crop(None, why_not=why)] * len(doubts)


def _raster(source: PdfSource | ImageSource, index: int) -> Raster:
    if isinstance(source, PdfSource):
        return source.raster(index, DPI)
    raster = source.raster(index)
    return shrunk(raster, DPI) if raster.dpi > DPI else raster


def _cut(raster: Raster, box: Box) -> Crop:
    image = Image.fromarray(np.ascontiguousarray(raster.pixels)).convert("RGB")
    to_pixels = raster.to_page.inverse()
    inner = to_pixels.box(box)
    around = to_pixels.box(Box(box.x0 - _ACROSS, box.top - _ABOVE, box.x1 + _ACROSS, box.bottom + _ABOVE))
    left, top = max(0, int(around.x0)), max(0, int(around.top))
    right, bottom = min(image.width, int(around.x1)), min(image.height, int(around.bottom))
    if right - left < 4 or bottom - top < 4:
        return _NO_PLACE
    ImageDraw.Draw(image).rectangle(
        (inner.x0 - 3, inner.top - 3, inner.x1 + 3, inner.bottom + 3), outline=_FRAME, width=2
    )
    piece = image.crop((left, top, right, bottom))
    piece.thumbnail((_WIDEST, _WIDEST // 2))
    out = io.BytesIO()
    piece.save(out, "WEBP", quality=60, method=4)
    uri = "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode("ascii")
    return Crop(uri, piece.width, piece.height)
