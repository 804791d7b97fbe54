"""Papers for `training.confidence`: every sample in forms and damages other than its own, read once and recorded.

`python -m training.confidence_papers DIR [--seeds N]` writes DIR/VARIANT/NAME/ (or DIR/VARIANT/aside/NAME/) in the shape of
samples/, with the reading beside it. What is there already stays, so a second call makes only what is new.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from pipeline.find import fingerprint
from pipeline.process import process
from pipeline.run import DOC_ID_DIGITS
from pipeline.score import recorded
from pipeline.score.papers import GoldPaper, find_papers
from pipeline.settings import ReadSettings
from samples.content import Content, load_all
from samples.damage import Level
from samples.generate import WITHOUT_PAPER, generate
from schemas.result import Job


class Variant(NamedTuple):
    """One way for a paper to come to us."""

    form: str
    damage: Level
    seed: int

    @property
    def name(self) -> str:
        return f"{self.form}-{self.damage}-{self.seed}"


def variants(seeds: int) -> Iterator[Variant]:
    """Scans of three damages, the noisy dump of one, and the forms that were never on paper. Seed 0 is the samples' own."""
    for seed in range(1, seeds + 1):
        for level in ("L1", "L2", "L3"):
            yield Variant("pdf", level, seed)
    yield Variant("noisy_dump", "L1", 1)
    for form in ("born", "dump", "stripped_dump"):
        yield Variant(form, "L0", 1)


def fits(content: Content, variant: Variant) -> bool:
    """Whether the gold holds in this form: a number written by hand stands on paper only."""
    by_hand = any("{" in str(content.head.get(name, "")) for name in ("number_line", "date_line"))
    return not (by_hand and variant.form in WITHOUT_PAPER)


def make(content: Content, variant: Variant, home: Path) -> None:
    """The paper, its gold and its reading. What the file's own signatures say holds in the sample's own form only."""
    look = {name: value for name, value in content.scan.items() if name not in ("signatures", "scanned_pages")}
    other = replace(content, scan={**look, "form": variant.form, "damage": variant.damage})
    generate(other, home, variant.seed, variant.damage)
    gold = json.loads((home / "gold.json").read_text(encoding="utf-8"))
    gold.pop("digital_signatures", None)
    (home / "gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")


def papers_read(folder: Path) -> Iterator[GoldPaper]:
    """The papers of all variants in `folder` that were read."""
    for variant in sorted(folder.iterdir()):
        if variant.is_dir():
            yield from (paper for paper in find_papers(variant) if paper.recording.exists())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, default=2, help="scans of every damage")
    parser.add_argument("--again", action="store_true", help="read what was read before again")
    given = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    contents = load_all()
    for variant in variants(given.seeds):
        folder = given.folder / variant.name
        for content in contents:
            home = folder / ("aside" if content.aside else "") / content.name
            if fits(content, variant) and not (home / "gold.json").exists():
                make(content, variant, home)
        for paper in find_papers(folder):
            if given.again or not paper.recording.exists():
                sha256 = fingerprint(paper.path)
                recorded.save(paper.recording, process(Job(paper.path, sha256[:DOC_ID_DIGITS], sha256), ReadSettings()))
        print(variant.name, len(find_papers(folder)), flush=True)


if __name__ == "__main__":
    main()
