"""A table over as many pages as it needs: the head row comes again on each, a row may be cut by the page end."""

from __future__ import annotations

from samples.content import Block, Row
from samples.press import Press, Token, break_lines, line_text, tokens

PAD = 4.0


def draw_table(press: Press, block: Block, size: float) -> None:
    """Draws the table and records its print row by row, the cells of a row from left to right."""
    ruled = block.ruled
    whole = sum(block.widths)
    widths = [press.room * share / whole for share in block.widths]
    _row(press, block.rows[0], widths, size, block.rows[0], "b", ruled, repeat=False)
    for row in block.rows[1:]:
        _row(press, row, widths, size, block.rows[0], "b" if row.span else "", ruled, repeat=True)
    press.y += 10


def _row(
    press: Press, row: Row, widths: list[float], size: float, head: Row, style: str, ruled: bool, repeat: bool
) -> None:
    """One row. Lines that do not fit go on below the repeated head of the next page."""
    step = size * 1.18
    sizes = [sum(widths)] if row.span else widths
    cells = [
        break_lines(tokens(cell, style), wide - 2 * PAD, size) if cell else []
        for cell, wide in zip(row.cells, sizes, strict=True)
    ]
    while True:
        tallest = max(len(cell) for cell in cells)
        fits = int((press.floor() - press.y - 2 * PAD) // step)
        if fits < min(tallest, 2):
            press.new_page()
            if repeat:
                _row(press, head, widths, size, head, "b", ruled, repeat=False)
            continue
        now = min(tallest, fits)
        _cells(press, [cell[:now] for cell in cells], sizes, size, step, now, style, ruled)
        cells = [cell[now:] for cell in cells]
        if not any(cells):
            return
        press.new_page()
        if repeat:
            _row(press, head, widths, size, head, "b", ruled, repeat=False)


def _cells(
    press: Press,
    cells: list[list[list[Token]]],
    widths: list[float],
    size: float,
    step: float,
    rows: int,
    style: str,
    ruled: bool,
) -> None:
    height = rows * step + 2 * PAD
    canvas = press.canvas
    canvas.setLineWidth(0.6)
    x = press.margins.left
    for index, (cell, wide) in enumerate(zip(cells, widths, strict=True)):
        if ruled:
            canvas.rect(x, press.high - press.y - height, wide, height)
        middle = (rows - len(cell)) * step / 2
        for number, line in enumerate(cell):
            text = line_text(line)
            used = sum(word.width(size) for word in line)
            used += sum(1 for word in line[1:] if not word.glued) * size * 0.25
            centred = len(widths) > 1 and (style == "b" or index == 0)
            shift = (wide - 2 * PAD - used) / 2 if centred else 0
            press.set_line(line, x + PAD + shift, press.y + PAD + middle + number * step, size)
            press.lines[-1].append(text)
        x += wide
    press.y += height
