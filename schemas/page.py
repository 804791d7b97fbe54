"""A page as it was read: words with their boxes, in reading order.

Boxes are PDF points (1/72 inch), origin at the top left corner, of the page as it stands in the file
before any turning. For images the unit follows their resolution (72 dpi where none is given).
These are NamedTuples: a page holds some 500 words and they are built, pickled and compared all the time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

PageSource = Literal["text_layer", "ocr", "repaired"]
AnnotationKind = Literal["seal", "stamp", "signing_mark", "digital_signature", "handwriting", "noise"]


class Box(NamedTuple):
    """A rectangle on the page: left, top, right, bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def union(self, other: Box) -> Box:
        """The smallest box that holds both.

        >>> Box(0, 0, 1, 1).union(Box(2, 2, 3, 3))
        Box(x0=0, top=0, x1=3, bottom=3)
        """
        return Box(
            min(self.x0, other.x0),
            min(self.top, other.top),
            max(self.x1, other.x1),
            max(self.bottom, other.bottom),
        )


def around(boxes: Sequence[Box]) -> Box | None:
    """The smallest box that holds all; None for none.

    >>> around([Box(0, 0, 1, 1), Box(2, 2, 3, 3)]), around([])
    (Box(x0=0, top=0, x1=3, bottom=3), None)
    """
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class Candidate(NamedTuple):
    """Another reading of a word, with its score: a natural logarithm, only differences count."""

    text: str
    score: float


class Word(NamedTuple):
    """One printed word.

    text: what we say it is (after repair, NFC). raw: what the engine or the file gave.
    box: None for text dumps, which have no page picture. confidence: 0..1.
    candidates: runner-up readings, best first, only where the margin is small.
    """

    text: str
    raw: str
    box: Box | None = None
    confidence: float = 1.0
    candidates: tuple[Candidate, ...] = ()


class Line(NamedTuple):
    """Words of one printed line, left to right. A blank line of a text dump has no words."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box | None:
        """The box around all words, or None where there is none."""
        found: Box | None = None
        for word in self.words:
            if word.box is not None:
                found = word.box if found is None else found.union(word.box)
        return found


class Ruling(NamedTuple):
    """A straight line (of a table, or under the letterhead), as a thin box.

    printed: False for a gap between columns or rows of a table that stands for a line.
    """

    box: Box
    horizontal: bool
    printed: bool = True


class Annotation(NamedTuple):
    """What stands on the paper but is not its print: seal, stamp, signing mark, handwriting in the margin.

    `digital_signature` is what the file itself holds (PKCS#7), `signing_mark` the print of one."""

    kind: AnnotationKind
    text: str
    box: Box | None


class Page(NamedTuple):
    """One page, read.

    number: from 1. width, height: PDF points. source: where the words come from.
    quality: 0..1, how well the text that the file brought reads as Vietnamese (0 where it brought none).
    confidence: 0..1, mean of the words. raw_text: the text as the file or the engine gave it.
    lines: in reading order (columns already put one after the other).
    """

    number: int
    width: float
    height: float
    source: PageSource
    quality: float
    confidence: float
    raw_text: str
    lines: tuple[Line, ...]
    rulings: tuple[Ruling, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    engine: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)
