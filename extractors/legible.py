"""Whether a recognised name of an office or post was read whole: better none than `Viện Vật lý diacau`."""

from __future__ import annotations

import re

from extractors.paper import Paper
from normalizers.text import has_letters_of_syllable, skeleton
from schemas.text import Span

_NUMBER = re.compile(r"\d{1,3}|[IVXivx]{1,5}")
_SAID_AGAIN = 2


def legible(paper: Paper, name: str, span: Span) -> bool:
    """Whether each word of a name can be one: a syllable, an abbreviation, a number, or said again in the paper.

    What was printed so (a text layer, a clean dump) is always legible.
    """
    if paper.is_print(span):
        return True
    folded = skeleton(paper.text.text)
    return all(
        has_letters_of_syllable(word)
        or (word.isupper() and len(word) > 1)
        or _NUMBER.fullmatch(word)
        or len(re.findall(rf"\b{re.escape(skeleton(word))}\b", folded)) >= _SAID_AGAIN
        for word in re.findall(r"\w+", name)
    )
