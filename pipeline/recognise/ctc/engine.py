"""From an upright page image to lines of scored readings."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from math import log
from typing import NamedTuple
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from trueocr.page import VERTICAL

from pipeline.recognise.ctc.beam import Labels, best_path, ctc_scores, prefix_beam
from pipeline.recognise.ctc.network import Networks, networks
from pipeline.recognise.forms.digits import digit_reader
from pipeline.recognise.forms.fields import find_fields
from pipeline.recognise.readings import PixelBox, Reading, ReadLine, Recognised, recognised
from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import bare, like
from schemas.page import Candidate

Frames = NDArray[np.float32]
MAYBE_SPACE = 0.02
"""A frame this likely to be a space may divide two words."""
SURE_SPACE = 0.98
"""A frame this likely to be a space divides them without question."""
SURE_LETTER = 0.98
"""A word all of whose frames are this sure has no other candidates."""
LONGEST_MERGE = 3
"""Words that may be one word read apart."""
SIGNS = ".,;:()\"'“”-/"
LONGEST_SYLLABLE = 7
PRINT_WEIGHT = 0.3
"""How much the recogniser of print counts beside the reader of handwriting, in a field."""
NOT_READ = -9.0
"""Logarithm for digits that the reader of handwriting did not think of."""
EMPTY = -0.7
"""Logarithm above which the reader of handwriting is believed that a field is empty."""
SURE_NUMBER = 0.9
"""A word whose likeliest reading is this sure is not read as digits too."""
LONGEST_NUMBER = 6
"""Letters of an unsure word that is also read as digits alone: pen strokes in a form come out as letters."""


class Gap(NamedTuple):
    """Frames [start, end) that may be a space, and the highest probability of one among them."""

    start: int
    end: int
    chance: float


def find_gaps(frames: Frames, space: int) -> list[Gap]:
    """Runs of frames that may be a space."""
    chance = np.exp(frames[:, space])
    maybe = np.concatenate(([False], chance > MAYBE_SPACE, [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(maybe))
    return [Gap(int(a), int(b), float(chance[a:b].max())) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def spelled(frames: Frames, alphabet: Sequence[str]) -> tuple[str, list[int]]:
    """The likeliest text, and the frame where each of its characters begins."""
    path = frames.argmax(1)
    places = np.flatnonzero(np.concatenate(([True], path[1:] != path[:-1])) & (path != 0))
    return "".join(alphabet[path[place]] for place in places), [int(place) for place in places]


class FormField(NamedTuple):
    """Frames [start, end) of a line that a pen may have filled."""

    start: int
    end: int


def form_fields(frames: Frames, alphabet: Sequence[str]) -> list[FormField]:
    """The fields of a letterhead's line whose print the recogniser is not sure of."""
    text, places = spelled(frames, alphabet)
    found = []
    for field in find_fields(text):
        if not 0 < field.start <= field.end < len(text):
            continue
        start, end = places[field.start - 1] + 1, places[field.end]
        letters = frames[start:end].max(1)
        if end - start > 1 and (
            not text[field.start : field.end].strip().isdigit() or letters.min() < log(SURE_LETTER)
        ):
            found.append(FormField(start, end))
    return found


