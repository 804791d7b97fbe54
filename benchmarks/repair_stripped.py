"""The language model on text without diacritics, beside the most frequent syllable and doing nothing.

`python -m benchmarks.repair_stripped [--held-out FILE]`

Gold text is stripped of all marks, restored, and compared letter token by letter token (digits and codes aside), capitals
counting, the two tone placements taken as one. Wrapped lines are given one by one ("lines") and joined to paragraphs
("joined"). The held-out lines are those that `python -m training.lm` wrote; no training line shares 8 syllables with them.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from normalizers.vietnamese import bare
from pipeline.repair.lm import MODEL, LanguageModel
from pipeline.repair.stripped import restore
from pipeline.repair.syllables import fold_tone, like

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
_PIECE = re.compile(r"[^\W\d_]+|\d[^\W_]*(?:[./,\-][^\W_]+)*")
_ITEM = re.compile(r"(?:\d+(?:\.\d+)*[.)]|[^\W\d_][.)]|[-–+*•]|[IVX]+\.|Điều|Căn cứ|Số:|Kính gửi)\s*\S")

System = Callable[[Sequence[str]], list[str]]


def joined(lines: Sequence[str]) -> list[str]:
    """Wrapped lines as paragraphs: cut before items and headings, after sentences, where capitals begin or end."""
    out: list[list[str]] = []
    for line in (" ".join(line.split()) for line in lines):
        if not line:
            continue
        last = out[-1][-1] if out else "."
        if last[-1] in ".;:" or _ITEM.match(line) or line.isupper() != last.isupper():
            out.append([])
        out[-1].append(line)
    return [" ".join(paragraph) for paragraph in out]


def words(text: str) -> list[str]:
    """Letter tokens with their capitals, in one tone placement."""
    found = (piece for piece in _PIECE.findall(text) if piece[0].isalpha())
    return [like(piece, fold_tone(piece.lower())) for piece in found]


def most_frequent(lm: LanguageModel) -> System:
    """The baseline: every syllable in its likeliest form, by the unigrams of the same model."""

    def replaced(found: re.Match[str]) -> str:
        forms = lm.restorations(found.group().lower())
        return like(found.group(), forms[0][0]) if forms else found.group()

    return lambda texts: [re.sub(r"[^\W\d_]+", replaced, text) for text in texts]


def accuracy(gold: Sequence[str], restored: Sequence[str]) -> tuple[int, int]:
    """(letter tokens, wrong ones)."""
    total = wrong = 0
    for want, got in zip(gold, restored, strict=True):
        for one, other in zip(words(want), words(got), strict=True):
            total += 1
            wrong += one != other
    return total, wrong


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--held-out", type=Path, default=Path(".work/held_out.txt"))
    given = parser.parse_args()
    began = time.process_time()
    lm = LanguageModel.load(given.model)
    loaded = time.process_time() - began
    sets: dict[str, list[str]] = {}
    for seed in ("002", "004"):
        lines = unicodedata.normalize("NFC", (SHARED / f"seeds/{seed}.txt").read_text("utf-8")).split("\n")
        sets[f"{seed} joined"], sets[f"{seed} lines"] = joined(lines), lines
    if given.held_out.exists():
        sets["held-out legal"] = given.held_out.read_text("utf-8").split("\n")
    else:
        print(f"{given.held_out} is missing: python -m training.lm writes it", file=sys.stderr)
    systems: dict[str, System] = {
        "nothing": list,
        "most frequent syllable": most_frequent(lm),
        "language model": lambda texts: restore(texts, lm),
    }
    print(f"{given.model.stat().st_size} bytes, loaded in {loaded:.2f} s of CPU; {len(lm.vocabulary)} words,")
    print("n-grams by length:", [len(table.keys) for table in lm.tables])
    print("| set | tokens |", " | ".join(systems), "| tokens/s of the language model |")
    print("| --- | --- |", " --- |" * (len(systems) + 1))
    for name, gold in sets.items():
        stripped = [bare(text) for text in gold]
        row, total, speed = [], 0, 0.0
        for system in systems.values():
            began = time.process_time()
            restored = system(stripped)
            spent = time.process_time() - began
            total, wrong = accuracy(gold, restored)
            row.append(f"{100 * (1 - wrong / total):.2f}")
            speed = total / max(spent, 1e-9)
        print(f"| {name} | {total} |", " | ".join(row), f"| {speed:.0f} |")


if __name__ == "__main__":
    main()
