"""From frames to scored readings: CTC prefix beam search and exact CTC scores.

Graves et al., "Connectionist Temporal Classification" (2006); prefix beam search after Hannun et al. (2014).
Frames are log-probabilities [frames, characters]; character 0 is the blank.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log1p

import numpy as np
from numpy.typing import NDArray

NOTHING = -1e30
SURELY_NOTHING = -1e-4
"""Log-probability of the blank above which a frame says nothing at all."""
Labels = tuple[int, ...]


def _add(a: float, b: float) -> float:
    """log(e^a + e^b)."""
    if a < b:
        a, b = b, a
    return a if b <= NOTHING else a + log1p(exp(b - a))


def best_path(frames: NDArray[np.float32]) -> Labels:
    """The labels of the likeliest path: runs folded, blanks dropped."""
    path = frames.argmax(1)
    keep = (path != 0) & np.concatenate(([True], path[1:] != path[:-1]))
    return tuple(int(label) for label in path[keep])


def prefix_beam(
    frames: NDArray[np.float32], *, beam: int = 10, symbols: int = 6, keep: int = 8, floor: float = -9.0
) -> list[tuple[Labels, float]]:
    """The `keep` likeliest label sequences with their log-probabilities, best first.

    symbols: how many characters are tried in each frame; those under `floor` never.
    """
    beams: dict[Labels, tuple[float, float]] = {(): (0.0, NOTHING)}  # prefix -> (ends in blank, ends in its last label)
    likeliest = np.argsort(-frames, axis=1)[:, :symbols]
    empty = frames[:, 0] > SURELY_NOTHING
    for at, (row, tops) in enumerate(zip(frames, likeliest, strict=True)):
        if at and empty[at] and empty[at - 1]:
            continue  # after a blank another one changes nothing
        tried = {0: float(row[0])}
        tried.update((int(label), float(row[label])) for label in tops if row[label] > floor)
        grown: dict[Labels, tuple[float, float]] = {}

        def add(prefix: Labels, blank: float, label: float, grown: dict[Labels, tuple[float, float]] = grown) -> None:
            old = grown.get(prefix)
            grown[prefix] = (blank, label) if old is None else (_add(old[0], blank), _add(old[1], label))

        for prefix, (in_blank, in_label) in beams.items():
            both = _add(in_blank, in_label)
            for label, score in tried.items():
                if label == 0:
                    add(prefix, both + score, NOTHING)
                elif prefix and label == prefix[-1]:
                    add(prefix, NOTHING, in_label + score)
                    if in_blank > NOTHING:  # a label said twice needs a blank between
                        add((*prefix, label), NOTHING, in_blank + score)
                else:
                    add((*prefix, label), NOTHING, both + score)
        beams = dict(sorted(grown.items(), key=lambda item: -_add(*item[1]))[:beam])
    return sorted(((prefix, _add(*score)) for prefix, score in beams.items()), key=lambda item: -item[1])[:keep]


def ctc_scores(frames: NDArray[np.float32], sequences: Sequence[Labels]) -> NDArray[np.float64]:
    """Exact log-probability of each label sequence given the frames, all sequences at once."""
    count, states = len(sequences), 2 * max(map(len, sequences)) + 1
    labels = np.zeros((count, states), np.int64)  # blank, label, blank, label, …, blank
    for row, sequence in enumerate(sequences):
        labels[row, 1 : 2 * len(sequence) + 1 : 2] = sequence
    skip = np.zeros((count, states), bool)  # a label may follow another label at once if it differs
    skip[:, 2:] = (labels[:, 2:] != 0) & (labels[:, 2:] != labels[:, :-2])
    alpha = np.full((count, states), NOTHING)
    alpha[:, :2] = frames[0][labels[:, :2]]
    for row in frames[1:]:
        step = alpha.copy()
        step[:, 1:] = np.logaddexp(step[:, 1:], alpha[:, :-1])
        step[:, 2:] = np.where(skip[:, 2:], np.logaddexp(step[:, 2:], alpha[:, :-2]), step[:, 2:])
        alpha = step + row[labels]
    ends = np.array([2 * len(sequence) for sequence in sequences])
    rows = np.arange(count)
    last = np.where(ends > 0, alpha[rows, np.maximum(ends - 1, 0)], NOTHING)
    return np.asarray(np.logaddexp(alpha[rows, ends], last), np.float64)
