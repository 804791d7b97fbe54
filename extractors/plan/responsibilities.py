"""Who does what: the agency headings under `Tổ chức thực hiện`, with the number of dashed items below each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from rapidfuzz import fuzz

from extractors.marks import LEVELS
from extractors.outline import Node
from extractors.paper import Paper
from extractors.plan.garbled_agencies import mend_agency
from extractors.rule import Rule
from normalizers.text import skeleton
from schemas.found import Found
from schemas.record import Responsibility
from schemas.text import Span

_HEADING = re.compile(
    r"tổ chức thực hiện|phân công (?:nhiệm vụ|trách nhiệm|thực hiện)|trách nhiệm (?:thực hiện|của các|cụ thể)",
    re.IGNORECASE,
)
# How a directive (chỉ thị) turns to those who are to act: `Chủ tịch Ủy ban nhân dân xã yêu cầu:`
_REQUIRES = re.compile(r"(?:yêu cầu|chỉ thị|giao nhiệm vụ|phân công)[^.;:]{0,60}[:;]?\W{0,3}$", re.IGNORECASE)
_DASH = LEVELS["dash"]
_SHORT = 120  # characters of a heading
_FEWEST, _MOSTLY = 2, 0.6
_NAMES = ("to chuc thuc hien", "phan cong nhiem vu", "phan cong trach nhiem", "trach nhiem thuc hien")
_ALIKE = 88.0  # per cent of letters that a heading of a garbled dump must have in common with one of them
_REQUEST = re.compile(r"(?:Đề nghị|Giao|Yêu cầu)\s+(?:cho\s+)?")
_AGENCY = re.compile(
    r"(?:Các\s+)?(?:[Pp]hòng|[Vv]ăn phòng|[Tt]rung tâm|[Ss]ở|[Bb]an|[ỦUủu][yỷ] ban|UBND|UBMTTQ|HĐND|Hội đồng|Công an|Bưu điện|Thủ trưởng|"
    r"Chánh Văn phòng|Giám đốc|Trưởng|Người đứng đầu|[Cc]ơ quan|[Đđ]ơn vị|Mặt trận|Đoàn|Hội|Liên đoàn|Kho bạc|Chi cục|Cục|Thuế|Ngân hàng|Bộ phận|"
    r"Tổ(?! chức (?!chính trị))|Bộ|Đài|Trạm|Trường|Thanh tra|Toà án|Tòa án|Viện|Quân sự|[Đđ]oàn thể|[Pp]hường|[Xx]ã|Công chức|Cán bộ|ban, ngành|Trạm Y tế|Báo|Chủ tịch)(?!\w)"
)
_GROUP = re.compile(
    r"(?:Các|Hiệu trưởng|Bí thư|Đảng ủy|Chi bộ|Toàn thể|Những)\s+(?!chỉ tiêu|nhiệm vụ|nội dung|giải pháp)\w+"
)
_CELL = re.compile(r"\||\d/\d")  # a row of a table that lost its rulings
_VERB = re.compile(
    r"(?<=\w)\s+(?:chủ trì|có trách nhiệm|chịu trách nhiệm|phối hợp|tham mưu|(?<!các )tổ chức|căn cứ|xây dựng|theo dõi|hướng dẫn|"
    r"thực hiện|triển khai|bố trí|là|đẩy mạnh|tăng cường|đưa|lãnh đạo|chỉ đạo|kiểm tra|giám sát|phân công|quán triệt|"
    r"tiếp tục|báo cáo|lập|rà soát|bảo đảm|đảm bảo|đề xuất|ban hành)(?!\w)"
)


def agency_of(heading: str) -> str | None:
    """The agency that a heading names, or None where it names none.

    >>> agency_of("Đề nghị Bưu điện"), agency_of("Phòng Văn hóa – Xã hội:"), agency_of("Trách nhiệm chung")
    ('Bưu điện', 'Phòng Văn hóa - Xã hội', None)
    >>> agency_of("Tổ chức triển khai Kế hoạch"), agency_of("Tổ công nghệ số cộng đồng")
    (None, 'Tổ công nghệ số cộng đồng')
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
    if len(text) > 140 or _CELL.search(text):
        return None
    name = re.sub(r"\s+[–—−]\s+", " - ", text).rstrip(" .;,:")
    return name if " " in name or name.isupper() else None  # `Ban` alone names none


def _agencies(nodes: Sequence[Node], *, garbled: bool) -> Iterator[tuple[Node, str]]:
    for node in nodes:
        if node.mark in (None, "-", "+"):
            continue
        agency = agency_of(mend_agency(node.text) if garbled and len(node.text) < _SHORT else node.text)
        if agency:
            yield node, agency
        else:
            yield from _agencies(node.children, garbled=garbled)


def _is_heading(node: Node, *, garbled: bool) -> bool:
    if len(node.text) >= _SHORT:
        return False
    if not garbled:
        return _HEADING.search(node.text) is not None
    letters = re.sub(r"[^a-z ]+", "", skeleton(node.text))
    return any(fuzz.partial_ratio(name, letters) >= _ALIKE for name in _NAMES if len(letters) >= len(name) - 2)


def _sections(nodes: Sequence[Node], *, garbled: bool) -> Iterator[Sequence[Node]]:
    """The nodes below every heading of responsibilities, and those that a directive puts behind `yêu cầu:`."""
    inside = False
    for index, node in enumerate(nodes):
        inside = _is_heading(node, garbled=garbled) if node.mark else inside
        if inside:
            yield node.children
        if node.level >= _DASH and _REQUIRES.search(node.text):
            yield _addressed(nodes[index + 1 :], garbled=garbled)


def _addressed(nodes: Sequence[Node], *, garbled: bool) -> Sequence[Node]:
    """The numbered items of a directive, where they are its addressees and not matters."""
    items = list(takewhile(lambda node: node.mark is not None and node.mark.isdecimal(), nodes))
    named = list(_agencies([replace(item, children=()) for item in items], garbled=garbled))
    return items if len(named) >= max(_FEWEST, _MOSTLY * len(items)) else ()


def find_responsibilities(paper: Paper) -> Iterator[Found[Responsibility]]:
    """One value an agency heading; `items` counts the dashed items right below it."""
    for part in paper.outline.parts:
        for nodes in _sections(part.nodes, garbled=paper.is_garbled):
            for named, agency in _agencies(nodes, garbled=paper.is_garbled):
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
        (
            "Chủ tịch Ủy ban nhân dân xã yêu cầu:\n1. Công an xã\n- Tuần tra ban đêm.\n2. Trưởng các thôn\n- Vận động Nhân dân.",
            (Responsibility(agency="Công an xã", items=1), Responsibility(agency="Trưởng các thôn", items=1)),
        ),
    ),
    rejects=(
        "III. NHIỆM VỤ\n1. Phòng Kinh tế\n- Lập dự toán.",
        "Chủ tịch Ủy ban nhân dân xã yêu cầu:\n1. Tăng cường tuyên truyền.\n2. Công an xã tuần tra.\n3. Kiểm tra.",
    ),
)
