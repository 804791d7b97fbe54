"""Reads the digits of a field: a small CTC network, trained on digits bent and joined as a pen writes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from pipeline.recognise.ctc.beam import prefix_beam
from schemas.page import Candidate

MODEL = Path(__file__).parent / "digits.onnx"
HEIGHT = 48
ABOVE, BELOW, BESIDE = 0.6, 0.5, 0.3
"""How much of the line's height the picture of a field takes above and below the line and at its sides."""


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
        height = bottom - top
        rows = slice(max(0, round(top - ABOVE * height)), round(bottom + BELOW * height))
        columns = slice(max(0, round(x0 - BESIDE * height)), round(x1 + BESIDE * height))
        crop = pixels[rows, columns]
        if min(crop.shape) < 4:
            return [Candidate("", 0.0)]
        width = max(16, round(crop.shape[1] * HEIGHT / crop.shape[0]))
        scaled = cv2.resize(crop, (width, HEIGHT), interpolation=cv2.INTER_AREA)
        ink = np.pad(1.0 - np.asarray(scaled, np.float32) / 255.0, ((0, 0), (0, -width % 4)))
        scores = self._session.run(["scores"], {"x": ink[None, None]})[0][0]
        found = prefix_beam(scores, beam=12, symbols=11, keep=8, floor=-20.0)
        return [Candidate("".join(str(label - 1) for label in labels), score) for labels, score in found]


@cache
def digit_reader() -> DigitReader:
    """The network as it is shipped, one a process."""
    return DigitReader()
