"""Reads the digits of a field: a small CTC network, trained on digits bent and joined as a pen writes them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.recognise.ctc.beam import prefix_beam
from schemas.page import Box, Candidate

MODEL = Path(__file__).parent / "digits.onnx"
HEIGHT = 48
UNREAD = 1e-4
"""Chance of digits that the network thinks of in no view, at least."""


class View(NamedTuple):
    """How much of the line's height the picture of a field takes above and below the line and at its sides, and how far it
    is drawn out."""

    above: float = 0.6
    below: float = 0.5
    beside: float = 0.3
    wide: float = 1.0


VIEWS = (View(), View(0.5, 0.45, 0.2), View(0.7, 0.6, 0.4), View(wide=0.85), View(wide=1.15))
"""Each field is looked at so: what only one view says is doubtful (wrong digits 4.5 -> 3 % at the same share of right ones)."""


class DigitReader:
    """The network, one thread."""

    def __init__(self, model: Path = MODEL) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def read(self, pixels: NDArray[np.uint8], x0: float, top: float, x1: float, bottom: float) -> list[Candidate]:
        """What stands in a field of a grey page: digits with their log-probabilities, best first; "" for nothing.

        x0, x1: where the printed neighbours end and begin. top, bottom: of the line of print.
        """
        chances: dict[str, float] = defaultdict(float)
        for view in VIEWS:
            for text, score in self._seen(pixels, Box(x0, top, x1, bottom), view):
                chances[text] += exp(score) / len(VIEWS)
        found = [Candidate(text, log(min(1.0, chance + UNREAD))) for text, chance in chances.items()]
        return sorted(found, key=lambda one: -one.score)

    def _seen(self, pixels: NDArray[np.uint8], field: Box, view: View) -> list[tuple[str, float]]:
        """The readings of one view with their log-probabilities."""
        height = field.height
        rows = slice(max(0, round(field.top - view.above * height)), round(field.bottom + view.below * height))
        columns = slice(max(0, round(field.x0 - view.beside * height)), round(field.x1 + view.beside * height))
        crop = pixels[rows, columns]
        if min(crop.shape) < 4:
            return [("", 0.0)]
        width = max(16, round(crop.shape[1] * HEIGHT / crop.shape[0] * view.wide))
        scaled = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_AREA)
        ink = np.pad(1.0 - np.asarray(scaled, np.float32) / 255.0, ((0, 0), (0, -width % 4)))
        scores = self._session.run(["scores"], {"x": ink[None, None]})[0][0]
        found = prefix_beam(scores, beam=12, symbols=11, keep=8, floor=-20.0)
        return [("".join(str(label - 1) for label in labels), score) for labels, score in found]


@cache
def digit_reader() -> DigitReader:
    """The network as it is shipped, one a process."""
    return DigitReader()
