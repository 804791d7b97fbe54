"""Where the tail of a paper begins: recipients and signature."""

from __future__ import annotations

from extractors import cues
from extractors.head_zone import HeadReader
from normalizers.people import name_score

_LONGEST_LIST = 25  # rows of recipients


def tail_start(reader: HeadReader, first: int, last: int) -> int:
    """Index of the first row of recipients and signature; `last` where there is no tail."""
    start = None
    for index in range(last - 1, first - 1, -1):
        if cues.RECIPIENTS.search(reader.rows[index].folded):
            start = index
            break
    if start is None:
        start = _filed(reader, first, last)
    if start is None:
        start = _signature(reader, first, last)
    if start is None:
        return last
    while start > first + 1 and _belongs_to_signature(reader, start - 1):
        start -= 1
    return start


def _belongs_to_signature(reader: HeadReader, index: int) -> bool:
    row = reader.rows[index]
    if row.text.endswith(("./.", "/.")):
        return False
    if cues.SIGNING.search(row.folded) and row.capitals > 0.5:
        return True
    if row.is_capitals and len(row.text) < 60 and (cues.POST.search(row.folded) or cues.AUTHORITY.match(row.folded)):
        return not cues.OPERATIVE.match(row.folded)
    return name_score(row.text) >= 0.8


def _filed(reader: HeadReader, first: int, last: int) -> int | None:
    """Without the words `Nơi nhận`: from the end of the body, or from the row `Lưu: VT` up over the list."""
    for index in range(last - 1, first - 1, -1):
        if cues.FILED.search(reader.rows[index].folded):
            for above in range(index - 1, max(first, index - _LONGEST_LIST) - 1, -1):
                if reader.rows[above].text.endswith(("./.", "/.")):
                    return above + 1
            while index > first and reader.rows[index - 1].text[:1] in "-•+":
                index -= 1
            return index
    return None


def _signature(reader: HeadReader, first: int, last: int) -> int | None:
    for index in range(last - 1, max(first, last - 25) - 1, -1):
        row = reader.rows[index]
        if row.text.endswith(("./.", "/.")):
            return index + 1 if index + 1 < last else None
    for index in range(last - 1, max(first, last - 12) - 1, -1):
        row = reader.rows[index]
        if row.is_capitals and (cues.SIGNING.search(row.folded) or cues.POST.search(row.folded)) and len(row.text) < 60:
            return index
    return None
