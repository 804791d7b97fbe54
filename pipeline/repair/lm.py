"""The language model: how probable Vietnamese official prose is, syllable by syllable (natural logarithms).

A back-off n-gram model in one file, made by `python -m training.lm`. Tokens are those of `syllables.model_tokens`.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from normalizers.vietnamese import bare, is_syllable
from pipeline.repair.syllables import BOUNDARY, CLASSES, UNKNOWN, Shape

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

MODEL: Final = Path(__file__).parent / "model" / "syllables.vlm"
_MAGIC: Final = b"VLM1"
_SHAPES: Final[tuple[Shape, ...]] = ("lower", "title", "upper")
# An unknown word costs this much more than the class of unknown words, and this much a letter: of two unknown
# readings the shorter is the likelier, and any known syllable beats both.
_UNKNOWN_COST: Final = 6.0
_UNKNOWN_LETTER: Final = 0.6


class Table(NamedTuple):
    """The n-grams of one length: sorted keys (prefix << 16 | last word), their logarithms, and what backing off costs."""

    keys: Ints
    logprob: Floats
    backoff: Floats
    follows: npt.NDArray[np.bool_]

    def find(self, prefix: Ints, word: Ints) -> Ints:
        """Places of the n-grams (prefix, word), -1 where there is none."""
        wanted = (prefix << 16) | word
        place = np.searchsorted(self.keys, wanted)
        place[place == len(self.keys)] = 0
        place[self.keys[place] != wanted] = -1
        return place


def _is_abbreviation(word: str) -> bool:
    """True for letter words that only `đ` parts from plain letters and that are no syllable: qđ, hđnd."""
    return "đ" in word and word.replace("đ", "d").isascii() and not is_syllable(word)


class LanguageModel:
    """n-grams of syllables, with the forms of every bare syllable and how each is capitalised."""

    def __init__(
        self, vocabulary: Sequence[str], tables: Sequence[Table], shapes: Floats, about: dict[str, Any]
    ) -> None:
        """tables: orders 1, 2, …; shapes: (words, 3) logarithms of lower, title, upper."""
        self.vocabulary: tuple[str, ...] = tuple(vocabulary)
        self.tables: tuple[Table, ...] = tuple(tables)
        self.shapes = shapes
        self.about = about
        self._ids = {word: number for number, word in enumerate(self.vocabulary)}
        self.boundary = self._ids[BOUNDARY]
        self.unknown = self._ids[UNKNOWN]
        self._printed: dict[str, str] = about.get("printed", {})
        self._restorations: dict[str, tuple[tuple[str, float], ...]] = {}
        for word, logprob in zip(self.vocabulary, tables[0].logprob.tolist(), strict=True):
            if is_syllable(word) or _is_abbreviation(word):
                plain = bare(word)
                self._restorations[plain] = (*self._restorations.get(plain, ()), (word, logprob))
        for plain, forms in self._restorations.items():
            self._restorations[plain] = tuple(sorted(forms, key=lambda form: (-form[1], form[0])))

    @staticmethod
    def load(path: Path | None = None) -> LanguageModel:
        """The model of the file, read once a process. Raises OSError or ValueError."""
        return _load(MODEL if path is None else path)

    @property
    def order(self) -> int:
        """Length of the longest n-grams."""
        return len(self.tables)

    def __contains__(self, token: str) -> bool:
        return token in self._ids

    def id(self, token: str) -> int:
        """Number of a model token; of `<unk>` where the model does not know it."""
        return self._ids.get(token, self.unknown)

    def ids(self, tokens: Sequence[str]) -> Ints:
        """Numbers of model tokens."""
        get, unknown = self._ids.get, self.unknown
        return np.array([get(token, unknown) for token in tokens], dtype=np.int64)

    def unigram(self, token: str) -> float:
        """Natural logarithm of the token's share of all text; unknown tokens are dearer the longer they are."""
        number = self._ids.get(token)
        if number is not None and number != self.unknown:
            return float(self.tables[0].logprob[number])
        return float(self.tables[0].logprob[self.unknown]) - self.unknown_cost(token)

    def unknown_cost(self, token: str) -> float:
        """What an unknown word costs beside its class; 0 for a token that the model knows."""
        if token in self._ids:
            return 0.0
        return _UNKNOWN_COST + _UNKNOWN_LETTER * len(token)

    def restorations(self, plain: str) -> tuple[tuple[str, float], ...]:
        """All syllables that are written `plain` (lower case) without marks, with their logarithms, likeliest first."""
        return self._restorations.get(plain, ())

    def shape(self, token: str, shape: Shape) -> float:
        """Logarithm of the share of `shape` among the token's appearances inside sentences (even where unknown)."""
        number = self._ids.get(token)
        if number is None:
            return -math.log(len(_SHAPES))
        return float(self.shapes[number, _SHAPES.index(shape)])

    def printed(self, form: str) -> str:
        """A folded syllable in the spelling that is printed most (tone placement)."""
        return self._printed.get(form, form)

    def logprobs(self, tokens: Sequence[str], *, boundary: bool = True) -> list[float]:
        """Logarithm of every token after those before it; with `boundary`, after the start of a paragraph, and of its end."""
        numbers = [self.id(token) for token in tokens]
        costs = [self.unknown_cost(token) for token in tokens]
        if boundary:
            numbers, costs = [self.boundary, *numbers, self.boundary], [0.0, *costs, 0.0]
        out = []
        for place in range(1 if boundary else 0, len(numbers)):
            context = numbers[max(0, place - self.order + 1) : place]
            out.append(self._logprob(context, numbers[place]) - costs[place])
        return out

    def _logprob(self, context: list[int], word: int) -> float:
        cost = 0.0
        for first in range(len(context) + 1):
            place = self._place([*context[first:], word])
            if place >= 0:
                return cost + float(self.tables[len(context) - first].logprob[place])
            below = self._place(context[first:])
            if below >= 0:
                cost += float(self.tables[len(context) - first - 1].backoff[below])
        raise AssertionError("every word has a unigram")

    def _place(self, numbers: list[int]) -> int:
        place = numbers[0]
        for order, number in enumerate(numbers[1:], start=1):
            keys = self.tables[order].keys
            wanted = place << 16 | number
            place = int(np.searchsorted(keys, wanted))
            if place == len(keys) or keys[place] != wanted:
                return -1
        return place


