"""Properties of the normalizers: what goes in and comes out whatever the input."""

from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.agencies import sentence_case
from normalizers.codes import find_codes, parse_code
from normalizers.dates import find_dates, parse_date, parse_time
from normalizers.kinds import DECREE_KINDS, type_code
from normalizers.people import clean_name, name_score
from normalizers.places import is_unit, units
from normalizers.text import fold_tone, key, plain, skeleton, tidy

LETTERS = st.text(alphabet="aàảãáạăâđeêioôơuưyAĐƯ *_–/-.0123456789\nÐ", max_size=60).map(
    lambda text: unicodedata.normalize("NFC", text)
)
DAYS = st.dates(dt.date(1945, 9, 2), dt.date(2099, 12, 31))


@given(LETTERS)
def test_matching_views_keep_offsets(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert len(skeleton(text)) == len(text)
    assert skeleton(skeleton(text)) == skeleton(text)


@given(LETTERS)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold_tone(fold_tone(text)) == fold_tone(text)
    assert key(key(text)) == key(text)
    assert tidy(tidy(text)) == tidy(text)


@given(
    DAYS,
    st.sampled_from(
        (
            "ngày {d:02} tháng {m:02} năm {y}",
            "ngày {d} tháng {m} năm {y}",
            "{d}/{m}/{y}",
            "{d:02}-{m:02}-{y}",
            "{d}.{m}.{y}",
            "ngày {d:02}/{m}/{y}",
        )
    ),
)
def test_every_printed_form_of_a_date_is_read(day: dt.date, form: str) -> None:
    assert parse_date("Hà Nội, " + form.format(d=day.day, m=day.month, y=day.year) + " của") == day


@pytest.mark.parametrize(
    "text",
    [
        "ngày 31 tháng 02 năm 2025",
        "30/02/2024",
        "ngày    tháng 9 năm 2025",
        "ngày 05 tháng    năm 2025",
        "32/1/2025",
        "118/120",
        "2021-2025",
        "tháng 9/2025",
    ],
)
def test_no_date_is_made_up(text: str) -> None:
    assert parse_date(text) is None


@given(DAYS, st.times())
def test_signing_times(day: dt.date, time: dt.time) -> None:
    moment = dt.datetime.combine(day, time)
    want = moment.replace(microsecond=0).isoformat() + "+07:00"
    assert parse_time(moment.strftime("%Y-%m-%dT%H:%M:%S+0700")) == want
    assert parse_time(moment.strftime("%d/%m/%Y %H:%M:%S")) == want
    assert parse_time(moment.strftime("%d.%m.%Y %H:%M:%S +07:00")) == want


NUMBERS = st.integers(1, 99999).map(lambda number: f"{number:02}")
TYPES = st.sampled_from([kind.abbreviation for kind in DECREE_KINDS if kind.abbreviation and kind.abbreviation != "CV"])
ORGANS = st.sampled_from(("UBND", "HĐND", "SNV", "BNV", "ĐHQGHN", "BCĐ138", "TTg", "CP"))


@given(
    NUMBERS,
    TYPES,
    ORGANS,
    st.sampled_from(("{n}/{t}-{o}", "{n} /{t}-{o}", "{n}/{t}-\n{o}", "{n}/\n{t}-{o}", "{n}/{t}- {o}")),
)
def test_titled_codes(number: str, kind: str, organ: str, form: str) -> None:
    code = parse_code("Số: " + form.format(n=number, t=kind, o=organ) + " ngày 01/7/2025")
    assert code is not None
    assert (code.text, code.number, code.type) == (f"{number}/{kind}-{organ}", number, kind)


@given(NUMBERS, st.integers(1990, 2030), TYPES, ORGANS)
def test_normative_codes(number: str, year: int, kind: str, organ: str) -> None:
    code = parse_code(f"theo {number}/{year}/{kind}-{organ}, trong đó")
    assert code is not None
    assert (code.text, code.year, code.manner) == (f"{number}/{year}/{kind}-{organ}", year, "normative")


@given(
    NUMBERS,
    st.sampled_from(("NQ", "QĐ", "CT", "KL", "TB")),
    st.sampled_from(("TW", "TU", "ĐU", "BCĐ")),
    st.sampled_from(("{n}-{t}/{o}", "{n} - {t}/{o}", "{n}-\n{t}/{o}", "{n}-{t}/ {o}")),
)
def test_party_codes(number: str, kind: str, organ: str, form: str) -> None:
    code = parse_code("Nghị quyết số " + form.format(n=number, t=kind, o=organ))
    assert code is not None
    assert (code.text, code.manner) == (f"{number}-{kind}/{organ}", "party")


@pytest.mark.parametrize(
    ("printed", "want"),
    [
        ("154/2020/NĐCP", "154/2020/NĐ-CP"),
        ("Quyết định số 216QĐ-UBND", "216/QĐ-UBND"),
        ("1456/QĐÐ- TTg", "1456/QĐ-TTg"),
        ("32/2024/OH15", "32/2024/QH15"),
        ("12/2021/QĐ-T1g", "12/2021/QĐ-TTg"),
        ("15/QyĐ-UBND", "15/QyĐ-UBND"),
        ("1669/NQ-UBTVQH15", "1669/NQ-UBTVQH15"),
        ("71/2014/TTLT-BTC-BNV", "71/2014/TTLT-BTC-BNV"),
        ("Công văn số 05/Cty ngày", "05/Cty"),
    ],
)
def test_codes_as_they_are_met(printed: str, want: str) -> None:
    code = parse_code(printed)
    assert code is not None
    assert code.text == want


@pytest.mark.parametrize(
    "text",
    [
        "đạt 118/120 hồ sơ",
        "24/24 giờ",
        "TCVN ISO 9001:2015",
        "Đề án 06/CP",
        "giai đoạn 2021-2025",
        "30/6/2025",
        "1/3 số hộ",
        "5 km/giờ",
        "tỷ lệ 1/500",
        "0225/3842",
    ],
)
def test_no_code_is_made_up(text: str) -> None:
    assert list(find_codes(text)) == []


@given(LETTERS)
def test_finders_accept_anything(text: str) -> None:
    for found in find_codes(text):
        assert 0 <= found.start < found.end <= len(text)
    for day in find_dates(text):
        assert 0 <= day.start < day.end <= len(text)


@given(TYPES)
def test_types_are_stable(kind: str) -> None:
    assert type_code(kind) == kind
    folded = type_code(kind.replace("Đ", "Ð"))
    assert folded == kind


@pytest.mark.parametrize("name", ["Nguyễn Văn An", "Tôn Nữ Thùy Dung", "Lê Thị Thu Hà", "Rơ Mah Dũng", "TRẦN VĂN BÌNH"])
def test_names(name: str) -> None:
    assert name_score(name) >= 0.6
    assert clean_name(name).istitle()


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ",
        "Như Điều 3",
        "CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
        "Nơi nhận",
        "UBND tỉnh",
        "Ngày 05 tháng 7",
        "a",
        "",
        "Văn phòng Chính phủ và các bộ",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert name_score(text) < 0.5


@pytest.mark.parametrize(
    ("printed", "want"),
    [
        ("HỘI ĐỒNG NHÂN DÂN TỈNH SƠN LA", "Hội đồng nhân dân tỉnh Sơn La"),
        ("ỦY BAN NHÂN DÂN QUẬN 1", "Ủy ban nhân dân Quận 1"),
        ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Sở Nông nghiệp và Môi trường"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("UBND XÃ HÒA VANG", "UBND xã Hòa Vang"),
        ("TỔNG CỤC THUẾ", "Tổng cục Thuế"),
        ("ĐẠI HỌC QUỐC GIA HÀ NỘI", "Đại học Quốc gia Hà Nội"),
        ("PHÓ CHỦ TỊCH THƯỜNG TRỰC", "Phó Chủ tịch Thường trực"),
        ("TM. BAN THƯỜNG VỤ", "TM. Ban Thường vụ"),
        ("CÔNG AN XÃ", "Công an xã"),
        ("Sở Y tế", "Sở Y tế"),
    ],
)
def test_sentence_case(printed: str, want: str) -> None:
    assert sentence_case(printed) == want
    assert sentence_case(want) == want


def test_units() -> None:
    assert sum(unit.province is None for unit in units()) == 34
    assert sum(unit.province is not None for unit in units()) == 3321
    assert is_unit("Hải Phòng")
    assert is_unit("Lê Ích Mộc")


def test_a_speck_at_the_line_end_is_no_part_of_a_code() -> None:
    code = parse_code("Nghị định số 106/2025/NĐ- 1\nCP ngày 15/5/2025")
    assert code is not None
    assert code.text == "106/2025/NĐ-CP"
