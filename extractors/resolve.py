"""Choosing among candidates, settling overlaps, and making the evidence. Nothing here depends on the order of candidates."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel

from normalizers.text import key, squeeze
from schemas.found import Found
from schemas.page import Box, Word, around
from schemas.record import Evidence
from schemas.text import DocumentText, Place, Span

# The lists of values, and which part of an item the evidence names: what is printed, where an item has several parts.
ITEM_PART: dict[str, str | None] = {
    "attachments": "title",
    "legal_bases": "text",
    "citations": "code",
    "recipients": None,
    "addressees": None,
    "targets": "text",
    "tasks": "content",
    "results": "text",
    "responsibilities": "agency",
    "footnotes": "text",
    "digital_signatures": "signer",
    "co_signers": "name",
}
_FEW_WORDS = 4


class Chosen(NamedTuple):
    """A value that was chosen.

    strength: score times reading, over all rules that agree. score: how sure these rules are by themselves. witnesses: how many
    they are. rival: strength of the best other value as a share of this one's, 0 where there is none.
    """

    found: Found[Any]
    strength: float
    score: float
    witnesses: int = 1
    rival: float = 0.0


def words_of(text: DocumentText, found: Found[Any]) -> tuple[Word, ...]:
    """The words that a value was read from; none for what does not stand in the text."""
    if found.place is not None:
        return ()
    if not found.spans:
        return text.words(found.span)
    return tuple(word for span in found.spans for word in text.words(span))


def words_confidence(text: DocumentText, found: Found[Any]) -> float:
    """How sure the reading of the printed words is: the worst word of a short value, the mean of a long one."""
    words = words_of(text, found)
    if not words:
        return 1.0
    if len(words) <= _FEW_WORDS:
        return min([word.confidence for word in words])
    return sum([word.confidence for word in words]) / len(words)


def strength(text: DocumentText, found: Found[Any]) -> float:
    """What a candidate is worth beside others: the rule's own score times the reading's."""
    return found.score * words_confidence(text, found)


def _identity(value: Any) -> str:
    if isinstance(value, BaseModel):
        return key(value.model_dump_json())
    return key(str(value))


def best(text: DocumentText, candidates: Iterable[Found[Any]]) -> Chosen | None:
    """The best value of a field; rules that agree are independent witnesses and add up.

    A value's strength is 1 - Π(1 - s) over the rules that found it, its best candidate gives the place.
    """
    groups: dict[str, list[tuple[float, Found[Any]]]] = {}
    for candidate in candidates:
        groups.setdefault(_identity(candidate.value), []).append((strength(text, candidate), candidate))
    ranked: list[tuple[str, Chosen]] = []
    for identity, group in groups.items():
        group.sort(key=lambda pair: (-pair[0], pair[1].span, pair[1].rule))
        by_rule: dict[str, tuple[float, Found[Any]]] = {}
        for worth, candidate in group:
            by_rule.setdefault(candidate.rule, (worth, candidate))
        together = 1 - math.prod(1 - worth for worth, _ in by_rule.values())
        score = 1 - math.prod(1 - candidate.score for _, candidate in by_rule.values())
        ranked.append((identity, Chosen(group[0][1], round(together, 6), score, len(by_rule))))
    if not ranked:
        return None
    ranked.sort(key=lambda pair: (-pair[1].strength, pair[1].found.span, pair[1].found.rule, pair[0]))
    first, *others = (chosen for _, chosen in ranked)
    return first._replace(rival=others[0].strength / first.strength if others and first.strength else 0.0)


def items(text: DocumentText, candidates: Iterable[Found[Any]]) -> list[Chosen]:
    """The items of a list in reading order; where two rules claim the same stretch, the surer one keeps it."""
    worth = [(strength(text, found), found) for found in candidates]
    together = Counter((found.rule, found.span) for _, found in worth)

    def rank(pair: tuple[float, Found[Any]]) -> tuple[float, int, int, str, str]:
        sure, found = pair
        alone = together[found.rule, found.span] == 1
        start, end = found.span
        return -sure, start - end, start, found.rule, "" if alone else _identity(found.value)

    kept: list[Chosen] = []
    spans: dict[str, list[Span]] = {}
    seen: set[tuple[str, Span, str]] = set()
    for sure, found in sorted(worth, key=rank):
        if any(_overlaps(found.span, others) for rule, others in spans.items() if rule != found.rule):
            continue
        if together[found.rule, found.span] > 1:
            known = (found.rule, found.span, _identity(found.value))
            if known in seen:
                continue
            seen.add(known)
        spans.setdefault(found.rule, []).append(found.span)
        kept.append(Chosen(found, round(sure, 6), found.score))
    # Items of one rule on the same stretch keep the order of their ranks.
    kept.sort(key=lambda one: (one.found.place is not None, one.found.span))
    return kept


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    start, end = span
    return any(other_start < end and start < other_end for other_start, other_end in others)


def item_path(name: str, index: int, value: Any) -> str:
    """The path of a list item in the evidence: `targets[3].text`, `recipients[0]`."""
    part = ITEM_PART[name]
    return f"{name}[{index}]" + (f".{part}" if part and getattr(value, part) is not None else "")


def parts(name: str, index: int, item: Chosen) -> dict[str, Chosen]:
    """The parts of a list item that have a proof of their own, by path."""
    return {
        f"{name}[{index}].{part}": item._replace(
            found=item.found._replace(
                value=getattr(item.found.value, part), span=Span(spans[0].start, spans[-1].end), spans=spans, parts=()
            )
        )
        for part, spans in item.found.parts
    }


def _places(text: DocumentText, spans: Sequence[Span]) -> Sequence[Place]:
    """One place a page that the stretches touch."""
    if len(spans) == 1:
        return text.places(spans[0]) or (Place(text.page_number(spans[0].start), None),)
    found: dict[int, list[Box]] = {}
    for place in (place for span in spans for place in text.places(span)):
        found.setdefault(place.page, []).extend([place.box] if place.box is not None else [])
    if not found:
        return (Place(text.page_number(spans[0].start), None),)
    return tuple(Place(page, around(boxes)) for page, boxes in found.items())


def _corners(place: Place) -> tuple[float, float, float, float] | None:
    box = place.box
    return (box.x0, box.top, box.x1, box.bottom) if box is not None else None


def evidence(text: DocumentText, path: str, found: Found[Any], sure: float) -> list[Evidence]:
    """Proof of a value: one entry a page that it touches."""
    if found.place is not None:
        places: Sequence[Place] = (found.place,)
        raw = found.raw or ""
    else:
        places = _places(text, found.spans or (found.span,))
        raw = " ".join([word.raw for word in words_of(text, found)])
    return [
        Evidence(
            path=path,
            raw=squeeze(raw),
            page=place.page,
            box=_corners(place),
            confidence=round(sure, 3),
            rule=found.rule,
        )
        for place in places
    ]
