"""The stretch of a text that shows why it was found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise


class _Folding(dict[int, str]):
    """Signs without diacritics, worked out as they are met."""

    def __missing__(self, sign: int) -> str:
        base = unicodedata.normalize("NFD", chr(sign))[0].lower()
        self[sign] = base if len(base) == 1 else chr(sign)
        return self[sign]


_FOLDING = _Folding({ord("đ"): "d", ord("Đ"): "d"})
_RUN = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """Lower case without diacritics, one sign for one sign where the text is NFC.

    >>> folded("Cải cách Hành chính, Đà Nẵng")
    'cai cach hanh chinh, da nang'
    """
    return text.translate(_FOLDING)


def stands_in(words: Sequence[str], text: str) -> bool:
    """Whether the folded words stand in the text one after the other.

    >>> stands_in(["76", "nq", "cp"], "số 76/NQ-CP"), stands_in(["cach", "hanh"], "cải cách. Thi hành")
    (True, False)
    """
    together = r"[\W_]+".join(map(re.escape, words))
    return re.search(rf"(?<![^\W_]){together}(?![^\W_])", folded(text)) is not None


def snippet(text: str, wanted: Sequence[str], width: int = 160) -> str:
    """The stretch of `text` with most of the folded words, where they stand together if they do; they are marked.

    >>> snippet("Kế hoạch\\ncải cách hành chính năm 2025", ["cai", "cach"], width=24)
    '…hoạch «cải cách» hành…'
    """
    plain = folded(text)
    hits = [match.span() for match in _RUN.finditer(plain) if match.group() in wanted]
    if not hits:
        return _cut(text, 0, width, [])
    pairs = set(pairwise(wanted))

    def worth(first: int) -> tuple[int, int]:
        inside = [plain[s:e] for s, e in hits[first:] if e - hits[first][0] <= width]
        return len(set(inside)) + sum(pair in pairs for pair in pairwise(inside)), -first

    first = max(range(len(hits)), key=worth)
    last = max(end for start, end in hits[first:] if end - hits[first][0] <= width or start == hits[first][0])
    margin = max(0, width - (last - hits[first][0])) // 2
    return _cut(text, max(0, hits[first][0] - margin), max(last, hits[first][0] + width - margin), hits)


def _cut(text: str, left: int, right: int, hits: Iterable[tuple[int, int]]) -> str:
    while left > 0 and text[left - 1].isalnum() and left < right:  # whole words
        left += 1
    while right < len(text) and text[right - 1 : right + 1].isalnum() and right > left:
        right -= 1
    marked = text[left:right]
    for start, end in sorted(hits, reverse=True):
        if left <= start and end <= right:
            marked = f"{marked[: start - left]}«{marked[start - left : end - left]}»{marked[end - left :]}"
    marked = re.sub("»([\\W_]{0,3})«", "\\1", marked)
    return ("…" if left else "") + " ".join(marked.split()) + ("…" if right < len(text) else "")
