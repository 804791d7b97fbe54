"""Confidence: what it follows from, that every value has it with its proof, and that it holds on the samples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import LISTS, extract, extract_with_signs
from extractors.confidence import LEAST, MOST, Group, Signs, Weights, weights
from extractors.paper import Paper
from pipeline.find import fingerprint
from pipeline.score import recorded
from pipeline.score.papers import SAMPLES, GoldPaper, find_papers
from pipeline.score.reliability import SURE, item_of, judged_values, sure_and_right, table
from pipeline.score.verdicts import judge
from schemas.record import Record
from schemas.text import DocumentText
from tests.command import LETTER

PAPERS = [
    paper
    for paper in find_papers(SAMPLES)
    if paper.recording.exists() and recorded.load(paper.recording, fingerprint(paper.path)) is not None
]
BAR = 0.97
"""Share of the values with a confidence of at least SURE that must be right."""

share = st.floats(0, 1, allow_nan=False)
signs = st.builds(
    Signs,
    field=st.sampled_from(["document.number", "tasks", "a field of tomorrow"]),
    rule=st.sampled_from(["number.letterhead", "tasks.grid", "a rule of tomorrow"]),
    score=share,
    worst=share,
    mean=share,
    page=share,
    mended=share,
    noise=share,
    odd=share,
    words=st.integers(0, 300),
    rival=share,
    witnesses=st.integers(1, 4),
    warned=st.booleans(),
    source=st.sampled_from(["text_layer", "ocr", "repaired", "mark"]),
)


@given(signs, share)
def test_a_better_reading_makes_no_value_less_sure(one: Signs, better: float) -> None:
    chance = weights().chance
    for name in ("score", "worst", "mean", "page"):
        low, high = sorted((getattr(one, name), better))
        assert chance(one._replace(**{name: low})) <= chance(one._replace(**{name: high}))
    assert chance(one._replace(rival=0.0)) >= chance(one)
    assert chance(one._replace(warned=False)) >= chance(one._replace(warned=True))


@given(signs)
def test_no_value_is_certain(one: Signs) -> None:
    assert LEAST <= weights().chance(one) <= MOST


def test_what_few_papers_tell_of_is_less_sure() -> None:
    one = Signs("f", "r", 0.95, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 3, 0.0, 1, False, "text_layer")
    known, doubtful = (Weights(1.0, {}, {"f r": Group(2.0, spread)}, Group(0.0, 2.0)) for spread in (0.1, 3.0))
    assert 0.5 < doubtful.chance(one) < known.chance(one)
    assert known.chance(one._replace(rule="new")) < known.chance(one)


def test_a_check_that_warns_is_a_sign_and_a_remark_is_none() -> None:
    ((record, found),) = extract_with_signs(Paper.of(LETTER.replace("16/6/2025", "16/6/2026")).text)
    assert "date_order" in {check.rule for check in record.checks}
    assert found["legal_bases[0].text"].warned  # the check names its date
    assert found["document.issued_on"].warned
    assert not found["document.number"].warned
    ((record, found),) = extract_with_signs(Paper.of(LETTER.replace("45/QĐ-UBND", "5/QĐ-UBND")).text)
    assert [check.severity for check in record.checks if check.rule == "leading_zero"] == ["info"]
    assert not found["document.number"].warned


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_value_of_the_samples_has_its_proof(paper: GoldPaper) -> None:
    reading = recorded.load(paper.recording, fingerprint(paper.path))
    assert reading is not None
    record = extract(DocumentText(reading.pages))
    pages = {page.number: page for page in reading.pages}
    for part in (record, *record.parts):
        values = {f"document.{name}" for name, value in part.document if value is not None}
        values |= {f"{name}[{index}]" for name in LISTS for index in range(len(getattr(part, name)))}
        cells = {
            f"tasks[{index}].{name}"
            for index, task in enumerate(part.tasks)
            for name, value in task
            if value and name not in ("content", "periods", "recurring")
        }
        proven = {item_of(entry.path) for entry in part.evidence}
        assert values <= proven
        assert proven - values <= cells
        assert {path for path in cells if not path.endswith(".no")} <= proven  # numbers that were counted stand nowhere
        for entry in part.evidence:
            assert entry.rule
            assert LEAST <= entry.confidence <= MOST
            assert entry.page in pages
            assert entry.raw.strip()
            printed = any(word.box is not None for line in pages[entry.page].lines for word in line.words)
            in_file = entry.path.startswith("digital_signatures")  # a signature may show nothing on the page
            assert in_file or (entry.box is not None) == printed, entry


def test_sure_values_of_the_samples_are_right() -> None:
    """On papers kept aside, and on those open to tuning, on which the weights were fitted."""
    for aside in (False, True):
        found = [value for paper in PAPERS if paper.aside is aside for value in judged_values(paper)]
        chances = [(weights().chance(value.signs), value.right) for value in found]
        sure = [right for chance, right in chances if chance >= SURE]
        assert len(sure) > 0.5 * len(found)
        assert sum(sure) / len(sure) >= BAR, table(chances)


def test_values_that_the_gold_does_not_speak_of_are_not_judged() -> None:
    record = extract(Paper.of(LETTER).text)
    gold = {"document": {"number": "45", "place": "Huế"}}
    found = sure_and_right(record, judge(gold, record.model_dump(mode="json")))
    assert sorted(right for _, right in found) == [False, True]
    assert sure_and_right(Record(), judge(gold, {})) == []


def test_the_table_tells_said_and_true_shares() -> None:
    lines = table([(0.92, True), (0.94, False), (0.3, False), (0.99, True)]).splitlines()
    cells = {line[:13].strip(): line[13:].split() for line in lines}
    assert cells["0.90 to 0.95"] == ["2", "93.0", "50.0"]
    assert cells["0.9 and more"][0] == "3"
    assert math.isclose(float(cells["all"][2]), 50.0)
