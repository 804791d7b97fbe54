"""Names of persons: their shape, and their clean form."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalizers.agencies import standard_post
from normalizers.text import has_letters_of_syllable, skeleton, squeeze

# Family names, most frequent first (duyet/vietnamese-namedb, MIT), and those of ethnic minorities met in public office.
FAMILY_NAMES: frozenset[str] = frozenset(
    """Nguyễn Trần Lê Phạm Võ Huỳnh Phan Bùi Hoàng Vũ Trương Đỗ Đặng Hồ Ngô Dương Đoàn Đinh Trịnh Cao Đào Mai Lương Lưu
    Lâm Hà Thái Phùng Tạ Lý Tô Vương Văn Châu Chu Quách Lã Từ Tống Tôn Kiều Mạc La Doãn Đàm Tăng Triệu Nông Hứa Vi Quan
    Lò Giàng Sùng Vàng Lầu Thào Hạng Ma Bàn Cầm Quàng Điêu Bạch Nghiêm Khổng Thân Giáp Lại Lều Ninh Viên Ông Thạch Sơn
    Danh Kim Lục Hầu Hàn Nhữ Cù Cung Diệp Đồng Hán Khuất Khúc Mẫn Nhâm Phí Phương Quản Thẩm Tiêu Trang Ứng Uông Vương
    Âu Đường Đậu Hoa Lữ Mã Ngụy Tào Tưởng Bế Hồng Thiều Kha Ksor Rơ Siu Y H' A Đồ Chử Cồ Trà Phó Công Tôn Nữ""".split()
)
_FAMILY_SKELETONS = frozenset(map(skeleton, FAMILY_NAMES))
_RANK = re.compile(
    r"^(?:(?:GS|PGS|TSKH|TS|ThS|Ths|ThS|CN|KS|BS|BSCKI{1,2}|CK\s?I{1,2}|NGND|NGƯT|NSND|NSƯT|Ls|Đ/c|Ông|Bà|ÔNG|BÀ"
    r"|Đại tướng|Thượng tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy|Thượng úy|Bác sĩ|Tiến sĩ|Thạc sĩ)"
    r"(?:[.,\s\-]+|$))+"
)
_LETTERS = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(r"^[^\W\d_]+(?:['’][^\W\d_]+)?$")
# Words that open names of offices and places, never of persons.
_NOT_NAMES = frozenset(
    skeleton(word)
    for word in (
        "Ủy Uỷ Ban Bộ Sở Phòng Cục Văn_phòng Hội Đồng_chí Chủ Phó Giám Trưởng Chánh Tỉnh Thành Phường Xã Huyện Quận Nơi Kính Căn Điều"
        " Báo Đài Cổng Như Lưu Công_ty Trung_tâm Nhân Dân Quyết Định Bí Thường Ngân Kho Thanh_tra Viện Ký Người Ngày Số"
    ).split()
)


_ONE_LETTER = frozenset("YÝAÁÊÔÚUHK")
"""Names and parts of names of one letter."""


def strip_rank(text: str) -> str:
    """A name without degree, rank or form of address in front of it.

    >>> strip_rank("PGS.TS. Nguyễn Văn An"), strip_rank("Đại tá Trần Bình")
    ('Nguyễn Văn An', 'Trần Bình')
    """
    return _RANK.sub("", text.strip())


@lru_cache(maxsize=2048)
def name_score(text: str) -> float:
    """How much the text looks like one person's name: 0.0 (not at all) to 1.0 (known family name, 3 or 4 syllables).

    >>> name_score("Nguyễn Văn Viển"), name_score("Như Điều 3"), name_score("Sở Nội vụ"), name_score("P u Dương")
    (1.0, 0.0, 0.0, 0.0)
    """
    syllables = strip_rank(text).split()
    if not 2 <= len(syllables) <= 5 or not all(map(_SYLLABLE.match, syllables)):
        return 0.0
    if any(len(syllable) == 1 and syllable not in _ONE_LETTER for syllable in syllables):
        return 0.0  # the rest of a name that a seal hides
    all_capitals = all(syllable.isupper() for syllable in syllables)
    if not all_capitals and not all(
        syllable[0].isupper() and syllable[1:].islower() for syllable in syllables if len(syllable) > 1
    ):
        return 0.0
    if max(map(len, syllables)) > 8 or (all_capitals and standard_post(text)):
        return 0.0
    first = syllables[0].capitalize()
    known = first in FAMILY_NAMES or skeleton(first) in _FAMILY_SKELETONS
    if skeleton(first) in _NOT_NAMES and not known:
        return 0.0
    score = 0.8 if known else 0.4
    if first not in FAMILY_NAMES and known:
        score -= 0.15
    if 3 <= len(syllables) <= 4:
        score += 0.2
    return round(score - (0.15 if all_capitals else 0.0), 2)


