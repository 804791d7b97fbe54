"""Makes normalizers/data/former_units.tsv: `python -m scripts.former_units > normalizers/data/former_units.tsv`.

From the mapping that the package underthesea ships (Apache-2.0; it made it from vietnamadminunits, MIT): every unit of
before 1 July 2025 and the unit that it became or went into, by its code of today. Where a unit was divided there is a
row a part, the largest marked. What the mapping leaves blank (names that differ in their marks alone) stays blank.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from normalizers.places import units
from normalizers.text import fold_tone

COLUMNS = ("old_name", "old_district", "old_province", "code", "change", "main")


def _key(name: str) -> str:
    return fold_tone(name.casefold())


def _short(province: str) -> str:
    return re.sub(r"^(?:Tỉnh|Thành phố)\s+", "", province)


def _mapping() -> dict[str, Any]:
    package = find_spec("underthesea")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("underthesea")
    path = Path(package.submodule_search_locations[0]) / "address" / "data" / "mapping.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def rows() -> Iterator[tuple[str, ...]]:
    """Provinces first, then wards, communes and townships, each in order of its names."""
    mapping = _mapping()
    codes = {(_key(unit.name), _key(_short(unit.province or ""))): unit.code for unit in units()}
    provinces = [
        (
            mapping["old_province_names"][old]["name"],
            "",
            "",
            codes[_key(_short(mapping["province_names"][new]["name"])), ""],
            "unchanged" if old == new else "merged",
            "true",
        )
        for old, new in mapping["province_mapping"].items()
    ]
    wards = set()
    for entry in mapping["ward_mapping"]:
        if entry["old_ward"]:
            name = re.sub(r"^(?:Phường|Xã|Đặc khu)\s+", "", entry["new_ward"])
            code = codes.get((_key(name), _key(_short(entry["new_province"]))), "") if name else ""
            main = str(entry.get("is_default", True)).lower()
            wards.add(
                (entry["old_ward"], entry["old_district"], entry["old_province"], code, entry["mapping_type"], main)
            )
    yield from sorted(provinces)
    yield from sorted(wards, key=lambda row: (row[2], row[1], row[0], row[3]))


def main() -> None:
    lines = ["\t".join(row) for row in (COLUMNS, *rows())]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
