"""The name of a body as the rest of a garbled paper prints it: `UY BAN NHAN DAN CONG PHƯỜNG NINH KIỀU` in the letterhead,
`Ủy ban nhân dân phường Ninh Kiều` below.

Blanks, marks and stray words of one mention are told by the others. A name that can stand as it was read keeps its letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from normalizers.letterhead_names import is_legible
from normalizers.text import fold_tone, skeleton
from schemas.text import DocumentText, Span

_WORD = re.compile(r"[^\W_]+")
_SAME = 0.15  # share of letters that may differ
_TWICE = 2
_SHORTEST = 8  # letters


class _Mention(NamedTuple):
    """words: as they are printed. slips: letters that differ from what is sought. after: the word that follows."""

    words: tuple[str, ...]
    slips: int
    after: str


class NamedAgain:
    """The words of a paper outside its letterhead, to look for names in. head: the letterhead, which bears no witness."""

    def __init__(self, text: DocumentText, head: Span | None) -> None:
        self._words = [
            match.group()
            for match in _WORD.finditer(text.text)
            if head is None or not head.start <= match.start() < head.end
        ]
        self._folded = [skeleton(word) for word in self._words]

    def mend(self, name: str) -> str:
        """The name, in capitals, as the paper has it elsewhere; unchanged where nothing below is like it.

        >>> from extractors.paper import Paper
        >>> paper = Paper.of("Chủ tịch Ủy ban nhân dân xã An Bình, Uy ban nhân dân xã An Bình; của Ủy ban nhân dân xã An Bình")
        >>> NamedAgain(paper.text, None).mend("UYBAN NHANDÂN XÃ AN BINH"), NamedAgain(paper.text, None).mend("ỦY BAN NHÂN DÂN XÃ AN BÍNH HÒA")
        ('ỦY BAN NHÂN DÂN XÃ AN BÌNH', 'ỦY BAN NHÂN DÂN XÃ AN BÍNH HÒA')
        """
        words = _WORD.findall(name)
        wanted = "".join(map(skeleton, words))
        if len(wanted) < _SHORTEST:
            return name
        mentions = self._mentions(wanted, skeleton(words[-1]))
        exact = [mention for mention in mentions if mention.slips == 0]
        if not exact and words[-1].isdigit():  # a stroke may have been read as a figure
            bare = name[: name.rindex(words[-1])].rstrip()
            plain = [one for one in self._mentions(wanted[: -len(words[-1])], skeleton(words[-2])) if not one.slips]
            if plain and not any(one.after.isdigit() for one in plain):
                return self.mend(bare)
        if not exact and all(map(is_legible, words)):
            return name
        best = _agreed(exact) if exact else _agreed(mentions, at_least=_TWICE)
        if best is None:
            return name
        if len(best) == len(words):  # what stands between the words was read well
            told = iter(best)
            return _WORD.sub(lambda _: next(told).upper(), name)
        return name if re.search(r"[\d,]|\s-\s", name) else " ".join(best).upper()

    def _mentions(self, wanted: str, last: str) -> list[_Mention]:
        """The stretches of whole words whose letters are nearly the ones wanted, the best from each starting word."""
        allowed = int(_SAME * len(wanted))
        found: list[_Mention] = []
        for start, first in enumerate(self._folded):
            if first[0] != wanted[0]:
                continue
            best: _Mention | None = None
            letters = ""
            for end in range(start, len(self._folded)):
                letters += self._folded[end]
                if len(letters) > len(wanted) + allowed:
                    break
                if (
                    len(letters) < len(wanted) - allowed
                    or Levenshtein.distance(self._folded[end], last) > len(last) // 2
                ):
                    continue
                slips = Levenshtein.distance(letters, wanted, score_cutoff=allowed)
                if slips <= allowed and (best is None or slips < best.slips):
                    after = "".join(self._words[end + 1 : end + 2])
                    best = _Mention(tuple(self._words[start : end + 1]), slips, after)
            if best is not None and all(map(is_legible, (word.upper() for word in best.words))):
                found.append(best)
        return found


def _agreed(mentions: list[_Mention], at_least: int = 1) -> tuple[str, ...] | None:
    """The words that most mentions agree on: first their letters, then the marks of each; None where two say as much."""
    by_letters: dict[tuple[str, ...], list[_Mention]] = defaultdict(list)
    for mention in mentions:
        by_letters[tuple(map(skeleton, mention.words))].append(mention)
    ranked = sorted(by_letters.values(), key=lambda same: (-len(same), same[0].words))
    if not ranked or len(ranked[0]) < at_least or len(ranked) > 1 and len(ranked[1]) == len(ranked[0]):
        return None
    return tuple(
        _commonest([mention.words[index] for mention in ranked[0]]) for index in range(len(ranked[0][0].words))
    )


def _commonest(words: list[str]) -> str:
    """The reading that stands most often; of equals the one with marks."""
    counts = Counter(fold_tone(word.lower()) for word in words)
    best = max(counts, key=lambda form: (counts[form], not form.isascii(), form))
    return next(word for word in words if fold_tone(word.lower()) == best)
