"""Pages a second, side by side with ocrmypdf and bare Tesseract, on the same scanned pages in the same run.

    python -m benchmarks.throughput                 the scans of samples/, as many files and as one long file
    python -m benchmarks.throughput --copies 4      every file four times, with other bytes

ocrmypdf (with unpaper) and tesseract are taken from the path; what is not there is left out with a line that says so. Their
pages are those of the long file; Tesseract is given pictures of 300 dpi, whose making is not counted. Wall times mean
something only on a machine that does nothing else; CPU seconds, all processes together, always do.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import cv2
import pypdfium2 as pdfium
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "vie"
PLAIN_DPI = 300
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}


class Spent(NamedTuple):
    """Seconds of one run: wall clock, and CPU of all its processes."""

    wall: float
    cpu: float


def scans() -> list[Path]:
    """The scanned PDFs of samples/: their first page holds one picture and next to no text."""
    found = []
    for path in sorted((ROOT / "samples").glob("*/scan.pdf")):
        with pdfium.PdfDocument(path) as pdf:
            if pdf[0].get_textpage().count_chars() < 20:
                found.append(path)
    return found


def copied(paths: list[Path], copies: int, folder: Path) -> int:
    """The files, each `copies` times with other bytes; how many pages they have."""
    folder.mkdir()
    pages = 0
    for path in paths:
        with pdfium.PdfDocument(path) as pdf:
            pages += copies * len(pdf)
        for number in range(copies):
            data = path.read_bytes() + f"\n% copy {number}\n".encode()
            (folder / f"{path.parent.name}-{number}.pdf").write_bytes(data)
    return pages


def joined(folder: Path, to: Path) -> None:
    """All files of the folder as one."""
    with pdfium.PdfDocument.new() as out:
        for path in sorted(folder.iterdir()):
            with pdfium.PdfDocument(path) as pdf:
                out.import_pages(pdf)
        out.save(to)


def pictures(long_file: Path, folder: Path) -> list[Path]:
    """Every page as a picture."""
    folder.mkdir()
    found = []
    with pdfium.PdfDocument(long_file) as pdf:
        for number in range(len(pdf)):
            path = folder / f"{number:04}.pgm"
            cv2.imwrite(str(path), pdf[number].render(scale=PLAIN_DPI / 72, grayscale=True).to_numpy())
            found.append(path)
    return found


def timed(*command: object) -> Spent:
    """Runs a program to its end. Raises CalledProcessError with what it said."""
    before, began = cpu_of_children(), time.perf_counter()
    subprocess.run([str(one) for one in command], cwd=ROOT, env=ENVIRONMENT, capture_output=True, check=True)
    wall = time.perf_counter() - began
    with suppress(ChildProcessError):  # what it left behind comes to us, and what that has used with it
        while True:
            os.waitpid(-1, 0)
    return Spent(wall, cpu_of_children() - before)


def cpu_of_children() -> float:
    """CPU seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def adopt() -> None:
    """Makes orphans of our programs our own children, so that their CPU seconds are told to us (Linux)."""
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def ours(inputs: Path, folder: Path, workers: int) -> Spent:
    """`ingest` with so many workers into a new database."""
    db = folder / f"{inputs.stem}-{workers}.duckdb"
    return timed(sys.executable, "cli.py", "ingest", inputs, "--db", db, "--executor", f"processes:{workers}")


def tesseract(pages: list[Path], folder: Path) -> Spent:
    """Tesseract alone, two at a time."""

    def one(page: Path) -> None:
        command = ["tesseract", str(page), str(folder / page.stem), "-l", LANGUAGE, "--dpi", str(PLAIN_DPI)]
        subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=True)

    before, began = cpu_of_children(), time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, pages))
    return Spent(time.perf_counter() - began, cpu_of_children() - before)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--copies", type=int, default=2, help="how often each file is taken [default: 2]")
    parser.add_argument("--files", type=int, help="how many of the files are taken [default: all]")
    parser.add_argument("--ours-only", action="store_true", help="leave out the other programs")
    options = parser.parse_args()
    adopt()
    with tempfile.TemporaryDirectory(prefix="vanban-throughput-") as name:
        scratch = Path(name)
        many, long_file = scratch / "many", scratch / "long.pdf"
        pages = copied(scans()[: options.files], options.copies, many)
        joined(many, long_file)
        rows: dict[str, Spent | None] = {
            f"ours, {len(list(many.iterdir()))} files, 1 worker": ours(many, scratch, 1),
            f"ours, {len(list(many.iterdir()))} files, 2 workers": ours(many, scratch, 2),
            "ours, one file, 1 worker": ours(long_file, scratch, 1),
            "ours, one file, 2 workers": ours(long_file, scratch, 2),
        }
        if not options.ours_only:
            rows["ocrmypdf --jobs 2 --deskew --clean"] = None
            if shutil.which("ocrmypdf") and shutil.which("unpaper"):
                rows["ocrmypdf --jobs 2 --deskew --clean"] = timed(
                    "ocrmypdf", "--jobs", 2, "--deskew", "--clean", "--force-ocr", "-l", LANGUAGE,
                    "--output-type", "pdf", "--quiet", long_file, scratch / "ocrmypdf.pdf",
                )  # fmt: skip
            rows["tesseract, two processes"] = None
            if shutil.which("tesseract"):
                rows["tesseract, two processes"] = tesseract(pictures(long_file, scratch / "pictures"), scratch)
    show(Console(width=120), rows, pages)
    return 0


def show(console: Console, rows: dict[str, Spent | None], pages: int) -> None:
    """The table, and beside each row its share of our time with two workers."""
    table = Table(title=f"{pages} scanned pages, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    for column in ("", "wall s", "CPU s", "pages/s", "CPU s/page", "ours/this, wall", "ours/this, CPU"):
        table.add_column(column, justify="right" if column else "left")
    best = rows["ours, one file, 2 workers"]
    for name, spent in rows.items():
        if spent is None or best is None:
            table.add_row(name, "not on the path: left out")
            continue
        table.add_row(
            name,
            *(f"{value:.1f}" for value in (*spent, pages / spent.wall)),
            *(f"{value:.2f}" for value in (spent.cpu / pages, best.wall / spent.wall, best.cpu / spent.cpu)),
        )
    console.print(table)


if __name__ == "__main__":
    raise SystemExit(main())
