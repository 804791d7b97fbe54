"""Files of each sort to pages. The recogniser is real only in the slow tests."""

from __future__ import annotations

import io
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import ReadError
from pipeline.read import Reading, ReadSettings, read
from pipeline.recognise.tesseract import Tesseract
from pipeline.sources.images import Pixels
from schemas.page import Box, Page
from schemas.result import Job
from tests.made_pages import (
    BODY,
    LEFT_HEAD,
    RECIPIENTS,
    RIGHT_HEAD,
    SIGNATURE,
    TITLE,
    decision_pdf,
    picture,
    png,
    scan_pdf,
    write,
)

PRINT = [*LEFT_HEAD, *RIGHT_HEAD, *TITLE, *BODY, *RECIPIENTS, *(line for line in SIGNATURE if line)]


def read_file(path: Path, **settings: object) -> Reading:
    return read(Job(path, "d", "s"), ReadSettings(**settings))  # type: ignore[arg-type]


def right_words(page: Page) -> float:
    """Share of the printed words that stand in the page's text."""
    want = " ".join(PRINT).split()
    got = set(page.text.split())
    return sum(word in got for word in want) / len(want)


def test_a_born_digital_file(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, "a.pdf", decision_pdf()))
    (page,) = reading.pages
    assert (reading.kind, reading.failures, page.source, page.number) == ("born_digital", (), "text_layer", 1)
    assert [line.text for line in page.lines] == PRINT
    assert page.text == unicodedata.normalize("NFC", page.text)
    assert (round(page.width), round(page.height)) == (595, 842)
    assert all(word.confidence == 1.0 for line in page.lines for word in line.words)


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_born_digital_pages_that_lie(tmp_path: Path, rotation: int) -> None:
    upright = read_file(write(tmp_path, "a.pdf", decision_pdf())).pages[0]
    lying = read_file(write(tmp_path, "b.pdf", decision_pdf(rotation=rotation))).pages[0]
    assert lying.text == upright.text
    assert [line.box for line in lying.lines] == [pytest.approx(line.box, abs=0.5) for line in upright.lines]


def test_a_text_dump(tmp_path: Path) -> None:
    reading = read_file(write(tmp_path, "a.txt", "\n".join((*TITLE, "", *BODY, "\fphần sau của văn bản")).encode()))
    assert (reading.kind, [page.source for page in reading.pages]) == ("text", ["repaired", "repaired"])
    first, second = reading.pages
    assert [line.text for line in first.lines[:3]] == [*TITLE, ""]
    assert (second.number, second.text) == (2, "phần sau của văn bản")
    assert first.quality > 0.9
    assert all(word.box is None for line in first.lines for word in line.words)


def test_blank_pages_are_no_failures(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (500, 700), 250).save(out, "TIFF", save_all=True, append_images=[Image.new("L", (500, 700), 255)])
    reading = read_file(write(tmp_path, "a.tif", out.getvalue()))
    assert [page.lines for page in reading.pages] == [(), ()]
    assert reading.failures == ()


def test_a_page_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("L", (300, 400), 255).save(out, "TIFF", save_all=True, append_images=[Image.new("1", (3000, 3000), 1)])
    reading = read_file(write(tmp_path, "a.tif", out.getvalue()), pixel_cap=1_000_000)
    assert [page.number for page in reading.pages] == [1]
    (failure,) = reading.failures
    assert (failure.page, failure.category, failure.source_path) == (2, "too_large", str(tmp_path / "a.tif"))


def test_a_file_that_vanished(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="not there") as caught:
        read_file(tmp_path / "gone.pdf")
    assert caught.value.category == "missing"


def test_settings_tell_how_a_page_was_read() -> None:
    first, second = ReadSettings().fingerprint(), ReadSettings(dpi=200).fingerprint()
    assert first != second
    assert first == ReadSettings().fingerprint()
    with pytest.raises(ValueError, match="known"):
        ReadSettings(engine="crystal ball").fingerprint()


@pytest.fixture(scope="module")
def page_picture() -> Pixels:
    return picture(decision_pdf(), 200)


