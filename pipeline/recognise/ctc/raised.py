"""Small raised digits: the marks of footnotes, and the powers of units. The recogniser of lines loses or misreads them.

They are found by their place, well above the feet of the line with nothing below them, read apart, and taken out of the
picture before the line is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from math import log
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.recognise.ctc.spans import Frames, Gap
from pipeline.recognise.readings import Reading
from schemas.page import Box, Candidate

HEIGHT = (0.33, 0.55)
"""Heights of raised digits, in heights of the line."""
WIDEST = 0.9
"""And the width of two of them."""
ABOVE = 0.16
"""How far their feet stand above those of the line, in its heights."""
NEAR = 0.35
"""And how near to the print before them."""
FOLLOWED = 0.2
"""And how near print behind them stands that belongs to the same word."""
SURE = 0.98
"""Probability from which a digit is believed."""
ROOM = 12
"""Pixels of paper around each of them where they are read."""
_UNIT = re.compile(r"(?:^|[\d\s(/])[kcdmh]?m$", re.IGNORECASE)
_POWERS = {"2": "²", "3": "³"}


class Raised(NamedTuple):
    """A raised number, the line beside whose print it stands, and where, in pixels of the page.

    followed: more of the same word stands close behind it, as in `m³/ngày`.
    """

    text: str
    box: Box
    line: int
    followed: bool


def raised_digits(
    pixels: NDArray[np.uint8],
    dark: NDArray[np.bool_],
    lines: Sequence[NDArray[np.float32]],
    read: Callable[[NDArray[np.uint8], NDArray[np.float32]], list[Frames]],
    alphabet: Sequence[str],
) -> list[Raised]:
    """The raised numbers beside the print of these lines (x0, y0, x1, y1), each read surely. read: pixels, boxes -> frames."""
    found = [(number, *place) for number, line in enumerate(lines) for place in _places(dark, line)]
    if not found:
        return []
    sheet, boxes = _sheet(pixels, [place for _, place, _ in found])
    texts = [_digits(frames, alphabet) for frames in read(sheet, boxes)]
    return [
        Raised(text, place, line, followed) for text, (line, place, followed) in zip(texts, found, strict=True) if text
    ]


def _places(dark: NDArray[np.bool_], line: NDArray[np.float32]) -> list[tuple[Box, bool]]:
    """Ink of the size and at the height of raised digits that hangs together with nothing else; is more close behind it?"""
    x0, y0, x1, y1 = (round(float(side)) for side in line[:4])
    high = max(1, y1 - y0)
    top, left = max(0, y0 - high // 5), max(0, x0)
    area = dark[top : y1 + high // 8, left : x1 + high // 2]
    if area.shape[0] < 6 or area.shape[1] < 6:
        return []
    inked = area.any(axis=0)
    if not inked.any():
        return []
    lowest = area.shape[0] - 1 - area[::-1].argmax(axis=0)
    feet = float(np.median(lowest[inked]))
    raised = inked & (lowest < feet - ABOVE * high)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], raised, [False])).astype(np.int8)))
    found = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        if not 0.06 * high <= end - start <= WIDEST * high:
            continue
        rows = np.flatnonzero(area[:, start:end].any(axis=1))
        tall = int(rows[-1] - rows[0]) + 1
        beside = area[:, max(0, start - round(NEAR * high)) : start]
        if HEIGHT[0] * high <= tall <= HEIGHT[1] * high and beside.any() and _stands_alone(area, rows, start, end):
            box = Box(left + start, top + int(rows[0]), left + end, top + int(rows[-1]) + 1)
            found.append((box, bool(area[:, end + 1 : end + 1 + round(FOLLOWED * high)].any())))
    return found


def _stands_alone(area: NDArray[np.bool_], rows: NDArray[np.intp], start: int, end: int) -> bool:
    """Does the ink in these rows and columns touch no ink beside it, as the arm of a letter does?"""
    before, after = max(0, start - 1), min(area.shape[1], end + 1)
    around = np.ascontiguousarray(area[:, before:after], np.uint8)
    labels = cv2.connectedComponents(around, connectivity=8)[1]
    own = np.unique(labels[rows[0] : rows[-1] + 1, start - before : end - before])
    beside = np.concatenate((labels[:, : start - before].ravel(), labels[:, end - before :].ravel()))
    return not np.intersect1d(own[own > 0], beside).size


def _sheet(pixels: NDArray[np.uint8], places: Sequence[Box]) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The places below each other on white paper, and where they stand on it."""
    crops = [pixels[int(box.top) : int(box.bottom), int(box.x0) : int(box.x1)] for box in places]
    step = max(crop.shape[0] for crop in crops) * 4 + 2 * ROOM
    wide = max(crop.shape[1] for crop in crops) + 2 * ROOM
    sheet = np.full((step * len(crops), wide), 255, np.uint8)
    boxes = []
    for number, crop in enumerate(crops):
        top = number * step + (step - crop.shape[0]) // 2
        sheet[top : top + crop.shape[0], ROOM : ROOM + crop.shape[1]] = crop
        boxes.append((ROOM, top, ROOM + crop.shape[1], top + crop.shape[0]))
    return sheet, np.array(boxes, np.float32)


