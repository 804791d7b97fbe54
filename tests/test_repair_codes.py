"""The grammar of codes mends letters, never digits; what is kept is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.repair.codes import mend_code, mend_quarters, usual_quarters
from pipeline.repair.protect import Guard, guard


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("510/0D-UBND", "510/QĐ-UBND"),
        ("12/QB-UBND", "12/QĐ-UBND"),
        ("323/Qb-UBND", "323/QĐ-UBND"),
        ("76/NO-CP", "76/NQ-CP"),
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("72/QĐÐ-UBND", "72/QĐ-UBND"),
        ("05/BC-UBND", "05/BC-UBND"),
        ("45-NO/TW", "45-NQ/TW"),
        ("80/2015/OH13", "80/2015/QH13"),
        ("2237/UBND-NVKTGS", "2237/UBND-NVKTGS"),
        ("7/HDND-VP", "7/HĐND-VP"),
        ("9/TTr-UBND", "9/TTr-UBND"),
        ("226/2025/QHI5", "226/2025/QH15"),
        ("1.5.ND.3.37", "1.5.NĐ.3.37"),
    ],
)
def test_letters_of_codes_are_mended(read: str, printed: str) -> None:
    assert mend_code(read) == printed


@pytest.mark.parametrize("text", ["30/7/2025", "1.204", "98,3%", "và/hoặc", "2021-2025", "9001:2015", "a/b", "Xã-hội"])
def test_other_tokens_are_no_codes(text: str) -> None:
    assert mend_code(text) is None


@given(st.from_regex(r"\d{1,4}/[A-ZĐ0]{2}-[A-ZĐ]{2,5}", fullmatch=True))
def test_the_number_of_a_code_never_changes(code: str) -> None:
    mended = mend_code(code)
    if mended is not None:
        assert mended.partition("/")[0] == code.partition("/")[0]
        assert mend_code(mended) == mended


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("111,1V/2025", "III,IV/2025"),
        ("I11,1\\VV/2025", "III,IV/2025"),
        ("11,IV/2026", "II,IV/2026"),
        ("I,II/2025", "I,II/2025"),
    ],
)
def test_quarters_read_as_digits(read: str, printed: str) -> None:
    assert mend_quarters(read, True) == printed


@pytest.mark.parametrize("text", ["1,5", "11/2025", "111", "1,1", "11,11", "IV,1/2025"])
def test_numbers_are_no_quarters(text: str) -> None:
    assert mend_quarters(text, False) is None


def test_quarters_must_increase() -> None:
    assert mend_quarters("III,II/2025", True) is None


@pytest.mark.parametrize(
    ("core", "kind"),
    [
        ("s6", Guard.MIXED),
        ("1a", Guard.MIXED),
        ("16i", Guard.MIXED),
        ("d9", Guard.MIXED),
        ("12/5/2025", Guard.KEPT),
        ("45%", Guard.KEPT),
        ("1.204.500", Guard.KEPT),
        ("vp@haiphong.gov.vn", Guard.KEPT),
        ("https://x.vn/a1", Guard.KEPT),
        ("2025-08-01T16:46:46+0700", Guard.KEPT),
        ("phuong", Guard.WORD),
        ("$", Guard.WORD),
        ("15/QD-SNV", Guard.CODE),
    ],
)
def test_what_is_kept(core: str, kind: Guard) -> None:
    assert guard(core) is kind


@given(st.text())
def test_any_text_has_a_guard(text: str) -> None:
    assert isinstance(guard(text), Guard)


def test_table_cells_bear_witness_to_a_lost_stroke() -> None:
    cells = ["III,IV/2025", "111,1V/2025", "I11,IV/2025", "11,IV/2025", "I,II/2025"]
    assert usual_quarters(cells) == {"II,IV/2025": "III,IV/2025"}
    assert usual_quarters(cells[1:]) == {}
