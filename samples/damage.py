"""From clean pages to scans: what an office scanner, a poor copier or a fax does to paper. Seeded, so repeatable.

Levels: L0 nothing; L1 office scan (skew 0.3 to 1°, mild blur, grey background, light speckle); L2 poor scan (skew 1 to
2.5°, uneven light, print of the other side shining through, more noise); L3 fax (1 bit, dropouts, salt and pepper).
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, get_args

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

Level = Literal["L0", "L1", "L2", "L3"]
Mode = Literal["colour", "grey", "bw"]
LEVELS: tuple[Level, ...] = get_args(Level)
Picture = NDArray[np.uint8]


def render(path: Path, dpi: int) -> list[Picture]:
    """Pages of a PDF as BGR pictures."""
    document = pdfium.PdfDocument(path)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_numpy())[:, :, :3].copy() for page in document]
    finally:
        document.close()


def scan(pages: list[Picture], level: Level, mode: Mode, dpi: int, seed: int) -> list[Picture]:
    """The pages as they come from the scanner. Grey and 1-bit pictures have two dimensions, colour three."""
    found = []
    for index, page in enumerate(pages):
        rng = np.random.default_rng([seed, index])
        behind = pages[(index + 1) % len(pages)] if level == "L2" and len(pages) > 1 else None
        if behind is not None and behind.shape != page.shape:  # one lies across, the sheet does not
            behind = np.ascontiguousarray(np.rot90(behind))
        found.append(_scan(page, behind, level, mode, dpi, rng))
    return found


def _scan(
    page: Picture, behind: Picture | None, level: Level, mode: Mode, dpi: int, rng: np.random.Generator
) -> Picture:
    picture = page if mode == "colour" else _grey(page)
    if level == "L0":
        return _bits(picture) if mode == "bw" else picture
    sign = rng.choice((-1.0, 1.0))
    if behind is not None:
        picture = _shine_through(picture, behind, mode)
    angle = sign * (rng.uniform(0.3, 1.0) if level == "L1" else rng.uniform(1.0, 2.3) if level == "L2" else 0.4)
    picture = _turn(picture, angle)
    blur = {"L1": 0.5, "L2": 0.8, "L3": 0.6}[level] * dpi / 200
    work = cv2.GaussianBlur(picture, (0, 0), blur).astype(np.float32)
    if level != "L3":
        work = _paper(work, level, rng)
    noise = {"L1": 2.0, "L2": 5.0, "L3": 14.0}[level]
    grain = rng.normal(0, noise, work.shape[:2]).astype(np.float32)
    work = work + (grain[..., None] if work.ndim == 3 else grain)
    picture = np.clip(work, 0, 255).astype(np.uint8)
    picture = _speckle(picture, level, dpi, rng)
    return _bits(picture) if mode == "bw" or level == "L3" else picture


def _turn(picture: Picture, angle: float) -> Picture:
    high, wide = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), angle, 1.0)
    white = (255, 255, 255)
    return np.asarray(cv2.warpAffine(picture, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=white))


def _shine_through(picture: Picture, behind: Picture, mode: Mode) -> Picture:
    back = cv2.flip(behind if mode == "colour" else _grey(behind), 1)
    back = cv2.GaussianBlur(back, (0, 0), 2.0)
    faint = 255 - (255 - back.astype(np.float32)) * 0.13
    return np.minimum(picture.astype(np.float32), faint).astype(np.uint8)


def _paper(work: NDArray[np.float32], level: Level, rng: np.random.Generator) -> NDArray[np.float32]:
    """Grey paper, lit unevenly."""
    high, wide = work.shape[:2]
    paper = rng.uniform(228, 244) if level == "L1" else rng.uniform(205, 228)
    swing = 4.0 if level == "L1" else 26.0
    across = np.linspace(-1, 1, wide)[None, :] * rng.uniform(-1, 1)
    down = np.linspace(-1, 1, high)[:, None] * rng.uniform(-1, 1)
    light = ((paper + swing * (across + down) / 2) / 255).astype(np.float32)
    ink = np.float32(24.0 if level == "L1" else 46.0)
    lifted = ink + work * (255 - ink) / 255
    return np.asarray(lifted * (light[..., None] if work.ndim == 3 else light), dtype=np.float32)


def _speckle(picture: Picture, level: Level, dpi: int, rng: np.random.Generator) -> Picture:
    """Dark crumbs; on a fax white dropouts as well."""
    high, wide = picture.shape[:2]
    share = {"L1": 12, "L2": 45, "L3": 60}[level]
    for _ in range(int(share * high * wide / dpi / dpi)):
        x, y = int(rng.integers(0, wide)), int(rng.integers(0, high))
        shade = 255 if level == "L3" and rng.random() < 0.5 else int(rng.integers(40, 140))
        reach = int(rng.integers(1, 2 + dpi // 150))
        picture[y : y + reach, x : x + reach] = shade
    return picture


def _grey(picture: Picture) -> Picture:
    if picture.ndim == 2:
        return picture
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def _bits(picture: Picture) -> Picture:
    return np.where(_grey(picture) > 150, 255, 0).astype(np.uint8)
