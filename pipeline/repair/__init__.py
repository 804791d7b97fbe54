"""Repair of noisy text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from schemas.page import Word

Noise = Literal["clean", "stripped", "eng", "vie"]


def repair_lines(lines: Sequence[Sequence[Word]], noise: Noise | None = None) -> list[tuple[Word, ...]]:
    """Words in, words out, the same number of lines."""
    return [tuple(line) for line in lines]
