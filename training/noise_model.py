"""What the reader makes of a printed syllable, learned from pairs: segments, onsets and rimes with counts.

    python -m training.noise_model --pairs DIR --reader eng --out pipeline/repair/model/noise-eng.tsv.xz

Segments of 1 or 2 printed letters become 0 to 3 read signs (hard EM); the alignment cuts every read token into what
came from the onset and what came from the rime, and those pairs are counted as wholes. Statistics only.
"""

from __future__ import annotations

import argparse
import lzma
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from normalizers.vietnamese import bare, is_syllable
from pipeline.repair.parts import core_of, split_syllable, toneless
from pipeline.repair.syllables import fold_tone, like

Pair = tuple[str, str]
LONGEST_READ = 3
FLOOR = {0: math.log(3e-4), 1: math.log(1e-4), 2: math.log(1e-6), 3: math.log(1e-8)}
INSERTED = math.log(2e-4)
# Letters that any reader may take for digits; clean pages show few of them, poor ones many.
LOOK_ALIKES = [
    (letter, digit)
    for letters, digit in (("oôơO", "0"), ("liIí", "1"), ("bóôõ", "6"), ("gq", "9"), ("êBệS", "8"), ("sS", "5"))
    for letter in letters
]
LOOK_ALIKE = math.log(1.5e-3)
POOLED = 20.0  # weight, in counts, of what was seen of the same letters under other tones


def groups(path: Path) -> Iterator[Pair]:
    """The (printed, read) groups of a file of training.noise_pairs."""
    with open(path, encoding="utf-8") as stream:
        for row in stream:
            printed, tab, read = row.rstrip("\n").partition("\t")
            if tab:
                yield printed, read


def syllable_pairs(rows: Iterable[Pair]) -> Counter[Pair]:
    """(printed syllable, what was read for it), the signs around both taken off."""
    found: Counter[Pair] = Counter()
    for printed, read in rows:
        if not printed or not read or " " in printed or " " in read:
            continue
        want, got = core_of(printed), core_of(read)
        syllable = want.core
        if is_syllable(syllable.lower()) and syllable in (syllable.lower(), syllable.upper(), syllable.capitalize()):
            one_placement = fold_tone(syllable.lower())  # hoà and hòa count as one
            found[like(syllable, one_placement), got.core] += 1
    return found


class Segments(NamedTuple):
    """Log probabilities of (printed segment, read segment)."""

    table: dict[Pair, float]

    def score(self, printed: str, read: str) -> float:
        known = self.table.get((printed, read))
        if known is not None:
            return known
        if not printed:
            return INSERTED - 2.0
        return FLOOR[len(read)] if len(printed) == 1 else -math.inf


def first_segments(pairs: Counter[Pair]) -> Segments:
    """A start for EM: a letter becomes its own base letter, mostly."""
    table: dict[Pair, float] = {}
    letters = {char for printed, _ in pairs for char in printed}
    for char in letters:
        table[char, char] = -0.5
        table[char, bare(char)] = -0.5
        for two in letters:
            table.setdefault((char + two, bare(char + two)), -3.0)
    return Segments(table)


def align(printed: str, read: str, segments: Segments) -> tuple[float, list[Pair]]:
    """The best segmentation of both, and its log probability."""
    n, m = len(printed), len(read)
    best = [[-math.inf] * (m + 1) for _ in range(n + 1)]
    back: list[list[tuple[int, int]]] = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    score = segments.score
    for i in range(n + 1):
        for j in range(m + 1):
            here = best[i][j]
            if here == -math.inf:
                continue
            for a in (0, 1, 2):
                if i + a > n:
                    break
                for b in range(0 if a else 1, (LONGEST_READ if a else 1) + 1):
                    if j + b > m:
                        break
                    total = here + score(printed[i : i + a], read[j : j + b])
                    if total > best[i + a][j + b]:
                        best[i + a][j + b] = total
                        back[i + a][j + b] = (a, b)
    path: list[Pair] = []
    i, j = n, m
    while i or j:
        a, b = back[i][j]
        if not a and not b:
            return -math.inf, []
        path.append((printed[i - a : i], read[j - b : j]))
        i, j = i - a, j - b
    return best[n][m], path[::-1]


