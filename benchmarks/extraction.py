"""How fast records are made from stored pages: `python -m benchmarks.extraction [FOLDER…] [--runs N] [--rules]`.

Takes the recorded readings of samples/ (and of other folders of papers), makes each record N times on one core, and prints CPU
time a page, pages a second, documents of 15 pages a second, and the slowest papers. `--rules` prints where the time goes: the
parts of a paper that all rules share, and each rule.
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections import defaultdict
from pathlib import Path

from extractors import extract
from extractors.kinds import classify
from extractors.paper import Paper
from pipeline.score.papers import SAMPLES, find_papers
from pipeline.score.recorded import load
from pipeline.workers.memory import collect_rarely
from schemas.text import DocumentText

PAGES = 15
SHARED = ("zones", "letterhead", "grids", "outline", "readings")


def readings(folders: list[Path]) -> dict[str, DocumentText]:
    """The recorded readings by the names of their papers."""
    found: dict[str, DocumentText] = {}
    for folder in folders:
        for paper in find_papers(folder):
            reading = load(paper.recording, hashlib.sha256(paper.path.read_bytes()).hexdigest())
            if reading is not None:
                found[paper.name] = DocumentText(tuple(reading.pages))
    return found


def by_rule(texts: dict[str, DocumentText]) -> dict[str, float]:
    """CPU seconds of each shared part and of each rule over all papers."""
    spent: dict[str, float] = defaultdict(float)
    for text in texts.values():
        paper = Paper(text)
        for part in SHARED:
            began = time.process_time()
            getattr(paper, part)
            spent[f"({part})"] += time.process_time() - began
        began = time.process_time()
        kind = classify(paper).kind
        spent["(kind)"] += time.process_time() - began
        for rule in kind.all_rules:
            began = time.process_time()
            for _ in rule.find(paper):
                pass
            spent[f"{rule.field}: {rule.name}"] += time.process_time() - began
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rules", action="store_true", help="print where the time goes")
    given = parser.parse_args()
    texts = readings([SAMPLES, *given.folders])
    pages = sum(len(text.pages) for text in texts.values())
    if not pages:
        raise SystemExit("no recorded readings: `python cli.py score --full` records them")
    collect_rarely()  # as workers do
    for text in texts.values():  # tries, dictionaries and patterns are built once a process
        extract(text)
    seconds: dict[str, float] = defaultdict(float)
    for _ in range(
        given.runs
    ):  # one paper after the other: what was found out about words of the one before is of no use
        for name, text in texts.items():
            began = time.process_time()
            extract(text)
            seconds[name] += (time.process_time() - began) / given.runs
    whole = sum(seconds.values())
    print(f"{len(texts)} papers, {pages} pages, {given.runs} runs: {1000 * whole / pages:.2f} ms CPU a page")
    print(
        f"{pages / whole:.0f} pages a second, {pages / whole / PAGES:.1f} documents of {PAGES} pages a second, on one core"
    )
    for name in sorted(seconds, key=lambda name: -seconds[name])[:8]:
        print(f"{1000 * seconds[name]:8.1f} ms  {len(texts[name].pages):3} pages  {name}")
    if given.rules:
        for name, spent in sorted(by_rule(texts).items(), key=lambda one: -one[1]):
            print(f"{1000 * spent / pages:8.3f} ms a page  {name}")


if __name__ == "__main__":
    main()
