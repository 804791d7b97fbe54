"""What a document has said already: a small language model of its own that settles unclear repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Memory:
    """Counts of a document's pairs of words that were clear, mixed into the language model.

    share: weight of the memory beside the language model, where the memory knows the word before.
    """

    def __init__(
        self, stretches: Iterable[Sequence[int]], *, share: float = 0.1, prior: float = 2.0, words_share: float
    ) -> None:
        """stretches: numbers of model tokens, as `LanguageModel.ids` gives them, -1 where the text was not clear.

        prior: counts that the words before must outweigh for the memory to speak with its full share. words_share: weight
        of the single words, whatever stands before them.
        """
        pairs: Counter[tuple[int, int]] = Counter()
        firsts: Counter[int] = Counter()
        words: Counter[int] = Counter()
        for stretch in stretches:
            words.update(word for word in stretch if word >= 0)
            for left, right in zip(stretch, stretch[1:], strict=False):
                if left >= 0 and right >= 0:
                    pairs[left, right] += 1
                    firsts[left] += 1
        ordered = sorted(pairs)
        self.share = share
        self.words_share = words_share
        self._words: Floats = np.zeros(max(words, default=0) + 1)
        for word, count in words.items():
            self._words[word] = count / words.total()
        self._keys: Ints = np.array([left << 32 | right for left, right in ordered], dtype=np.int64)
        self._values: Floats = np.array([pairs[pair] / (firsts[pair[0]] + prior) for pair in ordered])

    def mixed(self, logprob: Floats, left: Ints, right: Ints) -> Floats:
        """The logarithms with the memory mixed in: `right` after `left`."""
        if not len(self._keys):
            return logprob
        if self.words_share:
            known = right < len(self._words)
            said = np.where(known, self._words[np.where(known, right, 0)], 0.0)
            logprob = np.log((1 - self.words_share) * np.exp(logprob) + self.words_share * said)
        keys = (left << 32) | right
        place = np.searchsorted(self._keys, keys)
        place[place == len(self._keys)] = 0
        known = self._keys[place] == keys
        out = logprob.copy()
        out[known] = np.log((1 - self.share) * np.exp(logprob[known]) + self.share * self._values[place[known]])
        return out
