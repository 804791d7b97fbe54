"""Heads of task tables: which columns they name, and in what order."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from normalizers.text import skeleton

COLUMNS = ("no", "content", "lead", "coordinating", "deadline", "product")
_HEAD_WORDS: dict[str, str] = {
    "noi": "content", "dung": "content", "nhiem": "content", "vu": "content", "cong": "content", "viec": "content",
    "chu": "lead", "tri": "lead", "phoi": "coordinating", "hop": "coordinating",
    "thoi": "deadline", "gian": "deadline", "han": "deadline", "hoan": "deadline", "thanh": "deadline", "tien": "deadline",
    "san": "product", "pham": "product", "ket": "product", "qua": "product",
}  # fmt: skip
_HEAD_PLAIN = frozenset(
    "tt stt so thu tu co quan don vi thuc hien do ten hoat dong muc tieu phu trach lanh dao cap trinh ban hanh du kien dau ra "
    "yeu cau ghi chu phong nguoi giai phap bien hang muc kinh phi dau moi chiu trach nhiem va thuc theo doi chinh cac ke hoach".split()
)
_HEAD_ANCHOR = re.compile(r"(?:^|\s)(?:stt|tt|so tt)(?:\s|$)|noi dung|ten nhiem vu|nhiem vu (?:cu the|trong tam)")
_ACTING = re.compile(r"(?:co quan|don vi|nguoi|bo phan|phong)\s*,?\s*(?:\w+\s)?(?:thuc|phu trach|chiu|tham muu)")
_TIME = re.compile(r"thoi gian|thoi han|tien do|han hoan thanh")


@lru_cache(maxsize=2048)
def head_words(line: str) -> list[tuple[str, str | None]]:
    """The words of a head line as (skeleton, column or None); empty where the line is no head of a table."""
    words = [word.strip(".,:;/|()\"'") for word in skeleton(line).replace("/", " ").split()]
    if len(words) > 40:
        return []
    words = [word for word in words if len(word) > 1 and any(char.isalpha() for char in word)]
    if not words:
        return []
    known = [word in _HEAD_WORDS or word in _HEAD_PLAIN for word in words]
    columns = {_HEAD_WORDS[word] for word in words if word in _HEAD_WORDS}
    strange = len(words) - sum(known)
    cells = sum(word[:1].isupper() for word in line.split())  # running text has fewer capitals
    share = 0.4 if len(columns) >= 4 else 0.3 if len(columns) == 3 and cells >= 3 else 0.2
    allowed = share * len(words) if len(columns) >= 2 else len(words) >= 4
    if strange > allowed or len(words) > 28:
        return []
    return [(word, _HEAD_WORDS.get(word)) for word in words]


def _is_damaged_rest(head: list[str], line: str) -> bool:
    """Whether a line goes on with a head: it names a column that the head lacks, and most of its words belong to heads."""
    words = [word for word in skeleton(line).replace("|", " ").split() if any(map(str.isalpha, word))]
    known = [word for word in words if word in _HEAD_WORDS or word in _HEAD_PLAIN]
    if len(words) < 2 or len(known) < 0.5 * len(words) or words[0][:1].isdigit():
        return False
    named = {column for part in head for _, column in head_words(part) if column}
    return any(
        _HEAD_WORDS.get(a) == _HEAD_WORDS.get(b) not in (None, *named) for a, b in zip(words, words[1:], strict=False)
    )


def _is_head_line(line: str) -> bool:
    """Whether a line may belong to a head: of known words only, or one cell that names a column."""
    if head_words(line):
        return True
    return line[:1].isupper() and len(line.split()) <= 7 and line[-1:] not in ".;:" and column_of_head(line) is not None


def _is_block(lines: list[str]) -> bool:
    joined = skeleton(" ".join(lines))
    columns = {column for line in lines for _, column in head_words(line) if column}
    columns |= {column for line in lines if (column := column_of_head(line)) is not None and column != "no"}
    if {"lead", "coordinating", "deadline"} <= columns and "chu tri" in joined:
        return True
    tasks = columns & {"coordinating", "product"} or "chu tri" in joined or {"chu", "tri"} <= set(joined.split())
    anchored = bool(_HEAD_ANCHOR.search(joined)) or any(_names_cells(line) for line in lines)
    return anchored and len(columns) >= 3 and bool(tasks)


def _names_cells(line: str) -> bool:
    """Whether a line shows the heads of at least three columns, each with a capital."""
    capitals = [skeleton(word) for word in line.split() if word[:1].isupper()]
    return len(capitals) >= 3 and len({column for _, column in head_words(line) if column}) >= 3


def shows_numbers(lines: list[str]) -> bool:
    """Whether a head has a column of running numbers, be its word damaged: something short stands before the content.

    >>> shows_numbers(["TT Nội dung nhiệm vụ Cơ quan chủ trì"]), shows_numbers(["Nội dung nhiệm vụ Cơ quan chủ trì"])
    (True, False)
    """
    for line in lines:
        words = [word for word in skeleton(line).replace("|", " ").split() if any(char.isalnum() for char in word)]
        if any(word.strip(".,:") in ("tt", "stt") for word in words[:2]):
            return True
        if len(words) > 3 and len(words[0]) <= 4 and words[0] not in _HEAD_PLAIN and words[0] not in _HEAD_WORDS:
            return _HEAD_WORDS.get(words[1]) == "content"
    return False


def head_blocks(lines: list[str]) -> list[tuple[int, int]]:
    """Runs of head lines [first, last) that name at least three columns; blank lines may stand between."""
    blocks: list[tuple[int, int]] = []
    index = 0
    while index < len(lines):
        begins = any(word[:1].isupper() for word in lines[index].split())
        if not begins or not _is_head_line(lines[index]):
            index += 1
            continue
        last = index + 1
        blanks = 0
        for at in range(index + 1, min(len(lines), index + 24)):
            if lines[at] and _is_head_line(lines[at]):
                last, blanks = at + 1, 0
            elif lines[at] and re.search(r"\w", lines[at]):
                break
            else:
                blanks += 1
                if blanks > 2:
                    break
        if _is_block([line for line in lines[index:last] if line]):
            head = [line for line in lines[index:last] if line]
            after = range(last, min(len(lines), last + 5))
            last = next((at + 1 for at in after if _is_damaged_rest(head, lines[at])), last)
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
    if all(len({column for _, column in head_words(line) if column}) <= 1 for line in lines):  # cell by cell
        wrapped = [f"{line} {after}" for line, after in zip(lines, [*lines[1:], ""], strict=True)]
        named = (column_of_head(line) or column_of_head(both) for line, both in zip(lines, wrapped, strict=True))
        present = list(dict.fromkeys(column for column in named if column and column != "no"))
        return present, {(a, b): 1.0 for i, a in enumerate(present) for b in present[i + 1 :]}
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
    usual = [column for column in COLUMNS[1:] if column in present or column == "content" and present]
    if all(usual.index(left) < usual.index(right) for left, right in votes if left in usual and right in usual):
        return ("no", *usual)

    def cost(order: tuple[str, ...]) -> tuple[float, int]:
        place = {column: i for i, column in enumerate(order)}
        wrong = sum(
            count
            for (left, right), count in votes.items()
            if left in place and right in place and place[left] > place[right]
        )
        moved = sum(place[a] > place[b] for i, a in enumerate(usual) for b in usual[i + 1 :])
        return wrong, moved

    return ("no", *min(permutations(usual), key=cost))


class Head(NamedTuple):
    """A head of a table in lines [first, last): what it prints, the columns it names, and which of them stand left of which."""

    first: int
    last: int
    lines: list[str]
    present: list[str]
    votes: Votes

    @property
    def noted(self) -> bool:
        """Whether the last column holds notes."""
        return "ghi chu" in skeleton(" ".join(self.lines))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns from left to right."""
        return order_columns(self.present, self.votes)


