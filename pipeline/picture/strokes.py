"""Straight lines and pen strokes in a page picture: where they are, and the picture without them."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.sources.images import Pixels
from schemas.page import Box, Ruling

RULE_LENGTH = 0.5  # inches: longer straight strokes are rules, not letters
RULE_THICKNESS = 0.035  # inches
RULE_SMOOTHED = 0.06  # inches along which a faint rule is averaged before it is compared with the paper beside it
RULE_FAINT = 10  # grey levels by which a rule is darker than the paper on both sides of it, however light it is
RULE_LONELY = 0.4  # share of a rule that may have ink close above it: the feet of letters in a row are no rule
PEN_HEIGHT = 0.25  # inches: strokes that are joined over more than this are no letters
PEN_FILL = 0.12  # and fill less than this share of their box: pen strokes, not pictures


def without_rules(grey: Pixels, dpi: float) -> tuple[Pixels, tuple[Ruling, ...]]:
    """Long straight lines out (of tables, under letterhead and title), and where they were.

    A rule that touches the descenders of a title takes the whole line away from the recogniser.
    """
    level = min(float(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]), 200.0)
    dark = _u8(cv2.threshold(grey, level, 1, cv2.THRESH_BINARY_INV)[1])
    long, thick = round(RULE_LENGTH * dpi), max(2, round(RULE_THICKNESS * dpi))
    halo = 2 * max(1, round(dpi / 100)) + 1
    paper = _u8(np.where(cv2.dilate(dark, np.ones((halo, halo), np.uint8)) > 0, np.uint8(np.median(grey)), grey))
    out = grey.copy()
    rulings: list[Ruling] = []
    for horizontal in (True, False):
        kernel = np.ones((1, long) if horizontal else (long, 1), np.uint8)
        step = max(1, round(dpi / 100))
        bridge = np.ones((1, step) if horizontal else (step, 1), np.uint8)
        faint = _faint(paper, dpi, thick, horizontal=horizontal)
        joined = cv2.morphologyEx(dark | faint, cv2.MORPH_CLOSE, bridge)
        strokes = _u8(cv2.morphologyEx(joined, cv2.MORPH_OPEN, kernel))
        # of few strokes the outlines are found more quickly than the components
        outlines, _ = cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for left, top, width, height in map(cv2.boundingRect, outlines):
            area = int(np.count_nonzero(strokes[top : top + height, left : left + width]))
            slim = area <= thick * (width if horizontal else height)
            if slim and _lonely(dark, left, top, width, height, thick, horizontal=horizontal):
                rulings.append(Ruling(Box(left, top, left + width, top + height), horizontal))
                _erase(out, dark, strokes, rulings[-1], thick)
    return out, tuple(sorted(rulings))


def _faint(paper: Pixels, dpi: float, thick: int, *, horizontal: bool) -> Pixels:
    """1 where paper without its ink is darker than on both sides of a thin line: light grey rules, too pale for ink."""
    along = max(3, round(RULE_SMOOTHED * dpi)) | 1
    across = 2 * thick + 3
    smooth = cv2.blur(paper, (along, 1) if horizontal else (1, along))
    kernel = np.ones((across, 1) if horizontal else (1, across), np.uint8)
    faint = (cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, kernel) > RULE_FAINT).astype(np.uint8)
    bridge = np.ones((1, along) if horizontal else (along, 1), np.uint8)
    return _u8(cv2.morphologyEx(faint, cv2.MORPH_CLOSE, bridge))


def _lonely(dark: Pixels, left: int, top: int, width: int, height: int, thick: int, *, horizontal: bool) -> bool:
    """Is there little ink close to at least one side of the stroke?"""
    if horizontal:
        before = dark[max(0, top - thick) : max(1, top - 1), left : left + width]
        after = dark[top + height + 1 : top + height + thick, left : left + width]
    else:
        before = dark[top : top + height, max(0, left - thick) : max(1, left - 1)].T
        after = dark[top : top + height, left + width + 1 : left + width + thick].T
    shares = [float(side.any(axis=0).mean()) if side.size else 0.0 for side in (before, after)]
    return max(shares) <= RULE_LONELY or min(shares) <= 0.02 and max(shares) <= 2 * RULE_LONELY


def _erase(out: Pixels, dark: Pixels, strokes: Pixels, ruling: Ruling, thick: int) -> None:
    """Whiten one line in place; strokes of letters that cross it keep the part of them that is in it."""
    x0, y0, x1, y1 = (int(value) for value in ruling.box)
    reach = thick + 4
    area = (
        slice(max(0, y0 - reach), y1 + reach) if ruling.horizontal else slice(y0, y1),
        slice(x0, x1) if ruling.horizontal else slice(max(0, x0 - reach), x1 + reach),
    )
    axis = 0 if ruling.horizontal else 1
    wide = np.ones((5, 1) if ruling.horizontal else (1, 5), np.uint8)
    line = _u8(cv2.dilate(strokes[area], wide)) > 0
    ink = dark[area] > 0
    crossing = np.roll(ink, thick + 2, axis=axis) & np.roll(ink, -(thick + 2), axis=axis)
    out[area][line & ~crossing] = 255


def without_pen(grey: Pixels, dpi: float) -> tuple[Pixels, tuple[Box, ...]]:
    """Signatures and other large pen strokes out, and where they were. Handwriting of a letter's size stays."""
    level = min(float(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]), 200.0)
    dark = _u8(cv2.threshold(grey, level + 20, 1, cv2.THRESH_BINARY_INV)[1])
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    height, width = grey.shape
    out, found = grey, []
    for number in range(1, len(stats)):
        x, y, w, h, area = stats[number].tolist()
        if (
            h < PEN_HEIGHT * dpi
            or w < PEN_HEIGHT * dpi
            or area > PEN_FILL * w * h
            or w > 0.6 * width
            or h > 0.4 * height
        ):
            continue
        if out is grey:
            out = grey.copy()
        part = (slice(max(0, y - 2), y + h + 2), slice(max(0, x - 2), x + w + 2))
        stroke = cv2.dilate((labels[part] == number).astype(np.uint8), np.ones((3, 3), np.uint8))
        out[part][np.asarray(stroke) > 0] = 255
        found.append(Box(x, y, x + w, y + h))
    return out, tuple(found)


def _u8(values: object) -> Pixels:
    return np.asarray(values, dtype=np.uint8)
