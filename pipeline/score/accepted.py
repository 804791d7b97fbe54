"""The last accepted run, one committed file a folder of papers, and what a new run gains and loses against it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.score import recorded
from pipeline.score.card import TEXT, Scored

FILE = "accepted.json"
FOLLOWS = ("mean", "document", "document_wrong")
"""Scores that follow from others: a change in them is no news."""
NOTICED, NOTICED_IN_TEXT = 0.0005, 0.005
"""Smaller differences are rounding; in the text, a word or two that another processor reads otherwise."""

_WORTH: dict[str, float] = {"right": 1.0, "missing": 0.0, "wrong": -1.0}

Entry = dict[str, Any]
Accepted = dict[str, Entry]


class Change(NamedTuple):
    """What differs from the accepted run in one paper. gain: above zero where it is better now."""

    paper: str
    what: str
    before: str
    now: str
    gain: float

    def __str__(self) -> str:
        return f"{'+' if self.gain > 0 else '-'} {self.paper}: {self.what} {self.before} -> {self.now}"


def entry_of(scored: Scored, read_by: str) -> Entry:
    """What is kept of a paper: its scores, what became of the document's fields, and what read it."""
    fields = {v.path: v.outcome for v in scored.verdicts if v.field.startswith("document.")}
    return {"read_by": read_by, "scores": scored.scores, "fields": fields}


def load(folder: Path) -> Accepted:
    """The accepted run of a folder by name of the paper; empty where none was accepted."""
    file = folder / FILE
    accepted: Accepted = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return accepted


def freeze(folder: Path, run: Iterable[Scored], papers: Iterable[str], read_by: str) -> None:
    """Accepts a run: its scores replace those of the same papers, what is gone from the folder leaves the file.

    Papers that were read (not replayed) have their reading recorded. read_by: fingerprint of what reads today.
    """
    known = load(folder)
    names = set(papers)
    for scored in run:
        if not scored.replayed:
            recorded.save(scored.paper.recording, scored.result)
        before = known.get(scored.paper.name) if scored.replayed else None
        known[scored.paper.name] = entry_of(scored, before["read_by"] if before else read_by)
    kept = {name: known[name] for name in sorted(known) if name in names}
    (folder / FILE).write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def changes(scored: Scored, accepted: Accepted) -> Iterator[Change]:
    """Gains and losses of one paper, field by field and list by list; none where it was not in the accepted run."""
    name = scored.paper.name
    if name not in accepted:
        return
    before, now = accepted[name], entry_of(scored, "")
    for field, outcome in now["fields"].items():
        was = before["fields"].get(field, outcome)
        if was != outcome:
            yield Change(name, field, was, outcome, _WORTH[outcome] - _WORTH[was])
    for part, score in now["scores"].items():
        if part in FOLLOWS or part not in before["scores"]:
            continue
        was, is_now = _or_full(before["scores"][part]), _or_full(score)
        gain = was - is_now if part == "char_errors" else is_now - was
        if abs(gain) >= (NOTICED_IN_TEXT if part in TEXT else NOTICED):
            yield Change(name, part, f"{was:.4g}", f"{is_now:.4g}", gain)


def _or_full(score: float | None) -> float:
    """Nothing to find and nothing found is as good as all found."""
    return 1.0 if score is None else score
