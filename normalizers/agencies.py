"""Names of bodies and posts in sentence case (NĐ 30/2020 Annex II), from letterheads that print them in capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from normalizers.places import UNIT_WORDS, province_names, restore
from normalizers.text import bare_letters, capitals, key, skeleton, squeeze

# Standard names and the way they are capitalised. Longest match wins; whatever is left takes the rules below.
_PHRASES = """
Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Ủy ban Mặt trận Tổ quốc Việt Nam|Uỷ ban Mặt trận Tổ quốc Việt Nam|Mặt trận Tổ quốc Việt Nam|Ủy ban Dân tộc
Ủy ban Thường vụ Quốc hội|Ủy ban Kiểm tra|Ủy ban Chứng khoán Nhà nước|Quốc hội|Chính phủ|Thủ tướng Chính phủ|Văn phòng Chính phủ|Văn phòng Quốc hội|Văn phòng Chủ tịch nước|Chủ tịch nước
Thanh tra Chính phủ|Ngân hàng Nhà nước Việt Nam|Ngân hàng Nhà nước|Kho bạc Nhà nước|Kiểm toán Nhà nước|Bảo hiểm xã hội Việt Nam|Bảo hiểm xã hội|Tòa án nhân dân tối cao|Tòa án nhân dân
Viện kiểm sát nhân dân tối cao|Viện kiểm sát nhân dân|Đảng ủy|Tỉnh ủy|Thành ủy|Huyện ủy|Quận ủy|Đảng bộ|Chi bộ|Ban Chấp hành Trung ương|Ban Chấp hành|Ban Thường vụ|Ban Bí thư|Bộ Chính trị
Ban Tổ chức|Ban Tuyên giáo và Dân vận|Ban Tuyên giáo|Ban Dân vận|Ban Nội chính|Ban Kinh tế|Ban Quản lý dự án|Ban Quản lý|Ban Chỉ đạo|Ban Chỉ huy|Ban Dân tộc|Ban Thường trực|Ban Pháp chế|Ban Văn hóa - Xã hội
Bộ Nội vụ|Bộ Tài chính|Bộ Tư pháp|Bộ Công an|Bộ Quốc phòng|Bộ Ngoại giao|Bộ Công Thương|Bộ Xây dựng|Bộ Y tế|Bộ Giáo dục và Đào tạo|Bộ Khoa học và Công nghệ|Bộ Nông nghiệp và Môi trường
Bộ Văn hóa, Thể thao và Du lịch|Bộ Dân tộc và Tôn giáo|Bộ Giao thông vận tải|Bộ Kế hoạch và Đầu tư|Bộ Tài nguyên và Môi trường|Bộ Thông tin và Truyền thông|Bộ Nông nghiệp và Phát triển nông thôn
Bộ Lao động - Thương binh và Xã hội|Bộ Tư lệnh|Bộ Chỉ huy Quân sự|Sở Nội vụ|Sở Tài chính|Sở Tư pháp|Sở Công Thương|Sở Xây dựng|Sở Y tế|Sở Giáo dục và Đào tạo|Sở Khoa học và Công nghệ
Sở Nông nghiệp và Môi trường|Sở Văn hóa, Thể thao và Du lịch|Sở Văn hóa và Thể thao|Sở Du lịch|Sở Dân tộc và Tôn giáo|Sở Ngoại vụ|Sở Giao thông vận tải|Sở Kế hoạch và Đầu tư
Sở Tài nguyên và Môi trường|Sở Thông tin và Truyền thông|Sở Nông nghiệp và Phát triển nông thôn|Sở Lao động - Thương binh và Xã hội|Sở Quy hoạch - Kiến trúc|Phòng Văn hóa - Xã hội
Phòng Kinh tế, Hạ tầng và Đô thị|Phòng Kinh tế - Hạ tầng và Đô thị|Phòng Kinh tế|Phòng Nội vụ|Phòng Tài chính - Kế hoạch|Phòng Tư pháp|Phòng Giáo dục và Đào tạo|Trung tâm Phục vụ hành chính công
Văn phòng Hội đồng nhân dân và Ủy ban nhân dân|Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân|Văn phòng|Đoàn đại biểu Quốc hội|Thường trực|Tổng cục|Cục|Chi cục|Vụ|Viện Hàn lâm|Viện
Đại học Quốc gia|Trường Đại học|Trường Cao đẳng|Trường Trung học phổ thông|Trường Trung học cơ sở|Trường Tiểu học|Trường Mầm non|Đại học|Học viện|Bệnh viện Đa khoa|Bệnh viện|Công an|Hội Cựu chiến binh
Hội Liên hiệp Phụ nữ|Hội Nông dân|Đoàn Thanh niên Cộng sản Hồ Chí Minh|Tỉnh đoàn|Thành đoàn|Xã đoàn|Hải quan|Tổng Bí thư|Liên đoàn Lao động|Tổng Liên đoàn Lao động Việt Nam|Công ty|Tổng công ty|Tập đoàn|Đảng Cộng sản Việt Nam|Trung ương Đảng
Chủ tịch|Phó Chủ tịch|Phó Chủ tịch Thường trực|Giám đốc|Phó Giám đốc|Tổng Giám đốc|Phó Tổng Giám đốc|Bộ trưởng|Thứ trưởng|Chánh Văn phòng|Phó Chánh Văn phòng|Trưởng ban|Phó Trưởng ban
Trưởng phòng|Phó Trưởng phòng|Hiệu trưởng|Phó Hiệu trưởng|Viện trưởng|Phó Viện trưởng|Cục trưởng|Phó Cục trưởng|Chi cục trưởng|Phó Chi cục trưởng|Vụ trưởng|Phó Vụ trưởng|Tổng cục trưởng
Phó Tổng cục trưởng|Bí thư|Phó Bí thư|Phó Bí thư Thường trực|Phó Trưởng ban Thường trực|Phó Giám đốc Thường trực|Thủ tướng|Phó Thủ tướng|Chánh Thanh tra|Phó Chánh Thanh tra|Chủ nhiệm
Phó Chủ nhiệm|Tổng Kiểm toán Nhà nước|Thống đốc|Phó Thống đốc|Chánh án|Phó Chánh án|Tổ trưởng|Tổ phó|Thư ký|Kế toán trưởng|Chủ tọa|Chủ trì|Trưởng đoàn|Hội đồng quản trị|Hội đồng trường
Hội đồng thành viên|Hội đồng|Ủy ban|Nhà nước|Nhân dân|Việt Nam|Hồ Chí Minh|Thủ đô Hà Nội|Trung ương|Tổ quốc|Giám đốc học viện|Ủy viên|Ủy viên Thường trực|Trưởng Công an|Tổng Thư ký|Tổng Biên tập
Kinh tế|Tài chính|Ngoại thương|Sư phạm|Bách khoa|Công nghệ thông tin|Khoa học tự nhiên|Khoa học xã hội và Nhân văn|Y Dược|Luật|Nông nghiệp|Thủy lợi|Giao thông vận tải|Xây dựng
Phó Trưởng đoàn|Chỉ huy trưởng|Phó Chỉ huy trưởng|Tham mưu trưởng|Phó Trưởng Công an|Trưởng Thuế|Phó Trưởng Thuế|Thuế|Thẩm phán|Kiểm sát viên|Chấp hành viên|Hạt trưởng|Phó Hạt trưởng|Đội trưởng|Phó Đội trưởng
Trạm trưởng|Phó Trạm trưởng|Sư đoàn trưởng|Lữ đoàn trưởng|Trung đoàn trưởng|Tiểu đoàn trưởng|Kiểm toán trưởng|Phó Kiểm toán trưởng|Tổng Thanh tra|Phó Tổng Thanh tra|Chính ủy|Tư lệnh|Phó Tư lệnh
Trưởng khoa|Phó Trưởng khoa|Giám thị|Thi hành án dân sự|Đại diện|Công đoàn|Chi cục Kiểm lâm|Xã hội|Nhân văn|Tự nhiên|Truyền hình|Tiếng nói Việt Nam|Công chứng viên|Trung tâm|Thư viện|Bảo tàng|Nhà hát|Trật tự xã hội|Phó Tổ trưởng|Thường trực Hội đồng nhân dân
""".replace("\n", "|").split("|")
STANDARD_NAMES: tuple[str, ...] = tuple(filter(None, _PHRASES))
_BY_SKELETON = {skeleton(phrase): phrase for phrase in STANDARD_NAMES}
_STANDARD = frozenset(_BY_SKELETON.values())
_LONGEST = max(len(phrase.split()) for phrase in _BY_SKELETON)
ABBREVIATIONS = frozenset(
    "UBND HĐND UBMTTQ MTTQ BCH BCĐ BQL TNHH MTV CP HĐQT KCN KKT QLDA ĐTXD VT TTPVHCC PCTT TKCN VNPT ĐHQG ĐHQGHN XHCN TNCS THPT THCS GDTX GDNN DTNT ĐBQH KHCN BHXH CBCCVC".split()
)
"""Abbreviations in names of bodies."""
_SMALL = frozenset("và của về các tại cho với trong thuộc theo ở".split())
_NUMBERED = frozenset("vung vuc so khoa thu khu doan".split())
"""Words behind which a Roman number stands: CHI CỤC KIỂM LÂM VÙNG II."""
_UNIT_SKELETONS = {skeleton(word): word for word in (*UNIT_WORDS, "khu vực", "quân khu")}


def _phrase_at(words: list[str], at: int) -> tuple[str, int] | None:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        printed = " ".join(words[at : at + length])
        phrase = _BY_SKELETON.get(skeleton(printed.rstrip(",;.")))
        if phrase is not None and length == 1 and not printed.isascii() and key(printed.rstrip(",;.")) != key(phrase):
            continue  # VIỄN is no VIỆN; only where several words agree are other marks a slip
        if phrase is not None:
            return _recased(printed.rstrip(",;."), phrase) + printed[len(printed.rstrip(",;.")) :], length
    return None


_POSTS = tuple(
    phrase
    for phrase in _PHRASES
    if re.match(
        r"(?:Phó |Tổng )*(?:Chủ tịch|Giám đốc|Bộ trưởng|Thứ trưởng|Chánh|Trưởng|Hiệu trưởng|Viện trưởng|Cục trưởng|Chi cục trưởng|Vụ trưởng|Bí thư|Thủ tướng|Chủ nhiệm|Thống đốc|Chỉ huy trưởng|Thẩm phán|Kiểm sát viên|Hạt trưởng|Đội trưởng|Tổ trưởng|Chủ tọa|Thư ký|Chấp hành viên|Trạm trưởng|Sư đoàn trưởng|Lữ đoàn trưởng|Trung đoàn trưởng|Tiểu đoàn trưởng|Kiểm toán trưởng|Thanh tra$|Chính ủy|Tư lệnh)",
        phrase,
    )
)
_POST_KEYS = {skeleton(phrase).replace(" ", ""): phrase for phrase in _POSTS}
_SUPERIOR = {"Thứ trưởng": "Bộ trưởng"}
DEPUTIES: tuple[tuple[str, str], ...] = tuple(
    (post, head)
    for post in _POSTS
    if (head := _SUPERIOR.get(post) or post.removeprefix("Phó ")) != post and not post.endswith("Thường trực")
)
"""Each deputy's post with the post it stands in for."""


