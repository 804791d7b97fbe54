"""All paths through lattices, and the best of them: steps between arcs, scored by the language model."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.repair.arcs import Arcs
from pipeline.repair.lm import LanguageModel
from pipeline.repair.memory import Memory

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Paths:
    """Steps of paths: from an item (an arc with the longest context that the model knows there) to the next arc.

    Items are numbered through: first every arc with its own word as context, then those with two words, and so on.
    """

    def __init__(self, arcs: Arcs, lm: LanguageModel, lm_weight: float, memory: Memory | None) -> None:
        self.arcs, self.lm, self.weight, self.memory = arcs, lm, lm_weight, memory
        size = len(arcs.source)
        self.item_arc = np.arange(size)
        # places of the first and the number of the arcs that follow each arc
        self.after = np.searchsorted(arcs.source, arcs.target)
        self.fan = np.searchsorted(arcs.source, arcs.target, side="right") - self.after
        self.item = np.repeat(np.arange(size), self.fan)
        self.offset = np.cumsum(self.fan) - self.fan
        self.arc = np.arange(len(self.item)) - np.repeat(self.offset - self.after, self.fan)
        unigram, bigram = lm.tables[0], lm.tables[1]
        left, right = arcs.token[self.item], arcs.token[self.arc]
        place = bigram.find(left, right)
        self.place = place
        backed = unigram.backoff[left] + unigram.logprob[right]
        self.logprob = np.where(place >= 0, bigram.logprob[place], backed).astype(np.float64)
        self.next = self.arc

    def prune(self, beam: float) -> None:
        """Drop the arcs whose best path lies more than `beam` below the best, by bigrams."""
        alpha, beta = self._best()
        through = alpha + beta
        best = np.full(self.arcs.lattice_edges.shape[0], -np.inf)
        np.maximum.at(best, self.arcs.lattice, through)
        keep = through >= best[self.arcs.lattice] - beam
        if keep.all():
            return
        kept_pairs = keep[self.item] & keep[self.arc]
        number = np.cumsum(keep) - 1
        old = self.arcs
        self.arcs = old._replace(
            source=old.source[keep],
            target=old.target[keep],
            token=old.token[keep],
            score=old.score[keep],
            level=old.level[keep],
            edge=old.edge[keep],
            lattice=old.lattice[keep],
        )
        self.item = number[self.item[kept_pairs]]
        self.arc = self.next = number[self.arc[kept_pairs]]
        self.place, self.logprob = self.place[kept_pairs], self.logprob[kept_pairs]
        size = len(self.arcs.source)
        self.item_arc = np.arange(size)
        self.fan = np.bincount(self.item, minlength=size)
        self.offset = np.cumsum(self.fan) - self.fan
        self.after = np.searchsorted(self.arcs.source, self.arcs.target)

    def extend(self) -> None:
        """Add the items with longer contexts and their steps."""
        tables = self.lm.tables
        item, arc, place, logprob, onward, offset = (
            self.item,
            self.arc,
            self.place,
            self.logprob,
            self.arc.copy(),
            self.offset,
        )
        base, count = 0, len(self.arcs.source)
        parts = []
        for order in range(2, self.lm.order + 1):
            parts.append((item, arc, logprob, onward))
            # the steps of this round found n-grams of length `order`; those that go on become items of the next
            steps = np.flatnonzero((place >= 0) & tables[order - 1].follows[place])
            if order == self.lm.order or not len(steps):
                break
            distinct, first, inverse = np.unique(
                (arc[steps] << 32) | place[steps], return_index=True, return_inverse=True
            )
            new_arc, new_place = distinct >> 32, distinct & 0xFFFFFFFF
            suffix = onward[steps[first]]  # an item of this round: the steps still lead to the shorter context
            onward[steps] = count + inverse
            fan = self.fan[new_arc]
            starts = np.cumsum(fan) - fan
            rows = np.repeat(np.arange(len(new_arc)), fan)
            within = np.arange(len(rows)) - starts[rows]
            below = offset[suffix - base][rows] + within  # the same step from the shorter context
            arc = self.after[new_arc][rows] + within
            place = tables[order].find(new_place[rows], self.arcs.token[arc])
            backed = tables[order - 1].backoff[new_place][rows] + logprob[below]
            logprob = np.where(place >= 0, tables[order].logprob[place], backed)
            onward = onward[below]
            base, count, offset = count, count + len(new_arc), starts
            item = rows + base
            self.item_arc = np.concatenate((self.item_arc, new_arc))
        self.item, self.arc, self.logprob, self.next = (np.concatenate(part) for part in zip(*parts, strict=True))

    def _weights(self) -> Floats:
        logprob = self.logprob
        if self.memory is not None:
            left, right = self.arcs.token[self.item_arc[self.item]], self.arcs.token[self.arc]
            logprob = self.memory.mixed(logprob, left, right)
        weights: Floats = self.weight * logprob + self.arcs.score[self.arc]
        return weights

    def _best(self) -> tuple[Floats, Floats]:
        """For every item the logarithm of the best path from the start to it, and from it to the end."""
        size = len(self.item_arc)
        weight = self._weights()
        alpha = np.full(size, -np.inf)
        beta = np.full(size, -np.inf)
        level = self.arcs.level[self.arc]
        starting = self.arcs.level == 0
        alpha[: len(starting)][starting] = 0.0
        beta[: len(self.fan)][(self.arcs.edge < 0) & ~starting] = 0.0
        depth = int(level.max()) + 1
        order = np.argsort(level * size + self.next, kind="stable")
        item, onward, value = self.item[order], self.next[order], weight[order]
        ends = np.searchsorted(level[order], np.arange(depth + 1))
        change = np.flatnonzero(np.diff(onward, prepend=-1) | np.diff(level[order], prepend=-1))
        groups = np.searchsorted(change, ends)
        for at in range(1, depth):
            low, high = ends[at], ends[at + 1]
            firsts = change[groups[at] : groups[at + 1]]
            alpha[onward[firsts]] = np.maximum.reduceat(alpha[item[low:high]] + value[low:high], firsts - low)
        order = np.argsort(level * size + self.item, kind="stable")
        item, onward, value = self.item[order], self.next[order], weight[order]
        change = np.flatnonzero(np.diff(item, prepend=-1))
        groups = np.searchsorted(change, ends)
        for at in range(depth - 1, 0, -1):
            low, high = ends[at], ends[at + 1]
            firsts = change[groups[at] : groups[at + 1]]
            beta[item[firsts]] = np.maximum.reduceat(beta[onward[low:high]] + value[low:high], firsts - low)
        return alpha, beta

    def solve(self) -> tuple[list[int], Floats]:
        """The arcs of the best paths, and for every arc the logarithm of the best path through it."""
        alpha, beta = self._best()
        through = np.full(len(self.arcs.source), -np.inf)
        np.maximum.at(through, self.item_arc, alpha + beta)
        # walk from the starts: at each item take the step that keeps the best sum, the first of equals
        weight = (self._weights() + beta[self.next]).tolist()
        order = np.argsort(self.item, kind="stable")
        bounds = np.searchsorted(self.item[order], np.arange(len(self.item_arc) + 1)).tolist()
        steps, onward, arc = order.tolist(), self.next.tolist(), self.arc.tolist()
        path: list[int] = []
        for start in np.flatnonzero(self.arcs.level == 0).tolist():
            at = start
            while bounds[at] < bounds[at + 1]:
                step = max(steps[bounds[at] : bounds[at + 1]], key=weight.__getitem__)
                path.append(arc[step])
                at = onward[step]
        return path, through
