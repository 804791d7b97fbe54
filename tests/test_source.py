"""What files are, told by their bytes; what is wrong with them, told plainly."""

from __future__ import annotations

import io
import os
import pickle
import re
import zlib
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.errors import ComponentMissing, ReadError
from pipeline.sources.images import ImageSource, likely_dpi, to_pixels
from pipeline.sources.pdf import PdfSource
from pipeline.sources.source import open_source
from pipeline.sources.text_layer import read_text_layer
from pipeline.sources.textfile import TCVN3_LETTERS, TCVN3_MEANING, TextSource, decode_text
from schemas.result import Category, Job
from tests.made_pages import decision_pdf, png, write

SENTENCE = "Ủy ban nhân dân xã Hòa Bình họp phiên thường kỳ, thống nhất những nội dung sau đây."


def failing(path: Path) -> ReadError:
    with pytest.raises(ReadError) as caught, open_source(path):
        pass
    return caught.value


def no_page_pdf() -> bytes:
    out = io.BytesIO()
    with pdfium.PdfDocument.new() as document:
        document.save(out)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """The head of a white 1-bit picture of that size, its pixels packed small."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((1, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * ((width + 7) // 8 + 1) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "data", "category", "says"),
    [
        ("empty.pdf", b"", "empty", "no byte"),
        ("renamed.pdf", SENTENCE.encode(), "unsupported", "looks like text"),
        ("letter.pdf", b"PK\x03\x04" + bytes(50), "unsupported", "ZIP"),
        ("letter.docx", b"PK\x03\x04" + bytes(50), "unsupported", "Office"),
        ("no pages.pdf", no_page_pdf(), "empty", "without any page"),
        ("zeros.txt", bytes(4000), "unsupported", "zeros"),
        ("noise.bin", bytes(range(256)) * 20, "unsupported", "binary"),
        ("blank.txt", b" \n\t\n", "empty", "white space"),
        ("renamed.png", SENTENCE.encode(), "unsupported", "named as an image"),
        ("cut.png", png(np.zeros((90, 90), np.uint8))[:20], "damaged", "broken"),
        ("vast.png", huge_png(20_000, 20_000), "too_large", "limit"),
        ("large.png", huge_png(12_000, 11_000), "too_large", "12000 x 11000"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path: Path, name: str, data: bytes, category: Category, says: str) -> None:
    error = failing(write(tmp_path, name, data))
    assert (error.category, error.page) == (category, None)
    assert says in error.message


def test_truncated_pdf(tmp_path: Path) -> None:
    error = failing(write(tmp_path, "cut.pdf", decision_pdf()[:3000]))
    assert error.category == "damaged"
    assert "cut short" in error.message


def test_pdf_without_its_end_is_read_with_a_warning(tmp_path: Path) -> None:
    data = decision_pdf()
    with open_source(write(tmp_path, "late.pdf", data[: data.rfind(b"startxref")])) as source:
        assert source.page_count == 1
        assert [warning.category for warning in source.warnings] == ["damaged"]


def test_a_page_tree_that_only_one_parser_forgives(tmp_path: Path) -> None:
    data = decision_pdf().replace(b"/MediaBox", b"/MediaBux")
    with open_source(write(tmp_path, "odd.pdf", data)) as source:
        assert isinstance(source, PdfSource)
        assert read_text_layer(source, 0).words == ()


def test_encrypted_pdf(tmp_path: Path) -> None:
    error = failing(write(tmp_path, "secret.pdf", decision_pdf(encrypt="chìa khóa")))
    assert error.category == "encrypted"
    assert "password" in error.message


def test_missing_file(tmp_path: Path) -> None:
    assert failing(tmp_path / "gone.pdf").category == "missing"
    assert failing(tmp_path).category == "unsupported"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = write(tmp_path, "closed.pdf", decision_pdf())
    path.chmod(0)
    assert failing(path).category == "denied"


def test_kinds_are_told_by_bytes_not_by_names(tmp_path: Path) -> None:
    grey = np.full((20, 30), 255, np.uint8)
    with open_source(write(tmp_path, "a.txt", decision_pdf())) as source:
        assert isinstance(source, PdfSource)
    with open_source(write(tmp_path, "b", png(grey))) as source:
        assert isinstance(source, ImageSource)
    with open_source(write(tmp_path, "c.md", b"speaks of %PDF-1.4 " + SENTENCE.encode())) as source:
        assert isinstance(source, TextSource)


def test_errors_travel_between_processes() -> None:
    error = pickle.loads(pickle.dumps(ReadError("read", "timeout", "too slow", 3)))  # noqa: S301  (our own bytes)
    assert (error.stage, error.category, error.message, error.page) == ("read", "timeout", "too slow", 3)
    row = error.failure(Job(Path("a.pdf"), "d", "s"))
    assert (row.source_path, row.sha256, row.page, row.error) == ("a.pdf", "s", 3, "too slow")
    missing = pickle.loads(pickle.dumps(ComponentMissing("vie", "apt-get install it")))  # noqa: S301  (our own bytes)
    assert "apt-get install it" in str(missing)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_unicode(encoding: str) -> None:
    found = decode_text(SENTENCE.encode(encoding))
    assert found is not None
    assert found.text == SENTENCE


def test_legacy_encodings() -> None:
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for char in SENTENCE:  # Windows-1258 writes the tone after the letter
        apart = unicodedata.normalize("NFD", char)
        tone = next((mark for mark in apart if mark in tones), "")
        parts.append(unicodedata.normalize("NFC", apart.replace(tone, "") if tone else apart) + tone)
    windows = "".join(parts).encode("cp1258")
    assert decode_text(windows) == (SENTENCE, "cp1258")
    old = SENTENCE.lower().translate(str.maketrans(TCVN3_MEANING, TCVN3_LETTERS)).encode("latin-1")
    assert decode_text(old) == (SENTENCE.lower(), "tcvn3")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_not(data: bytes) -> None:
    found = decode_text(data)
    assert found is None or isinstance(found.text, str)


def test_pages_of_a_dump(tmp_path: Path) -> None:
    with open_source(write(tmp_path, "dump.txt", b"one\r\ntwo\n\fthree\n\f")) as source:
        assert isinstance(source, TextSource)
        assert source.pages == ("one\ntwo\n", "three\n")


def test_tiff_of_many_pages_and_one_too_large(tmp_path: Path) -> None:
    small, large = Image.new("L", (60, 80), 255), Image.new("1", (600, 600), 1)
    out = io.BytesIO()
    small.save(out, "TIFF", save_all=True, append_images=[large, small], dpi=(200, 200))
    with open_source(write(tmp_path, "pages.tif", out.getvalue()), pixel_cap=100_000) as source:
        assert isinstance(source, ImageSource)
        assert source.page_count == 3
        assert source.raster(0).pixels.shape == (80, 60)
        assert source.page_size(2) == pytest.approx((60 * 72 / 200, 80 * 72 / 200))
        with pytest.raises(ReadError, match="600 x 600") as caught:
            source.raster(1)
        assert caught.value.page == 2


def test_size_follows_the_stated_resolution(tmp_path: Path) -> None:
    grey = np.full((300, 200), 255, np.uint8)
    with open_source(write(tmp_path, "a.png", png(grey, 150))) as source:
        assert isinstance(source, ImageSource)
        assert source.page_size(0) == pytest.approx((96, 144), rel=0.01)
    with open_source(write(tmp_path, "b.png", png(grey))) as source:
        assert isinstance(source, ImageSource)
        assert source.page_size(0) == (200, 300)


def test_photographs_turned_by_their_exif_entry(tmp_path: Path) -> None:
    pixels = np.full((40, 60), 255, np.uint8)
    pixels[:10, :10] = 0  # top left in the file
    image, out = Image.fromarray(pixels), io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    image.save(out, "JPEG", exif=exif, quality=95)
    with open_source(write(tmp_path, "a.jpg", out.getvalue())) as source:
        assert isinstance(source, ImageSource)
        raster = source.raster(0)
        assert raster.pixels.shape == (60, 40)
        assert raster.pixels[5, 35] < 50
        assert raster.to_page.point(35, 5) == pytest.approx((5, 5))


def test_an_exif_entry_of_rubbish_turns_nothing(tmp_path: Path) -> None:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    Image.new("L", (60, 40), 255).save(out, "JPEG", exif=exif)
    data = out.getvalue().replace(b"Exif\0\0", b"Exif\0\0" + b"\xff" * 8, 1)
    with open_source(write(tmp_path, "a.jpg", data)) as source:
        assert isinstance(source, ImageSource)
        assert source.raster(0).pixels.shape == (40, 60)


def test_more_pages_than_any_paper_are_refused(tmp_path: Path) -> None:
    error = failing(write(tmp_path, "a.txt", b"a\f" * 10_001))
    assert (error.category, "10,001 pages" in error.message) == ("too_large", True)


def test_a_picture_too_thin_for_print(tmp_path: Path) -> None:
    with open_source(write(tmp_path, "a.png", png(np.zeros((3, 900), np.uint8)))) as source:
        assert isinstance(source, ImageSource)
        with pytest.raises(ReadError, match="too few for print") as caught:
            source.raster(0)
        assert caught.value.category == "empty"


def test_likely_dpi() -> None:
    assert likely_dpi(1654, 2339, 200) == 200
    assert likely_dpi(1654, 2339, 72) == pytest.approx(200, abs=1)
    assert likely_dpi(1654, 2339, None) == pytest.approx(200, abs=1)


def test_pixels_of_every_mode() -> None:
    clear = Image.new("RGBA", (4, 4), (0, 0, 0, 0))
    assert to_pixels(clear).min() == 255
    assert to_pixels(Image.new("CMYK", (4, 4), (0, 0, 0, 255))).max() < 10
    assert to_pixels(Image.new("I;16", (4, 4), 65535)).max() == 255
    assert to_pixels(Image.new("1", (4, 4), 1)).shape == (4, 4)
    assert to_pixels(Image.new("P", (4, 4), 0)).shape == (4, 4, 3)


def test_geometry_of_turned_and_cropped_pages() -> None:
    data = decision_pdf(rotation=90)
    source = PdfSource("a.pdf", data)
    geometry = source.geometry(0)
    assert geometry.shown == (geometry.height, geometry.width)
    # the corner that is shown top right is the top left of the page as it stands
    assert geometry.to_page.point(geometry.height, 0) == pytest.approx((0, 0))
    cropped = re.sub(rb"/MediaBox \[[^]]*\]", b"/MediaBox [ 0 0 595 842 ] /CropBox [ 10 20 500 800 ]", decision_pdf())
    source = PdfSource("b.pdf", cropped)
    assert source.geometry(0)[:5] == pytest.approx((490, 780, 0, 10, 42))


def test_pixel_cap_of_pdf_pages() -> None:
    source = PdfSource("a.pdf", decision_pdf(), pixel_cap=1000)
    with pytest.raises(ReadError, match="more pixels") as caught:
        source.raster(0, 300)
    assert (caught.value.category, caught.value.page) == ("too_large", 1)