@lru_cache(maxsize=4)
def _load(path: Path) -> LanguageModel:
    data = path.read_bytes()
    if data[:4] != _MAGIC:
        raise ValueError(f"{path}: not a language model of this program")
    start = 8 + int.from_bytes(data[4:8], "little")
    head = json.loads(data[8:start])
    index = head["arrays"]

    def array(name: str) -> npt.NDArray[Any]:
        kind, _, offset, length = index[name]
        return np.frombuffer(zlib.decompress(data[start + offset : start + offset + length]), dtype=kind)

    vocabulary = array("vocabulary").tobytes().decode().split("\n")
    sizes: list[int] = head["sizes"]
    tables: list[Table] = []
    children: Ints = np.zeros(0, dtype=np.int64)
    for n, size in enumerate(sizes, start=1):
        if n == 1:
            keys = np.arange(size, dtype=np.int64)
        else:
            keys = np.repeat(np.arange(len(children), dtype=np.int64) << 16, children) | array(f"word{n}")
        logprob = array(f"probs{n}")[array(f"prob{n}")]
        backoff = np.zeros(size, dtype=np.float32)
        follows = np.zeros(size, dtype=bool)
        if n < len(sizes):
            follows = np.unpackbits(array(f"any{n}"), count=size).astype(bool)
            some = array(f"children{n}").astype(np.int64)
            some[some == 255] = array(f"large{n}")
            children = np.zeros(size, dtype=np.int64)
            children[follows] = some
            backoff[follows] = array(f"backs{n}")[array(f"back{n}")]
        tables.append(Table(keys, logprob, backoff, follows))
    shapes = -array("shapes").reshape(len(vocabulary), len(_SHAPES)).astype(np.float32) / np.float32(16)
    return LanguageModel(vocabulary, tables, shapes, head["about"])


__all__ = ["CLASSES", "MODEL", "LanguageModel", "Table"]
