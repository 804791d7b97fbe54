"""Stretches of a line's frames: what may be a space, what a pen may have filled; and the lattice made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.recognise.forms.fields import FieldKind, find_fields
from pipeline.recognise.readings import PixelBox, Reading, ReadLine
from schemas.page import Candidate

Frames = NDArray[np.float32]
_MARK = re.compile(r"^'(?=\w)|(?<=\w)'(?=\W*$)")
MAYBE_SPACE = 0.02
"""A frame this likely to be a space may divide two words."""
SURE_LETTER = 0.98
"""A word all of whose frames are this sure has no other candidates."""


def quoted(text: str) -> str:
    """A word with the straight quotation marks that the network's alphabet lacks: it reads them as an apostrophe.

    >>> quoted("'Gia"), quoted("số',"), quoted("H'Loan")
    ('"Gia', 'số",', "H'Loan")
    """
    return _MARK.sub('"', text)


class Gap(NamedTuple):
    """Frames [start, end) that may be a space, and the highest probability of one among them."""

    start: int
    end: int
    chance: float


def find_gaps(frames: Frames, space: int) -> list[Gap]:
    """Runs of frames that may be a space."""
    chance = np.exp(frames[:, space])
    maybe = np.concatenate(([False], chance > MAYBE_SPACE, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(maybe))
    return [Gap(int(a), int(b), float(chance[a:b].max())) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def spelled(frames: Frames, alphabet: Sequence[str]) -> tuple[str, list[int]]:
    """The likeliest text, and the frame where each of its characters begins."""
    path = frames.argmax(1)
    places = np.flatnonzero(np.concatenate(([True], path[1:] != path[:-1])) & (path != 0))
    return "".join(alphabet[path[place]] for place in places), [int(place) for place in places]


class FormField(NamedTuple):
    """Frames [start, end) of a line that a pen may have filled."""

    start: int
    end: int
    kind: FieldKind


def form_fields(frames: Frames, alphabet: Sequence[str]) -> list[FormField]:
    """The fields of a letterhead's line whose print the recogniser is not sure of."""
    text, places = spelled(frames, alphabet)
    found = []
    for field in find_fields(text):
        if not field.start <= field.end < len(text):
            continue
        start, end = places[field.start - 1] + 1 if field.start else 0, places[field.end]
        letters = frames[start:end].max(1)
        if end - start > 1 and (
            not text[field.start : field.end].strip().isdigit() or letters.min() < log(SURE_LETTER)
        ):
            found.append(FormField(start, end, field.kind))
    return found


def joined(readings: list[Reading], node: int) -> list[Reading]:
    """The field that begins at `node` and the symbol after it as one word: `89` `/QĐ-UBND` where no space is printed."""
    written = next((one for one in readings if one.start == node), None)
    after = [one for one in readings if one.start == node + 1]
    if written is None or not after or not all(one.candidates[0].text.startswith("/") for one in after):
        return readings
    whole = []
    for one in after:
        pairs = [
            Candidate(number.text + symbol.text, number.score + symbol.score)
            for number in written.candidates
            for symbol in one.candidates[:4]
        ]
        box = PixelBox(written.box.x0, written.box.y0, one.box.x1, one.box.y1)
        whole.append(Reading(node, one.end, tuple(sorted(pairs, key=lambda pair: -pair.score)), box, True))
    return sorted([one for one in readings if one.start not in (node, node + 1)] + whole)


def connected(readings: list[Reading], box: PixelBox) -> ReadLine | None:
    """The lattice without the nodes that no reading reaches (nothing is written between two gaps)."""
    if not readings:
        return None
    begins = sorted({reading.start for reading in readings})
    place = {node: index for index, node in enumerate(begins)}
    final = len(begins)

    def target(node: int) -> int:
        return next((place[begin] for begin in begins if begin >= node), final)

    moved = [reading._replace(start=place[reading.start], end=target(reading.end)) for reading in readings]
    return ReadLine(final + 1, tuple(moved), box)
