"""Whether confidence holds: values by how sure the record is of them, and how many of them are right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from extractors import extract_with_signs
from extractors.confidence import Signs
from extractors.resolve import ITEM_PART
from pipeline.find import fingerprint
from pipeline.score import recorded
from pipeline.score.columns import columns
from pipeline.score.measures import near
from pipeline.score.papers import GoldPaper
from pipeline.score.verdicts import Verdict, judge
from schemas.record import Record
from schemas.text import DocumentText

BANDS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
SURE = 0.9


class Judged(NamedTuple):
    """A value with what spoke for and against it, and whether it is right."""

    path: str
    signs: Signs
    right: bool


def judged_values(paper: GoldPaper) -> list[Judged]:
    """Every value of a recorded paper that the gold speaks of. Raises FileNotFoundError without a recording."""
    reading = recorded.load(paper.recording, fingerprint(paper.path))
    if reading is None:
        raise FileNotFoundError(f"no reading of {paper.path} is recorded")
    gold = paper.gold()
    found = extract_with_signs(DocumentText(reading.pages))
    judged = []
    for own, (record, signs) in zip([gold, *gold.get("parts", ())], found, strict=False):
        right = {
            verdict.path: is_right(verdict) for verdict in judge({**own, "parts": []}, record.model_dump(mode="json"))
        }
        judged += [Judged(path, one, right[item]) for path, one in signs.items() if (item := item_of(path)) in right]
    return judged


def sure_and_right(record: Record, verdicts: Iterable[Verdict]) -> list[tuple[float, bool]]:
    """How sure the record is of each value that the gold speaks of, and whether it is right."""
    right = {verdict.path: is_right(verdict) for verdict in verdicts}
    sure = {item_of(entry.path): entry.confidence for entry in record.evidence}  # entries of one value agree
    for index, part in enumerate(record.parts):
        sure |= {f"parts[{index}].{item_of(entry.path)}": entry.confidence for entry in part.evidence}
    return [(confidence, right[item]) for item, confidence in sure.items() if item in right]


def item_of(path: str) -> str:
    """The list item that a path leads into, as verdicts name it; the path itself where it leads to a further part of the item.

    >>> item_of("targets[3].text"), item_of("document.number"), item_of("tasks[3].lead")
    ('targets[3]', 'document.number', 'tasks[3].lead')
    """
    item, bracket, part = path.partition("]")
    return item + bracket if part.removeprefix(".") in ("", ITEM_PART.get(item.partition("[")[0])) else path


def is_right(verdict: Verdict) -> bool:
    """Whether the value that the evidence names is right; of a task that is its content, of a target its text."""
    if verdict.outcome == "right" and verdict.field == "tasks":
        return near(verdict.want.get("content"), verdict.have.get("content")) > 0
    return verdict.outcome == "right"


def table(values: Iterable[tuple[float, bool]]) -> str:
    """The reliability table of (confidence, right): said and true share by band, and of all that are sure."""
    found = list(values)
    rows = [["confidence", "values", "said %", "right %"]]
    for low, high in zip(BANDS, BANDS[1:], strict=False):
        band = [(sure, right) for sure, right in found if low <= sure < high or high == sure == 1.0]
        if band:
            rows.append([f"{low:.2f} to {high:.2f}", *_shares(band)])
    rows.append([f"{SURE} and more", *_shares([(sure, right) for sure, right in found if sure >= SURE])])
    rows.append(["all", *_shares(found)])
    return columns(rows)


def _shares(values: Sequence[tuple[float, bool]]) -> list[str]:
    if not values:
        return ["0", "", ""]
    said, right = (100 * sum(pair[index] for pair in values) / len(values) for index in (0, 1))
    return [str(len(values)), f"{said:.1f}", f"{right:.1f}"]
