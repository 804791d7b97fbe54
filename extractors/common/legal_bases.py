"""Legal bases: the clauses `Căn cứ …`, `Theo đề nghị …`, `Thực hiện …` in front of what the paper decides or says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import cues
from extractors.common.mentions import Mention, find_mentions
from extractors.paper import Paper
from extractors.rows import Row
from extractors.rule import Rule
from normalizers.dates import find_dates
from normalizers.kinds import kind_named
from normalizers.text import skeleton, squeeze, tidy
from schemas.found import Found
from schemas.record import LegalBasis, NamedDocument
from schemas.text import Span

_CUE = re.compile(
    r"(?:căn cứ|theo đề nghị|theo đề xuất|xét đề nghị|xét|trên cơ sở|thực hiện|thi hành|theo)\b", re.IGNORECASE
)
_INNER = re.compile(
    r";\s+(?=(?:căn cứ|theo đề nghị|theo đề xuất|xét đề nghị|xét tờ trình|trên cơ sở)\b)", re.IGNORECASE
)
_PROPOSAL = re.compile(r"^\W*(?:theo|xét|trên cơ sở)\s+(?:các\s+)?(?:đề nghị|đề xuất|ý kiến đề nghị)\b", re.IGNORECASE)
_BODY = (
    r"(?:Ủy ban|Uỷ ban|UBND|Chủ tịch|Hội đồng|HĐND|Sở|Bộ|Ban|Văn phòng|Trường|Phòng|Thủ tướng|Giám đốc|Hiệu trưởng|Thường trực|Tỉnh ủy|Thành ủy|Đảng ủy|Cục|Chi cục"
    r"|Tổng cục|Đại học|Học viện|Trung tâm|Viện|Công an|Thanh tra|Bí thư|Tổng cục|Trưởng|Chánh|Đoàn|Liên đoàn|Hội|Mặt trận|Nhà trường|đơn vị|cơ quan)"
)
_SENTENCE = re.compile(
    r"\.\s+(?=(?:Căn cứ|Theo đề nghị|Xét đề nghị|Thực hiện (?:Luật|Nghị|Quyết|Chỉ thị|Kế hoạch|Công văn|Thông|Kết luận))\b)"
)
_LEGAL_HEADING = re.compile(
    r"\b(?:can cu|co so) (?:phap ly|chinh tri)|\bcan cu (?:xay dung|lap|ban hanh|de nghi)|\bcac can cu\b"
)
# Where a sentence leaves the basis and says what the paper does.
_MAIN_CLAUSE = re.compile(
    rf"\s+(?=và (?:để|nhằm)\b)|[,;:.)]\s+(?=(?:nay|để|nhằm|sau khi|kính)\b|{_BODY}\b[^;.]{{0,140}}?\b(?:yêu cầu|báo cáo|trình|ban hành|xây dựng|đề nghị|chỉ thị|thông báo|hướng dẫn|tổ chức|có ý kiến|quyết định|kính|nhận được|triển khai|gửi|mời|công bố|phê duyệt|đăng ký|đã|xin|giao|thống nhất)\b)"
)
_STOP = (
    r"ban hành|về|quy định|phê duyệt|sửa đổi|hướng dẫn|thông qua|công bố|giao|tại|ngày|kiện toàn|thành lập|triển khai|điều chỉnh|bãi bỏ|chấp thuận|đề nghị|trình|gửi|cho|tổ chức"
    r"|thực hiện|thống nhất|được|bổ nhiệm|phân công|kèm theo|ủy quyền|tăng cường|quyết định|phân cấp|có|nêu|bổ sung|thay thế|số|v/v|theo|đã|do|từ|để"
)
_ISSUER = re.compile(
    rf"^\s*,?\s*(?:của|do)\s+(?:liên\s+)?(?P<issuer>.+?)(?=\s*[;:,.(](?!\s*(?:Thể thao|Hạ tầng|Khoa học|Thiên tai|thiên tai))|\s+(?:{_STOP})\b|$)"
)
_ISSUER_WITHIN = re.compile(r"\bcủa\s+(?P<issuer>[^;:.\d]{3,80}?)\s*,?\s+(?:ban hành\s+|ký\s+)?ngày\b")
_ISSUER_BEFORE = re.compile(r"\bcủa\s+(?P<issuer>[^:;]{3,90}?)\s*:\s*(?:số\s*:?\s*)?$", re.IGNORECASE)
_SAID_IN = re.compile(
    r"\bcủa\s+(?P<issuer>[^;]{3,200}?)\s*,?\s+tại\s+(?:các\s+|khoản\b.*|điều\b.*)?(?=Tờ trình|Công văn|Báo cáo|Văn bản|Thông báo|Đơn|Kết luận|Biên bản|Tờ|Phiếu|Quyết định|Nghị quyết|cuộc họp|phiên họp|kỳ họp|Hội nghị|tờ trình|công văn|báo cáo|văn bản)"
)
_PROPOSER = re.compile(
    r"\bcủa\s+(?P<issuer>.+?)(?=\s*;|\s+tại\s+(?:các\s+)?(?:Tờ trình|Công văn|Báo cáo|Văn bản|Thông báo|Đơn|tờ trình|công văn|báo cáo|văn bản|Phiếu)|\s+và\s+(?:đề xuất|ý kiến|đề nghị)|\s*\(|\s+về việc|\s*,\s*(?:theo|và ý kiến)|[.,]?\s*$)"
)


def _issuer(clause: str, mentions: list[Mention]) -> str | None:
    """Who issued the first document of a clause; for a proposal, who proposes."""
    if _PROPOSAL.match(clause):
        found = _PROPOSER.search(clause)
        return _name(found["issuer"]) if found else None
    if not mentions or (mentions[0].code is None and mentions[0].kind in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")):
        return None
    first = mentions[0]
    within = _ISSUER_WITHIN.search(clause[first.start : first.end])
    if within is not None:
        return _name(within["issuer"])
    before = _ISSUER_BEFORE.search(clause[: first.start])
    if before is not None:
        return _name(before["issuer"])
    at = first.end
    for mention in mentions[1:]:  # Quyết định số 1/QĐ-X, 2/QĐ-X ngày … của X
        if re.fullmatch(r"[\s,;]*(?:và\s+)?(?:số\s*:?\s*)?", clause[at : mention.start]):
            at = mention.end
    days = [day for day in find_dates(clause) if day.start >= first.start and day.end <= len(clause)]
    for day in days:
        if re.fullmatch(r"[\s,.]*(?:ngày)?[\s.]*", clause[at : day.start]):
            at = day.end
    found = _ISSUER.match(clause[at:])
    if found is not None:
        return _name(found["issuer"])
    said = _SAID_IN.search(clause[: first.start])
    return _name(said["issuer"]) if said else None


def _kind_of(clause: str) -> str | None:
    """The kind of a document that is named without number and date: `Căn cứ Điều lệ Đảng;`."""
    named = re.match(r"\W*Căn cứ\s+(?:các\s+)?(?=[A-ZĐ])", clause)
    kind = kind_named(clause[named.end() :]) if named else None
    return kind.name if kind else None


def _name(printed: str) -> str | None:
    name = squeeze(printed).strip(" ,.;:")
    return name if 2 < len(name) < 160 else None


def read_basis(clause: str) -> LegalBasis:
    """One clause, read.

    >>> basis = read_basis("Căn cứ Nghị định số 78/2025/NĐ-CP ngày 01/4/2025 của Chính phủ quy định chi tiết;")
    >>> basis.code, str(basis.date), basis.kind, basis.issuer
    ('78/2025/NĐ-CP', '2025-04-01', 'Nghị định', 'Chính phủ')
    >>> read_basis("Theo đề nghị của Trưởng phòng Kinh tế.").issuer
    'Trưởng phòng Kinh tế'
    """
    mentions = find_mentions(clause)
    proposal = bool(_PROPOSAL.match(clause))
    first = mentions[0] if mentions else None
    also: list[NamedDocument] = []
    seen = {(first.code.text if first and first.code else None, first.date if first else None)}
    dated = {mention.code.text for mention in mentions if mention.code and mention.date}
    for mention in mentions[1:]:
        code = mention.code.text if mention.code else None
        if (code, mention.date) in seen or (code in dated and mention.date is None):
            continue
        seen.add((code, mention.date))
        also.append(NamedDocument(code=code, date=mention.date, kind=mention.kind))
    return LegalBasis(
        text=clause,
        code=first.code.text if first and first.code else None,
        date=first.date if first else None,
        kind="Đề nghị" if proposal else first.kind if first else _kind_of(clause),
        issuer=_issuer(clause, mentions),
        also=also or None,
    )


def _blocks(rows: tuple[Row, ...]) -> list[list[Row]]:
    """Rows grouped to clauses: each begins at a cue word."""
    blocks: list[list[Row]] = []
    for row in rows:
        begins = cues.BASIS.match(row.folded) and (
            not blocks or _closed(blocks[-1][-1]) or cues.SURE_BASIS.match(row.folded)
        )
        if begins and row.text.lstrip('-+ (“"*')[:1].isupper():
            blocks.append([row])
        elif blocks:
            blocks[-1].append(row)
    return blocks


def _closed(row: Row) -> bool:
    return row.text.rstrip(" *").endswith((";", ".", ",", ":"))


def _split_at(rows: tuple[Row, ...]) -> int | None:
    """Index of the row with which the deciding part begins, None where the paper has none."""
    for index, row in enumerate(rows):
        if (
            cues.OPERATIVE.match(row.folded)
            and (row.is_capitals or row.text.endswith(":"))
            or cues.ARTICLE.match(row.folded)
        ):
            return index
    return None


def _page_number(row: Row) -> bool:
    return row.text.strip(" -.").isdecimal()


def _bases(paper: Paper) -> Iterator[Found[LegalBasis]]:
    rows = tuple(row for row in paper.zones.body if not _page_number(row))
    decides = _split_at(rows)
    if decides is not None:
        for block in _blocks(rows[:decides]):
            yield from _found(paper, block, len(block), 0.93)
    else:
        yield from _opening(paper, rows)


def _found(paper: Paper, block: list[Row], size: int, score: float) -> Iterator[Found[LegalBasis]]:
    span = Span(block[0].span.start, block[size - 1].span.end)
    text = tidy("\n".join(paper.text[row.span] for row in block[:size])).lstrip("-+–• ").strip()
    if text:
        yield Found(read_basis(text), span, score, "legal_bases.clauses")


def _opening(paper: Paper, rows: tuple[Row, ...]) -> Iterator[Found[LegalBasis]]:
    """In a paper without articles: the clauses with which its first paragraphs open, as far as they name a document."""
    given = False
    for paragraph in _first_paragraphs(rows):
        first = paragraph[0]
        text = tidy("\n".join(paper.text[row.span] for row in paragraph)).lstrip("-+–• ")
        if not cues.BASIS.match(first.folded) or not text[:1].isupper():
            if given:
                return
            inside = _SENTENCE.search(text)  # the bases may follow a sentence that tells the occasion
            if inside is None:
                continue
            text = text[inside.end() :]
        main = _MAIN_CLAUSE.search(text)
        clause = text[: main.start() + (text[main.start()] in ";)")] if main else text
        sentence_end = re.search(r"\.\s+(?=[A-ZĐÀ-Ỹ])", clause)
        if sentence_end is not None:
            clause = clause[: sentence_end.start() + 1]
        span = Span(first.span.start, paragraph[-1].span.end)
        for part in _INNER.split(clause):
            basis = read_basis(part.strip())
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
    if not row.text.rstrip(" *").endswith((";", ".", ":", "./.")):
        return False
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
