"""Which piece of which document is handed out next, and what becomes of pieces that lose their worker.

Pieces of documents that are begun come first, so that few documents are open at a time. A piece that lost its worker keeps
the steps that it had done; the page in hand is tried once more, with nothing beside it, and what follows goes on.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any, Literal, NamedTuple

from pipeline.database.recall import Stored
from pipeline.database.rows import path_text
from pipeline.database.store import Unit
from pipeline.errors import ComponentMissing
from pipeline.find import carried
from pipeline.pieces import Begun, Opened, PageRead, Step
from pipeline.workers.steps import Steps, WorkerLost, WorkerTimeout, WorkerTooLarge
from schemas.result import Category, Failure, Job, Result, Stage

_HEARTBEAT = 0.5  # seconds between looks at `stop`
_AHEAD = 2  # pieces handed out for every place where one can run
_SHORT_SPAN = 2  # pages for which a file is worth opening; where its bytes travel with the work, only a whole span is
_MOST_SUSPECTS = 16  # pieces that wait to be tried alone before all else waits for them


class Limits(NamedTuple):
    """Seconds. page: one page, or opening the file. document: reading all of it, and again all that comes after.

    Held by killing the worker. Where nothing can be killed (inline) a page has no limit, and that of the document is looked
    at between two of its pages.
    """

    page: float | None = 300.0
    document: float | None = 1800.0


LIMITS = Limits()


@dataclass(frozen=True)
class Work:
    """What is done with a document. The functions go to workers, so they pickle; pipeline/process.py has the real ones.

    begin, read_span: reading. join: what was read, put together; keep: the same, as it is, where `join` is not to be had.
    extract: the record anew from stored pages. read_key, rules_key: how, in short; where neither has changed since the last run there is nothing to do.
    span: pages that `begin` does with at once, and `read_span` is asked for.
    """

    begin: Callable[[Job], Iterator[Step]]
    read_span: Callable[[Job, int, int], Iterator[Step]]
    join: Callable[[Job, Sequence[PageRead], Sequence[Failure]], Iterator[Step]]
    keep: Callable[[Job, Sequence[PageRead], Sequence[Failure]], Iterator[Step]]
    extract: Callable[[Job, Stored], Iterator[Step]]
    read_key: str
    rules_key: str
    span: int = 8


class Task(NamedTuple):
    """A document to do.

    paths: where its bytes stand. stored: its pages of an earlier run, where only the rules are new. loaded: whether the
    database has good rows of it.
    """

    job: Job
    unit: Unit
    paths: tuple[Path, ...]
    stored: Stored | None
    loaded: bool


@dataclass
class _Document:
    """A document that is begun. out: pieces of it that are not settled. spent: seconds of reading. late: over its limit."""

    task: Task
    pages: int | None = None
    read: dict[int, PageRead] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    out: int = 0
    spent: float = 0.0
    late: bool = False

    def fail(self, stage: Stage, category: Category, message: str, page: int | None = None) -> None:
        job = self.task.job
        self.failures.append(Failure(path_text(job.path), job.sha256, stage, category, page, message))

    def failed(self) -> Result:
        return Result(job=self.task.job, status="failed", failures=tuple(self.failures))


Kind = Literal["begin", "read_span", "join", "keep", "extract"]
READING: tuple[Kind, ...] = ("begin", "read_span")


class _Piece(NamedTuple):
    """kind: the function of `Work`. first, last: pages of a span. again: its worker was lost once."""

    document: _Document
    kind: Kind
    first: int = 0
    last: int = 0
    again: bool = False


class Schedule:
    """Work on many documents through one executor."""

    def __init__(self, work: Work, executor: Executor, limits: Limits, stop: Event) -> None:
        self._work = work
        self._executor = executor
        self._limits = limits
        self._stop = stop
        self._ready: deque[_Piece] = deque()
        self._suspects: deque[_Piece] = deque()

    def results(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, Result]]:
        """What came of each document, as they are done. Ends early where `stop` is set. Raises ComponentMissing."""
        pending: dict[Future[list[Step]], _Piece] = {}
        while not self._stop.is_set():
            while (piece := self._next(tasks, list(pending.values()))) is not None:
                future = self._submit(piece)
                if future is None:  # the document has no time left
                    yield from self._settle(piece.document)
                else:
                    pending[future] = piece
            if not pending:
                return
            for future in wait(pending, timeout=_HEARTBEAT, return_when=FIRST_COMPLETED).done:
                yield from self._take(pending.pop(future), future)

    def _next(self, tasks: Iterator[Task], pending: Sequence[_Piece]) -> _Piece | None:
        """What to hand out now; None where something has to come back first, or nothing is left."""
        if any(piece.again for piece in pending) or len(pending) >= _AHEAD * getattr(self._executor, "slots", 1):
            return None
        if len(self._suspects) < _MOST_SUSPECTS:
            if self._ready:
                return self._ready.popleft()
            task = next(tasks, None)
            if task is not None:
                document = _Document(task, out=1)
                return _Piece(document, "begin" if task.stored is None else "extract")
        return self._suspects.popleft() if self._suspects and not pending else None

    def _submit(self, piece: _Piece) -> Future[list[Step]] | None:
        document, (page, whole) = piece.document, self._limits
        carry = piece.kind in READING and getattr(self._executor, "carries", False)
        arguments: tuple[Any, ...] = (carried(document.task.job) if carry else document.task.job,)
        if piece.kind in ("join", "keep"):
            read = tuple(document.read[number] for number in sorted(document.read))
            arguments = (*arguments, read, tuple(document.failures))
        elif piece.kind == "extract":
            arguments = (*arguments, document.task.stored)
        elif piece.kind == "read_span":
            arguments = (*arguments, piece.first, piece.last)
        if piece.kind not in READING:
            page = None
        elif whole is not None:
            whole -= document.spent
            if whole <= 0:
                document.out -= 1
                document.late = True
                return None
        return self._executor.submit(Steps(getattr(self._work, piece.kind), page, whole), *arguments)

    def _add(self, document: _Document, first: int, last: int) -> None:
        """Spans of pages to be read, the last ones short: then all workers are done at about the same time."""
        least = self._work.span if getattr(self._executor, "carries", False) else min(_SHORT_SPAN, self._work.span)
        slots = getattr(self._executor, "slots", 1)
        while first <= last:
            share = -(-(last - first + 1) // slots)
            end = min(last, first + max(least, min(share, self._work.span)) - 1)
            document.out += 1
            self._ready.append(_Piece(document, "read_span", first, end))
            first = end + 1

    def _take(self, piece: _Piece, future: Future[list[Step]]) -> Iterator[tuple[Task, Result]]:
        """Files what came back of a piece."""
        document = piece.document
        document.out -= 1
        try:
            steps, lost = future.result(), None
        except ComponentMissing:
            raise
        except WorkerLost as error:
            steps, lost = error.kept, error
        except BrokenExecutor as error:
            steps, lost = [], WorkerLost(str(error) or type(error).__name__)
        except Exception as error:  # noqa: BLE001  (one file must not end the run; table failures names the error)
            document.fail(_stage(piece), "internal", "".join(traceback.format_exception(error)))
            steps, lost = [], None
            if piece.kind != "read_span":
                yield document.task, document.failed()
                return
        result = self._keep(document, steps)
        if result is not None and piece.kind != "read_span":
            yield document.task, result
            return
        if result is not None:
            document.failures += [failure for failure in result.failures if failure not in document.failures]
        elif lost is not None:
            document.spent += max(0.0, lost.spent - sum(step.seconds for step in steps if isinstance(step, PageRead)))
            self._lost(piece, steps, lost)
        elif piece.kind == "begin" and document.pages:
            self._add(document, 1, document.pages)
        yield from self._settle(document)

    def _keep(self, document: _Document, steps: Sequence[Step]) -> Result | None:
        """Notes the steps; the Result among them, if there is one."""
        for step in steps:
            if isinstance(step, Opened) and document.pages is None:
                document.pages = step.pages
                document.failures += step.failures
            elif isinstance(step, PageRead):
                document.read[step.number] = step
                document.spent += step.seconds
            elif isinstance(step, Result):
                return step
        return None

    def _settle(self, document: _Document) -> Iterator[tuple[Task, Result]]:
        """Once no page is out any more, all of them are put together."""
        if document.out:
            return
        if document.late:
            known = {failure.page for failure in document.failures}
            missing = [n for n in range(1, (document.pages or 0) + 1) if n not in document.read and n not in known]
            what = (
                f"{len(missing)} of its {document.pages} pages were not read" if document.pages else "it was not opened"
            )
            message = f"the document took longer than the limit of {self._limits.document:g} seconds: {what}"
            document.fail("read" if document.pages else "open", "timeout", message)
        if document.read:
            document.out += 1
            self._ready.append(_Piece(document, "join"))
        else:
            yield document.task, document.failed()

    def _lost(self, piece: _Piece, steps: Sequence[Step], lost: WorkerLost) -> None:
        """The worker is gone: what it had in hand is tried once more, alone, and what it had not begun goes on."""
        document = piece.document
        begun = [step.stage for step in steps if isinstance(step, Begun)]
        if begun or piece.kind not in READING:
            whole = piece._replace(kind="join") if piece.kind in READING else piece
            self._again(whole, begun[-1] if begun else _stage(piece), lost)
        elif isinstance(lost, WorkerTimeout) and lost.whole:
            document.late = True
        elif document.pages is None:
            self._again(piece, "open", lost)
        else:
            last = document.pages if piece.kind == "begin" else piece.last
            page = next((number for number in range(piece.first or 1, last + 1) if number not in document.read), None)
            if page is None:  # it died when all its pages were there
                return
            self._again(_Piece(document, "read_span", page, page, piece.again), "read", lost, page)
            self._add(document, page + 1, last)

    def _again(self, piece: _Piece, stage: Stage, lost: WorkerLost, page: int | None = None) -> None:
        """Once more; a piece that was tried twice is given up, and what was read before it is kept."""
        document = piece.document
        if not piece.again:
            document.out += 1
            self._suspects.append(piece._replace(again=True))
            return
        what, _, trace = str(lost).partition("\n")
        document.fail(stage, _category(lost), f"{what}; it was tried twice\n{trace}".rstrip(), page)
        if piece.kind == "join" and not document.task.loaded:
            document.out += 1
            self._ready.append(_Piece(document, "keep", again=True))
        elif piece.kind not in READING:
            document.read.clear()


def _stage(piece: _Piece) -> Stage:
    return "read" if piece.kind in READING else "extract" if piece.kind == "extract" else "repair"


def _category(lost: WorkerLost) -> Category:
    if isinstance(lost, WorkerTimeout):
        return "timeout"
    return "too_large" if isinstance(lost, WorkerTooLarge) else "crashed"
