"""Tables that are not ruled throughout: the lines that their gaps between columns stand for.

Of some the frame at left and right is not printed, of others rows are ruled and columns are not (of those without any
ruling: unruled.py). The gaps come out as rulings that are not printed, so that what follows knows ruled tables only.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas.page import Box, Ruling
from schemas.ruled import TOUCH, groups, merged

FEWEST_COLUMNS = 3  # of two columns a line reads the same across
NARROWEST = 6.0  # points: a narrower gap may be a space between words
NARROWEST_OF_FEW = 9.0  # and where few lines bear witness
MANY = 6  # lines that are more than a few
SAME_END = 8.0  # points: lines of one table begin and end this near to each other
SPANNING = 0.3  # share of the rows of a table that may run over several columns


class Printed(NamedTuple):
    """A word and its place."""

    text: str
    box: Box


Stretch = tuple[float, float]
Row = list[Printed]


def implied(words: Sequence[Printed], rulings: Sequence[Ruling]) -> list[Ruling]:
    """Lines that are not printed, of tables of which some lines are: frames, and columns between ruled rows."""
    found: list[Ruling] = []
    for group in groups(rulings):
        found += _frame(group, words)
    for stack in _stacks([one.box for one in rulings if one.horizontal]):
        area = Box(stack[0].x0, stack[0].top, max(one.x1 for one in stack), stack[-1].bottom)
        if not any(not one.horizontal and _inside(one.box, area) for one in rulings):
            ys = merged([(one.top + one.bottom) / 2 for one in stack], TOUCH)
            found += _columns(ys, area, [word for word in words if _inside(word.box, area)])
    return found


def _inside(box: Box, area: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return area.x0 <= x <= area.x1 and area.top <= y <= area.bottom


def _frame(group: Sequence[Ruling], words: Sequence[Printed]) -> list[Ruling]:
    """Left and right side of a table whose rows reach beyond the outermost of its columns' lines."""
    across = [one.box for one in group if one.horizontal]
    down = [one.box for one in group if not one.horizontal]
    if len(across) < 2 or not down:
        return []
    area = Box(
        min(box.x0 for box in across),
        min(box.top for box in across),
        max(box.x1 for box in across),
        max(box.bottom for box in across),
    )
    left, right = min(box.x0 for box in down), max(box.x1 for box in down)
    sides = []
    for x, beyond in (
        (area.x0, Box(area.x0, area.top, left, area.bottom)),
        (area.x1, Box(right, area.top, area.x1, area.bottom)),
    ):
        ends = sum(1 for box in across if min(abs(box.x0 - x), abs(box.x1 - x)) <= SAME_END)
        if 2 * ends > len(across) and ends > 1 and any(_inside(word.box, beyond) for word in words):
            sides.append(Ruling(Box(x, area.top, x, area.bottom), False, False))
    return sides


def _stacks(across: Sequence[Box]) -> list[list[Box]]:
    """Horizontal lines that begin and end below each other, at least three."""
    found: list[list[Box]] = []
    for box in sorted(across, key=lambda one: one.top):
        for stack in found:
            if abs(stack[0].x0 - box.x0) <= SAME_END and abs(stack[0].x1 - box.x1) <= SAME_END:
                stack.append(box)
                break
        else:
            found.append([box])
    return [stack for stack in found if len(stack) >= 3]


def _columns(ys: Sequence[float], area: Box, words: Sequence[Printed]) -> list[Ruling]:
    """The sides of the columns between the ruled rows `ys`."""
    rows: list[Row] = [[] for _ in ys[1:]]
    for word in words:
        middle = (word.box.top + word.box.bottom) / 2
        rows[sum(1 for y in ys[1:-1] if y <= middle)].append(word)
    cuts = cuts_of([row for row in rows if row], area)
    return sides(rows, ys, cuts, area) if len(cuts) + 1 >= FEWEST_COLUMNS else []


def sides(rows: Sequence[Row], ys: Sequence[float], cuts: Sequence[float], area: Box) -> list[Ruling]:
    """The sides of columns in rows that end at `ys`, left out where print runs over them; and the frame."""
    found = [Ruling(Box(x, ys[0], x, ys[-1]), False, False) for x in (area.x0, area.x1)]
    for row, top, bottom in zip(rows, ys, ys[1:], strict=False):
        free = [x for x in cuts if not any(word.box.x0 + 1 < x < word.box.x1 - 1 for word in row)]
        if len(columns_of(row, free)) > 1:
            found += [Ruling(Box(x, top, x, bottom), False, False) for x in free]
    return found


def columns_of(row: Row, cuts: Sequence[float]) -> set[int]:
    """Columns in which a row has words."""
    return {sum(1 for x in cuts if x < (word.box.x0 + word.box.x1) / 2) for word in row}


def cuts_of(rows: Sequence[Row], area: Box) -> list[float]:
    """Where columns are parted: gaps that no word crosses but those of rows that run over several columns."""
    narrowest = NARROWEST if len(rows) >= MANY else NARROWEST_OF_FEW
    loose = gaps_of(rows, area, narrowest, SPANNING * len(rows))
    crossing = [any(word.box.x0 < x < word.box.x1 for word in row for x in map(_middle, loose)) for row in rows]
    whole = [row for row, crosses in zip(rows, crossing, strict=True) if not crosses]
    clear = gaps_of(whole, area, 1.0, 0)
    cuts: list[float] = []
    for gap in loose:
        inside = [one for one in clear if gap[0] <= _middle(one) <= gap[1]]
        wide = [one for one in inside if one[1] - one[0] >= narrowest]  # two of them where a column is nearly empty
        widest = max(inside, key=lambda one: one[1] - one[0], default=gap)
        cuts += map(_middle, wide or [widest])
    return cuts if len(whole) > 1 else []


def _middle(gap: Stretch) -> float:
    return (gap[0] + gap[1]) / 2


def gaps_of(rows: Sequence[Row], area: Box, narrowest: float, crossed: float) -> list[Stretch]:
    """Stretches between print that at most `crossed` of the rows have words in."""
    start, count = int(area.x0), max(1, round(area.x1 - area.x0))
    covered = [0] * count
    for row in rows:
        points = {at for word in row for at in range(round(word.box.x0) - start, round(word.box.x1) - start)}
        for at in points:
            if 0 <= at < count:
                covered[at] += 1
    found: list[Stretch] = []
    begin: int | None = None
    for at, rows_there in enumerate([*covered, len(rows) + 1]):
        if rows_there <= crossed:
            begin = at if begin is None else begin
        elif begin is not None:
            if at - begin >= narrowest and begin > 0 and at < count:
                found.append((float(start + begin), float(start + at)))
            begin = None
    return found
