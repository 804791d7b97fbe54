"""What comes back of a document to be stored: its rows, made where it was read."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

from pipeline.database.rows import rows_of
from pipeline.filing import Filed, filed, in_rows
from pipeline.pieces import Opened, Step
from pipeline.schedule import Work
from schemas.page import Line, Page, Word
from schemas.record import DocumentFields, Record
from schemas.result import Job, Result

JOB = Job(Path("a.txt"), "0011223344556677", "00")
PAGE = Page(1, 595, 842, "repaired", 1, 1, "Số: 1", (Line((Word("Số:", "Số:"), Word("1", "1"))),))
DONE = Result(JOB, "done", "text", Record(document=DocumentFields(number="1")), (PAGE,), timings={"read": 1.0})


def _begin(job: Job) -> Iterator[Step]:
    yield Opened(1, ())
    yield DONE


def _spans(*_: object) -> Iterator[Step]:
    yield Opened(1, ())


WORK = Work(_begin, _spans, _spans, _spans, _spans, "", "")


def test_rows_stand_for_pages_and_record() -> None:
    found = filed(DONE)
    assert found.rows == rows_of(DONE)
    assert (found.status, found.kind, found.timings, found.page_count) == ("done", "text", {"read": 1.0}, 1)
    assert found.pages == ()
    assert found.record is None
    assert filed(found) is found


def test_a_result_without_rows_has_failed() -> None:
    found = filed(Result(JOB, "done", "text", None, (PAGE,)))
    assert (found.status, found.rows, found.page_count) == ("failed", {}, 0)
    assert [(failure.stage, failure.category) for failure in found.failures] == [("store", "internal")]


def test_a_failure_stays_one() -> None:
    failed = Result(JOB, "failed")
    assert filed(failed) == Filed(JOB, "failed")


def test_steps_come_through_and_the_work_goes_to_other_processes() -> None:
    work = pickle.loads(pickle.dumps(in_rows(WORK)))  # noqa: S301
    opened, last = work.begin(JOB)
    assert opened == Opened(1, ())
    assert last == filed(DONE)
