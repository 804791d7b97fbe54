"""Marks of headings and items on recognised pages, read by the sequence they belong to.

Recognition spoils marks (`Vv.` for V., `L` for I., `1,` for 1., `=` for a dash) and loses some. What stands before and
after tells what was printed: headings run I. II. III., items 1. 2. 3. and a) b) c) d) đ) e) (NĐ 30/2020 Annex I). Marks
that are read well stay, whatever their order; a lost one is set only where one line alone can have had it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extractors import cues
from extractors.marks import ALPHABET, LEVELS, ROMANS, Kind, Mark, read_mark
from extractors.spoiled_marks import (
    DOTTED,
    KEPT,
    MarkLine,
    Option,
    letter_options,
    misread,
    number_options,
    roman_options,
    upper_options,
)
from normalizers.text import skeleton
from schemas.page import Page

_SURE = 0.0  # cost of a mark as it is read
_SKIPPED, _AGAIN, _DOUBLED, _ODD = 3.0, 1.0, 1.5, 4.0  # costs of steps in a sequence other than to the next
_MOST_LOST = 4  # a step of so much in a sequence is no loss of marks any more
_WITHIN = 0.5  # what it costs that the line before looks unfinished
_WELL_MARKED = re.compile(
    r"[\W_]{0,4}(?:\d{1,2}[.)]\s?[A-ZĐÀ-Ỹ]|[IVXH1l]{1,4}[.:]\s?[A-ZĐÀ-Ỹ]{2}|[A-Ha-h][.:]\s?[A-ZĐÀ-Ỹ]{2})"
)
_LOST_LETTER = re.compile(r"(?:^|\s)\(?([a-zđ])\)")
_LOST_NUMBER = re.compile(r"(?:^|\s)(\d{1,2})[.,]")
_DASH = re.compile(r"(?:[\W_]{0,3}|[^\W\d]\s)[-–—~=•*+«»¬][^\w(“\"]{0,4}(?=[\w(“\"])")
_ENDED = re.compile(r"[.;:!?…][\"”’')\]]*$")
_SHORT = 70  # characters of a heading that fills no line


def is_noisy(page: Page) -> bool:
    """Whether a page was recognised or repaired: what stands there need not be print."""
    return page.source == "ocr" or any(word.raw != word.text for line in page.lines for word in line.words)


def read_marks(lines: Sequence[MarkLine]) -> list[Mark | None]:
    """The mark of every line, None where it has none.

    >>> def noisy(*texts): return [MarkLine(text, "", True, True, True) for text in texts]
    >>> def read(*texts): return [mark and mark.printed for mark in read_marks(noisy(*texts))]
    >>> read("L MỤC ĐÍCH", "IL.CHỈ TIÊU", "1, Giảm họp.", "2 Bớt giấy tờ.", "Vv. TỔ CHỨC")
    ['I.', 'II.', '1.', '2.', None]
    >>> read("1. Tăng thu.", "Giảm chi.", "3. Bớt họp."), read("a) Tăng thu.", "Giảm chi.", "Bớt họp.", "c) Họp.")
    (['1.', '2.', '3.'], ['a)', None, None, 'c)'])
    >>> read("- Rà soát.", "= Báo cáo.", "-.Xét duyệt.")
    ['-', '-', '-']
    """
    marks = [read_mark(line.text) for line in lines]
    if not any(line.noisy for line in lines):
        return marks
    marks = [
        None if mark is not None and _is_hyphen(line, mark) else mark for line, mark in zip(lines, marks, strict=True)
    ]
    if any(mark is not None and mark.kind == "upper" for mark in marks):
        _settle(lines, marks, range(len(lines)), "upper", upper_options)
    for region in _regions(marks, LEVELS["roman"] - 1):
        _settle(lines, marks, region, "roman", roman_options)
    _settle_dotted(lines, marks)
    for region in _regions(marks, LEVELS["article"]):
        _settle(lines, marks, region, "arabic", number_options)
    for region in _regions(marks, LEVELS["letter"] - 1):
        _settle(lines, marks, region, "letter", letter_options)
    for index, line in enumerate(lines):
        mark = marks[index]
        if line.noisy and line.starts and (mark is None or mark.kind in ("dash", "plus")):
            found = _DASH.match(line.text)
            begins = found is not None and (
                line.ended or line.text[found.end()].isupper() or line.text[found.end()] in '“"'
            )
            if found and begins and (mark is None or found.end() > mark.width) and _near_dash(marks, index):
                marks[index] = Mark("dash", "-", "-", found.end())
    return marks


def _is_hyphen(line: MarkLine, mark: Mark) -> bool:
    """Whether a dash only seems to stand there: before a small letter, in the middle of a sentence."""
    if mark.kind != "dash" or not line.noisy or line.ended or not _first_letter(line, mark).islower():
        return False
    return not line.starts or line.text[mark.width - 1] in "-–—"


def _first_letter(line: MarkLine, mark: Mark) -> str:
    return next(filter(str.isalnum, line.text[mark.width :]), "")


def _near_dash(marks: Sequence[Mark | None], index: int) -> bool:
    """Whether one of the items before or after is a dash."""
    return any(mark is not None and mark.kind == "dash" for mark in marks[max(0, index - 12) : index + 13])


def _regions(marks: Sequence[Mark | None], level: int) -> Iterator[range]:
    """The stretches of lines between marks of this level or higher ones."""
    start = 0
    for index, mark in enumerate(marks):
        if mark is not None and mark.level <= level:
            yield range(start, index)
            start = index + 1
    yield range(start, len(marks))


def _settle(
    lines: Sequence[MarkLine],
    marks: list[Mark | None],
    region: range,
    kind: Kind,
    options: Callable[[MarkLine, Mark | None], list[Option]],
) -> None:
    """Set the marks of one kind in a region of lines: those read, those spoiled, those lost."""
    places: list[int] = []
    choices: list[list[Option]] = []
    for index in region:
        mark = marks[index]
        if mark is not None and mark.kind == kind and mark.order is not None and "." not in mark.value:
            found = [Option(mark.order, _SURE, mark.width), Option(None, KEPT, 0)]
            found += misread(kind, mark) if lines[index].noisy else []
        elif lines[index].noisy and (mark is None or mark.kind in ("dash", "plus", "letter")):
            found = options(lines[index], mark) if lines[index].starts or _WELL_MARKED.match(lines[index].text) else []
            if not lines[index].starts:
                found = [option._replace(cost=option.cost + _WITHIN * (option.order is not None)) for option in found]
        else:
            continue
        if found:
            places.append(index)
            choices.append(found)
    settled: list[tuple[int, int]] = []
    for index, option in zip(places, _best_path(choices, kind), strict=True):
        mark = marks[index]
        if option.order is not None:
            settled.append((index, option.order))
            if mark is None or mark.kind != kind or mark.order != option.order:
                marks[index] = _mark(kind, option.order, option.width)
    if kind in ("arabic", "letter"):
        for (index, order), (after, next_order) in _gaps(settled, region):
            missing = max(1, next_order - order - 1)
            wanted = [_mark(kind, order + 1 + more, 0) for more in range(missing)]
            _set_lost(lines, marks, range(index + 1, after), wanted, needed=next_order > 0)


def _settle_dotted(lines: Sequence[MarkLine], marks: list[Mark | None]) -> None:
    """Set marks like 2.2. that lost a point (`22.`, `2.2:`), where they follow 2. or 2.1."""
    last: list[int] = []
    for index, line in enumerate(lines):
        mark = marks[index]
        if mark is not None and mark.level < LEVELS["arabic"]:
            last = []
        found = DOTTED.match(line.text) if line.noisy and last else None
        if found and (mark is None or mark.kind in ("arabic", "dash")):
            figures = "".join(filter(str.isdigit, found[1]))
            for follower in ([*last, 1], *([*last[:depth], last[depth] + 1] for depth in range(1, len(last)))):
                if figures == "".join(map(str, follower)):
                    value = ".".join(map(str, follower))
                    mark = marks[index] = Mark("arabic", value, f"{value}.", found.end())
        if mark is not None and mark.kind == "arabic":
            last = [int(part) for part in mark.value.split(".")]


def _mark(kind: Kind, order: int, width: int) -> Mark:
    names: Sequence[str] = {"roman": ROMANS, "letter": ALPHABET, "upper": "ABCDEFGH"}.get(kind, ())
    value = names[order - 1] if names else str(order)
    return Mark(kind, value, f"{value})" if kind == "letter" else f"{value}.", width)


def _gaps(settled: Sequence[tuple[int, int]], region: range) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Neighbours between which marks are missing; the region begins before the first, and ends with order 0."""
    before = (region.start - 1, 0)
    for place in settled:
        if 2 <= place[1] - before[1] <= _MOST_LOST:
            yield before, place
        before = place
    if settled:
        yield before, (region.stop, 0)


