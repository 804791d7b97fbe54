"""Trích yếu: the subject of a paper, joined over its lines."""

from __future__ import annotations

import re

from normalizers.text import tidy

_ABOUT_SHORT = re.compile(r"^\W*(?:v\s?[/1|]\s?[vyỹýỳỷw]|vv|v[ilw]{0,2}[vwy])(?=[\s:.])[\s:.]*", re.IGNORECASE)
_GLUED_ABOUT = re.compile(r"^V[ềÈê]\s?việc\b")
_SINGLE_QUOTES = re.compile(r"(?<!\w)'([^'\"]+)'(?!\w)")  # what recognition makes of double ones
_LOST_MARK = re.compile(r"\s+[.,:;'`‘’]\s+")
_PAIRS = {"“": "”", '"': '"', "«": "»", "(": ")", "‘": "’"}


def join_title(lines: list[str]) -> str | None:
    """The subject as one line: marks of markdown, enclosing quotes and end marks dropped; None where nothing is left.

    >>> join_title(["**Ban hành Kế hoạch", "năm 2025**"])
    'Ban hành Kế hoạch năm 2025'
    >>> join_title(["“Quy chế làm việc", "của phường”."])
    'Quy chế làm việc của phường'
    """
    title = _GLUED_ABOUT.sub("Về việc", tidy("\n".join(lines)).strip(" -_.;:,*/~=|•«»"))
    title = _SINGLE_QUOTES.sub(r'"\1"', _LOST_MARK.sub(" ", title))
    if title[:1] in "\"'“‘" and title[1:].count('"') + title.count("”") == 0:
        title = title[1:].lstrip()
    if title and _PAIRS.get(title[0]) == title[-1] and title[0] not in title[1:-1] and title[-1] not in title[1:-1]:
        title = title[1:-1].strip(" .;,")
    return title or None


def subject_start(line: str) -> int:
    """Where the subject of a công văn begins behind its `V/v`; `Về việc` in full is print and stays.

    >>> [line[subject_start(line):] for line in ("V/v công bố danh mục", "VW rà soát", "Về việc họp")]
    ['công bố danh mục', 'rà soát', 'Về việc họp']
    """
    found = _ABOUT_SHORT.match(line)
    return found.end() if found else 0
