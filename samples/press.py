"""A small printing press over reportlab: styled words, broken into lines, set on pages, every line remembered.

Units are points, the origin is the top left corner. What is printed is recorded line by line in reading order, so the
text of the gold is what stands on the paper, not what was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from samples.content import CITED, FOOTNOTE, INLINE_BASIS, ISSUER, RESULT, plain
from samples.fonts import FACES, register, width

MM = 72 / 25.4
WIDTH, HEIGHT = A4
Align = Literal["left", "centre", "right", "both"]
_TOKEN = re.compile(r"(</?[bi]>|\^\[[^|\]]+\|(?:[^\[\]]|\[\[.*?\]\])*\])")


class Piece(NamedTuple):
    """A stretch of one style. `raised` is a footnote mark."""

    text: str
    style: str
    raised: bool = False


class Token(NamedTuple):
    """What is never broken: a word, perhaps of several pieces. `glued`: no space before it (after a hyphen)."""

    pieces: tuple[Piece, ...]
    glued: bool = False

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def width(self, size: float) -> float:
        return sum(width(p.text, p.style, size * (0.65 if p.raised else 1)) for p in self.pieces)


@dataclass(frozen=True)
class Margins:
    left: float = 30 * MM
    right: float = 18 * MM
    top: float = 20 * MM
    bottom: float = 20 * MM


def tokens(text: str, style: str = "") -> list[Token]:
    """The words of marked-up text. A code may be broken after its hyphens, as office programs do."""
    text = CITED.sub(lambda m: m.group(1).split("@")[0], text)
    text = RESULT.sub(lambda m: m.group(1).split("|")[0], text)
    text = INLINE_BASIS.sub(lambda m: m.group(1), text)
    text = ISSUER.sub(lambda m: m.group(1), text)
    bold, italic = "b" in style, "i" in style
    found: list[Token] = []
    join = False
    for part in _TOKEN.split(text):
        if part in ("<b>", "</b>"):
            bold = part == "<b>"
        elif part in ("<i>", "</i>"):
            italic = part == "<i>"
        elif part:
            now = ("b" if bold else "") + ("i" if italic else "")
            mark = FOOTNOTE.fullmatch(part)
            if mark:
                found[-1] = Token((*found[-1].pieces, Piece(mark.group(1), now, True)), found[-1].glued)
                join = True
                continue
            for index, word in enumerate(part.split(" ")):
                if index == 0 and join and word and found:
                    found[-1] = Token((*found[-1].pieces, Piece(word, now)), found[-1].glued)
                elif word:
                    found.extend(_broken(word, now))
            join = not part.endswith(" ")
            continue
    return found


def _broken(word: str, style: str) -> list[Token]:
    parts = re.findall(r"[^-]+-|[^-]+|-", word) if "/" in word and "-" in word else [word]
    return [Token((Piece(part, style),), glued=index > 0) for index, part in enumerate(parts)]


def break_lines(words: list[Token], room: float, size: float, indent: float = 0) -> list[list[Token]]:
    """Greedy line breaking, the first line shorter by `indent`."""
    lines: list[list[Token]] = [[]]
    space = width(" ", "", size)
    used = indent
    for word in words:
        need = word.width(size) + (0 if word.glued or not lines[-1] else space)
        if lines[-1] and used + need > room:
            lines.append([])
            used, need = 0, word.width(size)
        lines[-1].append(word)
        used += need
    return lines


def line_text(words: list[Token]) -> str:
    return "".join(("" if word.glued or not index else " ") + word.text for index, word in enumerate(words))


class Press:
    """Sets lines on pages. `lines[page]` is the print of each page in reading order."""

    def __init__(self, path: Path, margins: Margins, number_at: Literal["top", "bottom"] = "top") -> None:
        register()
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, pageCompression=1)
        self.margins = margins
        self.wide, self.high = WIDTH, HEIGHT
        self.number_at = number_at
        self.lines: list[list[str]] = [[]]
        self.y = margins.top
        self.shown_number = 1
        self.footnotes: list[tuple[str, str]] = []

    @property
    def room(self) -> float:
        return self.wide - self.margins.left - self.margins.right

    @property
    def page(self) -> int:
        return len(self.lines)

    def floor(self, extra: str | None = None) -> float:
        """Lowest y that print may reach, above the footnotes of this page (and of `extra`, about to be added)."""
        notes = [text for _, text in self.footnotes] + ([extra] if extra else [])
        height = sum(len(break_lines(tokens(text), self.room - 10, 10.5)) * 12.5 for text in notes)
        return self.high - self.margins.bottom - height - (8 if notes else 0)

    def need(self, height: float) -> None:
        """A new page where less than `height` is left."""
        if self.y + height > self.floor():
            self.new_page()

    def new_page(self, restart: bool = False, landscape: bool | None = None) -> None:
        """Begins a page; `landscape` turns this page and those after it, None leaves them as they lie."""
        self.finish_page()
        self.canvas.showPage()
        if landscape is not None:
            self.wide, self.high = (HEIGHT, WIDTH) if landscape else (WIDTH, HEIGHT)
            self.canvas.setPageSize((self.wide, self.high))
        self.lines.append([])
        self.y = self.margins.top
        self.shown_number = 1 if restart else self.shown_number + 1
        if not restart:
            number = str(self.shown_number)
            top = self.number_at == "top"
            self.text(number, self.wide / 2, 12 * MM if top else self.high - 12 * MM, "", 13, "centre", record=top)

    def finish_page(self) -> None:
        """Footnotes under a short rule; the page number where it stands at the foot."""
        if self.footnotes:
            y = self.floor() + 10
            self.rule(self.margins.left, y - 8, 50 * MM)
            for mark, text in self.footnotes:
                lead = 10.0
                self.text(mark, self.margins.left, y, "", 7, raised=4)
                for index, line in enumerate(break_lines(tokens(text), self.room - lead, 10.5)):
                    said = line_text(line)
                    self.set_line(line, self.margins.left + lead, y, 10.5)
                    self.lines[-1].append(f"{mark} {said}" if index == 0 else said)
                    y += 12.5
            self.footnotes = []
        if self.number_at == "bottom" and self.shown_number > 1:
            self.lines[-1].append(str(self.shown_number))

    def save(self) -> None:
        self.finish_page()
        self.canvas.save()

    def text(
        self,
        text: str,
        x: float,
        y: float,
        style: str,
        size: float,
        align: Align = "left",
        record: bool = False,
        raised: float = 0,
    ) -> None:
        """One line at its place; y is the top of the line. Recorded only where asked."""
        shift = {"left": 0.0, "both": 0.0, "centre": 0.5, "right": 1.0}[align] * width(text, style, size)
        self.canvas.setFont(FACES[style], size)
        self.canvas.drawString(x - shift, self.high - y - size + raised, text)
        if record:
            self.lines[-1].append(text)

    def rule(self, x: float, y: float, length: float, thick: float = 0.6) -> None:
        self.canvas.setLineWidth(thick)
        self.canvas.line(x, self.high - y, x + length, self.high - y)

    def set_line(self, words: list[Token], x: float, y: float, size: float, stretch: float = 0) -> None:
        """Words of one line from x on, each space wider by `stretch`."""
        space = width(" ", "", size)
        for index, word in enumerate(words):
            if index and not word.glued:
                x += space + stretch
            for piece in word.pieces:
                here = size * (0.65 if piece.raised else 1)
                self.canvas.setFont(FACES[piece.style], here)
                text = piece.text
                if piece is word.pieces[-1] and index + 1 < len(words) and not words[index + 1].glued:
                    text += " "
                self.canvas.drawString(x, self.high - y - size + (size * 0.35 if piece.raised else 0), text)
                x += width(piece.text, piece.style, here)

    def paragraph(
        self,
        text: str,
        style: str = "",
        size: float = 14,
        align: Align = "both",
        indent: float = 12.7 * MM,
        leading: float = 1.15,
        after: float = 6,
        left: float = 0,
    ) -> None:
        """A paragraph over as many pages as it needs; its footnotes go to the page that holds their mark."""
        notes = {m.group(1): plain(m.group(2)) for m in FOOTNOTE.finditer(text)}
        room = self.room - left
        lines = break_lines(tokens(text, style), room, size, indent)
        for index, line in enumerate(lines):
            marks = [piece.text for word in line for piece in word.pieces if piece.raised and piece.text in notes]
            extra = " ".join(notes[mark] for mark in marks) or None
            keep = 2 if index == 0 and len(lines) > 2 else 1
            if self.y + keep * size * leading > self.floor(extra):
                self.new_page()
            self.footnotes += [(mark, notes[mark]) for mark in marks]
            first = indent if index == 0 else 0
            used = sum(w.width(size) for w in line) + first
            gaps = sum(1 for w in line[1:] if not w.glued)
            slack = room - used - gaps * width(" ", "", size)
            last = index + 1 == len(lines)
            x = self.margins.left + left + first
            if align == "centre":
                x += slack / 2
            elif align == "right":
                x += slack
            stretch = slack / gaps if align == "both" and not last and gaps else 0
            self.set_line(line, x, self.y, size, stretch)
            self.lines[-1].append(line_text(line))
            self.y += size * leading
        self.y += after
