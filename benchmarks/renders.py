"""Pages drawn for measuring: the samples' papers with figures, names and typeface drawn anew, spoiled in several ways.

Half of the papers and of the typefaces are for tuning ("seen"), the other half is looked at only to report ("unseen").
Everything is drawn from seeds: the same set each time on a machine with the same typefaces.
"""

from __future__ import annotations

import random
import re
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

import cv2
import numpy as np

from benchmarks.renders_ruled import RULINGS, print_table, specs
from benchmarks.typefaces import files_of, set_in
from pipeline.score.measures import squeezed, words
from pipeline.sources.pdf import PdfSource
from pipeline.sources.text_layer import read_text_layer
from samples import forms
from samples.content import DOCUMENTS, Block, Content, Row, load, plain
from samples.damage import Picture, render, scan
from samples.layout import print_document
from schemas.page import Word

Half = Literal["seen", "unseen"]
FACES_OF: dict[Half, tuple[str, ...]] = {"seen": ("Tinos", "FreeSerif"), "unseen": ("Liberation", "Termes")}
SIZES = (11.0, 12.0, 13.0, 13.5, 14.0)
NAMES = (
    ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Huỳnh"),
    ("Văn", "Thị", "Đức", "Quang", "Hữu", "Thu", "Ngọc", "Minh", "Xuân", "Bích"),
    ("Thắng", "Hưởng", "Khuê", "Phượng", "Tuấn", "Lĩnh", "Vỹ", "Thoại", "Ngần", "Trữ", "Hoè", "Sửu", "Đạt", "Liễu"),
)
_FIGURE = re.compile(
    r"(?P<date>\b\d{1,2}/\d{1,2}/(?=20\d\d))|(?P<code>(?<!/)\b\d{2,4}(?=/\d{4}/|/[A-ZĐ]))"
    r"|(?P<amount>(?<![\d/.,^\[])\b\d[\d.]*(?:,\d+)?(?= ?%| (?:triệu|tỷ|đồng|hồ sơ|hộ|người|học viên|cuốn|lớp|phản ánh|vụ)))"
)


class Drawn(NamedTuple):
    """A page before it is spoiled. gold: its print line by line. cells: of its tables, as printed, longer ones only.

    sealed: the same page with the office's red seal over the signature. layer: its words as the printed file has them.
    """

    name: str
    picture: Picture
    sealed: Picture
    gold: str
    cells: tuple[str, ...]
    layer: tuple[Word, ...] = ()


def drawn_pages(half: Half, count: int, dpi: int = 300) -> Iterator[Drawn]:
    """One page of each paper of that half: in turns the first, the last, and one with a table where there is one."""
    papers = [load(path) for path in sorted(DOCUMENTS.glob("*.toml")) if _half_of(path.stem) == half]
    faces = _faces(half)
    for number in range(count):
        paper = papers[number % len(papers)]
        rng = random.Random(f"{half} {number}")
        content = varied(paper, rng)
        with tempfile.TemporaryDirectory() as folder, set_in(faces[number % len(faces)]):
            printed = Path(folder) / "print.pdf"
            print_document(_sealed(content), printed, True, number)
            sealed = render(printed, dpi)
            golds = print_document(content, printed, True, number)
            pictures = render(printed, dpi)
            data = printed.read_bytes()
        cells = _cells(content)
        here = [tuple(cell for cell in cells if squeezed(cell) in squeezed(gold)) for gold in golds]
        tabled = max(range(len(golds)), key=lambda page: len(here[page]))
        best = (0, tabled if here[tabled] else len(golds) - 1, len(golds) - 1 if number % 2 else tabled)[number % 3]
        with PdfSource(paper.name, data) as source:
            layer = read_text_layer(source, best).words
        name = f"{half}-{number:02d}-{paper.name}"
        yield Drawn(name, pictures[best], sealed[best], golds[best], here[best], layer)


