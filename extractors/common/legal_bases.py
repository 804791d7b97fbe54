"""Legal bases: the clauses `Căn cứ …`, `Theo đề nghị …`, `Thực hiện …` in front of what the paper decides or says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors import cues
from extractors.common.basis import read_basis
from extractors.paper import Paper
from extractors.rows import Row
from extractors.rule import Rule
from normalizers.kinds import ALL_KINDS, NAME_SKELETONS
from normalizers.text import skeleton, tidy
from schemas.found import Found
from schemas.record import LegalBasis
from schemas.text import Span

_CUE = re.compile(
    r"(?:căn cứ|theo đề nghị|theo đề xuất|xét đề nghị|xét|trên cơ sở|thực hiện|thi hành|theo)\b", re.IGNORECASE
)
_INNER = re.compile(
    r";\s+(?=(?:căn cứ|theo đề nghị|theo đề xuất|xét đề nghị|xét tờ trình|trên cơ sở)\b)", re.IGNORECASE
)
_BODY = (
    r"(?:Ủy ban|Uỷ ban|UBND|Chủ tịch|Hội đồng|HĐND|Sở|Bộ|Ban|Văn phòng|Trường|Phòng|Thủ tướng|Giám đốc|Hiệu trưởng|Thường trực|Tỉnh ủy|Thành ủy|Đảng ủy|Cục|Chi cục"
    r"|Tổng cục|Đại học|Học viện|Trung tâm|Viện|Công an|Thanh tra|Bí thư|Tổng cục|Trưởng|Chánh|Đoàn|Liên đoàn|Hội|Mặt trận|Nhà trường|đơn vị|cơ quan)"
)
_SENTENCE = re.compile(
    r"\.\s*(?=(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện (?:Luật|Nghị|Quyết|Chỉ thị|Kế hoạch|Công văn|Thông|Kết luận))\b)"
)
_LEGAL_HEADING = re.compile(
    r"\b(?:can cu|co so) (?:phap ly|chinh tri)|\bcan cu (?:xay dung|lap|ban hanh|de nghi)|\bcac can cu\b"
)
# Where a sentence leaves the basis and says what the paper does.
_MAIN_CLAUSE = re.compile(
    rf"\s+(?=và (?:để|nhằm)\b)|[,;:.)]\s+(?=(?:nay|để|nhằm|sau khi|kính)\b|{_BODY}\b[^;.]{{0,140}}?\b(?:yêu cầu|báo cáo|trình|ban hành|xây dựng|đề nghị|chỉ thị|thông báo|hướng dẫn|tổ chức|có ý kiến|quyết định|kính|nhận được|triển khai|gửi|mời|công bố|phê duyệt|đăng ký|đã|xin|giao|thống nhất)\b)"
)
# A full stop that ends a sentence; one behind `của` or before `Thông tư số` is a speck.
_SENTENCE_END = re.compile(
    r"(?<=[\w)\"”])(?<!\bcủa)(?<!\btheo)(?<!\bvà)(?<!\bsố)(?<!\btại)(?<!\bngày)\.\s+(?=[A-ZĐÀ-Ỹ])"
    rf"(?!(?:{'|'.join(kind.name for kind in ALL_KINDS)})\s+(?:số|\d))"
)
_NAMED = re.compile(rf"(?:{'|'.join(kind.name for kind in ALL_KINDS)})\s+số\s*:?\s*\d")
_CUES = ("can cu", "thuc hien", "theo de nghi", "xet de nghi", "tren co so", "thi hanh")
_ALIKE, _HALF_ALIKE, _WORD_ALIKE = 78.0, 50.0, 66.0  # per cent of letters, of the cue or of its first word
_KIND_SOON = re.compile(
    rf"\S+\s+(?:\S+\s+)?(?:{'|'.join(name for name, _ in NAME_SKELETONS if name not in ('lenh', 'quy che'))})\b"
)


def _cites(folded: str) -> bool:
    """Whether a row of a garbled dump begins a basis: words like a cue, or a kind behind what may have been one.

    >>> [_cites(row) for row in ("thue hién quyet dinh so 5/qd", "cgn cu bien ban hop", "uy ban nhan dan xa bao cao", "ngay 5, quyet dinh")]
    [True, True, False, False]
    """
    letters = re.sub(r"^\W+", "", folded)
    likeness = max(fuzz.ratio(letters[: len(cue)], cue) for cue in _CUES)
    if likeness >= _ALIKE or _KIND_SOON.match(letters) is None:
        return likeness >= _ALIKE
    first = letters.split(" ", 1)[0]
    return likeness >= _HALF_ALIKE or any(fuzz.ratio(first, cue.split(" ", 1)[0]) >= _WORD_ALIKE for cue in _CUES)


def _blocks(rows: tuple[Row, ...], *, garbled: bool) -> list[list[Row]]:
    """Rows grouped to clauses: each begins at a cue word."""
    blocks: list[list[Row]] = []
    for row in rows:
        begins = cues.BASIS.match(row.folded) and (
            not blocks or _closed(blocks[-1][-1]) or cues.SURE_BASIS.match(row.folded)
        )
        if (
            garbled
            and not begins
            and _cites(row.folded)
            and (not blocks or _closed(blocks[-1][-1]))
            or begins
            and row.text.lstrip('-+ (“"*')[:1].isupper()
        ):
            blocks.append([row])
        elif blocks:
            blocks[-1].append(row)
    return blocks


def _closed(row: Row) -> bool:
    return row.text.rstrip(" *").endswith((";", ".", ",", ":"))


def _split_at(rows: tuple[Row, ...], *, garbled: bool) -> int | None:
    """Index of the row with which the deciding part begins, None where the paper has none."""
    for index, row in enumerate(rows):
        if (
            garbled
            and row.is_capitals
            and len(row.text) < 20
            and fuzz.partial_ratio("quyet dinh", row.folded) >= _ALIKE
            or cues.OPERATIVE.match(row.folded)
            and (row.is_capitals or row.text.endswith(":"))
            or cues.ARTICLE.match(row.folded)
        ):
            return index
    return None


def _page_number(row: Row) -> bool:
    return row.text.strip(" -.").isdecimal()


def _bases(paper: Paper) -> Iterator[Found[LegalBasis]]:
    rows = tuple(row for row in paper.zones.body if not _page_number(row))
    decides = _split_at(rows, garbled=paper.is_garbled)
    if decides is not None:
        for block in _blocks(rows[:decides], garbled=paper.is_garbled):
            yield from _found(paper, block, len(block), 0.93)
    else:
        yield from _opening(paper, rows)


def _found(paper: Paper, block: list[Row], size: int, score: float) -> Iterator[Found[LegalBasis]]:
    span = Span(block[0].span.start, block[size - 1].span.end)
    text = tidy("\n".join(paper.text[row.span] for row in block[:size])).lstrip("-+–• ").strip()
    if text:
        yield Found(read_basis(text, garbled=paper.is_garbled), span, score, "legal_bases.clauses")


def _opening(paper: Paper, rows: tuple[Row, ...]) -> Iterator[Found[LegalBasis]]:
    """In a paper without articles: the clauses with which its first paragraphs open, as far as they name a document."""
    given = goes_on = False
    for paragraph in _first_paragraphs(rows):
        first = paragraph[0]
        text = tidy("\n".join(paper.text[row.span] for row in paragraph)).lstrip("-+–• ")
        cited = paper.is_garbled and _cites(first.folded)
        cited = cited or goes_on and _NAMED.match(text) is not None
        goes_on = text.endswith(";")
        if not cited and (not cues.BASIS.match(first.folded) or not text[:1].isupper()):
            if given:
                return
            inside = _SENTENCE.search(text)  # the bases may follow a sentence that tells the occasion
            if inside is None:
                continue
            text = text[inside.end() :]
        main = _MAIN_CLAUSE.search(text)
        clause = text[: main.start() + (text[main.start()] in ";)")] if main else text
        sentence_end = _SENTENCE_END.search(clause)
        if sentence_end is not None:
            clause = clause[: sentence_end.start() + 1]
        span = Span(first.span.start, paragraph[-1].span.end)
        for part in _INNER.split(clause):
            basis = read_basis(part.strip(), garbled=paper.is_garbled)
            if basis.code or basis.date or (basis.kind and cues.SURE_BASIS.match(skeleton(part))):
                given = True
                yield Found(basis, span, 0.8, "legal_bases.opening")
        if given and main is not None:
            return


def _first_paragraphs(rows: tuple[Row, ...]) -> Iterator[list[Row]]:
    """The paragraphs before the first heading (five at most), behind the addressees; and those under `Căn cứ pháp lý`."""
    index = 0
    dear = next((i for i, row in enumerate(rows[:15]) if cues.DEAR.search(row.folded)), None)
    if dear is not None:
        index = dear + 1
        while index < min(len(rows), dear + 25):
            folded = rows[index].folded
            if (
                cues.BODY_START.match(folded)
                or cues.BASIS.match(folded)
                or cues.HEADING.match(folded)
                or len(folded) > 85
            ):
                break
            index += 1
    count = 0
    under_heading = False
    while index < len(rows) and count < 5:
        if cues.HEADING.match(rows[index].folded):
            under_heading = bool(_LEGAL_HEADING.search(rows[index].folded))
            if not under_heading and (count or not _LEGAL_HEADING.search(rows[min(index + 1, len(rows) - 1)].folded)):
                return
            index += 1
            continue
        end = index + 1
        while end < len(rows) and end - index < 25 and not _paragraph_ends(rows[end - 1], rows[end]):
            end += 1
        yield list(rows[index:end])
        count += 0 if under_heading else 1
        index = end


def _paragraph_ends(row: Row, after: Row) -> bool:
    if cues.HEADING.match(after.folded) or after.text[:1] in "-+•":
        return True
    if not row.text.rstrip(" *").endswith((";", ".", ":", "./.")) or row.text.endswith("-."):
        return False  # a code broken at its hyphen goes on, whatever speck follows
    return after.text[0].isupper() or after.text[0] in '“"('


_HEAD = "XÃ AN\nSố: 5/QĐ-UBND\nAn Bình, ngày 01 tháng 7 năm 2025\nQUYẾT ĐỊNH\nVề việc họp\nCHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN\n{}\nQUYẾT ĐỊNH:\nĐiều 1. Họp."
_LETTER = "SỞ Y TẾ\nSố: 12/SYT-VP\nV/v họp\nKính gửi: Sở Nội vụ.\n{}"
LEGAL_BASES = Rule(
    "legal_bases.clauses",
    "legal_bases",
    _bases,
    (
        (
            _HEAD.format("Căn cứ Luật Thư viện\nngày 21/11/2019;\nTheo đề nghị của Chánh Văn phòng."),
            (read_basis("Căn cứ Luật Thư viện ngày 21/11/2019;"), read_basis("Theo đề nghị của Chánh Văn phòng.")),
        ),
        (
            _LETTER.format(
                "Thực hiện Công văn số 7/UBND-VX ngày 02/01/2025 của UBND\ntỉnh về việc họp, Sở Y tế báo cáo như sau:"
            ),
            (read_basis("Thực hiện Công văn số 7/UBND-VX ngày 02/01/2025 của UBND tỉnh về việc họp"),),
        ),
    ),
    (_LETTER.format("Trong thời gian qua, Sở Y tế đã tổ chức họp theo quy định."),),
)
RULES = (LEGAL_BASES,)
