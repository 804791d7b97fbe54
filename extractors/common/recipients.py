"""`Nơi nhận` and `Kính gửi` (NĐ 30/2020 Annex I, elements 9a and 9b)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import cues
from extractors.common.listed import clean, cut, items
from extractors.paper import Paper
from extractors.rows import Row
from extractors.rule import Rule
from schemas.found import Found
from schemas.text import Span

_DEAR = re.compile(r"kinh\s+(?:gui\b|trinh\b|g\w{1,4}(?=\s*[:;,]))\s*[:;.,]?\s*")
_LIST_FOLLOWS = re.compile(_DEAR.pattern + r"(?:[-–•+]|\W*$)")
_INNER_DEAR = re.compile(r";\s+(?=[-–•]?\s*[A-ZĐÀ-Ỹ])")


def _recipients(paper: Paper) -> Iterator[Found[str]]:
    foot = paper.foot
    for item, span in items(paper, foot.recipients):
        yield Found(item, span, 0.93, "recipients.list")


_FILED = re.compile(r"^\W*[Ll]ưu\s*[:;.]?\s*(?P<rest>.+)$", re.DOTALL)
_OFFICE = re.compile(r"^(?:VT|VP|[Vv]ăn thư|HC|HS|[Hh]ồ sơ|HSCV|[Vv]ăn phòng)\b")
_COPIES = re.compile(r"\s*\(.*$|\s*[._-]?\s*\d+\s*(?:b|bản)?\.?$")
_DRAFTER = re.compile(r"(?<=[A-ZĐ]{2})[._](?=\w).*$")


def drafting_unit(item: str) -> str | None:
    """The unit behind the archive in the last line of `Nơi nhận`, without the drafter's mark and the number of copies.

    >>> [drafting_unit(item) for item in ("Lưu: VT, CCVC(Trung)", "Lưu: VT, VT&ATGT, 05b", "Lưu: VT", "Lưu: VT, P.KT")]
    ['CCVC', 'VT&ATGT', None, 'P.KT']
    """
    found = _FILED.match(item)
    parts = [part.strip(" .;") for part in re.split(r"[,;]", found["rest"])] if found else []
    if len(parts) < 2 or not _OFFICE.match(parts[0]):
        return None  # one unit alone keeps it; whether that one wrote it is not said
    for part in parts[1:]:
        unit = _DRAFTER.sub("", _COPIES.sub("", part)).strip(" .:")
        if len(unit) > 1 and unit[0].isupper() and not _OFFICE.fullmatch(unit):
            return unit
    return None


def _drafting(paper: Paper) -> Iterator[Found[str]]:
    for found in _recipients(paper):
        if unit := drafting_unit(found.value):
            yield Found(unit, found.span, 0.85, "drafting_unit.filed")


def _addressee_rows(paper: Paper) -> list[Row]:
    """The rows from `Kính gửi` to the body."""
    rows = (*paper.zones.title, *paper.zones.caption, *paper.zones.authority, *paper.zones.body)
    start = next((i for i, row in enumerate(rows[:30]) if cues.DEAR.search(row.folded)), None)
    if start is None:
        return []
    found = [rows[start]]
    listed = bool(_LIST_FOLLOWS.search(rows[start].folded))
    for row in rows[start + 1 : start + 40]:
        dash = row.text.lstrip()[0] in "-•+–"
        before = found[-1].text.rstrip()
        if row.text.endswith("./."):
            break
        if not dash and (cues.BODY_START.match(row.folded) or cues.HEADING.match(row.folded) or before.endswith(".")):
            break
        if dash and not listed:
            break
        if not dash and not row.text[0].islower() and not listed and not before.endswith((",", ";")):
            break
        if not dash and listed and before.endswith(".") and len(found) > 1:
            break
        if (
            not dash
            and listed
            and len(found) > 1
            and not before.endswith((";", ","))
            and not row.text[0].islower()
            and any(other.text.lstrip()[0] in "-•+–" for other in found)
        ):
            break
        if len(row.text) > 85 and not dash and not row.text[0].islower():
            break
        found.append(row)
    return found


def _addressees(paper: Paper) -> Iterator[Found[str]]:
    rows = _addressee_rows(paper)
    if not rows:
        return
    first = rows[0]
    label = _DEAR.search(first.folded)
    if label is None:
        return
    drafts: list[tuple[str, Span]] = []
    for index, row in enumerate(rows):
        start = label.end() if index == 0 else 0
        whole = row.part(start, len(row.text))
        for text, span in cut(paper.text[whole], whole, _INNER_DEAR):
            if not text.strip():
                continue
            before = drafts[-1][0].rstrip() if drafts else ";"
            unlisted = len(rows) > 2 and label.end() >= len(first.text) and text.lstrip()[0].isupper()
            if text.lstrip()[0] in "-•+–" or before.endswith(";") or unlisted and not before.endswith((",", "và", "-")):
                drafts.append((text, span))
            else:
                drafts[-1] = (f"{drafts[-1][0]}\n{text}", Span(drafts[-1][1].start, span.end))
    for text, span in drafts:
        if item := clean(text):
            yield Found(item, span, 0.9, "addressees.dear")


_PAPER = "SỞ Y TẾ\nSố: 12/SYT-VP\nV/v họp\nKính gửi:{}\nTheo kế hoạch, Sở Y tế tổ chức họp./.\nNơi nhận:\n{}"
RECIPIENTS = Rule(
    "recipients.list",
    "recipients",
    _recipients,
    (
        (
            _PAPER.format(
                " Sở Nội vụ.", "- Như trên;\n- UBND các xã,\nphường;\n- Lưu: VT, TCCB.\nGIÁM ĐỐC\nTrần Văn Bình"
            ),
            ("Như trên", "UBND các xã, phường", "Lưu: VT, TCCB"),
        ),
        (_PAPER.format(" Sở Nội vụ.", "- Như trên; GIÁM ĐỐC\n- Lưu: VT.   Trần Văn Bình"), ("Như trên", "Lưu: VT")),
    ),
)
ADDRESSEES = Rule(
    "addressees.dear",
    "addressees",
    _addressees,
    (
        (_PAPER.format(" Sở Nội vụ.", "- Lưu: VT."), ("Sở Nội vụ",)),
        (_PAPER.format("\n- Sở Nội vụ;\n- Sở Tài chính.", "- Lưu: VT."), ("Sở Nội vụ", "Sở Tài chính")),
    ),
    ("SỞ Y TẾ\nSố: 12/QĐ-SYT\nQUYẾT ĐỊNH\nVề việc họp\nĐiều 1. Họp./.\nNơi nhận:\n- Lưu: VT.",),
)
DRAFTING_UNIT = Rule(
    "drafting_unit.filed",
    "document.drafting_unit",
    _drafting,
    ((_PAPER.format(" Sở Nội vụ.", "- Như trên;\n- Lưu: VT, TCCB(2).\nGIÁM ĐỐC\nTrần Văn Bình"), ("TCCB",)),),
    (_PAPER.format(" Sở Nội vụ.", "- Như trên;\n- Lưu: VT.\nGIÁM ĐỐC\nTrần Văn Bình"),),
)
RULES = (RECIPIENTS, ADDRESSEES, DRAFTING_UNIT)
