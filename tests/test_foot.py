"""Recipients and signature as a recogniser of another language leaves them: woven line by line, marks and ends misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import extract
from normalizers.name_marks import choose_marks
from schemas.page import Line, Page, Word
from schemas.record import Record
from schemas.text import DocumentText

HEAD = """ỦY BAN NHÂN DÂN | UY BAN NHAN DAN
XÃ AN | XA AN
Số: 12/KH-UBND | So: 12/KH-UBND
KẾ HOẠCH | KE HOACH
Tổ chức Tết trồng cây | To chuc Tet trong cay
Các thôn thực hiện./. | Cac thon thuc hien./."""


def dump(foot: str, head: str = HEAD) -> Record:
    """The record of a dump whose lines are `text after repair | text as read`; a line without a bar was read as it is.

    Where more was read than repair left, it was left out behind the second word.
    """
    lines, raw = [], []
    for line in [*head.split("\n"), *foot.strip("\n").split("\n")]:
        text, _, read = (part.strip() for part in line.partition("|"))
        read = read or text
        words, tokens = text.split(), read.split()
        if len(tokens) > len(words):
            tokens = tokens[:2] + tokens[2 - len(words) :]
        lines.append(Line(tuple(Word(word, token) for word, token in zip(words, tokens, strict=True))))
        raw.append(read)
    return extract(DocumentText((Page(1, 0, 0, "repaired", 0.0, 0.0, "\n".join(raw), tuple(lines)),)))


def signed(foot: str) -> tuple[str | None, str | None, str | None]:
    document = dump(foot).document
    return document.signed_for, document.signer_title, document.signer_name


LIST = "Nơi nhận: {} | Noi nhan: {}\n- Như trên; {} | - Nhu tren; {}\n- Lưu: VT. | - Luu: VT.\nĐỗ Thị Mai | Do Thi Mai"


@pytest.mark.parametrize(
    ("first", "second", "signed_for", "title"),
    [
        ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "TM. Ủy ban nhân dân", "Chủ tịch"),
        ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "KT. Chủ tịch", "Phó Chủ tịch"),
        ("kT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "KT. Chủ tịch", "Phó Chủ tịch"),
        ("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH", "TM. Ủy ban nhân dân; KT. Chủ tịch", "Phó Chủ tịch"),
        ("TL. CHỦ TỊCH", ": - CHÁNH VĂN PHÒNG |", "TL. Chủ tịch", "Chánh Văn phòng"),
        ("TM. ủy BAN NHÂN DÂN", "cơ CHỦ TỊCH", None, None),  # `KT.` may stand behind `cơ`
        ("TM. ỦY BAN NHÂN DÂN", "). CHỦ TỊCH", None, None),
        ("TM. ỦY BAN NHÂN DÂN", "", None, None),  # what followed is lost: KT. may have been there
        ("TL. CHỦ TỊCH", "", None, None),
        ("KT. CHỦ TỊCH", "", "KT. Chủ tịch", "Phó Chủ tịch"),  # nobody else signs for the head
        ("KT. TRƯỞNG PHÒNG KINH TẾ", "", None, None),
    ],
)
def test_the_block_is_read_from_the_right_of_woven_lines(
    first: str, second: str, signed_for: str | None, title: str | None
) -> None:
    found = signed(LIST.format(first, first.lower(), second.replace("|", ""), second.lower().replace("|", "")))
    assert found == (signed_for, title, "Đỗ Thị Mai")


def test_a_mark_that_repair_left_out_still_counts() -> None:
    foot = "Nơi nhận: HIỆU TRƯỞNG | Noi nhan: .. T. HEU TRUONG\n- Lưu: VT. | - Luu: VT.\nĐỗ Thị Mai | Do Thi Mai"
    assert signed(foot) == (None, None, "Đỗ Thị Mai")


def test_a_post_goes_on_in_the_next_line() -> None:
    foot = """Nơi nhận: TUQ. CHỦ TỊCH | Noi nhan: TUQ. CHU TICH
