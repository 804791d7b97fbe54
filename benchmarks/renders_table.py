"""Reading of renders beside plain Tesseract and ocrmypdf, on the same pages in the same run.

    python -m benchmarks.renders_table                 the half to tune on, 11 pages for each kind of damage
    python -m benchmarks.renders_table --unseen        the half that is kept for reports
    python -m benchmarks.renders_table --tables        pages with a table in every manner of ruling, of either half
    python -m benchmarks.renders_table --quick         4 pages for each kind, without ocrmypdf
    python -m benchmarks.renders_table --kind turned --reader "ours, auto" --show     what is wrong, line by line

Columns: characters wrong of each printed line at its best place in the reading (line CER), characters wrong in reading
order, words found, share of the given words that are printed, tokens with digits right, table cells whose words stand
together exactly, CPU seconds a page with the children's.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pdfplumber
from rich.console import Console
from rich.table import Table

from benchmarks.reading import Reader, cpu, ours, plain
from benchmarks.renders import DAMAGE, Half, Rendered, drawn_pages, drawn_tables, rendered
from pipeline.score.measures import fold, score_page, squeezed, words

OCRMYPDF = (
    "ocrmypdf",
    "-q",
    "-l",
    "vie",
    "--jobs",
    "1",
    "--deskew",
    "--clean",
    "--rotate-pages",
    "--output-type",
    "pdf",
)


def ocrmypdf(path: Path, index: int) -> str:
    """The text layer that ocrmypdf writes (unpaper and Ghostscript behind it)."""
    made = path.with_suffix(".ocr.pdf")
    subprocess.run([*OCRMYPDF, str(path), str(made)], check=True, capture_output=True)
    with pdfplumber.open(made) as document:
        text = document.pages[index].extract_text() or ""
    made.unlink()
    return text


READERS: dict[str, Reader] = {
    "plain tesseract -l vie": plain,
    "ocrmypdf": ocrmypdf,
    "ours, tesseract": ours("tesseract"),
    "ours, ctc": ours("ctc"),
    "ours, auto": ours("auto"),
}


class Match(NamedTuple):
    """Characters that differ between a line and the stretch of the text that is most like it, and where that ends."""

    errors: int
    end: int


def line_errors(line: str, text: str) -> int:
    """Fewest characters that differ between a line and any stretch of the text.

    >>> line_errors("số 12", "ngày 3, sô 12/KH"), line_errors("abc", "")
    (1, 3)
    """
    return nearest(line, text).errors


def nearest(line: str, text: str) -> Match:
    """Approximate search by dynamic programming (Sellers 1980)."""
    row = np.zeros(len(text) + 1, np.int64)
    chars = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    steps = np.arange(len(text) + 1)
    for number, char in enumerate(line, 1):
        other = np.empty_like(row)
        other[0] = number
        other[1:] = np.minimum(row[1:] + 1, row[:-1] + (chars != ord(char)))
        row = np.minimum.accumulate(other - steps) + steps
    return Match(int(row.min()), int(row.argmin()))


_FORM = re.compile(r"(Số:? ?\d+) +(?=[-/][A-ZĐ])")
"""Forms leave more room for the number than a pen fills: with or without a space before the symbol it is read rightly."""


class Tally:
    """Counts over pages."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def add(self, case: Rendered, got: str) -> None:
        got = _FORM.sub(r"\1", got)
        have = squeezed(got)
        for line in filter(None, map(squeezed, case.gold.split("\n"))):
            self.count["chars"] += len(line)
            self.count["line errors"] += line_errors(line, have)
        page = score_page(case.gold, got)
        self.count["pages"] += 1
        for key in ("word_recall", "word_precision", "cer_in_order"):
            self.count[key] += page[key]  # type: ignore[assignment]
        digits = Counter(fold(word) for word in words(case.gold) if any(char.isdigit() for char in word))
        self.count["digits"] += digits.total()
        self.count["digits right"] += (digits & Counter(map(fold, words(got)))).total()
        self.count["cells"] += len(case.cells)
        self.count["cells right"] += sum(1 for cell in case.cells if squeezed(cell) in have)

    def share(self, part: str, whole: str) -> str:
        return f"{100 * self.count[part] / self.count[whole]:.2f}" if self.count[whole] else "–"

    def row(self) -> list[str]:
        pairs = [("line errors", "chars"), ("cer_in_order", "pages"), ("word_recall", "pages")]
        pairs += [("word_precision", "pages"), ("digits right", "digits"), ("cells right", "cells")]
        return [self.share(*pair) for pair in pairs]


def show(case: Rendered, got: str) -> None:
    """The lines that are not right, each with what differs."""
    have = squeezed(got)
    extra = Counter(map(fold, words(got))) - Counter(map(fold, words(case.gold)))
    missing = Counter(map(fold, words(case.gold))) - Counter(map(fold, words(got)))
    print(f"== {case.path.stem}\n  missing: {' '.join(missing.elements())}\n  extra:   {' '.join(extra.elements())}")
    for line in filter(None, map(squeezed, case.gold.split("\n"))):
        errors, end = nearest(line, have)
        if errors:
            start = len(have) - nearest(line[::-1], have[::-1]).end
            print(f"  {errors:3d}  {line}\n       {have[min(start, end) : end]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--tables", action="store_true", help="pages with a table, in every manner of ruling")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--pages", type=int, default=11)
    parser.add_argument("--kind", action="append", choices=list(DAMAGE), help="this kind of damage only")
    parser.add_argument("--reader", action="append", choices=list(READERS), help="this reader only")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    parser.add_argument("--out", type=Path, default=Path("out/renders"), help="where the pages are put")
    given = parser.parse_args()
    readers = given.reader or [name for name in READERS if not (given.quick and name == "ocrmypdf")]
    if "ocrmypdf" in readers and shutil.which("ocrmypdf") is None:
        print("ocrmypdf is not installed and left out (apt-get install ocrmypdf unpaper)", file=sys.stderr)
        readers.remove("ocrmypdf")
    half: Half = "unseen" if given.unseen else "seen"
    count = 4 if given.quick else given.pages
    drawn = drawn_tables(half, count) if given.tables else drawn_pages(half, count)
    cases = list(rendered(drawn, given.kind or list(DAMAGE), given.out))
    head = ("line CER %", "CER in order %", "recall %", "precision %", "digits right %", "cells exact %", "CPU s/page")
    table = Table("damage", "reader", *head, title=f"{half} renders, {len(cases)} pages")
    for kind in dict.fromkeys(case.kind for case in cases):
        for name in readers:
            start, tally = cpu(), Tally()
            read = [(case, READERS[name](case.path, 0)) for case in cases if case.kind == kind]
            seconds = (cpu() - start) / len(read)
            for case, got in read:
                tally.add(case, got)
                if given.show:
                    show(case, got)
            row = [kind, name, *tally.row(), f"{seconds:.2f}"]
            print(*row, sep=" | ", file=sys.stderr, flush=True)  # what is done stays when the run is stopped
            table.add_row(*row)
    Console(width=140).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