def _set_lost(
    lines: Sequence[MarkLine], marks: list[Mark | None], between: range, wanted: Sequence[Mark], *, needed: bool
) -> None:
    """Set lost marks on the lines between their neighbours, where just as many lines as marks can have had them.

    needed: a later mark tells that they are missing; otherwise only what was read, or a heading's form, tells it.
    """
    told = _LOST_LETTER if wanted[0].kind == "letter" else _LOST_NUMBER
    noisy = [index for index in between if marks[index] is None and lines[index].starts and lines[index].noisy]
    open_ = [index for index in noisy if lines[index].text[0].isupper() or lines[index].text[0].isdigit()]
    seen = [index for index in noisy if (found := told.search(lines[index].lost)) and found[1] == wanted[0].value]
    heads = [index for index in noisy if _heads_dashes(lines, marks, index)]
    for known in (seen, open_, heads) if needed else (seen, heads):
        if len(known) == len(wanted):
            for index, mark in zip(known, wanted, strict=True):
                marks[index] = mark
            return


def _heads_dashes(lines: Sequence[MarkLine], marks: Sequence[Mark | None], index: int) -> bool:
    """Whether a line is a heading by its form: short, not ended, after what is ended, with dashes right below it."""
    after = marks[index + 1] if index + 1 < len(marks) else None
    line = lines[index]
    return (
        after is not None
        and after.kind == "dash"
        and line.ended
        and len(line.text) < _SHORT
        and not line.text.isupper()
        and not _ENDED.search(line.text)
        and not _first_letter(lines[index + 1], after).islower()
        and not cues.RECIPIENTS.search(skeleton(line.text))
    )


def _best_path(choices: Sequence[list[Option]], kind: Kind) -> list[Option]:
    """One option for each line so that readings and steps together cost least."""
    paths: dict[int, tuple[float, tuple[Option, ...]]] = {0: (0.0, ())}
    for options in choices:
        reached: dict[int, tuple[float, tuple[Option, ...]]] = {}
        for order, (cost, path) in paths.items():
            for option in options:
                after = order if option.order is None else option.order
                total = cost + option.cost + (0.0 if option.order is None else _step(order, option.order, kind))
                if after not in reached or total < reached[after][0]:
                    reached[after] = (total, (*path, option))
        paths = reached
    return list(min(paths.values(), key=lambda known: known[0])[1])


def _step(before: int, after: int, kind: Kind) -> float:
    if after == before + 1:
        return 0.0
    if after == 1:
        return _AGAIN
    if after == before:
        return _DOUBLED
    if after == before + 2:
        return 0.2 if kind == "letter" and ALPHABET[before] == "đ" else _SKIPPED  # many leave đ) out
    return _ODD
