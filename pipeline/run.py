"""A run: files in, rows out. Finds what is new, has it read, files what comes back."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Literal

from pipeline.database.publish import WorkFile
from pipeline.database.rows import path_text
from pipeline.database.store import Entry, Outcome, Store, Unit
from pipeline.errors import ComponentMissing
from pipeline.filing import filed, in_rows
from pipeline.find import Inputs, Unreadable, fingerprint, suffix_of
from pipeline.schedule import LIMITS, Limits, Schedule, Task, Work
from pipeline.summary import Progress, Summary
from schemas.result import Failure, Job, Result

Scope = Literal["new", "failed", "all"]
"""What a run reads of what it is given: what is new or has changed; also what failed before; everything."""
DOC_ID_DIGITS = 16  # 64 bits: among ten million files, two alike by chance once in 370,000 collections
_BATCH = 256  # documents in one transaction
_BATCH_PAGES = 512  # or pages, so that memory stays flat
_WINDOW = 64  # documents whose stored pages are fetched at a time, so that memory stays flat


def run(
    inputs: Inputs,
    db: Path,
    work: Work,
    executor: Executor,
    *,
    executor_name: str = "inline",
    limits: Limits = LIMITS,
    scope: Scope = "new",
    tell: Callable[[Progress], None] = lambda progress: None,
    stop: Event | None = None,
    patience: float = 10.0,
) -> Summary:
    """Brings the database up to date with the inputs and publishes it.

    limits: of time. scope: what is read. stop: set from a signal handler, ends the run early; what is done is stored and
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
            current = _Run(store, work, executor, limits, scope, tell, stop or Event(), patience)
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


class _Run:
    """One run in progress."""

    def __init__(
        self,
        store: Store,
        work: Work,
        executor: Executor,
        limits: Limits,
        scope: Scope,
        tell: Callable[[Progress], None],
        stop: Event,
        patience: float,
    ) -> None:
        self._store = store
        self._work = work
        self._executor = executor
        self._limits = limits
        self._scope = scope
        self._tell = tell
        self._stop = stop
        self._patience = patience
        self._summary = Summary()
        self._total = 0
        self._ready: list[Outcome] = []
        self._ready_pages = 0
        self._left: list[tuple[str, tuple[Path, ...]]] = []
        self._stored_at = time.monotonic()

    def go(self, inputs: Inputs) -> Summary:
        self._summary.files = len(inputs.files)
        try:
            units = self._take_fingerprints(inputs)
            schedule = Schedule(in_rows(self._work), self._executor, self._limits, self._stop)
            for task, result in schedule.results(self._due(units)):
                self._file(task, result)
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
        known = self._store.remembered(inputs.versions)
        fetched: dict[Path, tuple[str, str]] = {}
        for path in inputs.files:
            if self._stop.is_set():
                self._summary.interrupted = True
                break
            try:
                sha256 = known.get(path) or fingerprint(path)
            except Unreadable as error:
                lost.append(error.failure)
                continue
            if path in inputs.versions and path not in known:
                fetched[path] = (inputs.versions[path], sha256)
            unit = Unit(sha256[:DOC_ID_DIGITS], suffix_of(path))
            units.setdefault(unit, (Job(path, unit.doc_id, sha256), []))[1].append(path)
        self._store.remember(fetched)
        self._total = len(units) + len(lost)
        if lost:
            self._store.fail(lost)
        for failure in lost:
            self._summary.failed += 1
            self._report((failure,))
        return units

    def _due(self, units: dict[Unit, tuple[Job, list[Path]]]) -> Iterator[Task]:
        """What is to be done; what is not is counted as unchanged."""
        ledger = {} if self._scope == "all" else self._store.ledger()
        told = self._store.failed_paths()
        rules_only: list[Task] = []
        for unit, (job, paths) in units.items():
            entry = ledger.get(unit)
            task = Task(job, unit, tuple(paths), None, entry is not None and entry.status != "failed")
            if (
                entry is None
                or entry.read_key != self._work.read_key
                or entry.retry
                or entry.status != "done"
                and self._scope == "failed"
            ):
                yield task
            elif entry.status == "failed":
                if told.issuperset((job.sha256, path_text(path)) for path in paths):
                    self._leave(task, entry)
                else:  # the same broken bytes in another place: table failures names every place
                    yield task
            elif entry.rules_key != self._work.rules_key:
                rules_only.append(task)
            else:
                self._leave(task, entry)
        for start in range(0, len(rules_only), _WINDOW):
            tasks = rules_only[start : start + _WINDOW]
            stored = self._store.readings([task.unit.doc_id for task in tasks])
            for task in tasks:
                yield task._replace(stored=stored.get(task.unit.doc_id))

    def _leave(self, task: Task, entry: Entry) -> None:
        """Counts what would end as it did before; where pages failed, table failures still names them."""
        if entry.status == "failed":
            self._summary.failed += 1
        else:
            self._left.append((task.unit.doc_id, task.paths))
            self._summary.doc_ids.append(task.unit.doc_id)
            if entry.status == "partial":
                self._summary.partial += 1
            else:
                self._summary.unchanged += 1
        self._report(())

    def _file(self, task: Task, done: Result) -> None:
        result = filed(done)
        summary = self._summary
        if result.status == "failed":
            summary.failed += 1
        else:
            summary.pages += result.page_count if task.stored is None else 0
            summary.doc_ids.append(task.unit.doc_id)
            if result.status == "done":
                summary.done += 1
            else:
                summary.partial += 1
        for name, seconds in result.timings.items():
            summary.timings[name] = summary.timings.get(name, 0.0) + seconds
        self._ready.append(
            Outcome(result, result.rows, task.unit.suffix, task.paths, self._work.read_key, self._work.rules_key)
        )
        self._ready_pages += result.page_count
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
