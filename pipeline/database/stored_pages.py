"""Pages as they are stored: JSON that gives back the very same pages, so that new rules need no new reading.

`settled` rounds what a page carries once, right after it was read. What is extracted from a fresh reading and
what is extracted from the stored pages are then the same to the last digit.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from schemas.page import Annotation, Box, Candidate, Line, Page, Ruling, Word

_POINTS = 2  # decimals of a PDF point: 1/100 point is a fortieth of a pixel at 300 dpi
_SHARE = 4  # decimals of a confidence or a quality


def clean_text(text: str) -> str:
    """NFC, and no character that a database or JSON cannot hold (NUL, halves of surrogate pairs).

    >>> clean_text("a\\x00b\\ud800"), clean_text("e\\u0302\\u0301") == "\\u1ebf"
    ('a�b�', True)
    """
    if text.isascii():
        return text.replace("\x00", "\N{REPLACEMENT CHARACTER}")
    text = unicodedata.normalize("NFC", text).replace("\x00", "\N{REPLACEMENT CHARACTER}")
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\N{REPLACEMENT CHARACTER}" if "\ud800" <= sign <= "\udfff" else sign for sign in text)
    return text


def _box(box: Box | None) -> Box | None:
    return box and Box(*(round(float(side), _POINTS) for side in box))


def _word(word: Word) -> Word:
    return Word(
        clean_text(word.text),
        clean_text(word.raw),
        _box(word.box),
        round(float(word.confidence), _SHARE),
        tuple(Candidate(clean_text(item.text), round(float(item.score), _SHARE)) for item in word.candidates),
    )


def settled(page: Page) -> Page:
    """The page with its figures rounded and its text made storable. Doing it twice changes nothing."""
    return Page(
        number=page.number,
        width=round(float(page.width), _POINTS),
        height=round(float(page.height), _POINTS),
        source=page.source,
        quality=round(float(page.quality), _SHARE),
        confidence=round(float(page.confidence), _SHARE),
        raw_text=clean_text(page.raw_text),
        lines=tuple(Line(tuple(_word(word) for word in line.words)) for line in page.lines),
        rulings=tuple(Ruling(_box(item.box) or item.box, bool(item.horizontal), item.printed) for item in page.rulings),
        annotations=tuple(Annotation(item.kind, clean_text(item.text), _box(item.box)) for item in page.annotations),
        engine=clean_text(page.engine),
    )


def _packed(word: Word) -> list[Any]:
    packed: list[Any] = [word.text, word.confidence, word.box]
    if word.raw != word.text or word.candidates:
        packed.append(word.raw)
    if word.candidates:
        packed.append(word.candidates)
    return packed


def dump_words(page: Page) -> str:
    """The words of a page as JSON: lines of [text, confidence, box, raw (where it differs), candidates (if any)]."""
    return json.dumps([[_packed(word) for word in line.words] for line in page.lines], ensure_ascii=False)


def dump_rulings(page: Page) -> str:
    """The straight lines of a page as JSON: [left, top, right, bottom, horizontal, printed]."""
    return json.dumps([[*item.box, item.horizontal, item.printed] for item in page.rulings])


def _unpacked(packed: Sequence[Any]) -> Word:
    text, confidence, box, *rest = packed
    return Word(
        text,
        rest[0] if rest else text,
        None if box is None else Box(*box),
        confidence,
        tuple(Candidate(*item) for item in rest[1]) if len(rest) > 1 else (),
    )


def load_page(row: dict[str, Any], annotations: Iterable[dict[str, Any]]) -> Page:
    """The page of one row of `pages` joined with `page_words`, and its rows of `annotations` in order."""
    return Page(
        number=row["page"],
        width=row["width"],
        height=row["height"],
        source=row["source"],
        quality=row["quality"],
        confidence=row["confidence"],
        raw_text=row["raw_text"],
        lines=tuple(Line(tuple(_unpacked(word) for word in line)) for line in json.loads(row["words"])),
        rulings=tuple(Ruling(Box(*item[:4]), *item[4:]) for item in json.loads(row["rulings"])),
        annotations=tuple(
            Annotation(item["kind"], item["text"], None if item["box"] is None else Box(*item["box"]))
            for item in annotations
        ),
        engine=row["engine"],
    )
