"""The place of a garbled date line, by what else the paper says: its issuer's unit and province, and the list of units.

NĐ 30/2020 Annex I: the place is the name of the unit in which the issuing body has its seat; for a ward's body, the ward's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from normalizers.letterhead_names import is_legible, unit_of_letters
from normalizers.places import UNIT_AT_END, UNIT_WORDS, is_unit, province_names, restore
from normalizers.text import skeleton

_OF_WARD = re.compile(r"\b(?:phường|xã|đặc khu|thị trấn)\s", re.IGNORECASE)
_NOUN = re.compile(rf"^(?:{'|'.join(map(skeleton, UNIT_WORDS))}|tp)$")
_TP = {"TP": "TP."}
_OWN, _OTHER = 62, 78  # per cent of letters in common with the issuer's own unit, and with another that it names
_LONGEST = 4  # words


def told_place(words: list[str], bodies: list[str]) -> str | None:
    """The place among the words in front of the day, strokes and misread letters out; None where nothing bears it out.

    bodies: names in the letterhead in sentence case, the issuer last.

    >>> ward = ["Ủy ban nhân dân phường Kiến An"]
    >>> told_place(["L", "Kiến", "An"], ward), told_place(["Kin", "Án"], ward), told_place(["oe", "Phường", "Kién", "An"], ward)
    ('Kiến An', 'Kiến An', 'Phường Kiến An')
    >>> told_place(["Đốc", "Ba", "Tơ"], ["Công ty Điện lực Quảng Ngãi"]), told_place(["Qung", "Ngãi"], ["Công ty Điện lực Quảng Ngãi"])
    ('Ba Tơ', 'Quảng Ngãi')
    >>> told_place(["ae", "mkl"], ward) is None, told_place(["Kiến", "mkl"], ward)
    (True, 'Kiến An')
    """
    best = max(_likeness(words, bodies), default=None)
    if best is not None:
        _, first, name = best
        noun = next(
            (noun for size in (2, 1) if _NOUN.match(skeleton(noun := " ".join(words[max(0, first - size) : first])))),
            "",
        )
        return f"{_TP.get(noun, noun)} {name}".strip()
    for first in range(max(0, len(words) - _LONGEST), len(words)):
        if is_unit(name := restore(printed := " ".join(words[first:]))):
            return name
        if (unit := unit_of_letters(printed)) is not None:
            return unit
    if len(words) <= _LONGEST and all(map(is_legible, words)) and words[0][:1].isupper():
        return " ".join(words)
    return None


def _likeness(words: list[str], bodies: list[str]) -> Iterator[tuple[float, int, str]]:
    """The names that the bodies bear and the last words are like: how much, from which word on, the name."""
    for body in bodies:
        own = UNIT_AT_END.search(body)
        names = {own["name"]} if own else set()
        folded = skeleton(body)
        names |= {name for key, name in province_names().items() if re.search(rf"\b{key}\b", folded)}
        for name in sorted(names):
            least = _OWN if own and name == own["name"] and body is bodies[-1] else _OTHER
            wanted = skeleton(name).replace(" ", "")
            size = len(name.split())
            for first in range(max(0, len(words) - size - 1), len(words)):
                likeness = fuzz.ratio(skeleton("".join(words[first:])), wanted)
                if likeness >= least:
                    yield likeness, first, name
            if own and name == own["name"] and _OF_WARD.search(body) and len(words) >= size:
                pairs = zip(map(skeleton, words[-size:]), skeleton(name).split(), strict=True)
                if any(read == told for read, told in pairs):  # a ward's paper has no other place than the ward
                    yield least, len(words) - size, name
