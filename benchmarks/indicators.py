"""From what score on a target and a result measure the same: `python -m benchmarks.indicators`.

Prints precision and recall by threshold over benchmarks/indicator_pairs.tsv (written for this purpose), apart for the
half that the threshold was chosen on and for the half that was held back, and the pairs that the threshold in use gets wrong.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import NamedTuple

from normalizers.indicators import SAME, indicator_score

PAIRS = Path(__file__).with_name("indicator_pairs.tsv")


class Pair(NamedTuple):
    half: str
    same: bool
    target: str
    result: str


def pairs() -> list[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Pair(row["half"], row["same"] == "1", row["target"], row["result"]) for row in rows]


def precision_recall(found: list[Pair], threshold: float) -> tuple[float, float]:
    """Of the pairs that score so much, how many are the same; of those that are, how many score so much."""
    taken = [pair.same for pair in found if indicator_score(pair.target, pair.result) >= threshold]
    there = sum(pair.same for pair in found)
    return (sum(taken) / len(taken) if taken else 1.0, sum(taken) / there)


def main() -> int:
    halves = {name: [pair for pair in pairs() if pair.half == name] for name in ("tune", "held")}
    print("threshold  " + "  ".join(f"{name} (n={len(found)}): precision recall" for name, found in halves.items()))
    for threshold in (50.0, 60.0, 70.0, 75.0, SAME, 85.0, 90.0, 95.0):
        cells = ["{:>17.3f} {:>6.3f}".format(*precision_recall(found, threshold)) for found in halves.values()]
        print(f"{threshold:9.0f}  " + "         ".join(cells) + ("   in use" if threshold == SAME else ""))
    for pair in pairs():
        score = indicator_score(pair.target, pair.result)
        if (score >= SAME) != pair.same:
            print(f"{pair.half} {'missed' if pair.same else 'taken'} {score:.1f}: {pair.target} | {pair.result}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
