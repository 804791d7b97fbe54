"""What stamps in red ink say."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.picture.frame import Frame
from pipeline.picture.image import prepare, turned
from pipeline.recognise.ctc.engine import CtcEngine
from pipeline.recognise.stamps import read_stamps
from pipeline.sources.images import Raster

TINOS = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
DPI = 200.0
RED, BLACK = (205, 30, 45), (20, 20, 20)


def page(stamp: str) -> NDArray[np.uint8]:
    """Three lines of black print, and a framed stamp in red that touches the first."""
    sheet = Image.new("RGB", (1100, 700), "white")
    draw = ImageDraw.Draw(sheet)
    for row in range(3):
        line = "Ủy ban nhân dân phường báo cáo kết quả thực hiện"
        draw.text((80, 240 + 60 * row), line, font=ImageFont.truetype(TINOS, 37), fill=BLACK)
    if stamp:
        draw.rectangle((200, 150, 470, 245), outline=RED, width=5)
        draw.text((335, 195), stamp, font=ImageFont.truetype(TINOS, 42), fill=RED, anchor="mm")
    return np.asarray(sheet, np.uint8)


def raster(pixels: NDArray[np.uint8]) -> Raster:
    return Raster(pixels, DPI, Frame.scale(72 / DPI))


@pytest.mark.parametrize("turns", [0, 2])
def test_a_red_stamp_is_kept_with_its_own_text(turns: int) -> None:
    pixels = np.ascontiguousarray(np.rot90(page("HỎA TỐC"), -turns))
    prepared = prepare(raster(pixels), turn=0, erase=False)
    prepared = turned(prepared, turns) if turns else prepared
    (stamp,) = read_stamps(prepared, CtcEngine(), 60.0)
    assert stamp.kind == "stamp"
    assert stamp.text in {"HỎA TỐC", "HÓA TỐC"}
    lines = [" ".join(word.text for word in line.words) for line in CtcEngine().read(prepared.pixels, DPI, 60.0).lines]
    assert len(lines) == 3
    assert not any("TỐC" in line for line in lines)


def test_a_page_without_stamps_has_no_red_picture() -> None:
    assert prepare(raster(page("")), turn=0).red is None
