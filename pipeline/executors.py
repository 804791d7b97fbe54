"""Where the work runs: in this process, or in worker processes that can be killed without losing the run.

Both are `concurrent.futures.Executor`s, so that `run` needs nothing but `submit` and `wait`, and a cluster's
executor can take their place.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import queue
import shutil
import signal
import tempfile
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


_LAST_WORDS = "stderr"


class WorkerLost(Exception):
    """The process that did the work is gone; the work may be done again."""


class WorkerDied(WorkerLost):
    """Killed from outside, out of memory, or crashed in native code."""


class WorkerTimeout(WorkerLost):
    """Killed by us: over the wall-clock limit."""


class WorkerError(Exception):
    """The work raised an exception; the message is its traceback in the worker."""


class UnknownExecutor(ValueError):
    """An executor specification that is not known."""


class Inline(Executor):
    """Runs the work at once, in this process: for tests, debugger and profiler. No limit holds here."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (it goes to whoever asks the future)
            future.set_exception(error)
        return future


class _Order(NamedTuple):
    future: Future[Any]
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Processes(Executor):
    """A pool of spawned processes, each served by a thread here and fed one piece of work at a time.

    workers: how many. seconds: wall-clock limit of one piece of work, held by killing the process and all that it
    started. recycle: pieces of work after which a process is replaced, so that memory stays flat.
    A process that dies fails only the work it had in hand (WorkerDied, WorkerTimeout); the pool lives on.
    """

    def __init__(self, workers: int, seconds: float | None = None, recycle: int = 64) -> None:
        if workers < 1:
            raise ValueError(f"at least one worker, not {workers}")
        self._seconds = seconds
        self._recycle = recycle
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._workers: dict[int, _Worker] = {}
        self._guard = threading.Lock()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), name=f"worker-{slot}", daemon=True)
            for slot in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        if self._closed:
            raise RuntimeError("the pool is shut down")
        future: Future[T] = Future()
        self._orders.put(_Order(future, (fn, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """cancel_futures: also kills the processes with the work they have in hand."""
        self._closed = True
        if cancel_futures:
            while True:
                try:
                    order = self._orders.get_nowait()
                except queue.Empty:
                    break
                if order is not None:
                    order.future.cancel()
            with self._guard:
                for worker in self._workers.values():
                    worker.kill()
        for _ in self._threads:
            self._orders.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def _serve(self, slot: int) -> None:
        while (order := self._orders.get()) is not None:
            if not order.future.set_running_or_notify_cancel():
                continue
            try:
                done, value = self._worker(slot).do(order.call, self._seconds)
            except WorkerLost as lost:
                self._drop(slot)
                order.future.set_exception(lost)
            except Exception as error:  # noqa: BLE001  (the work does not pickle, or no process can be started)
                self._drop(slot)
                order.future.set_exception(error)
            else:
                if done:
                    order.future.set_result(value)
                else:
                    order.future.set_exception(value)
            worker = self._workers.get(slot)
            if worker is not None and worker.served >= self._recycle:
                self._drop(slot)
        self._drop(slot)

    def _worker(self, slot: int) -> _Worker:
        with self._guard:
            if self._closed and slot not in self._workers:
                raise WorkerDied("the pool is shut down")
            if slot not in self._workers:
                self._workers[slot] = _Worker()
            return self._workers[slot]

    def _drop(self, slot: int) -> None:
        with self._guard:
            worker = self._workers.pop(slot, None)
        if worker is not None:
            worker.close()


class _Worker:
    """One process, the pipe to it, and its folder for temporary files, which a killed process cannot clear itself."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._folder = tempfile.mkdtemp(prefix="vanban-worker-")
        self._process: SpawnProcess = context.Process(target=_work, args=(theirs, self._folder), daemon=True)
        self._process.start()
        theirs.close()
        self.served = 0

    def do(self, call: object, seconds: float | None) -> tuple[bool, Any]:
        """(True, what the work returned) or (False, what it raised)."""
        self.served += 1
        try:
            self._pipe.send(call)
            if not self._pipe.poll(seconds):
                self.kill()
                raise WorkerTimeout(f"not done after {seconds:g} seconds; the worker was killed")
            answer: tuple[bool, Any] = self._pipe.recv()
        except (EOFError, ConnectionError, OSError) as error:
            self._process.join(5)
            cause = _cause(self._process.exitcode)
            raise WorkerDied(f"the worker process died ({cause})\n{self._last_words()}".rstrip()) from error
        return answer

    def _last_words(self) -> str:
        """The end of what the process wrote to standard error while it did its last work."""
        try:
            return Path(self._folder, _LAST_WORDS).read_text(encoding="utf-8", errors="replace")[-2000:]
        except OSError:  # it died before it had a standard error of its own
            return ""

    def kill(self) -> None:
        """Kills the process and all that it started (it leads a group of its own)."""
        pid = self._process.pid
        if pid is not None and self._process.is_alive():
            try:
                if os.getpgid(pid) == pid:
                    os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # it ended by itself in the meantime
            self._process.kill()

    def close(self) -> None:
        """Ends the process: an idle one leaves when its pipe closes; one that does not is killed."""
        self._pipe.close()
        self._process.join(5)
        self.kill()
        self._process.join()
        self._process.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        name = signal.Signals(-exit_code).name
        return f"{name}: killed from outside, perhaps for want of memory" if name == "SIGKILL" else name
    return f"exit code {exit_code}"


def _work(pipe: Connection, folder: str) -> None:
    """What a worker process does: takes work from the pipe until the parent lets go of it."""
    os.setsid()  # Ctrl-C is the parent's to handle, and a kill reaches Tesseract too
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    # What libraries say of damaged input would spoil the parent's terminal; of a crash it is the last trace.
    words = os.open(Path(folder, _LAST_WORDS), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(words, 2)
    faulthandler.enable(file=words)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one core a worker: Tesseract's own threads slow each other down
    while True:
        try:
            function, args, kwargs = pipe.recv()
        except (EOFError, ConnectionError):
            shutil.rmtree(folder, ignore_errors=True)  # the parent does so too, if it is still there
            return
        os.ftruncate(words, 0)
        try:
            answer: tuple[bool, Any] = (True, function(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (it goes to whoever asks the future)
            error.add_note(traceback.format_exc())
            answer = (False, error)
        try:
            pipe.send(answer)
        except (BrokenPipeError, ConnectionError):
            shutil.rmtree(folder, ignore_errors=True)
            return  # the parent is gone
        except Exception:  # noqa: BLE001  (the answer does not pickle)
            pipe.send((False, WorkerError(traceback.format_exc())))


def make_executor(spec: str, jobs: int | None = None, seconds: float | None = None) -> Executor:
    """The executor that `spec` names: `inline`, `processes` (one a core), `processes:4`.

    jobs: number of workers where the spec gives none. seconds: wall-clock limit of one document.
    Raises UnknownExecutor.
    """
    name, _, count = spec.partition(":")
    if name == "inline" and not count:
        return Inline()
    if name == "processes" and (count == "" or count.isdecimal()):
        workers = int(count) if count else jobs or os.cpu_count() or 1
        if workers < 1:
            raise UnknownExecutor(f"executor {spec!r}: at least one worker")
        if count and jobs and jobs != workers:
            raise UnknownExecutor(f"executor {spec!r} and {jobs} jobs contradict each other: give one of them")
        return Processes(workers, seconds)
    raise UnknownExecutor(f"unknown executor {spec!r}: known are inline, processes, processes:N")
