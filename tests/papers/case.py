"""A test paper."""

from __future__ import annotations

from typing import Any, NamedTuple


class Case(NamedTuple):
    """A paper and what its `document` must say; all other fields are None."""

    name: str
    text: str
    document: dict[str, Any]
