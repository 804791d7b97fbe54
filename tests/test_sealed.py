"""The signature block under a black seal."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognise.ctc.engine import CtcEngine
from pipeline.recognise.ctc.sealed import Known, as_read, is_part, seals
from schemas.page import Box

BOLD = "/usr/share/fonts/truetype/croscore/Tinos-Bold.ttf"
DPI = 200.0
MIDDLE = (590, 350)  # of the seal, in pixels


def signed(lines: list[str], name: str, *, seal: bool) -> NDArray[np.uint8]:
    """The foot of a page at 200 dpi: lines centred over the name, a black seal over their left third."""
    page = Image.new("L", (1400, 900), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(BOLD, 37)
    for row, line in enumerate([*lines, name]):
        y = 230 + 46 * row if row < len(lines) else 480
        draw.text((800 - draw.textlength(line, font=font) / 2, y), line, font=font, fill=0)
    pixels = np.asarray(page, np.uint8).copy()
    if seal:
        for radius, thick in ((140, 7), (130, 3), (85, 3)):
            cv2.circle(pixels, MIDDLE, radius, 0, thick)
        for turn in range(0, 360, 15):  # the letters along its edge
            angle = np.radians(turn)
            at = (round(MIDDLE[0] + 107 * np.cos(angle)), round(MIDDLE[1] + 107 * np.sin(angle)))
            cv2.putText(pixels, "NHATRUONG"[turn // 15 % 9], at, cv2.FONT_HERSHEY_SIMPLEX, 0.6, 0, 2)
        cv2.line(pixels, (480, 430), (900, 320), 0, 3)
    return pixels


def test_a_black_seal_is_found_and_print_is_none() -> None:
    found = seals(signed(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Nguyễn Văn Bình", seal=True), DPI)
    assert len(found) == 1
    assert found[0].x0 < MIDDLE[0] - 130
    assert found[0].x1 > MIDDLE[0] + 130
    assert seals(signed(["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], "Nguyễn Văn Bình", seal=False), DPI) == []


@pytest.mark.parametrize(
    "lines", [["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"], ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"], ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]]
)
def test_the_lines_under_a_black_seal_are_read(lines: list[str]) -> None:
    read = CtcEngine().read(signed(lines, "Nguyễn Văn Bình", seal=True), DPI, 60.0)
    texts = [" ".join(word.text for word in line.words) for line in read.lines]
    assert [text for text in texts if text in lines] == lines
    assert "Nguyễn Văn Bình" in texts


def test_what_is_no_known_phrase_is_not_made_one() -> None:
    read = CtcEngine().read(signed(["XƯỞNG GẠCH SỐ BỐN", "BẾP ĂN"], "Nguyễn Văn Bình", seal=True), DPI, 60.0)
    texts = " ".join(word.text for line in read.lines for word in line.words)
    assert "KT." not in texts
    assert "CHỦ TỊCH" not in texts
    assert "TRƯỞNG" not in texts


def test_a_known_line_takes_the_place_of_its_scraps() -> None:
    line = Known(Box(100.0, 50.0, 340.0, 90.0), "PHÓ CHỦ TỊCH", -0.1)
    assert is_part(Box(200.0, 52.0, 240.0, 88.0), line.box)
    assert not is_part(Box(100.0, 100.0, 340.0, 140.0), line.box)
    words = [one.candidates[0].text for one in as_read(line).best]
    assert words == ["PHÓ", "CHỦ", "TỊCH"]
    assert as_read(line).best[1].box.x0 == pytest.approx(100 + 240 * 4 / 12)
