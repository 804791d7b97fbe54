"""What a read token may have been in print: candidates with log P(read | printed).

A syllable is an onset and a rime; so is what was read for it. P(read | syllable) = max over cuts of
P(left | onset) * P(right | rime). Both factors come from counts of whole onsets and rimes, smoothed with a model of
letter segments for what was never seen (training.noise_model). Rimes are scored all at once with numpy, and cached.
"""

from __future__ import annotations

import lzma
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.repair.parts import split_syllable, toneless

Reader = Literal["eng", "vie"]
Floats = npt.NDArray[np.floating]
Case = Literal["lower", "title", "upper"]

MODEL: Final = Path(__file__).parent / "model"
# Chance, at least, that a known onset or rime is read in a way not seen in training.
_NEW: Final = 0.15
_FLOOR: Final = {0: math.log(3e-4), 1: math.log(1e-4), 2: math.log(1e-6), 3: math.log(1e-8)}
_INSERTED: Final = math.log(2e-4)
# Specks beside a letter come out as such signs.
_SIGNS: Final = frozenset("¢€£§$&'’‘`´“”\"|\\^~_*")
_SIGN_INSERTED: Final = -6.5
_LONGEST_READ: Final = 14
_LONGEST_RIME: Final = 12
_IMPOSSIBLE: Final = -60.0
# A rime hardly begins with a consonant; such cuts are tried only where nothing else explains the token.
_CONSONANTS: Final = frozenset("bcdghklmnpqrstvxBCDGHKLMNPQRSTVX")
_POOR: Final = -12.0


class Reading(NamedTuple):
    """A syllable that may have been printed: lower case, its case in print, log P(read | printed)."""

    syllable: str
    case: Case
    score: float