def _pooled(counts: Counter[Pair], totals: Counter[str]) -> dict[Pair, float]:
    """Log probabilities of segments; what was seen of the same letters under other tones counts a little."""
    family_counts: Counter[Pair] = Counter()
    family_totals: Counter[str] = Counter()
    members: dict[str, set[str]] = defaultdict(set)
    for (printed, read), count in counts.items():
        family_counts[toneless(printed), read] += count
        members[toneless(printed)].add(printed)
    for family, printed_forms in members.items():
        family_totals[family] = sum(totals[printed] for printed in printed_forms)
    table: dict[Pair, float] = {}
    for (family, read), shared in family_counts.items():
        for printed in members[family]:
            seen = counts[printed, read]
            if seen == 0 and shared < 2 or len(printed) == 2 and seen < 2:
                continue
            part = (seen + POOLED * shared / (family_totals[family] + 1.0)) / (totals[printed] + POOLED)
            table[printed, read] = math.log(part)
    for printed, read in LOOK_ALIKES:
        for letter in members.get(printed, ()):
            table[letter, read] = max(table.get((letter, read), -math.inf), LOOK_ALIKE)
    return table


def learn(pairs: Counter[Pair], rounds: int) -> Segments:
    segments = first_segments(pairs)
    for _ in range(rounds):
        counts: Counter[Pair] = Counter()
        totals: Counter[str] = Counter()
        for (printed, read), count in pairs.items():
            score, path = align(printed, read, segments)
            if score < -12 * max(1, len(printed)) or len(read) > 2 * len(printed) + 3:
                continue
            for segment in path:
                counts[segment] += count
            for index in range(len(printed)):
                totals[printed[index]] += count
                totals[printed[index : index + 2]] += count if index + 1 < len(printed) else 0
            totals[""] += count * (len(printed) + 1)
        segments = Segments(_pooled(counts, totals))
    return segments


def wholes(pairs: Counter[Pair], segments: Segments) -> tuple[Counter[Pair], Counter[Pair]]:
    """Counts of (onset, read) and (rime, read): the alignment cut where the onset ends."""
    onsets: Counter[Pair] = Counter()
    rimes: Counter[Pair] = Counter()
    for (printed, read), count in pairs.items():
        score, path = align(printed, read, segments)
        if score == -math.inf or score < -9 * len(printed):
            continue
        onset, rime = split_syllable(printed)
        done = taken = 0
        for left, right in path:
            if done >= len(onset):
                break
            done, taken = done + len(left), taken + len(right)
        if done > len(onset):  # a segment across the border: it goes with the rime
            taken -= len(right)
        onsets[onset, read[:taken]] += count
        rimes[rime, read[taken:]] += count
    return onsets, rimes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--reader", choices=("eng", "vie"), required=True)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    pairs: Counter[Pair] = Counter()
    for path in sorted(arguments.pairs.glob(f"{arguments.reader}-*.tsv")):
        pairs += syllable_pairs(groups(path))
    # the alignment learns from a part; the wholes are counted on everything
    part = pairs if len(pairs) < 40000 else Counter(dict(random.Random(1).sample(sorted(pairs.items()), 40000)))
    segments = learn(part, arguments.rounds)
    onsets, rimes = wholes(pairs, segments)
    tables: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for (left, right), score in segments.table.items():
        if score > -11:
            tables["segment"].append((left, right, round(score, 2)))
    for name, counts in (("onset", onsets), ("rime", rimes)):
        tables[name] = [(left, right, float(count)) for (left, right), count in counts.items()]
    printed: Counter[str] = Counter()
    for (syllable, _), count in pairs.items():
        printed[syllable.lower()] += count
    tables["syllable"] = [(syllable, "", float(count)) for syllable, count in printed.items()]
    with lzma.open(arguments.out, "wt", encoding="utf-8", preset=9) as stream:
        for name, rows in tables.items():
            for left, right, value in sorted(rows):
                stream.write(f"{name}\t{left}\t{right}\t{value:g}\n")
    print(
        f"{sum(pairs.values())} pairs, {len(pairs)} distinct; "
        + ", ".join(f"{name} {len(rows)}" for name, rows in tables.items())
    )


if __name__ == "__main__":
    main()
