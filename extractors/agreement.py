"""Words that a paper prints more than once: where one reading stands alone against the others, the others are right.

Only for pages that were recognised or repaired; a text layer or clean dump is print, whatever it says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from normalizers.text import fold_tone, skeleton
from schemas.text import DocumentText, Span

_WITNESSES = 2  # one against one decides nothing
_WORD = re.compile(r"[^\W\d_]+")


class Readings:
    """The words of a document by their unmarked neighbourhoods."""

    def __init__(self, text: DocumentText) -> None:
        self._words = [(match.group(), match.start()) for match in _WORD.finditer(text.text)]
        self._folded = [skeleton(word) for word, _ in self._words]
        # (place of the word among its neighbours, the neighbours without marks) -> readings of the word there
        self._seen: dict[tuple[int, tuple[str, ...]], dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        self._printed: dict[str, str] = {}  # forms have their tone mark moved; this is how they are written
        self._where: dict[int, int] = {start: index for index, (_, start) in enumerate(self._words)}
        for index, (word, _) in enumerate(self._words):
            form = _form(word)
            self._printed.setdefault(form, word.lower())
            for context in self._contexts(index):
                self._seen[context][form].add(index)

    def _contexts(self, index: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The pairs and triples of words that hold a word."""
        for length in (2, 3):
            for place in range(length):
                first = index - place
                if first >= 0 and first + length <= len(self._folded):
                    yield place, tuple(self._folded[first : first + length])

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
        own = _form(self._words[index][0])
        witnesses: dict[str, set[int]] = defaultdict(set)
        for context in self._contexts(index):
            for form, places in self._seen[context].items():
                witnesses[form] |= places
        if witnesses.pop(own) - {index} or not witnesses:
            return None
        ranked = sorted(witnesses.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        enough = len(ranked[0][1]) >= _WITNESSES and (len(ranked) == 1 or len(ranked[0][1]) > 2 * len(ranked[1][1]))
        in_triple = any(
            len(words) == 3 and ranked[0][0] in self._seen[place, words] for place, words in self._contexts(index)
        )
        return self._printed[ranked[0][0]] if enough and in_triple else None


def _form(word: str) -> str:
    return fold_tone(word.lower())


def _cased(form: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return form.upper()
    return form.capitalize() if printed[0].isupper() else form