class _Side:
    """All printed onsets (or rimes), and what was read for them."""

    def __init__(
        self, printed: list[str], counts: Mapping[tuple[str, str], float], segments: Mapping[tuple[str, str], float]
    ) -> None:
        self.printed = printed
        self.index = {text: number for number, text in enumerate(printed)}
        self.length = max(map(len, printed))
        self._lengths = np.array([len(text) for text in printed])
        self._segments = segments
        self._totals = np.zeros(len(printed))
        types = np.ones(len(printed))
        families = sorted({toneless(text) for text in printed})
        numbers = {family: number for number, family in enumerate(families)}
        self._family = np.array([numbers[toneless(text)] for text in printed])
        self._seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for (left, right), count in counts.items():
            place = self.index.get(left)
            if place is not None:
                self._totals[place] += count
                types[place] += 1
                self._seen[right].append((place, count))
        self._family_totals = np.bincount(self._family, self._totals)
        family_types = np.bincount(self._family, types)
        self._new = np.maximum(types, _NEW * self._totals)
        self._family_new = np.maximum(family_types, _NEW * self._family_totals)
        self._by_read: dict[str, list[tuple[str, float]]] = defaultdict(list)
        for (left, right), score in segments.items():
            self._by_read[right].append((left, score))
        self._learned = {(len(left), right) for left, right in segments}
        cases = [text.islower() or not text for text in printed], [text.isupper() for text in printed]
        title = np.array([len(text) > 1 and text[0].isupper() and text[1:].islower() for text in printed])
        self._groups = {
            "lower": np.flatnonzero(np.array(cases[0]) | title),
            "upper": np.flatnonzero(np.array(cases[1]) | title),
            "any": np.arange(len(printed)),
        }
        # number of the 1- and 2-letter segment that starts at each place of each printed text
        self._names = {1: self._segment_names(1), 2: self._segment_names(2)}
        self._at = {size: self._segment_numbers(size) for size in (1, 2)}
        self._vectors: dict[tuple[int, str], Floats] = {}
        self.scores = lru_cache(maxsize=32768)(self._scores)

    def _segment_names(self, size: int) -> dict[str, int]:
        found = {text[i : i + size] for text in self.printed for i in range(len(text) - size + 1)}
        return {name: number for number, name in enumerate(sorted(found))}

    def _segment_numbers(self, size: int) -> npt.NDArray[np.int64]:
        names = self._names[size]
        rows = [
            [
                names.get(text[i : i + size], len(names)) if i + size <= len(text) else len(names)
                for i in range(self.length)
            ]
            for text in self.printed
        ]
        return np.array(rows, dtype=np.int64).T

    def _vector(self, size: int, read: str) -> Floats | None:
        """log P(read segment | printed segment), for all printed segments of that size (last: none there).

        None where no printed segment was ever read so and single steps explain it as well.
        """
        if (size == 2 or len(read) > 1) and (size, read) not in self._learned:
            return None
        known = self._vectors.get((size, read))
        if known is None:
            names = self._names[size]
            floor = _FLOOR[len(read)] if size == 1 else _IMPOSSIBLE
            known = np.full(len(names) + 1, floor, dtype=np.float32)
            known[-1] = _IMPOSSIBLE
            for left, score in self._by_read.get(read, ()):
                if len(left) == size and left in names:
                    known[names[left]] = score
            self._vectors[size, read] = known
        return known

    def _group(self, read: str) -> npt.NDArray[np.int64]:
        """The printed texts whose case can have been read so."""
        upper = sum(char.isupper() for char in read)
        lower = sum(char.islower() for char in read)
        if upper + lower < 2 or upper and lower:
            return self._groups["any"]
        return self._groups["upper" if upper else "lower"]

    def _by_segments(self, read: str, group: npt.NDArray[np.int64]) -> Floats:
        """log P(read | printed) by letter segments alone, for the printed texts of `group`."""
        n, m = self.length, len(read)
        best = np.full((n + 1, m + 1, len(group)), _IMPOSSIBLE * 2, dtype=np.float32)
        best[0, 0] = 0.0
        at = {size: numbers[:, group] for size, numbers in self._at.items()}
        inserted = [
            _SIGN_INSERTED if char in _SIGNS else self._segments.get(("", char), _INSERTED - 2.0) for char in read
        ]
        for j in range(m + 1):
            steps = [
                (size, taken, vector)
                for size in (1, 2)
                for taken in range(min(3, j) + 1)
                if (vector := self._vector(size, read[j - taken : j])) is not None
            ]
            for i in range(n + 1):
                here = best[i, j]
                if j:
                    np.maximum(here, best[i, j - 1] + inserted[j - 1], out=here)
                for size, taken, vector in steps:
                    if size <= i:
                        np.maximum(here, best[i - size, j - taken] + vector[at[size][i - size]], out=here)
        whole: Floats = best[self._lengths[group], m, np.arange(len(group))]
        return whole

    def knows(self, read: str) -> bool:
        """True where this was read for some printed text in training."""
        return read in self._seen

    def _scores(self, read: str) -> Floats:
        """log P(read | printed) for all printed texts."""
        group = self._group(read)
        # Witten-Bell: what was never seen has as much chance as there were kinds of readings; first the same letters
        # under all tones, then letter segments, take it
        score = np.zeros(len(self.printed))
        score[group] = np.exp(self._by_segments(read, group))
        exact = np.zeros(len(self.printed))
        for place, count in self._seen.get(read, ()):
            exact[place] += count
        family = np.bincount(self._family, exact, len(self._family_totals))
        totals, new = self._family_totals, self._family_new
        score = (family[self._family] + new[self._family] * score) / (totals + new)[self._family]
        score = (exact + self._new * score) / (self._totals + self._new)
        logs: Floats = np.log(np.maximum(score, 1e-26))
        return logs


