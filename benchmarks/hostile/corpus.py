"""The corpus: every sort in turn until there are enough files, each file other than the one before; the same by the same seed."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.hostile import fuzz, pdf_content, pdf_structure, pictures, places, texts
from benchmarks.hostile.sort import Place, Sort

SORTS: tuple[Sort | Place, ...] = (
    *pdf_structure.SORTS, *pdf_content.SORTS, *pictures.SORTS, *texts.SORTS, *fuzz.SORTS, *places.SORTS,
)  # fmt: skip


def write_corpus(folder: Path, count: int, seed: int = 1) -> dict[Path, str]:
    """Writes so many files below the folder; tells the sort of each. The first of them have every sort once."""
    made: dict[Path, str] = {}
    for number in range(count):
        sort = SORTS[number % len(SORTS)]
        rng = random.Random(f"{seed} {number}")
        if isinstance(sort, Place):
            path = sort.lay(folder, f"{number:04}", rng)
        else:
            path = folder / f"{number:04}-{sort.name}{sort.suffix}"
            path.write_bytes(sort.make(rng))
        made[path] = sort.name
    return made
