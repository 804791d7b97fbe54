"""What is right, what is wrong and what is missing in a record, value by value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from pipeline.score.measures import LISTS, Entry, Same, agree, near, pairs, spread

Outcome = Literal["right", "missing", "wrong"]
OUTCOMES: tuple[Outcome, ...] = ("right", "missing", "wrong")


class Verdict(NamedTuple):
    """One value against the gold.

    path: as in the evidence, without the part of a list item: `document.number`, `targets[3]`; `targets` for a missing item.
    Before it `parts[0].` where a further paper of the file is meant. want, have: the value in the gold and in the record; both None where the paper rightly gave none.
    """

    path: str
    outcome: Outcome
    want: Any
    have: Any

    @property
    def field(self) -> str:
        """The field of the record: `document.number`, `targets`, whichever paper of the file it is of."""
        return _PART.sub("", self.path).partition("[")[0]


def _alike(name: str) -> Same:
    """Items are the same where this part of them is."""
    return lambda gold, got: near(gold[name], got.get(name))


JUDGED: dict[str, Same] = {
    **LISTS,
    "addressees": near,
    "responsibilities": _alike("agency"),
    "co_signers": _alike("name"),
}
"""Every list of values. The last three are judged here but have no score of their own."""
_PART = re.compile(r"^parts\[\d+\]\.")


def judge(gold: Entry, got: Entry) -> Iterator[Verdict]:
    """A verdict for every field of the document and every item of the lists that the gold speaks of, in all papers of the file."""
    yield from _judge_paper(gold, got)
    parts = got.get("parts") or []
    for index, part in enumerate(gold.get("parts") or []):
        found = parts[index] if index < len(parts) else {}
        for verdict in _judge_paper(part, found):
            yield verdict._replace(path=f"parts[{index}].{verdict.path}")


def _judge_paper(gold: Entry, got: Entry) -> Iterator[Verdict]:
    have = got.get("document", {})
    for name, value in gold["document"].items():
        found = have.get(name)
        outcome: Outcome = "right" if agree(value, found) else "missing" if found is None else "wrong"
        yield Verdict(f"document.{name}", outcome, value, found)
    for name, same in JUDGED.items():
        if name in gold:
            yield from _judge_list(name, list(gold[name] or []), list(got.get(name) or []), same)


def _judge_list(name: str, gold: list[Any], got: list[Any], same: Same) -> Iterator[Verdict]:
    wanted, found = spread(name, gold), spread(name, got)
    matched = pairs([part for _, part in wanted], [part for _, part in found], same)
    want_of = {j: i for i, j in matched}
    for index, item in enumerate(got):
        own = [j for j, (owner, _) in enumerate(found) if owner == index]
        if all(j in want_of for j in own):
            yield Verdict(f"{name}[{index}]", "right", gold[wanted[want_of[own[0]]][0]], item)
        else:
            yield Verdict(f"{name}[{index}]", "wrong", None, item)
    met = {i for i, _ in matched}
    for i, (_, part) in enumerate(wanted):
        if i not in met:
            yield Verdict(name, "missing", part, None)
