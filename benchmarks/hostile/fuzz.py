"""Copies of good papers, spoilt as disks, mail programs and fuzzers spoil them; and files that are two things at once."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks.hostile.pdf import one_page
from benchmarks.hostile.sort import Sort

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@cache
def _papers() -> tuple[bytes, ...]:
    """The short sample papers: PDFs, smallest first (long ones would only cost time)."""
    return tuple(sorted((path.read_bytes() for path in SAMPLES.glob("*/scan.pdf")), key=len)[:8])


def _paper(rng: random.Random) -> bytes:
    return rng.choice(_papers())


def _flips(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 20, 400))):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _spliced(data: bytes, rng: random.Random) -> bytes:
    """Pieces cut out, doubled, moved, put in."""
    out = data
    for _ in range(rng.choice((1, 4))):
        at, size = rng.randrange(len(out)), rng.choice((1, 100, 5000))
        piece = out[at : at + size]
        out = rng.choice(
            (
                out[:at] + out[at + size :],
                out[:at] + piece + out[at:],
                piece + out[:at] + out[at + size :],
                out[:at] + rng.randbytes(size) + out[at:],
            )
        )
    return out


def _sectors(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 10))):
        at = rng.randrange(len(out)) // 512 * 512
        out[at : at + 512] = bytes(len(out[at : at + 512]))
    return bytes(out)


def _numbers(data: bytes, rng: random.Random) -> bytes:
    """Numbers of the skeleton replaced by absurd ones."""
    out = data
    for word in rng.sample(
        (
            b"/Length ",
            b"/Width ",
            b"/Height ",
            b"/Count ",
            b"/BitsPerComponent ",
            b"/Size ",
            b"/Columns ",
            b"/First ",
            b"/N ",
        ),
        3,
    ):
        out = out.replace(
            word, word + rng.choice((b"-", b"9999999999", b"0.", b"null ", b"99 0 R ")), rng.choice((1, 9))
        )
    return out


MAILED: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data.replace(b"\n", b"\r\n"),
    lambda data: data.replace(b"\r", b""),
    lambda data: bytes(byte & 127 for byte in data),
    lambda data: data.decode("latin-1").encode("utf-8"),
    lambda data: data.decode("utf-8", "replace").encode("utf-8"),
    lambda data: data + data,
    lambda data: data[::-1],
    lambda data: data[: len(data) // 2] + data,
)


def _zip(name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(name), body)
    return out.getvalue()


def _polyglot(rng: random.Random) -> bytes:
    paper, archive = one_page(), _zip("../../evil.sh", b"#!/bin/sh\n")
    heads = (
        b"\xff\xd8\xff\xe0\0\x10JFIF\0",
        b"GIF89a\n",
        b"<html><script>1</script>\n",
        b"MZ" + bytes(60),
        b"\x89PNG\r\n\x1a\n",
        b"#!/bin/sh\nexit\n",
        archive,
    )
    return rng.choice(
        (*(head + paper for head in heads), paper + archive, paper + b"\n<html>", paper + b"%PDF-1.4\n" + paper)
    )


def _disguised(rng: random.Random) -> bytes:
    return rng.choice((_zip("a.pdf", one_page()), _zip("bomb", bytes(30_000_000)), b"\x7fELF" + rng.randbytes(300), b"\x1f\x8b" + rng.randbytes(300), b"{\\rtf1 a}", b"GIF89a" + rng.randbytes(90),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(600), bytes(5_000), rng.randbytes(5_000), b"%PDF-", b"%PDF-1.7", b"\n", b"\0", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))  # fmt: skip


SORTS = (
    Sort("copy-cut", ".pdf", lambda r: (data := _paper(r))[: r.randrange(len(data))]),
    Sort("copy-cut-at-front", ".pdf", lambda r: (data := _paper(r))[r.randrange(len(data)) :]),
    Sort("copy-bits", ".pdf", lambda r: _flips(_paper(r), r)),
    Sort("copy-spliced", ".pdf", lambda r: _spliced(_paper(r), r)),
    Sort("copy-sectors", ".pdf", lambda r: _sectors(_paper(r), r)),
    Sort("copy-numbers", ".pdf", lambda r: _numbers(_paper(r), r)),
    Sort("copy-mailed", ".pdf", lambda r: r.choice(MAILED)(_paper(r))),
    Sort("polyglot", ".pdf", _polyglot),
    Sort("disguised-pdf", ".pdf", _disguised),
    Sort("disguised-image", ".png", _disguised),
    Sort("disguised-text", ".txt", _disguised),
    Sort("empty", ".pdf", lambda r: b""),
)  # fmt: skip
