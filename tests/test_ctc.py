"""The CTC beam against brute force, the lattice of a line, and the networks on a drawn line."""

from __future__ import annotations

import itertools
from functools import reduce

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from pipeline.recognise.ctc.beam import Labels, best_path, ctc_scores, prefix_beam
from pipeline.recognise.ctc.engine import CtcEngine
from pipeline.recognise.ctc.ink import line_ink
from pipeline.recognise.ctc.spans import find_gaps
from pipeline.recognise.readings import PixelBox, Reading, ReadLine
from schemas.page import Candidate

TINOS = "/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"
NOWHERE = PixelBox(0, 0, 1, 1)


@st.composite
def frames(draw: st.DrawFn) -> NDArray[np.float32]:
    count, labels = draw(st.integers(1, 5)), draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    return np.log(rng.dirichlet(np.ones(labels), count)).astype(np.float32)


def all_sequences(rows: NDArray[np.float32]) -> dict[Labels, float]:
    """Every label sequence with its log-probability, by adding up all paths."""
    paths: dict[Labels, list[float]] = {}
    for path in itertools.product(range(rows.shape[1]), repeat=rows.shape[0]):
        labels = tuple(label for label, _ in itertools.groupby(path) if label)
        paths.setdefault(labels, []).append(float(sum(rows[t, label] for t, label in enumerate(path))))
    return {labels: float(reduce(np.logaddexp, scores)) for labels, scores in paths.items()}


@given(frames())
@settings(max_examples=60, deadline=None)
def test_a_wide_beam_finds_the_likeliest_sequences(rows: NDArray[np.float32]) -> None:
    """Nothing pruned: the beam's scores and order are those of the sum over all paths."""
    truth = all_sequences(rows)
    found = prefix_beam(rows, beam=10_000, symbols=rows.shape[1], keep=10_000, floor=-1e9)
    assert {labels: pytest.approx(score, abs=1e-3) for labels, score in found} == truth
    exact = ctc_scores(rows, [labels for labels, _ in found])
    np.testing.assert_allclose(exact, [truth[labels] for labels, _ in found], atol=1e-3)


def test_the_best_path_folds_runs_and_drops_blanks() -> None:
    """A blank between two equal labels keeps both."""
    path = [1, 1, 0, 1, 2, 2, 0]
    rows = np.full((len(path), 3), -9.0, np.float32)
    rows[np.arange(len(path)), path] = 0.0
    assert best_path(rows) == (1, 1, 2)


def test_gaps_are_runs_of_frames_that_may_be_a_space() -> None:
    """First frame, one past the last, and the highest probability."""
    chance = np.array([0.0, 0.5, 0.9, 0.0, 0.03, 0.001])
    rows = np.log(np.stack([1 - chance + 1e-9, chance + 1e-9], axis=1)).astype(np.float32)
    gaps = find_gaps(rows, 1)
    assert [(start, end) for start, end, _ in gaps] == [(1, 3), (4, 5)]
    assert gaps[0][2] == pytest.approx(0.9)


def test_the_best_path_of_a_line_weighs_splits_against_merges() -> None:
    """Two good words beat one bad word over both."""

    def reading(start: int, end: int, text: str, score: float) -> Reading:
        return Reading(start, end, (Candidate(text, score),), NOWHERE)

    line = ReadLine(3, (reading(0, 1, "Lưu:", -0.1), reading(0, 2, "Lưu:VT", -3.0), reading(1, 2, "VT", -0.2)), NOWHERE)
    assert [step.candidates[0].text for step in line.best] == ["Lưu:", "VT"]


@pytest.mark.slow
def test_a_drawn_page_is_read() -> None:
    """Two printed lines come out with their words, candidates and boxes on the ink."""
    page = Image.new("L", (1000, 300), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(TINOS, 36)
    draw.text((60, 60), "Kế hoạch kiểm tra công vụ", font=font, fill=0)
    draw.text((60, 160), "của Ủy ban nhân dân xã", font=font, fill=0)
    lines = sorted(CtcEngine().read_lines(np.asarray(page), 200.0), key=lambda line: line.box.y0)
    printed = [word for text in ("Kế hoạch kiểm tra công vụ", "của Ủy ban nhân dân xã") for word in text.split()]
    steps = [step for line in lines for step in line.best]
    assert len(steps) == len(printed)  # which candidate is right is for the language model to say
    assert all(word in [c.text for c in step.candidates] for word, step in zip(printed, steps, strict=True))
    first = lines[0].best[0].box
    assert 40 < first.x0 < 75
    assert 50 < first.y0 < 75
    assert first.x1 < draw.textlength("Kế ", font=font) + 85


def test_wide_paper_parts_words_and_boxes_end_on_the_ink() -> None:
    """Of two words that the recogniser reads in one go each ends where its ink does; a form's room before a symbol parts none."""
    dark = np.zeros((40, 400), bool)
    dark[10:30, 30:100] = dark[10:30, 140:200] = True
    box, edges = np.array([20, 8, 220, 32], np.float32), np.linspace(20.0, 220.0, 26)
    ink = line_ink(dark, box, edges)
    rows = np.full((25, 4), -9.0, np.float32)
    rows[:, 0] = 0.0
    alphabet = ("", "5", "-", "N")
    for at in (3, 20):
        rows[at, 0], rows[at, 3] = -9.0, 0.0
    (gap,) = ink.with_clear([], rows, alphabet)
    assert edges[gap.start] == pytest.approx(120, abs=4)
    assert gap.chance == 1.0
    assert ink.edges([(116.0, 124.0)]) == ([100.0], [140.0])
    for at, label in ((5, 1), (15, 2), (17, 3)):
        rows[at, 0], rows[at, label] = -9.0, 0.0
    assert ink.with_clear([], rows, alphabet) == []


@pytest.mark.slow
def test_only_the_stop_before_a_space_becomes_likelier() -> None:
    """`86,4` at the end of a line keeps its comma; the same faint stop with nothing behind it gains."""
    engine = CtcEngine()
    labels = engine._labels("86,4")
    (stop,) = engine._labels(".")
    rows = np.full((12, len(engine._nets.alphabet)), -9.0, np.float32)
    rows[:, 0] = 0.0
    for at, label in zip((0, 2, 4, 6), labels, strict=True):
        rows[at, 0], rows[at, label] = -9.0, -0.1
    rows[4, stop] = rows[8, stop] = -3.0
    lifted = engine._lifted(rows)
    assert lifted[4, stop] == pytest.approx(-3.0)
    assert lifted[8, stop] > -1.0
