"""From words with boxes to lines as a person reads them; the same code for text layers and for recognised pages.

Works in points of the upright page. A paper of this genre has text in one column, with two places where two columns
stand side by side: the letterhead, and recipients (left) against signature block (right). Those are told by what they
say (Quốc hiệu, `Nơi nhận`, `TM.`, posts in capitals) and by a gutter that no line crosses. Ruled tables are read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from normalizers.text import skeleton
from pipeline.layout.gaps import Printed, implied
from pipeline.layout.grid import Grid, find_grids
from pipeline.layout.lines import Segment, boxed, of_words, overlap, rows, segment, split_glued
from pipeline.layout.marks import split_marks
from pipeline.layout.unruled import unruled
from pipeline.recognise.trust import is_scrap
from schemas.page import Annotation, Box, Line, Ruling, Word

NARROWEST_GUTTER = 1.0  # points: boxes of recognised words reach a little over their ink
CLOSEST_COLUMNS = 4.0  # points: boxes of two columns that nearly touch may overlap by so much
WIDEST_STEP = 125.0  # points: between post and name there is room for seal and signature

_HEAD_CUE = re.compile(r"cong hoa xa hoi|chu nghia viet nam|doc lap\W+tu do|tu do\W+hanh phuc|dang cong san viet")
_FOOT_CUE = re.compile(r"^\W*noi nhan\b")
_SIGN_CUE = re.compile(
    r"^\W*(tm|kt|tl|tuq|q)\s?[.,]|^(quyen |pho )?(chu tich|giam doc|tong giam doc|chanh van phong|chanh thanh tra|truong ban|"
    r"truong phong|truong doan|bo truong|thu truong|cuc truong|tong cuc truong|vu truong|bi thu|hieu truong|vien truong|"
    r"thu tuong|chi cuc truong|pho thu tuong|tong thu ky|chu nhiem|nguoi lap|thu ky|chu toa|dai dien)\b"
)


class Arranged(NamedTuple):
    """lines: in reading order. annotations: signing marks and stamps that stood among the words.

    implied: lines of tables that are not printed but for which gaps stand.
    """

    lines: tuple[Line, ...]
    annotations: tuple[Annotation, ...]
    implied: tuple[Ruling, ...] = ()


def arrange(words: Iterable[Word], rulings: Sequence[Ruling] = (), *, part_glued: bool = True) -> Arranged:
    """Put the words of one upright page into lines and the lines into reading order. Words without a box are left out.

    part_glued: words that print has a space between are parted here; not where a lattice stands behind the words.
    """
    placed = boxed(words)
    gaps = implied([Printed(word.text, box) for word, box in placed], rulings) if rulings else []
    tables, free = _by_table(find_grids([*rulings, *gaps]), placed)
    chained = segment(split_glued(free) if part_glued else free)
    segments, annotations = split_marks([part for one in chained for part in apart(one)])
    blocks: list[tuple[float, list[Line]]] = []
    for band in find_bands(segments):
        left, right = set(band.left), set(band.right)
        segments = [one for one in segments if one not in left and one not in right]
        blocks.append((band.top, [*rows(band.left), *rows(band.right)]))
    remaining = rows(segments)
    more = unruled([[Printed(word.text, box) for word, box in boxed(line.words)] for line in remaining])
    if more:
        others, free = _by_table(find_grids(more), boxed(word for line in remaining for word in line.words))
        tables, remaining = [*tables, *others], rows(segment(free))
    blocks += [(_top(line), [line]) for line in remaining]
    blocks += [(grid.box.top, _table_lines(grid, inside)) for grid, inside in tables]
    blocks.sort(key=lambda block: block[0])
    lines = [line for _, block in blocks for line in block]
    annotations += [Annotation("noise", line.text, line.box) for line in lines if is_scrap(line.words)]
    return Arranged(tuple(line for line in lines if not is_scrap(line.words)), tuple(annotations), (*gaps, *more))


def _by_table(
    grids: Sequence[Grid], placed: Sequence[tuple[Word, Box]]
) -> tuple[list[tuple[Grid, list[Word]]], list[Word]]:
    """The words of each table that has any, and those of none."""
    inside: list[list[Word]] = [[] for _ in grids]
    free: list[Word] = []
    for word, box in placed:
        at = next((number for number, grid in enumerate(grids) if grid.holds(box)), None)
        (free if at is None else inside[at]).append(word)
    return [(grid, words) for grid, words in zip(grids, inside, strict=True) if words], free


_OWN_COLUMN = re.compile(r"^(cong hoa xa hoi chu|doc lap tu do|dang cong san viet nam)\b")


def apart(one: Segment) -> list[Segment]:
    """The line cut before the national motto where it stands so close to the left column that both were chained."""
    words = [skeleton(word.text) for word in one.words]
    for at in range(1, len(words)):
        ahead = " ".join("".join(char if char.isalnum() else " " for char in " ".join(words[at : at + 6])).split())
        if _OWN_COLUMN.search(ahead):
            return [of_words(one.words[:at]), of_words(one.words[at:])]
    return [one]


def _top(line: Line) -> float:
    box = line.box
    return box.top if box else 0.0


def _table_lines(grid: Grid, words: Sequence[Word]) -> list[Line]:
    """Row by row, in a row cell by cell."""
    cells: dict[tuple[int, int], list[Word]] = {}
    for word, box in boxed(words):
        cells.setdefault(grid.cell(box), []).append(word)
    return [line for _, inside in sorted(cells.items()) for line in rows(segment(inside))]


class Band(NamedTuple):
    """Two columns side by side."""

    left: list[Segment]
    right: list[Segment]

    @property
    def top(self) -> float:
        return min(one.box.top for one in (*self.left, *self.right))


def find_bands(segments: Sequence[Segment]) -> list[Band]:
    """The places where two columns stand side by side and are to be read one after the other."""
    remaining = list(segments)
    bands: list[Band] = []
    while True:
        found = [band for band in (_grow(seed, remaining) for seed in _seeds(remaining)) if _says_columns(band)]
        if not found:
            return bands
        best = max(found, key=lambda band: (_pairs(band), len(band.left) + len(band.right)))
        bands.append(best)
        taken = {*best.left, *best.right}
        remaining = [one for one in remaining if one not in taken]


class _Seed(NamedTuple):
    left: Segment
    right: Segment


def _seeds(segments: Sequence[Segment]) -> list[_Seed]:
    """Neighbours on one line, one of which speaks of a letterhead or of the foot of a paper."""
    seeds = []
    for right in segments:
        beside = [
            one
            for one in segments
            if one.box.x1 <= right.box.x0 + CLOSEST_COLUMNS and overlap(one.box, right.box) >= 0.25
        ]
        if beside:
            seeds.append(_Seed(max(beside, key=lambda one: one.box.x1), right))
    return seeds


def _grow(seed: _Seed, segments: Sequence[Segment]) -> Band:
    """All lines above and below that leave the gutter between the two open."""
    left, right = [seed.left], [seed.right]
    gutter = [seed.left.box.x1, seed.right.box.x0]
    middle = (seed.left.middle + seed.right.middle) / 2
    below = sorted((one for one in segments if one.middle >= middle), key=lambda one: one.box.top)
    above = sorted((one for one in segments if one.middle < middle), key=lambda one: -one.box.bottom)
    for direction, others in ((1, below), (-1, above)):
        edge = (
            max(seed.left.box.bottom, seed.right.box.bottom)
            if direction > 0
            else min(seed.left.box.top, seed.right.box.top)
        )
        for one in others:
            if one is seed.left or one is seed.right:
                continue
            step = one.box.top - edge if direction > 0 else edge - one.box.bottom
            if step > WIDEST_STEP:
                break
            fits_left = one.box.x1 <= gutter[1] - NARROWEST_GUTTER
            fits_right = one.box.x0 >= gutter[0] + NARROWEST_GUTTER
            if fits_left and fits_right:  # inside the gutter: to the nearer side
                fits_left = one.box.x0 - gutter[0] < gutter[1] - one.box.x1
            if fits_left:
                left.append(one)
                gutter[0] = max(gutter[0], one.box.x1)
            elif fits_right:
                right.append(one)
                gutter[1] = min(gutter[1], one.box.x0)
            else:
                break
            edge = max(edge, one.box.bottom) if direction > 0 else min(edge, one.box.top)
    return Band(sorted(left, key=lambda one: one.box.top), sorted(right, key=lambda one: one.box.top))


def _pairs(band: Band) -> int:
    """How many lines of the left column have a neighbour in the right one."""
    return sum(1 for a in band.left if any(overlap(a.box, b.box) > 0.25 for b in band.right))


def _says_columns(band: Band) -> bool:
    left = [skeleton(one.text).strip() for one in band.left]
    right = [skeleton(one.text).strip() for one in band.right]
    if any(_HEAD_CUE.search(text) for text in right):
        # a gutter inside the national motto would part its own words
        return not any(_HEAD_CUE.search(text) for text in left)
    if any(_FOOT_CUE.search(text) for text in left):
        return True
    signs = [(text, one) for text, one in zip(right, band.right, strict=True) if _SIGN_CUE.search(text)]
    return any(_mostly_capitals(one.text) for _, one in signs) and all(len(text) < 60 for text in right)


def _mostly_capitals(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(1 for char in letters if char.isupper()) >= 0.7 * max(1, len(letters))