class CtcEngine:
    """Reads lines with the networks of `trueocr`, one thread. It reads best at 200 dpi (benchmarks/reading.py)."""

    name = "ctc"
    dpi = 200.0
    second = None

    def __init__(self, nets: Networks | None = None) -> None:
        self._nets = nets or networks()
        self._lm = LanguageModel.load()
        self._label = {char: label for label, char in enumerate(self._nets.alphabet) if char}
        digits = np.full(len(self._nets.alphabet), -100.0, np.float32)
        digits[[label for label, char in enumerate(self._nets.alphabet) if not char or char.isdigit()]] = 0.0
        self._digits_only = digits

    def fingerprint(self) -> str:
        """Version of the package that brings the networks."""
        return f"ctc trueocr {version('trueocr')}"

    def read(self, pixels: NDArray[np.uint8], dpi: float, time_limit: float) -> Recognised:
        """Lines of an upright, straight page (uint8, dark print on light ground), in no particular order.

        `dpi` and `time_limit` do not matter here: lines are scaled by their height, a page takes half a second.
        """
        del dpi, time_limit
        return recognised(self.read_lines(pixels), self.name)

    def quarter_turns(self, pixels: NDArray[np.uint8]) -> int | None:
        """Quarter turns clockwise that make the grey page upright, 0 to 3; None where that cannot be told."""
        turns = self._nets.page.orientation(pixels)
        return turns if turns < VERTICAL else None

    def read_lines(self, pixels: NDArray[np.uint8]) -> list[ReadLine]:
        """The lattice of every line that the detector finds."""
        boxes = self._nets.page.detect(pixels)
        lines = []
        for box, frames in zip(boxes, self._nets.frames(pixels, boxes), strict=True):
            line = self._lattice(frames, box, pixels)
            if line is not None:
                lines.append(line)
        return lines

    def _text(self, labels: Labels) -> str:
        return normalize("NFC", "".join(self._nets.alphabet[label] for label in labels)).strip()

    def _candidates(self, frames: Frames) -> tuple[Candidate, ...]:
        """Readings of a stretch without a space in it."""
        if not frames.shape[0] or not (frames.argmax(1) != 0).any():
            return ()
        sure = float(frames.max(1).min()) > log(SURE_LETTER)
        found = [(best_path(frames), float(frames.max(1).sum()))] if sure else prefix_beam(frames)
        if not sure:
            found += self._other_marks(frames, found[0][0])
        if not sure and len(found[0][0]) <= LONGEST_NUMBER and found[0][1] < log(SURE_NUMBER):
            found += prefix_beam(frames + self._digits_only, keep=4, floor=-50.0)
        best: dict[str, float] = {}
        for labels, score in found:
            text = self._text(tuple(label for label in labels if label != self._nets.space))
            if text:
                best[text] = max(score, best.get(text, score))
        return tuple(Candidate(text, score) for text, score in sorted(best.items(), key=lambda item: -item[1]))

    def _other_marks(self, frames: Frames, labels: Labels) -> list[tuple[Labels, float]]:
        """The same letters with all other marks that a known syllable may carry, scored by the frames."""
        text = self._text(labels)
        core = text.strip(SIGNS)
        if not core.isalpha() or len(core) > LONGEST_SYLLABLE:
            return []
        before, after = text.split(core, 1)
        forms = [like(core, form) for form, _ in self._lm.restorations(bare(core.lower()))]
        spelled_out = [before + form + after for form in forms if form != core]
        known = [
            tuple(self._label[char] for char in form) for form in spelled_out if all(c in self._label for c in form)
        ]
        if not known:
            return []
        return list(zip(known, map(float, ctc_scores(frames, known)), strict=True))

    def _written(
        self, frames: Frames, pixels: NDArray[np.uint8], place: tuple[float, float, float, float]
    ) -> tuple[Candidate, ...]:
        """What a pen wrote into a field: digits, judged by the reader of handwriting and by this recogniser."""
        pen = {one.text: one.score for one in digit_reader().read(pixels, *place)}
        print_ = {
            self._text(labels): score for labels, score in prefix_beam(frames + self._digits_only, keep=6, floor=-50.0)
        }
        texts = sorted({text for text in (*pen, *print_) if text})
        if not texts or pen.get("", NOT_READ) > EMPTY:
            return ()
        labels = [tuple(self._nets.alphabet.index(char) for char in text) for text in texts]
        scores = ctc_scores(frames, labels)
        scores -= scores.max()
        both = [
            Candidate(text, pen.get(text, NOT_READ) + PRINT_WEIGHT * float(score))
            for text, score in zip(texts, scores, strict=True)
        ]
        return tuple(sorted(both, key=lambda one: -one.score)[:8])

    def _lattice(self, frames: Frames, box: NDArray[np.float32], pixels: NDArray[np.uint8]) -> ReadLine | None:
        """The lattice of one line, or None where nothing is written."""
        if not frames.shape[0]:
            return None
        count = frames.shape[0]
        gaps = find_gaps(frames, self._nets.space)
        first = max((gap.end for gap in gaps if gap.start == 0), default=0)
        last = min((gap.start for gap in gaps if gap.end == count), default=count)
        inner = [gap for gap in gaps if first < gap.start and gap.end < last]
        fields = form_fields(frames, self._nets.alphabet)
        for field in fields:
            inner = [gap for gap in inner if gap.end < field.start or gap.start > field.end]
            inner += [Gap(edge, edge, 1.0) for edge in field if first < edge < last]
        inner.sort()
        starts = [first, *(gap.end for gap in inner)]
        ends = [*(gap.start for gap in inner), last]
        unspaced = frames.copy()
        unspaced[:, self._nets.space] = -100.0
        edges = self._nets.frame_edges(box, count)
        readings = []
        for start in range(len(starts)):
            for end in range(start, min(start + LONGEST_MERGE, len(ends))):
                if end > start and inner[end - 1].chance >= SURE_SPACE:
                    break
                a, b = starts[start], ends[end]
                if FormField(a, b) in fields:
                    candidates = self._written(unspaced[a:b], pixels, (edges[a], box[1], edges[b], box[3]))
                else:
                    candidates = self._candidates(unspaced[a:b])
                if not candidates:
                    continue
                cut = log(inner[end].chance) if end < len(inner) else 0.0
                scored = tuple(Candidate(text, score + cut) for text, score in candidates)
                place = PixelBox(float(edges[a]), float(box[1]), float(edges[b]), float(box[3]))
                readings.append(Reading(start, end + 1, scored, place))
        return _connected(readings, PixelBox(*(float(side) for side in box[:4])))


def _connected(readings: list[Reading], box: PixelBox) -> ReadLine | None:
    """The lattice without the nodes that no reading reaches (nothing is written between two gaps)."""
    if not readings:
        return None
    begins = sorted({reading.start for reading in readings})
    place = {node: index for index, node in enumerate(begins)}
    final = len(begins)

    def target(node: int) -> int:
        return next((place[begin] for begin in begins if begin >= node), final)

    moved = [reading._replace(start=place[reading.start], end=target(reading.end)) for reading in readings]
    return ReadLine(final + 1, tuple(moved), box)
