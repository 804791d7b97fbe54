"""The best path through candidate readings: one decoder for repair (noise model) and reading (recogniser).

Exact dynamic programming over all paths and all contexts that the language model knows. The work is laid out for
numpy: n-grams are looked up for all places of all lattices at once, then the paths advance level by level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.repair.lm import LanguageModel
from pipeline.repair.memory import Memory
from pipeline.repair.syllables import UNKNOWN
from schemas.page import Candidate

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# Readings that a bigram model already puts so far (natural logarithm) below the best path are not looked at again.
BEAM: Final = 8.0
# Readings so far below the best are still handed on as runners-up.
_RUNNER_UP: Final = 6.0
# Logistic of the margin, fitted by benchmarks/repair_stripped.py --calibrate.
_SLOPE: Final = 0.72
_OFFSET: Final = 0.37


class Edge(NamedTuple):
    """One reading of the raw tokens between two nodes.

    start, end: nodes, end > start (more than one apart for a merge). tokens: what the language model sees, lower case
    (several for a split; none where the surface holds only signs). score: natural logarithm of the channel or the
    recogniser. surface: what is printed if chosen.
    """

    start: int
    end: int
    tokens: tuple[str, ...]
    score: float
    surface: str


class Choice(NamedTuple):
    """A chosen edge. margin: how far the best path that reads this place otherwise lies below (natural logarithm)."""

    edge: Edge
    margin: float
    runners_up: tuple[Candidate, ...] = ()

    @property
    def confidence(self) -> float:
        """The margin as a chance (0..1) that the reading is right."""
        return confidence(self.margin)


Lattice = Sequence[Sequence[Edge]]


def confidence(margin: float) -> float:
    """Chance that a reading with this margin is right: a logistic fitted on restored text.

    >>> confidence(0.0) < confidence(1.0) < confidence(9.0) < 1.0
    True
    """
    return 1.0 / (1.0 + math.exp(-(_OFFSET + _SLOPE * min(margin, 30.0))))


def decode(
    lattice: Lattice, lm: LanguageModel, *, lm_weight: float = 1.0, beam: float = BEAM, memory: Memory | None = None
) -> list[Choice]:
    """The best path from node 0 to the last node, `lattice[i]` being the edges that start at node i.

    Raises ValueError where no path reaches the last node, len(lattice).
    """
    return decode_many([lattice], lm, lm_weight=lm_weight, beam=beam, memory=memory)[0]


def decode_many(
    lattices: Sequence[Lattice],
    lm: LanguageModel,
    *,
    lm_weight: float = 1.0,
    beam: float = BEAM,
    memory: Memory | None = None,
) -> list[list[Choice]]:
    """As `decode`, many stretches at once: give it a whole document, it is much faster so."""
    arcs = _arcs(lattices, lm, lm_weight)
    if arcs is None:
        return [[] for _ in lattices]
    pairs = _Pairs(arcs, lm, lm_weight, memory)
    if beam < math.inf and lm.order > 2:
        pairs.prune(beam)
    pairs.extend()
    return _choices(lattices, pairs, beam)


class _Arcs(NamedTuple):
    """One model token each, sorted by the node where they begin.

    level: steps from the start of the lattice, equal for all arcs that begin at one node.
    edge: number of the edge (counted through all lattices), -1 for the boundaries. first: the first arc of an edge.
    """

    source: Ints
    target: Ints
    token: Ints
    score: Floats
    level: Ints
    edge: Ints
    lattice: Ints
    edges: list[Edge]
    lattice_edges: Ints  # where the edges of every lattice begin


def _arcs(lattices: Sequence[Lattice], lm: LanguageModel, lm_weight: float) -> _Arcs | None:
    source: list[int] = []
    target: list[int] = []
    token: list[int] = []
    score: list[float] = []
    edge_of: list[int] = []
    lattice_of: list[int] = []
    levels: list[int] = []  # of nodes
    edges: list[Edge] = []
    lattice_edges = [0]
    number_of: dict[str, tuple[int, float]] = {}

    def add(begin: int, end: int, number: int, value: float, edge: int, lattice: int) -> None:
        source.append(begin)
        target.append(end)
        token.append(number)
        score.append(value)
        edge_of.append(edge)
        lattice_of.append(lattice)
        if levels[end] <= levels[begin]:
            levels[end] = levels[begin] + 1

    for which, lattice in enumerate(lattices):
        if not lattice:
            lattice_edges.append(len(edges))
            continue
        base = len(levels) + 1
        levels.append(0)
        levels.extend([-1] * (len(lattice) + 2))
        add(base - 1, base, lm.boundary, 0.0, -1, which)
        for node, starting in enumerate(lattice):
            if levels[base + node] < 0:
                continue  # no path comes here
            for edge in starting:
                at = base + node
                for place, word in enumerate(edge.tokens or (UNKNOWN,)):
                    known = number_of.get(word)
                    if known is None:
                        known = number_of[word] = (lm.id(word), lm_weight * lm.unknown_cost(word))
                    value = (0.0 if place else edge.score) - known[1]
                    if place + 1 >= len(edge.tokens):
                        end = base + edge.end
                    else:
                        end = len(levels)
                        levels.append(-1)
                    add(at, end, known[0], value, len(edges), which)
                    at = end
                edges.append(edge)
        if levels[base + len(lattice)] < 0:
            raise ValueError(f"lattice {which}: no path reaches its end")
        add(base + len(lattice), base + len(lattice) + 1, lm.boundary, 0.0, -1, which)
        lattice_edges.append(len(edges))
    if not source:
        return None
    begins = np.array(source, dtype=np.int64)
    order = np.argsort(begins, kind="stable")
    begins = begins[order]
    return _Arcs(
        begins,
        np.array(target, dtype=np.int64)[order],
        np.array(token, dtype=np.int64)[order],
        np.array(score)[order],
        np.array(levels, dtype=np.int64)[begins],
        np.array(edge_of, dtype=np.int64)[order],
        np.array(lattice_of, dtype=np.int64)[order],
        edges,
        np.array(lattice_edges, dtype=np.int64),
    )


class _Pairs:
    """Steps of paths: from an item (an arc with the longest context that the model knows there) to the next arc.

    Items are numbered through: first every arc with its own word as context, then those with two words, and so on.
    """

    def __init__(self, arcs: _Arcs, lm: LanguageModel, lm_weight: float, memory: Memory | None) -> None:
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


def _choices(lattices: Sequence[Lattice], pairs: _Pairs, beam: float) -> list[list[Choice]]:
    arcs = pairs.arcs
    path, through = pairs.solve()
    values = [-math.inf] * len(arcs.edges)
    for edge, value in zip(arcs.edge.tolist(), through.tolist(), strict=True):
        if edge >= 0:
            values[edge] = value  # the arcs of one edge stand in a row: the same paths go through them
    chosen: list[int] = []
    for edge in arcs.edge[path].tolist():
        if edge >= 0 and (not chosen or chosen[-1] != edge):
            chosen.append(edge)
    bounds = arcs.lattice_edges.tolist()
    out: list[list[Choice]] = []
    place = 0
    for which in range(len(lattices)):
        low, high = bounds[which], bounds[which + 1]
        row: list[Choice] = []
        cells = _cells(arcs.edges, low, high)
        while place < len(chosen) and chosen[place] < high:
            row.append(_choice(arcs.edges, values, chosen[place], cells, beam))
            place += 1
        out.append(row)
    return out


def _cells(edges: list[Edge], low: int, high: int) -> dict[int, list[int]]:
    """The edges over the stretch behind each node."""
    cells: dict[int, list[int]] = {}
    for number in range(low, high):
        for node in range(edges[number].start, edges[number].end):
            cells.setdefault(node, []).append(number)
    return cells


def _choice(edges: list[Edge], values: list[float], number: int, cells: dict[int, list[int]], beam: float) -> Choice:
    edge, best = edges[number], values[number]
    margin = math.inf
    others: dict[str, float] = {}
    for other in cells[edge.start]:
        rival = edges[other]
        if other == number or rival.surface == edge.surface:
            continue
        below = best - values[other]
        if below == math.inf:
            below = beam  # not looked at: no nearer than that
        margin = min(margin, below)
        if below < _RUNNER_UP and rival.start == edge.start and rival.end == edge.end:
            others[rival.surface] = max(others.get(rival.surface, -math.inf), -below)
    runners = tuple(Candidate(text, score) for text, score in sorted(others.items(), key=lambda one: (-one[1], one[0])))
    return Choice(edge, margin, runners)
