"""A pool of worker processes that can be killed without losing the run."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Any, NamedTuple, ParamSpec, TypeVar

from pipeline.workers.process import Worker, make_ready, sweep
from pipeline.workers.steps import WorkerDied, WorkerLost

P = ParamSpec("P")
T = TypeVar("T")


class _Order(NamedTuple):
    future: Future[Any]
    call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


class Processes(Executor):
    """Worker processes, each served by a thread here and fed one piece of work at a time.

    workers: how many. memory: bytes that one may hold, None for no limit. recycle: pieces of work after which a process
    is replaced, so that what libraries leak does not pile up. preload: modules that workers need; where the system can
    fork they are imported once for all, beginning now.

    A process over the memory limit or over a limit of its `Steps` is killed with all that it started. One that dies fails
    only the work that it had in hand (WorkerDied, WorkerTimeout, WorkerTooLarge); the pool lives on.
    """

    def __init__(
        self, workers: int, *, memory: int | None = None, recycle: int = 64, preload: Sequence[str] = ()
    ) -> None:
        if workers < 1:
            raise ValueError(f"at least one worker, not {workers}")
        self.slots = workers
        self._memory = memory
        self._recycle = recycle
        self._preload = tuple(preload)
        self._orders: queue.SimpleQueue[_Order | None] = queue.SimpleQueue()
        self._workers: dict[int, Worker] = {}
        self._guard = threading.Lock()
        self._closed = False
        sweep()
        make_ready(self._preload)
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
                done, value = self._worker(slot).do(order.call, self._memory)
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

    def _worker(self, slot: int) -> Worker:
        with self._guard:
            if self._closed and slot not in self._workers:
                raise WorkerDied("the pool is shut down")
            if slot not in self._workers:
                self._workers[slot] = Worker(self._preload)
            return self._workers[slot]

    def _drop(self, slot: int) -> None:
        with self._guard:
            worker = self._workers.pop(slot, None)
        if worker is not None:
            worker.close()
