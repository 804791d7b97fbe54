"""From an upright page image to lines of scored readings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from importlib.metadata import version
from math import log
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from trueocr.page import VERTICAL

from normalizers.vietnamese import bare
from pipeline.picture.bend import Bend, bent, measure_bend, unbent
from pipeline.recognise.ctc.beam import Labels, best_path, ctc_scores, prefix_beam
from pipeline.recognise.ctc.ink import dark_of, line_ink
from pipeline.recognise.ctc.lost import is_clear, lost_lines
from pipeline.recognise.ctc.network import Networks, networks
from pipeline.recognise.ctc.raised import Raised, raised_digits, unparted, with_raised, without
from pipeline.recognise.ctc.sealed import as_read, is_part, known_lines
from pipeline.recognise.ctc.spans import (
    MAYBE_SPACE,
    SURE_LETTER,
    Frames,
    Gap,
    connected,
    find_gaps,
    form_fields,
    joined,
    quoted,
)
from pipeline.recognise.forms.digits import digit_reader
from pipeline.recognise.forms.fields import FieldKind, may_stand
from pipeline.recognise.readings import PixelBox, Reading, ReadLine, Recognised, recognised
from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import like
from schemas.page import Box, Candidate

SURE_SPACE = 0.98
"""A frame this likely to be a space divides them without question."""
RARE = -10.5
"""Logarithm of a word's frequency below which other marks on the letters of a name are considered in any case."""
PRINTED = 0.95
"""Digits that the recogniser of print is this sure of were not written by pen."""
LONGEST_MERGE = 3
"""Words that may be one word read apart."""
SIGNS = ".,;:()\"'“”-/"
LIFT_FROM, LIFT = 0.03, 2.5
"""A frame this likely to be a full stop becomes likelier by this (logarithm): the recogniser is shy of small dots. Where
print has none it gives less than 0.005."""
STOP_REACH = 6
"""Frames after a full stop within which there is a space, or the line ends."""
MARKS_FLOOR = 9.0
"""Other marks on the same letters are never held for less likely than the best reading by more than this."""
LONGEST_SYLLABLE = 7
PRINT_WEIGHT = 0.2
"""How much the recogniser of print counts beside the reader of handwriting, in a field."""
NOT_READ = -9.0
"""Logarithm for digits that the reader of handwriting did not think of."""
EMPTY = -0.7
"""Logarithm above which the reader of handwriting is believed that a field is empty."""
REAL_SPACE = 0.3
"""A frame this likely to be a space parts a number from the symbol after it."""
SURE_NUMBER = 0.9
"""A word whose likeliest reading is this sure is not read as digits too."""
LONGEST_NUMBER = 6
"""Letters of an unsure word that is also read as digits alone: pen strokes in a form come out as letters."""


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
        self._full_stop = self._label["."]

    def fingerprint(self) -> str:
        """Version of the package that brings the networks."""
        return f"ctc trueocr {version('trueocr')}"

    def read(self, pixels: NDArray[np.uint8], dpi: float, time_limit: float) -> Recognised:
        """Lines of an upright, straight page (uint8, dark print on light ground), in no particular order.

        `time_limit` does not matter here: a page takes half a second.
        """
        del time_limit
        return recognised(self.read_lines(pixels, dpi), self.name)

    def quarter_turns(self, pixels: NDArray[np.uint8]) -> int | None:
        """Quarter turns clockwise that make the grey page upright, 0 to 3; None where that cannot be told."""
        turns = self._nets.page.orientation(pixels)
        return turns if turns < VERTICAL else None

    def read_lines(self, pixels: NDArray[np.uint8], dpi: float) -> list[ReadLine]:
        """The lattice of every line that the detector finds, and of those that it lost and that read clearly."""
        bend = measure_bend(pixels, dpi)
        if bend is not None:
            pixels = unbent(pixels, bend)
        found = [Box(*map(float, box[:4])) for box in self._nets.page.detect(pixels)]
        known = known_lines(pixels, dpi, found, partial(self._nets.frames, pixels), self._labels)
        boxes = [np.array(box, np.float32) for box in found if not any(is_part(box, one.box) for one in known)]
        lost = lost_lines(pixels, dpi, [*boxes, *(np.array(one.box, np.float32) for one in known)])
        dark = dark_of(pixels)
        lines = [as_read(one) for one in known]
        every = np.array([*(box[:4] for box in boxes), *lost], np.float32).reshape(-1, 4)
        raised = raised_digits(pixels, dark, list(every), self._nets.frames, self._nets.alphabet)
        pixels = without(pixels, raised)
        for number, (box, frames) in enumerate(zip(every, self._nets.frames(pixels, every), strict=True)):
            if number >= len(boxes) and not is_clear(frames):
                continue
            above = [one for one in raised if one.line == number]
            line = self._lattice(self._lifted(frames), box, pixels, dark, above)
            if line is not None:
                lines.append(line)
        return lines if bend is None else [_bent(line, bend) for line in lines]

    def _lifted(self, frames: Frames) -> Frames:
        """The frames with full stops made likelier that a space or the end of the line follows, and nothing before it."""
        lifted = frames.copy()
        stops = lifted[:, self._full_stop]
        spaced = np.concatenate((frames[:, self._nets.space] > log(MAYBE_SPACE), np.ones(STOP_REACH, bool)))
        path = frames.argmax(1)
        for at in np.flatnonzero(stops > log(LIFT_FROM)).tolist():
            behind = next((step for step in range(1, STOP_REACH + 1) if spaced[at + step]), None)
            if behind is None:
                continue
            between = path[at + 1 : at + behind]
            own = {0, self._full_stop, int(path[at]), self._nets.space}
            if own.issuperset(between.tolist()):
                stops[at] = min(0.0, stops[at] + LIFT)
        return lifted

    def _labels(self, text: str) -> Labels:
        return tuple(self._label[char] for char in text)

    def _text(self, labels: Labels) -> str:
        return normalize("NFC", "".join(self._nets.alphabet[label] for label in labels)).strip()

    def _candidates(self, frames: Frames) -> tuple[Candidate, ...]:
        """Readings of a stretch without a space in it."""
        if not frames.shape[0] or not (frames.argmax(1) != 0).any():
            return ()
        sure = float(frames.max(1).min()) > log(SURE_LETTER)
        found = [(best_path(frames), float(frames.max(1).sum()))] if sure else prefix_beam(frames)
        if not sure or not self._is_name(found[0][0]):
            floor = found[0][1] - MARKS_FLOOR
            found += [(labels, max(score, floor)) for labels, score in self._other_marks(frames, found[0][0])]
        if not sure and len(found[0][0]) <= LONGEST_NUMBER and found[0][1] < log(SURE_NUMBER):
            found += prefix_beam(frames + self._digits_only, keep=4, floor=-50.0)
        best: dict[str, float] = {}
        for labels, score in found:
            text = quoted(self._text(tuple(label for label in labels if label != self._nets.space)))
            if text:
                best[text] = max(score, best.get(text, score))
        return tuple(Candidate(text, score) for text, score in sorted(best.items(), key=lambda item: -item[1]))

    def _is_printed(self, frames: Frames) -> bool:
        """Is the recogniser of print sure of every digit here, so that no pen wrote them?"""
        labels = [label for label in best_path(frames) if label != self._nets.space]
        return bool(labels) and all(
            self._nets.alphabet[label].isdigit() and float(frames[:, label].max()) > log(PRINTED) for label in labels
        )

    def _is_name(self, labels: Labels) -> bool:
        """May this be part of a name? Of those a recogniser that is sure is believed, unless print hardly ever has them."""
        core = self._text(labels).strip(SIGNS)
        return core[:1].isupper() and not core.isupper() and self._lm.unigram(core.lower()) >= RARE

    def _other_marks(self, frames: Frames, labels: Labels) -> list[tuple[Labels, float]]:
        """The same letters with all other marks that a known syllable may carry, scored by the frames."""
        text = self._text(labels)
        core = text.strip(SIGNS)
        if not core.isalpha() or len(core) > LONGEST_SYLLABLE:
            return []
        before, after = text.split(core, 1)
        forms = [like(core, form) for form, _ in self._lm.restorations(bare(core.lower()))]
        spelled_out = [before + form + after for form in forms if form != core]
        known = [self._labels(form) for form in spelled_out if all(c in self._label for c in form)]
        if not known:
            return []
        return list(zip(known, map(float, ctc_scores(frames, known)), strict=True))

    def _written(
        self, frames: Frames, pixels: NDArray[np.uint8], place: tuple[float, float, float, float], kind: FieldKind
    ) -> tuple[Candidate, ...]:
        """What a pen wrote into a field: digits, judged by the reader of handwriting and by this recogniser."""
        pen = {one.text: one.score for one in digit_reader().read(pixels, *place)}
        print_ = {
            self._text(labels): score for labels, score in prefix_beam(frames + self._digits_only, keep=6, floor=-50.0)
        }
        texts = sorted({text for text in (*pen, *print_) if may_stand(text, kind)})
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

    def _lattice(
        self,
        frames: Frames,
        box: NDArray[np.float32],
        pixels: NDArray[np.uint8],
        dark: NDArray[np.bool_],
        raised: Sequence[Raised] = (),
    ) -> ReadLine | None:
        """The lattice of one line, or None where nothing is written. dark: where `pixels` has ink."""
        if not frames.shape[0]:
            return None
        count = frames.shape[0]
        edges = self._nets.frame_edges(box, count)
        ink = line_ink(dark, box, edges)
        fields = form_fields(frames, self._nets.alphabet)
        gaps = find_gaps(frames, self._nets.space)
        if not fields:  # where a pen has written, wide paper parts nothing
            gaps = ink.with_clear(gaps, frames, self._nets.alphabet)
        gaps = unparted(gaps, raised, edges)
        first = max((gap.end for gap in gaps if gap.start == 0), default=0)
        last = min((gap.start for gap in gaps if gap.end == count), default=count)
        inner = [gap for gap in gaps if first < gap.start and gap.end < last]
        for field in fields:
            inner = [gap for gap in inner if gap.end < field.start or gap.start > field.end]
            inner += [Gap(edge, edge, 1.0) for edge in (field.start, field.end) if first < edge < last]
        inner.sort()
        starts = [first, *(gap.end for gap in inner)]
        ends = [*(gap.start for gap in inner), last]
        unspaced = frames.copy()
        unspaced[:, self._nets.space] = -100.0
        spaces = [(0, first), *((gap.start, gap.end) for gap in inner), (last, count)]
        rights, lefts = ink.edges([(float(edges[a]), float(edges[b])) for a, b in spaces])
        readings = []
        for start in range(len(starts)):
            for end in range(start, min(start + LONGEST_MERGE, len(ends))):
                if end > start and inner[end - 1].chance >= SURE_SPACE:
                    break
                a, b = starts[start], ends[end]
                filled = next((one for one in fields if (max(first, one.start), one.end) == (a, b)), None)
                if filled is not None:
                    place = edges[a], box[1], edges[b], box[3]
                    candidates = self._written(unspaced[a:b], pixels, place, filled.kind)
                else:
                    candidates = self._candidates(unspaced[a:b])
                if not candidates:
                    continue
                cut = log(inner[end].chance) if end < len(inner) else 0.0
                scored = tuple(Candidate(text, score + cut) for text, score in candidates)
                left, right = lefts[start], rights[end + 1]
                if filled is not None or left >= right:  # a pen does not keep to the gaps of print
                    left, right = float(edges[a]), float(edges[b])
                area = PixelBox(left, float(box[1]), right, float(box[3]))
                readings.append(Reading(start, end + 1, scored, area, filled is not None))
        if raised:
            readings = with_raised(readings, raised, lefts)
        for field in fields:
            if field.end in ends or field.end in starts:
                near = frames[max(0, field.end - 2) : field.end + 2, self._nets.space]
                if self._is_printed(frames[field.start : field.end]) and float(near.max()) < log(REAL_SPACE):
                    readings = joined(readings, starts.index(field.start))
        return connected(readings, PixelBox(*(float(side) for side in box[:4])))


def _bent(line: ReadLine, bend: Bend) -> ReadLine:
    """A line of the straightened picture where it stands on the bent one."""
    readings = tuple(one._replace(box=PixelBox(*bent(Box(*one.box), bend))) for one in line.readings)
    return line._replace(readings=readings, box=PixelBox(*bent(Box(*line.box), bend)))
