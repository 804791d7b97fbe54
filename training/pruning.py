"""From full n-gram probabilities to a small back-off model: what to keep, and the weights of backing off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from training.ngrams import Floats, Ints, Order

Bools = npt.NDArray[np.bool_]


class BackoffOrder(NamedTuple):
    """Kept n-grams of one length, sorted by (prefix, word); logarithms are natural.

    backoff: added when a word after this n-gram is not found; 0 where nothing follows it.
    children: how many kept n-grams begin with it.
    """

    word: npt.NDArray[np.int32]
    prefix: Ints
    logprob: Floats
    backoff: Floats
    children: Ints


def shares(orders: Sequence[Order], weights: Sequence[float]) -> list[Floats]:
    """How often each n-gram stands in the mixed text: its shares of the genres, weighted."""
    totals = orders[0].counts.sum(axis=1)
    factors = np.array(weights) / np.maximum(totals, 1)
    return [factors @ order.counts for order in orders]


def losses(orders: Sequence[Order], probs: Sequence[Floats], frequency: Sequence[Floats]) -> list[Floats]:
    """What the model loses (relative entropy, Stolcke 1998) when it forgets one n-gram; unigrams are never forgotten."""
    out: list[Floats] = [np.full(len(orders[0]), np.inf)]
    for n in range(1, len(orders)):
        order, p = orders[n], probs[n]
        low = probs[n - 1][order.suffix]
        contexts = len(orders[n - 1])
        left = 1 - np.bincount(order.prefix, weights=p, minlength=contexts)
        left_low = 1 - np.bincount(order.prefix, weights=low, minlength=contexts)
        left, left_low = np.maximum(left, 1e-9), np.maximum(left_low, 1e-9)
        old = np.log(left / left_low)[order.prefix]
        new = np.log((left[order.prefix] + p) / (left_low[order.prefix] + low))
        change = -(p * (np.log(low) + new - np.log(p)) + left[order.prefix] * (new - old))
        out.append(frequency[n - 1][order.prefix] * change)
    return out


def _closed(orders: Sequence[Order], keep: list[Bools]) -> list[Bools]:
    """`keep` with the prefixes and suffixes of all that is kept."""
    for n in range(len(orders) - 1, 0, -1):
        kept = keep[n]
        keep[n - 1][orders[n].prefix[kept]] = True
        keep[n - 1][orders[n].suffix[kept]] = True
    return keep


def choose(orders: Sequence[Order], loss: Sequence[Floats], target: int, slack: float = 0.01) -> list[Bools]:
    """The n-grams to keep, about `target` of them (unigrams not counted), those whose loss is greatest."""
    known = np.concatenate(list(loss[1:]))
    known = known[known > 0]
    low, high = 0.0, 1.0  # share of the n-grams above the threshold
    keep: list[Bools] = []
    for _ in range(20):
        middle = (low + high) / 2
        threshold = np.partition(known, int(len(known) * (1 - middle)))[int(len(known) * (1 - middle))]
        keep = _closed(orders, [np.ones(len(orders[0]), bool), *(values > threshold for values in loss[1:])])
        total = sum(int(kept.sum()) for kept in keep[1:])
        if abs(total - target) < slack * target:
            break
        low, high = (low, middle) if total > target else (middle, high)
    return keep


def backed_off(orders: Sequence[Order], probs: Sequence[Floats], keep: Sequence[Bools]) -> list[BackoffOrder]:
    """The kept n-grams with back-off weights that make the probabilities after every context sum to one."""
    renumber = [np.cumsum(kept) - 1 for kept in keep]
    out: list[BackoffOrder] = []
    for n, order in enumerate(orders):
        kept = keep[n]
        prefix = renumber[n - 1][order.prefix[kept]] if n else np.zeros(int(kept.sum()), dtype=np.int64)
        p = probs[n][kept]
        size = len(p)
        if n:
            contexts = len(out[-1].word)
            low = np.exp(out[-1].logprob)[renumber[n - 1][order.suffix[kept]]]
            left = 1 - np.bincount(prefix, weights=p, minlength=contexts)
            left_low = 1 - np.bincount(prefix, weights=low, minlength=contexts)
            children = np.bincount(prefix, minlength=contexts)
            weight = np.log(np.maximum(left, 1e-6) / np.maximum(left_low, 1e-6))
            out[-1] = out[-1]._replace(backoff=np.where(children > 0, weight, 0.0), children=children)
        out.append(BackoffOrder(order.word[kept], prefix, np.log(p), np.zeros(size), np.zeros(size, dtype=np.int64)))
    return out
