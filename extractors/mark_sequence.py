"""Marks of headings and items on recognised pages, read by the sequence they belong to.

Recognition spoils marks (`Vv.` for V., `L` for I., `1,` for 1., `=` for a dash) and loses some. What stands before and
after tells what was printed: headings run I. II. III., items 1. 2. 3. and a) b) c) d) đ) e) (NĐ 30/2020 Annex I). Marks
that are read well stay, whatever their order; a lost one is set only where one line alone can have had it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from extractors import cues
from extractors.marks import ALPHABET, LEVELS, ROMANS, Kind, Mark, read_mark
from normalizers.text import capitals, skeleton
from schemas.page import Page


class MarkLine(NamedTuple):
    """A printed line, stripped. lost: what recognition read at its start and repair took for specks.

    starts: a paragraph may begin here. ended: the line before ends a sentence or is none. noisy: recognised or repaired.
    """

    text: str
    lost: str
    starts: bool
    ended: bool
    noisy: bool


class _Option(NamedTuple):
    """One reading of a line's mark: its place in the sequence (None: the line has no such mark), its cost, its width."""

    order: int | None
    cost: float
    width: int


_SURE, _KEPT = 0.0, 5.0  # cost of a mark as it is read, and of taking it for none
_NONE = 1.5  # cost of taking what looks like a spoiled mark for none
_SKIPPED, _AGAIN, _DOUBLED, _ODD = 3.0, 1.0, 1.5, 4.0  # costs of steps in a sequence other than to the next
_WITHIN = 0.5  # what it costs that the line before looks unfinished
_WELL_MARKED = re.compile(
    r"[\W_]{0,4}(?:\d{1,2}[.)]\s?[A-ZĐÀ-Ỹ]|[IVXH1l]{1,4}[.:]\s?[A-ZĐÀ-Ỹ]{2}|[A-Ha-h][.:]\s?[A-ZĐÀ-Ỹ]{2})"
)
_JUNK = r"[^a-zA-ZÀ-ỹđĐ\d(“\"]{0,4}"
_ROMAN = re.compile(rf"{_JUNK}([^\W_]{{1,4}}|[|!\[\]]{{1,3}})\s?[.,:;)/]{{0,2}}\s*(?=[A-ZĐÀ-Ỹ])")
_UPPER = re.compile(rf"{_JUNK}([A-Ha-h])\s?[.,:;)/]\s*(?=[A-ZĐÀ-Ỹ]{{2}})")
_STROKES = str.maketrans(
    {**dict.fromkeys("1l|!itTjJL[]fr", "I"), "H": "II", "U": "II", "v": "V", "y": "V", "Y": "V", "x": "X", "K": "X"}
)
_SIGNING = frozenset(("TM", "KT", "TL", "TUQ", "Q", "CT"))
_NUMBER = re.compile(
    rf"{_JUNK}(\d{{1,2}}|[lIiL|!\]](?=[.,)]))(?:\s?[.,:;)•°]{{1,3}}\s?[.,]?\s*|\s+)(?=[^\W\d_]|[“\"(]|\d+[,.\d]*\s?%)"
)
_LETTER = re.compile(rf"{_JUNK}\(?([^\W_]|[¢€©&@])\s?[)}}\]>]+[.,]?\s*(?=\S)")
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
    >>> read("1. Tăng thu.", "Giảm chi.", "3. Bớt họp."), read("a) Tăng thu.", "Giảm chi.", "Bớt họp.", "d) Họp.")
    (['1.', '2.', '3.'], ['a)', None, None, 'd)'])
    >>> read("- Rà soát.", "= Báo cáo.", "-.Xét duyệt.")
    ['-', '-', '-']
    """
    marks = [read_mark(line.text) for line in lines]
    if not any(line.noisy for line in lines):
        return marks
    if any(mark is not None and mark.kind == "upper" for mark in marks):
        _settle(lines, marks, range(len(lines)), "upper", _upper_options)
    for region in _regions(marks, LEVELS["roman"] - 1):
        _settle(lines, marks, region, "roman", _roman_options)
    for region in _regions(marks, LEVELS["article"]):
        _settle(lines, marks, region, "arabic", _number_options)
    for region in _regions(marks, LEVELS["letter"] - 1):
        _settle(lines, marks, region, "letter", _letter_options)
    for index, line in enumerate(lines):
        mark = marks[index]
        if line.noisy and line.starts and (mark is None or mark.kind in ("dash", "plus")):
            found = _DASH.match(line.text)
            figure = found is not None and line.text[found.end()].isdigit()
            if (
                found
                and (mark is None or found.end() > mark.width)
                and (line.ended or not figure)
                and _near_dash(marks, index)
            ):
                marks[index] = Mark("dash", "-", "-", found.end())
    return marks


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
    options: Callable[[MarkLine, Mark | None], list[_Option]],
) -> None:
    """Set the marks of one kind in a region of lines: those read, those spoiled, those lost."""
    places: list[int] = []
    choices: list[list[_Option]] = []
    for index in region:
        mark = marks[index]
        if mark is not None and mark.kind == kind and mark.order is not None and "." not in mark.value:
            found = [_Option(mark.order, _SURE, mark.width), _Option(None, _KEPT, 0)]
            found += _misread(kind, mark) if lines[index].noisy else []
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
    if kind != "roman":
        for (index, order), (after, next_order) in _gaps(settled, region):
            _set_lost(lines, marks, range(index + 1, after), _mark(kind, order + 1, 0), needed=next_order > 0)


def _mark(kind: Kind, order: int, width: int) -> Mark:
    names: Sequence[str] = {"roman": ROMANS, "letter": ALPHABET, "upper": "ABCDEFGH"}.get(kind, ())
    value = names[order - 1] if names else str(order)
    return Mark(kind, value, f"{value})" if kind == "letter" else f"{value}.", width)


def _gaps(settled: Sequence[tuple[int, int]], region: range) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Neighbours between which one mark is missing; the region begins before the first, and ends with order 0."""
    before = (region.start - 1, 0)
    for place in settled:
        if place[1] - before[1] == 2:
            yield before, place
        before = place
    if settled:
        yield before, (region.stop, 0)


