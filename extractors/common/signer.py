"""Who signed, in which post, for whom (NĐ 30/2020 Điều 13; Annex I, elements 7a to 7c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.authority import Block
from extractors.legible import legible
from extractors.name_reading import restored, restored_name
from extractors.paper import Paper
from extractors.rule import Rule
from extractors.signature import Foot, Piece
from extractors.signers import signers
from normalizers.agencies import sentence_case
from normalizers.people import clean_name, mend_name, name_score
from normalizers.text import skeleton
from schemas.found import Found
from schemas.record import CoSigner
from schemas.text import Span

_MARKS = re.compile(r"\b(?:TM|KT|TL|TUQ|Q)\.|\b[TK]/[TML]\b")
_HEAD_POST = re.compile(
    r"^(?:chu tich(?! nuoc)|bo truong|(?:tong )?giam doc|hieu truong|thong doc|cuc truong|truong ban|vien truong|thu tuong chinh phu|chanh an|chu nhiem)\b"
)


def _foot(paper: Paper) -> Foot:
    return signers(paper)[0]


def _party(paper: Paper) -> bool:
    """Whether the Party wrote it: T/M there is TM. elsewhere."""
    return any(line.code is not None and line.code.manner == "party" for line in paper.letterhead.numbers) or any(
        "dang cong san viet nam" in row.folded for row in paper.zones.head
    )


_OFFICE_OF = re.compile(r"\b(?:chu tich|giam doc|truong)\b.*\b(?:ubnd|uy ban nhan dan|so|phong|cong an)\b")
_COMMITTEE = re.compile(r"\b(?:ban chi dao|ban chi huy|to cong tac|hoi dong (?!nhan dan|truong|quan tri|thanh vien))")
_SURE = 0.97  # a text layer or a dump: what stands there is what was printed


def _posts(paper: Paper) -> Iterator[Found[str]]:
    post = Block(_foot(paper).authority, _party(paper)).post()
    if post is not None and _second_office(paper, *post[:2]):
        return
    if post is not None and legible(paper, _MARKS.sub("", sentence_case(post[0])), post[1]):
        yield Found(sentence_case(post[0]), post[1], post[2], "signer_title.foot")


def _second_office(paper: Paper, post: str, span: Span) -> bool:
    """Whether `CHỦ TỊCH UBND TỈNH` stands alone under the paper of a committee: its head's other office, `TRƯỞNG BAN` is lost."""
    if paper.is_print(span) or not _OFFICE_OF.search(skeleton(post)):
        return False
    return any(_COMMITTEE.search(row.folded) for row in paper.zones.head)


def _post_of_head(paper: Paper) -> Iterator[Found[str]]:
    """`CHỦ TỊCH ỦY BAN NHÂN DÂN …` above the bases of a decision, where the block above the signature is lost."""
    rows = paper.zones.authority
    foot = _foot(paper)
    heading = paper.zones.heading
    decision = heading is not None and heading.kind is not None and heading.kind.abbreviation == "QĐ"
    if not rows or not decision or foot.authority or not foot.names:
        return
    found = _HEAD_POST.match(rows[0].folded)
    if found is not None:
        yield Found(
            sentence_case(rows[0].text[: found.end()]), rows[0].part(0, found.end()), 0.6, "signer_title.authority"
        )


def _signed_for(paper: Paper) -> Iterator[Found[str]]:
    block = Block(_foot(paper).authority, _party(paper))
    found = block.signed_for()
    if found is not None and block.post() is None and not paper.is_print(found[1]):
        return  # what followed was not read: KT. may have been among it
    if found is not None and legible(paper, _MARKS.sub("", found[0]), found[1]):
        yield Found(*found, "signed_for.foot")


def signer_names(paper: Paper) -> Iterator[Found[str]]:
    """The names above which the paper was signed; the signer's has the best score."""
    foot = _foot(paper)
    read = [(_worth(foot, order), *_name(paper, piece)) for order, piece in enumerate(foot.names)]
    surest = max((worth * share for worth, _, share, _ in read), default=0.0)
    if any(worth * share == surest and not sure for worth, _, share, sure in read):
        return  # whoever else is named there is not the signer
    for (worth, name, share, sure), piece in zip(read, foot.names, strict=True):
        if sure:
            yield Found(name, piece.span, round(max(worth * share, 0.05), 3), "signer_name.foot")


