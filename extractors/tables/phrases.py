"""Agencies as cells of task tables name them, in a trie over plain words: a cell wrapped over lines is followed word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extractors.tables.deadline_words import classes_of
from normalizers.text import skeleton

_HEADS = (
    "Các phòng, ban, đơn vị|Các phòng, ban, ngành, đơn vị|Các phòng, ban|Các phòng, đơn vị|Các phòng chuyên môn, đơn vị|Các phòng chuyên môn|Các phòng, ban chuyên môn|"
    "Các cơ quan, đơn vị|Các cơ quan|Các đơn vị|Các ban, ngành, đoàn thể|Các phòng, ban, ngành, đoàn thể|Các ngành, đoàn thể|Các ban, ngành|"
    "Các sở, ban, ngành|Các ngành, đơn vị|Các cơ quan, tổ chức|Các cơ quan, ban, ngành|Các phòng|Các cơ quan, tổ chức, đơn vị|Các tổ chức, đơn vị|Cơ quan, đơn vị|Phòng, ban, đơn vị|"
    "Các bộ phận|Các đoàn thể|Các tổ chức chính trị - xã hội|Các tổ dân phố|Các thôn|Các trường|Các trường học|Các cơ quan chuyên môn|Các phòng, ban, trung tâm|Các phòng, trung tâm"
).split("|")
_TAILS = ("", " có liên quan", " liên quan", " khác có liên quan")
_KNOWN = (
    "Phòng Văn hóa - Xã hội|Phòng VH-XH|Phòng VHXH|Phòng Kinh tế|Phòng Kinh tế, Hạ tầng và Đô thị|Phòng Kinh tế - Hạ tầng và Đô thị|Phòng KT, HT và ĐT|Phòng KT-HT&ĐT|"
    "Phòng Kinh tế - Hạ tầng|Phòng Nội vụ|Phòng Tài chính - Kế hoạch|Phòng Tư pháp|Phòng Giáo dục và Đào tạo|Phòng Quản lý đô thị|Phòng Tài nguyên và Môi trường|Phòng Y tế|"
    "Văn phòng HĐND&UBND|Văn phòng HĐND & UBND|Văn phòng HĐND và UBND|Văn phòng HĐND - UBND|Văn phòng Hội đồng nhân dân và Ủy ban nhân dân|Văn phòng UBND|Văn phòng Ủy ban nhân dân|"
    "Văn phòng Đảng ủy|Văn phòng|Văn phòng HĐND và UBND phường|Văn phòng HĐND và UBND xã|"
    "Trung tâm Phục vụ hành chính công|Trung tâm Phục vụ hành chính công phường|Trung tâm Phục vụ hành chính công xã|Trung tâm PVHCC|TTPVHCC|Trung tâm HCC|Trung tâm Hành chính công|"
    "Trung tâm Dịch vụ sự nghiệp công|Trung tâm Cung ứng dịch vụ sự nghiệp công|Trung tâm sự nghiệp công|Trung tâm Văn hóa, Thông tin và Thể thao|Trung tâm Chính trị|"
    "Công an phường|Công an xã|Công an đặc khu|Ban Chỉ huy Quân sự phường|Ban Chỉ huy Quân sự xã|Ban Chỉ huy Quân sự|Ban CHQS phường|Ban CHQS xã|Quân sự phường|"
    "UBND phường|UBND xã|UBND thành phố|UBND tỉnh|UBND đặc khu|Ủy ban nhân dân phường|Ủy ban nhân dân xã|HĐND phường|Thường trực HĐND phường|Đảng ủy phường|"
    "Ủy ban MTTQ Việt Nam phường|UBMTTQ Việt Nam phường|Mặt trận Tổ quốc|Ủy ban Mặt trận Tổ quốc Việt Nam phường|MTTQ và các đoàn thể|MTTQ Việt Nam phường|"
    "Hội Phụ nữ|Hội Nông dân|Hội Cựu chiến binh|Đoàn Thanh niên|Đoàn thanh niên phường|Đoàn TNCS Hồ Chí Minh|Công đoàn|Bưu điện|Bưu điện phường|Trạm Y tế|Trạm Y tế phường|"
    "Sở Nội vụ|Sở Tài chính|Sở Tư pháp|Sở Xây dựng|Sở Khoa học và Công nghệ|Sở Y tế|Sở Giáo dục và Đào tạo|Sở Công Thương|Sở Nông nghiệp và Môi trường|Sở Văn hóa, Thể thao và Du lịch|"
    "Sở Văn hóa và Thể thao|Sở Du lịch|Sở Ngoại vụ|Sở Thông tin và Truyền thông|Sở Kế hoạch và Đầu tư|Thanh tra thành phố|Thanh tra tỉnh|Văn phòng UBND thành phố|Văn phòng UBND tỉnh|"
    "Ban Quản lý dự án|Ban Chỉ đạo CCHC|Ban Chỉ đạo|Tổ công tác|Tổ công nghệ số cộng đồng|Kho bạc Nhà nước|Thuế cơ sở|Chi cục Thuế|Bảo hiểm xã hội|Doanh nghiệp viễn thông|"
    "VNPT|Viettel|Chủ tịch UBND phường|Lãnh đạo UBND phường|Cán bộ, công chức|Công chức Tư pháp - Hộ tịch|Công chức Văn hóa - Xã hội|Công chức Địa chính|Bộ phận Một cửa|"
    "Vụ Tổ chức cán bộ|Vụ Pháp chế|Vụ Kế hoạch - Tài chính|Vụ Hợp tác quốc tế|Văn phòng Bộ|Thanh tra Bộ|Cục Công nghệ thông tin|Các Vụ, Cục|Các Vụ, Cục, đơn vị|"
    "UBND cấp xã|UBND các xã, phường|UBND các tỉnh, thành phố|Các địa phương|Các sở, ngành|Phòng Tổ chức cán bộ|Phòng Kế hoạch - Tài chính|Phòng Đào tạo|"
    "Phòng Công tác sinh viên|Phòng Tổ chức - Hành chính|Phòng Hành chính - Tổng hợp|Các khoa|Các khoa, phòng|Ban Giám hiệu|Ban Giám đốc|Ban Tổ chức|Ban Xây dựng Đảng|"
    "Ủy ban Kiểm tra Đảng ủy|Các chi bộ|Các nhà trường|Hiệu trưởng các trường|Điện lực|Ngân hàng Chính sách xã hội|Tòa án nhân dân|Viện kiểm sát nhân dân|Hạt Kiểm lâm|"
    "Đồn Biên phòng|Liên đoàn Lao động|Hội Người cao tuổi|Hội Khuyến học|Hội Chữ thập đỏ|Các hợp tác xã|Các thành viên Ban Chỉ đạo|"
    "Hội đồng tuyển sinh|Các doanh nghiệp|Các tổ chức, cá nhân|Bộ phận Tiếp nhận và Trả kết quả"
).split("|")  # fmt: skip
_NAMED = re.compile(
    r"(?:Văn phòng|Phòng|Trung tâm|Sở|Ban(?!\s+hành)|Công an|Hội|Đoàn|Bưu điện|Trạm|Chi cục|Cục|Thanh tra|Kho bạc|Tổ|Bộ phận|Vụ|Viện|Khoa|Hạt|Đồn|Liên đoàn|Ngân hàng)(?:[^\S\n]+(?:[A-ZĐÀ-ỸĂÂÊÔƠƯ][^\s,;.()]*|và|-|–|&|vụ|hành|chính|công|"
    r"phường|xã|nhân|dân|nghiệp|sự|tế|hóa|hội|thị|tầng|tin|thao|lịch|tạo|trường|động|nghệ|thôn|thương|tư|pháp|quân|ủy)(?:,(?=\s+[A-ZĐÀ-Ỹ]))?)+"
)


_WRAPPED = re.compile(r"\s*\n\s*(?=[a-zà-ỹđ])")  # a line that goes on with a small letter
_ENDS = ".,;:()|'\"“”‘’`*"


@lru_cache(maxsize=8192)
def plain_word(word: str) -> str:
    """A word for comparing: no marks, no case, no punctuation at its ends; `i`, `y` and the dash made one."""
    return skeleton(word).strip(_ENDS).replace("–", "-").replace("—", "-")


@lru_cache(maxsize=4096)
def _spelled(phrase: str) -> tuple[tuple[str, str, bool], ...]:
    """The words of a phrase for comparing, each with the form in which it is printed and whether with a capital."""
    return tuple(
        (word, printed.casefold().strip(_ENDS), printed[0].isupper())
        for printed in phrase.split()
        if (word := plain_word(printed)) and word != "-"
    )


class Way(NamedTuple):
    """A run of words in the trie without spaces: its letters, how many words they are, how many with a capital, the node after them.

    skips: whether words before it were lost.
    """

    letters: str
    words: int
    capitals: int
    node: PhraseTrie
    skips: bool = False

    def then(self, further: Way) -> Way:
        """This run and another that goes on from its node."""
        return Way(
            self.letters + further.letters, self.words + further.words, self.capitals + further.capitals, further.node
        )


class PhraseTrie:
    """children: next words. phrase: the printed form that ends here. depth: words from the root. forms: how its own word is
    printed, capital: whether with one."""

    __slots__ = ("_ahead", "capital", "children", "depth", "forms", "named", "phrase", "vocabulary")

    def __init__(self, depth: int = 0, vocabulary: frozenset[str] = frozenset()) -> None:
        self.children: dict[str, PhraseTrie] = {}
        self.phrase: str | None = None
        self.depth = depth
        self.forms: set[str] = set()
        self.named = False
        self.vocabulary = vocabulary
        self.capital = False
        self._ahead: dict[str, list[Way]] | None = None

    def add(self, phrase: str, named: bool = False) -> None:
        """Add one agency; `named` where the document itself names it."""
        node = self
        for word, form, capital in _spelled(phrase):
            following = node.children.get(word)
            if following is None:
                following = node.children[word] = PhraseTrie(node.depth + 1, self.vocabulary)
            node = following
            node.forms.add(form)
            node.capital |= capital
        if node is not self and node.phrase is None:
            node.phrase = phrase
            node.named = named

    def find(self, phrase: str) -> PhraseTrie | None:
        """The node at which a phrase ends."""
        node: PhraseTrie | None = self
        for word in map(plain_word, phrase.split()):
            if word and word != "-":
                node = node.children.get(word) if node is not None else None
        return node

    def ahead(self) -> dict[str, list[Way]]:
        """Every way on from here, by its first letter."""
        if self._ahead is None:
            self._ahead = {}
            for word, child in self.children.items():
                own = Way(word, 1, int(child.capital), child)
                further = [way for ways in child.ahead().values() for way in ways]
                self._ahead.setdefault(word[0], []).extend((own, *(own.then(way) for way in further)))
        return self._ahead

    def named_ahead(self) -> list[str]:
        """The agencies after this node that the document names."""
        ahead = [way.node for ways in self.ahead().values() for way in ways]
        return [node.phrase for node in ahead if node.named and node.phrase is not None]

    def _fits(self, printed: str) -> bool:
        """Whether a word with the right letters has the right marks too; long words may have lost or changed theirs."""
        plain = printed.casefold().strip(_ENDS)
        return plain in self.forms or plain.isascii() or len(plain) > 4

    def begin(self, printed: str, word: str, loose: bool = False) -> PhraseTrie | None:
        """The node of a phrase's first word, which must be a capital and have the right marks, unless `loose`."""
        node = self.children.get(word)
        if node is None or loose:
            return node
        if not printed[0].isupper():
            return None
        plain = printed.casefold().strip(_ENDS)
        return node if plain.isascii() or plain in node.forms else None

    def step(self, printed: str, word: str, loose: bool = False) -> PhraseTrie | None:
        """The node after `word`; a slip of one letter in a long word that is no word of the document is forgiven."""
        found = self.children.get(word)
        if found is not None:
            return found if loose or found._fits(printed) else None
        if len(word) < 5 or word in self.vocabulary or classes_of(printed):
            return None
        near = [node for key, node in self.children.items() if abs(len(key) - len(word)) <= 1 and _one_slip(key, word)]
        return near[0] if len(near) == 1 else None


