"""Lines of the signature block that lie under a black seal or a signature: read against the phrases that stand there.

Red seals are taken out of the picture (pipeline/picture/image.py); of a seal in black, as a fax or a 1-bit scan has it,
nothing tells the ink from print. The detector then sees scraps of the line, or none. But what stands there is known:
the lines are centred over the signer's name and say one of few things (TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from normalizers.agencies import DEPUTIES
from pipeline.recognise.ctc.beam import Labels, ctc_scores
from pipeline.recognise.ctc.spans import Frames
from pipeline.recognise.printed import printed_lines
from pipeline.recognise.readings import PixelBox, Reading, ReadLine
from pipeline.sources.images import Pixels
from schemas.page import Box, Candidate

SEAL = (
    0.9,
    4.5,
)  # inches: a seal's ink, the signature that runs through it along, is as wide and high at least and at most
FILLED = 0.6  # of its box, at most: pictures and black edges of the sheet are no seals
ABOVE, BESIDE = 0.7, 2.2  # inches that the block reaches above and to the right of the seal
STEPS = (-2, -1, 0)  # half heights of a line by which its beginning is sought around its place
SURE = 4.0  # how much likelier (logarithm) the phrase is than the next one
COST = 1.6  # and how much less likely than what the recogniser itself would read, for each letter, at most
LEAST = 6  # letters of a phrase
WIDTH = (0.38, 0.66)  # of a letter, in heights of the line, on the average of a phrase
_BODIES = (
    "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "BAN THƯỜNG VỤ", "BAN CHẤP HÀNH", "ĐẢNG ỦY", "HỘI ĐỒNG", "CHÍNH PHỦ",
    "THƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN", "BAN CHỈ ĐẠO", "BAN THƯỜNG TRỰC",
)  # fmt: skip


def _phrases() -> tuple[str, ...]:
    posts = {post.upper() for pair in DEPUTIES for post in pair}
    found = posts | {f"{sign} {post}" for post in posts for sign in ("KT.", "TL.", "Q.")}
    found |= {f"{sign} {body}" for body in _BODIES for sign in ("TM.", "T/M")}
    return tuple(sorted(one for one in found if len(one) >= LEAST))


PHRASES = _phrases()


class Known(NamedTuple):
    """A line that says a known phrase. chance: logarithm, of the phrase among all."""

    box: Box
    text: str
    chance: float


def seals(pixels: Pixels, dpi: float) -> list[Box]:
    """Boxes of black seals, with the signature that touches them."""
    small = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    level = min(float(cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]), 200.0)
    dark = np.asarray(cv2.threshold(small, level, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    least, most = (inches * dpi / 2 for inches in SEAL)
    return [
        Box(2.0 * x, 2.0 * y, 2.0 * (x + wide), 2.0 * (y + high))
        for x, y, wide, high, area in stats[1:].tolist()
        if least <= wide <= most and least <= high <= most and area < FILLED * wide * high
    ]


def known_lines(
    pixels: Pixels,
    dpi: float,
    boxes: Sequence[Box],
    frames_of: Callable[[NDArray[np.float32]], list[Frames]],
    labels_of: Callable[[str], Labels],
) -> list[Known]:
    """The lines around black seals that say a known phrase. boxes: of the lines that the detector found."""
    found: list[Known] = []
    for seal in seals(pixels, dpi):
        name = _name_below(seal, boxes, dpi)
        if name is None:
            continue
        axis = (name.x0 + name.x1) / 2
        for row in _rows(pixels, dpi, seal, name, boxes):
            begins = 2 * axis - row.x1
            starts = [begins + step * row.height / 2 for step in STEPS]
            areas = [row._replace(x0=start) for start in starts if 0 <= start < row.x1 - 2 * row.height]
            if not areas:
                continue
            wide = 2 * (row.x1 - axis) / row.height
            phrases = [one for one in PHRASES if WIDTH[0] * len(one) < wide < WIDTH[1] * len(one)]
            frames = frames_of(np.array(areas, np.float32))
            best = _best(frames, [labels_of(one) for one in phrases]) if phrases else None
            if best is not None:
                found.append(Known(areas[best.area], phrases[best.phrase], best.chance))
    return found


class _Match(NamedTuple):
    area: int
    phrase: int
    chance: float


def _best(frames: Sequence[Frames], phrases: Sequence[Labels]) -> _Match | None:
    """The phrase that one of the areas says, and which; None where that is not clear."""
    costs = np.array([ctc_scores(one, phrases) - float(one.max(1).sum()) for one in frames])
    per_letter = costs / np.array([len(phrase) for phrase in phrases])
    area, phrase = np.unravel_index(int(per_letter.argmax()), per_letter.shape)
    others = np.delete(costs[area], phrase).max(initial=-np.inf)
    chance = float(costs[area, phrase] - np.logaddexp.reduce(costs[area]))
    if per_letter[area, phrase] < -COST or costs[area, phrase] - others < SURE:
        return None
    return _Match(int(area), int(phrase), chance)


def _name_below(seal: Box, boxes: Sequence[Box], dpi: float) -> Box | None:
    """The line of the signer's name: the first one at or below the lower edge of the seal, close to it."""
    near = [
        box
        for box in boxes
        if -0.3 * dpi < box.top - seal.bottom < 0.8 * dpi
        and box.width > 0.6 * dpi
        and min(box.x1, seal.x1 + BESIDE * dpi) - max(box.x0, seal.x0 - 0.5 * dpi) > 0.8 * box.width
    ]
    return min(near, key=lambda box: box.top, default=None)


def _rows(pixels: Pixels, dpi: float, seal: Box, name: Box, boxes: Sequence[Box]) -> Iterator[Box]:
    """Rows of print beside and above the seal, over the name, whatever of them is seen."""
    top, x1 = seal.top - ABOVE * dpi, max(seal.x1, name.x1) + 0.5 * dpi
    seen = [
        box
        for box in [*boxes, *(line.box for line in printed_lines(pixels, dpi))]
        if top < box.top and box.bottom < name.top and box.x1 > name.x0 and box.x0 > seal.x0 - dpi and box.x1 < x1
        if 0.6 * name.height < box.height < 1.6 * name.height
    ]
    while seen:
        first = min(seen, key=lambda box: box.top)
        same = [box for box in seen if min(box.bottom, first.bottom) - max(box.top, first.top) > 0.5 * first.height]
        seen = [box for box in seen if box not in same]
        yield Box(
            min(box.x0 for box in same),
            float(np.median([box.top for box in same])),
            max(box.x1 for box in same),
            float(np.median([box.bottom for box in same])),
        )


def is_part(box: Box, line: Box) -> bool:
    """Is the box a scrap of the line?"""
    beside = min(box.x1, line.x1) - max(box.x0, line.x0)
    high = min(box.bottom, line.bottom) - max(box.top, line.top)
    return beside > 0.5 * min(box.width, line.width) and high > 0.5 * min(box.height, line.height)


def as_read(line: Known) -> ReadLine:
    """The line as a lattice of its words, each as wide as its letters."""
    words = line.text.split(" ")
    step, x = line.box.width / len(line.text), line.box.x0
    readings = []
    for number, word in enumerate(words):
        place = PixelBox(x, line.box.top, x + step * len(word), line.box.bottom)
        readings.append(Reading(number, number + 1, (Candidate(word, line.chance / len(words)),), place))
        x += step * (len(word) + 1)
    return ReadLine(len(words) + 1, tuple(readings), PixelBox(*line.box))
