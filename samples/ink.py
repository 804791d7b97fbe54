"""What is put on the paper by hand or by stamp: the red seal, the signature, handwritten digits, signing marks.

Everything is drawn from a seeded generator, so that a sample comes out the same each time.
"""

from __future__ import annotations

import math
import random

from reportlab.pdfgen.canvas import Canvas

from samples.fonts import FACES, width

RED = (0.83, 0.10, 0.14)
BLUE = (0.08, 0.14, 0.55)
BLACK = (0.10, 0.10, 0.12)
Stroke = list[tuple[float, float]]

# Handwritten digits as polylines in a box of width 0.6 and height 1 (origin bottom left), smoothed when drawn.
DIGITS: dict[str, list[Stroke]] = {
    "0": [[(0.3, 1), (0.08, 0.75), (0.05, 0.3), (0.28, 0), (0.52, 0.3), (0.52, 0.75), (0.3, 1), (0.2, 0.95)]],
    "1": [[(0.12, 0.75), (0.32, 1), (0.31, 0.5), (0.28, 0)]],
    "2": [[(0.08, 0.78), (0.25, 1), (0.5, 0.85), (0.42, 0.5), (0.06, 0.02), (0.3, 0.06), (0.56, 0.02)]],
    "3": [[(0.1, 0.92), (0.35, 1), (0.48, 0.78), (0.24, 0.54), (0.52, 0.38), (0.46, 0.08), (0.22, 0), (0.06, 0.12)]],
    "4": [[(0.3, 1), (0.06, 0.4), (0.3, 0.36), (0.58, 0.4)], [(0.42, 0.7), (0.4, 0.35), (0.38, 0)]],
    "5": [[(0.52, 0.98), (0.16, 0.96), (0.12, 0.58), (0.38, 0.6), (0.54, 0.32), (0.36, 0.02), (0.08, 0.08)]],
    "6": [[(0.46, 1), (0.16, 0.65), (0.08, 0.25), (0.28, 0), (0.5, 0.2), (0.36, 0.46), (0.1, 0.3)]],
    "7": [[(0.06, 0.94), (0.3, 0.98), (0.54, 0.96), (0.36, 0.5), (0.24, 0)]],
    "8": [[(0.46, 0.86), (0.24, 1), (0.12, 0.78), (0.46, 0.34), (0.36, 0.02), (0.1, 0.14), (0.2, 0.46), (0.48, 0.86)]],
    "9": [[(0.48, 0.8), (0.28, 1), (0.1, 0.76), (0.26, 0.5), (0.48, 0.72), (0.46, 0.4), (0.36, 0)]],
}


def _smooth(canvas: Canvas, points: Stroke) -> None:
    """A Catmull-Rom curve through the points."""
    path = canvas.beginPath()
    path.moveTo(*points[0])
    padded = [points[0], *points, points[-1]]
    for before, here, there, after in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        path.curveTo(
            here[0] + (there[0] - before[0]) / 6,
            here[1] + (there[1] - before[1]) / 6,
            there[0] - (after[0] - here[0]) / 6,
            there[1] - (after[1] - here[1]) / 6,
            *there,
        )
    canvas.drawPath(path, stroke=1, fill=0)


def write_digits(canvas: Canvas, text: str, x: float, y: float, size: float, rng: random.Random) -> float:
    """Digits by hand from x on, the base line at y. Returns the width used."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*rng.choice((BLUE, BLACK)))
    canvas.setLineWidth(size * 0.085)
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    slant = rng.uniform(0.05, 0.22)
    start = x
    for digit in text:
        high = size * rng.uniform(0.82, 0.95)
        for stroke in DIGITS[digit]:
            points = [
                (
                    x + high * (px + slant * py) + rng.gauss(0, size * 0.01),
                    y + high * py + rng.gauss(0, size * 0.01),
                )
                for px, py in stroke
            ]
            _smooth(canvas, points)
        x += high * 0.68
    canvas.restoreState()
    return x - start


def sign(canvas: Canvas, x: float, y: float, wide: float, rng: random.Random) -> None:
    """A signature over a stretch of `wide` points around the height y: loops that run on and a last long stroke."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*rng.choice((BLUE, BLACK)))
    canvas.setLineCap(1)
    canvas.setLineWidth(rng.uniform(1.0, 1.6))
    high = wide * 0.28
    points: Stroke = [(x, y - high * 0.3)]
    for step in range(7):
        along = x + wide * (step + 1) / 10
        points.append((along - wide * 0.02, y + high * rng.uniform(0.2, 0.9)))
        points.append((along + wide * rng.uniform(0.0, 0.06), y - high * rng.uniform(0.1, 0.7)))
    points.append((x + wide * 1.05, y + high * rng.uniform(0.3, 0.8)))
    _smooth(canvas, points)
    under = [(x + wide * 0.1, y - high * 0.55), (x + wide * 0.6, y - high * rng.uniform(0.2, 0.5)), (x + wide, y)]
    _smooth(canvas, under)
    canvas.restoreState()


