"""Bodies as they are named inside a paper: the single ones of a list, to what unit each belongs, one key for all spellings.

`Văn phòng HĐND và UBND phường` is another body in every ward, and `UBND thành phố` that of the province: names are
relative to the unit that issued the paper. A body is therefore told by its home (the code of a unit, normalizers/places.py,
or `VN` for the whole country) and the key of its name without the unit.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from normalizers.agencies import mend_phrases
from normalizers.issuing_unit import named_unit, province_named
from normalizers.people import clean_name
from normalizers.text import sentence, skeleton, squeeze, tidy

NATION = "VN"

_SHORT = {
    "ubnd": "ủy ban nhân dân",
    "hđnd": "hội đồng nhân dân",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "ubmttqvn": "ủy ban mặt trận tổ quốc",
    "mttq": "mặt trận tổ quốc",
    "vp": "văn phòng",
    "ttpvhcc": "trung tâm phục vụ hành chính công",
    "vhxh": "văn hóa xã hội",
    "vh-xh": "văn hóa xã hội",
    "kthtđt": "kinh tế hạ tầng đô thị",
    "ca": "công an",
    "tt": "thường trực",
    "gd&đt": "giáo dục đào tạo",
    "gdđt": "giáo dục đào tạo",
    "kh&cn": "khoa học công nghệ",
}
_NOUNS = (
    "văn phòng|phòng|trung tâm|công an|ban|sở|cục|chi cục|tổng cục|vụ|viện|bộ|ủy ban|ubnd|hđnd|hội đồng|mặt trận|ubmttq|ubmttqvn|mttq|hội"
    "|đoàn|trường|trạm|bệnh viện|kho bạc|thuế|đảng ủy|đảng bộ|chi bộ|tỉnh ủy|thành ủy|thường trực|thanh tra|bảo hiểm|ngân hàng|tổ|quân sự"
    "|tòa án|viện kiểm sát|liên đoàn|công ty|tập đoàn|đại học|học viện|đội|hạt|chính phủ|thủ tướng|quốc hội|vp|tt|ca|ttpvhcc|thống kê"
)
_BODY = re.compile(rf"(?:{_NOUNS}|{skeleton(_NOUNS)})\b(?!\s*\d)")  # also where recognition lost the marks; not số 5
_GROUP = re.compile(r"\b(?:cac|nhung|moi|tung|toan the)\b|\bxa, phuong\b")
_POST = re.compile(
    r"(?:pho )?(?:(?:chu tich|giam doc|chanh|bo truong|cuc truong|hieu truong|bi thu|thu truong)\s+|truong (?=phong\b|ban\b))"
)
_OF_NATION = re.compile(
    r"(?:chinh phu|thu tuong|quoc hoi|uy ban thuong vu|bo (?!chi huy|phan|may)|ban chap hanh trung uong|bo chinh tri"
    r"|ban bi thu|trung uong|van phong (?:chinh phu|quoc hoi|trung uong)|thanh tra chinh phu|ngan hang nha nuoc viet nam|tong cuc)\b"
)
_OF_PROVINCE = re.compile(r"(?:so|thanh uy|tinh uy|thanh doan|tinh doan)\b")
_RELATIVE = re.compile(r"\s+(phường|xã|đặc khu|thị trấn|thành phố|tỉnh)$", re.IGNORECASE)
_COUNCIL = re.compile(r"(?:(?:tt|thường trực)\.?\s+)?(?:ubnd|hđnd|ubmttq|ubmttqvn|mttq|đảng ủy)", re.IGNORECASE)
_ASIDE = re.compile(r"\s*\([^)]*\)?\s*$")
_END = " .;:,-–»'\""
_LONGEST = 80  # a longer stretch is a sentence


class Body(NamedTuple):
    """home: code of the unit whose body it is, `VN`, or None where it cannot be told. key: its name without the unit."""

    home: str | None
    key: str


def bodies_in(printed: str | None) -> tuple[str, ...]:
    """The single bodies of a cell such as `Công an phường; các phòng, ban`. Groups (`các …`) are no bodies, posts left out.

    >>> bodies_in("Phòng Kinh tế, Hạ tầng và Đô thị, Công an phường, các đơn vị có liên quan; Tổ trưởng tổ dân phố")
    ('Phòng Kinh tế, Hạ tầng và Đô thị', 'Công an phường', 'Tổ trưởng tổ dân phố')
    >>> bodies_in("Trưởng các khu vực"), bodies_in("Bà Nguyễn Thị Lan, số 5 đường Y Ngông"), bodies_in("Các phòng, ban")
    ((), (), ())
    >>> bodies_in("HĐND, UBND thành phố (để b/c)"), bodies_in("Giám đốc Sở Nội vụ"), bodies_in("Trưởng phòng Kinh tế")
    (('HĐND thành phố', 'UBND thành phố'), ('Sở Nội vụ',), ('Phòng Kinh tế',))
    """
    return _bodies_in(printed) if printed else ()


@lru_cache(maxsize=20_000)
def _bodies_in(printed: str) -> tuple[str, ...]:
    return tuple(one for piece in tidy(printed).split(";") for one in _of_piece(piece))


def _of_piece(piece: str) -> list[str]:
    parts: list[str] = []
    for part in piece.split(","):
        folded = skeleton(part.strip(_END))
        if re.match(r"(?:cac|nhung|moi|tung)\b", folded):
            break  # a group goes on to the end of the piece: các phòng, ban, đơn vị
        if parts and not _starts(part.strip(_END)):
            parts[-1] += "," + part
        else:
            parts.append(part)
    found: list[str] = []
    for part in reversed(parts):
        one = _ASIDE.sub("", part).strip(_END)
        noun = _RELATIVE.search(found[-1]) if found else None
        if noun is not None and _COUNCIL.fullmatch(one):
            one += noun[0]  # HĐND, UBND thành phố: both are the city's
        post = _POST.match(skeleton(one))
        one = sentence(one[post.end() :]) if post and post.end() else one
        if len(one) <= _LONGEST and _starts(one) and not _GROUP.search(skeleton(one)):
            found.append(one)
    return found[::-1]


def _starts(text: str) -> bool:
    return _BODY.match(_one_tone(text.lower())) is not None


@lru_cache(maxsize=20_000)
def body(printed: str, unit: str | None, province: str | None) -> Body:
    """The body that a name means in a paper of this unit and province (codes; None where they are not known).

    >>> body("Văn phòng HĐND và UBND phường", "11506", "31") == body("VP HĐND&UBND phường Lê Ích Mộc", "11506", "31")
    True
    >>> body("UBND thành phố", "11506", "31"), body("Bộ Nội vụ", "11506", "31")
    (Body(home='31', key='ủy ban nhân dân'), Body(home='VN', key='bộ nội vụ'))
    >>> body("Công an phường An Biên", "11506", "31").home, body("Công an phường Ba Đình", "11506", "31").home
    ('11407', None)
    """
    folded = skeleton(printed)
    if _OF_NATION.match(folded):
        return Body(NATION, body_key(printed))
    named = named_unit(printed, province) or province_named(printed)
    if named is not None:
        found, without = named
        return Body(found and found.code, body_key(without if found else printed))
    noun = _RELATIVE.search(printed)
    if noun is not None:
        of_province = noun[1].lower() in ("tỉnh", "thành phố")
        return Body(province if of_province else unit, body_key(printed[: noun.start()]))
    return Body(province if _OF_PROVINCE.match(folded) else unit, body_key(printed))


_OLD_TONE = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])\b")
_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe", "oẽ": "õe"}
_TONES |= {"oẹ": "ọe", "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}


def _one_tone(text: str) -> str:
    """Lower-case text with one of the two placements of tone marks.

    >>> _one_tone("uỷ ban hoá quý")
    'ủy ban hóa quý'
    """
    return _OLD_TONE.sub(lambda found: _TONES[found[1]], text)


@lru_cache(maxsize=20_000)
def body_key(name: str) -> str:
    """What all spellings of one name have in common: abbreviations written out, marks of punctuation and `và` left out.

    >>> body_key("Phòng Kinh tế - Hạ tầng và Đô thị") == body_key("Phòng Kinh tế, Hạ tầng và Đô thị")
    True
    >>> body_key("Trung tâm Phục vụ hành chính công") == body_key("TTPVHCC"), body_key("Phòng Vãn hoá - Xã hội")
    (True, 'phòng văn hóa xã hội')
    >>> body_key("Trường Tiểu học Lê Lợi") == body_key("Trường Tiểu học Lê Lai")
    False
    """
    spaced = re.sub(r"(?<=HĐND)\s*&\s*(?=UBND)", " và ", name)
    words = [_SHORT.get(word.strip(_END + "()").lower(), word) for word in squeeze(spaced).split()]
    text = re.sub(r"[^\w\s]|_", " ", _one_tone(mend_phrases(" ".join(words)).lower()))
    kept = " ".join(word for word in text.split() if word != "và")
    return kept.replace("mặt trận tổ quốc việt nam", "mặt trận tổ quốc")


def person_key(name: str) -> str:
    """A person's name folded: no rank, lower case, one placement of tones. Marks are kept: Hùng is not Hưng.

    >>> person_key("ThS. NGUYỄN THỊ HOÀ") == person_key("Nguyễn Thị Hòa"), person_key("Vũ Văn Hùng") == person_key("Vũ Văn Hưng")
    (True, False)
    """
    return _one_tone(clean_name(name).lower())
