"""Small raised digits: marks of footnotes and powers of units."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognise.ctc.engine import CtcEngine
from pipeline.recognise.ctc.raised import put_in
from pipeline.recognise.readings import recognised
from schemas.page import Candidate
from tests.test_ctc import TINOS


def page_of(parts: list[tuple[str, bool]]) -> NDArray[np.uint8]:
    """One line at 200 dpi, some of its parts small and raised."""
    page = Image.new("L", (1100, 240), 255)
    draw = ImageDraw.Draw(page)
    x = 60.0
    for text, raised in parts:
        font = ImageFont.truetype(TINOS, 24 if raised else 37)
        draw.text((x, 94 if raised else 100), text, font=font, fill=0)
        x += draw.textlength(text, font=font)
    return np.asarray(page)


@pytest.mark.parametrize(
    ("words", "number", "share", "wanted"),
    [
        ("đai.", "2", 0.1, "đai2."),
        ("m/ngày", "3", 0.7, "m³/ngày"),
        ("km", "2", 0.0, "km²"),
        ("sơ", "1", 0.0, "sơ1"),
        ("tạm", "2", 0.0, "tạm2"),  # ends in m, but is no unit
    ],
)
def test_a_raised_number_goes_where_it_stands(words: str, number: str, share: float, wanted: str) -> None:
    assert [one.text for one in put_in([Candidate(words, -1.0)], number, share)] == [wanted]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([("thuộc lĩnh vực đất đai", False), ("2", True), (".", False)], "đai2."),
        ([("khoảng 2,8 m", False), ("3", True), ("/ngày, chưa xử lý", False)], "m³/ngày,"),
        ([("Điều 7. Phòng Tư pháp", False), ("*", True), (" nêu", False)], "pháp"),  # an asterisk is no number
    ],
)
def test_raised_numbers_are_read_and_nothing_else_is(parts: list[tuple[str, bool]], wanted: str) -> None:
    found = recognised(CtcEngine().read_lines(page_of(parts), 200.0), "ctc").lines
    said = [word.text for line in found for word in line.words]
    assert any(text.startswith(wanted) for text in said), said
    assert not any("²" in text for text in said)


@pytest.mark.slow
def test_print_without_raised_numbers_stays_as_it_is() -> None:
    line = "Kế hoạch số 27/KH-UBND, “Tờ trình” năm 2026; 1,5% PHÓ CHỦ TỊCH Trần Vỹ"
    found = recognised(CtcEngine().read_lines(page_of([(line, False)]), 200.0), "ctc")
    assert not any(spot.reading.raised for spot in found.lattice.values())
