"""Pages with a ruled table, made from the cells of its rows."""

from __future__ import annotations

from schemas.page import Box, Line, Page, Ruling, Word


def _cell(text: str, x0: float, x1: float, top: float) -> list[Line]:
    lines: list[list[Word]] = [[]]
    x, y = x0 + 3, top + 3
    for token in text.split():
        width = 5.5 * len(token)
        if lines[-1] and x + width > x1 - 2:
            lines.append([])
            x, y = x0 + 3, y + 14
        lines[-1].append(Word(token, token, Box(x, y, x + width, y + 12)))
        x += width + 5.5
    return [Line(tuple(words)) for words in lines if words]


def ruled_page(number: int, rows: list[list[str]], xs: list[float], top: float = 60.0) -> Page:
    """A page with one table: a row of one cell spans all columns; xs are the edges of the columns."""
    lines: list[Line] = []
    rulings: list[Ruling] = []
    y = top
    edges = [y]
    for row in rows:
        cells = (
            [_cell(row[0], xs[0], xs[-1], y)]
            if len(row) == 1
            else [_cell(t, a, b, y) for t, a, b in zip(row, xs, xs[1:], strict=False)]
        )
        height = 14.0 * max(len(cell) for cell in cells) + 8
        lines += [line for cell in cells for line in cell]
        inner = xs if len(row) > 1 else [xs[0], xs[-1]]
        rulings += [Ruling(Box(x, y, x + 1, y + height), False) for x in inner]
        y += height
        edges.append(y)
    rulings += [Ruling(Box(xs[0], edge, xs[-1], edge + 1), True) for edge in edges]
    return Page(number, 842, 595, "text_layer", 1.0, 1.0, "", tuple(lines), tuple(rulings))
