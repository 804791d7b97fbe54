"""The outline of a paper: headings, numbered and dashed items, paragraphs, of the body and of each attachment.

Numbering follows NĐ 30/2020/NĐ-CP Annex I: Phần and Chương in roman numbers, Mục and Điều in arabic ones, khoản `1.`,
điểm `a)` by the Vietnamese alphabet; practice adds roman headings (I., II.), `1.1.`, dashes and plus signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.marks import LEVELS, Mark, fix_sequence
from extractors.paragraphs import Paragraph, read_paragraphs
from schemas.text import Span

if TYPE_CHECKING:
    from extractors.paper import Paper

PARAGRAPH = 100
# What follows the body: it belongs to no heading above it.
_CLOSING = re.compile(r"Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|PHỤ\s?LỤC|CỘNG HÒA XÃ HỘI")


@dataclass(frozen=True)
class Node:
    """A heading or an item with all that stands below it.

    level: rank of the mark, small is high (marks.LEVELS); PARAGRAPH for a paragraph without mark.
    mark: its number in clean form: `III`, `2`, `1.1`, `đ`, `-`, `+`; None for a paragraph.
    printed: the mark as a heading shows it: `III.`, `a)`.
    text: own text on one line, without the mark. span: mark and own text. text_span: own text alone.
    """

    level: int
    mark: str | None
    printed: str
    text: str
    span: Span
    text_span: Span
    children: tuple[Node, ...] = ()

    @property
    def title(self) -> str:
        """Mark and text as a heading is cited: `II. CHỈ TIÊU CHỦ YẾU`."""
        return f"{self.printed} {self.text}".strip()

    @property
    def end(self) -> int:
        """Where the last of its children ends."""
        return self.children[-1].end if self.children else self.span.end

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Part:
    """The body of the paper or one attachment: its title line, where it starts, and its nodes."""

    title: str | None
    start: int
    nodes: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True)
class Outline:
    """The parts of the paper in order; `paragraphs` are all of them, flat."""

    parts: tuple[Part, ...]
    paragraphs: tuple[Paragraph, ...]

    def walk(self) -> Iterator[tuple[Node, tuple[Node, ...]]]:
        """Every node with its ancestors, the highest first, in reading order."""
        for part in self.parts:
            for node in part.nodes:
                yield from _descend(node, ())


def _descend(node: Node, above: tuple[Node, ...]) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    yield node, above
    for child in node.children:
        yield from _descend(child, (*above, node))


class _Draft:
    """A node while its children are being gathered."""

    def __init__(self, paragraph: Paragraph, mark: Mark | None) -> None:
        self.paragraph, self.mark = paragraph, mark
        self.level = mark.level if mark else PARAGRAPH
        self.children: list[_Draft] = []

    def node(self) -> Node:
        children = tuple(child.node() for child in self.children)
        mark, paragraph = self.mark, self.paragraph
        return Node(
            self.level,
            mark.value if mark else None,
            mark.printed if mark else "",
            paragraph.text,
            paragraph.span,
            paragraph.text_span,
            children,
        )


def _tree(paragraphs: Sequence[Paragraph]) -> tuple[Node, ...]:
    """Nest flat paragraphs by the rank of their marks; a plain paragraph ends the dashes before it."""
    marks = fix_sequence([paragraph.mark for paragraph in paragraphs], [paragraph.text for paragraph in paragraphs])
    roots: list[_Draft] = []
    open_: list[_Draft] = []
    for paragraph, mark in zip(paragraphs, marks, strict=True):
        draft = _Draft(paragraph, mark)
        limit = mark.level if mark else -1 if _CLOSING.match(paragraph.text) else LEVELS["dash"]
        while open_ and open_[-1].level >= limit:
            open_.pop()
        (open_[-1].children if open_ else roots).append(draft)
        if mark:
            open_.append(draft)
    return tuple(draft.node() for draft in roots)


def read_outline(paper: Paper) -> Outline:
    """Read the outline of a whole paper.

    >>> from extractors.paper import Paper
    >>> outline = Paper.of("I. MỤC TIÊU\\n- Đạt 95% trở\\nlên.\\n- Giảm 10%.").outline
    >>> [(node.mark, node.text, len(above)) for node, above in outline.walk()]
    [('I', 'MỤC TIÊU', 0), ('-', 'Đạt 95% trở lên.', 1), ('-', 'Giảm 10%.', 1)]
    """
    paragraphs = tuple(read_paragraphs(paper.text, {line for grid in paper.grids for line in range(*grid.lines)}))
    starts = [0, *(i for i, paragraph in enumerate(paragraphs) if i and paragraph.starts_part)]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(paragraphs)], strict=True):
        inside = paragraphs[start:end]
        if inside:
            title = inside[0].text if inside[0].starts_part else None
            parts.append(Part(title, inside[0].span.start, _tree(inside)))
    return Outline(tuple(parts), paragraphs)
