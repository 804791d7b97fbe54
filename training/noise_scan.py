"""Drawn pages damaged like scans: turned, blurred, grainy, compressed, thinned or thickened, black and white."""

from __future__ import annotations

import random

import cv2
import numpy as np
import numpy.typing as npt

from training.noise_pages import Pixels


def damage(rng: random.Random, page: Pixels, dpi: int) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """A scan of the page, and the affine map from drawn to scanned pixels."""
    height, width = page.shape
    angle = rng.gauss(0, 0.35)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0).astype(np.float64)
    image = cv2.warpAffine(
        page, turn, (width, height), flags=cv2.INTER_AREA if rng.random() < 0.5 else cv2.INTER_LINEAR, borderValue=255
    )
    noise = np.random.default_rng(rng.randrange(2**32))
    if rng.random() < 0.35:  # ink that spreads, or thin print
        kernel = np.ones((2, 2), np.uint8)
        spread = cv2.erode(image, kernel) if rng.random() < 0.6 else cv2.dilate(image, kernel)
        share = rng.uniform(0.2, 0.9)
        image = cv2.addWeighted(spread, share, image, 1 - share, 0)
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.25, 1.0) * dpi / 200)
    grain = rng.uniform(0, 22)
    paper, ink = rng.uniform(215, 255), rng.uniform(0, 90)
    grey = ink + image.astype(np.float32) / 255 * (paper - ink)
    grey += noise.normal(0, 1, grey.shape).astype(np.float32) * grain
    image = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.7:
        _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randrange(25, 85)])
        image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    if rng.random() < 0.3:
        image = np.where(image > rng.uniform(0.45, 0.72) * paper, 255, 0).astype(np.uint8)
    return np.asarray(image, dtype=np.uint8), turn
