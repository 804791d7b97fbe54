"""Bent lines are found and straightened, boxes follow the bend, straight pages are left alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.picture.bend import bent, measure_bend, unbent
from pipeline.sources.images import Pixels
from schemas.page import Box
from tests.made_pages import decision_pdf, picture


@pytest.fixture(scope="module")
def page() -> Pixels:
    return picture(decision_pdf())


def curve(page: Pixels, height: float) -> Pixels:
    """The page with its lines risen in the middle by so many pixels."""
    high, wide = page.shape
    rise = height * np.sin(np.linspace(0, np.pi, wide, dtype=np.float32))
    down = np.arange(high, dtype=np.float32)[:, None] + rise[None, :]
    along = np.ascontiguousarray(np.broadcast_to(np.arange(wide, dtype=np.float32)[None, :], down.shape))
    return np.asarray(cv2.remap(page, along, down, cv2.INTER_LINEAR, borderValue=(255,)), np.uint8)


def test_a_flat_page_is_left_alone(page: Pixels) -> None:
    assert measure_bend(page, 200) is None
    assert measure_bend(np.full((400, 400), 255, np.uint8), 200) is None
    assert measure_bend(np.full((20, 20), 255, np.uint8), 200) is None


@pytest.mark.parametrize("height", [6.0, 15.0, -15.0])
def test_a_bent_page_is_straightened(page: Pixels, height: float) -> None:
    crooked = curve(page, height)
    bend = measure_bend(crooked, 200)
    assert bend is not None
    wide = page.shape[1]
    rise = -height * np.sin(np.linspace(0, np.pi, wide))
    inside = slice(wide // 6, -wide // 6)
    # the same curve, up to the height at which it begins
    away = (bend - rise)[inside]
    assert float(np.ptp(away)) < 4
    straight = unbent(crooked, bend)
    assert measure_bend(straight, 200) is None


def test_boxes_follow_the_bend() -> None:
    bend = np.linspace(0, 20, 101).astype(np.float32)
    assert bent(Box(40, 10, 60, 30), bend) == pytest.approx(Box(40, 20, 60, 40))
    assert bent(Box(190, 0, 210, 10), bend) == pytest.approx(Box(190, 20, 210, 30))
