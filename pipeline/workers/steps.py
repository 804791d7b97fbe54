"""Work that shows its steps, so that what was done is kept when the rest is killed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Steps:
    """Work whose steps come one by one, and the time that it may take.

    function: an iterator over the steps; its arguments and the steps pickle. step_seconds: from one step to the next.
    seconds: in all. None: no limit. The value of a call is the list of all steps.

    An executor that can kill holds both limits by killing. Where it is simply called (inline, a cluster without guard)
    nothing can end a step; the whole is looked at between two of them.
    """

    function: Callable[..., Iterator[Any]]
    step_seconds: float | None = None
    seconds: float | None = None

    def __call__(self, *args: Any) -> list[Any]:
        """All steps, in this process. Raises WorkerTimeout between two steps."""
        began = time.monotonic()
        done: list[Any] = []
        for step in self.function(*args):
            done.append(step)
            spent = time.monotonic() - began
            if self.seconds is not None and spent > self.seconds:
                raise WorkerTimeout(f"not done after {self.seconds:g} seconds", done, spent, whole=True)
        return done


class WorkerLost(Exception):
    """The process that did the work is gone; the work may be done again.

    kept: the steps that it had done. spent: seconds, these steps and the last, lost one.
    """

    def __init__(self, message: str, kept: list[Any] | None = None, spent: float = 0.0) -> None:
        super().__init__(message)
        self.kept: list[Any] = kept or []
        self.spent = spent

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.args[0], self.kept, self.spent))


class WorkerDied(WorkerLost):
    """Killed from outside, or crashed in native code."""


class WorkerTooLarge(WorkerLost):
    """Killed by us: over the memory limit."""


class WorkerTimeout(WorkerLost):
    """Killed by us: over a wall-clock limit. whole: that of all steps, not of one."""

    def __init__(self, message: str, kept: list[Any] | None = None, spent: float = 0.0, whole: bool = False) -> None:
        super().__init__(message, kept, spent)
        self.whole = whole

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.args[0], self.kept, self.spent, self.whole))


class WorkerError(Exception):
    """The work raised something that does not pickle; the message is its traceback in the worker."""
