"""What a worker does with a file: read it, extract the record. Bad input is a result, never an exception.

A small file is one piece of work (`begin`). Of a large one `begin` only counts the pages; then spans of them are read side
by side (`read_span`) and put together once all are there (`join`), exactly as if one worker had read them all.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from extractors import extract as extract_record
from pipeline.database.recall import Stored
from pipeline.database.rows import path_text
from pipeline.database.stored_pages import settled
from pipeline.errors import ComponentMissing, ReadError
from pipeline.find import Unreadable, contents
from pipeline.pieces import Begun, Opened, PageRead, Step
from pipeline.read import Reading, Rough, joined, read_page
from pipeline.settings import ReadSettings
from pipeline.sources.source import Source, open_source
from pipeline.workers.memory import give_back_at_once
from schemas.record import Record
from schemas.result import Category, Failure, Job, Result, Stage
from schemas.text import DocumentText

Extract = Callable[[DocumentText], Record]
LARGE = 32 << 20  # bytes of a file beside which a worker has no memory to waste
SPAN = 8  # pages of one piece of work; a file of no more is one piece


class Reader(NamedTuple):
    """How pages are had from bytes; tests bring their own.

    open: raises ReadError for bad input. page: raises ComponentMissing for a poor machine. join: all pages of a file.
    """

    open: Callable[[Job, bytes, ReadSettings], Source]
    page: Callable[[Job, Source, int, ReadSettings], Rough]
    join: Callable[[Iterable[Rough], Sequence[Failure]], Reading]


def _open(job: Job, data: bytes, settings: ReadSettings) -> Source:
    return open_source(job.path, data, pixel_cap=settings.pixel_cap)


READER = Reader(_open, read_page, joined)


class _Desk:
    """The one large file that this process has open: whoever reads a span of it will be asked for another."""

    def __init__(self) -> None:
        self.job: Job | None = None
        self.source: Source | None = None

    def lay(self, job: Job, settings: ReadSettings, reader: Reader) -> Source:
        """The file of the job, open."""
        known = job._replace(data=None)
        if self.source is None or self.job != known:
            self.clear()
            data = contents(job)
            if len(data) > LARGE:
                give_back_at_once()
            self.source = reader.open(known, data, settings)
            self.job = known
        return self.source

    def clear(self) -> None:
        """Closes what is open."""
        if self.source is not None:
            self.source.close()
        self.job = self.source = None


_DESK = _Desk()


def process(job: Job, settings: ReadSettings, reader: Reader = READER, extract: Extract = extract_record) -> Result:
    """Reads and extracts one file in this process. Raises only ComponentMissing: no other file would fare better."""
    *_, last = begin(job, settings, reader, extract, span=None)
    assert isinstance(last, Result)  # noqa: S101  (the last step of a whole document)
    return last


def begin(
    job: Job,
    settings: ReadSettings,
    reader: Reader = READER,
    extract: Extract = extract_record,
    span: int | None = SPAN,
) -> Iterator[Step]:
    """Opens a file. One of up to `span` pages is done with, its Result the last step; of another Opened is all there is."""
    given, job = job, job._replace(data=None)  # the bytes do not travel back
    try:
        source = _DESK.lay(given, settings, reader)
    except Exception as error:  # noqa: BLE001  (told apart there)
        yield _unopened(job, error)
        return
    warnings = tuple(warning.failure(job) for warning in source.warnings)
    count = source.page_count
    yield Opened(count, warnings)
    if span is not None and count > span:
        return
    rough: list[Rough] = []
    for index in range(count):
        rough.append(_page(job, source, index, settings, reader))
        yield PageRead.of(rough[-1])
    _DESK.clear()
    yield from _together(job, rough, warnings, reader, extract)


def read_span(job: Job, first: int, last: int, settings: ReadSettings, reader: Reader = READER) -> Iterator[Step]:
    """Reads the pages `first` to `last` (from 1, both included). A Result among the steps tells why it could not go on."""
    given, job = job, job._replace(data=None)
    try:
        source = _DESK.lay(given, settings, reader)
    except Exception as error:  # noqa: BLE001  (told apart there)
        yield _unopened(job, error)
        return
    for index in range(first - 1, last):
        yield PageRead.of(_page(job, source, index, settings, reader))


def join(
    job: Job,
    pages: Sequence[PageRead],
    failures: Sequence[Failure],
    reader: Reader = READER,
    extract: Extract = extract_record,
) -> Iterator[Step]:
    """The result of pages that were read in pieces, given in order. failures: of the file, and of pages that are missing."""
    _DESK.clear()
    yield from _together(job, (page.rough for page in pages), failures, reader, extract)


def keep(job: Job, pages: Sequence[PageRead], failures: Sequence[Failure]) -> Iterator[Step]:
    """The pages alone, as they were read: where repair or the rules cannot be done with. failures: why."""
    _DESK.clear()
    reading = joined((page.rough for page in pages), failures, as_read=True)
    yield assemble(job, reading, lambda text: Record())


def reassemble(job: Job, stored: Stored, extract: Extract = extract_record) -> Iterator[Step]:
    """The result of pages out of the database, by the rules of today."""
    yield Begun("extract")
    yield assemble(job, Reading(stored.pages, stored.kind, stored.failures, {}), extract)


def _page(job: Job, source: Source, index: int, settings: ReadSettings, reader: Reader) -> Rough:
    """One page; whatever goes wrong with it is told in its failures."""
    try:
        return reader.page(job, source, index, settings)
    except ComponentMissing:
        raise
    except MemoryError:
        failure = _failure(job, "read", "too_large", "not enough memory for this page", index + 1)
    except Exception:  # noqa: BLE001  (one page must not end the document; the traceback goes to table failures)
        failure = _failure(job, "read", "internal", traceback.format_exc(), index + 1)
    return Rough(index + 1, None, source.kind, None, None, (failure,), {})


def _together(
    job: Job, rough: Iterable[Rough], failures: Sequence[Failure], reader: Reader, extract: Extract
) -> Iterator[Step]:
    yield Begun("repair")
    try:
        reading = reader.join(rough, failures)
    except Exception:  # noqa: BLE001  (one file must not end the run; the traceback goes to table failures)
        yield failed(job, *failures, _failure(job, "repair", "internal", traceback.format_exc()))
        return
    yield Begun("extract")
    yield assemble(job, reading, extract)


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
        return failed(job, *failures, _failure(job, "extract", "internal", traceback.format_exc()))
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


def _unopened(job: Job, error: Exception) -> Result:
    """Why a file could not be opened. Raises what no other file would escape."""
    if isinstance(error, ComponentMissing):
        raise error
    if isinstance(error, ReadError):
        return failed(job, error.failure(job)._replace(source_path=path_text(job.path)))
    if isinstance(error, Unreadable):
        return failed(job, error.failure._replace(sha256=job.sha256))
    return failed(job, _failure(job, "open", "internal", traceback.format_exc()))


def _failure(job: Job, stage: Stage, category: Category, message: str, page: int | None = None) -> Failure:
    return Failure(path_text(job.path), job.sha256, stage, category, page, message)
