"""Where a task table stands in the text: its head, its lines, its section rows, page by page.

Works on text alone, so that dumps in which the columns are woven line by line are found as well as clean ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from extractors.marks import ROMANS
from extractors.tables.damaged_heads import find_damaged_heads
from extractors.tables.heads import Head, find_heads
from normalizers.text import skeleton
from schemas.page import Word
from schemas.text import DocumentText, Span

_END = re.compile(
    r"Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Ghi chú\s*:|\d{4}-\d{2}-\d{2}T\d{2}|Người ký|Ký bởi|CỘNG HÒA XÃ HỘI|PHỤ LỤC|Phụ lục\s+\S{1,4}\s*$|"
    r"Trong quá trình|Tổng (?:số|cộng)"
)
_BODY = re.compile(
    r"(?:^|\b[ivxl1]{1,4}[.,]? )to chuc thuc\W* hien\W*$"
)  # the plan's next part, where its table stands in the body
_TITLE = re.compile(r"(?:Phụ\s+)?(?:Biểu|Bảng)(?: số)?\s+[\dIVX]+\b|DANH MỤC|(?:PHỤ )?BIỂU|BẢNG|\(Kèm theo")


class TableWord(str):
    """A word of a table line, as it is read, and where it stands in the document."""

    __slots__ = ("span",)
    span: Span

    def __new__(cls, text: str, span: Span) -> TableWord:
        word = super().__new__(cls, text)
        word.span = span
        return word


@dataclass
class TableLine:
    """One printed line inside a table: its index in the document, its words, and whether a new page begins with it."""

    index: int
    span: Span
    words: list[TableWord]
    new_page: bool = False
    gap: bool = False  # a blank line stands before it


@dataclass
class Section:
    """A row over the whole width that names a part of the table."""

    title: str
    span: Span


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


_LETTERS = str.maketrans("0165", "olos")
_CLEAN_NUMERAL = str.maketrans("Ll1|", "IIII")
_SIGNS = frozenset(("|", "-", "–", "—", "&", "%", "+"))
_DIRT = "‘’'`´~_^°*[]{}«»¢"  # what specks of ink at the edge of a word are read as
_SPECKS = _DIRT + "-–—.,:;| "
_SYMBOL = re.compile(r"[^\w\s.,;:/()\-–—\"“”%&+…]")


def split_words(line: str) -> list[str]:
    """The words of a table line; rulings read as `|` are kept as words of their own, specks are dropped."""
    words = re.sub(r"[|¦]+", " | ", line.replace("*", "")).split()
    return [word for word in words if any(char.isalnum() for char in word) or word in _SIGNS]


def _was_read(word: Word) -> bool:
    """Whether anything of a word was read before repair made another of it: out of blots it makes words that fit."""
    if word.raw == word.text or any(char.isdigit() for char in word.text):
        return True
    said = skeleton(word.text).strip(_SPECKS)
    seen = [skeleton(piece).translate(_LETTERS).strip(_SPECKS) for piece in word.raw.split()]
    return any(
        fuzz.ratio(said, piece) > 50 or piece[:1].replace("l", "i") == said[:1].replace("l", "i")
        for piece in seen
        if piece
    )


def _words(text: DocumentText, span: Span, noisy: bool) -> list[TableWord]:
    """The words of a line; of one that recognition damaged without single letters, heaps of signs, and what was made of blots."""
    found: list[TableWord] = []
    start = span.start
    for word in text.words(span):
        place = Span(start, start + len(word.text))
        start = place.end + 1
        for piece in split_words(word.text):
            if piece in _SIGNS or not noisy:
                found.append(TableWord(piece, place))
            elif not _is_speck(word, piece):
                found.append(TableWord(piece.strip(_DIRT) or piece, place))
    return found


def _is_speck(word: Word, piece: str) -> bool:
    letters = [char for char in word.raw if char.isalnum()]
    if len(letters) <= 1 and not piece.strip(".,)").isdigit() and word.raw.strip(".,;") not in ("y", "Y"):
        return True
    heap = len(_SYMBOL.findall(piece)) > 0.3 * len(piece)
    return heap or word.raw == word.text and not is_readable(piece) and len(piece) < 4 or not _was_read(word)


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"(?:[aeiouy]|a[iouy]|e[ou]|i[aeu]|o[aeio]|u[aeiouy]|ye|uye|oai|oay|uay|uya|ieu|yeu|uou|uoi|oeo|uyu)"
    r"(?:ng|nh|ch|[cmnpt])?"
)


def is_readable(word: str) -> bool:
    """Whether a word can be Vietnamese, a number, a code or an abbreviation; what recognition left unread mostly cannot.

    >>> [is_readable(w) for w in ("Quyết", "HĐND&UBND", "323/QĐ-UBND", "2025", "phusng", "Vigcc')", "CHuC", "nliqnai")]
    [True, True, True, True, False, False, False, False]
    """
    core = word.strip(".,;:()“”\"'…")
    if not core or any(char.isdigit() for char in core) or core.isupper():
        return True
    if not (core.islower() or core[1:].islower()):
        return False
    return all(_SYLLABLE.fullmatch(part) for part in re.split(r"[-/&]", skeleton(core)) if part)


def is_noisy(text: DocumentText) -> bool:
    """Whether the document's words were repaired to a good part: what recognition gave differs from what they say."""
    words = [word for page in text.pages for line in page.lines for word in line.words]
    return len(words) > 0 and sum(word.raw != word.text for word in words) > 0.2 * len(words)


