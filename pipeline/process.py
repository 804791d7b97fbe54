"""What a worker does with one file: read it, extract the record. Bad input is a result, never an exception."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable
from typing import Protocol

from extractors import extract as extract_record
from pipeline.database.recall import Stored
from pipeline.database.rows import path_text
from pipeline.database.stored_pages import settled
from pipeline.errors import ComponentMissing, ReadError
from pipeline.find import Unreadable, contents
from pipeline.read import Reading, ReadSettings
from pipeline.read import read as read_pages
from schemas.record import Record
from schemas.result import Failure, Job, Result, Stage
from schemas.text import DocumentText

Extract = Callable[[DocumentText], Record]


class Read(Protocol):
    """Reads the pages of a file from its bytes. Raises ReadError for bad input, ComponentMissing for a poor machine."""

    def __call__(self, job: Job, settings: ReadSettings, data: bytes, /) -> Reading: ...


def process(job: Job, settings: ReadSettings, read: Read = read_pages, extract: Extract = extract_record) -> Result:
    """Reads and extracts one file. Raises only ComponentMissing: no other file would fare better."""
    started = time.perf_counter()
    try:
        reading = read(job, settings, contents(job.path, job.sha256))
    except ReadError as error:
        return failed(job, error.failure(job)._replace(source_path=path_text(job.path)))
    except Unreadable as error:
        return failed(job, error.failure._replace(sha256=job.sha256))
    except ComponentMissing:
        raise
    except Exception:  # noqa: BLE001  (one file must not end the run; the traceback goes to table failures)
        return failed(job, _internal(job, "read"))
    timings = {**reading.timings, "read": time.perf_counter() - started}
    return assemble(job, reading._replace(timings=timings), extract)


def assemble(job: Job, reading: Reading, extract: Extract = extract_record) -> Result:
    """The result of pages that were read, just now or in an earlier run. Costs no reading."""
    started = time.perf_counter()
    pages = tuple(settled(page) for page in reading.pages)
    failures = tuple(reading.failures)
    if failures and not pages:
        return failed(job, *failures)
    try:
        record = extract(DocumentText(pages))
    except Exception:  # noqa: BLE001  (as above)
        return failed(job, *failures, _internal(job, "extract"))
    return Result(
        job=job,
        status="partial" if failures else "done",
        kind=reading.kind,
        record=record,
        pages=pages,
        failures=failures,
        timings={**reading.timings, "extract": time.perf_counter() - started},
    )


def failed(job: Job, *failures: Failure) -> Result:
    """A result with nothing to load."""
    return Result(job=job, status="failed", failures=failures)


def _internal(job: Job, stage: Stage) -> Failure:
    """Our own fault, told with its traceback so that it can be mended."""
    return Failure(path_text(job.path), job.sha256, stage, "internal", None, traceback.format_exc())


def reassemble(job: Job, stored: Stored) -> Result:
    """The result of pages out of the database, by the rules of today."""
    return assemble(job, Reading(stored.pages, stored.kind, stored.failures, {}))
