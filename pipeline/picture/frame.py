"""From one picture of a page to another: points of the file, pixels of the scan, pixels of the straightened scan."""

from __future__ import annotations

import math
from typing import NamedTuple

from schemas.page import Box, Line, Word


class Frame(NamedTuple):
    """An affine map of the plane: x' = a x + b y + c, y' = d x + e y + f (y grows downwards)."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    @classmethod
    def scale(cls, x: float, y: float | None = None) -> Frame:
        return cls(a=x, e=x if y is None else y)

    @classmethod
    def shift(cls, x: float, y: float) -> Frame:
        return cls(c=x, f=y)

    @classmethod
    def quarter(cls, turns: int, width: float, height: float) -> Frame:
        """Turn a sheet of `width` x `height` clockwise by `turns` quarters, its corner back at the origin.

        >>> Frame.quarter(1, 100, 200).point(0, 0)
        (200.0, 0.0)
        """
        return (
            cls(),
            cls(0.0, -1.0, height, 1.0, 0.0, 0.0),
            cls(-1.0, 0.0, width, 0.0, -1.0, height),
            cls(0.0, 1.0, 0.0, -1.0, 0.0, width),
        )[turns % 4]

    @classmethod
    def rotation(cls, degrees: float, x: float, y: float) -> Frame:
        """Turn clockwise (as seen on the page) by `degrees` around (x, y)."""
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        return cls(cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y)

    def then(self, other: Frame) -> Frame:
        """First this map, then the other.

        >>> Frame.scale(2).then(Frame.shift(1, 0)).point(1, 1)
        (3.0, 2.0)
        """
        return Frame(
            other.a * self.a + other.b * self.d,
            other.a * self.b + other.b * self.e,
            other.a * self.c + other.b * self.f + other.c,
            other.d * self.a + other.e * self.d,
            other.d * self.b + other.e * self.e,
            other.d * self.c + other.e * self.f + other.f,
        )

    def inverse(self) -> Frame:
        """The map back. Raises ZeroDivisionError for a map that folds the plane into a line."""
        det = self.a * self.e - self.b * self.d
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Frame(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f)

    def box(self, box: Box) -> Box:
        """The upright box around the mapped box."""
        corners = [self.point(x, y) for x in (box.x0, box.x1) for y in (box.top, box.bottom)]
        xs, ys = zip(*corners, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))

    def word(self, word: Word) -> Word:
        return word if word.box is None else word._replace(box=self.box(word.box))

    def line(self, line: Line) -> Line:
        return Line(tuple(self.word(word) for word in line.words))
