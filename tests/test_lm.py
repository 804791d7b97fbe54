"""The language model: reading, probabilities, restorations; and the counting and packing that make it."""

from __future__ import annotations

import math
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.vietnamese import bare, is_syllable
from pipeline.repair.lm import LanguageModel
from pipeline.repair.syllables import fold_tone, like, model_tokens, shape
from tests.tiny_model import LINES, tiny_model
from training.corpus import Tokens, folded_pieces, number_lines, prose, text_of, windows, without_shared
from training.ngrams import count
from training.packing import quantised


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> LanguageModel:
    return tiny_model(tmp_path_factory.mktemp("lm") / "tiny.vlm")


@pytest.mark.parametrize(
    "context", [[], ["ủy"], ["ủy", "ban"], ["ủy", "ban", "nhân"], ["án", "ban"], [",", "sai", "giao"]]
)
def test_probabilities_after_a_context_sum_to_one(tiny: LanguageModel, context: list[str]) -> None:
    total = sum(math.exp(tiny.logprobs([*context, word])[len(context)]) for word in tiny.vocabulary)
    assert total == pytest.approx(1.0, abs=1e-4)


def test_probabilities_of_a_pruned_model_sum_to_one(tmp_path: Path) -> None:
    small = tiny_model(tmp_path / "pruned.vlm", ngrams=40)
    assert sum(len(table.keys) for table in small.tables[1:]) < 80
    for context in (["ủy"], ["nhân", "dân"], ["của", "các", "phường"]):
        total = sum(math.exp(small.logprobs([*context, word])[len(context)]) for word in small.vocabulary)
        assert total == pytest.approx(1.0, abs=1e-4)


def test_what_was_seen_is_likelier(tiny: LanguageModel) -> None:
    def score(text: str) -> float:
        return sum(tiny.logprobs(text.split()))

    assert score("ủy ban nhân dân phường") > score("ủy ban nhân dân phương")
    assert score("các phòng báo cáo") > score("các phòng bảo cáo")


def test_unknown_words_cost_more_the_longer(tiny: LanguageModel) -> None:
    assert tiny.unigram("phường") > tiny.unigram("xyz") > tiny.unigram("xyzxyzxyz") > -60
    assert tiny.unknown_cost("phường") == 0.0
    assert tiny.ids(["phường", "xyz"])[1] == tiny.unknown


def test_restorations_are_all_forms_likeliest_first(tiny: LanguageModel) -> None:
    assert {form for form, _ in tiny.restorations("bao")} == {"bao", "báo", "bảo"}
    assert tiny.restorations("bao")[0][0] == "báo"
    assert tiny.restorations("xyz") == ()


def test_the_shipped_model_knows_ward_papers() -> None:
    lm = LanguageModel.load()
    assert lm.order >= 4
    good, bad = "ủy ban nhân dân phường", "ủy ban nhân dân phương"
    assert sum(lm.logprobs(good.split())) > sum(lm.logprobs(bad.split())) + 3
    assert {"phường", "phương", "phướng"} & {form for form, _ in lm.restorations("phuong")} >= {"phường", "phương"}
    assert lm.shape("nguyễn", "title") > lm.shape("nguyễn", "lower")
    assert "hđnd" in {form for form, _ in lm.restorations("hdnd")}
    assert LanguageModel.load() is lm


def test_the_shipped_model_sums_to_nearly_one() -> None:
    lm = LanguageModel.load()
    unigrams = float(np.exp(lm.tables[0].logprob.astype(float)).sum())
    assert unigrams == pytest.approx(1.0, abs=0.02)
    for number in (lm.id("phường"), lm.id("nhân")):
        table = lm.tables[1]
        rows = (table.keys >> 16) == number
        seen = np.exp(table.logprob[rows].astype(float))
        others = np.exp(lm.tables[0].logprob.astype(float))
        others[table.keys[rows] & 0xFFFF] = 0.0
        total = seen.sum() + others.sum() * math.exp(lm.tables[0].backoff[number])
        assert total == pytest.approx(1.0, abs=0.05)  # eight-bit logarithms


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.vlm"
    path.write_bytes(b"something else")
    with pytest.raises(ValueError, match="not a language model"):
        LanguageModel.load(path)


