"""What a view is, and the columns that many of them have."""

from __future__ import annotations

from typing import NamedTuple


class View(NamedTuple):
    """A view. columns: name and meaning, in its order; names in double quotes where they are not lower case."""

    name: str
    comment: str
    columns: tuple[tuple[str, str], ...]
    sql: str


DOC_ID = ("doc_id", "The document")
CODE = ("code", "Its number and symbol")
ISSUED_ON = ("issued_on", "Its date of issue")
UNIT = (
    ("unit_code", "Official code of the unit that issued it, NULL where not told"),
    ("unit_name", "That unit as it is called since 1 July 2025"),
    ("province_code", "Code of its province, told by the document"),
)
PILLAR = ("pillar", "Pillar of administrative reform, where heading or text names one")
