"""The scorecard of a set of papers: each is read (or its recorded reading taken), extracted and compared with its gold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipeline.find import fingerprint
from pipeline.ingest import record_json
from pipeline.process import assemble, process
from pipeline.run import DOC_ID_DIGITS
from pipeline.score import recorded
from pipeline.score.measures import score_page, score_record
from pipeline.score.papers import UNKNOWN, GoldPaper
from pipeline.score.verdicts import OUTCOMES, Outcome, Verdict, judge
from pipeline.settings import ReadSettings
from schemas.result import Job, Result

TEXT = {"words_found": "word_recall", "words_right": "word_precision", "char_errors": "cer_in_order"}
"""Scores of the text: share of the print's words that were found, of the words found that are print, errors by letter."""
WHOLE = ("document", "document_wrong", "mean", *TEXT)
"""Scores of the paper as a whole; the others are those of its lists."""


@dataclass(frozen=True)
class Scored:
    """One paper against its gold.

    scores: by part of the record and of the text; None where there was nothing to find and nothing was found.
    replayed: whether a recorded reading was taken instead of reading the paper.
    """

    paper: GoldPaper
    kind: str
    scores: dict[str, float | None]
    verdicts: tuple[Verdict, ...]
    result: Result
    replayed: bool


def score_paper(paper: GoldPaper, *, full: bool) -> Scored:
    """Reads and scores one paper; without `full` its recorded reading is taken where there is one.

    A paper that cannot be read is scored as one of which nothing was found. Raises ComponentMissing, Unreadable.
    """
    sha256 = fingerprint(paper.path)
    job = Job(paper.path, sha256[:DOC_ID_DIGITS], sha256)
    known = None if full else recorded.load(paper.recording, sha256)
    result = process(job, ReadSettings()) if known is None else assemble(job, known)
    gold, got = paper.gold(), record_json(result)
    scores = score_record(gold, got)
    texts = paper.compared({page.number: page.text for page in result.pages})
    if texts is not None:
        measured = score_page(*texts)
        scores |= {name: measured[source] for name, source in TEXT.items()}
    return Scored(paper, _kind(gold), scores, tuple(judge(gold, got)), result, known is not None)


def _kind(gold: dict[str, Any]) -> str:
    """The kind of the paper, or of what is attached where the paper itself is not in the file."""
    own, attached = gold["document"].get("doc_type"), gold.get("attachments") or [{}]
    return own or attached[0].get("doc_type") or UNKNOWN


def mean(values: Iterable[float | None]) -> float | None:
    """Mean of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def counts(verdicts: Iterable[Verdict]) -> dict[str, dict[Outcome, int]]:
    """Right, missing and wrong values by field."""
    found: dict[str, dict[Outcome, int]] = {}
    for verdict in verdicts:
        found.setdefault(verdict.field, dict.fromkeys(OUTCOMES, 0))[verdict.outcome] += 1
    return found
