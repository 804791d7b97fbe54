"""Numbers written into a form: where they stand, and what they are."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognise.decide import decide, pieces
from pipeline.recognise.forms.digits import digit_reader
from pipeline.recognise.forms.doubt import LEAST, by_pen, certainty
from pipeline.recognise.forms.fields import FieldKind, find_fields, may_stand
from pipeline.recognise.readings import PixelBox, Reading, ReadLine, Spot
from pipeline.repair.lm import LanguageModel
from schemas.page import Box, Candidate, Line, Word
from training.pen_strokes import drawn

TINOS = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
LINE = 28.0  # pixels: a line of print at 200 dpi, with its marks


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Số: 51 /QĐ-UBND", [("number", " 51 ")]),
        ("Sổ:/TB-UBND", [("number", "")]),
        ("Số: 23g /TTr-UBND", [("number", " 23g ")]),
        ("S6:..G/.../QĐ-UBND", [("number", "..G/...")]),
        ("Sõ: Ồ//NQ-HĐND", [("number", " Ồ/")]),
        ("Số: 1O /2024/NĐ-CP", [("number", " 1O ")]),
        ("Số 12 -QĐ/TU", [("number", " 12 ")]),
        ("Số: Sl/QĐ-UBND Long Khánh, ngày ẤỸ tháng 5 năm 2025", [("number", " Sl"), ("day", " ẤỸ "), ("month", " 5 ")]),
        ("Căn cứ Quyết định số 8l /QĐ-UBND ngày .C5/02/2025 của", [("number", " 8l "), ("day", " .C5")]),
        ("Căn cứ Quyết định số 81/QĐ-UBND ngày 05/02/2025 của", []),
        ("22 /02/2025 cho Ban Quản lý dự án", [("day", "22 ")]),
        ("Q5./02/2025 cho Ban Quản lý dự án", [("day", "Q5.")]),
        ("22/02/2025 cho Ban Quản lý dự án", []),
        ("Quảng Ngãi, ngày ẤỸ tháng 01 năm 2025", [("day", " ẤỸ "), ("month", " 01 ")]),
        ("Quảng Ngãi,ngày tháng 11 năm 2024", [("day", " "), ("month", " 11 ")]),
        ("Thực hiện Chỉ thị số 11/CT-TTg ngày 16 tháng 4 năm 2021 của Thủ", []),
        ("Điều 1. Quyết định có hiệu lực từ ngày 01 tháng 7 năm 2025.", []),
        ("Số lượng: 15/QĐ hồ sơ", []),
    ],
)
def test_fields_stand_between_their_printed_neighbours(line: str, found: list[tuple[str, str]]) -> None:
    assert [(field.kind, line[field.start : field.end]) for field in find_fields(line)] == found


def written(text: str, rng: np.random.Generator) -> tuple[NDArray[np.uint8], float, float]:
    """A line `Số: 51 /QĐ` with the number written by pen (or a gap): the picture, and where the field begins and ends."""
    page = Image.new("L", (420, 90), 255)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(TINOS, 26)
    draw.text((20, 30), "Số:", font=font, fill=0)
    x = start = 24 + draw.textlength("Số:", font=font)
    ink = np.zeros((90, 420), np.float32)
    x += 6
    for digit in text:
        height = int(rng.integers(24, 30))
        glyph = drawn(digit, height, rng.uniform(0.45, 0.65), rng.uniform(2.2, 3.2), rng)
        top, left = 60 - glyph.shape[0] + 6, round(x)
        area = ink[top : top + glyph.shape[0], left : left + glyph.shape[1]]
        np.maximum(area, glyph[:, : area.shape[1]], out=area)
        x += glyph.shape[1] + 2
    x += 0 if text else 50
    draw.text((x + 8, 30), "/QĐ-UBND", font=font, fill=0)
    pixels = np.minimum(np.asarray(page, np.float32), 255 * (1 - ink)).astype(np.uint8)
    return pixels, start, x + 6


def test_written_numbers_are_read_and_doubt_is_told() -> None:
    """Of forty numbers nine tenths come out right, and hardly one that is wrong looks sure."""
    rng = np.random.default_rng(3)
    right = sure_but_wrong = 0
    for _ in range(40):
        text = "".join(str(rng.integers(10)) for _ in range(rng.integers(1, 4)))
        pixels, start, end = written(text, rng)
        best = digit_reader().read(pixels, start, 33.0, end, 33.0 + LINE)[0]
        right += best.text == text
        sure_but_wrong += best.text != text and best.score > np.log(0.9)
    assert right >= 34
    assert sure_but_wrong <= 2


def test_an_empty_field_is_empty() -> None:
    pixels, start, end = written("", np.random.default_rng(1))
    best = digit_reader().read(pixels, start, 33.0, end, 33.0 + LINE)[0]
    assert best.text == ""


@pytest.mark.parametrize(
    ("digits", "kind", "may"),
    [
        ("31", "day", True),
        ("32", "day", False),
        ("13", "month", False),
        ("0", "day", False),
        ("1234", "number", True),
        ("123", "day", False),
    ],
)
def test_only_days_and_months_that_there_are_may_stand(digits: str, kind: FieldKind, may: bool) -> None:
    assert may_stand(digits, kind) is may


def test_certainty_is_shared_among_readings_that_differ_in_digits() -> None:
    near = [Candidate("51", -0.7), Candidate("57", -0.7)]
    assert certainty(near, "51") == pytest.approx(0.5)
    symbols = [Candidate("51/QĐ", -1.0), Candidate("51/QD", -1.2), Candidate("57/QĐ", -9.0)]
    assert certainty(symbols, "51/QĐ") > 0.99


def test_a_doubtful_number_leaves_the_text_but_not_its_symbol() -> None:
    box = Box(0.0, 0.0, 100.0, 10.0)
    doubtful, symbol = by_pen("51/QĐ-UBND", box, LEAST - 0.1)
    assert (doubtful.text, doubtful.raw) == ("", "51")
    assert symbol.text == "/QĐ-UBND"
    assert doubtful.box == Box(0.0, 0.0, 20.0, 10.0)
    assert by_pen("51", box, LEAST + 0.1) == [Word("51", "51", box, LEAST + 0.1)]


@pytest.mark.parametrize(("second", "text"), [(-6.0, "51"), (-0.0, "")])
def test_the_decision_keeps_a_number_by_pen_only_where_it_is_sure(second: float, text: str) -> None:
    place = PixelBox(40.0, 0.0, 60.0, 20.0)
    label = PixelBox(0.0, 0.0, 40.0, 20.0)
    number = Reading(1, 2, (Candidate("51", -0.1), Candidate("57", second)), place, by_hand=True)
    line = ReadLine(3, (Reading(0, 1, (Candidate("Số:", 0.0),), label), number), PixelBox(0.0, 0.0, 60.0, 20.0))
    spots = {Box(*one.box): Spot(line, one) for one in line.readings}
    words = Line(tuple(Word(one.candidates[0].text, "", Box(*one.box)) for one in line.readings))
    found = decide(pieces([words], spots, lambda box: Box(*box)), LanguageModel.load())[0]
    assert [word.text for word in found] == ["Số:", text]
    assert found[1].raw == "51"
    assert found[1].confidence < 1.0
