"""Names of persons as a dump has them whose reader knew no Vietnamese: their letters stay, their marks were restored."""

from __future__ import annotations

import re

from normalizers.name_marks import LOOK_ALIKE, choose_marks
from normalizers.people import clean_name, name_syllables, strip_rank
from normalizers.text import has_letters_of_syllable, skeleton
from schemas.page import Word
from schemas.text import DocumentText, Span

_LETTERS = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_INSIDE = re.compile(r"(?<=[^\W\d_])\d")
_WHOLE = 3  # letters of a word that no stroke looks like


def restored(text: DocumentText, span: Span) -> bool:
    """Whether a stretch stands in a line whose marks were restored by the language model."""
    number = text.page_number(span.start)
    if any(page.number == number and page.source != "repaired" for page in text.pages):
        return False
    return any(word.raw != word.text for word in text.words(text.lines[text.line_at(span.start)]))


def restored_name(text: DocumentText, span: Span) -> tuple[str, bool]:
    """The name that stands in a stretch, without rank and strokes, and whether it is sure."""
    whole = True
    syllables: list[tuple[str, dict[str, float]]] = []
    for word in text.words(span):
        if not strip_rank(word.raw) or not any(map(str.isalpha, word.raw)):
            continue
        whole = whole and not _lost(word)
        rivals = {"".join(_LETTERS.findall(rival.text)): rival.score for rival in word.candidates}
        said = _LETTERS.findall(word.text)
        syllables += [(_printed(word, one) if len(said) == 1 else one, rivals) for one in said]
    name, sure = choose_marks(syllables)
    return clean_name(name), sure and whole


def as_printed(text: DocumentText, span: Span) -> str:
    """The stretch with words that repair changed by more than marks as they were read, strokes left out."""
    words = [word for word in text.words(span) if any(map(str.isalpha, word.raw))]
    said = " ".join(_printed(word, one) for word in words for one in _LETTERS.findall(word.text))
    return _INSIDE.sub(lambda digit: digit[0].translate(LOOK_ALIKE), said)


def _printed(word: Word, said: str) -> str:
    """A syllable of a name: as it was read, where repair made another word of what could be one."""
    read = _LETTERS.findall(word.raw)
    if len(read) != 1 or skeleton(read[0]) == skeleton(said) or not read[0][0].isupper():
        return said
    name = said in name_syllables()
    return read[0] if has_letters_of_syllable(read[0]) and not name else said


def _lost(word: Word) -> bool:
    """Whether repair left a word out that may have been a part of the name."""
    read, said = word.raw.split(), word.text.split()
    return len(read) > len(said) and any(
        token[0].isupper() and sum(map(str.isalpha, token)) >= _WHOLE for token in read[len(said) :]
    )
