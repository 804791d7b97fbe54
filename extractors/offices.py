"""The names of offices in a letterhead: lines joined to bodies, the last of which issues the paper."""

from __future__ import annotations

import re
from typing import NamedTuple

from normalizers.agencies import sentence_case
from normalizers.letterhead_names import mended_line
from normalizers.text import capitals, skeleton, squeeze, tidy
from schemas.text import Span


class Fragment(NamedTuple):
    """What is left of a row, with its place in the document."""

    text: str
    span: Span


ORGAN = re.compile(
    r"^(?:uy ban|ubnd|bch\b|hoi dong|hdnd|bo\b|so\b|ban\b|tong cuc|tong cong ty|tong lien doan|cuc\b|chi cuc|vu\b|van phong|truong\b|dai hoc|hoc vien|vien\b|trung tam|phong\b"
    r"|dang bo|dang uy|chi bo|tinh uy|thanh uy|huyen uy|quan uy|cong ty|tap doan|lien doan|hoi\b|doan\b|mat tran|toa an|kho bac|ngan hang|thanh tra|cong an"
    r"|benh vien|bao hiem|to\b|thue\b|hai quan|quan khu|quan doan|su doan|lu doan|trung doan|nha hat|nha may|xi nghiep|lam truong|nong truong|thuong truc|quoc hoi|chinh phu|thu tuong|chu tich|kiem toan|doi\b|bao\b|dai\b|thu vien|bao tang|nha xuat ban|cong doan|trung uong|thi hanh an|vien thong|buu dien|trung tam|phan hieu|quy\b|lien hiep|hat\b|tram\b)"
)
UNIT = re.compile(r"^(?:tinh|thanh pho|tp\b|thi xa|thi tran|quan|huyen|phuong|xa|dac khu|khu vuc|va\b|ve\b|cua\b)\b")
FOREIGN = re.compile(
    r"\b(?:socialist|republic|independence|freedom|happiness|university|institute|ministry|department|college|academy|hospital"
    r"|company|corporation|cent(?:er|re)|school|faculty|committee|province|city|vietnam)\b|\bof\b"
)
"""Words of letterheads in two languages, by skeleton: no Vietnamese name holds one of them."""
_WORDS_OF_A_NAME = 3
_CUT_OFF = (" du an", " quan ly", " chi dao", " du", " chi")
_BARE = frozenset(
    "uy ban nhan dan|hoi dong nhan dan|van phong|ban chi dao|ban quan ly|ban quan ly du an|trung tam|truong dai hoc|truong cao dang|uy ban|hoi dong|cong ty|ban chi huy|ban chap hanh"
    "|truong|vien|cong ty co phan|cong ty tnhh|cong ty tnhh mot thanh vien|cong ty tnhh mtv|ban to chuc|phong|dai hoc|hoc vien|tong cong ty|benh vien|chi cuc|cuc|ban|doan dai bieu quoc hoi"
    "|uy ban mat tran to quoc viet nam|uy ban mttq viet nam|ban thuong vu|so|bo|bo chi huy quan su|bao hiem xa hoi|toa an nhan dan|vien kiem sat nhan dan|to cong tac|hoi dong thi dua|tong cuc|tap doan|vien han lam|vien kiem sat|bo tu lenh|thu vien|bao tang|chi nhanh|hoi lien hiep|doan dai bieu".split(
        "|"
    )
)


def folded_text(fragment: Fragment) -> str:
    """The skeleton of a fragment from its first letter on."""
    return skeleton(fragment.text).lstrip(_SPECKS)


_SPECKS = " .,:;'\"‘’“”*~_-=|<>()"
_SHORT_WORDS = re.compile(r"(?:(?<!\w)\w{1,3}\W*)+$")
_MOSTLY = 0.7


def without_slips(fragment: Fragment) -> Fragment:
    """A line of a garbled letterhead as the lists of standard names and units have it, where it is one of theirs."""
    if capitals(fragment.text) < _MOSTLY or FOREIGN.search(skeleton(fragment.text).replace("vietnam", "")):
        return fragment
    text = mended_line(fragment.text)
    if text == fragment.text:
        text = mended_line(text[: min(_debris(text), _small_word(text))].rstrip(_SPECKS)) or text
    return fragment._replace(text=text)


