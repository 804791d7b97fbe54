"""A rule is a function wrapped as a value that carries its own examples and traps."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from extractors.paper import Paper
from schemas.found import Found


@dataclass(frozen=True)
class Rule:
    """One way to find one field.

    name: stands in the evidence, `number.letterhead`. field: the path in the record that it fills, `document.number` or `targets`.
    find: reads the paper, yields candidates with their spans; choosing among them is the business of `resolve`.
    examples: (text of a small paper, values that must be found in it, in order). rejects: texts in which nothing may be found.
    version: counted up whenever the meaning changes, so that stored documents are extracted again.
    """

    name: str
    field: str
    find: Callable[[Paper], Iterable[Found[Any]]]
    examples: tuple[tuple[str, tuple[Any, ...]], ...]
    rejects: tuple[str, ...] = ()
    version: int = 1