- Như trên; TRƯỞNG PHÒNG KINH TẾ, | - Nhu tren; TRUONG PHONG KINH TE,
- CT, các PCT; HẠ TẦNG VÀ ĐÔ THỊ | - CT, cac PCT; HA TANG VA DO THI
- Lưu: VT, KT. | - Luu: VT, KT.
Đỗ Thị Mai | Do Thi Mai"""
    assert signed(foot) == ("TUQ. Chủ tịch", "Trưởng phòng Kinh tế, Hạ tầng và Đô thị", "Đỗ Thị Mai")
    assert dump(foot).recipients == ["Như trên", "CT, các PCT", "Lưu: VT, KT"]
    assert signed(foot.replace("HẠ TẦNG VÀ ĐÔ THỊ", "").replace("HA TANG VA DO THI", ""))[1] is None


def test_a_printed_block_without_a_post_is_given_as_printed() -> None:
    assert signed("Nơi nhận:\n- Như trên;\n- Lưu: VT.\nTM. BAN TỔ CHỨC\nĐỗ Thị Mai")[0] == "TM. Ban Tổ chức"


def test_the_other_office_of_a_committees_head_is_not_the_post() -> None:
    head = HEAD.replace("ỦY BAN NHÂN DÂN | UY BAN NHAN DAN\nXÃ AN | XA AN", "BAN CHỈ ĐẠO 138 | BAN CHI DAO 138")
    foot = "Nơi nhận: CHỦ TỊCH UBND XÃ | Noi nhan: CHU TICH UBND XA\n- Lưu: VT. | - Luu: VT.\nĐỗ Thị Mai | Do Thi Mai"
    assert dump(foot, head).document.signer_title is None
    assert dump(foot).document.signer_title == "Chủ tịch UBND xã"


def test_the_foot_is_found_without_its_label() -> None:
    foot = """Noanhdi; KT. CHỦ TỊCH | Noanhdi; KT. CHU TICH
- Như trên; PHÓ CHỦ TỊCH | - Nhu tren; PHO CHU TICH
- Lưu: VT, TH. | - Luu: VT, TH.
Đỗ Thị Mai | Do Thi Mai"""
    assert signed(foot) == ("KT. Chủ tịch", "Phó Chủ tịch", "Đỗ Thị Mai")


def test_two_who_signed_side_by_side_are_not_mixed_up() -> None:
    head = HEAD.replace("KẾ HOẠCH | KE HOACH", "BIÊN BẢN | BIEN BAN").replace("KH-UBND", "BB-UBND")
    foot = "ĐẠI DIỆN ĐƠN VỊ ĐẠI DIỆN TỔ KIỂM TRA | DAI DIEN DON VI DAI DIEN TO KIEM TRA\nGIÁM ĐỐC | GIAM DOC\nĐỗ Thị Mai | Do Thi Mai\n- Lê Văn An | - Le Van An"
    document = dump(foot, head).document
    assert (document.signer_title, document.signer_name) == (None, None)


NAMES = "Nơi nhận:\n- Như trên; | - Nhu tren;\n- Lưu: VT. | - Luu: VT.\n"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Đỗ Thị Mai | Do Thi Mai", "Đỗ Thị Mai"),
        ("Lê Sa kinh | Le Sa Rinh", "Lê Sa Rinh"),  # no word of the language, yet a name
        ("BS. Lê Văn An | BS. Le Van An", "Lê Văn An"),
        ("Y Hà Kbu6r | Y Ha Kbu6r", "Y Hà Kbuôr"),
        ("Lê Thị Xq | Le Thi Xq", None),
    ],
)
def test_names_keep_their_letters(line: str, name: str | None) -> None:
    assert signed(NAMES + line)[2] == name


def test_a_name_of_two_likely_readings_is_not_given() -> None:
    assert choose_marks([("Lê", {}), ("Thị", {"Thi": -2.0}), ("Hiển", {"Hiền": -0.7})]) == ("Lê Thị Hiền", True)
    women, men = (choose_marks([("Lê", {}), (middle, {}), ("Trang", {"Tráng": -1.9})]) for middle in ("Thị", "Công"))
    assert women == ("Lê Thị Trang", True)
    assert not men[1]  # Tráng is as likely
    for name in (
        [("Doãn", {"Đoàn": -0.5}), ("Văn", {}), ("An", {})],
        [("Lê", {}), ("Thành", {"Thanh": -0.8}), ("Mai", {})],
    ):
        assert not choose_marks(name)[1]


def test_items_end_where_the_print_ends() -> None:
    record = dump("""Nơi nhận: là cơ KT. GIÁM ĐỐC | Noi nhan: a oo KT. GIAM DOC