def drawn_tables(half: Half, count: int, dpi: int = 300) -> Iterator[Drawn]:
    """Pages with a table, every manner of ruling in turns."""
    tables, faces = specs(half), _faces(half)
    for number in range(count):
        spec, ruling = tables[number % len(tables)], RULINGS[number % len(RULINGS)]
        with tempfile.TemporaryDirectory() as folder, set_in(faces[number % len(faces)]):
            printed = Path(folder) / "print.pdf"
            sheet = print_table(spec, ruling, random.Random(f"{half} table {number}"), printed)
            picture = render(printed, dpi)[0]
        cells = tuple(squeezed(cell) for cell in sheet.cells if len(words(cell)) >= 3)
        yield Drawn(f"{half}-{number:02d}-{ruling}-{spec.name}", picture, picture, "\n".join(sheet.lines), cells)


def _faces(half: Half) -> list[str]:
    """The typefaces of a half that are installed. Raises LookupError where none is."""
    faces = [face for face in FACES_OF[half] if files_of(face) is not None]
    if not faces:
        raise LookupError(f"none of the typefaces {', '.join(FACES_OF[half])} is installed")
    return faces


def _half_of(name: str) -> Half:
    """By the name alone, so that new samples leave the halves as they are."""
    return "unseen" if zlib.crc32(name.encode()) % 2 else "seen"


def _sealed(content: Content) -> Content:
    office = " ".join(content.head.get("issuer", [])) or "ỦY BAN NHÂN DÂN"
    return replace(content, foot={**content.foot, "seal": office})


def varied(paper: Content, rng: random.Random) -> Content:
    """The paper with other figures, another signer and another size of print."""

    def text(value: str) -> str:
        return _FIGURE.sub(lambda match: _other_figure(match, rng), value)

    def block(one: Block) -> Block:
        rows = tuple(Row(tuple(text(cell) for cell in row.cells), row.span, row.notes) for row in one.rows)
        return replace(one, text=text(one.text), rows=rows)

    head = dict(paper.head)
    if "number_line" in head:
        head["number_line"] = re.sub(r"\d+(?=\}?[/-])", lambda match: _digits(match[0], rng), head["number_line"])
    if "date_line" in head:
        head["date_line"] = re.sub(
            r"(?<=ngày )\d\d|(?<=ngày \{)\d\d", lambda _: f"{rng.randint(1, 28):02d}", head["date_line"]
        )
    foot = dict(paper.foot)
    foot.pop("seal", None)
    if "name" in foot:
        foot["name"] = " ".join(rng.choice(part) for part in NAMES)
    look = {**paper.scan, "size": rng.choice(SIZES)}
    attachments = tuple(replace(item, blocks=tuple(map(block, item.blocks))) for item in paper.attachments)
    blocks = tuple(map(block, paper.blocks))
    return replace(paper, head=head, foot=foot, scan=look, blocks=blocks, attachments=attachments)


def _digits(text: str, rng: random.Random) -> str:
    return str(rng.randint(1, 9)) + "".join(str(rng.randint(0, 9)) for _ in text[1:])


def _other_figure(match: re.Match[str], rng: random.Random) -> str:
    if match["date"]:
        return f"{rng.randint(1, 28)}/{rng.randint(1, 12)}/"
    if match["code"]:
        return _digits(match[0], rng)
    first, *others = re.split(r"([.,])", match[0])
    return _digits(first, rng) + "".join(
        part if part in ".," else "".join(str(rng.randint(0, 9)) for _ in part) for part in others
    )


def _cells(content: Content) -> list[str]:
    """Cells of several words: those that tell whether the words of a cell came out together."""
    blocks = [*content.blocks, *(block for item in content.attachments for block in item.blocks)]
    cells = [plain(cell) for block in blocks for row in block.rows for cell in row.cells]
    return [cell for cell in dict.fromkeys(cells) if len(words(cell)) >= 3]


class Spoiled(NamedTuple):
    """What a scanner gives: pictures of one page, its resolution, one bit a pixel or not, quality of the JPEG."""

    picture: Picture
    dpi: int
    bits: bool = False
    quality: int = 70


def _scaled(page: Picture, dpi: int) -> Picture:
    return np.asarray(cv2.resize(page, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA), np.uint8)


