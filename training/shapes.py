"""How the words of the training text are capitalised and where they carry their tone mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.repair.syllables import fold_tone, letters, shape
from training.corpus import Genre

SHAPES = ("lower", "title", "upper")
# Counts that every word has beforehand (a million words of text), so that no share is nothing.
PRIOR = np.array([0.03, 0.0175, 0.0025])
_ENDS = (".", ":", ";", "!", "?", ")", "-", "–", "+", "*", '"', "“", "”")


class Writing:
    """Counts, by folded word, of shapes inside sentences and of spellings."""

    def __init__(self, genres: Sequence[tuple[Genre, float]], names: Sequence[str]) -> None:
        """genres with their weights (a share of all text)."""
        self._shapes: dict[str, npt.NDArray[np.float64]] = {}
        self._spelt: dict[str, dict[str, float]] = {}
        closing = np.array([name.endswith(_ENDS) for name in names])
        for genre, weight in genres:
            inside = np.ones(len(genre.tokens), dtype=bool)
            starts = genre.starts[:-1]
            inside[starts[starts < len(inside)]] = False
            inside[1:] &= ~closing[genre.tokens[:-1]]
            times = np.bincount(genre.tokens[inside], minlength=len(names)) * (weight * 1e6 / max(1, len(genre.tokens)))
            for number in np.flatnonzero(times).tolist():
                for word in letters(names[number]):
                    self._add(word, float(times[number]))

    def _add(self, word: str, times: float) -> None:
        lower = word.lower()
        folded = fold_tone(lower)
        counts = self._shapes.get(folded)
        if counts is None:
            counts = self._shapes[folded] = np.zeros(len(SHAPES))
        counts[SHAPES.index(shape(word))] += times
        spelt = self._spelt.setdefault(folded, {})
        spelt[lower] = spelt.get(lower, 0.0) + times

    def coded(self, vocabulary: Sequence[str]) -> npt.NDArray[np.uint8]:
        """(words x 3): minus sixteen times the logarithm of the share of each shape."""
        table = np.stack([self._shapes.get(word, np.zeros(len(SHAPES))) for word in vocabulary]) + PRIOR
        shares = table / table.sum(axis=1, keepdims=True)
        codes: npt.NDArray[np.uint8] = np.clip(np.round(-16 * np.log(shares)), 0, 255).astype(np.uint8)
        return codes

    def printed(self, vocabulary: Sequence[str]) -> Mapping[str, str]:
        """The spelling of a word where most of the text does not print it as the model folds it."""
        out = {}
        for word in vocabulary:
            spelt = self._spelt.get(word, {})
            most = max(spelt, key=lambda form: spelt[form], default=word)
            if most != word and spelt[most] > 2 * spelt.get(word, 0.0):
                out[word] = most
        return out
