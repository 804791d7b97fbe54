"""Text in the manner of ward-level papers, from our own phrase lists and from lists of names.

The legal texts speak of provinces and ministries and hardly of wards; this is the counterweight.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

PHRASES = Path(__file__).parent / "phrases"
_SLOT = re.compile(r"\{(\w+)\}")
_CLAUSE = re.compile(r"(?<=[,;:.]) ")
# How often a phrase with slots is written out, each time with other values; one without slots stands PLAIN times.
FILLED = 12
PLAIN = 4
PEOPLE = 30000
SIGNED = 6000
_COMMUNE = re.compile(r"\b(?<!hợp tác )(?<!thị )(?:xã|huyện|quận)\b(?! hội)", re.IGNORECASE)


def _read(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def names(lists: Path) -> dict[str, list[str]]:
    """Values of the slots that are names, from the folder of lists (see its README); families stand by their counts."""
    units = [line.split("\t") for line in _read(lists / "admin_units_2025.tsv")[1:]]
    kinds: dict[str, list[str]] = {"phường": [], "xã": []}
    for unit in units:
        if unit[0] == "ward":
            kinds.setdefault(unit[4].lower(), []).append(unit[3])
    given = _read(lists / "given_names_boy.txt") + _read(lists / "given_names_girl.txt")
    families: list[str] = []
    for line in _read(lists / "family_names_counts.tsv"):
        family, times = line.split("\t")
        families += [family] * int(times)
    rng = random.Random(2025)
    middles = [
        "Văn",
        "Thị",
        "Đức",
        "Hữu",
        "Thanh",
        "Quang",
        "Ngọc",
        "Xuân",
        "Minh",
        "Thị Thu",
        "Thị Thanh",
        "Duy",
        "Công",
    ]
    people = []
    for _ in range(PEOPLE):
        name = rng.choice(given)
        person = name if rng.random() < 0.5 else f"{rng.choice(middles)} {name.split()[-1]}"
        people.append(f"{rng.choice(families)} {person}")
    provinces = [re.sub(r"^(?:Tỉnh|Thành phố) ", "", unit[2]) for unit in units if unit[0] == "province"]
    return {
        "phuong": kinds["phường"],
        "xa": kinds["xã"],
        "noi": [f"phường {name}" for name in kinds["phường"]] + [f"xã {name}" for name in kinds["xã"]],
        "tinh": provinces,
        "nguoi": people,
        "so": [str(number) for number in range(1, 30)],
    }


def slots() -> dict[str, list[str]]:
    """Values of the slots that are phrases."""
    out = {}
    for line in _read(PHRASES / "slots.txt"):
        name, _, values = line.partition("=")
        out[name.strip()] = [value.strip() for value in values.split("|")]
    return out


def clauses(phrases: Iterable[str]) -> Iterator[str]:
    """Every phrase, and its clauses by themselves: the leak filter takes whole lines, and a formula that stands in a
    tested paper must not take its neighbours along.

    >>> list(clauses(["họp tổ dân phố; họp giao ban", "báo cáo"]))
    ['họp tổ dân phố; họp giao ban', 'họp tổ dân phố;', 'họp giao ban', 'báo cáo']
    """
    for phrase in phrases:
        yield phrase
        parts = _CLAUSE.split(phrase)
        if len(parts) > 1:
            yield from parts


def written_out(phrases: Iterable[str], values: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every phrase FILLED times with values in its slots, PLAIN times where it has none; the same at every call."""
    rng = random.Random(30)
    for phrase in clauses(phrases):
        if not _SLOT.search(phrase):
            yield from [phrase] * PLAIN
            continue
        for _ in range(FILLED):
            yield _SLOT.sub(lambda slot: rng.choice(values[slot.group(1)]), phrase)


def ward_lines(lists: Path) -> Iterator[str]:
    """All lines made from phrases and names."""
    known = names(lists)
    values = known | slots()
    phrases = [line for path in sorted(PHRASES.glob("*.txt")) if path.name != "slots.txt" for line in _read(path)]
    yield from written_out(phrases, values)
    yield from known["nguoi"][:SIGNED]  # as under a signature and in lists of names
    for line in _read(lists / "admin_units_2025.tsv")[1:]:
        level, _, full, name, kind, province = (line + "\t").split("\t")[:6]
        if level == "province":
            yield full
            continue
        yield f"{full}, {province}"
        yield f"Ủy ban nhân dân {full}"
        if kind.lower() == "phường":
            yield f"{name}, ngày"
    yield from known["nguoi"]


def as_wards(lines: Iterable[str]) -> Iterator[str]:
    """The lines that speak of communes and districts, speaking of wards."""
    for line in lines:
        changed = _COMMUNE.sub("phường", line)
        if changed != line:
            yield changed