def _plain(page: Picture) -> Picture:
    return np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), np.uint8)


def _grey_paper(page: Picture, seed: int) -> Picture:
    """Recycled paper: dark, spotted, lit from one side."""
    rng = np.random.default_rng(seed)
    grey = scan([page], "L1", "grey", 300, seed)[0].astype(np.float32)
    coarse = rng.normal(0, 10, (grey.shape[0] // 40 + 1, grey.shape[1] // 40 + 1)).astype(np.float32)
    clouds = cv2.resize(coarse, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_CUBIC)
    light = np.linspace(0.62, 0.86, grey.shape[1], dtype=np.float32)[None, :]
    return np.asarray(np.clip(grey * light + clouds, 0, 255), np.uint8)


def _curved(page: Picture, seed: int) -> Picture:
    """The sheet of a bound volume: lines rise and fall by some millimetres."""
    high, wide = page.shape[:2]
    bend = np.random.default_rng(seed).uniform(14, 26)
    across = np.linspace(0, np.pi, wide, dtype=np.float32)
    down = np.arange(high, dtype=np.float32)[:, None] + bend * np.sin(across)[None, :]
    along = np.broadcast_to(np.arange(wide, dtype=np.float32)[None, :], down.shape)
    bent = cv2.remap(page, np.ascontiguousarray(along), down, cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    return scan([np.asarray(bent, np.uint8)], "L1", "grey", 300, seed)[0]


DAMAGE: dict[str, Callable[[Picture, int], Spoiled]] = {
    "clean": lambda page, seed: Spoiled(_plain(page), 300, quality=90),
    "office scan": lambda page, seed: Spoiled(scan([page], "L1", "grey", 300, seed)[0], 300, quality=60),
    "poor 200 dpi": lambda page, seed: Spoiled(
        scan([_scaled(page, 200)] * 2, "L2", "grey", 200, seed)[0], 200, quality=35
    ),
    "turned": lambda page, seed: Spoiled(
        np.ascontiguousarray(np.rot90(scan([page], "L1", "grey", 300, seed)[0], 1 + seed % 3)), 300, quality=60
    ),
    "fax 1-bit": lambda page, seed: Spoiled(scan([_scaled(page, 150)], "L3", "bw", 150, seed)[0], 150, bits=True),
    "1-bit 300": lambda page, seed: Spoiled(scan([page], "L1", "bw", 300, seed)[0], 300, bits=True),
    "grey paper": lambda page, seed: Spoiled(_grey_paper(page, seed), 300, quality=50),
    "red seal": lambda page, seed: Spoiled(scan([_scaled(page, 200)], "L1", "colour", 200, seed)[0], 200, quality=55),
    "black seal": lambda page, seed: Spoiled(scan([_scaled(page, 200)], "L1", "bw", 200, seed)[0], 200, bits=True),
    "100 dpi": lambda page, seed: Spoiled(scan([_scaled(page, 100)], "L1", "grey", 100, seed)[0], 100, quality=75),
    "curved": lambda page, seed: Spoiled(_curved(page, seed), 300, quality=60),
}
"""By the names of the table; those with a seal get the sealed page. `seed` varies from page to page."""


class Rendered(NamedTuple):
    """A spoiled page as a PDF of one picture, and what is printed on it."""

    path: Path
    gold: str
    cells: tuple[str, ...]
    kind: str


def rendered(pages: Iterable[Drawn], kinds: list[str], folder: Path) -> Iterator[Rendered]:
    """Writes the pages, once for each kind of damage. Raises LookupError without typefaces."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages):
        for place, kind in enumerate(kinds):
            picture = page.sealed if "seal" in kind else page.picture
            spoiled = DAMAGE[kind](picture, 1000 * place + number)
            path = folder / f"{page.name}-{kind.replace(' ', '-')}.pdf"
            forms.write_pdf([spoiled.picture], path, spoiled.dpi, spoiled.quality, spoiled.bits)
            yield Rendered(path, page.gold, page.cells, kind)
