"""Geometry of ruled lines that every room shares: which of them meet, and which are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.page import Box, Ruling

TOUCH = 4.0  # points: lines this near to each other meet


def meet(a: Box, b: Box) -> bool:
    """Whether two lines touch or cross."""
    return a.x0 - TOUCH <= b.x1 and b.x0 - TOUCH <= a.x1 and a.top - TOUCH <= b.bottom and b.top - TOUCH <= a.bottom


def groups(rulings: Sequence[Ruling]) -> list[list[Ruling]]:
    """The lines in sets that hang together: each table, frame or underline is one.

    >>> across, down, far = (Ruling(Box(*corners), True) for corners in ((0, 0, 9, 1), (0, 0, 1, 9), (50, 50, 90, 51)))
    >>> [len(group) for group in groups([across, down, far])]
    [2, 1]
    """
    found: list[list[Ruling]] = []
    for ruling in rulings:
        meeting = [group for group in found if any(meet(ruling.box, other.box) for other in group)]
        found = [group for group in found if not any(group is other for other in meeting)]
        found.append([ruling, *(other for group in meeting for other in group)])
    return found


def merged(values: Iterable[float], near: float) -> tuple[float, ...]:
    """Places of lines, those within `near` of their neighbour taken as one, at their mean.

    >>> merged([10.0, 12.0, 50.0], 4.0)
    (11.0, 50.0)
    """
    runs: list[list[float]] = []
    for value in sorted(values):
        if runs and value - runs[-1][-1] <= near:
            runs[-1].append(value)
        else:
            runs.append([value])
    return tuple(sum(run) / len(run) for run in runs)
