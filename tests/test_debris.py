"""Specks of table rules among words: left out where the words around speak against them, and never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair import repair_text
from pipeline.repair.debris import FEATURES, Around, features, log_odds, may_be_debris, surroundings
from pipeline.repair.lattice import Proposer
from pipeline.repair.lm import LanguageModel
from pipeline.repair.parts import core_of

TABLE = """Noi dung nhiém vu | Co quan chu tri | Co quan phéi hgp
thiét bi mang noi bo tai tru | a wa Phong Kinh té, Ha | cac phong, ban, don vi oe
so Uy ban nhan dan phuong ye | tang va D6 thi ae | c6 lién quan"""
PROSE = """Uy ban nhan dan phuong yéu cau cac phong, ban, don vi to chuc thuc hién nghiém tuc
ké hoach nay va bao cao két qua vé Van phong trudc ngay 25 thang 11 hang nam."""


def odds(token: str, around: Around) -> float:
    lm = LanguageModel.load()
    core = core_of(token)
    return log_odds(features(core, around, Proposer(lm, "eng").words(core.core, False, False), lm))


def test_specks_between_columns_are_left_out() -> None:
    words = repair_text(TABLE, "eng").split()
    assert not {"wa", "oe", "ye", "ae"} & set(words)
    assert "Phòng Kinh tế, Hạ" in " ".join(words)
    assert len(repair_text(TABLE, "eng").split("\n")) == 3


def test_prose_keeps_every_word() -> None:
    assert len(repair_text(PROSE, "eng").split()) == len(PROSE.split())


def test_nothing_speaks_of_debris_in_prose() -> None:
    lines = [line.split() for line in PROSE.split("\n")]
    assert surroundings(lines, LanguageModel.load()) == [None, None]


def test_a_speck_is_likelier_debris_than_a_word_and_in_a_table_likelier_than_outside() -> None:
    table = Around(0.4, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0)
    plain = Around(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    assert odds("oe", table) > odds("oe", plain)
    assert odds("oe", table) > 0 > odds("phong", table)


@pytest.mark.parametrize("token", ["VT", "MTTQ", "Q.", "25", "3a", "nghiém", "|"])
def test_capitals_numbers_and_long_words_are_print(token: str) -> None:
    assert not may_be_debris(core_of(token))


def test_every_feature_has_a_weight() -> None:
    assert log_odds([0.0] * len(FEATURES)) == 0.0


@given(
    st.lists(st.sampled_from(["2025", "wa", "|", "oe", "30/7/2025", "phong", "5%", "a", "UBND", "98,5"]), max_size=12)
)
def test_digits_are_never_passed_over(tokens: list[str]) -> None:
    found = repair_text(" ".join(tokens), "eng").split()
    assert [t for t in found if any(map(str.isdigit, t))] == [t for t in tokens if any(map(str.isdigit, t))]