def _one_slip(left: str, right: str) -> bool:
    if left[0] != right[0] and left[1:] != right[1:]:
        return False
    if len(left) == len(right):
        return sum(a != b for a, b in zip(left, right, strict=True)) == 1
    short, long = (left, right) if len(left) < len(right) else (right, left)
    return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


@lru_cache(maxsize=1)
def _general() -> tuple[str, ...]:
    """The usual agencies; those of a ward exist in communes and special zones too."""
    known = [phrase.replace("phường", unit) for phrase in _KNOWN for unit in ("phường", "xã", "đặc khu")]
    return tuple(head + tail for head in _HEADS for tail in _TAILS) + tuple(dict.fromkeys(known))


def build_trie(named: Iterable[str], vocabulary: frozenset[str] = frozenset()) -> PhraseTrie:
    """A trie of the usual agencies and of those that this document names; vocabulary: its words, plain."""
    trie = PhraseTrie(vocabulary=vocabulary)
    known = _known()
    for phrase in named:
        node = known.find(phrase)
        if node is None or node.phrase is not None:  # else the line ended within a name
            trie.add(phrase, named=True)
    for phrase in _general():
        trie.add(phrase)
    return trie


@lru_cache(maxsize=1)
def _known() -> PhraseTrie:
    trie = PhraseTrie()
    for phrase in _general():
        trie.add(phrase)
    return trie


def named_agencies(text: str) -> set[str]:
    """Agencies that a running text names, by their head words and capitals.

    >>> sorted(named_agencies("giao Phòng Kinh tế, Hạ tầng và Đô thị phối hợp với Sở Nội vụ."))
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'Sở Nội vụ']
    """
    found = set()
    for match in _NAMED.finditer(_WRAPPED.sub(" ", text)):
        phrase = re.sub(r"(?:\s+(?:và|-|–|&|,))+$", "", match[0].rstrip(",")).strip()
        if 2 <= len(phrase.split()) <= 12:
            found.add(phrase)
    return found
