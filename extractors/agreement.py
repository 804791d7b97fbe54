"""Words that a paper prints more than once: where one reading stands alone against the others, the others are right.

Only for pages that were recognised or repaired; a text layer or clean dump is print, whatever it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from normalizers.text import fold_tone, skeleton
from schemas.text import DocumentText, Span

_WITNESSES = 2  # one against one decides nothing
_WORD = re.compile(r"[^\W\d_]+")


class Readings:
    """The words of a document, found by their letters without marks."""

    def __init__(self, text: DocumentText) -> None:
        folded = skeleton(text.text)
        spans = [match.span() for match in _WORD.finditer(text.text)]
        self._words = [text.text[start:end] for start, end in spans]
        self._folded = [folded[start:end] for start, end in spans]
        self._places: dict[str, list[int]] = defaultdict(list)  # where a word stands, whatever its marks
        for index, word in enumerate(self._folded):
            self._places[word].append(index)
        self._where: dict[int, int] = {start: index for index, (start, _) in enumerate(spans)}

    def _contexts(self, index: int) -> Iterator[tuple[int, list[str]]]:
        """The pairs and triples of unmarked words that hold a word, and its place in each."""
        for length in (2, 3):
            for place in range(length):
                first = index - place
                if first >= 0 and first + length <= len(self._folded):
                    yield place, self._folded[first : first + length]

    def _alike(self, index: int, place: int, context: list[str]) -> dict[str, set[int]]:
        """The readings of a word, and where each stands, in the same context."""
        found: dict[str, set[int]] = defaultdict(set)
        for other in self._places[self._folded[index]]:
            first = other - place
            if first >= 0 and self._folded[first : first + len(context)] == context:
                found[_form(self._words[other])].add(other)
        return found

    def mend(self, text: DocumentText, span: Span) -> tuple[str, int]:
        """The stretch with words that the rest of the paper reads otherwise, and how many were changed.

        A word changes where two words beside it stand elsewhere too, always with the same other marks on this one.
        """
        out: list[str] = []
        at = span.start
        changed = 0
        for match in _WORD.finditer(text.text, span.start, span.end):
            index = self._where.get(match.start())
            better = self._better(index) if index is not None else None
            out.append(text.text[at : match.start()])
            out.append(_cased(better, match.group()) if better else match.group())
            changed += better is not None
            at = match.end()
        out.append(text.text[at : span.end])
        return "".join(out), changed

    def _better(self, index: int) -> str | None:
        own = _form(self._words[index])
        if {_form(word) for word in {self._words[other] for other in self._places[self._folded[index]]}} == {own}:
            return None
        witnesses: dict[str, set[int]] = defaultdict(set)
        in_triples: set[str] = set()
        for place, context in self._contexts(index):
            alike = self._alike(index, place, context)
            for form, places in alike.items():
                witnesses[form] |= places
            if len(context) == 3:
                in_triples |= alike.keys()
        if witnesses.pop(own) - {index} or not witnesses:
            return None
        ranked = sorted(witnesses.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        enough = len(ranked[0][1]) >= _WITNESSES and (len(ranked) == 1 or len(ranked[0][1]) > 2 * len(ranked[1][1]))
        return self._printed(index, ranked[0][0]) if enough and ranked[0][0] in in_triples else None

    def _printed(self, index: int, form: str) -> str:
        """How the paper writes a form: forms have their tone mark moved."""
        places = self._places[self._folded[index]]
        return next(word.lower() for other in places if _form(word := self._words[other]) == form)


@lru_cache(maxsize=4096)
def _form(word: str) -> str:
    return fold_tone(word.lower())


def _cased(form: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return form.upper()
    return form.capitalize() if printed[0].isupper() else form
