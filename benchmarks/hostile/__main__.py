"""Reads a thousand hostile and broken files: `python -m benchmarks.hostile [--count 1000] [--seed 1] [--limit 60] [--jobs 2]`.

The files are made anew in a temporary folder and given to `cli.py ingest` as a person would. Prints what became of each sort.
Exit 1 if the program crashed or hung, if a file is neither loaded nor in `failures` with a reason, if a failure is our own
fault (a traceback), or if a source file was touched or a file was written beside the database.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.hostile.check import check


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that one document may take")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vanban-hostile-") as folder:
        verdict = check(Path(folder), options.count, options.seed, options.limit, options.jobs)
    outcomes: dict[str, Counter[str]] = {}
    for (sort, outcome), times in verdict.outcomes.items():
        outcomes.setdefault(sort, Counter())[outcome] += times
    for sort in sorted(outcomes):
        print(f"{sort:28}{', '.join(f'{outcome} {times}' for outcome, times in sorted(outcomes[sort].items()))}")
    totals: Counter[str] = Counter()
    for counter in outcomes.values():
        totals.update(counter)
    print(
        f"{sum(totals.values())} files, seed {options.seed}: {', '.join(f'{o} {n}' for o, n in totals.most_common())}"
    )
    print(f"wall {verdict.seconds:.0f} s, {options.jobs} workers, limit of a document {options.limit:g} s")
    print(verdict.said)
    print(*verdict.wrong, sep="\n", end="\n" if verdict.wrong else "")
    print(f"{len(verdict.wrong)} things wrong")
    return 1 if verdict.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