def clean_name(text: str) -> str:
    """A name as it is written: every syllable with a capital, no rank before it.

    >>> clean_name("TS. NGUYỄN  VĂN AN"), clean_name("H'HEN NIÊ")
    ('Nguyễn Văn An', "H'Hen Niê")
    """
    name = squeeze(strip_rank(squeeze(text)))
    return _LETTERS.sub(lambda found: found[0].capitalize(), name) if name.isupper() else name


HIGHLAND = frozenset(
    "Mah Rmah Kbuôr Êban Niê Kpă Hmok Mlô Byă Ayun Adrơng Knul Kđăm Ktla Hwing Kbrông Bkrông Êñuôl Krông Kniêng Kdăm Nay Châm Rcom Puih Kpuih Hiao".split()
)
"""Words in names of the Central Highlands that no Vietnamese syllable looks like."""


class Syllable(NamedTuple):
    """A syllable of names: how often it stands in names, and how often as the last and the first of given names of two.

    men, women: as the last one, the given name proper. of_men, of_women: before it.
    """

    times: int
    men: int
    women: int
    of_men: int
    of_women: int


@cache
def name_syllables() -> dict[str, Syllable]:
    """Syllables that names of persons hold."""
    rows = files("normalizers").joinpath("data/name_syllables.tsv").read_text(encoding="utf-8").splitlines()
    return {name: Syllable(*map(int, counts)) for name, *counts in (row.split("\t") for row in rows)}


@cache
def _syllables() -> dict[str, tuple[str, int]]:
    """Syllables of names with their counts, by their decomposed form."""
    return {unicodedata.normalize("NFD", name): (name, known.times) for name, known in name_syllables().items()}


def mend_name(name: str) -> tuple[str, bool]:
    """A recognised name with its slips mended, and whether all its words can be parts of a name now.

    A word that no name holds takes the marks, or the letter, of the nearest one that names do hold; what is not clear stays.

    >>> mend_name("Phạm Trườug Thọ"), mend_name("Đoạn Văn Tuẫn"), mend_name("H'Hen Niê")
    (('Phạm Trường Thọ', True), ('Đoàn Văn Tuấn', True), ("H'Hen Niê", True))
    """
    words = []
    whole = True
    for position, word in enumerate(name.split()):
        if "'" in word or len(word) < 2 or word in HIGHLAND or unicodedata.normalize("NFD", word) in _syllables():
            known = position or word in FAMILY_NAMES or skeleton(word) not in _FAMILY_SKELETONS
            words.append(word if known else _family(word))
        elif position == 0 and skeleton(word) in _FAMILY_SKELETONS:
            words.append(word if word in FAMILY_NAMES else _family(word))
        else:
            better = _nearest(word)
            words.append(better or word)
            whole = whole and (better is not None or has_letters_of_syllable(word))
    return " ".join(words), whole


def _family(word: str) -> str:
    """The family name of the same letters, where there is one only."""
    same = [name for name in FAMILY_NAMES if skeleton(name) == skeleton(word) and name[0] == word[0]]
    return same[0] if len(same) == 1 else word


def _nearest(word: str) -> str | None:
    """The syllable of names that a slip away: other marks on the same letters; one other letter only where the word is none."""
    form = unicodedata.normalize("NFD", word)
    near = process.extract(form, _syllables().keys(), scorer=Levenshtein.distance, score_cutoff=2, limit=12)
    ranked = sorted((distance, -_syllables()[other][1], _syllables()[other][0]) for other, distance, _ in near)
    if has_letters_of_syllable(word):
        ranked = [row for row in ranked if skeleton(row[2]) == skeleton(word)]
    if not ranked or ranked[0][0] == 2 and len(word) <= 4:
        return None
    rivals = [row for row in ranked[1:] if row[0] == ranked[0][0]]
    return ranked[0][2] if not rivals or ranked[0][1] < 3 * rivals[0][1] else None