ENGINES = ["auto", "tesseract"]


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_a_clean_scan(tmp_path: Path, page_picture: Pixels, engine: str) -> None:
    reading = read_file(write(tmp_path, "a.pdf", scan_pdf(page_picture)), engine=engine)
    (page,) = reading.pages
    assert (reading.kind, page.source, page.quality) == ("scanned", "ocr", 0.0)
    assert right_words(page) > 0.97
    lines = [line.text for line in page.lines]
    assert lines.index(LEFT_HEAD[1]) < lines.index(RIGHT_HEAD[1]) < lines.index(TITLE[0]) < lines.index(RECIPIENTS[0])
    assert lines.index(RECIPIENTS[0]) < lines.index(SIGNATURE[1]) < lines.index(SIGNATURE[4])


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_words_of_a_scan_lie_where_they_are_printed(tmp_path: Path, page_picture: Pixels, engine: str) -> None:
    printed = {
        word.text: word.box
        for line in read_file(write(tmp_path, "a.pdf", decision_pdf())).pages[0].lines
        for word in line.words
    }
    scanned = read_file(write(tmp_path, "b.pdf", scan_pdf(page_picture)), engine=engine).pages[0]
    found = {word.text: word.box for line in scanned.lines for word in line.words}
    # not the code: a number that a pen may have filled in is a word of its own, `45 /QĐ-UBND`
    for name in ("QUYẾT", "Hương", "NGHĨA", "kiện"):
        want, got = printed[name], found[name]
        assert isinstance(want, Box)
        assert isinstance(got, Box)
        assert (got.x0 + got.x1) / 2 == pytest.approx((want.x0 + want.x1) / 2, abs=4)
        assert want.top - 4 < (got.top + got.bottom) / 2 < want.bottom + 4


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("turns", [1, 2, 3])
def test_scans_that_lie_or_stand_on_their_head(tmp_path: Path, page_picture: Pixels, turns: int, engine: str) -> None:
    lying = np.ascontiguousarray(np.rot90(page_picture, turns))
    (page,) = read_file(write(tmp_path, "a.png", png(lying, 200)), engine=engine).pages
    assert right_words(page) > 0.95
    name = next(word for line in page.lines for word in line.words if word.text == "Hương")
    assert name.box is not None
    # in the lower right quarter of the upright page, and so in another quarter of the file's
    right, low = name.box.x0 > page.width / 2, name.box.top > page.height / 2
    assert (right, low) == {1: (True, False), 2: (False, False), 3: (False, True)}[turns]


@pytest.mark.slow
def test_a_wrong_language_layer_is_read_anew(tmp_path: Path, page_picture: Pixels) -> None:
    hidden = "Can cr Ludt Té chirc chinh quyén dia phuong\nTheo dé nghi ctia Truéng phong Van héa - Xa hdi"
    (page,) = read_file(write(tmp_path, "a.pdf", scan_pdf(page_picture, hidden=hidden))).pages
    assert page.source == "ocr"
    assert page.quality < 0.5
    assert right_words(page) > 0.95


@pytest.mark.slow
def test_a_mixed_file(tmp_path: Path, page_picture: Pixels) -> None:
    import pypdfium2 as pdfium

    out = io.BytesIO()
    with pdfium.PdfDocument(decision_pdf()) as first, pdfium.PdfDocument(scan_pdf(page_picture)) as second:
        first.import_pages(second)
        first.save(out)
    reading = read_file(write(tmp_path, "a.pdf", out.getvalue()))
    assert reading.kind == "mixed"
    assert [page.source for page in reading.pages] == ["text_layer", "ocr"]
    assert right_words(reading.pages[1]) > 0.95


@pytest.mark.slow
def test_damage_of_an_office_scan(tmp_path: Path) -> None:
    import cv2

    pixels = picture(decision_pdf(), 300)
    height, width = pixels.shape
    rng = np.random.default_rng(3)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -1.4, 1.0)
    skewed = cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255,))
    grey = np.clip(skewed * 0.82 + 20 + rng.normal(0, 6, skewed.shape), 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(np.asarray(cv2.GaussianBlur(grey, (0, 0), 0.8))).save(out, "JPEG", quality=50, dpi=(300, 300))
    (page,) = read_file(write(tmp_path, "a.jpg", out.getvalue())).pages
    assert right_words(page) > 0.95


@pytest.mark.slow
def test_reading_stops_at_the_time_limit(page_picture: Pixels) -> None:
    with pytest.raises(ReadError, match="stopped") as caught:
        Tesseract().read(page_picture, 200, 0.05)
    assert caught.value.category == "timeout"