def _digits(frames: Frames, alphabet: Sequence[str]) -> str:
    """The number that the frames surely say; empty where they say anything else."""
    path = frames.argmax(1)
    kept = [int(label) for at, label in enumerate(path) if label and (at == 0 or path[at - 1] != label)]
    text = "".join(alphabet[label] for label in kept).strip()
    sure = all(float(frames[:, label].max()) > log(SURE) for label in kept)
    return text if sure and text.isdigit() and len(text) <= 2 else ""


def without(pixels: NDArray[np.uint8], raised: Sequence[Raised]) -> NDArray[np.uint8]:
    """The picture with the raised numbers whitened."""
    if not raised:
        return pixels
    out = pixels.copy()
    for one in raised:
        out[int(one.box.top) - 1 : int(one.box.bottom) + 1, int(one.box.x0) - 1 : int(one.box.x1) + 1] = 255
    return out


def unparted(gaps: Sequence[Gap], raised: Sequence[Raised], edges: NDArray[np.float64]) -> list[Gap]:
    """The gaps between words without those that whitened numbers within a word left. edges: of the frames, in pixels."""
    inside = [one.box for one in raised if one.followed]
    return [gap for gap in gaps if not any(edges[gap.start] < box.x1 and box.x0 < edges[gap.end] for box in inside)]


def with_raised(readings: Sequence[Reading], raised: Sequence[Raised], starts: Sequence[float]) -> list[Reading]:
    """The readings of a line with its raised numbers in them. starts: where each word begins, in pixels."""
    out = list(readings)
    for one in raised:
        node = max((number for number, x in enumerate(starts) if x < one.box.x0), default=None)
        if node is None:
            continue
        for at, reading in enumerate(out):
            if reading.start <= node < reading.end:
                box = reading.box._replace(x1=max(reading.box.x1, one.box.x1))
                share = (box.x1 - one.box.x1) / (box.x1 - box.x0) if one.followed else 0.0
                out[at] = reading._replace(candidates=put_in(reading.candidates, one.text, share), box=box, raised=True)
    return out


def put_in(candidates: Sequence[Candidate], number: str, share: float) -> tuple[Candidate, ...]:
    """The readings of a word with a raised number in them. share: of the word's width that stands behind the number.

    >>> put_in([Candidate("đai.", 0.0)], "2", 0.1)[0].text, put_in([Candidate("m/ngày", 0.0)], "3", 0.7)[0].text
    ('đai2.', 'm³/ngày')
    >>> put_in([Candidate("đai", 0.0)], "2", 0.0)[0].text
    'đai2'
    """
    out = []
    for text, score in candidates:
        at = len(text)
        if share > 0:
            guess = (1 - share) * len(text)
            signs = [place for place, char in enumerate(text) if place and not char.isalnum() and char != "%"]
            at = min(signs, key=lambda place: abs(place - guess), default=round(guess))
        mark = _POWERS.get(number, number) if _UNIT.search(text[:at]) else number
        out.append(Candidate(text[:at] + mark + text[at:], score))
    return tuple(out)
