"""The networks: line detector, orientation, reading order and recogniser, one thread each, loaded once a process."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from trueocr.page import PageEngine
from trueocr.preprocess import crop_line, pad_batch, width_batches

FRAMES = "/LogSoftmax_output_0"
"""Tensor of the recogniser's graph: log-probabilities [lines, frames, characters], before its argmax."""
MAX_BATCH = 32
CONTEXT_ROWS = 3
"""The recogniser reads a line together with as much of the page above and below it."""


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _field(number: int, body: bytes) -> bytes:
    """A length-delimited protobuf field."""
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def with_output(model: bytes, tensor: str) -> bytes:
    """An ONNX model that also gives `tensor` as an output.

    Protobuf joins an embedded message that stands twice, so a second `graph` (field 7 of ModelProto) holding nothing
    but one more `output` (field 12 of GraphProto) with that `name` (field 1 of ValueInfoProto) is all it takes.
    """
    return model + _field(7, _field(12, _field(1, tensor.encode())))


class Networks:
    """The four networks of the package, and the alphabet of the recogniser (index 0 is the CTC blank)."""

    def __init__(self, folder: Path) -> None:
        meta = json.loads((folder / "meta.json").read_text("utf-8"))
        self.alphabet: tuple[str, ...] = ("", *meta["charset"])
        self.space = self.alphabet.index(" ")
        self._max_width = int(meta["max_width"])
        self._pad = float(meta["pad_y"]), float(meta["pad_x"])
        self.page = PageEngine(folder, threads=1)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it only grows with batches of changing shape
        model = with_output((folder / "rec.onnx").read_bytes(), FRAMES)
        self._recogniser = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    def frames(self, gray: NDArray[np.uint8], boxes: NDArray[np.float32]) -> list[NDArray[np.float32]]:
        """Log-probabilities [frames, characters] of each line box (x0, y0, x1, y1 in pixels of `gray`)."""
        pad_y, pad_x = self._pad
        crops = [
            crop_line(gray, box[:4], pad_y=pad_y, pad_x=pad_x, max_width=self._max_width, window=CONTEXT_ROWS)
            for box in boxes
        ]
        out: list[NDArray[np.float32]] = [np.empty((0, len(self.alphabet)), np.float32)] * len(crops)
        for chosen in width_batches([crop.shape[1] for crop in crops], max_batch=MAX_BATCH):
            tensor, widths = pad_batch([crops[index] for index in chosen])
            scores, lengths = self._recogniser.run([FRAMES, "lengths"], {"x": tensor, "widths": widths})
            for row, index in enumerate(chosen):
                out[index] = scores[row, : int(lengths[row])]
        return out

    def frame_edges(self, box: NDArray[np.float32], count: int) -> NDArray[np.float64]:
        """Left edges in pixels of the page of `count` frames of a line, and the right edge of the last."""
        height = max(1.0, float(box[3] - box[1]))
        left = float(box[0]) - self._pad[1] * height
        right = float(box[2]) + self._pad[1] * height
        return np.linspace(left, right, count + 1)


@cache
def networks() -> Networks:
    """The networks as the package ships them; nothing is fetched."""
    return Networks(Path(str(files("trueocr"))) / "models")
