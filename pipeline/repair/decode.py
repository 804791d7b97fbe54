"""The best path through candidate readings: one decoder for repair (noise model) and reading (recogniser).

Exact dynamic programming over all paths and all contexts that the language model knows. The work is laid out for
numpy: n-grams are looked up for all places of all lattices at once, then the paths advance level by level.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from pipeline.repair.arcs import Edge, Lattice, arcs_of
from pipeline.repair.lm import LanguageModel
from pipeline.repair.memory import Memory
from pipeline.repair.paths import Paths
from schemas.page import Candidate

# Readings that a bigram model already puts so far (natural logarithm) below the best path are not looked at again.
BEAM: Final = 8.0
# Readings so far below the best are still handed on as runners-up.
_RUNNER_UP: Final = 6.0


class Choice(NamedTuple):
    """A chosen edge. margin: how far the best path that reads this place otherwise lies below (natural logarithm)."""

    edge: Edge
    margin: float
    runners_up: tuple[Candidate, ...] = ()


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
    arcs = arcs_of(lattices, lm, lm_weight)
    if arcs is None:
        return [[] for _ in lattices]
    pairs = Paths(arcs, lm, lm_weight, memory)
    if beam < math.inf and lm.order > 2:
        pairs.prune(beam)
    pairs.extend()
    return _choices(lattices, pairs, beam)


def _choices(lattices: Sequence[Lattice], pairs: Paths, beam: float) -> list[list[Choice]]:
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


__all__ = ["BEAM", "Choice", "Edge", "Lattice", "decode", "decode_many"]
