"""A run: files in, rows out. Finds what is new, has it read, files what comes back."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from pipeline.database.publish import WorkFile
from pipeline.database.recall import Stored
from pipeline.database.rows import Rows, path_text, rows_of
from pipeline.database.store import Entry, Outcome, Store, Unit
from pipeline.errors import ComponentMissing
from pipeline.find import Inputs, Unreadable, fingerprint, suffix_of
from pipeline.summary import Progress, Summary
from pipeline.workers.steps import WorkerLost, WorkerTimeout
from schemas.result import Category, Failure, Job, Result, Stage

DOC_ID_DIGITS = 16  # 64 bits: among ten million files, two alike by chance once in 370,000 collections
_BATCH = 256  # documents in one transaction
_BATCH_PAGES = 512  # or pages, so that memory stays flat
_HEARTBEAT = 0.5  # seconds between looks at `stop`
_WINDOW = 64  # documents handed out at a time, so that memory stays flat


@dataclass(frozen=True)
class Work:
    """What is done with a document. Both functions go to workers, so they pickle.

    read: the file, read and extracted. extract: the record anew from stored pages. read_key, rules_key: how, in short;
    where neither has changed since the last run there is nothing to do.
    """

    read: Callable[[Job], Result]
    extract: Callable[[Job, Stored], Result]
    read_key: str
    rules_key: str


@dataclass(frozen=True)
class _Task:
    job: Job
    unit: Unit
    paths: tuple[Path, ...]
    stored: Stored | None  # pages of an earlier run: only the rules are new


def run(
    inputs: Inputs,
    db: Path,
    work: Work,
    executor: Executor,
    *,
    executor_name: str = "inline",
    force: bool = False,
    tell: Callable[[Progress], None] = lambda progress: None,
    stop: Event | None = None,
    patience: float = 10.0,
) -> Summary:
    """Brings the database up to date with the inputs and publishes it.

    force: reads everything anew. stop: set from a signal handler, ends the run early; what is done is stored and
    published, and the summary says `interrupted`. patience: seconds after which what is done is stored, however little;
    so much a run that is killed has to do again.
    Raises StoreError where the database cannot be used, ComponentMissing where the machine lacks something.
    """
    started = time.perf_counter()
    with WorkFile(db) as target:
        store = Store(target.path)
        try:
            run_id = store.start_run(
                datetime.now(UTC).replace(tzinfo=None).isoformat(), executor_name, work.read_key, work.rules_key
            )
            current = _Run(store, work, executor, force, tell, stop or Event(), patience)
            summary = current.go(inputs)
            summary.seconds = round(time.perf_counter() - started, 3)
            store.finish_run(run_id, _run_values(summary))
        finally:
            store.close()
        target.publish()
    return summary


def _run_values(summary: Summary) -> dict[str, object]:
    counts = {name: getattr(summary, name) for name in ("files", "done", "unchanged", "partial", "failed", "pages")}
    return {
        **counts,
        "status": "interrupted" if summary.interrupted else "finished",
        "finished_at": datetime.now(UTC).replace(tzinfo=None),
        "seconds": summary.seconds,
        "timings": json.dumps({name: round(value, 3) for name, value in sorted(summary.timings.items())}),
    }


def _failed(job: Job, stage: Stage, category: Category, message: str) -> Result:
    failure = Failure(path_text(job.path), job.sha256, stage, category, None, message)
    return Result(job=job, status="failed", failures=(failure,))


class _Run:
    """One run in progress."""

    def __init__(
        self,
        store: Store,
        work: Work,
        executor: Executor,
        force: bool,
        tell: Callable[[Progress], None],
        stop: Event,
        patience: float,
    ) -> None:
        self._store = store
        self._work = work
        self._executor = executor
        self._force = force
        self._tell = tell
        self._stop = stop
        self._patience = patience
        self._summary = Summary()
        self._total = 0
        self._ready: list[Outcome] = []
        self._ready_pages = 0
        self._left: list[tuple[str, tuple[Path, ...]]] = []
        self._stored_at = time.monotonic()
        self._suspects: list[_Task] = []

    def go(self, inputs: Inputs) -> Summary:
        self._summary.files = len(inputs.files)
        try:
            units = self._take_fingerprints(inputs)
            self._submit_all(self._due(units))
            for suspect in self._suspects:
                self._retry(suspect)
        except ComponentMissing:
            self._executor.shutdown(wait=False, cancel_futures=True)
            raise
        finally:
            self._flush()
            self._store.leave(self._left)
        if self._stop.is_set():
            self._executor.shutdown(wait=False, cancel_futures=True)
            self._summary.interrupted |= self._summary.settled < self._total
        return self._summary

    def _take_fingerprints(self, inputs: Inputs) -> dict[Unit, tuple[Job, list[Path]]]:
        units: dict[Unit, tuple[Job, list[Path]]] = {}
        lost = [
            Failure(name, None, "find", "missing", None, "no such file or folder, and no file fits the pattern")
            for name in inputs.missing
        ]
        for path in inputs.files:
            if self._stop.is_set():
                self._summary.interrupted = True
                break
            try:
                sha256 = fingerprint(path)
            except Unreadable as error:
                lost.append(error.failure)
                continue
            unit = Unit(sha256[:DOC_ID_DIGITS], suffix_of(path))
            units.setdefault(unit, (Job(path, unit.doc_id, sha256), []))[1].append(path)
        self._total = len(units) + len(lost)
        if lost:
            self._store.fail(lost)
        for failure in lost:
            self._summary.failed += 1
            self._report((failure,))
        return units

    def _due(self, units: dict[Unit, tuple[Job, list[Path]]]) -> Iterator[_Task]:
        """What is to be done; what is not is counted as unchanged."""
        ledger = {} if self._force else self._store.ledger()
        rules_only: list[_Task] = []
        for unit, (job, paths) in units.items():
            entry = ledger.get(unit)
            task = _Task(job, unit, tuple(paths), None)
            if entry is None or entry.read_key != self._work.read_key or entry.status == "failed" or entry.retry:
                yield task
            elif entry.rules_key != self._work.rules_key:
                rules_only.append(task)
            else:
                self._leave(task, entry)
        for start in range(0, len(rules_only), _WINDOW):
            tasks = rules_only[start : start + _WINDOW]
            stored = self._store.readings([task.unit.doc_id for task in tasks])
            for task in tasks:
                yield replace(task, stored=stored.get(task.unit.doc_id))

    def _leave(self, task: _Task, entry: Entry) -> None:
        self._left.append((task.unit.doc_id, task.paths))
        if entry.status == "partial":  # the same pages would fail again; table failures still names them
            self._summary.partial += 1
        else:
            self._summary.unchanged += 1
        self._summary.doc_ids.append(task.unit.doc_id)
        self._report(())

    def _submit(self, task: _Task) -> Future[Result]:
        if task.stored is not None:
            return self._executor.submit(self._work.extract, task.job, task.stored)
        return self._executor.submit(self._work.read, task.job)

    def _submit_all(self, tasks: Iterator[_Task]) -> None:
        pending: dict[Future[Result], _Task] = {}
        for task in tasks:
            if self._stop.is_set():
                return
            pending[self._submit(task)] = task
            self._collect(pending, room=_WINDOW - 1)
        self._collect(pending, room=0)

    def _collect(self, pending: dict[Future[Result], _Task], room: int) -> None:
        """Files what is finished, waiting until no more than `room` are pending (or the run is to stop)."""
        while pending:
            enough = len(pending) <= room
            finished, _ = wait(pending, timeout=0 if enough else _HEARTBEAT, return_when=FIRST_COMPLETED)
            for future in finished:
                task = pending.pop(future)
                result = self._result(task, future, last=False)
                if result is None:
                    self._suspects.append(task)
                else:
                    self._file(task, result)
            if enough or self._stop.is_set():
                return

    def _retry(self, suspect: _Task) -> None:
        """Does once more, with nothing beside it, what lost its worker."""
        future = self._submit(suspect)
        while not self._stop.is_set():
            if wait([future], timeout=_HEARTBEAT).done:
                result = self._result(suspect, future, last=True)
                if result is not None:
                    self._file(suspect, result)
                return

    def _result(self, task: _Task, future: Future[Result], *, last: bool) -> Result | None:
        """What came of a task; None where its worker was lost and it deserves another go."""
        category: Category = "internal"
        try:
            return future.result()
        except ComponentMissing:
            raise
        except (WorkerLost, BrokenExecutor) as lost:
            if not last:
                return None
            category = "timeout" if isinstance(lost, WorkerTimeout) else "crashed"
            what, _, trace = str(lost).partition("\n")
            message = f"{what}; it was tried twice\n{trace}".rstrip()
        except Exception as error:  # noqa: BLE001  (one file must not end the run; table failures names the error)
            message = "".join(traceback.format_exception(error))
        return _failed(task.job, "extract" if task.stored is not None else "read", category, message)

    def _file(self, task: _Task, result: Result) -> None:
        rows: Rows = {}
        if result.status != "failed":
            try:
                rows = rows_of(result)
            except Exception:  # noqa: BLE001  (as above)
                result = _failed(task.job, "store", "internal", traceback.format_exc())
        summary = self._summary
        if result.status == "failed":
            summary.failed += 1
        else:
            summary.pages += len(result.pages) if task.stored is None else 0
            summary.doc_ids.append(task.unit.doc_id)
            if result.status == "done":
                summary.done += 1
            else:
                summary.partial += 1
        for name, seconds in result.timings.items():
            summary.timings[name] = summary.timings.get(name, 0.0) + seconds
        light = replace(result, pages=(), record=None)  # the rows say it all
        self._ready.append(
            Outcome(light, rows, task.unit.suffix, task.paths, self._work.read_key, self._work.rules_key)
        )
        self._ready_pages += len(result.pages)
        self._report(result.failures)
        late = time.monotonic() - self._stored_at > self._patience
        if late or len(self._ready) >= _BATCH or self._ready_pages >= _BATCH_PAGES:
            self._flush()

    def _flush(self) -> None:
        if self._ready:
            self._store.replace(self._ready)
            self._ready, self._ready_pages = [], 0
        self._stored_at = time.monotonic()

    def _report(self, failures: tuple[Failure, ...]) -> None:
        self._tell(Progress(self._total, self._summary, failures))
