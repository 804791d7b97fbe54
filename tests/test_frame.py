"""Maps between pictures of a page lead back to where they came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.picture.frame import Frame
from schemas.page import Box

numbers = st.floats(-1000, 1000)
frames = st.one_of(
    st.builds(Frame.quarter, st.integers(0, 7), st.floats(1, 3000), st.floats(1, 3000)),
    st.builds(Frame.rotation, st.floats(-30, 30), numbers, numbers),
    st.builds(Frame.scale, st.floats(0.1, 10), st.floats(0.1, 10)),
    st.builds(Frame.shift, numbers, numbers),
)


@given(frames, frames, numbers, numbers)
def test_inverse_and_composition(first: Frame, second: Frame, x: float, y: float) -> None:
    both = first.then(second)
    assert both.point(x, y) == pytest.approx(second.point(*first.point(x, y)), abs=1e-4)
    assert both.inverse().point(*both.point(x, y)) == pytest.approx((x, y), abs=1e-4)


@given(st.integers(0, 3), st.floats(10, 500), st.floats(10, 500))
def test_a_sheet_turned_lies_at_the_origin(turns: int, width: float, height: float) -> None:
    box = Frame.quarter(turns, width, height).box(Box(0, 0, width, height))
    size = (height, width) if turns % 2 else (width, height)
    assert box == pytest.approx((0, 0, *size))


def test_clockwise_is_clockwise() -> None:
    x, y = Frame.rotation(90, 0, 0).point(1, 0)  # from right to down, y grows downwards
    assert (x, y) == pytest.approx((0, 1))
