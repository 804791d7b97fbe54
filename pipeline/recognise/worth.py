"""How much a reading looks like text that stands upright."""

from __future__ import annotations

from pipeline.sources.text_quality import reads_as_text
from schemas.page import Line


def worth(lines: tuple[Line, ...]) -> float:
    """0..1: confidence of the words by their length, times how well they read as Vietnamese."""
    words = [word for line in lines for word in line.words]
    if not words:
        return 0.0
    sure = sum(word.confidence * len(word.text) for word in words) / sum(len(word.text) for word in words)
    return sure * reads_as_text(" ".join(word.text for word in words))
