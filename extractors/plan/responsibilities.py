"""Who does what: the agency headings under `Tổ chức thực hiện`, with the number of dashed items below each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.outline import Node
from extractors.paper import Paper
from extractors.rule import Rule
from schemas.found import Found
from schemas.record import Responsibility
from schemas.text import Span

_HEADING = re.compile(
    r"tổ chức thực hiện|phân công (?:nhiệm vụ|trách nhiệm|thực hiện)|trách nhiệm (?:thực hiện|của các|cụ thể)",
    re.IGNORECASE,
)
_REQUEST = re.compile(r"(?:Đề nghị|Giao|Yêu cầu)\s+(?:cho\s+)?")
_AGENCY = re.compile(
    r"(?:Các\s+)?(?:[Pp]hòng|[Vv]ăn phòng|[Tt]rung tâm|[Ss]ở|[Bb]an|[ỦUủu][yỷ] ban|UBND|UBMTTQ|HĐND|Hội đồng|Công an|Bưu điện|Thủ trưởng|"
    r"Chánh Văn phòng|Giám đốc|Trưởng|Người đứng đầu|[Cc]ơ quan|[Đđ]ơn vị|Mặt trận|Đoàn|Hội|Liên đoàn|Kho bạc|Chi cục|Cục|Thuế|Ngân hàng|Bộ phận|"
    r"Tổ|Bộ|Đài|Trạm|Trường|Thanh tra|Toà án|Tòa án|Viện|Quân sự|[Đđ]oàn thể|[Pp]hường|[Xx]ã|Công chức|Cán bộ|ban, ngành|Trạm Y tế|Báo|Chủ tịch)(?!\w)"
)
_GROUP = re.compile(
    r"(?:Các|Hiệu trưởng|Bí thư|Đảng ủy|Chi bộ|Toàn thể|Những)\s+(?!chỉ tiêu|nhiệm vụ|nội dung|giải pháp)\w+"
)
_VERB = re.compile(
    r"(?<=\w)\s+(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|(?<!các )tổ chức|căn cứ|xây dựng|theo dõi|hướng dẫn|"
    r"thực hiện|triển khai|bố trí|là cơ quan|đẩy mạnh|tăng cường)(?!\w)"
)


def agency_of(heading: str) -> str | None:
    """The agency that a heading names, or None where it names none.

    >>> agency_of("Đề nghị Bưu điện"), agency_of("Phòng Văn hóa – Xã hội:"), agency_of("Trách nhiệm chung")
    ('Bưu điện', 'Phòng Văn hóa - Xã hội', None)
    >>> agency_of("Giao Phòng Kinh tế chủ trì, phối hợp với các đơn vị lập dự toán.")
    'Phòng Kinh tế'
    """
    text = heading.split(":", 1)[0] if ":" in heading[:160] else heading
    request = _REQUEST.match(text)
    text = text[request.end() :] if request else text
    if not _AGENCY.match(text) and not _GROUP.match(text):
        return None
    verb = _VERB.search(text)
    if verb:
        text = text[: verb.start()]
    if len(text) > 140:
        return None
    return re.sub(r"\s+[–—−]\s+", " - ", text).rstrip(" .;,:") or None


def _agencies(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        if node.mark in (None, "-", "+"):
            continue
        if agency_of(node.text):
            yield node
        else:
            yield from _agencies(node.children)


def find_responsibilities(paper: Paper) -> Iterator[Found[Responsibility]]:
    """One value an agency heading; `items` counts the dashed items right below it."""
    for part in paper.outline.parts:
        inside = False
        for node in part.nodes:
            inside = bool(_HEADING.search(node.text)) and len(node.text) < 120 if node.mark else inside
            if not inside:
                continue
            for named in _agencies(node.children):
                agency = agency_of(named.text)
                if agency:
                    items = sum(child.mark == "-" for child in named.children)
                    end = named.text_span.start + min(len(named.text), 160)
                    span = Span(named.text_span.start, min(end, named.text_span.end))
                    yield Found(Responsibility(agency=agency, items=items), span, 0.85, "responsibilities.heading")


RESPONSIBILITIES = Rule(
    name="responsibilities.heading",
    field="responsibilities",
    find=find_responsibilities,
    examples=(
        (
            "IV. TỔ CHỨC THỰC HIỆN\n1. Phòng Kinh tế\n- Lập dự toán.\n- Thẩm định kinh phí.\n2. Đề nghị Công an phường\nGiữ gìn trật tự.",
            (Responsibility(agency="Phòng Kinh tế", items=2), Responsibility(agency="Công an phường", items=0)),
        ),
    ),
    rejects=("III. NHIỆM VỤ\n1. Phòng Kinh tế\n- Lập dự toán.",),
)