class Channel:
    """The noise of one reader over the syllables of a lexicon (lower-case syllable: log probability)."""

    def __init__(self, lexicon: Mapping[str, float], path: Path) -> None:
        tables: dict[str, dict[tuple[str, str], float]] = {"segment": {}, "onset": {}, "rime": {}, "syllable": {}}
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            for row in stream:
                name, left, right, value = row.rstrip("\n").split("\t")
                tables[name][left, right] = float(value)
        parts: dict[tuple[str, str], Reading] = {}
        for syllable, prior in lexicon.items():
            forms: tuple[tuple[str, Case], ...] = (
                (syllable, "lower"),
                (syllable.capitalize(), "title"),
                (syllable.upper(), "upper"),
            )
            for surface, case in forms:
                parts.setdefault(split_syllable(surface), Reading(syllable, case, prior))
        self._onsets = _Side(sorted({onset for onset, _ in parts}), tables["onset"], tables["segment"])
        self._rimes = _Side(sorted({rime for _, rime in parts}), tables["rime"], tables["segment"])
        self._entries = list(parts.values())
        self._lexicon = np.full((len(self._onsets.printed), len(self._rimes.printed)), -1, dtype=np.int32)
        for number, (onset, rime) in enumerate(parts):
            self._lexicon[self._onsets.index[onset], self._rimes.index[rime]] = number
        # how common a syllable is: its share of the pairs' print, and what the lexicon says of those not met there
        # (a model's lowest order is no such share: "dõi" follows "theo" alone, but is common)
        counts = {syllable: count for (syllable, _), count in tables["syllable"].items()}
        total = sum(counts.values())
        self._priors = np.array(
            [
                np.log(0.7 * counts.get(entry.syllable, 0.0) / total + 0.3 * np.exp(entry.score))
                for entry in self._entries
            ]
        )
        self.readings = lru_cache(maxsize=65536)(self._readings)

    def _readings(self, read: str, thorough: bool = True, most: int = 40, width: float = 8.5) -> tuple[Reading, ...]:
        """Best syllables for a read core, best first by P(read | printed) P(printed); () where it is too long.

        `width`: how far (natural log) a candidate may lie behind the best. Without `thorough` only onsets and rimes
        that training has seen read so are looked at (for parts of tokens, most of which are no syllables).
        """
        if not read or len(read) > _LONGEST_READ:
            return ()
        found: dict[int, tuple[float, float]] = {}
        cuts = range(max(0, len(read) - _LONGEST_RIME), min(len(read), 5) + 1)
        known = [cut for cut in cuts if self._onsets.knows(read[:cut])]
        if not thorough:
            self._cut(read, [cut for cut in known if self._rimes.knows(read[cut:])], width, most, found)
        else:
            likely = [cut for cut in known if self._rimes.knows(read[cut:]) or read[cut : cut + 1] not in _CONSONANTS]
            self._cut(read, likely, width, most, found)
            if not found or max(score for _, score in found.values()) < _POOR:
                self._cut(read, [cut for cut in cuts if cut < 4 and cut not in likely], width, most, found)
        if not found:
            return ()
        ranked = sorted(((*scores, number) for number, scores in found.items()), reverse=True)
        least = ranked[0][0] - width
        return tuple(
            Reading(self._entries[number].syllable, self._entries[number].case, total)
            for rank, total, number in ranked[:most]
            if rank > least
        )

    def _cut(
        self, read: str, cuts: Sequence[int], width: float, most: int, found: dict[int, tuple[float, float]]
    ) -> None:
        """Add to `found` (entry: score with its prior, score) the best entries for the cuts of `read`."""
        for cut in cuts:
            onset_scores = self._onsets.scores(read[:cut])
            onsets = np.flatnonzero(onset_scores > max(-14.0, onset_scores.max() - 9.0))
            if not len(onsets):
                continue
            rime_scores = self._rimes.scores(read[cut:])
            rimes = np.flatnonzero(rime_scores > max(-24.0, rime_scores.max() - width - 2.0))
            if not len(rimes):
                continue
            numbers = self._lexicon[np.ix_(onsets, rimes)].ravel()
            totals = (onset_scores[onsets][:, None] + rime_scores[rimes][None, :]).ravel()
            inside = np.flatnonzero(numbers >= 0)
            if not len(inside):
                continue
            numbers, totals = numbers[inside], totals[inside]
            ranks = totals + self._priors[numbers]
            if len(ranks) > most:
                best = np.argpartition(ranks, len(ranks) - most)[-most:]
                numbers, totals, ranks = numbers[best], totals[best], ranks[best]
            for number, rank, total in zip(numbers.tolist(), ranks.tolist(), totals.tolist(), strict=True):
                if number not in found or rank > found[number][0]:
                    found[number] = (rank, total)
