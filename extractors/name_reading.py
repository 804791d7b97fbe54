"""Names of persons as a dump has them whose reader knew no Vietnamese: their letters stay, their marks were restored."""

from __future__ import annotations

import re
from functools import cache

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
    if text.page_at(span.start).source != "repaired":
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
        said = _LETTERS.findall(word.text)
        rivals = {"".join(_LETTERS.findall(rival.text)): rival.score for rival in word.candidates}
        syllables += [_as_read(word, said[0], rivals)] if len(said) == 1 else [(one, {}) for one in said]
    name, sure = choose_marks(syllables)
    return clean_name(name), sure and whole


def as_printed(text: DocumentText, span: Span) -> str:
    """The stretch with words that repair changed by more than marks as they were read, strokes left out."""
    words = [word for word in text.words(span) if any(map(str.isalpha, word.raw))]
    said = " ".join(_printed(word, one) for word in words for one in _LETTERS.findall(word.text))
    return _INSIDE.sub(lambda digit: digit[0].translate(LOOK_ALIKE), said)


def _as_read(word: Word, said: str, rivals: dict[str, float]) -> tuple[str, dict[str, float]]:
    """A syllable and its rivals; with the letters that were read, where repair made another word of what may be a name."""
    letters = _printed(word, said)
    if skeleton(letters) == skeleton(said):
        return said, rivals
    if skeleton(letters) not in _name_letters():
        return letters, {}
    same = {rival: score for rival, score in rivals.items() if skeleton(rival) == skeleton(letters)}
    best = max(same, key=lambda rival: (same[rival], rival), default=letters)
    return best, {rival: score - same[best] for rival, score in same.items() if rival != best}


def _printed(word: Word, said: str) -> str:
    """A syllable of a name: as it was read, where repair made another word of what can be one."""
    read: list[str] = _LETTERS.findall(word.raw)
    if len(read) != 1 or skeleton(read[0]) == skeleton(said) or not read[0][0].isupper():
        return said
    if skeleton(read[0]) in _name_letters():
        return read[0]
    return read[0] if has_letters_of_syllable(read[0]) and said not in name_syllables() else said


@cache
def _name_letters() -> frozenset[str]:
    return frozenset(map(skeleton, name_syllables()))


def _lost(word: Word) -> bool:
    """Whether repair left a word out that may have been a part of the name."""
    read, said = word.raw.split(), word.text.split()
    return len(read) > len(said) and any(
        token[0].isupper() and sum(map(str.isalpha, token)) >= _WHOLE for token in read[len(said) :]
    )
