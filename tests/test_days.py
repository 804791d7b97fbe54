"""The day in the date line and the time of signing."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.recognise.forms.days import dated, first_signing
from pipeline.recognise.readings import PixelBox, Reading, ReadLine
from schemas.page import Annotation, Candidate

BOX = PixelBox(0, 0, 10, 10)


def line(*days: tuple[str, float], month: str = "01") -> ReadLine:
    said = ["Huế,", "ngày", "", "tháng", month, "năm", "2025"]
    readings = tuple(
        Reading(
            at, at + 1, tuple(Candidate(*day) for day in days) if at == 2 else (Candidate(word, 0.0),), BOX, at == 2
        )
        for at, word in enumerate(said)
    )
    return ReadLine(len(said) + 1, readings, BOX)


def best_day(found: ReadLine) -> str:
    return found.best[2].candidates[0].text


@pytest.mark.parametrize(
    ("days", "signed", "best"),
    [
        ((("05", -0.5), ("06", -1.0)), date(2025, 1, 7), "06"),  # nearly as likely, and nearer
        ((("08", -0.2), ("06", -2.0)), date(2025, 1, 7), "06"),  # not after the signature
        ((("03", -0.1), ("07", -9.0)), date(2025, 1, 7), "03"),  # what is clearly written stays
        ((("30", -0.5), ("20", -0.6)), date(2025, 2, 20), "20"),
    ],
)
def test_a_day_near_the_signature_is_likelier(days: tuple[tuple[str, float], ...], signed: date, best: str) -> None:
    assert best_day(dated(line(*days, month=f"{signed.month:02d}"), signed)) == best


def test_a_month_by_pen_is_held_against_the_signature_too() -> None:
    written = line(("04", 0.0), month="07")
    month = Reading(4, 5, (Candidate("07", -0.5), Candidate("01", -0.9)), BOX, by_hand=True)
    written = written._replace(readings=tuple(month if one.start == 4 else one for one in written.readings))
    found = dated(written, date(2025, 1, 5)).best
    assert [one.candidates[0].text for one in found[2:5]] == ["04", "tháng", "01"]


def test_print_and_other_lines_are_left_alone() -> None:
    printed = line(("08", -0.2), ("06", -2.0))
    printed = printed._replace(readings=tuple(one._replace(by_hand=False) for one in printed.readings))
    assert dated(printed, date(2025, 1, 7)) == printed
    short = ReadLine(2, (Reading(0, 1, (Candidate("12", 0.0),), BOX, True),), BOX)
    assert dated(short, date(2025, 1, 7)) == short


def test_the_first_signature_counts() -> None:
    notes = [
        Annotation("digital_signature", f"Ký bởi: A\nThời gian ký: {when}T10:00:00+07:00", None)
        for when in ("2025-01-09", "2025-01-08")
    ]
    assert first_signing([*notes, Annotation("stamp", "Thời gian ký: 2024-01-01", None)]) == date(2025, 1, 8)
    assert first_signing([]) is None
