"""PNG, JPEG and TIFF files that lie about what they hold."""

from __future__ import annotations

import io
import random
import struct
import zlib

import numpy as np
from PIL import Image

from benchmarks.hostile.sort import Sort

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SIZES = ((0, 0), (2**31 - 1, 2**31 - 1), (1, 200_000), (200_000, 1), (1, 1), (60_000, 60_000), (10_900, 11_000))


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _head(width: int, height: int, depth: int = 8, colour: int = 0, interlaced: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def _saved(image: Image.Image, form: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def _paper(rng: random.Random, size: tuple[int, int] = (620, 877)) -> Image.Image:
    noise = np.random.default_rng(rng.randrange(2**32)).normal(230, 12, (size[1], size[0]))
    return Image.fromarray(np.clip(noise, 0, 255).astype(np.uint8))


def _damaged(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 5, 60))):
        out[rng.randrange(8, len(out))] = rng.randrange(256)
    return bytes(out[: rng.choice((len(out), len(out) // 2, 40, len(out) - 3))])


def _png_size(rng: random.Random) -> bytes:
    width, height = rng.choice(SIZES)
    data = zlib.compress(bytes(4_000_000), 9)
    return SIGNATURE + _head(width, height, 1) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def _png_form(rng: random.Random) -> bytes:
    depth, colour = rng.choice(((3, 0), (16, 3), (8, 3), (8, 7), (0, 0), (255, 6), (16, 6)))
    rows = zlib.compress(rng.randbytes(90_000))
    return (
        SIGNATURE + _head(100, 100, depth, colour, rng.choice((0, 1, 9))) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def _png_chunks(rng: random.Random) -> bytes:
    """Texts and profiles that unpack a thousandfold, chunks out of order or of a length that is not there."""
    bomb = zlib.compress(bytes(50_000_000), 9)
    extra = rng.choice(
        (
            chunk(b"zTXt", b"Comment\0\0" + bomb),
            chunk(b"iCCP", b"icc\0\0" + bomb),
            chunk(b"iTXt", b"a\0\1\0\0\0" + bomb),
            chunk(b"tEXt", b"a\0" + b"b" * 3_000_000),
            struct.pack(">I", 2**31) + b"IDAT",
            chunk(b"pHYs", b"\0" * 9),
            chunk(b"pHYs", b"\xff" * 9),
            chunk(b"acTL", struct.pack(">II", 2**31 - 1, 0)),
            chunk(b"eXIf", b"MM\0*\0\0\0\x08" + b"\xff\xff" + rng.randbytes(40)),
        )
    )
    rows = zlib.compress((b"\0" + b"\xff" * 100) * 100)
    return SIGNATURE + _head(100, 100) + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _jpeg_size(rng: random.Random) -> bytes:
    data = bytearray(_saved(_paper(rng, (64, 64)), "JPEG"))
    at = data.find(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(
        ">HH", *rng.choice(((65_535, 65_535), (0, 64), (64, 0), (10_000, 10_000), (65_535, 1)))
    )
    return bytes(data)


def _jpeg_exif(rng: random.Random) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = rng.choice((0, 3, 6, 9, 200))
    exif[0x011A] = rng.choice((0.0, 1e9, 72.0))
    data = _saved(_paper(rng), rng.choice(("JPEG",)), exif=exif, dpi=rng.choice(((0, 0), (65_535, 1), (300, 7))))
    return data.replace(b"Exif\0\0", b"Exif\0\0" + rng.choice((b"", b"\xff" * 9)), 1)


def _jpeg_mode(rng: random.Random) -> bytes:
    image = _paper(rng).convert(rng.choice(("CMYK", "RGB", "L")))
    return _saved(image, "JPEG", progressive=True, quality=rng.choice((1, 95)))


def ifd(entries: list[tuple[int, int, int, int]], following: int) -> bytes:
    """A TIFF directory, little endian: (tag, type, count, value or place)."""
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", following)


def _tiff(rng: random.Random) -> bytes:
    """One directory by hand, one of its entries absurd, its successor itself or nowhere."""
    width, height = rng.choice(((100, 100), *SIZES))
    compression = rng.choice((1, 1, 2, 3, 4, 5, 6, 7, 8, 32773, 34712, 50000, 50001, 9999, 0))
    bits = rng.choice((1, 8, 8, 0, 3, 64, 65_535))
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, bits), (259, 3, 1, compression), (262, 3, 1, rng.choice((0, 1, 3, 6, 32_803))),
        (273, 4, 1, rng.choice((500, 2**32 - 1, 0, 8))), (277, 3, 1, rng.choice((1, 1, 4, 0, 65_535))), (278, 4, 1, rng.choice((height, 0, 2**32 - 1))),
        (279, 4, 1, rng.choice((10_000, 0, 2**32 - 1))), (282, 5, 1, rng.choice((8, 2**32 - 1))), (339, 3, 1, rng.choice((1, 3, 99))),
    ]  # fmt: skip
    following = rng.choice((0, 8, 8, 2**32 - 1, 100))
    return (
        b"II*\0" + struct.pack("<I", 8) + ifd([e for e in entries if e[1] < 5 or rng.random() < 0.5], following)
    ).ljust(500, b"\0") + rng.randbytes(10_000)


def _tiff_pages(rng: random.Random) -> bytes:
    """Many tiny pages."""
    pages = [Image.new("1", (8, 8), 1)] * rng.choice((50, 1500))
    return _saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])


def _tiff_kind(rng: random.Random) -> bytes:
    image = _paper(rng).convert(
        rng.choice(("I;16", "F", "I", "P", "LAB", "YCbCr", "CMYK", "1", "RGBA")) if rng.random() < 1 else "L"
    )
    return _saved(image, "TIFF", compression=rng.choice((None, "tiff_lzw", "tiff_adobe_deflate", "packbits")))


def _tiff_bomb(rng: random.Random) -> bytes:
    return _saved(
        Image.new("1", (10_800, 11_000), 1), "TIFF", compression=rng.choice(("group4", "tiff_lzw", "packbits"))
    )


def _tiff_cut(rng: random.Random) -> bytes:
    return _damaged(
        _saved(
            _paper(rng),
            "TIFF",
            save_all=True,
            append_images=[_paper(rng)],
            compression=rng.choice((None, "tiff_lzw", "tiff_adobe_deflate")),
        ),
        rng,
    )


def _big_tiff(rng: random.Random) -> bytes:
    return (
        struct.pack("<2sHHHQ", b"II", 43, rng.choice((8, 4, 0)), 0, rng.choice((16, 2**63, 0)))
        + struct.pack("<Q", rng.choice((2**60, 1)))
        + rng.randbytes(400)
    )


SORTS = (
    Sort("png-size", ".png", _png_size),
    Sort("png-form", ".png", _png_form),
    Sort("png-chunks", ".png", _png_chunks),
    Sort("png-damaged", ".png", lambda r: _damaged(_saved(_paper(r), "PNG"), r)),
    Sort("jpeg-size", ".jpg", _jpeg_size),
    Sort("jpeg-exif", ".jpeg", _jpeg_exif),
    Sort("jpeg-mode", ".jpg", _jpeg_mode),
    Sort("jpeg-damaged", ".jpg", lambda r: _damaged(_saved(_paper(r), "JPEG"), r)),
    Sort("tiff-directory", ".tif", _tiff),
    Sort("tiff-many-pages", ".tiff", _tiff_pages),
    Sort("tiff-kinds", ".tif", _tiff_kind),
    Sort("tiff-bomb", ".tif", _tiff_bomb),
    Sort("tiff-damaged", ".tif", _tiff_cut),
    Sort("tiff-big", ".tif", _big_tiff),
    Sort("image-noise", ".png", lambda r: _saved(Image.fromarray(np.random.default_rng(r.randrange(2**32)).integers(0, 256, (1200, 850), dtype=np.uint8)), "PNG")),
    Sort("image-bars", ".png", lambda r: _saved(Image.fromarray(np.tile(np.array([0, 255], np.uint8).repeat(r.choice((1, 3, 9))), (1200, 60))), "PNG")),
    Sort("image-black", ".png", lambda r: _saved(Image.new("L", (1240, 1754), r.choice((0, 1, 127))), "PNG")),
    Sort("image-thin", ".png", lambda r: _saved(Image.new("L", r.choice(((1, 9000), (9000, 1), (2, 2), (30_000, 3))), 200), "PNG")),
)  # fmt: skip
