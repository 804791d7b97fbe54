"""Which text layers are used: measured on pages of each sort."""

from __future__ import annotations

import re

import numpy as np
import pytest

from pipeline.sources.pdf import PdfSource
from pipeline.sources.text_layer import LOOK_DPI, TextLayer, covered_ink, is_good, read_text_layer
from pipeline.sources.text_quality import layer_quality
from schemas.page import Box, Word
from tests.made_pages import BODY, decision_pdf, picture, scan_pdf

# what an English recogniser makes of Vietnamese print
GARBLED = "\n".join(
    (
        "Can cr Ludt Té chirc chinh quyén dia phuong ngay 16 thang 6 nim 2025;",
        "Theo dé nghi ctia Truéng phong Van héa - Xa hdi tai Té trinh sé 17/TTr-VHXH",
        "Diéu 1. Thanh lap T6 céng tac chuyén déi sé ctia xa gm cic éng, ba cé tén",
    )
)


def decide(data: bytes) -> tuple[bool, float]:
    source = PdfSource("a.pdf", data)
    layer = read_text_layer(source, 0)
    scanned = source.native_dpi(0) is not None
    return is_good(layer, scanned, source.raster(0, LOOK_DPI) if scanned else None), layer.quality


def test_a_born_digital_page_is_used() -> None:
    assert decide(decision_pdf()) == (True, pytest.approx(1.0, abs=0.05))


def test_a_scan_without_text_is_not() -> None:
    assert decide(scan_pdf(picture(decision_pdf(), 100))) == (False, 0.0)


def test_a_scan_with_a_layer_of_the_wrong_language_is_not() -> None:
    good, quality = decide(scan_pdf(picture(decision_pdf(), 100), hidden=GARBLED))
    assert not good
    assert quality < 0.3


def test_a_scan_with_a_signing_mark_only_is_not() -> None:
    good, _ = decide(scan_pdf(picture(decision_pdf(), 100), stamp="Ký bởi: Ủy ban nhân dân xã Hòa Bình 14/08/2025"))
    assert not good


def test_a_scan_whose_layer_covers_its_print_is_used() -> None:
    blank = np.full((1169, 827), 255, np.uint8)
    source = PdfSource("a.pdf", scan_pdf(blank, hidden="\n".join(BODY)))
    layer = read_text_layer(source, 0)
    page = source.raster(0, LOOK_DPI)
    for word in layer.words:  # print under every word
        assert word.box is not None
        x0, top, x1, bottom = (round(value * LOOK_DPI / 72) for value in word.box)
        page.pixels[top + 2 : bottom - 2, x0 + 1 : x1 - 1] = 0
    assert is_good(layer, True, page)
    page.pixels[600:900, 300:600] = 0  # a picture or a seal says nothing
    assert is_good(layer, True, page)
    for top in range(500, 800, 20):  # lines that no word covers do
        page.pixels[top : top + 10, 80:280] = 0
    assert not is_good(layer, True, page)


def test_letters_without_a_meaning_count_against_a_layer() -> None:
    """Those of a font without a code table are left out of the words, not out of the judgement."""
    body = "\n".join(BODY)
    secret = "".join(chr(0xE000 + ord(char) % 256) if char.isalpha() else char for char in body)
    layer = read_text_layer(PdfSource("a.pdf", scan_pdf(np.full((1169, 827), 255, np.uint8), hidden=secret)), 0)
    assert layer.quality == 0.0
    assert not is_good(layer, False, None)


def test_ink_of_a_blank_page_is_covered() -> None:
    source = PdfSource("a.pdf", scan_pdf(np.full((1169, 827), 250, np.uint8)))
    layer = TextLayer((Word("a", "a", Box(0, 0, 5, 5)),), (), (), 1.0)
    assert covered_ink(layer, source.raster(0, LOOK_DPI)) == 1.0


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_of_turned_pages_lie_on_the_page_as_it_stands(rotation: int) -> None:
    upright, turned = PdfSource("a.pdf", decision_pdf()), PdfSource("b.pdf", decision_pdf(rotation=rotation))
    want = [word.box for word in read_text_layer(upright, 0).words]
    layer = read_text_layer(turned, 0)
    got = [layer.to_page.box(word.box) for word in layer.words if word.box is not None]
    assert [tuple(box) for box in got] == [pytest.approx(box, abs=0.5) for box in want]
    # the picture's corners lie on the page's corners, whichever way it is shown
    raster = turned.raster(0, 72)
    corners = {
        tuple(round(v) for v in raster.to_page.point(x, y)) for x in (0, raster.width) for y in (0, raster.height)
    }
    assert corners == {(0, 0), (595, 0), (0, 842), (595, 842)}


def test_words_of_a_cropped_page_are_counted_from_its_corner() -> None:
    whole = decision_pdf()
    cropped = re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [ 0 0 595.27 841.89 ] /CropBox [ 20 30 595 800 ]", whole)
    want = {word.text: word.box for word in read_text_layer(PdfSource("a.pdf", whole), 0).words}["Hương"]
    got = {word.text: word.box for word in read_text_layer(PdfSource("b.pdf", cropped), 0).words}["Hương"]
    assert want is not None
    assert got == pytest.approx((want.x0 - 20, want.top - 41.89, want.x1 - 20, want.bottom - 41.89), abs=0.1)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1.204 12/5/2025 98,3% 17 450 000 2.300", 1.0, 1.0),
        (" ".join(BODY), 0.95, 1.0),
        (GARBLED, 0.0, 0.3),
        ("Can cu Luat To chuc chinh quyen dia phuong ngay 16 thang 6 nam 2025", 0.0, 0.2),
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam §éc lËp Tù do H¹nh phóc Uû ban nh©n d©n", 0.0, 0.5),
        ("(cid:3)(cid:17)(cid:88)(cid:4) (cid:9)(cid:17)(cid:3)", 0.0, 0.0),
        ("\ue001\ue002\ue003 \ue010\ue011", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_quality_of_texts(text: str, low: float, high: float) -> None:
    assert low <= layer_quality(text) <= high
