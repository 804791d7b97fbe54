"""A result as the run stores it. Rows are made where the document was read: one process alone writes, and what it has to do
for each document is the bound of a large run."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.database.columns import Rows
from pipeline.database.rows import path_text, rows_of
from pipeline.pieces import Step
from pipeline.schedule import Work
from schemas.result import Failure, Result


@dataclass(frozen=True)
class Filed(Result):
    """A result with its rows by table instead of its pages and its record; none where it failed. page_count: of its pages."""

    rows: Rows = field(default_factory=dict)
    page_count: int = 0


def filed(result: Result) -> Filed:
    """The result as it is stored; one whose rows cannot be made has failed."""
    if isinstance(result, Filed):
        return result
    job, rows = result.job, {}
    if result.status != "failed":
        try:
            rows = rows_of(result)
        except Exception:  # noqa: BLE001  (one file must not end the run; the traceback goes to table failures)
            failure = Failure(path_text(job.path), job.sha256, "store", "internal", None, traceback.format_exc())
            result = Result(job=job, status="failed", failures=(*result.failures, failure))
    return Filed(
        job,
        result.status,
        result.kind,
        failures=result.failures,
        timings=result.timings,
        rows=rows,
        page_count=len(result.pages),
    )


@dataclass(frozen=True)
class _Filing:
    """Steps of a document, its result as it is stored."""

    steps: Callable[..., Iterator[Step]]

    def __call__(self, *args: Any) -> Iterator[Step]:
        for step in self.steps(*args):
            yield filed(step) if isinstance(step, Result) else step


def in_rows(work: Work) -> Work:
    """The same work with results that are ready to be stored."""
    return replace(
        work,
        begin=_Filing(work.begin),
        read_span=_Filing(work.read_span),
        join=_Filing(work.join),
        keep=_Filing(work.keep),
        extract=_Filing(work.extract),
    )
