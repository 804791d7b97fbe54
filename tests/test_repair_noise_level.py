"""Noise is measured from the text; what is no noisy Vietnamese is not called noisy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.vietnamese import bare, features, is_syllable, quality
from pipeline.repair.noise_level import measure_noise
from schemas.page import Word

PRINT = """Ủy ban nhân dân phường báo cáo kết quả thực hiện nhiệm vụ sáu tháng đầu năm
và đề ra phương hướng, giải pháp trọng tâm cho những tháng còn lại của năm 2026.
Các phòng chuyên môn được giao chủ trì, phối hợp với các đơn vị có liên quan."""
READ = """Uy ban nhan dan phwong bao cdo két qua thyc hién nhiém vu sau thang dau nim
va dé ra phuwong huéng, giai phdp trong tam cho nhitng thang con lai ciia nim 2026.
Cac phong chuyén mén dugc giao chi tri, ph6i hgp véi cac don vi c6 lién quan."""
ENGLISH = """The committee reports on the results of its work during the first months of this year
and sets out what should be done by each department before the end of December."""


def lines_of(text: str) -> list[list[Word]]:
    return [[Word(token, token) for token in line.split()] for line in text.split("\n")]


@pytest.mark.parametrize(
    ("text", "noise"),
    [
        (PRINT, "clean"),
        (bare(PRINT), "stripped"),
        (READ, "eng"),
        (ENGLISH, "clean"),
        ("1 2 3\n12/5/2025 98,3%\n1.204.500", "clean"),
        ("", "clean"),
        ("nguyenvana@haiphong.gov.vn https://haiphong.gov.vn/", "clean"),
        ("\n".join([READ] * 3 + ["Nguyễn Văn A đã ký lên văn bản này!"]), "eng"),
    ],
)
def test_noise_of_a_text(text: str, noise: str) -> None:
    assert measure_noise(lines_of(text)) == noise


def test_quality_tells_print_from_noise() -> None:
    assert quality(PRINT) > 0.95
    assert quality(READ) < 0.1
    assert quality(bare(PRINT)) < 0.1


@pytest.mark.parametrize("text", ["", "1 2 3 4", "98,3% 12/5/2025 1.204", ENGLISH, "a@b.vn www.c.vn", "TTHC UBND CCHC"])
def test_nothing_speaks_against_pages_of_other_things(text: str) -> None:
    assert quality(text) == 1.0


@pytest.mark.parametrize(
    "word", ["nghiệp", "quý", "giếng", "gì", "ủy", "uỷ", "hoà", "hòa", "khuya", "xoong", "yêu", "à"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nghiêp", "quyêt", "hành chính", "x", "windows", "phwơng", "ngở3", "kháách"])
def test_other_words_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@given(st.text())
def test_any_text_is_measured(text: str) -> None:
    found = features(text)
    assert 0.0 <= quality(text) <= 1.0
    assert all(0.0 <= share <= 1.0 for share in found[1:])