= Bộ Tư pháp (để b/c); PHÓ GIÁM ĐỐC | = Bo Tu phap (dé b/c); PHO GIAM DOC
- UBND xã (dé'b/c); : : | - UBND xa (dé'b/c); : :
"CT, các PCT UBND xã; học | "CT, cac PCT UBND xa; hoc
- VP: LĐ và các CƠ; Ô | - VP: LD va cac CV; ©
- Ban Kinh tế - Ngân sách, Hội đồng | - Ban Kinh te - Ngan sach, Hoi dong
nhân dân xã; > peas | nhan dan xa; > peas
Nhutrén; _
>Lưu: VT, NAM. : : ' | >Luu: VT, NN. : : '
Đỗ Thị Mai | Do Thi Mai
DANH SÁCH | DANH SACH
Các hộ được hỗ trợ | Cac ho duoc ho tro""")
    assert record.recipients == [
        "Bộ Tư pháp (để b/c)",
        "UBND xã (để b/c)",
        "CT, các PCT UBND xã",
        "VP: LĐ và các CV",
        "Ban Kinh tế - Ngân sách, Hội đồng nhân dân xã",
        "Như trên",
        "Lưu: VT, NN",
    ]
    assert record.document.drafting_unit == "NN"


def test_marks_may_be_read_as_signs_or_letters() -> None:
    record = dump("""Nơi nhận: | Noi nhan:
- Như Điều 3; 10 | - Nhu Dieu 3; 10
kế VP. UBND tỉnh; : ~ | Re VP. UBND tinh; : ~
"Đảng ủy UBND xã, các chi bộ | "Dang uy UBND xa, cac chi bo
trực thuộc; | truc thuoc;
- Lưu: VT, NC. | - Luu: VT, NC.""")
    assert record.recipients == [
        "Như Điều 3",
        "VP. UBND tỉnh",
        "Đảng ủy UBND xã, các chi bộ trực thuộc",
        "Lưu: VT, NC",
    ]


def test_what_cannot_be_read_is_no_recipient() -> None:
    foot = "Nơi nhận: oo | Noi nhan: oo\n- Như trên; | - Nhu tren;\n- ass Lees các | - ass Lees cdc\n- Lưu: VT. | - Luu: VT."
    assert dump(foot).recipients == ["Như trên", "Lưu: VT"]


ITEMS = ("Như trên", "Sở Nội vụ", "UBND các xã, phường", "CT, các PCT UBND tỉnh", "Các phòng, ban, đơn vị")
OPENERS = ("- ", "-", "~ ", "+ ", ".- ", "' - ", "* ", "> ")
SPECKS = ("", "", " :", " . ", " Ô", " học", " : - ~", " _ }")


@given(
    st.lists(
        st.tuples(st.sampled_from(ITEMS), st.sampled_from(OPENERS), st.sampled_from(SPECKS)), min_size=2, max_size=6
    )
)
def test_marks_and_specks_do_not_matter(rows: list[tuple[str, str, str]]) -> None:
    foot = "\n".join(f"{opener}{item};{speck}" for item, opener, speck in rows)
    record = dump(f"Nơi nhận: | Noi nhan:\n{foot}\n- Lưu: VT. | - Luu: VT.\nĐỗ Thị Mai | Do Thi Mai")
    assert record.recipients == [*(item for item, _, _ in rows), "Lưu: VT"]
