"""The name of a body as the rest of a garbled paper prints it: `UY BAN NHAN DAN CONG PHƯỜNG NINH KIỀU` in the letterhead,
`Ủy ban nhân dân phường Ninh Kiều` below.

Blanks, marks and stray words of one mention are told by the others. A name that can stand as it was read keeps its letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise, takewhile, zip_longest
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from normalizers.letterhead_names import is_legible
from normalizers.places import UNIT_WORDS
from normalizers.text import fold_tone, skeleton
from schemas.text import DocumentText, Span

_WORD = re.compile(r"[^\W_]+")
_SAME = 0.15  # share of letters that may differ
_TWICE = 2
_LONGEST_NAME = 4  # words
_NOUN = re.compile(rf"(?:{'|'.join(map(skeleton, UNIT_WORDS))})\b")
_SHORTEST = 8  # letters


class _Mention(NamedTuple):
    """words: as they are printed. joints: what stands between them. slips: letters that differ from what is sought.

    after: the word that follows.
    """

    words: tuple[str, ...]
    joints: tuple[str, ...]
    slips: int
    after: str


class NamedAgain:
    """The words of a paper outside its letterhead, to look for names in. head: the letterhead, which bears no witness."""

    def __init__(self, text: DocumentText, head: Span | None) -> None:
        found = [
            match for match in _WORD.finditer(text.text) if head is None or not head.start <= match.start() < head.end
        ]
        folded = skeleton(text.text)
        self._words = [match.group() for match in found]
        self._folded = [folded[match.start() : match.end()] for match in found]
        self._joints = [_joint(text.text[one.end() : after.start()]) for one, after in pairwise(found)]

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
        mentions = self._mentions(wanted)
        exact = [mention for mention in mentions if mention.slips == 0]
        if not exact and words[-1].isdigit():  # a stroke may have been read as a figure
            plain = [mention for mention in self._mentions(wanted[: -len(words[-1])]) if mention.slips == 0]
            if plain and not any(mention.after.isdigit() for mention in plain):
                return self.mend(name[: name.rindex(words[-1])].rstrip())
        if not exact and all(map(is_legible, words)):
            return name
        best = _agreed(exact) if exact else _agreed(mentions, at_least=_TWICE)
        return best.upper() if best is not None else name

    def completed(self, name: str) -> str | None:
        """The name of a body with the unit that the paper puts behind it most often; None where it names none, or two alike.

        >>> from extractors.paper import Paper
        >>> paper = Paper.of("Ủy ban nhân dân xã An Bình báo cáo; Ủy ban nhân dân xã An Bình và Ủy ban nhân dân tỉnh Cà Mau")
        >>> NamedAgain(paper.text, None).completed("ỦY BAN NHÂN DÂN"), NamedAgain(paper.text, None).completed("HỘI ĐỒNG NHÂN DÂN")
        ('ỦY BAN NHÂN DÂN XÃ AN BÌNH', None)
        """
        wanted = skeleton(name).split()
        units: Counter[str] = Counter()
        for start in range(len(self._folded) - len(wanted)):
            end = start + len(wanted)
            if self._folded[start:end] == wanted and (noun := _NOUN.match(" ".join(self._folded[end : end + 2]))):
                size = len(noun.group().split())
                names = takewhile(str.istitle, self._words[end + size : end + size + _LONGEST_NAME])
                units[" ".join([*self._words[end : end + size], *names])] += 1
        ranked = units.most_common(2)
        if not ranked or ranked[0][1] < _TWICE or len(ranked) > 1 and ranked[1][1] == ranked[0][1]:
            return None
        if " " not in ranked[0][0]:  # `Ủy ban nhân dân xã`, and no name
            return None
        return f"{name} {ranked[0][0]}".upper()

    def _mentions(self, wanted: str) -> list[_Mention]:
        """The stretches of whole words whose letters are nearly the ones wanted, the best from each starting word."""
        allowed = int(_SAME * len(wanted))
        found: list[_Mention] = []
        for start, first in enumerate(self._folded):
            if first[0] != wanted[0]:
                continue
            best: _Mention | None = None
            letters = ""
            for end in range(start, len(self._folded)):
                last = self._folded[end]
                letters += last
                if len(letters) > len(wanted) + allowed:
                    break
                if len(letters) < len(wanted) - allowed or not _alike(last, wanted[-len(last) :]):
                    continue
                slips = Levenshtein.distance(letters, wanted, score_cutoff=allowed)
                if slips <= allowed and (best is None or slips < best.slips):
                    after = "".join(self._words[end + 1 : end + 2])
                    words, joints = self._words[start : end + 1], self._joints[start:end]
                    best = _Mention(tuple(words), tuple(joints), slips, after)
            if best is not None and all(is_legible(word.upper()) for word in best.words):
                found.append(best)
        return found


def _alike(one: str, other: str) -> bool:
    return Levenshtein.distance(one, other) <= len(one) // 2


def _joint(between: str) -> str:
    """What stands between two words of a name; specks and line breaks are blanks."""
    between = " ".join(between.split())
    return {"-": " - ", ",": ", "}.get(between, " ")


def _agreed(mentions: list[_Mention], at_least: int = 1) -> str | None:
    """The name that most mentions agree on: first its letters, then the marks of each word and what stands between them.

    None where two say as much.
    """
    by_letters: dict[tuple[str, ...], list[_Mention]] = defaultdict(list)
    for mention in mentions:
        by_letters[tuple(map(skeleton, mention.words))].append(mention)
    ranked = sorted(by_letters.values(), key=lambda same: (-len(same), same[0].words))
    if not ranked or len(ranked[0]) < at_least or len(ranked) > 1 and len(ranked[1]) == len(ranked[0]):
        return None
    same = ranked[0]
    words = (_commonest([mention.words[index] for mention in same]) for index in range(len(same[0].words)))
    joints = (
        Counter(mention.joints[index] for mention in same).most_common(1)[0][0] for index in range(len(same[0].joints))
    )
    return "".join(part for pair in zip_longest(words, joints, fillvalue="") for part in pair)


def _commonest(words: list[str]) -> str:
    """The reading that stands most often; of equals the one with marks."""
    counts = Counter(fold_tone(word.lower()) for word in words)
    best = max(counts, key=lambda form: (counts[form], not form.isascii(), form))
    return next(word for word in words if fold_tone(word.lower()) == best)