def seal(canvas: Canvas, x: float, y: float, text: str, rng: random.Random, radius: float = 51) -> None:
    """The round red seal of an office around (x, y): two rings, the name along the edge, a star."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(rng.uniform(-12, 12))
    canvas.setStrokeColorRGB(*RED)
    canvas.setFillColorRGB(*RED)
    canvas.setStrokeAlpha(0.8)
    canvas.setFillAlpha(0.8)
    canvas.setLineWidth(2.2)
    canvas.circle(0, 0, radius)
    canvas.setLineWidth(0.8)
    canvas.circle(0, 0, radius - 3.5)
    canvas.circle(0, 0, radius * 0.62)
    size = 8.2
    arc = radius - 13
    total = sum(width(char, "b", size) + 0.6 for char in text)
    if total > arc * 5.4:
        size *= arc * 5.4 / total
        total = arc * 5.4
    angle = math.pi / 2 + total / arc / 2
    for char in text:
        half = (width(char, "b", size) + 0.6) / arc / 2
        angle -= half
        canvas.saveState()
        canvas.translate(arc * math.cos(angle), arc * math.sin(angle))
        canvas.rotate(math.degrees(angle) - 90)
        canvas.setFont(FACES["b"], size)
        canvas.drawCentredString(0, 0, char)
        canvas.restoreState()
        angle -= half
    star = canvas.beginPath()
    for corner in range(10):
        far = radius * (0.34 if corner % 2 == 0 else 0.14)
        turn = math.pi / 2 + corner * math.pi / 5
        point = far * math.cos(turn), far * math.sin(turn)
        star.moveTo(*point) if corner == 0 else star.lineTo(*point)
    star.close()
    canvas.drawPath(star, stroke=0, fill=1)
    canvas.restoreState()


def signing_mark(canvas: Canvas, lines: list[str], x: float, y: float, blue: bool = True) -> None:
    """The printed mark of a digital signature (Ký bởi, Email, Cơ quan, Thời gian ký), first line at height y."""
    canvas.saveState()
    canvas.setFillColorRGB(*(BLUE if blue else BLACK))
    for index, line in enumerate(lines):
        canvas.setFont(FACES[""], 7.5)
        canvas.drawString(x, y - index * 8.8, line)
    canvas.restoreState()


def arrival_stamp(canvas: Canvas, office: str, number: str, day: str, x: float, y: float, rng: random.Random) -> None:
    """The box stamp of arrival (CÔNG VĂN ĐẾN): office, then number and day by hand."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(rng.uniform(-4, 4))
    canvas.setStrokeColorRGB(*RED)
    canvas.setFillColorRGB(*RED)
    canvas.setLineWidth(1.2)
    canvas.rect(0, 0, 118, 44)
    canvas.setFont(FACES["b"], 7.5)
    canvas.drawCentredString(59, 34, office)
    canvas.drawCentredString(30, 20, "ĐẾN")
    canvas.setFont(FACES[""], 8)
    canvas.drawString(52, 21, "Số: ………………")
    canvas.drawString(52, 8, "Ngày: ……………")
    write_digits(canvas, number, 70, 21, 9, rng)
    write_digits(canvas, day, 78, 8, 9, rng)
    canvas.restoreState()