def _set_lost(
    lines: Sequence[MarkLine], marks: list[Mark | None], between: range, wanted: Mark, *, needed: bool
) -> None:
    """Set a lost mark on the one line between its neighbours that can have had it.

    needed: a later mark tells that one is missing; otherwise only what was read, or a heading's form, tells it.
    """
    told = _LOST_LETTER if wanted.kind == "letter" else _LOST_NUMBER
    open_ = [index for index in between if marks[index] is None and lines[index].starts and lines[index].noisy]
    open_ = [index for index in open_ if lines[index].text[0].isupper() or lines[index].text[0].isdigit()]
    seen = [index for index in open_ if (found := told.search(lines[index].lost)) and found[1] == wanted.value]
    heads = [index for index in open_ if _heads_dashes(lines, marks, index)]
    for known in (seen, open_, heads) if needed else (seen, heads):
        if len(known) == 1:
            marks[known[0]] = wanted
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
        and not cues.RECIPIENTS.search(skeleton(line.text))
    )


def _best_path(choices: Sequence[list[_Option]], kind: Kind) -> list[_Option]:
    """One option for each line so that readings and steps together cost least."""
    paths: dict[int, tuple[float, tuple[_Option, ...]]] = {0: (0.0, ())}
    for options in choices:
        reached: dict[int, tuple[float, tuple[_Option, ...]]] = {}
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


def _misread(kind: Kind, mark: Mark) -> list[_Option]:
    """What a mark may have been that looks well: a stroke is easily lost (I. of II.), hardly won."""
    if kind == "roman":
        return [
            _Option(order, 1.0 if len(roman) > len(mark.value) else _KEPT, mark.width)
            for order, roman in enumerate(ROMANS[:12], 1)
            if roman != mark.value and Levenshtein.distance(roman, mark.value) == 1
        ]
    return [_Option(ALPHABET.index("đ") + 1, 0.3, mark.width)] if kind == "letter" and mark.value == "d" else []


def _roman_options(line: MarkLine, mark: Mark | None) -> list[_Option]:
    found = _ROMAN.match(line.text)
    if not found or found[1] in _SIGNING or (mark is not None and mark.kind == "letter"):
        return []
    rest = line.text[found.end() :]
    if capitals(rest) < 0.8 or sum(map(str.isalpha, rest)) < 5:
        return []
    strokes = found[1].translate(_STROKES)
    small = found[1].islower() and len(found[1]) < 4  # small letters before capitals were never printed so
    if not small and strokes.strip("IVX"):
        return []
    options = [_Option(None, 2 * _NONE if strokes in ROMANS else _NONE, 0)]
    for order, roman in enumerate(ROMANS[:12], 1):
        cost = 0.3 + 0.7 * Levenshtein.distance(strokes, roman)
        cost = min(cost, 2.0) if small else cost
        if cost <= 2.0:
            options.append(_Option(order, cost, found.end()))
    return options


def _upper_options(line: MarkLine, mark: Mark | None) -> list[_Option]:
    found = _UPPER.match(line.text)
    if not found or mark is not None or capitals(line.text[found.end() :]) < 0.8:
        return []
    return [_Option(None, _NONE, 0), _Option("abcdefgh".index(found[1].lower()) + 1, 0.5, found.end())]


def _number_options(line: MarkLine, mark: Mark | None) -> list[_Option]:
    found = _NUMBER.match(line.text)
    if not found or (mark is not None and not re.match(r"[\W_]*\d{1,2}[.,)]\s", line.text)):
        return []
    small = line.text[found.end() : found.end() + 1].islower()
    bare = line.text[found.end(1) : found.end(1) + 1] == " "
    cost = 0.7 + 0.3 * small + 0.4 * (small and bare)
    read = int(found[1]) if found[1].isdigit() else 1
    options = [_Option(None, _NONE, 0), _Option(read, cost, found.end())]
    if len(found[1]) == 1:
        options += [_Option(order, cost + 1.3, found.end()) for order in range(1, 10) if order != read]
    return [option for option in options if option.order != 0]


def _letter_options(line: MarkLine, mark: Mark | None) -> list[_Option]:
    found = _LETTER.match(line.text)
    if not found or mark is not None:
        return []
    read = ALPHABET.find(found[1].lower()) + 1
    options = [_Option(None, _NONE, 0)]
    for order in range(1, len(ALPHABET) + 1):
        options.append(_Option(order, 0.3 if order == read else 1.8, found.end()))
    return options