def _worth(foot: Foot, order: int) -> float:
    """How likely a name of the foot is the signer's: by its shape and by where it stands."""
    piece = foot.names[order]
    score = 0.95 * name_score(piece.text)
    last_authority = foot.authority[-1].span.start if foot.authority else -1
    if piece.span.start < last_authority:
        score -= 0.15
    elif foot.authority and order and foot.names[order - 1].span.start > last_authority:
        score -= 0.1  # the first name below the post is the signer's
    if not foot.authority:
        score -= 0.1
    return score


def _name(paper: Paper, piece: Piece) -> tuple[str, float, bool]:
    """The name as it was printed, how far its letters can be trusted (0 to 1), and whether it can be given at all."""
    if restored(paper.text, piece.span):
        name, sure = restored_name(paper.text, piece.span)
        return name, 1.0, sure
    name = clean_name(piece.text)
    if paper.text.confidence(piece.span) >= _SURE:
        return name, 1.0, True
    mended, whole = mend_name(name)
    return mended, 0.5 if not whole else 0.8 if mended != name else 1.0, True


def _beside(paper: Paper) -> Iterator[Found[CoSigner]]:
    for foot in signers(paper)[1]:
        post = Block(foot.authority, _party(paper)).post()
        name = foot.names[0]
        title = sentence_case(post[0]) if post else None
        yield Found(CoSigner(name=clean_name(name.text), title=title), name.span, 0.85, "co_signers.foot")


_FOOT = "XÃ AN\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc họp\nĐiều 1. Họp./.\n{}"
NAME = Rule(
    "signer_name.foot",
    "document.signer_name",
    signer_names,
    ((_FOOT.format("Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Bình"), ("Trần Văn Bình",)),),
    (_FOOT.format("Nơi nhận:\n- Như Điều 1;\n- Lưu: VT.\nCHỦ TỊCH"),),
)
TITLE = Rule(
    "signer_title.foot",
    "document.signer_title",
    _posts,
    (
        (_FOOT.format("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình"), ("Phó Chủ tịch",)),
        (_FOOT.format("Nơi nhận:\n- Lưu: VT.\nTRƯỞNG BAN\nCHỦ TỊCH UBND TỈNH\nTrần Văn Bình"), ("Trưởng ban",)),
    ),
    (_FOOT.format("Nơi nhận:\n- Lưu: VT.\nTrần Văn Bình"),),
)
TITLE_OF_HEAD = Rule(
    "signer_title.authority",
    "document.signer_title",
    _post_of_head,
    (
        (
            "XÃ AN\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc họp\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN\nCăn cứ Luật Tổ chức;\nQUYẾT ĐỊNH:\nĐiều 1. Họp./.\nNơi nhận:\n- Lưu: VT.\nTrần Văn Bình",
            ("Chủ tịch",),
        ),
    ),
)
SIGNED_FOR = Rule(
    "signed_for.foot",
    "document.signed_for",
    _signed_for,
    (
        (
            _FOOT.format("TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Bình"),
            ("TM. Ủy ban nhân dân; KT. Chủ tịch",),
        ),
        (
            _FOOT.format("TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nTrần Văn Bình"),
            ("TL. Chủ tịch; KT. Chánh Văn phòng",),
        ),
    ),
    (_FOOT.format("Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn Bình"),),
)
BESIDE = Rule(
    "co_signers.foot",
    "co_signers",
    _beside,
    (
        (
            "BIÊN BẢN\nHọp xã\n1. Nội dung: họp./.\nTHƯ KÝ\nTrần Văn Bình\nCHỦ TỌA\nLê Thị An",
            (CoSigner(name="Trần Văn Bình", title="Thư ký"),),
        ),
    ),
    (_FOOT.format("Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn Bình"),),
)
RULES = (NAME, TITLE, TITLE_OF_HEAD, SIGNED_FOR, BESIDE)
