"""The scorecard as text: by paper, by field, by kind, form and damage, and against the accepted run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.score.accepted import Change
from pipeline.score.card import WHOLE, Scored, counts, mean
from pipeline.score.columns import columns
from pipeline.score.reliability import sure_and_right, table
from pipeline.score.verdicts import OUTCOMES

_CUT = 200


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def by_paper(run: Sequence[Scored]) -> str:
    """A row a paper and one for all: the document's fields by outcome, then the scores of its lists and its text."""
    lists = [part for part in dict.fromkeys(part for one in run for part in one.scores) if part not in WHOLE]
    parts = ["document", *lists, "mean", "words_found", "words_right", "char_errors"]
    rows = [["paper", "kind", "form", "damage", *OUTCOMES, *parts]]
    for one in run:
        name = f"{one.paper.name}{' (aside)' if one.paper.aside else ''}"
        rows.append([name, one.kind, one.paper.form, one.paper.damage, *_outcomes([one]), *_means([one], parts)])
    rows.append(["all", "", "", "", *_outcomes(run), *_means(run, parts)])
    return columns(rows)


def _outcomes(run: Iterable[Scored]) -> list[str]:
    """How many fields of the document are right, missing and wrong."""
    found = counts(verdict for one in run for verdict in one.verdicts)
    head = [row for field, row in found.items() if field.startswith("document.")]
    return [str(sum(row[outcome] for row in head)) for outcome in OUTCOMES]


def _means(run: Sequence[Scored], parts: Iterable[str]) -> list[str]:
    return [_number(mean(one.scores.get(part) for one in run)) for part in parts]


def by_group(title: str, run: Sequence[Scored], group: Callable[[Scored], str]) -> str:
    """A row for each group of papers."""
    parts = ["document", "mean", "words_found", "words_right", "char_errors"]
    rows = [[title, "papers", *OUTCOMES, *parts]]
    for name in sorted({group(one) for one in run}):
        some = [one for one in run if group(one) == name]
        rows.append([name, str(len(some)), *_outcomes(some), *_means(some, parts)])
    return columns(rows)


def by_field(run: Sequence[Scored]) -> str:
    """A row a field of the record: how many values are right, missing, wrong (given, but not in the gold)."""
    rows = [["field", *OUTCOMES, "right %"]]
    for field, row in counts(verdict for one in run for verdict in one.verdicts).items():
        rows.append(
            [field, *(str(row[outcome]) for outcome in OUTCOMES), f"{100 * row['right'] / sum(row.values()):.1f}"]
        )
    return columns(rows)


def details(run: Iterable[Scored]) -> Iterator[str]:
    """A line for every value that is missing or wrong, but for papers that are kept aside from tuning."""
    for one in run:
        for verdict in one.verdicts:
            if verdict.outcome != "right" and not one.paper.aside:
                want, have = (_short(value) for value in (verdict.want, verdict.have))
                yield f"{one.paper.name}: {verdict.path} {verdict.outcome}: {want} <- {have}\n"


def _short(value: object) -> str:
    if isinstance(value, dict):
        value = {name: part for name, part in value.items() if part not in (None, [], "")}
    text = str(value)
    return text if len(text) <= _CUT else text[:_CUT] + "…"


def card(run: Sequence[Scored]) -> str:
    """The whole card."""
    groups: dict[str, Callable[[Scored], str]] = {
        "kind": lambda one: one.kind,
        "form": lambda one: one.paper.form,
        "damage": lambda one: one.paper.damage,
        "use": lambda one: "kept aside" if one.paper.aside else "open",
    }
    parts = [by_paper(run), by_field(run), *(by_group(title, run, group) for title, group in groups.items())]
    for title, aside in (("open to tuning", False), ("kept aside", True)):
        values = [
            pair
            for one in run
            if one.paper.aside is aside and one.result.record is not None
            for pair in sure_and_right(one.result.record, one.verdicts)
        ]
        parts.append(f"confidence of values, papers {title}\n{table(values)}")
    return "\n".join(parts)


def against(changes: Sequence[Change], new: int) -> str:
    """Gains and losses against the accepted run, losses last. new: papers that were not in it."""
    ordered = sorted(changes, key=lambda change: -change.gain)
    gains = sum(change.gain > 0 for change in changes)
    head = f"against the accepted run: {gains} gains, {len(changes) - gains} losses, {new} new papers\n"
    return head + "".join(f"  {change}\n" for change in ordered)
