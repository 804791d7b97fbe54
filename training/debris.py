"""Learns which tokens of a dump were never printed: python -m training.debris [--copies N] [--out FILE]

Prints and damages the sample papers that are open to tuning, reads them with Tesseract's English model (training.noise_dumps),
lines the reading up with the print, and fits the logistic model of pipeline/repair/debris.py.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from normalizers.vietnamese import bare
from pipeline.repair.debris import FEATURES, WEIGHTS, features, may_be_debris, surroundings
from pipeline.repair.lattice import Proposer
from pipeline.repair.lm import LanguageModel
from pipeline.repair.parts import core_of
from pipeline.repair.protect import Guard, guard
from samples.content import load_all
from training.noise_dumps import dumped

_ALIKE = 0.25  # a token that is less like the print than this was not read from it
_RIDGE = 1.0


def _likeness(printed: str, read: str) -> float:
    left, right = (bare(token).lower().strip(".,;:|") for token in (printed, read))
    return max(0.0, Levenshtein.normalized_similarity(left, right) - _ALIKE) if left and right else 0.0


def debris_places(printed: list[str], read: list[str]) -> list[bool]:
    """True for the tokens of `read` that no token of `printed` answers, by the alignment of the greatest likeness.

    >>> debris_places("Phòng Kinh tế".split(), "ae Phong Kinh wa té".split())
    [True, False, False, True, False]
    >>> debris_places(["phường"], ["ph", "uong"])  # torn apart, not debris
    [False, False]
    """
    like = [[_likeness(want, got) for got in read] for want in printed]
    best = np.zeros((len(printed) + 1, len(read) + 1))
    for i in range(len(printed) - 1, -1, -1):
        for j in range(len(read) - 1, -1, -1):
            best[i, j] = max(best[i + 1, j], best[i, j + 1], best[i + 1, j + 1] + like[i][j])
    debris = [True] * len(read)
    i = j = 0
    while i < len(printed) and j < len(read):
        if like[i][j] and best[i, j] == best[i + 1, j + 1] + like[i][j]:
            debris[j] = False
            i, j = i + 1, j + 1
        elif best[i, j] == best[i, j + 1]:
            j += 1
        else:
            i += 1
    for place in [place for place, is_debris in enumerate(debris) if is_debris]:
        for left, right in ((place - 1, place), (place, place + 1)):
            if left >= 0 and right < len(read) and debris[left] != debris[right]:
                alone = read[left] if right == place else read[right]
                if any(
                    _likeness(want, read[left] + read[right]) > max(_likeness(want, alone), 0.25) for want in printed
                ):
                    debris[place] = False
    return debris


def examples(dump: Iterable[tuple[str, str]], proposer: Proposer) -> Iterator[tuple[tuple[float, ...], bool]]:
    """(features, is debris) of every token of the dump that may be debris."""
    pairs = [(printed.split(), read.split()) for printed, read in dump]
    around = surroundings([read for _, read in pairs], proposer.lm)
    for (printed, read), known in zip(pairs, around, strict=True):
        if known is None:
            continue
        for token, place, is_debris in zip(read, known, debris_places(printed, read), strict=True):
            core = core_of(token)
            if guard(core.core) is Guard.WORD and may_be_debris(core):
                options = proposer.words(core.core, False, False)
                yield features(core, place, options, proposer.lm), is_debris


def fitted(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Weights of the ridge logistic regression (Newton's method)."""
    weights = np.zeros(values.shape[1])
    for _ in range(40):
        chance = 1 / (1 + np.exp(-values @ weights))
        slope = values.T @ (labels - chance) - _RIDGE * weights
        bend = (values * (chance * (1 - chance))[:, None]).T @ values + _RIDGE * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.debris", description=__doc__)
    parser.add_argument("--copies", type=int, default=4, help="dumps of every paper, each damaged anew")
    parser.add_argument("--first-seed", type=int, default=11, help="benchmarks.repair measures on seed 7")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args()
    proposer = Proposer(LanguageModel.load(), "eng")
    found = [
        example
        for seed in range(given.first_seed, given.first_seed + given.copies)
        for content in load_all()
        if not content.aside
        for example in examples(dumped(content, seed), proposer)
    ]
    values, labels = np.array([row for row, _ in found]), np.array([label for _, label in found], dtype=float)
    weights = dict(zip(FEATURES, np.round(fitted(values, labels), 3).tolist(), strict=True))
    given.out.write_text(
        json.dumps({"tokens": len(labels), "debris": int(labels.sum()), "weights": weights}, indent=1) + "\n"
    )
    print(f"{len(labels)} tokens, {int(labels.sum())} of them debris; written to {given.out}")


if __name__ == "__main__":
    main()
