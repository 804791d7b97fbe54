"""Footnotes of garbled dumps, whose raised marks a foreign recogniser lost: where they stand tells them.

Notes are the last lines of a page, or come out between the end of the text and the recipients. A sentence that stands there
alone, behind a finished one and without a mark of its own, is a note: paragraphs of that length are items or headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import cues
from extractors.marks import read_mark
from extractors.rows import is_garbled
from normalizers.text import skeleton
from normalizers.vietnamese import is_syllable
from schemas.text import DocumentText

_MOST = 3  # notes of a page
_FEWEST_WORDS = 5
_FEW_TOKENS = 6
_ENDED = re.compile(r"[.;:!?][\"”’')\]]*(?:\s?[^\w\s]{1,2}){0,2}$")
_CLOSED = re.compile(r"[./]{2,3}(?:\s?[^\w\s]{1,2}){0,2}$")
_CLOSING = re.compile(r"\W*(?:tren day la|yeu cau|de nghi|giao |trong qua trinh|uy ban|tran trong|kinh|can cu|cac )")
# A raised mark that was read for another sign: `83%!.`, `đất đai’.`
_RAISED = re.compile(r"(?<=[\w%])(?:[!’'?*°]{1,2}|(?<=%)\))(?=[.,;:](?:\s|$))")


def notes_at_page_ends(text: DocumentText) -> Iterator[int]:
    """Index of each line that is such a note, in order; none where the text is not garbled.

    >>> from schemas.page import Line, Page, Word
    >>> said = "- Đã cấp 20 giấy phép!.\\nKhông tính giấy phép cấp lại.\\f- Thu hồi 02 giấy phép./."
    >>> pages = [Page(n, 0, 0, "repaired", 0.2, 1.0, page, tuple(Line((Word(line, line),)) for line in page.split("\\n")))
    ...     for n, page in enumerate(said.split("\\f"), 1)]
    >>> list(notes_at_page_ends(DocumentText(tuple(pages))))
    [1]
    """
    if not is_garbled(text):
        return
    first = 0
    for number, page in enumerate(text.pages):
        lines = [line.text.strip() for line in page.lines]
        recipients = next((i for i, line in enumerate(lines) if cues.RECIPIENTS.search(skeleton(line))), None)
        end = len(lines) if recipients is None else recipients
        if recipients is not None or number + 1 < len(text.pages):
            yield from (first + index for index in _notes(lines, end, closing=recipients is not None))
        first += len(lines)


def _notes(lines: list[str], end: int, *, closing: bool) -> list[int]:
    """The lines before `end` that are notes. closing: the recipients follow."""
    found: list[int] = []
    before = [index for index in range(end) if any(map(str.isalpha, lines[index]))]
    while before and _is_note(lines[before[-1]]):
        found.insert(0, before.pop())
    ruled = bool(found and before) and _is_debris(lines[before[-1]])
    if ruled:
        before.pop()
    while found and before and not _ENDED.search(lines[before[-1]]):
        before.append(found.pop(0))  # it goes on what stands before it
    if not found or not before or len(found) > _MOST:
        return []
    if ruled:
        return found
    if closing:
        closed = _CLOSED.search(lines[before[-1]]) is not None
        return found if closed and not any(_CLOSING.match(skeleton(lines[index])) for index in found) else []
    raised = any(_RAISED.search(lines[index]) for index in before)
    item = next((mark for index in reversed(before) if (mark := read_mark(lines[index])) is not None), None)
    return found if raised or item is not None else []


def _is_debris(line: str) -> bool:
    """What a reader makes of the line above notes: a few tokens, most of them no words."""
    tokens = re.findall(r"\w+", line)
    words = sum(len(token) > 1 and is_syllable(token.lower()) for token in tokens)
    return 1 < len(tokens) <= _FEW_TOKENS and 2 * words < len(tokens)


def _is_note(line: str) -> bool:
    return (
        line[0].isupper()
        and not line.isupper()
        and len(line.split()) >= _FEWEST_WORDS
        and _ENDED.search(line) is not None
        and _CLOSED.search(line) is None
        and read_mark(line) is None
    )
