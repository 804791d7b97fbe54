"""Pairs (printed, read): pages drawn, damaged, read with Tesseract, and matched word by word through their boxes.

    python -m training.noise_pairs --corpus ../shared/corpus --lists ../shared/lists --pages 400 --out DIR [--seed 1]

A line of a pair file is `printed TAB read` (words of a group joined by spaces: 1:1, n:1 where the reader merged, 1:n where it split,
empty on one side for lost and for made-up words); an empty line ends a printed line, a line `#` a page.
Needs Tesseract with `eng` and `vie` and the fonts of `training.noise_pages`.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from training.noise_pages import Pixels, draw, read_names
from training.noise_scan import damage
from training.noise_sheet import Printed

SHARES = {
    "vbpl_docs.txt.xz": 5,
    "phapdien_diepxuan.txt.xz": 3,
    "wiki_viwiki.txt.xz": 1,
    "tthc_thutuchanhchinh.txt.xz": 1,
}


class ReadWord(NamedTuple):
    """A word as the reader gave it, its box in pixels of the scan, and the number of the line that it saw it on."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: int


def sample_lines(corpus: Path, count: int, rng: random.Random) -> list[str]:
    """Random lines of 4 to 400 words from the corpus, by the shares of its genres (a reservoir a file)."""
    chosen: list[str] = []
    for name, share in SHARES.items():
        wanted = count * share // sum(SHARES.values())
        kept: list[str] = []
        with lzma.open(corpus / name, "rt", encoding="utf-8") as stream:
            for number, line in enumerate(line for line in stream if 20 < len(line) < 2000):
                if number < wanted:
                    kept.append(line)
                elif (place := rng.randrange(number + 1)) < wanted:
                    kept[place] = line
        chosen += [unicodedata.normalize("NFC", line.strip()) for line in kept]
    rng.shuffle(chosen)
    return chosen


def tesseract_words(image: Pixels, dpi: int, language: str) -> list[ReadWord]:
    """What Tesseract reads on the page.

    Raises subprocess.CalledProcessError where it fails.
    """
    _, png = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 1])
    done = subprocess.run(
        ["tesseract", "-", "-", "-l", language, "--dpi", str(dpi), "tsv"],
        input=png.tobytes(),
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    words = []
    lines: dict[tuple[str, ...], int] = {}
    for row in done.stdout.decode("utf-8").splitlines()[1:]:
        cells = row.split("\t")
        if cells[0] == "5" and cells[11].strip():
            x, y, w, h = (float(cell) for cell in cells[6:10])
            line = lines.setdefault(tuple(cells[2:5]), len(lines))
            words.append(ReadWord(unicodedata.normalize("NFC", cells[11].strip()), x, y, x + w, y + h, line))
    return words


def match(
    printed: Sequence[Printed], read: Sequence[ReadWord], turn: npt.NDArray[np.float64]
) -> Iterator[list[tuple[str, str]]]:
    """Line by line the groups (printed words, read words) whose boxes overlap."""
    back = cv2.invertAffineTransform(turn)
    by_line: dict[int, list[Printed]] = {}
    for word in printed:
        by_line.setdefault(word.line, []).append(word)
    lines = sorted(by_line)
    tops = np.array([by_line[line][0].y0 for line in lines])
    bottoms = np.array([by_line[line][0].y1 for line in lines])
    lefts = np.array([by_line[line][0].x0 for line in lines])
    rights = np.array([by_line[line][-1].x1 for line in lines])
    taken: dict[int, list[ReadWord]] = {line: [] for line in lines}
    for seen in read:
        x, y = back @ np.array([(seen.x0 + seen.x1) / 2, (seen.y0 + seen.y1) / 2, 1.0])
        half = (seen.x1 - seen.x0) / 2
        near = (tops <= y) & (y <= bottoms) & (lefts - half <= x) & (x <= rights + half)
        if near.any():
            middle = np.abs((tops + bottoms) / 2 - y)
            line = lines[int(np.argmin(np.where(near, middle, np.inf)))]
            taken[line].append(ReadWord(seen.text, x - half, y, x + half, y, seen.line))
    for line in lines:
        yield list(_groups(by_line[line], sorted(taken[line], key=lambda word: word.x0)))


def _groups(printed: Sequence[Printed], read: Sequence[ReadWord]) -> Iterator[tuple[str, str]]:
    """Connected groups of overlapping words, left to right."""
    i = j = 0
    while i < len(printed) or j < len(read):
        left: list[str] = []
        right: list[str] = []
        end = min([word.x0 for word in printed[i : i + 1]] + [word.x0 for word in read[j : j + 1]])
        grew = True
        while grew:
            grew = False
            if i < len(printed) and (
                not (left or right) and printed[i].x0 <= end or _reaches(printed[i].x0, printed[i].x1, end)
            ):
                left.append(printed[i].text)
                end = max(end, printed[i].x1)
                i, grew = i + 1, True
            if j < len(read) and (not (left or right) and read[j].x0 <= end or _reaches(read[j].x0, read[j].x1, end)):
                right.append(read[j].text)
                end = max(end, read[j].x1)
                j, grew = j + 1, True
        yield " ".join(left), " ".join(right)


def _reaches(x0: float, x1: float, end: float) -> bool:
    """True where at least a quarter of [x0, x1] lies left of `end`."""
    return end - x0 > 0.25 * (x1 - x0)


def write_page(stream: Iterable[list[tuple[str, str]]]) -> str:
    rows = []
    for line in stream:
        rows += [f"{left}\t{right}" for left, right in line] + [""]
    return "\n".join(rows) + "\n#\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--lists", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument(
        "--readers",
        nargs="+",
        default=["eng"],
        help="names of Tesseract's English models, one drawn a page (TESSDATA_PREFIX says where they lie)",
    )
    parser.add_argument("--vie-every", type=int, default=3, help="read every n-th page with `vie` too")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    lines, names = sample_lines(arguments.corpus, arguments.pages * 40, rng), read_names(arguments.lists)
    arguments.out.mkdir(parents=True, exist_ok=True)
    with (
        open(arguments.out / f"eng-{arguments.seed}.tsv", "w", encoding="utf-8") as eng,
        open(arguments.out / f"vie-{arguments.seed}.tsv", "w", encoding="utf-8") as vie,
    ):
        for number in range(arguments.pages):
            page, words, dpi = draw(rng, lines, names)
            scan, turn = damage(rng, page, dpi)
            eng.write(write_page(match(words, tesseract_words(scan, dpi, rng.choice(arguments.readers)), turn)))
            eng.flush()
            if arguments.vie_every and number % arguments.vie_every == 0:
                vie.write(write_page(match(words, tesseract_words(scan, dpi, "vie"), turn)))
                vie.flush()


if __name__ == "__main__":
    main()
