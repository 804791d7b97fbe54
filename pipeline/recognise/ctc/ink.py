"""Where a line has ink and where it has none: what the recogniser's frames, two points wide, cannot tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.recognise.ctc.spans import Frames, Gap, spelled

_SYMBOL = re.compile(r"(?<=\d)[-/](?=[A-ZĐ])")
CLEAR_GAP = 0.5
"""Paper this wide, in heights of the line, always parts two words."""
REACH = 2.0
"""Frames that the end of a word may lie beside where the recogniser puts it."""


class Blank(NamedTuple):
    """Pixels [x0, x1) of a line without ink, from top to bottom."""

    x0: int
    x1: int


class LineInk(NamedTuple):
    """The paper of one line, from left to right; before and behind all ink too. left, step: of its frames in pixels."""

    blanks: tuple[Blank, ...]
    height: float
    left: float
    step: float

    def edges(self, gaps: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
        """Where words end and where they begin at each gap (left and right pixel), on the ink where that can be told."""
        clear = [self.between(*gap) for gap in gaps]
        ends = [gap[0] if blank is None else float(blank.x0) for gap, blank in zip(gaps, clear, strict=True)]
        begins = [gap[1] if blank is None else float(blank.x1) for gap, blank in zip(gaps, clear, strict=True)]
        return ends, begins

    def between(self, left: float, right: float) -> Blank | None:
        """The widest paper near the pixels [left, right]; None where ink goes through."""
        reach = REACH * self.step
        near = [one for one in self.blanks if one.x1 > left - reach and one.x0 < right + reach]
        return max(near, key=lambda one: min(one.x1, right + reach) - max(one.x0, left - reach), default=None)

    def with_clear(self, gaps: list[Gap], frames: Frames, alphabet: Sequence[str]) -> list[Gap]:
        """The gaps between words in frames, with those that the recogniser overlooked where the paper is wide.

        Not before the symbol of a number, for which forms leave more room than the number takes: `Số 05   -NQ/ĐU`,
        and not between print and a speck, which would be read as a word.
        """
        text, places = spelled(frames, alphabet)
        letters = [place for char, place in zip(text, places, strict=True) if not char.isspace()]
        symbols = [places[found.start()] for found in _SYMBOL.finditer(text)]
        found = list(gaps)
        for blank in self.blanks[1:-1]:  # the first and the last lie beside the line
            if blank.x1 - blank.x0 < CLEAR_GAP * self.height:
                continue
            start, end = (blank.x0 - self.left) / self.step, (blank.x1 - self.left) / self.step
            near = [gap for gap in found if gap.end > start - 1 and gap.start < end + 1]
            if any(start - 1 <= symbol <= end + 2 for symbol in symbols):
                continue
            if near:
                best = max(near, key=lambda gap: gap.chance)
                found[found.index(best)] = best._replace(chance=1.0)
                continue
            middle = round((start + end) / 2)
            before = max((gap.end for gap in found if gap.end <= middle), default=0)
            after = min((gap.start for gap in found if gap.start >= middle), default=len(frames))
            if any(before <= at < middle for at in letters) and any(middle <= at < after for at in letters):
                found.append(Gap(middle, middle, 1.0))
        return sorted(found)


def dark_of(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Ink of a page on light ground."""
    level = min(float(cv2.threshold(pixels, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]), 200.0)
    return np.asarray(pixels < level)


def line_ink(dark: NDArray[np.bool_], box: NDArray[np.float32], edges: NDArray[np.float64]) -> LineInk:
    """The paper of the line in `box` (x0, y0, x1, y1), whose frames have these edges."""
    height = float(box[3] - box[1])
    top, bottom = max(0, round(float(box[1]) + 0.1 * height)), max(1, round(float(box[3]) - 0.1 * height))
    left, right = max(0, int(edges[0])), max(1, int(edges[-1]))
    ink = dark[top:bottom, left:right].any(axis=0)
    paper = np.concatenate(([False, True], ~ink, [True, False]))  # a pixel of margin on both sides in any case
    changes = np.flatnonzero(np.diff(paper.astype(np.int8))) + left - 1
    blanks = tuple(Blank(int(a), int(b)) for a, b in zip(changes[::2], changes[1::2], strict=True))
    step = float(edges[-1] - edges[0]) / max(1, len(edges) - 1)
    return LineInk(blanks, height, float(edges[0]), step)
