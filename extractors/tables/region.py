"""Where a task table stands in the text: its head, its lines, its section rows, page by page.

Works on text alone, so that dumps in which the columns are woven line by line are found as well as clean ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import permutations

from extractors.marks import read_mark
from normalizers.text import skeleton
from schemas.text import DocumentText, Span

COLUMNS = ("no", "content", "lead", "coordinating", "deadline", "product")
_HEAD_WORDS: dict[str, str] = {
    "noi": "content", "dung": "content", "nhiem": "content", "vu": "content", "cong": "content", "viec": "content",
    "chu": "lead", "tri": "lead", "phoi": "coordinating", "hop": "coordinating",
    "thoi": "deadline", "gian": "deadline", "han": "deadline", "hoan": "deadline", "thanh": "deadline", "tien": "deadline",
    "san": "product", "pham": "product", "ket": "product", "qua": "product",
}  # fmt: skip
_HEAD_PLAIN = frozenset(
    "tt stt so thu tu co quan don vi thuc hien do ten hoat dong muc tieu phu trach lanh dao cap trinh ban hanh du kien dau ra "
    "yeu cau ghi chu phong nguoi chiu trach nhiem va thuc theo doi chinh cac ke hoach".split()
)
_HEAD_ANCHOR = re.compile(r"(?:^|\s)(?:stt|tt|so tt)(?:\s|$)|noi dung|ten nhiem vu|nhiem vu (?:cu the|trong tam)")
_ACTING = re.compile(r"(?:co quan|don vi|nguoi|bo phan|phong)\s*,?\s*(?:\w+\s)?(?:thuc|phu trach|chiu|tham muu)")
_TIME = re.compile(r"thoi gian|thoi han|tien do|han hoan thanh")
_END = re.compile(
    r"Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Ghi chú\s*:|\d{4}-\d{2}-\d{2}T\d{2}|Người ký|Ký bởi|CỘNG HÒA XÃ HỘI|PHỤ LỤC|Phụ lục\s+\S{1,4}\s*$|"
    r"Trong quá trình|Tổng (?:số|cộng)"
)
_PIPE_ROW = re.compile(r"^\s*\|(?:[^|]*\|){3,}\s*$")


@dataclass
class TableLine:
    """One printed line inside a table: its index in the document, its words, and whether a new page begins with it."""

    index: int
    span: Span
    words: list[str]
    new_page: bool = False
    gap: bool = False  # a blank line stands before it


@dataclass
class Section:
    """A row over the whole width that names a part of the table."""

    title: str
    span: Span


@dataclass
class Region:
    """A table: the columns by their order, and its lines and section rows in reading order."""

    columns: tuple[str, ...]
    first_line: int
    head: list[str]
    noisy: bool = False
    items: list[TableLine | Section] = field(default_factory=list)


def head_words(line: str) -> list[tuple[str, str | None]]:
    """The words of a head line as (skeleton, column or None); empty where the line is no head of a table."""
    words = [skeleton(word).strip(".,:;/|()\"'") for word in re.split(r"[\s/]+", line)]
    words = [word for word in words if len(word) > 1 and any(char.isalpha() for char in word)]
    if not words:
        return []
    known = [word in _HEAD_WORDS or word in _HEAD_PLAIN for word in words]
    if sum(known) < len(words) - (len(words) >= 4) or len(words) > 28:
        return []
    return [(word, _HEAD_WORDS.get(word)) for word in words]


def _is_block(lines: list[str]) -> bool:
    joined = skeleton(" ".join(lines))
    columns = {column for line in lines for _, column in head_words(line) if column}
    tasks = columns & {"coordinating", "product"} or "chu tri" in joined or {"chu", "tri"} <= set(joined.split())
    return bool(_HEAD_ANCHOR.search(joined)) and len(columns) >= 3 and bool(tasks)


def _head_blocks(lines: list[str]) -> list[tuple[int, int]]:
    """Runs of head lines [first, last) that name at least three columns; blank lines may stand between."""
    blocks: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        if not lines[index] or not head_words(lines[index]):
            index += 1
            continue
        last = index + 1
        blanks = 0
        for at in range(index + 1, min(len(lines), index + 24)):
            if lines[at] and head_words(lines[at]):
                last, blanks = at + 1, 0
            elif lines[at] and re.search(r"\w", lines[at]):
                break
            else:
                blanks += 1
                if blanks > 2:
                    break
        if _is_block([line for line in lines[index:last] if line]):
            blocks.append((index, last))
            index = last
        else:
            index += 1
    return blocks


Votes = dict[tuple[str, str], float]


def head_votes(lines: list[str]) -> tuple[list[str], Votes]:
    """The columns that a head names, and for each two of them on one line which stands left of the other."""
    votes: Votes = {}
    present: list[str] = []
    for line in lines:
        seen: list[str] = []
        for _, column in head_words(line):
            if column and column not in seen:
                seen.append(column)
        present += [column for column in seen if column not in present]
        for i, left in enumerate(seen):
            for right in seen[i + 1 :]:
                votes[(left, right)] = votes.get((left, right), 0.0) + 1.0
    joined = skeleton(" ".join(lines))
    if "lead" not in present and _ACTING.search(joined):
        present.append("lead")
    if "deadline" not in present and _TIME.search(joined):
        present.append("deadline")
    return present, votes


def order_columns(present: list[str], votes: Votes) -> tuple[str, ...]:
    """The order that contradicts the fewest votes; the usual order settles the rest.

    >>> order_columns(["content", "lead", "product"], {("product", "lead"): 1.0})
    ('no', 'content', 'product', 'lead')
    """
    usual = [column for column in COLUMNS[1:] if column in present]

    def cost(order: tuple[str, ...]) -> tuple[float, int]:
        place = {column: i for i, column in enumerate(order)}
        wrong = sum(
            count
            for (left, right), count in votes.items()
            if left in place and right in place and place[left] > place[right]
        )
        moved = sum(place[a] > place[b] for i, a in enumerate(usual) for b in usual[i + 1 :])
        return wrong, moved

    return ("no", *min(permutations(usual), key=cost)) if usual else ("no",)


def column_order(lines: list[str]) -> tuple[str, ...]:
    """The columns of a head from left to right.

    >>> column_order(["Cơ quan Cơ quan", "TT Nội dung nhiệm vụ thực hiện/ Sản phẩm", "chủ trì phối hợp", "Thời gian"])
    ('no', 'content', 'lead', 'coordinating', 'deadline', 'product')
    """
    return order_columns(*head_votes(lines))


_HEAD_CELLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("no", r"(?:so\s*)?(?:tt|stt|so thu tu)$"),
        ("coordinating", r"phoi hop"),
        ("product", r"san pham|ket qua|dau ra"),
        ("deadline", r"thoi gian|thoi han|tien do|han hoan thanh|ngay hoan thanh|thoi diem|moc thoi gian"),
        (
            "lead",
            r"chu tri|(?:co quan|don vi|bo phan|nguoi|phong).*(?:thuc hien|phu trach|tham muu|chiu trach nhiem)|^(?:co quan|don vi) thuc hien",
        ),
        ("content", r"noi dung|nhiem vu|cong viec|hoat dong|muc tieu|viec can lam"),
    )
)


def column_of_head(cell: str) -> str | None:
    """The column that a head cell names.

    >>> [column_of_head(c) for c in ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Đơn vị phối hợp", "Thời gian thực hiện", "Ghi chú")]
    ['no', 'content', 'lead', 'coordinating', 'deadline', None]
    """
    plain = " ".join(skeleton(cell).replace("/", " ").split())
    if not plain or len(plain) > 70:
        return None
    return next((name for name, pattern in _HEAD_CELLS if pattern.search(plain)), None)


_SIGNS = frozenset(("|", "-", "–", "—", "&", "%", "+"))
_SYMBOL = re.compile(r"[^\w\s.,;:/()\-–—\"“”%&+…]")


def split_words(line: str) -> list[str]:
    """The words of a table line; rulings read as `|` are kept as words of their own, specks are dropped."""
    words = re.sub(r"[|¦]+", " | ", line.replace("*", "")).split()
    return [word for word in words if any(char.isalnum() for char in word) or word in _SIGNS]


def _repaired_words(text: DocumentText, span: Span) -> list[str]:
    """The words of a line that recognition damaged, without specks: single letters and heaps of signs that it saw."""
    found: list[str] = []
    for word in text.words(span):
        for piece in split_words(word.text):
            letters = [char for char in word.raw if char.isalnum()]
            speck = (
                len(letters) <= 1
                and piece not in _SIGNS
                and not piece.isdigit()
                and word.raw.strip(".,;") not in ("y", "Y")
            )
            heap = len(_SYMBOL.findall(piece)) > 0.3 * len(piece)
            unread = word.raw == word.text and not is_readable(piece)
            if not (speck or heap or unread and len(piece) < 4) or piece in _SIGNS:
                found.append(piece)
    return found


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?(?:[aeiouy]|[aeiou][aeiouy]|ye|uye|oai|oay|uay|uya|ieu|yeu|uou|uoi|oeo|uyu)"
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


def _section(line: str, following: str) -> str | None:
    words = " ".join(word for word in split_words(line) if word != "|")
    mark = read_mark(words) or read_mark(re.sub(r"^([IVXLl1]{1,5})\s", r"\1. ", words))
    if mark and mark.kind in ("roman", "upper") and len(words) < 150 and words[mark.width : mark.width + 1].isupper():
        return f"{mark.printed} {words[mark.width :]}"
    return None


def find_regions(text: DocumentText) -> list[Region]:
    """Every task table of the document, its repeated heads dropped, its lines in reading order."""
    source = text.text
    lines = [source[span.start : span.end].strip() for span in text.lines]
    blocks = _head_blocks(lines)
    if not blocks:
        return []
    noisy = is_noisy(text)
    regions: list[Region] = []
    page_starts = {text.page_span(index).start for index in range(1, len(text.pages))}
    for number, (first, last) in enumerate(blocks):
        head = [line for line in lines[first:last] if line]
        columns = column_order(head)
        if regions and regions[-1].columns == columns and _goes_on(lines, blocks[number - 1][1], first):
            region = regions[-1]
            fresh = True
        else:
            region = Region(columns, first, head, noisy)
            region.items += _before_head(text, lines, first, noisy)
            regions.append(region)
            fresh = bool(region.items)
        end = blocks[number + 1][0] if number + 1 < len(blocks) else len(lines)
        gap = False
        for index in range(last, end):
            line = lines[index]
            if not line:
                gap = True
                continue
            if _END.match(line):
                break
            if (
                re.fullmatch(r"\d{1,3}", line)
                and (gap or text.lines[index].start in page_starts)
                and index + 1 >= end - 1
            ):
                continue
            title = _section(line, lines[index + 1] if index + 1 < len(lines) else "")
            if title:
                region.items.append(Section(title, text.lines[index]))
            else:
                words = _repaired_words(text, text.lines[index]) if noisy else split_words(line)
                if any(char.isalnum() for word in words for char in word):
                    turned = fresh or text.lines[index].start in page_starts
                    region.items.append(TableLine(index, text.lines[index], words, turned, gap))
                    fresh = False
            gap = False
    return regions


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
        words = _repaired_words(text, text.lines[index]) if noisy else split_words(lines[index])
        if words:
            found.append(TableLine(index, text.lines[index], words))
    return found if at >= 0 else []
