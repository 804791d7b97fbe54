"""What is left to do when all pages of a file are read: the file's own signatures, the choice among readings, repair."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from pipeline.recognise.decide import Piece, decide
from pipeline.recognise.forms.days import dated, first_signing
from pipeline.repair import repair_lines
from pipeline.repair.lm import LanguageModel
from pipeline.sources.pdf import PdfSource
from pipeline.sources.signatures import signing_marks
from schemas.page import Annotation, Line, Page, Word

_MARKS: WeakKeyDictionary[PdfSource, tuple[tuple[int, Annotation], ...]] = WeakKeyDictionary()
"""The signatures of the files that are open: found once for all pages."""


def with_signatures(page: Page, source: PdfSource, roots: tuple[bytes, ...]) -> Page:
    """The page with the file's own signatures; what their widgets print says the same and becomes a stamp.

    roots: certificates (DER) that are trusted.
    """
    if source not in _MARKS:
        _MARKS[source] = signing_marks(source.data, roots)
    own = tuple(mark for number, mark in _MARKS[source] if number == page.number)
    printed = tuple(
        note._replace(kind="stamp") if own and note.kind == "signing_mark" else note for note in page.annotations
    )
    return page._replace(annotations=(*own, *printed))


def decided(pages: list[Page], undecided: dict[int, list[list[Piece | Word]]]) -> list[Page]:
    """The language model's choice among the recogniser's readings, over all pages at once."""
    if not undecided:
        return pages
    chosen = [page.number for page in pages if page.number in undecided]
    rows = [row for number in chosen for row in undecided[number]]
    signed = first_signing([note for page in pages for note in page.annotations])
    if signed is not None:
        rows = [
            [one._replace(line=dated(one.line, signed)) if isinstance(one, Piece) else one for one in row]
            for row in rows
        ]
    done = iter(decide(rows, LanguageModel.load()))
    out = []
    for page in pages:
        if page.number in undecided:
            read = [next(done) for _ in undecided[page.number]]
            lines = tuple(Line(tuple(word for word in line if word.text)) for line in read)
            doubtful = [
                Annotation("handwriting", word.raw, word.box) for line in read for word in line if not word.text
            ]
            confidences = [word.confidence for line in lines for word in line.words]
            mean = sum(confidences) / len(confidences) if confidences else 1.0
            page = page._replace(lines=lines, confidence=mean, annotations=(*page.annotations, *doubtful))
        out.append(page)
    return out


def repaired(pages: list[Page]) -> list[Page]:
    """Repair what one reading only was given of, and text dumps; a good text layer and what was decided stay as they are.
    Over all pages at once: words that are clear on one page help to read another."""
    out = list(pages)
    for source, noise in (("ocr", "vie"), ("repaired", None)):
        chosen = [number for number, page in enumerate(pages) if page.source == source and page.engine != "ctc"]
        lines = [line.words for number in chosen for line in pages[number].lines]
        if not lines:
            continue
        done = iter(repair_lines(lines, noise))  # type: ignore[arg-type]
        for number in chosen:
            page = pages[number]
            out[number] = page._replace(lines=tuple(Line(tuple(next(done))) for _ in page.lines))
    return out
