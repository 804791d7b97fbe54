"""The signer's post where the lines above the signature are lost, from what the paper says of the same person elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.authority import Block
from extractors.common.signer import signer_names
from extractors.paper import Paper
from extractors.rule import Rule
from normalizers.agencies import standard_post
from normalizers.text import skeleton
from schemas.found import Found
from schemas.text import Span

_BESIDE = 60  # characters between which a name and its post stand
_WORDS = 4
# Posts that need no unit beside them to be said in full.
_COMPLETE = re.compile(
    r"^(?:pho )?(?:chu tich|(?:tong )?giam doc|hieu truong|vien truong|cuc truong|vu truong|bi thu|chanh van phong|chanh thanh tra)$"
)
_BETWEEN = re.compile(r"[^\w\n]{1,4}(?:(?:la|hien la|chuc vu)\s+)?")


def _mentions(paper: Paper) -> Iterator[Found[str]]:
    name = max(signer_names(paper), key=lambda found: found.score, default=None)
    if name is None or Block(paper.foot.authority, party=False).post() is not None:
        return
    folded = skeleton(paper.text.text)
    said: dict[str, Span] = {}
    for match in re.finditer(r"\b" + r"\s+".join(map(re.escape, skeleton(name.value).split())) + r"\b", folded):
        if match.start() < name.span.end and name.span.start < match.end():
            continue
        found = _post_behind(paper, folded, match.end())
        if found is not None:
            said.setdefault(*found)
    if len(said) == 1:
        post, span = next(iter(said.items()))
        yield Found(post, span, 0.6, "signer_title.mention")


def _post_behind(paper: Paper, folded: str, start: int) -> tuple[str, Span] | None:
    """The post that stands behind a name: `ông Trần Văn Bình, Phó Chủ tịch UBND phường`."""
    between = _BETWEEN.match(folded, start)
    if between is None:
        return None
    words = list(re.finditer(r"\S+", folded[between.end() : between.end() + _BESIDE]))
    for length in range(min(_WORDS, len(words)), 0, -1):
        span = Span(between.end() + words[0].start(), between.end() + words[length - 1].end())
        post = standard_post(paper.text[span].strip(" .,;:|-").upper())
        if post is not None and _COMPLETE.match(skeleton(post)):
            return post, span
    return None


_PAPER = "XÃ AN\nSố: 1/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc họp\n{}\nNơi nhận:\n- Như Điều 1;\n- Lưu: VT.\n{}"
MENTION = Rule(
    "signer_title.mention",
    "document.signer_title",
    _mentions,
    (
        (
            _PAPER.format("Điều 1. Cử ông Trần Văn Bình, Phó Chủ tịch UBND xã, làm Trưởng đoàn./.", "Trần Văn Bình"),
            ("Phó Chủ tịch",),
        ),
    ),
    (
        _PAPER.format("Điều 1. Cử ông Trần Văn Bình, Phó Chủ tịch UBND xã, làm Trưởng đoàn./.", "Lê Thị An"),
        _PAPER.format(
            "Điều 1. Cử ông Trần Văn Bình, Chủ tịch Hội Nông dân; ông Trần Văn Bình, Phó Chủ tịch UBND xã./.",
            "Trần Văn Bình",
        ),
        _PAPER.format("Điều 1. Cử ông Trần Văn Bình, Phó Chủ tịch UBND xã./.", "KT. GIÁM ĐỐC\nTrần Văn Bình"),
    ),
)
RULES = (MENTION,)