def find_heads(lines: list[str]) -> list[Head]:
    """Every head of a task table.

    >>> find_heads(["Cơ quan Cơ quan", "TT Nội dung nhiệm vụ thực hiện/ Sản phẩm", "chủ trì phối hợp", "Thời gian"])[0].columns
    ('no', 'content', 'lead', 'coordinating', 'deadline', 'product')
    """
    found = []
    for first, last in head_blocks(lines):
        printed = [line for line in lines[first:last] if line]
        found.append(Head(first, last, printed, *head_votes(printed)))
    return found


_HEAD_CELLS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("no", r"(?:so\s*)?(?:tt|stt|so thu tu)$"),
        ("coordinating", r"phoi hop"),
        ("product", r"san pham|ket qua|dau ra|yeu cau can dat"),
        (
            "deadline",
            r"thoi gian|thoi han|tien do|^(?:ngay |han |ky han |thoi diem )?hoan thanh$|ky han|thoi diem|moc thoi gian|^han ",
        ),
        (
            "lead",
            r"chu tri|dau moi|(?:co quan|don vi|bo phan|nguoi|phong).*(?:thuc hien|phu trach|tham muu|chiu trach nhiem|duoc giao)",
        ),
        ("content", r"noi dung|nhiem vu|cong viec|hoat dong|muc tieu|viec can lam|giai phap|bien phap|hang muc"),
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
