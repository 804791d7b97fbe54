"""What one legal basis says: the document it names first, those beside it, its kind and who issued it."""

from __future__ import annotations

import re

from extractors.common.mentions import Mention, find_mentions
from normalizers.dates import find_dates
from normalizers.kinds import kind_named
from normalizers.text import squeeze
from schemas.record import LegalBasis, NamedDocument

_PROPOSAL = re.compile(r"^\W*(?:theo|xét|trên cơ sở)\s+(?:các\s+)?(?:đề nghị|đề xuất|ý kiến đề nghị)\b", re.IGNORECASE)
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


def read_basis(clause: str, *, garbled: bool = False) -> LegalBasis:
    """One clause, read. garbled: it comes from a garbled dump.

    >>> basis = read_basis("Căn cứ Nghị định số 78/2025/NĐ-CP ngày 01/4/2025 của Chính phủ quy định chi tiết;")
    >>> basis.code, str(basis.date), basis.kind, basis.issuer
    ('78/2025/NĐ-CP', '2025-04-01', 'Nghị định', 'Chính phủ')
    >>> read_basis("Theo đề nghị của Trưởng phòng Kinh tế.").issuer
    'Trưởng phòng Kinh tế'
    """
    mentions = find_mentions(clause, garbled=garbled)
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
