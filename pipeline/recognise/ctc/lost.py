"""Lines that the detector lost: page numbers, the small marks before footnotes, short lines beside stamps."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import NDArray

from pipeline.recognise.printed import printed_lines

COVERED = 0.3
"""Share of a line's width above which it counts as found."""
BESIDE = 0.4
"""Share of the lower one's height that two boxes of one line have in common."""
CLEAR = 0.95
"""Every character of a lost line must be read with this probability: what the detector passed over is mostly dirt."""


def lost_lines(
    pixels: NDArray[np.uint8], dpi: float, boxes: Sequence[NDArray[np.float32]]
) -> list[NDArray[np.float32]]:
    """Boxes (x0, y0, x1, y1 in pixels) of lines of print that none of `boxes` covers."""
    found = []
    for line in printed_lines(pixels, dpi):
        area = line.box
        covered = 0.0
        for x0, y0, x1, y1 in (box[:4] for box in boxes):
            wide, high = min(area.x1, x1) - max(area.x0, x0), min(area.bottom, y1) - max(area.top, y0)
            if wide > 0 and high > BESIDE * min(area.height, y1 - y0):
                covered += wide
        if covered < COVERED * area.width:
            found.append(np.array(area, np.float32))
    return found


def is_clear(frames: NDArray[np.float32]) -> bool:
    """Is something read here, and every character of it surely?"""
    path = frames.argmax(1)
    written = np.unique(path[path != 0])
    return bool(len(written)) and all(float(frames[:, label].max()) > log(CLEAR) for label in written)
