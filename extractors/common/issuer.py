"""The issuing body (NĐ 30/2020 Annex I, element 2), in sentence case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.legible import legible
from extractors.offices import Fragment, issuer_name
from extractors.paper import Paper
from extractors.rule import Rule
from normalizers.agencies import sentence_case
from normalizers.letterhead_names import with_unit_marks
from normalizers.text import skeleton, tidy
from schemas.found import Found

_POST = re.compile(
    r"^(?:pho )?(?:chu tich|bo truong|giam doc|hieu truong|thong doc|cuc truong|truong ban|vien truong|tong giam doc|chanh van phong)\s+"
)
_COUNCIL = re.compile(r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan)\b")
_POST_AS_BODY = re.compile(r"^(?:chu tich nuoc|thu tuong)")


def body_name(paper: Paper, body: Fragment) -> str:
    """A body of the letterhead as the record names it, with what the rest of the paper tells of its words."""
    text = body.text
    if paper.is_garbled:
        text = paper.named_again.mend(text)
        if _COUNCIL.fullmatch(skeleton(text)):  # the line with its unit was lost
            text = paper.named_again.completed(text) or ""
        text = with_unit_marks(text)
    elif not paper.is_print(body.span) and tidy(paper.text[body.span]) == text:
        text = paper.readings.mend(paper.text, body.span)[0]
    return issuer_name(tidy(text))


def _letterhead(paper: Paper) -> Iterator[Found[str]]:
    bodies = paper.letterhead.bodies
    if bodies:
        body = bodies[-1]
        name = body_name(paper, body)
        if name and legible(paper, name, body.span) and not _is_superior(paper, name):
            yield Found(name, body.span, 0.92, "issuer.letterhead")


def _symbol(paper: Paper) -> Iterator[Found[str]]:
    """Where the line of a garbled letterhead was lost: the one body that the paper names and that has the symbol's letters."""
    for line in paper.letterhead.numbers if paper.is_garbled else ():
        groups = re.split(r"[-/]", line.symbol or "")
        organ = groups[1 if line.type and len(groups) > 1 else 0]
        named = paper.spelled_out.organs(organ) if len(organ) > 2 else []
        if len(named) == 1 and not _COUNCIL.match(skeleton(named[0])):
            yield Found(sentence_case(named[0].upper()), line.span, 0.6, "issuer.symbol")


def _is_superior(paper: Paper, name: str) -> bool:
    """Whether a name in a garbled letterhead is that of the body above the issuer, whose own line was lost.

    The symbol ends with the issuer's abbreviation: a paper `2451/BC-SYT` is none of the UBND above its head.
    """
    symbols = [line.symbol for line in paper.letterhead.numbers if line.symbol]
    council = _COUNCIL.match(skeleton(name))
    return bool(paper.is_garbled and council and symbols and not any("ND" in symbol for symbol in symbols))


def _authority(paper: Paper) -> Iterator[Found[str]]:
    """Who decides, above the bases: `CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …` names the body behind the post."""
    rows = paper.zones.authority
    if not rows or not rows[0].is_capitals:
        return
    folded = rows[0].folded
    post = None if _POST_AS_BODY.match(folded) else _POST.match(folded)
    start = post.end() if post else 0
    text = rows[0].text[start:].strip(" ,.:")
    if len(skeleton(text).split()) >= 2:
        yield Found(sentence_case(text), rows[0].part(start, start + len(text)), 0.6, "issuer.authority")


ISSUER = Rule(
    "issuer.letterhead",
    "document.issuer",
    _letterhead,
    (
        ("UBND TỈNH AN GIANG\nSỞ NỘI VỤ\nSố: 1/TB-SNV\nTHÔNG BÁO\nVề việc nghỉ lễ", ("Sở Nội vụ",)),
        (
            "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ AN BÌNH Độc lập - Tự do - Hạnh phúc\nBÁO CÁO\nKết quả",
            ("Ủy ban nhân dân xã An Bình",),
        ),
    ),
    ("Số: 1/TB-SNV\nTHÔNG BÁO\nVề việc nghỉ lễ",),
)
AUTHORITY = Rule(
    "issuer.authority",
    "document.issuer",
    _authority,
    (
        (
            "Số: 1/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc họp\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN BÌNH\nCăn cứ Luật Tổ chức;\nQUYẾT ĐỊNH:\nĐiều 1. Họp.",
            ("Ủy ban nhân dân xã An Bình",),
        ),
    ),
)
SYMBOL = Rule(
    "issuer.symbol",
    "document.issuer",
    _symbol,
    (),
    ("Số: 1/TB-SNV\nTHÔNG BÁO\nVề việc nghỉ lễ\nSở Nội vụ báo. Sở Nội vụ nhận.",),  # a clean paper needs it not
)
RULES = (ISSUER, AUTHORITY, SYMBOL)
