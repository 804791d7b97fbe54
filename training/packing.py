"""Writes a back-off model as one file that `pipeline.repair.lm` reads: sorted arrays, 8-bit logarithms."""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from training.ngrams import Floats
from training.pruning import BackoffOrder

MAGIC = b"VLM1"
LEVELS = 256


def quantised(values: Floats, levels: int = LEVELS) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float32]]:
    """(code of each value, value of each code): cells of equal width in rank and range mixed, each the mean of its own."""
    if len(values) == 0:
        return np.zeros(0, np.uint8), np.zeros(1, np.float32)
    distinct = np.unique(values)
    if len(distinct) <= levels:
        return np.searchsorted(distinct, values).astype(np.uint8), distinct.astype(np.float32)
    ranks = np.quantile(values, np.linspace(0, 1, levels // 2 + 1))
    steps = np.linspace(distinct[0], distinct[-1], levels // 2)
    edges = np.unique(np.concatenate((ranks, steps)))[1:-1]
    code = np.searchsorted(edges, values)
    total = np.bincount(code, weights=values, minlength=len(edges) + 1)
    count = np.bincount(code, minlength=len(edges) + 1)
    used = np.flatnonzero(count)
    return np.searchsorted(used, code).astype(np.uint8), (total[used] / count[used]).astype(np.float32)


def _small(children: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[np.generic]]:
    """Numbers of children: a bit for "any", a byte where there are, and the large ones in full."""
    some = children[children > 0]
    large = some >= 255
    return {
        "any": np.packbits(children > 0),
        "children": np.where(large, 255, some).astype(np.uint8),
        "large": some[large].astype(np.uint32),
    }


def pack(
    path: Path,
    orders: Sequence[BackoffOrder],
    vocabulary: Sequence[str],
    extra: Mapping[str, npt.NDArray[np.generic]],
    about: Mapping[str, object],
) -> int:
    """Write the model; `extra` arrays and the `about` note travel with it. Returns the bytes written."""
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    words = "\n".join(vocabulary).encode()
    arrays["vocabulary"] = np.frombuffer(words, dtype=np.uint8)
    for n, order in enumerate(orders, start=1):
        codes, book = quantised(order.logprob)
        if n > 1:
            arrays[f"word{n}"] = order.word.astype(np.uint16)
        arrays[f"prob{n}"], arrays[f"probs{n}"] = codes, book
        if n < len(orders):
            follows = order.children > 0
            codes, book = quantised(order.backoff[follows])
            arrays[f"back{n}"], arrays[f"backs{n}"] = codes, book
            arrays |= {f"{name}{n}": array for name, array in _small(order.children).items()}
    arrays |= dict(extra)
    body = io.BytesIO()
    index = {}
    for name, array in arrays.items():
        data = zlib.compress(np.ascontiguousarray(array).tobytes(), 9)
        index[name] = [array.dtype.str, array.size, body.tell(), len(data)]
        body.write(data)
    sizes = [len(order.word) for order in orders]
    head = json.dumps({"sizes": sizes, "arrays": index, "about": dict(about)}, ensure_ascii=False).encode()
    data = MAGIC + len(head).to_bytes(4, "little") + head + body.getvalue()
    path.write_bytes(data)
    return len(data)
