"""One worker process as the parent sees it: asked, watched, killed."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from typing import Any

from pipeline.workers.child import LAST_WORDS, work
from pipeline.workers.memory import resident
from pipeline.workers.steps import Steps, WorkerDied, WorkerTimeout, WorkerTooLarge

PREFIX = "vanban-worker-"
_LONGEST_FOLDER = 107 - len("/pymp-12345678/listener-12345678")  # Linux: 108 bytes, the last a zero
_LOOK = 0.2  # seconds between looks at the memory of a worker


def sweep() -> None:
    """Clears the folders of workers whose run was killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdecimal() and not _alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)  # another user's folder stays


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _context(preload: Sequence[str]) -> SpawnContext | ForkServerContext:
    """Forked from a clean process that has all loaded, where that is safe: macOS's own libraries do not bear it.

    That process listens at a socket in the folder for temporary files, and the path of a socket is short.
    """
    if not sys.platform.startswith("linux") or len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", *preload])
    return context


def make_ready(preload: Sequence[str]) -> None:
    """Has the process that workers are forked from load what they need, while the caller goes on."""
    if preload and isinstance(_context(preload), ForkServerContext):
        forkserver.ensure_running()


class Worker:
    """One process, the pipe to it, and its folder for temporary files, which a killed process cannot clear itself."""

    def __init__(self, preload: Sequence[str] = ()) -> None:
        context = _context(preload)
        self._pipe, theirs = context.Pipe()
        alive, self._alive = context.Pipe(duplex=False)
        self._folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
        self._process = context.Process(target=work, args=(theirs, alive, self._folder, preload), daemon=True)
        self._process.start()
        theirs.close()
        alive.close()
        self.served = 0

    def do(
        self, call: tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]], memory: int | None = None
    ) -> tuple[bool, Any]:
        """(True, what the work returned) or (False, what it raised). Raises WorkerLost; the process is gone then."""
        self.served += 1
        steps = call[0] if isinstance(call[0], Steps) else Steps(lambda: iter(()))
        kept: list[Any] = []
        began = last = time.monotonic()
        try:
            self._pipe.send(call)
            while True:
                if self._pipe.poll(_LOOK):
                    answer, value = self._pipe.recv()
                    if answer != "step":
                        return answer == "done", kept if value is None and call[0] is steps else value
                    kept.append(value)
                    last = time.monotonic()
                self._check(steps, memory, kept, began, last)
        except (EOFError, ConnectionError, OSError) as error:
            self._process.join(5)
            message = f"the worker process died ({_cause(self._process.exitcode)})\n{self._last_words()}".rstrip()
            raise WorkerDied(message, kept, time.monotonic() - began) from error

    def _check(self, steps: Steps, memory: int | None, kept: list[Any], began: float, last: float) -> None:
        """Kills the process where it is over a limit."""
        now = time.monotonic()
        spent = now - began
        if steps.step_seconds is not None and now - last > steps.step_seconds:
            self.kill()
            message = f"this step was not done after {steps.step_seconds:g} seconds; the worker was killed"
            raise WorkerTimeout(message, kept, spent)
        if steps.seconds is not None and spent > steps.seconds:
            self.kill()
            raise WorkerTimeout(f"not done after {steps.seconds:g} seconds; the worker was killed", kept, spent, True)
        if memory is not None and self._process.pid and (held := resident(self._process.pid)) > memory:
            self.kill()
            message = f"{held >> 20} MB of memory, more than the limit of {memory >> 20} MB; the worker was killed"
            raise WorkerTooLarge(message, kept, spent)

    def _last_words(self) -> str:
        """The end of what the process wrote to standard error while it did its last work."""
        try:
            return Path(self._folder, LAST_WORDS).read_text(encoding="utf-8", errors="replace")[-2000:]
        except OSError:  # it died before it had a standard error of its own
            return ""

    def kill(self) -> None:
        """Kills the process and all that it started (it leads a group of its own)."""
        pid = self._process.pid
        if pid is not None and self._process.is_alive():
            with suppress(ProcessLookupError):  # it ended by itself in the meantime
                if os.getpgid(pid) == pid:
                    os.killpg(pid, signal.SIGKILL)
            self._process.kill()

    def close(self) -> None:
        """Ends the process: an idle one leaves when its pipe closes; one that does not is killed."""
        self._pipe.close()
        self._process.join(5)
        self.kill()
        self._process.join()
        self._process.close()
        self._alive.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _cause(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        name = signal.Signals(-exit_code).name
        return f"{name}: killed from outside, perhaps for want of memory" if name == "SIGKILL" else name
    return f"exit code {exit_code}"
