"""Where a task table stands in the text: its head, its lines, its section rows, page by page.

Works on text alone, so that dumps in which the columns are woven line by line are found as well as clean ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.marks import ROMANS
from extractors.tables.damaged_heads import find_damaged_heads
from extractors.tables.heads import Head, find_heads
from extractors.tables.sections import Section, damaged_title, section_title, with_parts
from extractors.tables.words import SPECKS, TableLine, is_noisy, table_words
from normalizers.text import skeleton
from schemas.text import DocumentText, Span

_END = re.compile(
    r"Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Ghi chú\s*:|\d{4}-\d{2}-\d{2}T\d{2}|Người ký|Ký bởi|CỘNG HÒA XÃ HỘI|PHỤ LỤC|Phụ lục\s+\S{1,4}\s*$|"
    r"Trong quá trình|Tổng (?:số|cộng)"
)
_BODY = re.compile(
    r"(?:^|\b[ivxl1]{1,4}[.,]? )to chuc thuc\W* hien\W*$"
)  # the plan's next part, where its table stands in the body
_TITLE = re.compile(r"(?:Phụ\s+)?(?:Biểu|Bảng)(?: số)?\s+[\dIVX]+\b|DANH MỤC|(?:PHỤ )?BIỂU|BẢNG|\(Kèm theo")


@dataclass
class Region:
    """A table: its head, the fullest of those that repeat it, and its lines and section rows in reading order.

    first_line, end_of_head: its first head stands in these lines of the document, [first, end).
    """

    head: Head
    first_line: int
    end_of_head: int
    noisy: bool = False
    items: list[TableLine | Section] = field(default_factory=list)


def find_regions(text: DocumentText) -> list[Region]:
    """Every task table of the document, its repeated heads dropped, its lines in reading order."""
    source = text.text
    lines = [source[span.start : span.end].strip() for span in text.lines]
    noisy = is_noisy(text)
    heads = find_damaged_heads(lines, [text.raw(span) for span in text.lines]) if noisy else find_heads(lines)
    regions: list[Region] = []
    page_starts = {text.page_span(index).start for index in range(1, len(text.pages))}
    for number, head in enumerate(heads):
        same = regions and _same_table(regions[-1].head, head, noisy)
        if same and _goes_on(lines, heads[number - 1].last, head.first) and not _titled(lines, head.first):
            region = regions[-1]
            if len(head.columns) > len(region.head.columns):
                region.head = head
            fresh = True
        else:
            region = Region(head, head.first, head.last, noisy)
            region.items += _before_head(text, lines, head.first, noisy)
            regions.append(region)
            fresh = bool(region.items)
        last, end = head.last, heads[number + 1].first if number + 1 < len(heads) else len(lines)
        gap = False
        for index in range(last, end):
            line = lines[index]
            if not line:
                gap = True
                continue
            if _END.match(line) or _is_title(line) or line[-4:].isupper() and _BODY.search(skeleton(line)):
                break
            if (
                re.fullmatch(r"\d{1,3}", line)
                and (gap or text.lines[index].start in page_starts)
                and index + 1 >= end - 1
            ):
                continue
            title, stop = section_title(line, region.items, noisy), text.lines[index].end
            if line in ROMANS and index + 1 < end and lines[index + 1][:1].isupper():  # told cell by cell
                title = section_title(f"{line} {lines[index + 1]}", region.items)
                if title:
                    lines[index + 1], stop = "", text.lines[index + 1].end
            if noisy and not title:
                below = next((line for line in lines[index + 1 : end] if line), "")
                title = damaged_title(text.words(text.lines[index]), below, region.items)
            if title:
                region.items.append(Section(title, Span(text.lines[index].start, stop)))
            else:
                words = table_words(text, text.lines[index], noisy)
                if any(char.isalnum() for word in words for char in word):
                    turned = fresh or text.lines[index].start in page_starts
                    region.items.append(TableLine(index, text.lines[index], words, turned, gap))
                    fresh = False
            gap = False
    for region in regions:
        region.items = with_parts(region.items)
    return regions


def _same_table(known: Head, head: Head, noisy: bool) -> bool:
    """Whether a head repeats the one before it; recognition may have lost a column of either."""
    left, right = known.columns, head.columns
    if left == right or not noisy:
        return left == right
    return (set(left) <= set(right) or set(right) <= set(left)) and min(len(left), len(right)) >= 4


def _is_title(line: str) -> bool:
    return _TITLE.match(line.lstrip(SPECKS)) is not None


def _titled(lines: list[str], head: int) -> bool:
    """Whether the line above a head names another table."""
    above = next((line for line in reversed(lines[max(0, head - 4) : head]) if line), "")
    return _is_title(above)


def _goes_on(lines: list[str], start: int, end: int) -> bool:
    return not any(line and _END.match(line) for line in lines[start:end])


def _before_head(text: DocumentText, lines: list[str], first: int, noisy: bool) -> list[TableLine | Section]:
    """Rows above the first head: the page with the table's true beginning is missing, or a row runs over the page."""
    at = first - 1
    taken: list[int] = []
    while at >= 0 and first - at <= 14:
        line = lines[at]
        if line.rstrip().endswith(("./.", "/.")):
            break
        if re.match(r"PHỤ LỤC|Phụ lục|DANH MỤC|Danh mục|\(?(?:Kèm theo|Ban hành)|ỦY BAN|BẢNG|BIỂU|KẾ HOẠCH", line):
            return []
        if line:
            taken.append(at)
        at -= 1
    else:
        return []
    found: list[TableLine | Section] = []
    for index in reversed(taken):
        words = table_words(text, text.lines[index], noisy)
        if words:
            found.append(TableLine(index, text.lines[index], words))
    return found if at >= 0 else []
