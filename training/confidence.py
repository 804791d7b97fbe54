"""Fits how likely a value is right: `python -m training.confidence DIR [--out FILE]`.

DIR comes from `training.confidence_papers`; the recorded readings in it are extracted by the rules of today, each value is
judged by the gold, and a logistic regression is fitted to what speaks for and against it (extractors/confidence.py). Only
papers that are open to tuning are fitted on. The reliability table is printed for them (each paper's values judged by weights
fitted without it) and for those kept aside. Without --out nothing is written.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractors.confidence import MODEL, Group, Signs, Weights
from pipeline.score.reliability import Judged, judged_values, table
from training.confidence_papers import papers_read

ROOT = Path(__file__).resolve().parent.parent
PRIOR_NUMBERS, PRIOR_GROUPS = 1.0, 1.0
"""Standard deviations (Gaussian priors) of the weights of numbers, scaled to unit spread, and of fields and rules."""
LEAST_SPREAD = 0.25
"""What is rare (a check that warns) is scaled as if it were not, lest a few cases weigh without bound."""
FOR, AGAINST = ("score", "worst", "mean", "page", "witnesses"), ("rival", "warned", "odd")
"""What can only speak for a value, and only against it: a weight of the other sign is chance, and its number is left out."""
FOLDS = 12
Matrix = NDArray[np.float64]


COPIES = 2.0


class Value(NamedTuple):
    """A value of one paper. weight: all variants of a paper say nearly the same, together they count as `COPIES`."""

    paper: str
    aside: bool
    weight: float
    judged: Judged


def values_of(folder: Path) -> list[Value]:
    """All values of the papers of all variants that were read."""
    papers = list(papers_read(folder))
    variants = Counter(paper.name for paper in papers)
    return [
        Value(paper.name, paper.aside, min(1.0, COPIES / variants[paper.name]), value)
        for paper in papers
        for value in judged_values(paper)
    ]


class Design(NamedTuple):
    """Columns of the regression: a bias, the numbers by name, the groups by name."""

    numbers: tuple[str, ...]
    groups: tuple[str, ...]

    def rows(self, signs: Iterable[Signs]) -> Matrix:
        place = {name: 1 + len(self.numbers) + index for index, name in enumerate(self.groups)}
        rows = []
        for one in signs:
            row = np.zeros(1 + len(self.numbers) + len(self.groups))
            row[0] = 1.0
            told = one.numbers()
            row[1 : 1 + len(self.numbers)] = [told[name] for name in self.numbers]
            for group in groups_of(one):
                if group in place:
                    row[place[group]] = 1.0
            rows.append(row)
        return np.array(rows)


def groups_of(signs: Signs) -> tuple[str, str]:
    return signs.field, f"{signs.field} {signs.rule}"


def fit(values: Sequence[Value]) -> Weights:
    """The weights, without numbers that would speak the wrong way."""
    numbers = tuple(values[0].judged.signs.numbers())
    while True:
        weights = _fit(values, numbers)
        against = {name: -weights.numbers[name] for name in FOR if name in numbers}
        against |= {name: weights.numbers[name] for name in AGAINST if name in numbers}
        worst = max(against, key=lambda name: against[name], default=None)
        if worst is None or against[worst] <= 0:
            return weights
        numbers = tuple(name for name in numbers if name != worst)


def _fit(values: Sequence[Value], names: tuple[str, ...]) -> Weights:
    """Maximum a posteriori by Newton's method; columns of numbers are scaled to unit spread for the prior."""
    signs = [value.judged.signs for value in values]
    design = Design(names, tuple(sorted({group for one in signs for group in groups_of(one)})))
    rows = design.rows(signs)
    right = np.array([float(value.judged.right) for value in values])
    weight = np.array([value.weight for value in values])
    numbers = slice(1, 1 + len(design.numbers))
    spread = np.maximum(rows[:, numbers].std(axis=0), LEAST_SPREAD)
    rows[:, numbers] /= spread
    penalty = np.full(rows.shape[1], PRIOR_GROUPS**-2)
    penalty[0] = 1e-3
    penalty[numbers] = PRIOR_NUMBERS**-2
    beta = np.zeros(rows.shape[1])
    curve = np.diag(penalty)
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(rows @ beta, -30, 30)))
        gradient = rows.T @ (weight * (right - chance)) - penalty * beta
        curve = (rows * (weight * chance * (1 - chance))[:, None]).T @ rows + np.diag(penalty)
        step = np.linalg.solve(curve, gradient)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return Weights(
        round(float(beta[0]), 4),
        {name: round(float(one), 4) for name, one in zip(design.numbers, beta[numbers] / spread, strict=True)},
        _groups(design, beta, np.linalg.inv(curve)),
        Group(0.0, round(2 * PRIOR_GROUPS**2, 4)),
    )


def _groups(design: Design, beta: Matrix, covariance: Matrix) -> dict[str, Group]:
    """What field and rule add together, with the variance of the sum; a field alone has the prior's variance for its rule."""
    place = {name: 1 + len(design.numbers) + index for index, name in enumerate(design.groups)}
    found = {}
    for name, one in place.items():
        field, _, rule = name.partition(" ")
        both = [place[field], one] if rule else [one]
        variance = float(covariance[np.ix_(both, both)].sum()) + (0.0 if rule else PRIOR_GROUPS**2)
        found[name] = Group(round(float(beta[both].sum()), 4), round(variance, 4))
    return found


def crossed(values: Sequence[Value]) -> list[tuple[float, bool]]:
    """Chance and truth of every value, by weights fitted without its paper and others of its fold."""
    names = sorted({value.paper for value in values})
    fold = {name: index % FOLDS for index, name in enumerate(names)}
    found = []
    for number in range(FOLDS):
        weights = fit([value for value in values if fold[value.paper] != number])
        found += [
            (weights.chance(value.judged.signs), value.judged.right) for value in values if fold[value.paper] == number
        ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, help=f"file to write, extractors/{MODEL}")
    given = parser.parse_args()
    values = values_of(given.folder)
    own = [value for value in values if not value.aside]
    aside = [value for value in values if value.aside]
    print(
        f"{len(own)} values of {len({value.paper for value in own})} papers, each judged by weights fitted without it"
    )
    print(table(crossed(own)))
    weights = fit(own)
    print(f"{len(aside)} values of {len({value.paper for value in aside})} papers kept aside")
    print(table([(weights.chance(value.judged.signs), value.judged.right) for value in aside]))
    if given.out:
        said = json.dumps(weights._asdict(), ensure_ascii=False, indent=1)
        given.out.write_text(said + "\n", encoding="utf-8")
        print(f"written to {given.out}")


if __name__ == "__main__":
    main()
