"""A person's name whose marks a recogniser did not know: which were printed, and whether that can be told.

Letters are never changed; of the readings with the same letters the likelier one is taken, and where two are about as
likely the name is not sure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

from normalizers.people import FAMILY_NAMES, HIGHLAND, Syllable, name_syllables
from normalizers.text import has_letters_of_syllable, skeleton

_UNSURE_FAMILY = 1.0  # logarithm: how much likelier than its rivals a family name must be
_UNSURE_MIDDLE = 1.0  # the same between family and given name
_UNSURE_GIVEN = 2.0  # the same for the given name, where counts of names speak too
_NEAR = 2.0  # logarithm: rivals that count where hardly anybody has the name
_RARE = 1  # times in the lists of names
_UNKNOWN = 0.5
_TRUST = 0.5  # weight of the language model, which knows prose better than names
_UNHEARD = -5.0  # logarithm: a reading that the language model did not think of
_VAN = 200  # as often as that stand these two before a given name
_THI = "Thị"  # of women, behind the family name
LOOK_ALIKE = str.maketrans("601", "ool")
"""Digits that letters were read as."""


def choose_marks(syllables: Sequence[tuple[str, Mapping[str, float]]]) -> tuple[str, bool]:
    """The name, and whether all its syllables are sure.

    syllables: each as the language model restored it, with its rivals: natural logarithm of how likely they are beside it.

    >>> choose_marks([("Tổn", {"Tôn": -1.0}), ("Thi", {}), ("Hiển", {"Hiền": -0.6})])
    ('Tôn Thị Hiền', True)
    >>> choose_marks([("Y", {}), ("Hà", {}), ("Kbu6r", {})])
    ('Y Hà Kbuôr', True)
    >>> unsure = [("Lã", {"La": -0.8}), ("Bình", {})], [("Võ", {}), ("Nhàn", {"Nhân": -3.9})], [("Lê", {}), ("Qu3", {})]
    >>> [choose_marks(syllables)[1] for syllables in unsure]
    [False, False, False]
    """
    chosen: list[str] = []
    sure = True
    for position, (said, rivals) in enumerate(syllables):
        last = position + 1 == len(syllables)
        known = _by_letters().get(skeleton(said.translate(LOOK_ALIKE)), ())
        if not said.isalpha() or said in HIGHLAND or skeleton(said) in _highland():
            syllable, certain = (known[0], True) if len(known) == 1 else (said, said in HIGHLAND)
        elif position == 1 and not last and skeleton(said) == skeleton(_THI):
            syllable, certain = _THI, True
        elif position == 0:
            syllable, certain = _family(said, rivals)
        else:
            syllable, certain = _given(said, rivals, chosen[-1]) if last else _middle(said, rivals)
            certain = certain and has_letters_of_syllable(said)
        chosen.append(syllable)
        sure = sure and certain
    return " ".join(chosen), sure


@cache
def _by_letters() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for syllable in sorted({*name_syllables(), *HIGHLAND}):
        found.setdefault(skeleton(syllable), []).append(syllable)
    return {letters: tuple(same) for letters, same in found.items()}


@cache
def _highland() -> frozenset[str]:
    return frozenset(map(skeleton, HIGHLAND))


def _same_letters(said: str, rivals: Mapping[str, float]) -> dict[str, float]:
    return {rival: score for rival, score in rivals.items() if skeleton(rival) == skeleton(said)}


def _family(said: str, rivals: Mapping[str, float]) -> tuple[str, bool]:
    """A family name; any rival that is one, where what was restored is none."""
    families = {rival: score for rival, score in rivals.items() if rival in FAMILY_NAMES}
    if said in FAMILY_NAMES:
        return said, all(score < -_UNSURE_FAMILY for score in _same_letters(said, families).values())
    if len(families) == 1:
        return next(iter(families)), True
    return said, not families and skeleton(said) not in {skeleton(name) for name in FAMILY_NAMES}


def _middle(said: str, rivals: Mapping[str, float]) -> tuple[str, bool]:
    """What stands between family and given name."""
    borne = {form: known.of_men + known.of_women for form, known in name_syllables().items()}
    return _likeliest(said, rivals, borne | {"Văn": _VAN, _THI: _VAN}, _UNSURE_MIDDLE)


def _given(said: str, rivals: Mapping[str, float], middle: str) -> tuple[str, bool]:
    """The given name; what stands before it tells whether a man bears it: Công Tráng, Thị Trang."""
    counts = name_syllables()
    before = counts.get(middle, Syllable(0, 0, 0, 0, 0))
    man = (
        1.0
        if middle == "Văn"
        else 0.0
        if middle == _THI
        else (before.of_men + 1) / (before.of_men + before.of_women + 2)
    )
    borne = {form: man * known.men + (1 - man) * known.women for form, known in counts.items()}
    return _likeliest(said, rivals, borne, _UNSURE_GIVEN)


def _likeliest(said: str, rivals: Mapping[str, float], borne: Mapping[str, float], unsure: float) -> tuple[str, bool]:
    """The reading with the same letters that is likeliest by the language model and by how many bear it."""
    scores = dict.fromkeys(_by_letters().get(skeleton(said), ()), _UNHEARD) | _same_letters(said, rivals) | {said: 0.0}
    worth = {form: _TRUST * score + math.log(borne.get(form, 0) + _UNKNOWN) for form, score in scores.items()}
    first, *others = sorted(worth, key=lambda form: (-worth[form], form))
    if borne.get(first, 0) <= _RARE and any(-_NEAR < score < 0 for score in scores.values()):
        return first, False
    return first, not others or worth[first] - worth[others[0]] >= unsure