def test_counts_of_n_grams() -> None:
    a, b = 1, 2
    orders = count([np.array([0, a, b, 0, a, b, a, 0], np.int32), np.array([0, b, 0], np.int32)], 3, 0, 3)
    words = {
        (int(orders[1].prefix[place]), int(orders[1].word[place])): orders[1].counts[:, place].tolist()
        for place in range(len(orders[1]))
    }
    assert words == {(0, a): [2, 0], (0, b): [0, 1], (a, b): [2, 0], (b, a): [1, 0], (a, 0): [1, 0], (b, 0): [1, 1]}
    # nothing reaches over a boundary
    assert not any(orders[1].word[prefix] == 0 for prefix in orders[2].prefix.tolist())
    assert orders[0].continuations[0].tolist() == [2, 2, 1]


def test_lines_that_share_a_window_are_left_out() -> None:
    numbers = Tokens()
    lines = ["một hai ba bốn năm sáu bảy tám chín", "mot hai ba bon nam sau bay, Tám", "một hai ba bốn năm sáu bảy"]
    genre = number_lines("lines", lines, numbers)
    tested = number_lines("tested", ["Một hai ba bốn năm sáu bảy (tám)"], numbers)
    pieces = folded_pieces(numbers)
    kept, gone = without_shared(genre, pieces, np.unique(windows(tested, pieces)[0]))
    assert gone == 2
    assert list(text_of(kept, list(numbers))) == lines[2:]


def test_lines_without_diacritics_are_no_prose() -> None:
    numbers = Tokens()
    lines = ["Uy ban nhan dan phuong giao cac phong", "Ủy ban nhân dân phường giao các phòng", "xin loi"]
    genre = number_lines("lines", lines, numbers)
    assert list(text_of(prose(genre, list(numbers)), list(numbers))) == lines[1:]


@given(st.lists(st.floats(-20, 0), min_size=1, max_size=2000))
def test_quantised_values_are_near(values: list[float]) -> None:
    codes, book = quantised(np.array(values))
    assert np.abs(book[codes] - np.array(values)).max() <= 20 / 100


@given(st.text())
def test_any_text_has_model_tokens(text: str) -> None:
    for token in text.split():
        for word in model_tokens(token):
            assert word
            assert word == unicodedata.normalize("NFC", word)


@given(st.text())
def test_bare_text_stays_bare(text: str) -> None:
    assert bare(bare(text)) == bare(text)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("hoà", "hòa"),
        ("thuỷ", "thủy"),
        ("khoẻ", "khỏe"),
        ("quỳ", "quỳ"),
        ("toàn", "toàn"),
        ("uỷ", "ủy"),
        ("loá", "lóa"),
    ],
)
def test_one_tone_placement(word: str, expected: str) -> None:
    assert fold_tone(word) == expected
    assert fold_tone(expected) == expected


@pytest.mark.parametrize(
    "word", ["nghiêng", "quyết", "thuở", "khuỷu", "gìn", "giếng", "ủy", "đ" + "ường", "ngoằn", "uống"]
)
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["", "quyêt", "strong", "phwong", "nwéc", "báóc", "hđnd", "w", "tiêp"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_capitals() -> None:
    assert [shape(text) for text in ("UBND", "Ủy", "ban", "Đ", "123")] == ["upper", "title", "lower", "title", "lower"]
    assert like("PHUONG", "phường") == "PHƯỜNG"
    assert like("Duong", "đường") == "Đường"


def test_lines_of_the_tiny_model_are_known(tiny: LanguageModel) -> None:
    assert all(word in tiny for line in LINES for token in line.split() for word in model_tokens(token))
