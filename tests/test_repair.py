"""What repair promises: the same lines, digits kept, clean text untouched, any text accepted."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalizers.vietnamese import bare
from pipeline.repair import measure_noise, repair_lines, repair_text
from schemas.page import Box, Word

PRINT = """ỦY BAN NHÂN DÂN
XÃ AN HƯNG

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Theo đề nghị của Trưởng phòng Kinh tế, Ủy ban nhân dân xã quyết định giao
các cơ quan, đơn vị có liên quan chịu trách nhiệm tổ chức thực hiện nhiệm vụ.

a) Tăng cường công tác kiểm tra, giám sát việc giải quyết thủ tục hành chính;
b) Nâng cao hiệu quả quản lý nhà nước trong lĩnh vực đất đai;
c) Báo cáo kết quả trước ngày 15/12/2025 về UBND xã qua địa chỉ vp.anhung@example.gov.vn."""

READ = """UY BAN NHAN DAN
XA AN HUNG

Can cir Luat T6 chtrc chinh quyén dia phwong ngay 16 thang 6 nam 2025;
Theo dé nghi ciia Trudng phong Kinh té, Uy ban nhan dan xa quyét dinh giao
cac co quan, don vi c6 lién quan chiu trach nhiém t6 chic thyc hién nhiém vu.

a) Tang cudng céng tac kiém tra, gidm sat viéc giai quyét thi tuc hanh chinh;
b) Nang cao hiéu qua quan ly nha nuéc trong linh vuc dat dai;
¢) Bdo cdo két qua truéc ngay 15/12/2025 vé UBND xa qua dia chi vp.anhung@example.gov.vn."""


def words_of(text: str) -> list[list[str]]:
    return [line.split() for line in text.split("\n")]


def share_right(text: str, gold: str) -> float:
    pairs = [
        (got.casefold(), want.casefold())
        for line, wanted in zip(words_of(text), words_of(gold), strict=True)
        for got, want in zip(line, wanted, strict=True)
    ]
    return sum(got == want for got, want in pairs) / len(pairs)


def test_wrong_language_reading_is_repaired() -> None:
    repaired = repair_text(READ)
    assert share_right(READ, PRINT) < 0.4
    assert share_right(repaired, PRINT) > 0.95
    assert repaired.split("\n")[0] == "ỦY BAN NHÂN DÂN"


def test_stripped_text_gets_its_marks() -> None:
    assert share_right(repair_text(bare(PRINT)), PRINT) > 0.95


@pytest.mark.parametrize(
    "text", [PRINT, PRINT.replace("hòa", "hoà"), "Xã hoá, thuỷ lợi và văn hóa, thủy sản được giữ nguyên."]
)
def test_clean_text_passes_through(text: str) -> None:
    assert repair_text(text) == text


def test_decomposed_text_comes_out_composed() -> None:
    assert repair_text(unicodedata.normalize("NFD", PRINT)) == PRINT


def test_clean_lines_of_a_noisy_text_are_kept() -> None:
    signature = "\tNguyễn Văn A <nguyenvana@example.gov.vn> đã ký lên văn bản này!"
    assert repair_text(f"{READ}\n\n\n{signature}\n").split("\n")[-2] == signature


def test_white_space_and_form_feeds_stay() -> None:
    text = "  " + READ.replace("\n\n", "\n\f\n", 1) + "\n\n\t"
    gaps = re.compile(r"\S+")
    assert gaps.split(repair_text(text)) == gaps.split(text)


def test_repair_is_idempotent() -> None:
    once = repair_text(READ)
    assert repair_text(once) == once


def test_item_marks_follow_the_alphabet() -> None:
    assert repair_text(READ).split("\n")[-1].startswith("c) ")


def test_words_keep_raw_and_boxes() -> None:
    lines = [
        [
            Word(token, token, Box(10.0 * place, 20.0 * row, 10.0 * place + 9, 20.0 * row + 12))
            for place, token in enumerate(line)
        ]
        for row, line in enumerate(words_of(READ))
    ]
    repaired = repair_lines(lines)
    assert len(repaired) == len(lines)
    assert [" ".join(word.raw for word in line) for line in repaired] == [" ".join(line) for line in words_of(READ)]
    for line in repaired:
        for word in line:
            assert word.box is not None
            assert 0.0 < word.confidence <= 1.0
            assert " " not in word.text


def test_codes_and_dates_survive() -> None:
    noisy = READ + "\nQuyét dinh s6 510/0D-UBND ngay 01/7/2025 ciia Uy ban nhan dan xa, ty 1é 98,5%."
    last = repair_text(noisy).split("\n")[-1]
    for token in ("510/QĐ-UBND", "01/7/2025", "98,5%."):
        assert token in last.split()


_NOISY = st.lists(
    st.sampled_from(
        READ.split() + ["s6", "16i", "1a", "B$", "¢6", "|", ".", "12/5/2025", "45%", "(2025)", "x'", "\ufb01"]
    ),
    min_size=1,
    max_size=40,
).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_NOISY, min_size=1, max_size=5).map("\n".join))
def test_lines_are_kept_and_numbers_do_not_change(text: str) -> None:
    repaired = repair_lines([[Word(token, token) for token in line] for line in words_of(text)], "eng")
    assert len(repaired) == text.count("\n") + 1
    numbers = re.compile(r"\d{3,}|\d+[/.,%]\d*")
    assert numbers.findall(text) == numbers.findall(
        "\n".join(" ".join(word.text for word in line) for line in repaired)
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=80), st.sampled_from(["eng", "vie", "trace", "stripped", "clean", None]))
def test_any_text_is_accepted(text: str, noise: str | None) -> None:
    repaired = repair_text(text, noise)  # type: ignore[arg-type]
    assert repaired.count("\n") == text.count("\n")
    assert unicodedata.is_normalized("NFC", repaired) or not unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("text", ["a" * 20000 + " Ké hoach", "-".join(["abc"] * 5000), ".," * 20000, "x@" * 9000])
def test_endless_tokens_are_kept(text: str) -> None:
    assert repair_text(text, "eng").split()[0] == text.split(maxsplit=1)[0]


ALMOST_CLEAN = """Ủy ban nhân dân phường yêu cầu các phòng, ban, đơn vị tổ chức thực hiện nghiêm túc Kế hoạch này; định kỳ hằng quý báo cáo
kết quả về Văn phòng HĐND và UBND phường để tổng hợp, báo cáo Chủ tịch Ủy ban nhân dân phường. Phòng Văn hóa - Xã hội chủ trì,
phối hợp với Trung tâm Phục vụ hành chính công phường hướng dẫn, kiểm tra, đôn đốc việc thực hìện; kịp thời tham mưu khen thưởng
tập thể, cá nhân có thành tích tốt. Bà Rinh Thị Năm ở nhà A1, số 17 phụ trách việc thu hồ sơ. Trong quá trình triển khai, nếu có
khó khăn, vướng mắc, các đơn vị phản ánh về Phòng Văn hóa - Xã hội để được hướng dẫn, giải quyết theo quy định. Thuỷ lợi, hoà giải."""


def test_of_a_text_with_traces_of_noise_only_what_is_plainly_misread_is_changed() -> None:
    assert measure_noise([[Word(token, token) for token in line] for line in words_of(ALMOST_CLEAN)]) == "trace"
    assert repair_text(ALMOST_CLEAN) == ALMOST_CLEAN.replace("hìện", "hiện")