@lru_cache(maxsize=2048)
def standard_post(printed: str) -> str | None:
    """The post that a line in capitals names, slips of recognition forgiven; None where none is near.

    >>> standard_post("PHÓ CHỦ TIC"), standard_post("CHAN H VAN PHONG"), standard_post("CHỦ TỊCH UBND TỈNH")
    ('Phó Chủ tịch', 'Chánh Văn phòng', None)
    """
    folded = "".join(skeleton(printed).split()).strip(".,:;'\"")
    if folded in _POST_KEYS:
        return _POST_KEYS[folded]
    if len(folded) < 6:
        return None
    near = process.extractOne(folded, _POST_KEYS.keys(), scorer=fuzz.ratio, score_cutoff=88)
    if near is None or folded.startswith(near[0]):  # TRƯỞNG CÔNG AN XÃ says more than the post it begins with
        return None
    return _POST_KEYS[near[0]]


# Bodies that sign as one, in front of which nothing but TM. stands.
SIGNING_BODIES: tuple[str, ...] = tuple(
    (
        "ỦY BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BAN THƯỜNG VỤ|BAN CHẤP HÀNH|BAN THƯỜNG TRỰC|CHÍNH PHỦ|ỦY BAN THƯỜNG VỤ QUỐC HỘI"
        "|ỦY BAN KIỂM TRA|HỘI ĐỒNG TRƯỜNG|HỘI ĐỒNG THÀNH VIÊN|HỘI ĐỒNG QUẢN TRỊ|ĐẢNG ỦY|CHI BỘ|ĐOÀN ĐẠI BIỂU QUỐC HỘI"
    ).split("|")
)
_AUTHORITY_KEYS = (*_POST_KEYS, *(skeleton(body).replace(" ", "") for body in SIGNING_BODIES))
_NEAR = 88  # per cent of letters in common
_SHORTEST = 6  # letters


