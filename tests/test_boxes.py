"""A frame drawn around a word lies on its ink: pages turned, cropped, skewed, pictures with and without a resolution."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from pipeline.read import read
from pipeline.settings import ReadSettings
from pipeline.sources.images import Pixels
from schemas.page import Box, Page
from schemas.result import Job
from tests.made_pages import decision_pdf, picture, png, scan_pdf, turned, write

WORDS = ("QUYẾT", "Hương", "NGHĨA", "kiện")


def boxes(path: Path) -> tuple[Page, dict[str, Box]]:
    (page,) = read(Job(path, "", ""), ReadSettings()).pages
    return page, {word.text: word.box for line in page.lines for word in line.words if word.box}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Box]:
    """Where the words stand, in points from the upper left corner."""
    return boxes(write(tmp_path_factory.mktemp("printed"), "a.pdf", decision_pdf()))[1]


def on_the_words(found: dict[str, Box], wanted: dict[str, Box], *, scale: float = 1.0) -> None:
    for name in WORDS:
        got, want = found[name], wanted[name]
        middle = ((got.x0 + got.x1) / 2 / scale, (got.top + got.bottom) / 2 / scale)
        assert middle[0] == pytest.approx((want.x0 + want.x1) / 2, abs=4), name
        assert want.top - 3 < middle[1] < want.bottom + 3, name
        assert 0.7 < got.width / scale / want.width < 1.5, name


def cropped(data: bytes, left: float, bottom: float, right: float, top: float) -> bytes:
    out = io.BytesIO()
    with pdfium.PdfDocument(data) as document:
        document[0].set_mediabox(left, bottom, right, top)
        document.save(out)
    return out.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_scan_that_the_file_shows_turned(tmp_path: Path, printed: dict[str, Box], rotation: int) -> None:
    """Boxes are of the page as it stands in the file, before any turning."""
    data = turned(scan_pdf(picture(decision_pdf())), rotation)
    page, found = boxes(write(tmp_path, "a.pdf", data))
    assert (round(page.width), round(page.height)) == (595, 842)
    on_the_words(found, printed)


@pytest.mark.slow
def test_a_scan_whose_page_does_not_begin_at_the_origin(tmp_path: Path, printed: dict[str, Box]) -> None:
    data = cropped(scan_pdf(picture(decision_pdf())), 20, 30, 590, 835)
    page, found = boxes(write(tmp_path, "a.pdf", data))
    assert (round(page.width), round(page.height)) == (570, 805)
    cut = 841.89 - 835
    on_the_words(found, {w: Box(b.x0 - 20, b.top - cut, b.x1 - 20, b.bottom - cut) for w, b in printed.items()})


@pytest.mark.slow
def test_a_skewed_scan(tmp_path: Path, printed: dict[str, Box]) -> None:
    pixels, degrees = picture(decision_pdf()), 1.5
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    skewed: Pixels = np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255,)), np.uint8)
    _, found = boxes(write(tmp_path, "a.pdf", scan_pdf(skewed)))
    step = 72 / 200
    moved = {}
    for name in WORDS:
        box = printed[name]
        x, y = matrix @ ((box.x0 + box.x1) / 2 / step, (box.top + box.bottom) / 2 / step, 1.0) * step
        moved[name] = Box(x - box.width / 2, y - box.height / 2, x + box.width / 2, y + box.height / 2)
    on_the_words(found, moved)


@pytest.mark.slow
@pytest.mark.parametrize(("dpi", "scale"), [(200, 1.0), (None, 200 / 72)])
def test_a_picture_with_and_without_its_resolution(
    tmp_path: Path, printed: dict[str, Box], dpi: int | None, scale: float
) -> None:
    """Points where the picture says how large it is, else its pixels."""
    page, found = boxes(write(tmp_path, "a.png", png(picture(decision_pdf()), dpi)))
    assert page.width == pytest.approx(595 * scale, abs=2)
    on_the_words(found, printed, scale=scale)
