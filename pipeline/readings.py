"""What a recogniser says of a line: not one text but a lattice of scored readings.

Nodes are the places where a word may begin or end, 0 to `nodes` - 1 from left to right. A reading spans from one node
to a later one; where the recogniser is not sure of a space there are readings with and without it.
"""

from __future__ import annotations

from typing import NamedTuple

from schemas.page import Candidate


class PixelBox(NamedTuple):
    """A rectangle on the image that the recogniser was given, in its pixels."""

    x0: float
    y0: float
    x1: float
    y1: float


class Reading(NamedTuple):
    """One stretch of a line as one word: candidates best first, scores are natural logarithms (the best ≤ 0)."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    box: PixelBox


class ReadLine(NamedTuple):
    """One printed line: its lattice and its box. Every path from node 0 to the last node reads the whole line."""

    nodes: int
    readings: tuple[Reading, ...]
    box: PixelBox

    @property
    def best(self) -> tuple[Reading, ...]:
        """The path that the recogniser alone likes best."""
        score = [float("-inf")] * self.nodes
        come: list[Reading | None] = [None] * self.nodes
        score[0] = 0.0
        for reading in sorted(self.readings):
            total = score[reading.start] + reading.candidates[0].score
            if total > score[reading.end]:
                score[reading.end], come[reading.end] = total, reading
        path: list[Reading] = []
        node = self.nodes - 1
        while (step := come[node]) is not None:
            path.append(step)
            node = step.start
        return tuple(reversed(path))
