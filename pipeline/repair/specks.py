"""Specks of paper and debris of rules that a reader took for signs: which tokens to leave out, and what of a token was printed.

Print sets signs behind a word, without a space, or a dash before an item; what stands alone or before a word was not printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_CRUMB: Final = re.compile(r"[.,;:'’‘`´_~^»«)(\\\\]*[^\W\d_yY]?[.,;:'’‘`´_~^»«)(\\\\]*")
MARK: Final = re.compile(r"\(?[^\W_][.)]")
"""The mark of an item: `1.`, `a)`."""
# Alone among words these are never print. A bar stands for the rule of a table, which the tables are read by.
_LONE: Final = re.compile(r"[.,;:'’‘`´_~^°«»<>=!*\\“”\"]{1,3}")
_DASH: Final = re.compile(r"[_.:]?[~>=»—_-]{1,3}[€.]?")  # what readers make of the dash before an item
_LEADING: Final = re.compile(r"[.,;:’‘`´_~^°»]+(?=[“\"(]?[^\W_])")
_QUOTED_MARK: Final = re.compile(r"[“”\"'‘’]+(?=\(?(?:[^\W_][.)]|\d))")
_TRAILING: Final = re.compile(r"(?<=[^\W_])([.,;:]?)[_~^°‘`´]+$")

_HORN: Final = re.compile(r"(?<=[^\W\d_])[’‘`´](?=[^\W_]|[.,;:]*$)")  # beside "co" or "su": the horn of ơ and ư
_HOOK: Final = re.compile(r"(?<=[^\W\d_]{2})\?$")  # a hook or a tone; no question ends inside a line of these papers


def crumbs(line: Sequence[str]) -> frozenset[int]:
    """Places of specks: lone signs, and runs of signs and lone letters that print never has.

    A colon or semicolon at the end may belong to the word before it, a dash to an item.

    >>> sorted(crumbs("Phong Van hoa P .g , Quy , . ., trong nam 2025".split()))
    [3, 4, 5, 7, 8, 9]
    >>> crumbs("a) Xay dung - ban hanh 100 %".split())
    frozenset()
    >>> sorted(crumbs(". Phong Kinh té ~ x ;".split()))
    [0, 4, 5, 6]
    """
    found = {
        place
        for place, text in enumerate(line)
        if _LONE.fullmatch(text) and not (place == len(line) - 1 and text in ":;.,")
    }
    run: list[int] = []
    for place, token in enumerate([*line, "end"]):
        if (
            place < len(line)
            and len(token) < 9
            and _CRUMB.fullmatch(token)
            and not (place == 0 and MARK.fullmatch(token))
        ):
            run.append(place)
            continue
        signs = "".join(line[at] for at in run)
        if len(run) > 1 and len(set(signs)) > 1 and not all(any(map(str.isalpha, line[at])) for at in run):
            found.update(run)
        run = []
    return frozenset(found)


def dash_of_item(line: Sequence[str]) -> bool:
    """True where the first token is the dash before an item, however it was read.

    >>> dash_of_item("~ Luu: VT".split()), dash_of_item("> UBND xa".split()), dash_of_item("~ nam 2025".split())
    (True, True, False)
    """
    return len(line) > 1 and _DASH.fullmatch(line[0]) is not None and line[0] != "_" and line[1][0].isupper()


def without_specks(token: str, first: bool, last: bool = False) -> str:
    """The token without the signs that print never sets at its place; `first`, `last`: of its line.

    >>> [without_specks(token, True) for token in ("_c)", "’.S6:", "“4.", "“Ké", "(Kem", "...")]
    ['c)', 'S6:', '4.', '“Ké', '(Kem', '...']
    >>> [without_specks(token, False) for token in (".xuat", "nam~", "tâm./.", "co’", "-UBND", ".5", "ct?")]
    ['xuat', 'nam', 'tâm./.', "co'", '-UBND', '.5', 'ct']
    """
    token = _HORN.sub("'", token)
    found = _LEADING.match(token)
    if found and not (token[found.end()].isdigit() and not first):
        token = token[found.end() :]
    if first:
        token = _QUOTED_MARK.sub("", token, count=1) if _QUOTED_MARK.match(token) else token
    if not last:
        token = _HOOK.sub("", token)
    return _TRAILING.sub(r"\1", token)
