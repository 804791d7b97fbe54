"""A small language model made from a few invented lines, for tests of the model and the decoder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import CLASSES, model_tokens
from training.ngrams import count, smoothed
from training.packing import pack
from training.pruning import backed_off, choose, losses, shares

LINES = (
    "các phòng của phường gửi báo cáo về ủy ban nhân dân phường",
    "ủy ban nhân dân phường giao các phòng báo cáo",
    "phương án của các phường, phòng báo cáo phương án",
    "nhân dân phường bảo vệ phương án của ủy ban",
    "báo cáo của phòng gửi các ban, ủy ban giao phòng bảo vệ",
    "bảo cáo là chữ sai, bao cao cũng là chữ sai",
)


def tiny_model(path: Path, lines: Sequence[str] = LINES, *, order: int = 4, ngrams: int = 10_000) -> LanguageModel:
    """The model of the lines, written to `path` and read again."""
    rows = [[word for token in line.split() for word in model_tokens(token)] for line in lines]
    words = sorted({word for row in rows for word in row} - set(CLASSES))
    vocabulary = [*CLASSES, *words]
    number = {word: place for place, word in enumerate(vocabulary)}
    stream = [0]
    for row in rows:
        stream += [*(number[word] for word in row), 0]
    orders = count([np.array(stream, dtype=np.int32)], order, 0, len(vocabulary))
    probs = smoothed(orders, 0, raw_lower=False)
    keep = choose(orders, losses(orders, probs, shares(orders, [1.0])), ngrams)
    shapes = np.full((len(vocabulary), 3), 18, dtype=np.uint8)
    pack(path, backed_off(orders, probs, keep), vocabulary, {"shapes": shapes.ravel()}, {})
    return LanguageModel.load(path)
