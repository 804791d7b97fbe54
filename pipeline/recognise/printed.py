"""Lines of print found in the picture without reading it: what a recogniser's own page analysis may have lost."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from pipeline.sources.images import Pixels
from schemas.page import Box

LETTER = (0.035, 0.20)  # inches: heights of letters from 8 point x-height to 16 point capitals with marks


class PrintedLine(NamedTuple):
    """A line of print found in the picture: the box around it with marks above and below, its letters, their usual height."""

    box: Box
    letters: int
    height: float


def printed_lines(grey: Pixels, dpi: float) -> list[PrintedLine]:
    """Lines of print, found by joining pieces of ink of a letter's size sideways. Pixels."""
    level = min(float(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]), 200.0)
    dark = np.asarray(cv2.threshold(grey, level, 1, cv2.THRESH_BINARY_INV)[1], dtype=np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    heights = stats[:, cv2.CC_STAT_HEIGHT]
    letter = (heights >= LETTER[0] * dpi) & (heights <= LETTER[1] * dpi) & (stats[:, cv2.CC_STAT_WIDTH] <= 0.35 * dpi)
    letter[0] = False
    if letter.sum() < 2:
        return []
    usual = float(np.median(heights[letter]))
    # only the middle of each letter, so that lines set tightly do not touch
    bands = np.zeros(dark.shape, np.uint8)
    for left, top, width, height, _ in stats[letter].tolist():
        bands[top + height // 4 : top + height - height // 4, left : left + width] = 1
    reach = max(3, round(1.5 * usual))
    joined = np.asarray(cv2.morphologyEx(bands, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8)), dtype=np.uint8)
    count, runs, _, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    members: list[list[int]] = [[] for _ in range(count)]
    for number in np.flatnonzero(letter).tolist():
        left, top, width, height, _ = stats[number].tolist()
        run = int(runs[top + height // 2, left + width // 2])
        if run:
            members[run].append(number)
    found = []
    for run in range(1, count):
        inside = stats[members[run]]
        if len(inside) == 0:
            continue
        size = float(np.median(inside[:, cv2.CC_STAT_HEIGHT]))
        x0, y0 = inside[:, cv2.CC_STAT_LEFT].min(), inside[:, cv2.CC_STAT_TOP].min()
        x1 = (inside[:, cv2.CC_STAT_LEFT] + inside[:, cv2.CC_STAT_WIDTH]).max()
        y1 = (inside[:, cv2.CC_STAT_TOP] + inside[:, cv2.CC_STAT_HEIGHT]).max()
        box = Box(float(x0), float(y0 - 0.35 * size), float(x1), float(y1 + 0.25 * size))
        if box.height <= 3.2 * size:
            found.append(PrintedLine(box, len(inside), size))
    return found
