"""Inside a worker process: takes work from the pipe until the parent lets go of it."""

from __future__ import annotations

import faulthandler
import importlib
import os
import shutil
import signal
import tempfile
import threading
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from pipeline.workers.memory import collect_rarely, give_back
from pipeline.workers.steps import Steps, WorkerError

LAST_WORDS = "stderr"
"""File in the worker's folder with what it wrote to standard error while it did its last work."""
Answer = Literal["step", "done", "raised"]


def work(pipe: Connection, alive: Connection, folder: str, preload: Sequence[str]) -> None:
    """Answers each call (function, args, kwargs) with ("step", one step of it) as they come, then ("done", its value) or
    ("raised", its exception). The value of `Steps` has been sent step by step: None stands for it.

    alive: a pipe on which nothing comes; it closes when the parent dies. folder: for temporary files.
    preload: modules to import first.
    """
    os.setsid()  # Ctrl-C is the parent's to handle, and a kill reaches Tesseract too
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    os.environ["OMP_THREAD_LIMIT"] = "1"  # one core a worker: Tesseract's own threads slow each other down
    # What libraries say of damaged input would spoil the parent's terminal; of a crash it is the last trace.
    words = os.open(Path(folder, LAST_WORDS), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(words, 2)
    faulthandler.enable(file=words)
    threading.Thread(target=_die_with_parent, args=(alive, folder), daemon=True).start()
    collect_rarely()
    for name in preload:
        importlib.import_module(name)
    while True:
        try:
            function, args, kwargs = pipe.recv()
        except (EOFError, ConnectionError):
            break
        os.ftruncate(words, 0)
        try:
            _answer(pipe, function, args, kwargs)
        except ConnectionError:  # the parent is gone
            break
    shutil.rmtree(folder, ignore_errors=True)  # the parent does so too, if it is still there


def _answer(pipe: Connection, function: Any, args: Any, kwargs: Any) -> None:
    try:
        value = None
        if isinstance(function, Steps):
            for step in function.function(*args, **kwargs):
                _send(pipe, "step", step)
                give_back()
        else:
            value = function(*args, **kwargs)
        _send(pipe, "done", value)
    except ConnectionError:
        raise
    except Exception as error:  # noqa: BLE001  (it goes to whoever asks the future)
        error.add_note(traceback.format_exc())
        try:
            _send(pipe, "raised", error)
        except WorkerError as second:
            _send(pipe, "raised", second)


def _send(pipe: Connection, answer: Answer, value: object) -> None:
    try:
        pipe.send((answer, value))
    except ConnectionError:
        raise
    except Exception as error:
        raise WorkerError(traceback.format_exc()) from error


def _die_with_parent(alive: Connection, folder: str) -> None:
    """A parent that is killed cannot end what it started: a worker in the middle of a page does so itself."""
    try:
        alive.recv_bytes()
    except (EOFError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        os.killpg(0, signal.SIGKILL)
