"""Bad input that is a matter of the disk: names, holes, links, pipes, folders named like papers."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path

from benchmarks.hostile.pdf import one_page
from benchmarks.hostile.sort import Place

NAMES = (
    "-rf.pdf", "$(touch pwned).pdf", "`id`.pdf", "a; rm -rf ~.pdf", "a\nb\r\nc.pdf", "tab\there.pdf", "\x1b[2J\x1b[31mred.pdf", "\u202efdp.exe.pdf", "a\u200bb\ufeff.pdf", "'quote\"s'.pdf",
    "star*?[a-z].pdf", "%s%n{0}.pdf", "  blanks  .pdf", "..pdf", ".hidden.pdf", "CON.pdf", "a.pdf.exe.pdf", "=cmd|' C calc'!A0.pdf", "<b>html<b>.pdf", "'; DROP TABLE documents;--.pdf",
    unicodedata.normalize("NFD", "Quyết định số 12 về đường phố.pdf"), unicodedata.normalize("NFC", "Quyết định số 12 về đường phố.pdf"), "back\\slash.pdf", "UPPER.PDF", "#frag?query&a=b.pdf",
)  # fmt: skip


def _named(folder: Path, number: str, rng: random.Random) -> Path:
    path = folder / f"{number} {rng.choice(NAMES)}"
    path.write_bytes(_page(number))
    return path


def _page(number: str) -> bytes:
    """A page that differs from all others, so that none stands for another."""
    return one_page() + b"%% %s\n" % number.encode()


def _longest_name(folder: Path, number: str, rng: random.Random) -> Path:
    """255 bytes, the most that file systems take, in letters of three bytes."""
    stem = f"{number} "
    path = folder / (stem + "ệ" * ((255 - len(stem) - 4) // 3) + ".pdf")
    path.write_bytes(_page(number))
    return path


def _not_text(folder: Path, number: str, rng: random.Random) -> Path:
    path = Path(os.fsdecode(os.fsencode(folder / number) + b" \xff\xfe\xe1.pdf"))
    path.write_bytes(_page(number))
    return path


def _deep(folder: Path, number: str, rng: random.Random) -> Path:
    """Under many folders."""
    path = folder.joinpath(number, *("d" * rng.choice((1, 60)) for _ in range(rng.choice((2, 40))))) / "a.pdf"
    path.parent.mkdir(parents=True)
    path.write_bytes(_page(number))
    return path


def _hole(folder: Path, number: str, rng: random.Random) -> Path:
    """Four gigabytes that take no room: nothing but a hole, or a page before it."""
    path = folder / f"{number}-sparse{rng.choice(('.pdf', '.txt', '.tif'))}"
    path.write_bytes(rng.choice((b"", _page(number), b"II*\0\x08\0\0\0")))
    os.truncate(path, 4 << 30)
    return path


def _link(folder: Path, number: str, rng: random.Random) -> Path:
    """To nowhere, or in a circle."""
    path = folder / f"{number}-link.pdf"
    path.symlink_to(rng.choice(("nowhere.pdf", path.name, "/proc/self/nothing")))
    return path


def _pipe(folder: Path, number: str, rng: random.Random) -> Path:
    """Whoever opens it to read waits for ever."""
    path = folder / f"{number}-pipe.pdf"
    os.mkfifo(path)
    return path


def _folder(folder: Path, number: str, rng: random.Random) -> Path:
    """A folder with the name of a paper, and a paper in it."""
    path = folder / f"{number}-folder.pdf" / "inside.pdf"
    path.parent.mkdir()
    path.write_bytes(_page(number))
    return path


SORTS = (
    Place("name-odd", _named),
    Place("name-longest", _longest_name),
    Place("name-not-text", _not_text),
    Place("place-deep", _deep),
    Place("place-sparse", _hole),
    Place("place-link", _link),
    Place("place-pipe", _pipe),
    Place("place-folder", _folder),
)
