"""n-gram counts of several genres side by side, as sorted arrays.

An n-gram is numbered by its place in its order's arrays. It knows its prefix (all words but the last) and its suffix
(all but the first), both numbered in the order below; at order 1 both are 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Order(NamedTuple):
    """All n-grams of one length, sorted by (prefix, word).

    counts: (genres, n-grams), how often it stands in the text of each genre.
    continuations: (genres, n-grams), after how many distinct words it stands there.
    """

    word: npt.NDArray[np.int32]
    prefix: Ints
    suffix: Ints
    counts: npt.NDArray[np.int32]
    continuations: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.word)


def _numbered(keys: Ints) -> tuple[Ints, Ints, Ints]:
    """(sorted distinct keys, a place of each, number of each key's value)."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    number = np.empty(len(keys), dtype=np.int64)
    number[order] = np.cumsum(new) - 1
    return ordered[new], order[new], number


def count(streams: Sequence[npt.NDArray[np.int32]], length: int, boundary: int, size: int) -> list[Order]:
    """Orders 1 to `length` over token streams, one a genre; `boundary` stands between the lines of a stream.

    No n-gram reaches over a boundary, but it may begin or end with one. `size`: words in the vocabulary.
    """
    words = np.concatenate([np.asarray(stream, dtype=np.int64) for stream in streams])
    genre = np.repeat(np.arange(len(streams)), [len(stream) for stream in streams])
    places = np.arange(len(words))  # where an n-gram of the order at hand ends
    number = words.copy()  # number of the n-gram that ends there
    orders: list[Order] = []
    below: Ints = np.zeros(len(words), dtype=np.int64)  # number of the shorter n-gram that ends at each place
    for n in range(1, length + 1):
        if n == 1:
            distinct, first = np.arange(size), np.zeros(size, dtype=np.int64)
            word, prefix, suffix = distinct, np.zeros(size, np.int64), np.zeros(size, np.int64)
            number = words.copy()
        else:
            # it must not hold a boundary inside, and must not begin before its stream
            reach = np.full(len(words), -1, dtype=np.int64)
            reach[places] = number
            left = np.concatenate(([-1], reach[:-1]))
            same = np.concatenate(([False], genre[1:] == genre[:-1]))
            inner = (words[:-1] == boundary) if n > 2 else np.zeros(len(words) - 1, dtype=bool)
            fine = (left >= 0) & same & ~np.concatenate(([False], inner))
            below = reach
            places = np.flatnonzero(fine)
            keys = left[places] * size + words[places]
            distinct, first, number = _numbered(keys)
            word, prefix, suffix = distinct % size, distinct // size, below[places[first]]
        counts = np.stack(
            [np.bincount(number[genre[places] == g], minlength=len(distinct)) for g in range(len(streams))]
        ).astype(np.int32)
        continuations = np.zeros_like(counts)
        orders.append(Order(word.astype(np.int32), prefix, suffix, counts, continuations))
        if n > 1:
            lower = orders[n - 2]
            for g in range(len(streams)):
                lower.continuations[g] = np.bincount(suffix[counts[g] > 0], minlength=len(lower))
    return orders


def first_words(orders: Sequence[Order]) -> list[npt.NDArray[np.int32]]:
    """The first word of every n-gram, order by order."""
    firsts = [orders[0].word]
    for order in orders[1:]:
        firsts.append(firsts[-1][order.prefix])
    return firsts


def _discounts(counts: npt.NDArray[np.int32]) -> Floats:
    """Modified Kneser-Ney discounts for counts 0, 1, 2, 3 and more (Chen and Goodman 1998)."""
    n1, n2, n3, n4 = (max(1, int((counts == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    found: Floats = np.clip(
        np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3]), 0.0, [0, 0.95, 1.9, 2.9]
    )
    return found


def smoothed(orders: Sequence[Order], genre: int, *, raw_lower: bool) -> list[Floats]:
    """Interpolated modified Kneser-Ney probabilities of one genre for every n-gram of any genre.

    raw_lower: shorter n-grams keep their plain counts (then heavy pruning hurts less); else they count the distinct
    words that they stand after, as Kneser and Ney have it.
    """
    size = len(orders[0])
    out: list[Floats] = []
    firsts = first_words(orders)
    for n, order in enumerate(orders, start=1):
        used = order.counts[genre]
        if not raw_lower and n < len(orders):
            # an n-gram at the start of a line has nothing before it: its plain count stands
            used = (
                np.where(firsts[n - 1] == 0, order.counts[genre], order.continuations[genre])
                if n > 1
                else (order.continuations[genre])
            )
        contexts = 1 if n == 1 else len(orders[n - 2])
        total = np.bincount(order.prefix, weights=used, minlength=contexts)
        discount = _discounts(used)[np.minimum(used, 3)]
        spared = np.bincount(order.prefix, weights=discount, minlength=contexts)
        with np.errstate(divide="ignore", invalid="ignore"):
            gamma = np.where(total > 0, spared / total, 1.0)
            own = np.where(total[order.prefix] > 0, (used - discount) / total[order.prefix], 0.0)
        lower = np.full(len(order), 1.0 / size) if n == 1 else out[-1][order.suffix]
        out.append(own + gamma[order.prefix] * lower)
    return out
