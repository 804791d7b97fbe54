"""Administrative units since 1 July 2025 (normalizers/data/README.md)."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from normalizers.text import has_letters_of_syllable, key, skeleton, squeeze

# Nouns of units that are no longer in the list, but stand in papers before July 2025.
UNIT_WORDS = ("tỉnh", "thành phố", "thị xã", "thị trấn", "quận", "huyện", "phường", "xã", "đặc khu")
UNIT_AT_END = re.compile(rf"\b(?P<noun>{'|'.join(UNIT_WORDS)})\s+(?P<name>[^,;()]+)$", re.IGNORECASE)
"""The unit in whose name the name of a body ends: `Ủy ban nhân dân phường Ninh Kiều`."""

# Provinces until June 2025 that others took in; their names live on in those of bodies.
FORMER_PROVINCES = (
    "Hà Giang, Yên Bái, Bắc Kạn, Vĩnh Phúc, Hòa Bình, Bắc Giang, Thái Bình, Hải Dương, Hà Nam, Nam Định, Quảng Bình, Quảng Nam, Bình Định, Phú Yên, Ninh Thuận, "
    "Bình Thuận, Kon Tum, Đắk Nông, Bình Dương, Bình Phước, Bà Rịa - Vũng Tàu, Long An, Tiền Giang, Bến Tre, Trà Vinh, Hậu Giang, Sóc Trăng, Bạc Liêu, Kiên Giang"
).split(", ")


class Unit(NamedTuple):
    """A province, ward, commune or special zone. `province` is None for a province itself."""

    code: str
    kind: str
    name: str
    province: str | None


@cache
def units() -> tuple[Unit, ...]:
    """All units of the list, in its order."""
    rows = files("normalizers").joinpath("data/admin_units_2025.tsv").read_text(encoding="utf-8").splitlines()[1:]
    found = []
    for row in rows:
        _, code, full_name, name, kind, province = [*row.split("\t"), "", ""][:6]
        noun = "đặc khu" if kind.startswith("Đặc") else kind.lower()
        found.append(Unit(code, noun, name or full_name, province or None))
    return tuple(found)


REFORM = dt.date(2025, 7, 1)
"""Since when the units of today exist (Nghị quyết 202/2025/QH15; codes: Quyết định 19/2025/QĐ-TTg)."""


class Change(NamedTuple):
    """A unit of another kind since a day: a commune made a ward, a province made a city. Code and name stayed."""

    code: str
    before: str
    after: str
    since: dt.date
    by: str | None


@cache
def changes() -> tuple[Change, ...]:
    """What changed since the reform."""
    rows = files("normalizers").joinpath("data/admin_unit_changes.tsv").read_text(encoding="utf-8").splitlines()[1:]
    cells = [row.split("\t") for row in rows]
    return tuple(
        Change(code, old, new, dt.date.fromisoformat(since), by or None) for code, old, new, since, by in cells
    )


@cache
def _by_skeleton() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for unit in units():
        found.setdefault(skeleton(squeeze(unit.name)), set()).add(unit.name)
    return {name: frozenset(names) for name, names in found.items()}


@cache
def province_names() -> dict[str, str]:
    """Names of provinces, present and former, by their skeletons."""
    names = [unit.name for unit in units() if unit.province is None]
    return {skeleton(name): name for name in (*names, *FORMER_PROVINCES)}


def restore(name: str) -> str:
    """A damaged name of a unit as it must have been printed; any name that can stand as it is comes back unchanged.

    Damaged is a name without any mark, or with a word that is no syllable. One unit only may be meant.

    >>> restore("LE ICH MOC"), restore("Lê Ích Mqc"), restore("Thuỷ Nguyên"), restore("Quảng Thanh")
    ('Lê Ích Mộc', 'Lê Ích Mộc', 'Thuỷ Nguyên', 'Quảng Thanh')
    >>> restore("Lâm Đõng"), restore("Hoà Bình")
    ('Lâm Đồng', 'Hoà Bình')
    """
    folded = skeleton(squeeze(name))
    names = _by_skeleton()
    if any(key(candidate) == key(name) for candidate in (*names.get(folded, ()), province_names().get(folded, ""))):
        return name
    if folded in province_names():
        return province_names()[folded]  # there is no other of that spelling
    bare = folded == squeeze(name).lower().replace("đ", "d")
    broken = not all(has_letters_of_syllable(word) for word in re.findall(r"\w+", folded))
    if bare and folded in names:
        found = set(names[folded])
    elif broken and len(folded) >= 5:
        found = {
            one
            for near, _, _ in process.extract(
                folded, names.keys(), scorer=Levenshtein.distance, score_cutoff=1, limit=3
            )
            for one in names[near]
        }
    else:
        return name
    return found.pop() if len(found) == 1 else name


def is_unit(name: str) -> bool:
    """Whether a unit of this name (without its noun) exists, tone placement and case folded.

    >>> is_unit("Thuỷ Nguyên"), is_unit("Quảng Ngãi"), is_unit("Nơi Khác")
    (True, True, False)
    """
    known = _by_skeleton().get(skeleton(squeeze(name)), frozenset())
    return any(key(candidate) == key(name) for candidate in known)
