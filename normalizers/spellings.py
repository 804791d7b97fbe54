"""Which spellings of names are one name, without ever making one of two.

Names that can both stand as they are, are two names: Hùng and Hưng, Lê Lợi and Lê Lai, Phường 1 and Phường 2, however
alike. Only a spelling that cannot stand (all its marks lost, or a word that is no syllable) joins another, and only
where a single one is near.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import Levenshtein

from normalizers.text import has_letters_of_syllable, skeleton


def one_spelling(counts: Mapping[str, int]) -> dict[str, str]:
    """For each spelling the one that it joins, or itself. counts: spellings of one place (lower case), how often each.

    >>> found = one_spelling({"nguyễn văn hùng": 3, "nguyễn văn hưng": 1, "trần thị lan": 2, "tran thi lan": 1, "trằn thị lqn": 1})
    >>> found["nguyễn văn hưng"], found["tran thi lan"], found["trằn thị lqn"]
    ('nguyễn văn hưng', 'trần thị lan', 'trằn thị lqn')
    >>> one_spelling({"trung tâm y tế": 4, "trung tâm y tế số 2": 1, "trung tâmn y tế": 1})["trung tâmn y tế"]
    'trung tâm y tế'
    >>> one_spelling({"nguyễn văn hùng": 1, "nguyễn văn hưng": 1, "nguyen van hung": 1})["nguyen van hung"]
    'nguyen van hung'
    """
    whole = sorted((name for name in counts if not _damaged(name)), key=lambda name: (-counts[name], name))
    found = {}
    for name in counts:
        near = [head for head in whole if _same(name, head)] if _damaged(name) else []
        found[name] = near[0] if len(near) == 1 else name
    return found


def _bare(name: str) -> bool:
    """Whether all marks are lost, as far as one can tell: three words without any."""
    return skeleton(name) == name and len(name.split()) >= 3


def _damaged(name: str) -> bool:
    return _bare(name) or any(not has_letters_of_syllable(word) for word in _words(name))


def _words(name: str) -> list[str]:
    """Its words of letters; abbreviations and figures are no syllables, nor damaged."""
    return [word for word in re.findall(r"[^\W\d_]+", name) if re.search(r"[aeiouy]", skeleton(word))]


def _same(damaged: str, whole: str) -> bool:
    """Whether the damaged name is the whole one, but for the words that are damaged."""
    ours, theirs = damaged.split(), whole.split()
    if len(ours) != len(theirs):
        return False
    bare = _bare(damaged)
    for one, other in zip(ours, theirs, strict=True):
        if one == other or (bare and one == skeleton(other)):
            continue
        slips = 1 if len(one) <= 4 else 2
        if has_letters_of_syllable(one) or Levenshtein.distance(skeleton(one), skeleton(other)) > slips:
            return False
    return True
