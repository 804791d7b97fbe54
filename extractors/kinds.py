"""The kinds of documents (NĐ 30/2020 Điều 7) with the rules that each runs, and how a paper is told to be one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.common import (
    attachments,
    citations,
    code,
    digital_signatures,
    issued_on,
    issuer,
    legal_bases,
    recipients,
    signer,
    signer_mention,
    title,
)
from extractors.common.code import number_lines
from extractors.paper import Paper
from extractors.plan.responsibilities import RESPONSIBILITIES
from extractors.plan.target_tables import TARGET_TABLES
from extractors.plan.targets import TARGETS
from extractors.plan.tasks import TASKS
from extractors.report.footnotes import FOOTNOTES
from extractors.report.result_tables import RESULT_TABLES
from extractors.report.results import RESULTS
from extractors.rule import Rule
from normalizers.kinds import ALL_KINDS, BY_ABBREVIATION, HEADING_KINDS
from schemas.found import Found
from schemas.text import Span

COMMON: tuple[Rule, ...] = (
    *code.RULES,
    *issued_on.RULES,
    *issuer.RULES,
    *title.RULES,
    *signer.RULES,
    *signer_mention.RULES,
    *recipients.RULES,
    *legal_bases.RULES,
    *citations.RULES,
    *attachments.RULES,
    *digital_signatures.RULES,
    FOOTNOTES,
)
# What a paper plans stands in plans, programmes and in decisions that issue them; what was reached stands in reports.
PLANNING: tuple[Rule, ...] = (TARGETS, TARGET_TABLES, TASKS, RESPONSIBILITIES)
REPORTING: tuple[Rule, ...] = (RESULTS, RESULT_TABLES)
_PLANS = (
    "Quyết định",
    "Kế hoạch",
    "Chương trình",
    "Đề án",
    "Phương án",
    "Chỉ thị",
    "Nghị quyết",
    "Hướng dẫn",
    "Công văn",
    "Thông báo",
    "Dự án",
    "Quy chế",
    "Quy định",
    "Kết luận",
)
_REPORTS = ("Báo cáo",)


@dataclass(frozen=True)
class Kind:
    """A kind of document and the rules that it runs beside those common to all."""

    name: str
    abbreviation: str | None
    rules: tuple[Rule, ...] = ()

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        return (*COMMON, *self.rules)


def _kinds() -> Iterator[Kind]:
    for kind in (*ALL_KINDS, *HEADING_KINDS):
        rules = PLANNING if kind.name in _PLANS else REPORTING if kind.name in _REPORTS else ()
        yield Kind(kind.name, kind.abbreviation, rules)


KINDS: tuple[Kind, ...] = tuple(_kinds())
UNKNOWN = Kind("", None)
_BY_NAME = {kind.name: kind for kind in KINDS}


@dataclass(frozen=True)
class Classified:
    """The kind of a paper, what tells it, and the type in its code where that says otherwise."""

    kind: Kind
    found: Found[str] | None
    code_type: str | None = None


def classify(paper: Paper) -> Classified:
    """The kind: by the printed name above the title; then by the type in the code; a paper with a symbol but no type is a công văn.

    >>> classify(Paper.of("XÃ AN\\nSố: 1/KH-UBND\\nKẾ HOẠCH\\nTrồng cây")).kind.name
    'Kế hoạch'
    >>> paper = Paper.of("THANH TRA TỈNH\\nSố: 3/KL-TTr\\nKẾT LUẬN THANH TRA\\nVề việc chấp hành pháp luật\\nI. KẾT QUẢ")
    >>> classify(paper).kind.name, classify(paper).kind.abbreviation  # the decree gives none
    ('Kết luận thanh tra', None)
    >>> classify(Paper.of("SỞ Y TẾ\\nSố: 12/SYT-VP\\nV/v họp\\nKính gửi: Sở Nội vụ.")).kind.abbreviation
    'CV'
    """
    zones = paper.zones
    lines = number_lines(paper)
    code_type = next((line.type for line in lines if line.type), None)
    by_code = BY_ABBREVIATION.get(code_type) if code_type else None
    heading = zones.heading
    if heading is not None and heading.kind is not None:
        name = heading.kind  # the printed name decides: HĐ/HD and ĐA/DA differ by a stroke in the code only
        span = Span(heading.row.span.start, heading.row.span.start + heading.rest)
        return Classified(
            _BY_NAME[name.name],
            Found(name.name, span, 0.97 if name is by_code else 0.92, "doc_type.heading"),
            code_type,
        )
    if by_code is not None:
        line = next(line for line in lines if line.type)
        return Classified(_BY_NAME[by_code.name], Found(by_code.name, line.span, 0.8, "doc_type.code"), code_type)
    if lines or paper.letterhead.subject:
        span = lines[0].span if lines else paper.letterhead.subject[0].span
        return Classified(_BY_NAME["Công văn"], Found("Công văn", span, 0.85, "doc_type.letter"), code_type)
    return Classified(UNKNOWN, None)


def all_rules() -> tuple[Rule, ...]:
    """Every rule of every kind, once."""
    found: dict[str, Rule] = {}
    for kind in KINDS:
        for rule in kind.all_rules:
            found.setdefault(f"{rule.field}:{rule.name}", rule)
    return tuple(found.values())
