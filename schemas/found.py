"""What a rule finds, and the proof that travels with it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from schemas.text import Place, Span

T = TypeVar("T")


class Found(NamedTuple, Generic[T]):
    """A candidate value: where it stands, how sure the rule itself is (0..1), and which rule it was.

    `place` and `raw` are given for what does not stand in the text: stamps and signing marks kept as annotations.
    `spans`: the words of the value alone, where others stand between them, as in the cells of a table. `parts`: for a value of
    several parts those that have a proof of their own, by name, and their words.
    """

    value: T
    span: Span
    score: float
    rule: str
    place: Place | None = None
    raw: str | None = None
    spans: tuple[Span, ...] = ()
    parts: tuple[tuple[str, tuple[Span, ...]], ...] = ()
