"""From an upright page image to lines of scored readings."""

from __future__ import annotations

from math import log
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from pipeline.ctc.beam import Labels, best_path, prefix_beam
from pipeline.ctc.network import Networks, networks
from pipeline.readings import PixelBox, Reading, ReadLine
from schemas.page import Candidate

Frames = NDArray[np.float32]
MAYBE_SPACE = 0.02
"""A frame this likely to be a space may divide two words."""
SURE_SPACE = 0.98
"""A frame this likely to be a space divides them without question."""
SURE_LETTER = 0.98
"""A word all of whose frames are this sure has no other candidates."""
LONGEST_MERGE = 3
"""Words that may be one word read apart."""


def find_gaps(frames: Frames, space: int) -> list[tuple[int, int, float]]:
    """Runs of frames that may be a space: (first, one past the last, highest probability)."""
    chance = np.exp(frames[:, space])
    maybe = np.concatenate(([False], chance > MAYBE_SPACE, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(maybe))
    return [(int(a), int(b), float(chance[a:b].max())) for a, b in zip(edges[::2], edges[1::2], strict=True)]


class CtcEngine:
    """Reads lines with the networks of `trueocr`. `dpi` is the resolution at which it reads best."""

    name = "ctc"
    dpi = 200

    def __init__(self, nets: Networks | None = None) -> None:
        self._nets = nets or networks()

    def read(self, gray: NDArray[np.uint8]) -> list[ReadLine]:
        """Lines of an upright, straight page (uint8, dark print on light ground), in no particular order."""
        boxes = self._nets.page.detect(gray)
        lines = []
        for box, frames in zip(boxes, self._nets.frames(gray, boxes), strict=True):
            line = self._lattice(frames, box)
            if line is not None:
                lines.append(line)
        return lines

    def _text(self, labels: Labels) -> str:
        return normalize("NFC", "".join(self._nets.alphabet[label] for label in labels)).strip()

    def _candidates(self, frames: Frames) -> tuple[Candidate, ...]:
        """Readings of a stretch without a space in it."""
        if not frames.shape[0] or not (frames.argmax(1) != 0).any():
            return ()
        sure = float(frames.max(1).min()) > log(SURE_LETTER)
        found = [(best_path(frames), float(frames.max(1).sum()))] if sure else prefix_beam(frames)
        best: dict[str, float] = {}
        for labels, score in found:
            text = self._text(tuple(label for label in labels if label != self._nets.space))
            if text:
                best[text] = max(score, best.get(text, score))
        return tuple(Candidate(text, score) for text, score in sorted(best.items(), key=lambda item: -item[1]))

    def _lattice(self, frames: Frames, box: NDArray[np.float32]) -> ReadLine | None:
        """The lattice of one line, or None where nothing is written."""
        if not frames.shape[0]:
            return None
        count = frames.shape[0]
        gaps = find_gaps(frames, self._nets.space)
        inner = [gap for gap in gaps if gap[0] > 0 and gap[1] < count]
        first = max((end for start, end, _ in gaps if start == 0), default=0)
        last = min((start for start, end, _ in gaps if end == count), default=count)
        starts = [first, *(end for _, end, _ in inner)]
        ends = [*(start for start, _, _ in inner), last]
        unspaced = frames.copy()
        unspaced[:, self._nets.space] = -100.0
        edges = self._nets.frame_edges(box, count)
        readings = []
        for start in range(len(starts)):
            for end in range(start, min(start + LONGEST_MERGE, len(ends))):
                if end > start and inner[end - 1][2] >= SURE_SPACE:
                    break
                a, b = starts[start], ends[end]
                candidates = self._candidates(unspaced[a:b])
                if not candidates:
                    continue
                cut = log(inner[end][2]) if end < len(inner) else 0.0
                scored = tuple(Candidate(text, score + cut) for text, score in candidates)
                place = PixelBox(float(edges[a]), float(box[1]), float(edges[b]), float(box[3]))
                readings.append(Reading(start, end + 1, scored, place))
        return _connected(readings, PixelBox(*(float(side) for side in box[:4])))


def _connected(readings: list[Reading], box: PixelBox) -> ReadLine | None:
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
