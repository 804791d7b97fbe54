"""Choosing among candidates, settling overlaps, and making the evidence. Nothing here depends on the order of candidates."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from normalizers.text import key, squeeze
from schemas.found import Found
from schemas.record import Evidence
from schemas.text import DocumentText, Place

# Which part of a list item the evidence names: what is printed, where an item has several parts.
ITEM_PART: dict[str, str] = {
    "attachments": "title",
    "legal_bases": "text",
    "citations": "code",
    "targets": "text",
    "tasks": "content",
    "results": "text",
    "responsibilities": "agency",
    "footnotes": "text",
    "digital_signatures": "signer",
    "co_signers": "name",
}
_FEW_WORDS = 4


def words_confidence(text: DocumentText, found: Found[Any]) -> float:
    """How sure the reading of the printed words is: the worst word of a short value, the mean of a long one."""
    if found.place is not None:
        return 1.0
    words = text.words(found.span)
    if not words:
        return 1.0
    if len(words) <= _FEW_WORDS:
        return min(word.confidence for word in words)
    return sum(word.confidence for word in words) / len(words)


def confidence(text: DocumentText, found: Found[Any]) -> float:
    """Confidence of a candidate: the rule's own score times the reading's."""
    return found.score * words_confidence(text, found)


def _identity(value: Any) -> str:
    if isinstance(value, BaseModel):
        return key(value.model_dump_json())
    return key(str(value))


def _order(found: Found[Any]) -> tuple[int, int, str, str]:
    return found.span.start, found.span.end, found.rule, _identity(found.value)


def best(text: DocumentText, candidates: Iterable[Found[Any]]) -> tuple[Found[Any], float] | None:
    """The best value of a field with its confidence; rules that agree are independent witnesses and add up.

    A value's confidence is 1 - Π(1 - c) over the rules that found it, its best candidate gives the place.
    """
    groups: dict[str, list[tuple[float, Found[Any]]]] = {}
    for candidate in candidates:
        groups.setdefault(_identity(candidate.value), []).append((confidence(text, candidate), candidate))
    ranked: list[tuple[float, tuple[int, int, str, str], Found[Any]]] = []
    for group in groups.values():
        by_rule: dict[str, tuple[float, Found[Any]]] = {}
        for sure, candidate in sorted(group, key=lambda pair: (-pair[0], _order(pair[1]))):
            by_rule.setdefault(candidate.rule, (sure, candidate))
        together = 1 - math.prod(1 - sure for sure, _ in by_rule.values())
        leader = min(by_rule.values(), key=lambda pair: (-pair[0], _order(pair[1])))[1]
        ranked.append((round(together, 6), _order(leader), leader))
    if not ranked:
        return None
    sure, _, leader = min(ranked, key=lambda row: (-row[0], row[1]))
    return leader, sure


def _overlap(one: Found[Any], other: Found[Any]) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def items(text: DocumentText, candidates: Iterable[Found[Any]]) -> list[tuple[Found[Any], float]]:
    """The items of a list in reading order; where two rules claim the same stretch, the surer one keeps it."""
    ranked = sorted(
        candidates, key=lambda found: (-confidence(text, found), -(found.span.end - found.span.start), _order(found))
    )
    kept: list[Found[Any]] = []
    for candidate in ranked:
        if any(other.rule != candidate.rule and _overlap(other, candidate) for other in kept):
            continue
        if any(
            other.rule == candidate.rule
            and other.span == candidate.span
            and _identity(other.value) == _identity(candidate.value)
            for other in kept
        ):
            continue
        kept.append(candidate)
    # Items of one rule on the same stretch keep the order in which the rule gave them.
    position = {id(candidate): index for index, candidate in enumerate(ranked)}
    kept.sort(key=lambda found: (found.place is not None, found.span.start, found.span.end, position[id(found)]))
    return [(found, round(confidence(text, found), 6)) for found in kept]


def _corners(place: Place) -> tuple[float, float, float, float] | None:
    box = place.box
    return (box.x0, box.top, box.x1, box.bottom) if box is not None else None


def evidence(text: DocumentText, path: str, found: Found[Any], sure: float) -> list[Evidence]:
    """Proof of a value: one entry a page that it touches."""
    if found.place is not None:
        places: Sequence[Place] = (found.place,)
        raw = found.raw or ""
    else:
        places = text.places(found.span) or (Place(text.page_number(found.span.start), None),)
        raw = text.raw(found.span)
    return [
        Evidence(
            path=path,
            raw=squeeze(raw),
            page=place.page,
            box=_corners(place),
            confidence=round(min(max(sure, 0.0), 1.0), 3),
            rule=found.rule,
        )
        for place in places
    ]
