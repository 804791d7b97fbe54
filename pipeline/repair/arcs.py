"""Lattices of readings as arrays: one arc a model token, all lattices of a document side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import UNKNOWN

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


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


Lattice = Sequence[Sequence[Edge]]


class Arcs(NamedTuple):
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


def arcs_of(lattices: Sequence[Lattice], lm: LanguageModel, lm_weight: float) -> Arcs | None:
    """The arcs of all lattices; None where there is not one edge. Raises ValueError where no path reaches an end."""
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

    def add_boundary(begin: int, lattice: int) -> None:
        source.append(begin)
        target.append(begin + 1)
        token.append(lm.boundary)
        score.append(0.0)
        edge_of.append(-1)
        lattice_of.append(lattice)
        levels[begin + 1] = max(levels[begin + 1], levels[begin] + 1)

    for which, lattice in enumerate(lattices):
        if not lattice:
            lattice_edges.append(len(edges))
            continue
        base = len(levels) + 1
        levels.append(0)
        levels.extend([-1] * (len(lattice) + 2))
        add_boundary(base - 1, which)
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
                    source.append(at)
                    target.append(end)
                    token.append(known[0])
                    score.append(value)
                    edge_of.append(len(edges))
                    lattice_of.append(which)
                    if levels[end] <= levels[at]:
                        levels[end] = levels[at] + 1
                    at = end
                edges.append(edge)
        if levels[base + len(lattice)] < 0:
            raise ValueError(f"lattice {which}: no path reaches its end")
        add_boundary(base + len(lattice), which)
        lattice_edges.append(len(edges))
    if not source:
        return None
    begins = np.array(source, dtype=np.int64)
    order = np.argsort(begins, kind="stable")
    begins = begins[order]
    return Arcs(
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
