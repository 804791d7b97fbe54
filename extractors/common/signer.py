"""Who signed, in which post, for whom (NĐ 30/2020 Điều 13; Annex I, elements 7a to 7c)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors.paper import Paper
from extractors.rule import Rule
from extractors.signature import Foot, Piece
from extractors.signers import signers
from normalizers.agencies import sentence_case, standard_post
from normalizers.people import clean_name, mend_name, name_score
from normalizers.text import capitals, skeleton, tidy
from schemas.found import Found
from schemas.record import CoSigner
from schemas.text import Span

_PREFIX = re.compile(
    r"^\W*((?:TM|KT|TL|TUQ|Q)(?=\s*[.,:]|\s*-\s*(?![A-ZĐ]{1,3}\b))|[TK]/[TML](?=[\s.,]))\s*[.,:\-]?\s*(.*)$", re.DOTALL
)
_POST_START = re.compile(
    r"^\W*(?:q\.\s*)?(?:pho\b|chu tich|giam doc|tong\b|bo truong|thu truong|chanh\b|truong\b|hieu truong|vien truong|cuc truong|chi cuc|vu truong|bi thu|thu tuong"
    r"|chu nhiem|thong doc|to truong|ke toan|thu ky|chu toa|dai su|chi huy|tu lenh|chinh uy|quyen\b|uy vien)"
)
_GOES_ON = re.compile(r"^\W*(?:thuong truc|phu trach|dieu hanh|tinh\b|thanh pho|phuong\b|xa\b|huyen\b|quan\b|kiem\b)")
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


_SURE = 0.97  # a text layer or a dump: what stands there is what was printed
# Prefixes with a letter misread, in front of a post or body.
_MISREAD = (
    (re.compile(r"^\W*[KX][IFLY17l][.,:]\s*(?=[A-ZĐÀ-Ỹ]{2})"), "KT. "),
    (re.compile(r"^\W*(?:[IF1]M|TN)[.,:]\s*(?=[A-ZĐÀ-Ỹ]{2})"), "TM. "),
    (re.compile(r"^\W*T[I1][.,:]\s*(?=[A-ZĐÀ-Ỹ]{2})"), "TL. "),
    (re.compile(r"^\W*[PIF1]/M\s+(?=[A-ZĐÀ-Ỹ]{2})"), "T/M "),
    (re.compile(r"^\W*[TPFI1]\W?M\W?\s+(?=BAN (?:THƯỜNG|CHẤP)|CHI BỘ|ĐẢNG (?:ỦY|UỶ|BỘ))"), "TM. "),
    (re.compile(r"^\W*Q\s+(?=(?:TỔNG |CHI )?(?:GIÁM|CỤC|CHỦ|HIỆU|VIỆN|TRƯỞNG|BỘ TRƯỞNG|CHÁNH)\b)"), "Q. "),
)
_SECOND_PREFIX = re.compile(r"\s+(?=(?:KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ])")
# Heads of units who sign by order of a head of the body; where `TL.` is lost, both posts stand one below the other.
_BODY_HEAD = re.compile(r"^(?:chu tich|(?:tong )?giam doc|hieu truong|bo truong|cuc truong|vien truong)$")
_UNIT_HEAD = re.compile(r"^(?:(?:pho )?chanh van phong|(?:pho )?truong phong|chanh thanh tra|(?:pho )?vu truong)\b")

_COLLECTIVE = "Ủy ban nhân dân"


class _Block:
    """The authority block: lines with TM., KT. …, and the post in which the signer signs."""

    def __init__(self, pieces: tuple[Piece, ...], party: bool) -> None:
        self.prefixed: list[tuple[str, Span]] = []
        self.posts: list[tuple[str, Span]] = []
        for text, piece in ((part, whole) for whole in pieces for part in _SECOND_PREFIX.split(whole.text)):
            found = _PREFIX.match(_mended_prefix(text))
            if found is not None:
                mark = found[1] if "/" in found[1] else f"{found[1]}."
                if party and mark == "TM." and not text.lstrip().startswith("TM"):
                    mark = "T/M"
                line = f"{mark} {_line(found[2])}"
                if self.prefixed and line.startswith(self.prefixed[-1][0]):
                    self.prefixed.pop()  # the same line, read twice
                self.prefixed.append((line, piece.span))
            else:
                self._add(_line(text), piece.span)

    def _add(self, printed: str, span: Span) -> None:
        body = standard_post(printed) or printed
        folded = skeleton(body)
        if not self.prefixed and not self.posts and fuzz.ratio("uy ban nhan dan", folded) >= 85:
            self.prefixed.append((f"TM. {_COLLECTIVE}", span))  # only `TM.` can stand there, the seal hides it
        elif self.prefixed and not self.posts and not _POST_START.match(folded):
            if capitals(body) >= 0.8:
                self._join(self.prefixed, body, span)
        elif self.posts and not _POST_START.match(folded):
            if _GOES_ON.match(folded) or _cut_off(self.posts[-1][0]):
                self._join(self.posts, body, span)
        elif _POST_START.match(folded):
            self.posts.append((body, span))

    @staticmethod
    def _join(lines: list[tuple[str, Span]], body: str, span: Span) -> None:
        text, before = lines[-1]
        lines[-1] = (f"{text} {body}", Span(before.start, span.end))

    def _deputy(self) -> bool:
        """Whether a post and its deputy stand below each other: the first is the one signed for, its `KT.` is lost."""
        return len(self.posts) > 1 and skeleton(self.posts[1][0]).startswith("pho " + skeleton(self.posts[0][0]))

    def post(self) -> tuple[str, Span, float] | None:
        """The post of the signer. A second one below it is another office that the signer holds."""
        if not self.posts:
            last = self.prefixed[-1] if self.prefixed else None
            if last is not None and last[0].startswith("Q."):
                return last[0], last[1], 0.8
            return None
        first = self.posts[0]
        if (
            not self.prefixed
            and len(self.posts) > 1
            and skeleton(self.posts[1][0]).startswith("pho " + skeleton(first[0]))
        ):
            return (*self.posts[1], 0.75)  # KT. was lost under the seal
        if not self.prefixed and len(self.posts) > 1:
            if _BODY_HEAD.match(skeleton(first[0])) and _UNIT_HEAD.match(skeleton(self.posts[1][0])):
                return (*self.posts[1], 0.7)  # TL. was lost
        return first[0].rstrip(" ,"), first[1], 0.92

    def signed_for(self) -> tuple[str, Span, float] | None:
        lines = [*self.prefixed, *([(f"KT. {self.posts[0][0]}", self.posts[0][1])] if self._deputy() else [])]
        if not lines:
            return None
        text = "; ".join(sentence_case(line) for line, _ in lines)
        return text, Span(lines[0][1].start, lines[-1][1].end), 0.7 if self._deputy() else 0.9


_JUNK = re.compile(r"^[^\w]+|[^\w),]+$")
_TWICE = re.compile(r"\b(\w+)(?:\s+\1)+\b")


def _mended_prefix(line: str) -> str:
    """`KI. GIÁM ĐỐC` is `KT. GIÁM ĐỐC`."""
    for pattern, prefix in _MISREAD:
        mended, count = pattern.subn(prefix, line)
        if count:
            return mended
    return line


def _line(printed: str) -> str:
    """A line of the block without strokes around it and words that were read twice."""
    return _TWICE.sub(r"\1", _JUNK.sub("", tidy(printed).strip(" .*:")))


def _cut_off(line: str) -> bool:
    """Whether a post goes on below: TRƯỞNG PHÒNG KINH TẾ, / HẠ TẦNG VÀ ĐÔ THỊ."""
    return bool(re.search(r"(?:,|\bvà|\b-)$", line.lower()))


def _posts(paper: Paper) -> Iterator[Found[str]]:
    post = _Block(_foot(paper).authority, _party(paper)).post()
    if post is not None:
        yield Found(sentence_case(post[0]), post[1], post[2], "signer_title.foot")


def _post_of_head(paper: Paper) -> Iterator[Found[str]]:
    """`CHỦ TỊCH ỦY BAN NHÂN DÂN …` above the bases, where the block above the signature is lost."""
    rows = paper.zones.authority
    foot = _foot(paper)
    if not rows or foot.authority or not foot.names:
        return
    found = _HEAD_POST.match(rows[0].folded)
    if found is not None:
        yield Found(
            sentence_case(rows[0].text[: found.end()]), rows[0].part(0, found.end()), 0.6, "signer_title.authority"
        )


def _signed_for(paper: Paper) -> Iterator[Found[str]]:
    found = _Block(_foot(paper).authority, _party(paper)).signed_for()
    if found is not None:
        yield Found(*found, "signed_for.foot")


def _names(paper: Paper) -> Iterator[Found[str]]:
    foot = _foot(paper)
    last_authority = foot.authority[-1].span.start if foot.authority else -1
    for order, piece in enumerate(foot.names):
        score = 0.95 * name_score(piece.text)
        if piece.span.start < last_authority:
            score -= 0.15
        if (
            foot.authority
            and order
            and piece.span.start > last_authority
            and foot.names[order - 1].span.start > last_authority
        ):
            score -= 0.1  # the first name below the post is the signer's
        if not foot.authority:
            score -= 0.1
        name = clean_name(piece.text)
        if paper.text.confidence(piece.span) < _SURE:
            mended, whole = mend_name(name)
            score *= 0.5 if not whole else 0.8 if mended != name else 1.0
            name = mended
        yield Found(name, piece.span, round(max(score, 0.05), 3), "signer_name.foot")


def _beside(paper: Paper) -> Iterator[Found[CoSigner]]:
    for foot in signers(paper)[1]:
        post = _Block(foot.authority, _party(paper)).post()
        name = foot.names[0]
        title = sentence_case(post[0]) if post else None
        yield Found(CoSigner(name=clean_name(name.text), title=title), name.span, 0.85, "co_signers.foot")


_FOOT = "XÃ AN\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc họp\nĐiều 1. Họp./.\n{}"
NAME = Rule(
    "signer_name.foot",
    "document.signer_name",
    _names,
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
