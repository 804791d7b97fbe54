"""Tables that stand askew on a page: their lines and words turned straight, so that one edge of a column is one number."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from schemas.page import Box, Ruling
from schemas.ruled import merged

_LONG = 80.0  # points: shorter lines do not tell an angle
_THIN = 1.5  # points: thickness of a line as it is found
_LEAST = 0.004  # slopes below this shift an edge by less than a page's lines lie apart
_CLOSE = 2.5  # points: places of one edge on a straight page


class Tilt(NamedTuple):
    """slope: points that a line falls for each point to the right; (x, y): the middle of the table, which stays."""

    slope: float
    x: float
    y: float

    def straight(self, box: Box) -> Box:
        """The box of a word, moved to where its middle comes to stand."""
        right, down = self._move(box)
        return Box(box.x0 + right, box.top + down, box.x1 + right, box.bottom + down)

    def straight_line(self, ruling: Ruling) -> Ruling:
        """The line as thin as it would be on a straight page."""
        box = self.straight(ruling.box)
        if ruling.horizontal:
            half, middle = min(box.height, _THIN) / 2, (box.top + box.bottom) / 2
            return ruling._replace(box=Box(box.x0, middle - half, box.x1, middle + half))
        half, middle = min(box.width, _THIN) / 2, (box.x0 + box.x1) / 2
        return ruling._replace(box=Box(middle - half, box.top, middle + half, box.bottom))

    def _move(self, box: Box) -> tuple[float, float]:
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return self.slope * (y - self.y), -self.slope * (x - self.x)


def tilt_of(rulings: Sequence[Ruling]) -> Tilt:
    """How the lines of one table stand; slope 0.0 where they are straight.

    A box tells how steep a line is, not to which side: the side is that on which the fewest different edges are left.

    >>> level = [Ruling(Box(0, y, 400, y + 1), True) for y in (0, 90, 180)]
    >>> tilt_of(level).slope
    0.0
    >>> falling = [Ruling(Box(x, y + x / 50, x + 100, y + x / 50 + 3.5), True) for x in (0, 300) for y in (0, 90)]
    >>> round(tilt_of(falling).slope, 3)
    0.02
    """
    boxes = [ruling.box for ruling in rulings]
    x = (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2
    y = (min(box.top for box in boxes) + max(box.bottom for box in boxes)) / 2
    slopes = [
        max(0.0, min(box.width, box.height) - _THIN) / max(box.width, box.height)
        for box in boxes
        if max(box.width, box.height) > _LONG
    ]
    steep = median(slopes) if slopes else 0.0
    if steep < _LEAST:
        return Tilt(0.0, x, y)
    return min((Tilt(slope, x, y) for slope in (0.0, steep, -steep)), key=lambda tilt: _edges(rulings, tilt))


def _edges(rulings: Sequence[Ruling], tilt: Tilt) -> int:
    """How many different heights and sides the lines have when turned so."""
    straight = [tilt.straight_line(ruling) for ruling in rulings]
    heights = merged(((r.box.top + r.box.bottom) / 2 for r in straight if r.horizontal), _CLOSE)
    sides = merged(((r.box.x0 + r.box.x1) / 2 for r in straight if not r.horizontal), _CLOSE)
    return len(heights) + len(sides)