def near_authority(printed: str) -> float:
    """How much of a stretch in capitals is a post or a body that signs, in per cent; 0 where that is too little.

    Slips of recognition are forgiven; what begins with a post or body and says more is one.

    >>> near_authority("CHỦ TỊCH UBND TỈNH"), near_authority("ỦY BAN NHÂN YDAN-") > 90, near_authority("VT, VHXH")
    (100.0, True, 0.0)
    """
    letters = bare_letters(printed)
    if len(letters) < _SHORTEST:
        return 0.0
    if letters.startswith(tuple(known for known in _AUTHORITY_KEYS if len(known) >= _SHORTEST)):
        return 100.0
    near = process.extractOne(letters, _AUTHORITY_KEYS, scorer=fuzz.ratio, score_cutoff=_NEAR)
    return near[1] if near else 0.0


def _recased(printed: str, phrase: str) -> str:
    """The printed letters (their tone placement is kept) with the phrase's capitals; the phrase where marks were lost."""
    if key(printed) != key(phrase):
        return phrase
    return "".join(
        char.upper() if model.isupper() else char.lower() for char, model in zip(printed, phrase, strict=True)
    )


def mend_phrases(name: str) -> str:
    """A body's name in mixed case with the standard names in it as they are written, where recognition lost marks.

    >>> mend_phrases("Ủy ban nhân dãn phường Chí Linh"), mend_phrases("Sở Nội vu")
    ('Ủy ban nhân dân phường Chí Linh', 'Sở Nội vụ')
    """
    words = name.split()
    out: list[str] = []
    at = 0
    while at < len(words):
        found = _phrase_at(words, at)
        if found and found[1] > 1:
            pairs = zip(words[at : at + found[1]], found[0].split(), strict=True)
            out.extend(word if key(word) == key(model) else model for word, model in pairs)
        else:
            out.append(words[at])
            found = None
        at += found[1] if found else 1
    return " ".join(out)


