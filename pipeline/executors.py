"""Where the work runs: in this process, in worker processes, on a cluster.

What `run` asks of an executor (the protocol; `pipeline/schedule.py` is the only caller):

- It is a `concurrent.futures.Executor`: `submit(fn, *args) -> Future`, `shutdown(wait, cancel_futures=)`. `fn`, its
  arguments, values and exceptions pickle.
- `slots`, an int attribute: how many pieces of work it runs at a time. Twice as many are handed out at most, so that
  whatever comes back is small enough to hold. It may change while it runs. Without it, 1 is assumed.
- `carries`, true where the work runs on machines that may not have the files: reading gets the bytes with the job.
- `fn` is a `Steps` (pipeline/workers/steps.py): a callable that returns the list of its steps and says how many seconds
  a step and the whole may take. An executor may simply call it. One that runs `fn` in a process that it can kill should
  hold the limits by killing: hand the call to a pool of `Processes(1)` beside the place where the work runs
  (`guarded` does so, and goes to any machine as a function).
- Work that lost its process fails with a `WorkerLost` (which carries the steps that were done) or, where the executor
  knows nothing of that, with a `concurrent.futures.BrokenExecutor`. Both are tried once more, alone; all other
  exceptions are taken for faults of the work itself.
- Two calls on the same document may run at the same time, on different machines, in any order.

Sizes: the arguments of a piece are the job (and its bytes, where it carries them); for `join` and `extract` all pages of
the document as they were read, some 10 to 100 kB a page.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import cache
from typing import Any, ParamSpec, TypeVar

from pipeline.errors import ComponentMissing
from pipeline.workers.pool import Processes
from pipeline.workers.steps import Steps

P = ParamSpec("P")
T = TypeVar("T")
WARM = ("pipeline.workers.warm",)
MEMORY = 2 << 30
"""Bytes that a worker may hold. A page of as many pixels as we allow takes 1.5 GB while it is cleaned."""


class UnknownExecutor(ValueError):
    """An executor specification that is not known."""


class Inline(Executor):
    """Runs the work at once, in this process: for tests, debugger and profiler.

    Nothing can be killed here: a page that hangs hangs the run, and there is no memory limit. The limit of a document is
    looked at between its pages.
    """

    slots = 1

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (it goes to whoever asks the future)
            future.set_exception(error)
        return future


def cores() -> int:
    """Cores that this process may use."""
    if not sys.platform.startswith("linux"):
        return os.cpu_count() or 1
    return len(os.sched_getaffinity(0))  # a container or a batch system may allow fewer than there are


@cache
def _own_worker(memory: int | None) -> Processes:
    pool = Processes(1, memory=memory, preload=WARM)
    atexit.register(pool.shutdown, cancel_futures=True)
    return pool


def guarded(steps: Steps, *args: Any, memory: int | None = MEMORY) -> list[Any]:
    """`steps(*args)` in a worker process of this process's own, with all limits held by killing it.

    For executors that run functions on other machines: submit `guarded` with the steps as its first argument. Raises
    WorkerLost, which pickles, and what the work raises.
    """
    return _own_worker(memory).submit(steps, *args).result()


def make_executor(spec: str, jobs: int | None = None, memory: int | None = MEMORY) -> Executor:
    """The executor that `spec` names: `inline`, `processes` (one a core), `processes:4`, `dask:tcp://HOST:8786`.

    jobs: number of workers where the spec gives none. memory: bytes that a worker process may hold.
    Raises UnknownExecutor, ComponentMissing.
    """
    name, _, count = spec.partition(":")
    if name == "dask" and count:
        return _cluster(count)
    if name == "inline" and not count:
        return Inline()
    if name == "processes" and (count == "" or count.isdecimal()):
        workers = int(count) if count else jobs or cores()
        if workers < 1:
            raise UnknownExecutor(f"executor {spec!r}: at least one worker")
        if count and jobs and jobs != workers:
            raise UnknownExecutor(f"executor {spec!r} and {jobs} jobs contradict each other: give one of them")
        return Processes(workers, memory=memory, preload=WARM)
    raise UnknownExecutor(f"unknown executor {spec!r}: known are inline, processes, processes:N, dask:tcp://HOST:PORT")


def _cluster(address: str) -> Executor:
    try:
        from pipeline.cluster import Cluster
    except ImportError:
        raise ComponentMissing("Dask", "pip install distributed") from None
    return Cluster(address)
