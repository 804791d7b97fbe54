"""The picture made fit for reading; clean pages stay as they are."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.picture import image
from pipeline.picture.frame import Frame
from pipeline.recognise.printed import printed_lines
from pipeline.sources.images import Pixels, Raster
from tests.made_pages import decision_pdf, picture

DPI = 150.0


@pytest.fixture(scope="module")
def page() -> Pixels:
    return picture(decision_pdf(), DPI)


def raster(pixels: Pixels) -> Raster:
    return Raster(pixels, DPI, Frame.scale(72 / DPI))


def skewed(pixels: Pixels, degrees: float) -> Pixels:
    """Text lines fall to the right by so many degrees."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255,)), dtype=np.uint8)


@pytest.mark.parametrize("degrees", [-4.0, -1.3, 0.4, 2.5, 6.0])
def test_skew_is_measured_and_taken_out(page: Pixels, degrees: float) -> None:
    assert image.measure_skew(skewed(page, degrees), DPI) == pytest.approx(degrees, abs=0.15)
    prepared = image.prepare(raster(skewed(page, degrees)), turn=0)
    assert image.measure_skew(prepared.pixels, DPI) == pytest.approx(0.0, abs=0.15)


def test_a_clean_page_stays_as_it_is(page: Pixels) -> None:
    prepared = image.prepare(raster(page), turn=0)
    assert (prepared.turn, prepared.skew, prepared.seals) == (0, 0.0, ())
    assert np.array_equal(prepared.pixels, page)


@pytest.mark.parametrize("turns", [1, 3])
def test_lying_pages_are_told(page: Pixels, turns: int) -> None:
    assert not image.lies_sideways(page, DPI)
    assert not image.lies_sideways(skewed(page, 3), DPI)
    assert image.lies_sideways(np.rot90(page, turns), DPI)


def test_boxes_lead_back_through_turning_and_levelling(page: Pixels) -> None:
    spot = (400, 300)  # x, y of a mark on the page
    lying = np.ascontiguousarray(np.rot90(skewed(page, 2.0), 1))
    prepared = image.prepare(raster(lying), turn=1)
    # from the page as it lies, forth and back
    there = prepared.to_page.inverse().point(100, 150)
    assert prepared.to_page.point(*there) == pytest.approx((100, 150))
    # a black square keeps its place
    marked = lying.copy()
    marked[spot[1] : spot[1] + 12, spot[0] : spot[0] + 12] = 0
    after = image.prepare(raster(marked), turn=1)
    x, y = (round(value) for value in after.to_page.inverse().point((spot[0] + 6) * 72 / DPI, (spot[1] + 6) * 72 / DPI))
    assert after.pixels[y, x] < 80


def test_grey_and_uneven_paper_becomes_white(page: Pixels) -> None:
    shade = np.linspace(150, 235, page.shape[1])
    grey = (page / 255.0 * shade).astype(np.uint8)
    even = image.even_background(grey, DPI)
    assert np.percentile(even, 20) >= 245
    assert np.mean((even < 128) == (page < 128)) > 0.995


def test_specks_go_where_there_are_many_and_only_there(page: Pixels) -> None:
    rng = np.random.default_rng(1)
    assert image.without_specks(page, DPI) is page
    dirty = page.copy()
    dirty[rng.random(page.shape) < 0.01] = 0
    clean = image.without_specks(dirty, DPI)
    blank = page > 250
    assert (clean[blank] < 128).mean() < 0.35 * (dirty[blank] < 128).mean()


def red_page(page: Pixels) -> Pixels:
    """The page in colour with a round red seal of 100 points over some print."""
    colour = np.stack([page] * 3, axis=2)
    seal = np.zeros(page.shape, np.uint8)
    centre, radius = (800, 700), round(50 * DPI / 72)
    cv2.circle(seal, centre, radius, 1, 5)
    cv2.circle(seal, centre, radius - 25, 1, 3)
    cv2.putText(seal, "XA HOA BINH", (centre[0] - 70, centre[1]), cv2.FONT_HERSHEY_SIMPLEX, 0.7, 1, 3)
    ink = np.array([210, 40, 50], np.uint8)
    return np.where((seal > 0)[:, :, None], np.minimum(colour, ink), colour).astype(np.uint8)


def test_red_seals_leave_the_print_and_are_noted(page: Pixels) -> None:
    prepared = image.prepare(raster(red_page(page)), turn=0)
    assert np.mean((prepared.pixels < 128) == (page < 128)) > 0.999
    (seal,) = prepared.seals
    assert seal.kind == "seal"
    assert seal.box is not None
    assert seal.box == pytest.approx(
        (800 * 72 / DPI - 50, 700 * 72 / DPI - 50, 800 * 72 / DPI + 50, 700 * 72 / DPI + 50), abs=6
    )


def test_rules_are_erased_and_remembered(page: Pixels) -> None:
    ruled = page.copy()
    ruled[400:403, 200:900] = 0
    ruled[400:900, 200:203] = 0
    out, rulings = image.without_rules(ruled, DPI)
    assert [(one.horizontal, round(one.box.width), round(one.box.height)) for one in rulings] == [
        (False, 3, 500),
        (True, 700, 3),
    ]
    assert (out[395:410, 210:890] < 128).sum() <= (page[395:410, 210:890] < 128).sum() * 1.05 + 20


def test_light_grey_rules_are_found_on_grey_paper(page: Pixels) -> None:
    """Too pale for ink, and noise lies over them; the print of the page alone has none."""
    rng = np.random.default_rng(0)
    ruled = page.astype(np.float32) * 0.9
    ruled[1020, 200:900] *= 0.8
    ruled[900:1200, 500] *= 0.8
    grey = np.asarray(np.clip(ruled + rng.normal(0, 4, ruled.shape), 0, 255), np.uint8)
    before = image.without_rules(np.asarray(page * 0.9, np.uint8), DPI)[1]
    found = sorted(set(image.without_rules(grey, DPI)[1]) - set(before))
    new = [one for one in found if all(abs(one.box.top - old.box.top) > 3 for old in before)]
    assert [one.horizontal for one in new] == [True, False]
    across, down = (one.box for one in new)
    assert across == pytest.approx((200, 1020, 900, 1021), abs=8)
    assert down == pytest.approx((500, 900, 501, 1200), abs=8)


def test_signatures_are_erased_and_noted(page: Pixels) -> None:
    signed = page.copy()
    points = np.array([[700, 900], [760, 840], [740, 960], [820, 860], [990, 830]], np.int32)
    cv2.polylines(signed, [points], False, 0, 3)
    out, found = image.without_pen(signed, DPI)
    assert len(found) == 1
    assert np.mean((out < 128) == (page < 128)) > 0.9995


def test_half_turn_keeps_places(page: Pixels) -> None:
    prepared = image.prepare(raster(page), turn=0)
    other = image.turned(prepared, 2)
    height, width = page.shape
    assert other.to_page.point(width, height) == pytest.approx((0, 0))
    assert other.turn == 2


def test_lines_of_print_are_found(page: Pixels) -> None:
    lines = printed_lines(page, DPI)
    body = [line for line in lines if line.letters >= 38]
    assert len(body) == 6
    assert all(6 < line.height * 72 / DPI < 12 for line in body)


def test_blank_pictures_are_no_trouble() -> None:
    blank = np.full((600, 400), 255, np.uint8)
    assert image.measure_skew(blank, DPI) == 0.0
    assert not image.lies_sideways(blank, DPI)
    assert printed_lines(blank, DPI) == []
    assert np.array_equal(image.prepare(raster(blank), turn=0).pixels, blank)
