"""Documents that came with the paper: those in the file, and those that an article issues or approves."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from extractors import cues
from extractors.common.code import number_lines
from extractors.common.mentions import dated_codes
from extractors.common.title import title_of
from extractors.letterhead import read_letterhead
from extractors.paper import Paper
from extractors.rule import Rule
from extractors.zones import Attached, Rows
from normalizers.agencies import sentence_case
from normalizers.dates import parse_date
from normalizers.kinds import DECREE_KINDS, kind_named
from normalizers.text import capitals, sentence, skeleton, squeeze, tidy
from normalizers.titles import join_title
from schemas.found import Found
from schemas.record import Attachment
from schemas.text import Span

_KINDS = "|".join(kind.name for kind in DECREE_KINDS if kind.name not in ("Quyết định", "Công văn"))
_ISSUED = re.compile(
    rf"[Bb]an hành\s+(?:kèm theo|theo|cùng)\s+(?:Quyết định|Nghị quyết|Thông báo|Công văn|Chỉ thị)\s+này\s*:?\s*(?:bản\s+|các\s+)?(?P<quote>[“\"])?\s*(?P<kind>{_KINDS}|Danh mục|Bộ\s+[^\W\d_]+|Điều lệ|Nội quy|Quy trình)\s+(?P<title>.+)",
    re.DOTALL,
)
_APPROVED = re.compile(
    rf"(?P<verb>Phê duyệt|Ban hành|Thông qua|phê duyệt|ban hành)\s+(?:nội dung\s+|bản\s+)?(?P<quote>[“\"])?\s*(?P<kind>{_KINDS}|Danh mục|Điều lệ|Nội quy|Quy trình)\s+(?P<title>[^.;(]+)",
    re.DOTALL,
)
_WITH = re.compile(r"\bkèm\s+theo\b", re.IGNORECASE)
_ARTICLE_END = re.compile(r"\.(?=\s|$)|;|,\s+(?:bao gồm|gồm|cụ thể|với|để)\b|\s+\((?:có|[Kk]èm|chi tiết)")


def _parent(paper: Paper, caption: Rows) -> tuple[str | None, dt.date | None]:
    """Code and date of the document that an attachment belongs to: from its caption, or the paper itself."""
    lines = number_lines(paper)
    own = next((line.code.text for line in lines if line.code), None)
    own_date = next((line.date for line in paper.letterhead.dates if line.date is not None), None)
    if not caption:
        return (own, own_date) if not paper.zones.attached_only else (None, None)
    text = paper.text[Span(caption[0].span.start, caption[-1].span.end)]
    printed = next(iter(dated_codes(text, garbled=paper.is_garbled)), None)
    date = printed.date if printed else parse_date(text)
    if printed is None:
        symbol = next((line.symbol for line in lines if line.symbol), None)
        same = symbol is not None and symbol in "".join(text.split()).replace("Ð", "Đ").replace("*", "")
        blank = skeleton(text).rstrip().endswith((")", ".")) and "/" not in text
        if own and (same or blank or date in (None, own_date)):
            return own, own_date or date
        return None, date
    code = printed.found.code
    if own and any(line.symbol == code.symbol for line in lines) and date in (None, own_date) and own_date:
        return own, own_date
    return code.text, date if date or code.text != own else own_date


def _title(paper: Paper, attached: Attached) -> tuple[str | None, Span | None]:
    found = title_of(paper, attached.heading, attached.title)
    if found is not None:
        return found
    rows = attached.title or attached.head
    title = join_title([paper.text[row.span] for row in rows])
    return (title, Span(rows[0].span.start, rows[-1].span.end)) if title else (None, None)


def _in_file(paper: Paper) -> Iterator[Found[Attachment]]:
    zones = paper.zones
    if zones.attached_only and zones.caption:
        title = title_of(paper, zones.heading, zones.title)
        code, date = _parent(paper, zones.caption)
        kind = zones.heading.kind.abbreviation if zones.heading and zones.heading.kind else None
        start = title[1].start if title else zones.caption[0].span.start
        value = Attachment(doc_type=kind, title=title[0] if title else None, issued_with=code, issued_with_date=date)
        yield Found(value, Span(start, zones.caption[-1].span.end), 0.92, "attachments.itself")
    main: Attached | None = None
    for attached in zones.attachments:
        if is_another_paper(attached):
            return  # what follows belongs to that one
        if attached.heading is not None and attached.heading.kind is not None:
            main = attached
        elif main is not None and not _came_with_paper(paper, attached):
            continue  # an appendix of the attachment before it, not of the paper
        title_text, span = _title(paper, attached)
        code, date = _parent(paper, attached.caption)
        kind = attached.heading.kind.abbreviation if attached.heading and attached.heading.kind else None
        if span is None:
            first = attached.rows[0]
            span = first.span
        if title_text is None and kind is None:
            continue  # nothing is known of it
        value = Attachment(doc_type=kind, title=_recase(title_text), issued_with=code, issued_with_date=date)
        end = attached.caption[-1].span.end if attached.caption else span.end
        yield Found(value, Span(min(span.start, end), max(span.end, end)), 0.9, "attachments.in_file")


def is_another_paper(attached: Attached) -> bool:
    """Whether a part with its own letterhead and number is a paper of its own in the same file, and no attachment."""
    if attached.caption:
        return False
    return any(line.code is not None or line.symbol for line in read_letterhead(attached.head).numbers)


def _came_with_paper(paper: Paper, attached: Attached) -> bool:
    """Whether an appendix names the paper itself in its caption."""
    heading = paper.zones.heading
    if not attached.caption or heading is None or heading.kind is None:
        return False
    return f"kem theo {skeleton(heading.kind.name)}" in squeeze(" ".join(row.folded for row in attached.caption))


def _recase(title: str | None) -> str | None:
    return sentence_case(title) if title and capitals(title) >= 0.9 else title


def _named(paper: Paper) -> Iterator[Found[Attachment]]:
    """`Ban hành kèm theo Quyết định này Kế hoạch …`, where that plan is not in the file."""
    zones = paper.zones
    if not zones.body or zones.attached_only:
        return
    present = {
        attached.heading.kind.name for attached in zones.attachments if attached.heading and attached.heading.kind
    }
    code, date = _parent(paper, ())
    for index, row in enumerate(zones.body):
        if not cues.ARTICLE.match(row.folded):
            continue
        rows = zones.body[index : index + 12]
        start = rows[0].span.start
        text = paper.text[Span(start, rows[-1].span.end)]
        text = re.split(r"\n\s*\W*(?:Điều|ĐIỀU)\s+\d", text)[0]
        found = _ISSUED.search(text) or _APPROVED.search(text)
        if (
            found is None
            or found.groupdict().get("verb", "").lower() in ("phê duyệt", "thông qua")
            and not _WITH.search(text)
        ):
            continue  # what is approved need not come with the paper
        kind = kind_named(found["kind"])
        if (kind and kind.name in present) or (kind is None and zones.attachments):
            continue
        title = found["title"]
        if found["quote"]:
            title = re.split(r"[”\"]", title)[0]
        else:
            title = _ARTICLE_END.split(title)[0]
        title = sentence(squeeze(tidy(title)).strip(' .;,/“”"'))
        if not kind:
            title = f"{found['kind']} {title[:1].lower()}{title[1:]}"
        value = Attachment(
            doc_type=kind.abbreviation if kind else None, title=title, issued_with=code, issued_with_date=date
        )
        yield Found(
            value, Span(start + found.start(), start + found.start("title") + len(title)), 0.7, "attachments.named"
        )
        return


def _attachments(paper: Paper) -> Iterator[Found[Attachment]]:
    yield from _in_file(paper)
    yield from _named(paper)


_PAPER = (
    "XÃ AN\nSố: {}/QĐ-UBND\nAn Bình, ngày 01 tháng 7 năm 2025\nQUYẾT ĐỊNH\nVề việc họp\nCăn cứ Luật Thư viện;\nQUYẾT ĐỊNH:\n{}\n"
    "Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nTrần Văn Bình\n{}"
)
ATTACHMENTS = Rule(
    "attachments.in_file",
    "attachments",
    _attachments,
    (
        (
            _PAPER.format(
                "9",
                "Điều 1. Ban hành Quy chế./.",
                "QUY CHẾ\nQuản lý hội trường\n(Kèm theo Quyết định số F/QĐ-UBND ngày 01/7/2025)\nI. CHUNG",
            ),
            (
                Attachment(
                    doc_type="QC",
                    title="Quản lý hội trường",
                    issued_with="9/QĐ-UBND",
                    issued_with_date=dt.date(2025, 7, 1),
                ),
            ),
        ),
        (
            _PAPER.format("9", "Điều 1. Phê duyệt Kế hoạch dạy bơi\ncho trẻ (có Kế hoạch kèm theo).", ""),
            (
                Attachment(
                    doc_type="KH",
                    title="Dạy bơi cho trẻ",
                    issued_with="9/QĐ-UBND",
                    issued_with_date=dt.date(2025, 7, 1),
                ),
            ),
        ),
    ),
    (_PAPER.format("9", "Điều 1. Thưởng cho ông Lê An.", ""),),
)
RULES = (ATTACHMENTS,)
