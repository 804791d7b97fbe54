"""Heads of task tables in noisy dumps: their words glued, broken and misread, known by the likeness of their letters.

A head is told from running text by how much of it belongs to the words of heads, and by the deadlines that follow it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from extractors.tables.heads import Head, Votes, find_heads
from normalizers.text import skeleton

# Printed head words without spaces; what recognition glues or a narrow column breaks is listed as it then stands.
_WORDS: dict[str, str | None] = {
    **dict.fromkeys(("noidung", "nhiemvu", "congviec", "hoatdong", "giaiphap", "noidungnhiemvu", "noidungcongviec"), "content"),
    **dict.fromkeys(
        (
            "chutri", "coquanchutri", "donvichutri", "coquanchu", "donvichu", "donvithuchien", "donvithuc", "coquanthuchien",
            "coquanthuc", "daumoi",
        ),
        "lead",
    ),
    **dict.fromkeys(("phoihop", "coquanphoihop", "donviphoihop", "donviphoi", "coquanphoi"), "coordinating"),
    **dict.fromkeys(("thoigian", "thoihan", "tiendo", "hoanthanh", "thoigianhoan", "thoigianthuc", "thoihanhoan"), "deadline"),
    **dict.fromkeys(("sanpham", "ketqua", "ketquadaura", "sanphamdaura"), "product"),
    **dict.fromkeys(
        (
            "stt", "tt", "coquan", "donvi", "ubndxa", "ubndphuong", "thuchien", "phutrach", "lanhdao", "ghichu", "daura", "dukien", "cuthe", "hien", "hop", "phoi",
            "chu", "tri", "thuc", "hoan", "thanh",
        )
    ),
}  # fmt: skip
_EXACT = 5  # shorter words must agree in every letter
_LONGEST = max(map(len, _WORDS)) + 3
_BY_LENGTH = {
    length: [key for key in _WORDS if len(key) >= _EXACT and abs(len(key) - length) <= 3]
    for length in range(_EXACT, _LONGEST + 1)
}
"""The longer head words that so many letters may stand for."""
_DIRT = "‘’'`._-"
_DIGITS = str.maketrans("016543", "olosae")
_HEAD, _ONLY_HEAD = (
    0.55,
    0.75,
)  # share of letters that belong to words of heads where new columns are named, and where not
_LINES, _STRANGE = 16, 2  # of one head with blank ones, and lines of something else that recognition moved between them
_ROWS_AFTER = 40
_LONG_LINE = 120
_DEADLINE = re.compile(
    r"(?:quý|tháng|năm|ngày)\b.*\d|\d/20\d\d\b|\bthường xuyên|\bh[àằ]ng (?:tháng|quý|năm|tuần)", re.IGNORECASE
)


class HeadLine(NamedTuple):
    """What a line says as part of a head: the columns it names from left to right, how many words with a capital, and the share of
    its letters that belong to words of heads."""

    columns: tuple[str, ...]
    capitals: int
    share: float


_NOTHING = HeadLine((), 0, 0.0)


def _letters(word: str) -> str:
    return "".join(char for char in skeleton(word).translate(_DIGITS) if char.isalpha())


@lru_cache(maxsize=8192)
def _key(letters: str) -> tuple[float, str]:
    """The head word that these letters are most like, and what it is worth: their number, less by what differs; 0 for none."""
    if letters in _WORDS:
        return float(len(letters)), letters
    near = process.extract(letters, _BY_LENGTH.get(len(letters), ()), scorer=fuzz.ratio, score_cutoff=75.0, limit=None)
    alike = [(score, -place, key) for key, score, place in near if score >= 78.0 or len(key) >= 8]
    if not alike:
        return 0.0, ""
    likeness, _, found = max(alike)
    return len(letters) * (0.02 * likeness - 1.0), found


@lru_cache(maxsize=2048)
def read_head_line(line: str) -> HeadLine:
    """What a line says as part of a head.

    >>> read_head_line("STT Nhiém vu, aot phap_. hién hop Thoi han tal vk").columns
    ('content', 'deadline')
    >>> read_head_line("ee Don vithyc | Don vi phéi a Két qua")
    HeadLine(columns=('lead', 'coordinating', 'product'), capitals=3, share=0.89)
    """
    spelled = [(word, letters) for word in re.split(r"[\s/|]+", line) if (letters := _letters(word))]
    printed, words = [word for word, _ in spelled], [letters for _, letters in spelled]
    best: list[tuple[float, int, tuple[tuple[int, str], ...]]] = [(0.0, 0, ())]  # worth, letters known, words of heads
    for end in range(1, len(words) + 1):
        options = [best[end - 1]]
        for start in range(max(0, end - 4), end):
            letters = "".join(words[start:end])
            worth, key = _key(letters) if len(letters) <= _LONGEST else (0.0, "")
            if worth > 0:
                before = best[start]
                options.append((before[0] + worth, before[1] + len(letters), (*before[2], (start, key))))
        best.append(max(options, key=lambda option: option[0]))
    columns: dict[str, int] = {}
    for start, key in best[-1][2]:
        if (column := _WORDS[key]) is not None:
            columns.setdefault(column, start)
    capitals = sum(printed[start].lstrip(_DIRT)[:1].isupper() for start, key in best[-1][2] if len(key) >= _EXACT)
    whole = sum(map(len, words))
    return HeadLine(tuple(columns), capitals, round(best[-1][1] / whole, 2) if whole else 0.0)


def best_reading(printed: str, raw: str) -> HeadLine:
    """The better of what a line says after repair and before it, which may have taken a head for running text."""
    return max(read_head_line(printed), read_head_line(raw), key=lambda read: (read.share, len(read.columns)))


class _Reads:
    """What each line says as part of a head, read when it is asked for; lines with a deadline and long ones are no part of it."""

    def __init__(self, lines: Sequence[str], raw: Sequence[str], dated: Set[int]) -> None:
        self._lines, self._raw, self._dated = lines, raw, dated

    def __getitem__(self, index: int) -> HeadLine:
        line = self._lines[index]
        if not line or len(line) >= _LONG_LINE or index in self._dated:
            return _NOTHING
        return best_reading(line, self._raw[index])


def find_damaged_heads(lines: list[str], raw: Sequence[str]) -> list[Head]:
    """Every head of a task table in a noisy dump; raw: its lines before repair, which may have taken a head for running text."""
    dated = [index for index, line in enumerate(lines) if _DEADLINE.search(line)]
    reads = _Reads(lines, raw, frozenset(dated))
    heads: list[Head] = []
    at = 0
    while at < len(lines):
        least = 1 if heads else 2
        if bisect_left(dated, at + _LINES + _ROWS_AFTER) - bisect_left(dated, at) < least:
            at += 1  # whatever this line says
            continue
        block = _block(lines, reads, at)
        after = 0 if block is None else bisect_left(dated, block + _ROWS_AFTER) - bisect_left(dated, block)
        if block is None or after < least:
            at += 1
            continue
        while at and reads[at - 1].share >= _ONLY_HEAD:  # words of heads that name no column
            at -= 1
        heads.append(_damaged_head(lines, reads, at, block))
        at = block
    taken = {line for head in heads for line in range(head.first, head.last)}
    whole = [head for head in find_heads(lines) if taken.isdisjoint(range(head.first, head.last))]
    found: list[Head] = []
    for head in sorted([*heads, *whole], key=lambda head: head.first):
        if found and head.first <= found[-1].last:
            both = _damaged_head(lines, reads, found[-1].first, head.last)
            found[-1] = both if len(both.present) >= len(found[-1].present) else found[-1]._replace(last=head.last)
        else:
            found.append(head)
    ends = [head.first for head in found[1:]] + [len(lines)]
    return [
        head for head, end in zip(found, ends, strict=False) if bisect_left(dated, end) > bisect_left(dated, head.last)
    ]


def _block(lines: Sequence[str], reads: _Reads, at: int) -> int | None:
    """Where a head ends that begins with line `at`; None where it names fewer than three columns beside the content.

    Who does what suffices, too: the other columns are found by what fills them.
    """
    if reads[at].share < _HEAD or not reads[at].capitals:
        return None
    last, strange, capitals, named = at + 1, 0, reads[at].capitals, set(reads[at].columns)
    for index in range(at + 1, min(len(lines), at + _LINES)):
        read = reads[index]
        if read.share >= _ONLY_HEAD or read.share >= _HEAD and not named.issuperset(read.columns):
            last, capitals, named = index + 1, capitals + read.capitals, named | set(read.columns)
        elif lines[index]:
            strange += 1
            if strange > _STRANGE:
                break
    who = {"content", "lead", "coordinating"}
    return last if (len(named - {"content"}) >= 3 or named >= who) and capitals >= 2 else None


def _damaged_head(lines: Sequence[str], reads: _Reads, first: int, last: int) -> Head:
    present: list[str] = []
    votes: Votes = {}
    for read in map(reads.__getitem__, range(first, last)):
        present += [column for column in read.columns if column not in present]
        for i, left in enumerate(read.columns):
            for right in read.columns[i + 1 :]:
                votes[(left, right)] = votes.get((left, right), 0.0) + 1.0
    return Head(first, last, [line for line in lines[first:last] if line], present, votes)
