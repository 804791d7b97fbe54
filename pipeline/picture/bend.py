"""Lines that rise and fall together, as on a sheet that was not flat on the glass: measured and made straight."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.sources.images import Pixels
from schemas.page import Box

STRIP = 0.25  # inches: columns this wide are compared with their neighbours
REACH = 0.03  # inches that a line may rise or fall from one strip to the next
LEAST = 0.012  # inches: lines that bend less are left as they are
SHARPER = 1.08  # by which rows of ink must stand out more clearly when the bend is taken out
LETTERS = 0.35  # inches: wider or higher ink is no letter

Bend = NDArray[np.float32]


def measure_bend(grey: Pixels, dpi: float) -> Bend | None:
    """How many pixels lower the lines stand in each column than at the left; None for straight lines and pages without text."""
    ink = _letters(grey, dpi)
    step = max(4, round(STRIP * dpi))
    count = ink.shape[1] // step
    if count < 6 or ink.sum() < 2000:
        return None
    smooth = 0.012 * dpi
    profiles = [
        np.asarray(
            cv2.GaussianBlur(ink[:, at * step : (at + 1) * step].sum(1, dtype=np.float32)[:, None], (0, 0), smooth)
        )
        for at in range(count)
    ]
    shifts = _shifts([profile[:, 0] for profile in profiles], max(2, round(REACH * dpi)))
    if shifts is None:
        return None
    middles = (np.arange(count) + 0.5) * step
    bend = np.interp(np.arange(ink.shape[1]), middles, shifts).astype(np.float32)
    if float(np.ptp(bend)) < LEAST * dpi:
        return None
    straight = unbent(ink * 255, bend, border=0)
    return bend if _clearness(straight) > SHARPER * _clearness(ink * 255) else None


def unbent(grey: Pixels, bend: Bend, border: int = 255) -> Pixels:
    """The picture with every column moved up by its bend."""
    high, wide = grey.shape
    down = np.arange(high, dtype=np.float32)[:, None] + bend[None, :]
    along = np.broadcast_to(np.arange(wide, dtype=np.float32)[None, :], (high, wide))
    straight = cv2.remap(grey, np.ascontiguousarray(along), down, cv2.INTER_CUBIC, borderValue=(border,))
    return np.asarray(straight, np.uint8)


def bent(box: Box, bend: Bend) -> Box:
    """A box of the straight picture where it stands on the bent one."""
    down = float(bend[min(max(0, round((box.x0 + box.x1) / 2)), len(bend) - 1)])
    return box._replace(top=box.top + down, bottom=box.bottom + down)


def _letters(grey: Pixels, dpi: float) -> Pixels:
    """1 where there is ink of letters: rules, pictures and the edges of the sheet left out."""
    level = min(float(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]), 200.0)
    ink = (grey < level).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    letter = (sizes < LETTERS * dpi) & (sizes > 0.02 * dpi)
    letter[0] = False
    return np.asarray(letter[labels], np.uint8) if count > 1 else np.zeros_like(ink)


def _shifts(profiles: list[NDArray[np.float32]], reach: int) -> NDArray[np.float32] | None:
    """Of each strip against the first, every one fitted to the mean of those before it; None for too few strips of text."""
    shifts = np.zeros(len(profiles), np.float32)
    kept: NDArray[np.float32] | None = None
    last, used = 0, 0
    for number, profile in enumerate(profiles):
        size = float(np.linalg.norm(profile))
        if size < 1e-3 or profile.max() < 2:
            shifts[number] = last
            continue
        if kept is not None:
            tried = range(last - reach, last + reach + 1)
            scores = [float((np.roll(profile, -shift) * kept).sum()) for shift in tried]
            last = tried[int(np.argmax(scores))]
        moved = np.roll(profile, -last) / size
        kept = moved if kept is None else 0.8 * kept + moved
        shifts[number] = last
        used += 1
    if used < 6:
        return None
    smooth = cv2.GaussianBlur(shifts[None, :], (0, 0), 1.0, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(smooth, np.float32)[0] - float(smooth[0, 0])


def _clearness(ink: Pixels) -> float:
    """How strongly rows of ink rise and fall."""
    rows = ink.sum(1, dtype=np.float64)
    steps = np.diff(rows)
    return float((steps * steps).sum() / max(1.0, float((rows * rows).sum())))