_NUMERAL = re.compile(r"([IVXLl1|]{1,5}|[A-H])\s?([.,)/:]?)\s+(?=[“\"]?[A-ZĐÀ-Ỹ])")


def _section(line: str, before: Sequence[TableLine | Section]) -> str | None:
    """The title of a section row; a numeral without a full stop must go on with those before it."""
    words = " ".join(word.strip(_DIRT) or word for word in split_words(line) if word != "|")
    found = _NUMERAL.match(words)
    if not found or len(words) > 150:
        return None
    value = found[1] if found[1] in "ABCDEFGH" else found[1].translate(_CLEAN_NUMERAL)
    order = _order(value)
    if order is None or found[1].isdigit():
        return None
    if not found[2]:
        known = next((_order(item.title.split(".")[0]) for item in reversed(before) if isinstance(item, Section)), 0)
        if order != (known or 0) + 1:
            return None
    return f"{value}. {words[found.end() :]}"


def _order(numeral: str) -> int | None:
    if numeral in ROMANS:
        return ROMANS.index(numeral) + 1
    return ord(numeral) - ord("A") + 1 if len(numeral) == 1 and numeral in "ABCDEFGH" else None


_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}[.)]?$")
_PLAIN = re.compile(r"(\d{1,2})[.)]?$")


def _with_parts(items: list[TableLine | Section]) -> list[TableLine | Section]:
    """Rows numbered 1.1, 1.2, …: a line numbered 1 or 2 heads their part."""
    first = [[word for word in item.words if word != "|"] if isinstance(item, TableLine) else [] for item in items]
    if sum(bool(words) and bool(_DOTTED.match(words[0])) for words in first) < 3:
        return items
    found: list[TableLine | Section] = []
    part = 0
    for item, words in zip(items, first, strict=True):
        number = _PLAIN.match(words[0]) if len(words) > 1 else None
        if number and int(number[1]) in (part + 1, part + 2) and words[1][:1].isupper():
            part = int(number[1])
            found.append(Section(f"{part}. {' '.join(words[1:])}", item.span))
        else:
            found.append(item)
    return found


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
            if _END.match(line) or _is_title(line) or _BODY.search(skeleton(line)) and line[-4:].isupper():
                break
            if (
                re.fullmatch(r"\d{1,3}", line)
                and (gap or text.lines[index].start in page_starts)
                and index + 1 >= end - 1
            ):
                continue
            title, stop = _section(line, region.items), text.lines[index].end
            if line in ROMANS and index + 1 < end and lines[index + 1][:1].isupper():  # told cell by cell
                title = _section(f"{line} {lines[index + 1]}", region.items)
                if title:
                    lines[index + 1], stop = "", text.lines[index + 1].end
            if title:
                region.items.append(Section(title, Span(text.lines[index].start, stop)))
            else:
                words = _words(text, text.lines[index], noisy)
                if any(char.isalnum() for word in words for char in word):
                    turned = fresh or text.lines[index].start in page_starts
                    region.items.append(TableLine(index, text.lines[index], words, turned, gap))
                    fresh = False
            gap = False
    for region in regions:
        region.items = _with_parts(region.items)
    return regions


def _same_table(known: Head, head: Head, noisy: bool) -> bool:
    """Whether a head repeats the one before it; recognition may have lost a column of either."""
    left, right = known.columns, head.columns
    if left == right or not noisy:
        return left == right
    return (set(left) <= set(right) or set(right) <= set(left)) and min(len(left), len(right)) >= 4


def _is_title(line: str) -> bool:
    return _TITLE.match(line.lstrip(_SPECKS)) is not None


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
        words = _words(text, text.lines[index], noisy)
        if words:
            found.append(TableLine(index, text.lines[index], words))
    return found if at >= 0 else []
