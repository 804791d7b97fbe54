"""Reading of page pictures measured beside plain Tesseract, on the same pages in the same run.

    python -m benchmarks.reading                       the samples that are scans
    python -m benchmarks.reading FOLDER …              and pages of other folders: NAME.pN.gold.txt beside NAME.pdf

Pages spoiled in many ways: benchmarks/renders_table.py. Columns: share of the printed words found (recall), share of
the words given that are printed (precision), characters wrong in reading order (CER), CPU seconds a page with the
children's.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytesseract
from PIL import Image
from rich.console import Console
from rich.table import Table

from pipeline.read import ReadSettings, read
from pipeline.recognise.tesseract import LANGUAGE
from pipeline.score.measures import score_page
from pipeline.sources.images import ImageSource
from pipeline.sources.pdf import PdfSource
from pipeline.sources.source import open_source
from schemas.result import Job

SAMPLES = Path(__file__).parent.parent / "samples"
PLAIN_DPI = 300.0
Reader = Callable[[Path, int], str]


class Case(NamedTuple):
    """One page: the file, its number from 0, what is printed on it, and the set it belongs to."""

    path: Path
    page: int
    gold: str
    kind: str


def plain(path: Path, index: int) -> str:
    """What a user gets without us: the page at 300 dpi to `tesseract -l vie`."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    with open_source(path) as source:
        if isinstance(source, PdfSource):
            pixels = source.raster(index, PLAIN_DPI).pixels
        elif isinstance(source, ImageSource):
            pixels = source.raster(index).pixels
        else:
            return source.pages[index]
    return str(pytesseract.image_to_string(Image.fromarray(pixels), lang=LANGUAGE))


def ours(engine: str) -> Reader:
    """The whole reading, repair included, with that recogniser."""
    done: dict[Path, dict[int, str]] = {}

    def reader(path: Path, index: int) -> str:
        if path not in done:
            done.clear()
            pages = read(Job(path, "", ""), ReadSettings(engine=engine)).pages
            done[path] = {page.number - 1: page.text for page in pages}
        return done[path].get(index, "")

    return reader


READERS: dict[str, Reader] = {
    "plain tesseract -l vie": plain,
    "ours, tesseract": ours("tesseract"),
    "ours, auto": ours("auto"),
}


def sample_cases() -> Iterator[Case]:
    """The open samples that are pictures."""
    for folder in sorted(SAMPLES.glob("*/")):
        gold = folder / "text.gold.txt"
        scan = next((path for path in folder.glob("scan.*") if path.suffix != ".txt"), None)
        if scan is not None and gold.exists():
            for number, text in enumerate(gold.read_text("utf-8").split("\f")):
                yield Case(scan, number, text, "samples")


def folder_cases(folder: Path) -> Iterator[Case]:
    """Pages with gold text in another folder."""
    for gold in sorted(folder.glob("*.p*.gold.txt")):
        found = re.fullmatch(r"(.*)\.p(\d+)\.gold\.txt", gold.name)
        if found:
            yield Case(folder / f"{found[1]}.pdf", int(found[2]) - 1, gold.read_text("utf-8"), folder.name)


def cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    arguments = parser.parse_args()
    cases = [*sample_cases(), *(case for folder in arguments.folders for case in folder_cases(folder))]
    table = Table("set", "pages", "reader", "recall %", "precision %", "CER %", "CPU s/page")
    for kind in dict.fromkeys(case.kind for case in cases):
        chosen = [case for case in cases if case.kind == kind]
        for name, reader in READERS.items():
            start = cpu()
            scores = [score_page(case.gold, reader(case.path, case.page)) for case in chosen]
            seconds = (cpu() - start) / len(chosen)
            mean = {key: 100 * sum(score[key] for score in scores) / len(scores) for key in scores[0]}
            figures = (f"{mean[key]:.2f}" for key in ("word_recall", "word_precision", "cer_in_order"))
            table.add_row(kind, str(len(chosen)), name, *figures, f"{seconds:.2f}")
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