def _unit_at(words: list[str], at: int) -> tuple[str, int] | None:
    for length in (2, 1):
        printed = " ".join(words[at : at + length])
        noun = _UNIT_SKELETONS.get(skeleton(printed))
        if noun is None or at + length >= len(words):
            continue
        if length == 1 and skeleton(words[at + 1]) == "hoi" and skeleton(printed) == "xa":
            continue  # xã hội
        if noun == "tỉnh" and _province_at(words, at + 1):
            return noun, length  # whatever its mark was read as
        if length > 1 or key(printed) == key(noun) or skeleton(" ".join(words)) == " ".join(words).lower():
            return noun, length  # HẢI QUAN is no quận; a line that lost all its marks may be
    return None


def _province_at(words: list[str], at: int) -> tuple[str, int] | None:
    """The name of a province inside a body's name: ĐẠI HỌC QUỐC GIA HÀ NỘI."""
    for length in (3, 2):
        printed = " ".join(words[at : at + length])
        name = province_names().get(skeleton(printed)) if len(words[at : at + length]) == length else None
        if name is not None:
            return _recased(printed, name), length
    return None


def _proper(word: str) -> str:
    if re.fullmatch(r"[IVX]{1,5}", word) or word in ABBREVIATIONS or any(char.isdigit() for char in word):
        return word
    return "-".join(part.capitalize() for part in word.split("-"))


