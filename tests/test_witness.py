"""Lines that the detector lost, full stops, printed numbers, and the second recogniser's word."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.recognise.ctc.engine import CtcEngine
from pipeline.recognise.ctc.lost import is_clear, lost_lines
from pipeline.recognise.ctc.spans import joined
from pipeline.recognise.decide import considered
from pipeline.recognise.readings import PixelBox, Reading, ReadLine, recognised
from pipeline.recognise.witness import asked_again
from pipeline.repair.lm import LanguageModel
from pipeline.sources.images import Pixels
from schemas.page import Candidate, Line, Word

BOX = PixelBox(10, 10, 60, 30)
PAPER: Pixels = np.full((60, 200), 255, np.uint8)


class Says:
    """A recogniser that reads the same from every picture, with the same confidence."""

    name = "says"

    def __init__(self, text: str, confidence: float = 0.96) -> None:
        self.word, self.asked = Word(text, text, None, confidence), 0

    def fingerprint(self) -> str:
        return self.name

    def read(self, pixels: Pixels, dpi: float, time_limit: float) -> tuple[Line, ...]:
        raise AssertionError("whole pages are not asked for")

    def read_lines(self, crops: Sequence[Pixels], dpi: float, time_limit: float) -> list[tuple[Word, ...]]:
        self.asked += len(crops)
        return [(self.word,) for _ in crops]


def heard(says: Says, *candidates: tuple[str, float], by_hand: bool = False) -> Reading:
    reading = Reading(0, 1, tuple(Candidate(*one) for one in candidates), BOX, by_hand)
    line = ReadLine(2, (reading,), BOX)
    return asked_again([line], PAPER, 200.0, says, LanguageModel.load(), 10.0)[0].readings[0]


@pytest.mark.parametrize(
    ("candidates", "word", "best"),
    [
        ((("54,86;", -0.2), ("54,8%;", -1.9)), "54,8%", "54,8%;"),  # both have it among theirs
        ((("9196,", -0.7), ("916,", -0.8)), "91%", "91%,"),  # only the second has it; the signs around stay
        ((("hõ", -0.7), ("hồ", -1.6)), "hồ.", "hồ"),
        ((("92%;", -0.4),), "52%", "92%;"),  # other digits do not win
    ],
)
def test_the_second_word_is_heard(candidates: tuple[tuple[str, float], ...], word: str, best: str) -> None:
    assert heard(Says(word), *candidates).candidates[0].text == best


def test_other_digits_stay_in_the_choice_and_lower_its_margin() -> None:
    reading = heard(Says("908/QĐ-UBND"), ("808/QĐ-UBND", -0.1))
    assert [one.text for one in considered(reading.candidates, heard=reading.heard)] == ["808/QĐ-UBND", "908/QĐ-UBND"]
    assert [one.text for one in considered(reading.candidates)] == ["808/QĐ-UBND"]


def test_sure_words_handwriting_and_whispers_are_left_alone() -> None:
    says = Says("95")
    assert heard(says, ("85", -0.001)).heard == ""
    assert heard(says, ("85", -3.0), by_hand=True).heard == ""
    assert says.asked == 0
    assert heard(Says("95", 0.3), ("85", -1.0)).candidates == (Candidate("85", -1.0),)


def page_with_a_lost_number() -> Pixels:
    page = np.full((400, 600), 255, np.uint8)
    for x in range(50, 500, 20):
        page[200:216, x : x + 10] = 0
    page[40:60, 300:308] = 0
    page[40:60, 316:326] = 0
    return page


def test_print_that_no_box_covers_is_found() -> None:
    body = np.array([45, 195, 510, 222], np.float32)
    (box,) = lost_lines(page_with_a_lost_number(), 200.0, [body])
    assert box[0] == 300
    assert box[2] == 326
    assert box[1] < 41
    assert box[3] > 59
    assert len(lost_lines(page_with_a_lost_number(), 200.0, [])) == 2


def test_a_lost_line_must_be_read_clearly() -> None:
    frames = np.log(np.full((6, 4), 0.01, np.float32))
    frames[:, 0] = np.log(0.97)
    assert not is_clear(frames)
    frames[2] = np.log([0.005, 0.005, 0.985, 0.005])
    assert is_clear(frames)
    frames[4] = np.log([0.1, 0.6, 0.2, 0.1])
    assert not is_clear(frames)


def test_a_faint_full_stop_is_heard_before_a_space_only() -> None:
    engine = CtcEngine()
    nets = engine._nets
    frames = np.full((12, len(nets.alphabet)), -20.0, np.float32)
    frames[:, 0] = -0.01
    stop = nets.alphabet.index(".")
    frames[4, [0, stop]] = np.log([0.8, 0.2])
    frames[6, nets.space] = np.log(0.5)
    assert engine._lifted(frames)[4].argmax() == stop
    frames[6, nets.space] = -20.0
    frames = np.concatenate((frames, frames[5:]))
    frames[12, 0] = -0.01
    assert engine._lifted(frames)[4].argmax() == 0


def test_a_number_and_its_symbol_become_one_word() -> None:
    number = Reading(1, 2, (Candidate("89", -0.1), Candidate("39", -4.0)), PixelBox(30, 0, 50, 20), True)
    symbol = Reading(2, 3, (Candidate("/QĐ-UBND", -0.2),), PixelBox(50, 0, 120, 20))
    before = Reading(0, 1, (Candidate("Số:", 0.0),), PixelBox(0, 0, 25, 20))
    first, whole = joined([before, number, symbol], 1)
    assert first == before
    assert (whole.start, whole.end) == (1, 3)
    assert [one.text for one in whole.candidates] == ["89/QĐ-UBND", "39/QĐ-UBND"]
    assert whole.box == PixelBox(30, 0, 120, 20)
    day = [number, symbol._replace(candidates=(Candidate("tháng", 0.0),))]
    assert joined(day, 1) == day


def test_what_is_no_print_is_set_aside() -> None:
    def line(text: str, score: float) -> ReadLine:
        return ReadLine(2, (Reading(0, 1, (Candidate(text, score),), BOX),), BOX)

    found = recognised([line("AOH", -2.4), line("phường", -0.1)], "ctc")
    assert [one.text for one in found.lines] == ["phường"]
    assert [one.text for one in found.scraps] == ["AOH"]
