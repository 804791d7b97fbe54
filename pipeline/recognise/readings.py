"""What a recogniser says of a line: not one text but a lattice of scored readings.

Nodes are the places where a word may begin or end, 0 to `nodes` - 1 from left to right. A reading spans from one node
to a later one; where the recogniser is not sure of a space there are readings with and without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from pipeline.recognise.trust import is_scrap
from schemas.page import Box, Candidate, Line, Word


class PixelBox(NamedTuple):
    """A rectangle on the image that the recogniser was given, in its pixels."""

    x0: float
    y0: float
    x1: float
    y1: float


class Reading(NamedTuple):
    """One stretch of a line as one word: candidates best first, scores are natural logarithms (the best ≤ 0).

    by_hand: a field that a pen may have filled. heard: what a second recogniser says that was asked about this word.
    raised: small raised digits stand in it, which were read apart.
    """

    start: int
    end: int
    candidates: tuple[Candidate, ...]
    box: PixelBox
    by_hand: bool = False
    heard: str = ""
    raised: bool = False


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


class Spot(NamedTuple):
    """Where a word of the recogniser's own best path stands in the lattice of its line."""

    line: ReadLine
    reading: Reading


class Recognised(NamedTuple):
    """What an engine gives of a page: its own best lines, and the lattice behind each word by the word's box.

    Boxes are pixels of the picture. An engine that has one reading only gives no lattice. engine: who read it.
    scraps: lines that it made of pen strokes, dirt and print of the other side.
    """

    lines: tuple[Line, ...]
    lattice: dict[Box, Spot]
    engine: str = ""
    scraps: tuple[Line, ...] = ()


def recognised(lines: Sequence[ReadLine], engine: str) -> Recognised:
    """The best path of every line as words. Their confidence is that of a letter, on the average: the decision, which
    weighs whole words, comes later."""
    out: list[Line] = []
    scraps: list[Line] = []
    lattice: dict[Box, Spot] = {}
    for line in lines:
        words = []
        for reading in line.best:
            box, best = Box(*reading.box), reading.candidates[0]
            lattice[box] = Spot(line, reading)
            words.append(Word(best.text, best.text, box, exp(min(0.0, best.score) / len(best.text))))
        (scraps if is_scrap(words) else out).append(Line(tuple(words)))
    return Recognised(tuple(out), lattice, engine, tuple(scraps))
