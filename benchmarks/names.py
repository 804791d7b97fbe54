"""How well names of persons are read in dumps of a foreign recogniser: `python -m benchmarks.names [--names N] [--seed S]`.

Draws names as often as people bear their parts (normalizers/data/name_syllables.tsv), takes their marks away as an English
recogniser does at worst, repairs them under a list of recipients and asks for the name. Prints how many the language model
alone restores, how many are given at all, and how many of those are right. The parts are drawn one by one: what real names
hold together (Hữu Thọ, Minh Châu) is lost, so that these are harder.
"""

from __future__ import annotations

import argparse
import random
import unicodedata
from collections.abc import Sequence

from extractors.name_reading import restored_name
from normalizers.people import FAMILY_NAMES, name_syllables
from pipeline.repair import repair_lines
from schemas.page import Line, Page, Word
from schemas.text import DocumentText, Span

_TOGETHER = 20  # names of one text


def drawn(count: int, seed: int) -> list[str]:
    """Names of men and women: family name, `Văn`, `Thị` or another syllable, given name."""
    rng = random.Random(seed)
    known = name_syllables()
    families = [name for name in sorted(FAMILY_NAMES & known.keys()) if len(name) > 1]
    found = []
    for _ in range(count):
        man = rng.random() < 0.5
        before = {name: syllable.of_men if man else syllable.of_women for name, syllable in known.items()}
        given = {name: syllable.men if man else syllable.women for name, syllable in known.items()}
        family = rng.choices(families, [known[name].times for name in families])[0]
        middle = ("Văn" if man else "Thị") if rng.random() < 0.4 else _one(rng, before)
        found.append(f"{family} {middle} {_one(rng, given)}")
    return found


def _one(rng: random.Random, counts: dict[str, int]) -> str:
    return rng.choices(list(counts), list(counts.values()))[0]


def _bare(text: str) -> str:
    marks = "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")
    return marks.replace("đ", "d").replace("Đ", "D")


def read(names: Sequence[str]) -> list[tuple[str, str, bool]]:
    """For each name what repair makes of its letters, what is chosen, and whether it is sure."""
    lines: list[list[Word]] = []
    for name in names:
        lines += [[Word(word, word) for word in row.split()] for row in ("- Luu: VT.", "", _bare(name), "")]
    repaired = repair_lines(lines, "eng")
    text = DocumentText((Page(1, 0, 0, "repaired", 0.0, 0.0, "", tuple(map(Line, repaired))),))
    spans = [Span(*span) for span in text.lines[2::4]]
    return [(text[span], *restored_name(text, span)) for span in spans]


def main() -> int:
    parser = argparse.ArgumentParser(description="names of persons in dumps without marks")
    parser.add_argument("--names", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    names = drawn(options.names, options.seed)
    rows = [row for start in range(0, len(names), _TOGETHER) for row in read(names[start : start + _TOGETHER])]
    alone = sum(text == name for name, (text, _, _) in zip(names, rows, strict=True))
    given = [(name, chosen) for name, (_, chosen, sure) in zip(names, rows, strict=True) if sure]
    right = sum(name == chosen for name, chosen in given)
    print(f"{len(names)} names: the language model alone restores {alone / len(names):.1%}")
    print(f"given {len(given) / len(names):.1%}, of these right {right / max(1, len(given)):.1%}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