def _small_word(text: str) -> int:
    """Where a word in small letters begins, its first letter left aside: it was read from strokes beside the capitals."""
    words = re.finditer(r"\w{3,}", text)
    return next((word.start() for word in words if word.start() and word.group()[1:].islower()), len(text))


def _debris(text: str) -> int:
    """Where strokes below a name begin that were read as words: short ones at its end, the first with small letters."""
    tail = _SHORT_WORDS.search(text)
    for word in re.finditer(r"\w+", tail.group()) if tail else ():
        if tail and any(map(str.islower, word.group())):
            return tail.start() + word.start()
    return len(text)


def name_of_office(fragment: Fragment) -> Fragment | None:
    """A line of a name without its foreign words and without strokes that were read behind it; None where nothing is left.

    >>> name_of_office(Fragment("VIỆN CƠ HỌC -- INSTITUTE OF MECHANICS", Span(0, 37))).text
    'VIỆN CƠ HỌC'
    >>> name_of_office(Fragment("VĂN PHÒNG an", Span(0, 12))).text, name_of_office(Fragment("HANOI UNIVERSITY", Span(0, 16)))
    ('VĂN PHÒNG', None)
    """
    foreign = FOREIGN.search(skeleton(fragment.text))
    text = fragment.text[: foreign.start()] if foreign else fragment.text
    text = text[: _debris(text)].rstrip(_SPECKS)
    if foreign and len(text.split()) < _WORDS_OF_A_NAME:
        return None
    span = Span(fragment.span.start, min(fragment.span.end, fragment.span.start + len(text)))
    return Fragment(text, fragment.span if text == fragment.text else span) if text else None


def join_bodies(names: list[Fragment]) -> list[Fragment]:
    """Lines of names joined to bodies: a new one begins at a word for an organ, unless the line before is a bare noun."""
    bodies: list[Fragment] = []
    first = next((index for index, name in enumerate(names) if ORGAN.match(folded_text(name))), 0)
    for name in names[first:]:
        folded = folded_text(name)
        if not bodies:
            bodies.append(name)
            continue
        last = bodies[-1]
        before = folded_text(last)
        same_start = folded.split()[:2] == before.split()[:2]
        bare = before in _BARE and not same_start
        cut = (
            last.text.rstrip().endswith((",", "-"))
            or before.endswith(_CUT_OFF)
            or before.split()[-1] in ("va", "ve", "cua", "thuoc")
        )
        if UNIT.match(folded) or not ORGAN.match(folded) or bare or (cut and not same_start):
            bodies[-1] = Fragment(f"{last.text}\n{name.text}", Span(last.span.start, name.span.end))
        else:
            bodies.append(name)
    return [Fragment(squeeze(tidy(body.text)), body.span) for body in bodies]


# Signs that no name of a body holds, and a name whose blanks were lost.
_NO_LETTER = re.compile(r"[^\w\s,&/().\-]|(?<!\w)\.(?!\w)")
# Strokes below the name, read as signs and a few letters: `KHU VỰC 8 ~ aS =o`.
_STROKES = re.compile(r"\s[~=_|<>{}\\][^A-ZĐÀ-Ỹ]*(?:\s?\w{0,2}[A-Z]?\s?[~=_|<>{}\\]+\s?\w{0,2})*$")
_STRAY_HYPHEN = re.compile(r"(?<=\w)-\s+(?=\w)|(?<=\s)-(?=\w)")
_GLUED_BODY = re.compile(r"\b[UỦỤÙÚ][YỶỲÝ]BANNH[AÂ]ND[AÂ]N\b")


def issuer_name(printed: str) -> str:
    """The issuing body as the record names it.

    >>> issuer_name("UBND TỈNH QUẢNG NGÃI"), issuer_name("BỘ GIÁO DỤC VÀ ĐÀO TẠO")
    ('UBND tỉnh Quảng Ngãi', 'Bộ Giáo dục và Đào tạo')
    """
    printed = _STRAY_HYPHEN.sub(" ", printed)
    cleaned = _GLUED_BODY.sub("ỦY BAN NHÂN DÂN", _NO_LETTER.sub(" ", _STROKES.sub("", printed)))
    return sentence_case(squeeze(cleaned).strip(" .,*-"))
