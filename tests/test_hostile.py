"""Hostile and broken files, every sort once (`python -m benchmarks.hostile` reads a thousand)."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.hostile.check import check
from benchmarks.hostile.corpus import SORTS, write_corpus
from benchmarks.hostile.sort import Sort


def test_the_corpus_is_the_same_by_the_same_seed(tmp_path: Path) -> None:
    assert len({sort.name for sort in SORTS}) == len(SORTS) > 80
    for sort in SORTS[::9]:
        if isinstance(sort, Sort):
            assert sort.make(random.Random("1 5")) == sort.make(random.Random("1 5")), sort.name


def test_names_are_all_different(tmp_path: Path) -> None:
    made = write_corpus(tmp_path, 5)
    assert [path.name for path in made] == [f"{n:04}-{sort.name}.pdf" for n, sort in enumerate(SORTS[:5])]


@pytest.mark.slow
def test_every_sort_is_loaded_or_told_in_failures(tmp_path: Path) -> None:
    verdict = check(tmp_path, len(SORTS), seed=2, limit=4, jobs=2)
    assert verdict.wrong == []
    assert sum(verdict.outcomes.values()) == len(SORTS)
    outcomes = {outcome for _, outcome in verdict.outcomes}
    assert {"loaded", "damaged", "encrypted", "too_large", "empty", "unsupported", "missing"} <= outcomes
