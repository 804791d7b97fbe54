"""Targets: the statements under headings `chỉ tiêu` and `mục tiêu`, numbered, dashed or plain, with their metrics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from extractors.garbled_figures import Figures
from extractors.outline import PARAGRAPH, Node
from extractors.paper import Paper
from extractors.plan.metrics import read_metrics
from extractors.rule import Rule
from normalizers.text import skeleton
from schemas.found import Found
from schemas.record import Metric, Target

_HEADING = re.compile(
    r"(?:(?:một số|các|những|về|hệ thống|nhóm|quan điểm|mục đích)[\s,]*(?:và\s+)?)*(?:mục tiêu|chỉ tiêu)(?!\w)"
    r"|(?:mục đích|yêu cầu|phương hướng|định hướng)\s*(?:,|và|;|-)\s*(?:các\s+)?(?:mục tiêu|chỉ tiêu)(?!\w)",
    re.IGNORECASE,
)
# With a tone that makes no word in front of `tiêu`; `chi tiêu` (spending) does.
_WRONG_TONE = re.compile(r"(?:các )?(?:ch[íìĩị] tiêu|m[uúùũư]c tiêu|mục ti[eếềểễ]u)(?!\w)", re.IGNORECASE)
_BEFORE_NAME = frozenset(
    "mot so cac nhung ve he thong nhom quan diem muc dich yeu cau phuong dinh huong va chi tieu".split()
)
# What a resolution or decision sets: `Điều 1. Thông qua các chỉ tiêu chủ yếu năm 2026 như sau:`
_APPROVED = re.compile(
    r"(?:Thông qua|Phê duyệt|Quyết nghị|Quyết định|Giao|Thống nhất|Ban hành|Xác định)(?!\w)[^.;:]{0,80}(?:mục tiêu|chỉ tiêu)(?!\w)"
    r"[^.;]{0,140}?(?:(?:sau|sau đây|cụ thể)\W*|:\W*)$",
    re.DOTALL,
)
_OUTLOOK = re.compile(r"(?:Định hướng|Tầm nhìn)(?!\w).{0,40}\b20\d\d\W*$", re.IGNORECASE)
_MIXED = re.compile(r"nhiệm vụ|giải pháp|nội dung|yêu cầu|kết quả|tình hình|đánh giá", re.IGNORECASE)
_REVIEW = re.compile(r"kết quả|tình hình|đánh giá|thực hiện các|so với", re.IGNORECASE)
_BARE = re.compile(r"(?:các |về )?(?:mục tiêu|chỉ tiêu)(?: cụ thể| chung| tổng quát| chủ yếu)?\s*:?", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;!]['\"”)]*$|\./\.?$")
_SHORT_HEADING = re.compile(r"\D{1,50}")  # a full stop behind it is a speck where items stand below
LETTER = 10


def _heads_targets(text: str, *, garbled: bool) -> bool:
    """Whether a heading begins with `mục tiêu` or `chỉ tiêu`; slips are forgiven in a garbled dump.

    >>> _heads_targets("CÁC GHI TIÊU CHỦ YẾU", garbled=True), _heads_targets("CÁC GHI TIÊU CHỦ YẾU", garbled=False)
    (True, False)
    >>> _heads_targets("CHÍ TIÊU PHẤN ĐẤU", garbled=False), _heads_targets("CHI TIÊU NỘI BỘ", garbled=False)
    (True, False)
    """
    if not garbled:
        return (_HEADING.match(text) or _WRONG_TONE.match(text)) is not None
    words = re.sub(r"[^\w\s]+", "", skeleton(text)).split()
    for at, pair in enumerate(zip(words, words[1:], strict=False)):
        if any(Levenshtein.distance(" ".join(pair), name) <= 1 for name in ("muc tieu", "chi tieu")):
            return True
        if words[at] not in _BEFORE_NAME:
            break
    return False


def _is_target_heading(node: Node, *, garbled: bool) -> bool:
    text = node.text.rstrip(" :.")
    return (
        len(text) < 120
        and _heads_targets(text, garbled=garbled)
        and not _REVIEW.search(text)
        and (bool(node.children) or node.level == PARAGRAPH)
        and not node.text.endswith(";")
    )


def _is_inner_heading(node: Node) -> bool:
    """Whether a heading inside a target section goes on with it: an outlook, or `Chi tiêu` that lost its tone."""
    plain = skeleton(node.text)
    return bool(node.children) and bool(_OUTLOOK.match(node.text) or plain.startswith(("chi tieu", "muc tieu")))


def _leaves(nodes: Sequence[Node], section: str, *, garbled: bool) -> Iterator[tuple[Node, str]]:
    """The statements below a heading, each with the heading right above it."""
    for index, node in enumerate(nodes):
        ended = bool(_SENTENCE_END.search(node.text)) and not (garbled and _SHORT_HEADING.fullmatch(node.text))
        if not node.children:
            introduces = node.text.endswith(":") and index + 1 < len(nodes)
            if not introduces and (node.mark is not None or ended or len(node.text) > 60):
                yield node, section
        elif ended:
            yield node, section
            yield from _leaves(node.children, section, garbled=garbled)
        else:
            inner = section if _BARE.fullmatch(node.text) or node.level > LETTER else node.title
            yield from _leaves(node.children, inner, garbled=garbled)


def _sections(
    nodes: Sequence[Node], above: str | None, *, garbled: bool, outlook: bool = False
) -> Iterator[tuple[Node, str]]:
    """Statements of every target section; a heading of targets and tasks together gives way to the headings in it.

    outlook: the nodes stand in a target section, so what is envisaged for a later year is a target, too.
    """
    for index, node in enumerate(nodes):
        if node.children and _APPROVED.match(node.text):
            yield from _leaves(node.children, node.title, garbled=garbled)
        elif _is_target_heading(node, garbled=garbled) or (outlook and _is_inner_heading(node)):
            title = above if above and node.level >= LETTER and _BARE.fullmatch(node.text) else node.title
            inner = list(_sections(node.children, node.title, garbled=garbled, outlook=True))
            if inner:
                yield from inner
            elif node.level == PARAGRAPH:
                if node.text.endswith(":") and above:
                    yield from _leaves(_following_items(nodes, index), above, garbled=garbled)
            elif not _MIXED.search(node.text):
                yield from _leaves(node.children, title, garbled=garbled)
        else:
            yield from _sections(node.children, node.title if node.level < PARAGRAPH else above, garbled=garbled)


def _following_items(nodes: Sequence[Node], index: int) -> Sequence[Node]:
    end = index + 1
    while end < len(nodes) and nodes[end].level != PARAGRAPH:
        end += 1
    return nodes[index + 1 : end]


def find_targets(paper: Paper) -> Iterator[Found[Target]]:
    """Every target of the paper in order, with the heading it stands under and its metrics."""
    figures = Figures(paper.text.text) if paper.is_garbled else None
    for part in paper.outline.parts:
        for node, section in _sections(part.nodes, None, garbled=paper.is_garbled):
            number = node.mark if node.mark and node.mark not in "-+" else None
            said = figures.mend(node.text, paper.text.words(node.text_span)) if figures else node.text
            value = Target(
                no=number, section=section, text=node.text, metrics=read_metrics(said, garbled=figures is not None)
            )
            yield Found(value, node.text_span, 0.9 if node.mark else 0.8, "targets.section")


def _target(no: str | None, section: str, text: str, *metrics: Metric) -> Target:
    return Target(no=no, section=section, text=text, metrics=list(metrics))


TARGETS = Rule(
    name="targets.section",
    field="targets",
    find=find_targets,
    examples=(
        (
            "II. CHỈ TIÊU\n1. Tối thiểu 60% hồ sơ nộp trực tuyến.\n2. Vượt thu ngân sách năm 2031.\nIII. NHIỆM VỤ\n1. Rà soát.",
            (
                _target(
                    "1",
                    "II. CHỈ TIÊU",
                    "Tối thiểu 60% hồ sơ nộp trực tuyến.",
                    Metric(comparator=">=", value=60, unit="%"),
                ),
                _target("2", "II. CHỈ TIÊU", "Vượt thu ngân sách năm 2031."),
            ),
        ),
        (
            "Điều 1. Thông qua các chỉ tiêu chủ yếu năm 2031 như sau:\n1. Tối thiểu 60% hồ sơ nộp trực tuyến.\nĐiều 2. Hiệu lực\n1. Từ ngày ký.",
            (
                _target(
                    "1",
                    "Điều 1. Thông qua các chỉ tiêu chủ yếu năm 2031 như sau:",
                    "Tối thiểu 60% hồ sơ nộp trực tuyến.",
                    Metric(comparator=">=", value=60, unit="%"),
                ),
            ),
        ),
        (
            "II. MỤC TIÊU VÀ NHIỆM VỤ\n1. Cải cách thể chế\na) Mục tiêu\n- Trên 90% văn bản ban hành đúng hạn.\nb) Nhiệm vụ\n- Rà soát.",
            (
                _target(
                    None,
                    "1. Cải cách thể chế",
                    "Trên 90% văn bản ban hành đúng hạn.",
                    Metric(comparator=">", value=90, unit="%"),
                ),
            ),
        ),
        (
            "II. MỤC TIÊU\n1. Mục tiêu chung\nGiữ vững an toàn.\n2. Chi tiêu cụ thể\na) Trồng 90% số cây.\nIII. NHIỆM VỤ\n1. Rà soát.",
            (
                _target(None, "1. Mục tiêu chung", "Giữ vững an toàn."),
                _target("a", "2. Chi tiêu cụ thể", "Trồng 90% số cây.", Metric(comparator="=", value=90, unit="%")),
            ),
        ),
    ),
    rejects=(
        "I. KINH PHÍ\n1. Chi tiêu thường xuyên\na) Chi 20% cho sửa chữa.\nb) Chi 30% cho mua sắm.",
        "I. KẾT QUẢ THỰC HIỆN CÁC CHỈ TIÊU\n1. Đã giải quyết 98% hồ sơ.",
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Hoàn thành chỉ tiêu được giao.",
    ),
)
