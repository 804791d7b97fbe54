"""The administrative unit of an issuing body, by the official list of 1 July 2025.

The province is taken from what the document says, never from a ward's name alone: 292 names stand in several provinces.
Units of before are looked up in the mapping that the package underthesea ships (Apache-2.0).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from normalizers.places import Unit, changes, province_names, units
from normalizers.text import key, squeeze

_UNIT = re.compile(
    r"\b(phường|xã|đặc khu|thị trấn)\s+(.+?)(?=\s*(?:,|$|\b(?:tỉnh|thành phố|huyện|quận|thị xã)\b))", re.IGNORECASE
)
_OVER = re.compile(r"\b(?:huyện|quận|thị xã|thành phố)\s+[^,]+?(?=\s*(?:,|$|\btỉnh\b))", re.IGNORECASE)
_PROVINCE = re.compile(r"\b(?:tỉnh|thành phố|tp\.?)\s+((?:[^\W\d_]+[ -]*){1,6})", re.IGNORECASE)


@cache
def _provinces() -> dict[str, Unit]:
    return {key(unit.name): unit for unit in units() if unit.province is None}


@cache
def _province_keys() -> dict[str, str]:
    """Names of provinces, present and former, by their keys."""
    return {key(name): name for name in province_names().values()}


@cache
def _wards() -> dict[tuple[str, str, str], Unit]:
    """Wards, communes and special zones by kind (that of before, too), name and province."""
    kinds = {change.code: (change.before, change.after) for change in changes()}
    return {
        (kind, key(unit.name), key(_short(unit.province))): unit
        for unit in units()
        if unit.province is not None
        for kind in kinds.get(unit.code, (unit.kind,))
    }


def _short(province: str) -> str:
    """`Thành phố Hải Phòng` without its noun."""
    return re.sub(r"^(tỉnh|thành phố)\s+", "", province, flags=re.IGNORECASE)


def _today(old: str) -> str | None:
    """What a unit of before 1 July 2025 is called today, as far as the mapping knows."""
    from underthesea import convert_address  # half a second to load: only for papers that need it

    return convert_address(old).converted or None


def province_of(texts: Iterable[str]) -> Unit | None:
    """The province that the texts of one document name most often; None for none, or where two are named alike.

    >>> province_of(["UBND thành phố Hải Phòng", "Sở Nội vụ", "Ủy ban nhân dân thành phố Hải Phòng"]).code
    '31'
    >>> province_of(["Kho bạc Nhà nước tỉnh Hải Dương"]).name
    'Hải Phòng'
    >>> province_of(["Sở Nội vụ"]) is None
    True
    """
    return _province_of(tuple(texts))


@lru_cache(maxsize=8)  # the same paper is asked about more than once
def _province_of(texts: tuple[str, ...]) -> Unit | None:
    counts: Counter[str] = Counter()
    names = _province_keys()
    for text in texts:
        for found in _PROVINCE.finditer(squeeze(text)):
            words = found[1].split()
            for size in range(min(6, len(words)), 0, -1):
                name = key(" ".join(words[:size]))
                if name in names:
                    counts[name] += 1
                    break
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    name = ranked[0][0]
    if name in _provinces():
        return _provinces()[name]
    today = _today(f"Tỉnh {names[name]}")
    return _provinces().get(key(_short(today))) if today else None


def issuing_unit(issuer: str | None, texts: Iterable[str]) -> Unit | None:
    """The unit whose body issued a document; None where the issuer names none, or its province cannot be told.

    texts: what the document says of places (issuer, place, legal bases, recipients).

    >>> issuing_unit("Ủy ban nhân dân phường Lê Ích Mộc", ["UBND thành phố Hải Phòng"]).code
    '11506'
    >>> issuing_unit("Ủy ban nhân dân phường An Biên", ["Sở Nội vụ"]) is None
    True
    >>> issuing_unit("Ủy ban nhân dân tỉnh Quảng Ngãi", []).code
    '51'
    >>> [issuing_unit(f"Ủy ban nhân dân {kind} Kép", ["tỉnh Bắc Ninh"]).code for kind in ("xã", "phường")]
    ['07399', '07399']
    >>> issuing_unit("Ủy ban nhân dân thị trấn Mộ Đức, huyện Mộ Đức, tỉnh Quảng Ngãi", []).name
    'Mộ Đức'
    """
    if not issuer:
        return None
    own = province_of([issuer])
    ward = _UNIT.search(squeeze(issuer))
    if ward is None:
        return own if re.match(r"(Ủy ban|Uỷ ban|Hội đồng) nhân dân\b", issuer) else None
    province = own or province_of(texts)
    if province is None:
        return None
    noun, name = ward[1].lower(), ward[2].strip()
    found = _wards().get((noun, key(name), key(province.name)))
    if found is not None:
        return found
    over = _OVER.search(issuer)
    today = _today(", ".join([f"{noun} {name}", *([over[0]] if over else []), f"{province.kind} {province.name}"]))
    now = _UNIT.search(today) if today else None
    return _wards().get((now[1].lower(), key(now[2]), key(province.name))) if now else None


def named_unit(name: str, province: str | None) -> tuple[Unit | None, str] | None:
    """The ward, commune or special zone that the name of a body ends with, and the name without it; None for no such end.

    province: code of the province the paper is of. The unit is None where it is not known there.

    >>> unit, without = named_unit("Công an phường Lê Ích Mộc", "31")
    >>> unit.code, without
    ('11506', 'Công an')
    >>> named_unit("Phòng Văn hóa - Xã hội", "31"), named_unit("Công an phường Lê Ích Mộc", "01")[0]
    (None, None)
    """
    found = _UNIT.search(name)
    if found is None or not (found[2][0].isupper() or found[2][0].isdigit()):
        return None
    over = next((unit for unit in _provinces().values() if unit.code == province), None)
    unit = over and _wards().get((found[1].lower(), key(found[2]), key(over.name)))
    return unit, name[: found.start()].strip()


def province_named(name: str) -> tuple[Unit | None, str] | None:
    """The present province that the name of a body ends with, and the name without it; None for no such end.

    A former province is None: its bodies are not those of the province that took it in.

    >>> province_named("Sở Nội vụ thành phố Hải Phòng")[0].code, province_named("Sở Nội vụ tỉnh Hải Dương")
    ('31', (None, 'Sở Nội vụ tỉnh Hải Dương'))
    >>> province_named("UBND thành phố") is None
    True
    """
    found = _PROVINCE.search(name)
    if found is None or found.end() < len(name) or not found[1][0].isupper():
        return None
    unit = _provinces().get(key(found[1].strip()))
    return (unit, name[: found.start()].strip()) if unit else (None, name)
