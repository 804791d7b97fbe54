"""The part of a report that tells what was done: without its letterhead, its foot and the sections on what is to be done."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.outline import PARAGRAPH, Node
from extractors.paper import Paper

_PLANS = re.compile(
    r"(?:phương hướng|nhiệm vụ trọng tâm|nhiệm vụ,? giải pháp|giải pháp|kế hoạch (?:công tác|thực hiện)|đề xuất|kiến nghị|mục tiêu|"
    r"nhiệm vụ (?:trong |công tác |chủ yếu |cụ thể |và giải pháp |\d+ tháng|quý|năm|tháng)|dự kiến|nơi nhận|kính gửi)",
    re.IGNORECASE,
)
# What the paper strives or asks for was not measured, wherever it stands.
_INTENT = re.compile(
    r"(?:Phấn đấu|Đề nghị (?:Sở|Bộ|Ủy ban|UBND|Hội đồng|HĐND|Thành|Tỉnh|thành phố|tỉnh|các|cấp))(?!\w)"
)
_DONE = re.compile(r"kết quả|tình hình|đánh giá", re.IGNORECASE)
_FOLLOWED = re.compile(r"tiếp nhận|xử lý|giải quyết|công tác", re.IGNORECASE)


def _reported(nodes: Sequence[Node]) -> Iterator[Node]:
    """Nodes that tell what was done; sections on what is to be done are left out."""
    for node in nodes:
        ended = node.text.endswith((".", ";")) and not (node.text.isupper() or node.text.endswith(" ."))
        heading = node.level < PARAGRAPH and len(node.text) < 140 and not ended
        if heading and node.children and _PLANS.match(node.text) and not _DONE.search(node.text):
            if not _FOLLOWED.search(node.text) or node.level <= 4:
                continue
        if not _INTENT.match(node.text):
            yield node
        yield from _reported(node.children)


def account(paper: Paper) -> Iterator[Node]:
    """The nodes of the report's account, behind the letterhead and before the foot."""
    tail = paper.zones.tail[0].span.start if paper.zones.tail else len(paper.text.text)
    for part in paper.outline.parts:
        nodes = part.nodes
        if part is paper.outline.parts[0]:
            first = next((i for i, node in enumerate(nodes) if node.mark and node.mark not in "-+"), 0)
            yield from (node for node in _reported(nodes[first:]) if node.span.start < tail)
        else:
            yield from _reported(nodes)
