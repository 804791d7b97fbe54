"""Number, symbol and code of the paper itself, from its number line (NĐ 30/2020 Annex I, element 3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from extractors.number_line import NumberLine
from extractors.paper import Paper
from extractors.rule import Rule
from normalizers.codes import find_codes
from normalizers.text import skeleton
from schemas.found import Found
from schemas.text import Span

_HEAD = "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: {}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nAn Bình, ngày 05 tháng 8 năm 2025\nQUYẾT ĐỊNH\nVề việc họp"


def number_lines(paper: Paper) -> list[NumberLine]:
    """The number lines of the letterhead, best first. The printed name of the kind mends a type that was misread."""
    heading = paper.zones.heading
    kind = heading.kind.abbreviation if heading and heading.kind else None
    lines = [_trusted(paper, _mended(paper, line, kind)) for line in paper.letterhead.numbers]
    if paper.is_garbled:
        lines = [_spelled(paper, _whole(line, kind)) for line in lines]
    if any(line.type == kind for line in lines):  # another type belongs to a paper that the letterhead names
        lines = [line if line.type == kind else line._replace(score=0.6 * line.score) for line in lines]
    return sorted(lines, key=lambda line: (-line.score, line.span.start))


def _trusted(paper: Paper, line: NumberLine) -> NumberLine:
    """A number that was written by hand and read in part is no number.

    Numbers below 10 bear a zero (NĐ 30/2020 Annex I), so on a scan a lone figure is the rest of a longer one;
    so are figures in front of which the recogniser saw something else.
    """
    if line.number is None or not recognised(paper, line.span):
        return line
    raw = paper.text.raw(line.span)
    figures = re.match(r"\W*([\dOolI|\s]*\d[\dOolI|\s]*)", raw)
    if len(line.number) == 1 or figures is None:
        return line._replace(code=None, number=None, score=0.8)
    return line


def recognised(paper: Paper, span: Span) -> bool:
    """Whether a stretch was read from a picture."""
    return paper.text.page_at(span.start).source == "ocr"


def _whole(line: NumberLine, kind: str | None) -> NumberLine:
    """The line of a titled kind with the hyphen behind the kind, where it was lost; without a symbol that is but a part of one."""
    if not line.symbol or kind in (None, "CV") or re.search(r"[-/]", line.symbol):
        return line
    if kind and skeleton(line.symbol).startswith(skeleton(kind)) and len(line.symbol) > len(kind) + 1:
        return line.with_symbol(f"{kind}-{line.symbol[len(kind) :]}", kind, 0.7)
    return line._replace(symbol=None, code=None)


def _spelled(paper: Paper, line: NumberLine) -> NumberLine:
    """The line with the groups of its symbol as the paper spells them out: `TB-DHHP` is `TB-ĐHHP`."""
    if not line.symbol:
        return line
    groups = re.split(r"([-/])", line.symbol)
    first = 2 if line.type else 0
    symbol = "".join([*groups[:first], *(paper.spelled_out.group(group) for group in groups[first:])])
    return line.with_symbol(symbol, line.type, line.score) if symbol != line.symbol else line


def _mended(paper: Paper, line: NumberLine, kind: str | None) -> NumberLine:
    """`CTI-UBND` under CHỈ THỊ is `CT-UBND`: one letter off the type that the heading names, where the reading is unsure."""
    if line.type == kind or kind is None or not line.symbol or "-" not in line.symbol:
        return line
    printed, rest = line.symbol.split("-", 1)
    lost = (printed, kind) == ("TT", "TTr") and recognised(paper, line.span)  # a small letter at the end of capitals
    if line.type is not None and not lost and not paper.is_garbled and paper.text.confidence(line.span) > 0.9:
        return line
    slips = Levenshtein.distance(skeleton(printed), skeleton(kind))
    if slips > 1 or slips == 0 and not paper.is_garbled:  # HĐ/HD, ĐA/DA: only a dump loses every stroke
        return line
    return line.with_symbol(f"{kind}-{rest}", kind, round(0.85 * line.score, 3))


def from_caption(paper: Paper) -> Iterator[tuple[NumberLine, Span]]:
    """The document's number as the captions of its own attachments tell it: `(Kèm theo Quyết định số …)`."""
    lines = number_lines(paper)
    symbols = {line.symbol for line in lines}
    for attached in paper.zones.attachments:
        if not attached.caption:
            continue
        start = attached.caption[0].span.start
        stretch = Span(start, attached.caption[-1].span.end)
        for found in find_codes(paper.text[stretch]):
            if found.code.symbol in symbols:
                span = Span(start + found.start, start + found.end)
                yield NumberLine(found.code, found.code.number, found.code.symbol, found.code.type, span, 0.7), span


def _numbers(paper: Paper) -> Iterator[Found[str]]:
    for line in number_lines(paper):
        if line.number:
            yield Found(line.number, line.span, line.score, "number.letterhead")
    for line, span in from_caption(paper):
        if line.number:
            yield Found(line.number, span, line.score, "number.caption")


def _symbols(paper: Paper) -> Iterator[Found[str]]:
    for line in number_lines(paper):
        if line.symbol:
            yield Found(line.symbol, line.span, line.score, "symbol.letterhead")


def _codes(paper: Paper) -> Iterator[Found[str]]:
    for line in number_lines(paper):
        if line.code:
            yield Found(line.code.text, line.span, line.score, "code.letterhead")
    for line, span in from_caption(paper):
        if line.code:
            yield Found(line.code.text, span, line.score, "code.caption")


NUMBER = Rule(
    "number.letterhead",
    "document.number",
    _numbers,
    ((_HEAD.format("**07** /QĐ-UBND"), ("07",)), (_HEAD.format("57-NQ/TU"), ("57",))),
    (_HEAD.format("      /QĐ-UBND"),),
)
SYMBOL = Rule(
    "symbol.letterhead",
    "document.symbol",
    _symbols,
    ((_HEAD.format("      /QÐ-UBND"), ("QĐ-UBND",)), (_HEAD.format("158/UBND-VX"), ("UBND-VX",))),
    (_HEAD.format(""),),
)
CODE = Rule(
    "code.letterhead",
    "document.code",
    _codes,
    ((_HEAD.format("12/2025/QĐ-UBND"), ("12/2025/QĐ-UBND",)), (_HEAD.format("57 - NQ/TU"), ("57-NQ/TU",))),
    (_HEAD.format("……/QĐ-UBND"),),
)
RULES = (NUMBER, SYMBOL, CODE)
