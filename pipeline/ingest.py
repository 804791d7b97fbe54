"""The commands' way into the pipeline: one file, or a whole run with the real reading and the real rules."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from types import FrameType
from typing import Any

from extractors import RULES_VERSION
from pipeline.database.schema import SCHEMA_VERSION
from pipeline.executors import make_executor
from pipeline.find import Inputs, Unreadable, fingerprint
from pipeline.process import SPAN, begin, failed, join, keep, process, read_span, reassemble
from pipeline.run import DOC_ID_DIGITS, Scope, run
from pipeline.schedule import LIMITS, Limits, Work
from pipeline.settings import ReadSettings
from pipeline.summary import Progress, Summary
from schemas.record import Record
from schemas.result import Job, Result


def ingest(
    inputs: Inputs,
    db: Path,
    executor: str = "processes",
    jobs: int | None = None,
    limits: Limits = LIMITS,
    *,
    scope: Scope = "new",
    tell: Callable[[Progress], None] = lambda progress: None,
    roots: tuple[bytes, ...] = (),
    engine: str = "auto",
) -> Summary:
    """Reads the inputs into the database. Arguments as of the command `ingest`; limits: of time; roots: certificates (DER)
    by which digital signatures are trusted; engine: what reads page pictures.

    Raises ComponentMissing, StoreError, UnknownExecutor. Ctrl-C and SIGTERM end it early and cleanly.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one core a worker: Tesseract's own threads slow each other down
    pool = make_executor(executor, jobs)  # first: its processes load what they need while we look at the files
    try:
        settings = ReadSettings(trust_roots=roots, engine=engine)
        work = Work(
            partial(begin, settings=settings),
            partial(read_span, settings=settings),
            join,
            keep,
            reassemble,
            settings.fingerprint(),
            f"{RULES_VERSION} tables {SCHEMA_VERSION}",
            SPAN,
        )
        with stopping() as stop:
            return run(inputs, db, work, pool, executor_name=executor, limits=limits, scope=scope, tell=tell, stop=stop)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def stopping() -> Iterator[Event]:
    """An event that the first Ctrl-C or SIGTERM sets; the second ends the program at once."""
    stop = Event()
    before: dict[int, Any] = {}

    def heard(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[number] or signal.SIG_DFL)

    for number in (int(signal.SIGINT), int(signal.SIGTERM)):
        before[number] = signal.getsignal(number)
        signal.signal(number, heard)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def process_file(path: Path, roots: tuple[bytes, ...] = (), engine: str = "auto") -> Result:
    """One file, read and extracted in this process. Raises ComponentMissing."""
    path = Path(os.path.abspath(path))
    try:
        sha256 = fingerprint(path)
    except Unreadable as error:
        return failed(Job(path, "", ""), error.failure)
    return process(Job(path, sha256[:DOC_ID_DIGITS], sha256), ReadSettings(trust_roots=roots, engine=engine))


def record_json(result: Result) -> dict[str, Any]:
    """The record as the contract writes it; what is rare (also, as_printed) stands only where there is something."""
    record = result.record or Record()
    data = record.model_dump(mode="json")
    for part in (*data["legal_bases"], *data["citations"]):
        for name in ("also", "as_printed"):
            if part.get(name, ...) is None:
                del part[name]
    return data
