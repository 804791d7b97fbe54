"""Agencies in the headings of garbled dumps, mended by the closed list of offices that wards, communes and organs have."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import Levenshtein

from normalizers.agencies import STANDARD_NAMES
from normalizers.text import bare_letters, has_letters_of_syllable, squeeze

_OFFICES = (
    "Văn phòng HĐND và UBND", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân", "Trung tâm Phục vụ hành chính công",
    "Phòng Văn hóa - Xã hội", "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Kinh tế - Hạ tầng và Đô thị", "Phòng Kinh tế",
    "Trạm Y tế", "Công an", "Ban Chỉ huy Quân sự", "Ủy ban Mặt trận Tổ quốc Việt Nam", "Các phòng, ban, đơn vị",
    "Các tổ dân phố", "Trưởng các thôn", "Trưởng các khu phố", "Tổ công nghệ số cộng đồng", "Hội Phụ nữ", "Đoàn Thanh niên",
    "Hiệu trưởng các trường", "Trung tâm Cung ứng dịch vụ sự nghiệp công", "Trung tâm Cung ứng dịch vụ công",
)  # fmt: skip
_LETTERS_A_SLIP = 7
_SHORTEST = 6  # letters of a name that may hold a slip
_SPECK = re.compile(r"(?<=\w)[.,'’!](?=\w)|[^\w\s,.;:()\-–/]")


@cache
def _names() -> tuple[tuple[str, str, int], ...]:
    """Name, its letters, its words; of two with the same letters the first."""
    found: dict[str, str] = {}
    for name in (*_OFFICES, *STANDARD_NAMES):
        found.setdefault(bare_letters(name), name)
    return tuple((name, letters, len(name.split())) for letters, name in found.items() if len(letters) >= _SHORTEST)


def mend_agency(heading: str) -> str:
    """The heading with its office as the list has it; what follows stays as far as it can be read.

    >>> mend_agency("Céng an phường :"), mend_agency("Van phòng HĐND và UBND phường"), mend_agency("Lập dự toán kinh phí")
    ('Công an phường', 'Văn phòng HĐND và UBND phường', 'Lập dự toán kinh phí')
    >>> mend_agency("Đề nghị Ủy.ban Mặt trận Tổ quốc văn Nam eens"), mend_agency("Trạm Yté phường")
    ('Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam', 'Trạm Y tế phường')
    """
    clean = squeeze(_SPECK.sub(" ", heading))
    request = re.match(r"(?:Đề nghị|Giao|Yêu cầu)\s+(?:cho\s+)?", clean)
    start = request.end() if request else 0
    words = clean[start:].split()
    beginnings = [bare_letters(" ".join(words[:taken])) for taken in range(len(words) + 1)]
    best: tuple[int, int, str, int] | None = None
    for name, letters, count in _names():
        for taken in range(max(1, count - 1), min(len(words), count + 1) + 1):
            most = max(1, len(letters) // _LETTERS_A_SLIP)
            slips = Levenshtein.distance(beginnings[taken], letters, score_cutoff=most)
            if slips <= most and (best is None or (len(letters), -slips) > best[:2]):
                best = (len(letters), -slips, name, taken)
    if best is None:
        return clean.rstrip(" -–:")
    rest = words[best[3] :]
    while rest and not (rest[-1] == "-" or has_letters_of_syllable(rest[-1].strip(".,;:")) or rest[-1].isupper()):
        rest.pop()
    return " ".join([*clean[:start].split(), best[2], *rest]).rstrip(" -–:")
