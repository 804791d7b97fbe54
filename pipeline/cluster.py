"""Work on the machines of a Dask cluster (extra `dask`): the same functions, sent there with the bytes of the file.

Dask workers have the same version of this program installed, run one thread each and no nanny (a nanny's children may start
no process): `dask worker tcp://HOST:8786 --nthreads 1 --no-nanny`. Beside each of them the work runs in a process that can be
killed, so that the limits hold there as here. Whoever reaches a scheduler can run any code on its workers: docs/scale-out.md.
"""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future
from functools import partial
from typing import Any, ParamSpec, TypeVar

from distributed import Client
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from extractors import RULES_VERSION
from pipeline.executors import UnknownExecutor, guarded
from pipeline.settings import ReadSettings
from pipeline.workers.steps import Steps, WorkerDied

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 30.0  # seconds until the scheduler must answer and a worker be there


class Cluster(Executor):
    """A cluster as an executor. Work of a worker that is lost is done by another one.

    address: of the scheduler, tcp://HOST:PORT or tls://HOST:PORT.
    Raises UnknownExecutor where there is no scheduler, no worker, or one with another version of the program.
    """

    carries = True
    """The workers may not have the files: `pipeline/schedule.py` sends the bytes along."""

    def __init__(self, address: str) -> None:
        warnings.filterwarnings("ignore", message="Sending large graph")  # a paper's bytes are meant to go along
        try:
            self._client = Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise UnknownExecutor(f"no Dask scheduler answers at {address}: {error}") from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
            self._check()
        except TimeoutError:
            self._client.close()
            raise UnknownExecutor(f"the Dask scheduler at {address} has no worker; start: {HOW}") from None
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)

    def _check(self) -> None:
        here = _fingerprint()
        found: dict[str, Any] = self._client.run(_fingerprint, on_error="return")
        wrong = {name: key for name, key in found.items() if key != here}
        if wrong:
            name, key = min(wrong.items(), key=lambda item: item[0])
            raise UnknownExecutor(
                f"{len(wrong)} of {len(found)} Dask workers do not work as this machine does; "
                f"install the same version there. {name}: {key!r}; here: {here!r}"
            )

    @property
    def slots(self) -> int:
        """Workers that are there now, one thread each; at least 1, so that a run waits for new ones."""
        return max(1, len(self._client.nthreads()))

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        # packed, so that Dask does not look for work of its own in thousands of words
        there = self._executor.submit(_answer, pickle.dumps((fn, args, kwargs)))
        here: Future[T] = Future()
        here.set_running_or_notify_cancel()
        there.add_done_callback(partial(_pass_on, here))
        return here

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Lets go of the cluster; its workers stay."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        self._client.close()


HOW = "dask worker tcp://HOST:8786 --nthreads 1 --no-nanny"


def _answer(packed: bytes) -> Any:
    """On a worker: the call, in a process of its own that can be killed."""
    fn, args, kwargs = pickle.loads(packed)  # noqa: S301  (whoever reaches a Dask worker can run anything anyway)
    return guarded(fn, *args) if isinstance(fn, Steps) else fn(*args, **kwargs)


def _fingerprint() -> str:
    """How this machine reads and extracts; of a worker also that it may start processes."""
    import multiprocessing

    if multiprocessing.current_process().daemon:
        return f"it runs under a nanny and can start no process; start it so: {HOW}"
    return f"{ReadSettings().fingerprint()}; rules {RULES_VERSION}"


def _pass_on(here: Future[Any], there: Future[Any]) -> None:
    """Dask's words for a lost worker become ours."""
    if there.cancelled():
        here.set_exception(WorkerDied("the cluster gave the work up (its scheduler is gone, or the run has ended)"))
        return
    error = there.exception()
    if isinstance(error, KilledWorker | FutureCancelledError | CancelledError):
        here.set_exception(WorkerDied(f"the machines that did the work were lost: {str(error).splitlines()[0]}"))
    elif error is not None:
        here.set_exception(error)
    else:
        here.set_result(there.result())