@lru_cache(maxsize=2048)
def sentence_case(printed: str) -> str:
    """A body or post that is printed in capitals, in sentence case; mixed case stays as printed.

    >>> sentence_case("ỦY BAN NHÂN DÂN PHƯỜNG LÊ ÍCH MỘC")
    'Ủy ban nhân dân phường Lê Ích Mộc'
    >>> sentence_case("UBND THÀNH PHỐ HẢI PHÒNG"), sentence_case("BAN CHỈ ĐẠO 138"), sentence_case("KT. CHỦ TỊCH")
    ('UBND thành phố Hải Phòng', 'Ban Chỉ đạo 138', 'KT. Chủ tịch')
    >>> sentence_case("TRƯỜNG ĐẠI HỌC KINH TẾ QUỐC DÂN"), sentence_case("PHÓ CHÁNH VĂN PHÒNG")
    ('Trường Đại học Kinh tế Quốc dân', 'Phó Chánh Văn phòng')
    """
    printed = squeeze(printed)
    if capitals(printed) < 0.75:
        return printed
    words = printed.split()
    out: list[str] = []
    at = 0
    proper = False  # inside a proper name: every syllable takes a capital
    while at < len(words):
        word = words[at]
        bare = word.strip(".,;()")
        unit = _unit_at(words, at) if out else None
        phrase = None if proper and at and out and out[-1].lower() in UNIT_WORDS else _phrase_at(words, at)
        if out and skeleton(" ".join(words[at:])) in _UNIT_SKELETONS:
            out.append(" ".join(words[at:]).lower())  # a unit without name: CÔNG AN XÃ
            break
        if unit is not None:
            noun, length = unit
            name = words[at + length :]
            out.append(noun.capitalize() if name and name[0].isdigit() else noun)
            at += length
            proper = True
        elif re.fullmatch(r"(?:TM|KT|TL|TUQ|Q)\.?|[TK]/[TML]", word):
            out.append(word if word.endswith(".") or "/" in word else word + ".")
            at += 1
        elif phrase is not None and not (proper and phrase[1] == 1):
            out.append(phrase[0])
            at += phrase[1]
            proper = False
        elif bare in ABBREVIATIONS:
            out.append(word)
            at += 1
            proper = bare in ("THPT", "THCS")  # the name of a school follows
        elif out and re.fullmatch(r"[IVX]{1,6}", bare) and skeleton(out[-1]) in _NUMBERED:
            out.append(word)
            at += 1
        elif out and (province := _province_at(words, at)):
            out.append(province[0])
            at += province[1]
        elif word.lower() in _SMALL:
            out.append(word.lower())
            at += 1
            proper = False
        elif proper:
            out.append(_proper(word))
            at += 1
        else:
            # First syllable of each part of the name takes a capital, the others do not: `Quốc dân`, `Phát triển nông thôn`.
            fresh = bool(
                not out
                or out[-1].lower() in _SMALL
                or out[-1] == "-"
                or re.fullmatch(r"(?:TM|KT|TL|TUQ|Q)\.|[TK]/[TML]", out[-1])
                or out[-1].endswith(",")
                or out[-1] in _STANDARD
            )
            out.append(_proper(word) if fresh else word if any(map(str.isdigit, word)) else word.lower())
            at += 1
    return _restore_unit(" ".join(out))


_UNIT_TAIL = re.compile(rf"\b({'|'.join(UNIT_WORDS)})\s+([^\W\d_][^,;()]*)$", re.IGNORECASE)


def _restore_unit(name: str) -> str:
    """The unit's name at the end with its diacritics, where the print lost some."""
    found = _UNIT_TAIL.search(name)
    return name[: found.start(2)] + restore(found[2]) if found else name
