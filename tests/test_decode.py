"""The decoder against brute force on small lattices; margins, merges, splits, memory."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.repair.certainty import RECOGNISED, REPAIRED, Certainty
from pipeline.repair.decode import Edge, decode, decode_many
from pipeline.repair.lm import LanguageModel
from pipeline.repair.memory import Memory
from pipeline.repair.stripped import restore, stripped_lattice
from tests.tiny_model import tiny_model

WORDS = ("phường", "phương", "phòng", "báo", "bảo", "cáo", "ủy", "ban", "nhân", "dân", "của", "các", ",", "lạ")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return tiny_model(tmp_path_factory.mktemp("lm") / "tiny.vlm")


@st.composite
def lattices(draw: st.DrawFn) -> list[list[Edge]]:
    """Small lattices with splits and merges whose end is always reached."""
    length = draw(st.integers(1, 5))
    lattice = []
    for node in range(length):
        row = []
        for index in range(draw(st.integers(1, 3))):
            end = node + 1 if index == 0 else min(length, node + draw(st.integers(1, 2)))
            tokens = tuple(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3 if index else 1)))
            score = draw(st.floats(-6, 0))
            row.append(Edge(node, end, tokens, score, f"{' '.join(tokens)}/{node}/{index}"))
        lattice.append(row)
    return lattice


def paths(lattice: list[list[Edge]], node: int = 0) -> list[list[Edge]]:
    if node == len(lattice):
        return [[]]
    return [[edge, *rest] for edge in lattice[node] for rest in paths(lattice, edge.end)]


def score(path: list[Edge], lm: LanguageModel, weight: float) -> float:
    tokens = [token for edge in path for token in edge.tokens]
    costs = sum(lm.logprobs(tokens))
    return weight * costs + sum(edge.score for edge in path)


@settings(deadline=None, max_examples=150)
@given(lattice=lattices(), weight=st.sampled_from([1.0, 0.5]))
def test_decoder_finds_what_brute_force_finds(tiny: LanguageModel, lattice: list[list[Edge]], weight: float) -> None:
    every = sorted((score(path, tiny, weight) for path in paths(lattice)), reverse=True)
    choices = decode(lattice, tiny, lm_weight=weight, beam=math.inf)
    assert score([choice.edge for choice in choices], tiny, weight) == pytest.approx(every[0], abs=1e-4)


@settings(deadline=None, max_examples=100)
@given(lattice=lattices())
def test_margins_are_those_of_brute_force(tiny: LanguageModel, lattice: list[list[Edge]]) -> None:
    every = [(score(path, tiny, 1.0), path) for path in paths(lattice)]
    best = max(value for value, _ in every)
    for choice in decode(lattice, tiny, beam=math.inf):
        others = [value for value, path in every if choice.edge not in path]
        expected = best - max(others) if others else math.inf
        assert choice.margin == pytest.approx(expected, abs=1e-4)


@settings(deadline=None, max_examples=100)
@given(found=st.lists(lattices(), min_size=1, max_size=4))
def test_many_at_once_are_as_one_by_one(tiny: LanguageModel, found: list[list[list[Edge]]]) -> None:
    together = decode_many(found, tiny)
    alone = [decode(lattice, tiny) for lattice in found]
    assert [[choice.edge for choice in row] for row in together] == [[choice.edge for choice in row] for row in alone]


@settings(deadline=None, max_examples=100)
@given(lattice=lattices())
def test_the_usual_beam_keeps_the_best_path_nearly_always(tiny: LanguageModel, lattice: list[list[Edge]]) -> None:
    wide = decode(lattice, tiny, beam=math.inf)
    assert [choice.edge for choice in decode(lattice, tiny)] == [choice.edge for choice in wide]


def test_empty_lattices_have_no_choices(tiny: LanguageModel) -> None:
    assert decode([], tiny) == []
    one = Edge(0, 1, ("ban",), 0.0, "ban")
    assert [len(row) for row in decode_many([[], [[one]], []], tiny)] == [0, 1, 0]


def test_a_lattice_without_a_path_is_refused(tiny: LanguageModel) -> None:
    with pytest.raises(ValueError, match="no path"):
        decode([[Edge(0, 1, ("ban",), 0.0, "ban")], []], tiny)


def test_an_edge_of_signs_only_is_passed_through(tiny: LanguageModel) -> None:
    lattice = [[Edge(0, 1, (), 0.0, "“")], [Edge(1, 2, ("ban",), 0.0, "ban")]]
    assert [choice.edge.surface for choice in decode(lattice, tiny)] == ["“", "ban"]


def test_a_merge_wins_where_it_reads_better(tiny: LanguageModel) -> None:
    lattice = [
        [Edge(0, 1, ("ủy",), 0.0, "ủy")],
        [Edge(1, 2, ("b",), 0.0, "b"), Edge(1, 3, ("ban",), -2.0, "ban")],
        [Edge(2, 3, ("an",), 0.0, "an")],
        [Edge(3, 4, ("nhân",), 0.0, "nhân")],
    ]
    assert [choice.edge.surface for choice in decode(lattice, tiny)] == ["ủy", "ban", "nhân"]


def test_a_split_wins_where_it_reads_better(tiny: LanguageModel) -> None:
    lattice = [
        [Edge(0, 1, ("ủyban",), 0.0, "ủyban"), Edge(0, 1, ("ủy", "ban"), -3.0, "ủy ban")],
        [Edge(1, 2, ("nhân",), 0.0, "nhân"), Edge(1, 2, ("nhận",), 0.0, "nhận")],
    ]
    choices = decode(lattice, tiny)
    assert [choice.edge.surface for choice in choices] == ["ủy ban", "nhân"]
    assert choices[0].margin > 1.0


def test_runners_up_come_best_first(tiny: LanguageModel) -> None:
    row = [Edge(0, 1, (word,), score, word) for word, score in (("phường", -1.0), ("phòng", -0.5), ("phương", -2.5))]
    choice = decode([row], tiny)[0]
    assert choice.runners_up
    scores = [candidate.score for candidate in choice.runners_up]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == pytest.approx(-choice.margin)
    assert choice.edge.surface not in {candidate.text for candidate in choice.runners_up}


def test_memory_settles_what_the_document_said(tiny: LanguageModel) -> None:
    lattice = [[Edge(0, 1, ("các",), 0.0, "các")], [Edge(1, 2, (word,), 0.0, word) for word in ("phường", "dân")]]
    assert decode(lattice, tiny)[1].edge.surface == "phường"
    memory = Memory([tiny.ids(["các", "dân"]).tolist()] * 5, share=0.8, words_share=0.0)
    assert decode(lattice, tiny, memory=memory)[1].edge.surface == "dân"


def test_an_empty_memory_changes_nothing(tiny: LanguageModel) -> None:
    lattice = stripped_lattice("cac phuong cua uy ban", tiny)
    assert decode(lattice, tiny, memory=Memory([], words_share=0.1)) == decode(lattice, tiny)


@pytest.mark.parametrize("certainty", [RECOGNISED, *REPAIRED.values()])
def test_certainty_grows_with_the_margin(certainty: Certainty) -> None:
    values = [certainty.chance(margin) for margin in (0.0, 0.5, 2.0, 8.0)]
    assert values == sorted(values)
    assert 0.0 < values[0] < 0.8 < values[-1] <= 1.0


def test_stripped_text_is_restored_and_all_else_kept() -> None:
    lm = LanguageModel.load()
    given_text = "Uy ban nhan dan phuong giao cac phong, ban  bao cao (truoc ngay 15/9/2025)."
    expected = "Ủy ban nhân dân phường giao các phòng, ban  báo cáo (trước ngày 15/9/2025)."
    assert restore([given_text, ""], lm) == [expected, ""]


def test_restoring_is_the_same_every_time(tmp_path: Path) -> None:
    lm = LanguageModel.load()
    text = ["CONG HOA XA HOI CHU NGHIA VIET NAM", "tiep tuc day manh cai cach hanh chinh nha nuoc"]
    assert restore(text, lm) == restore(text, lm)
    assert restore(restore(text, lm), lm) == restore(text, lm)
