"""Follows folders: what comes in is handed on once it rests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

from pipeline.find import Inputs

PAUSE = 2.0  # seconds between two looks; a file that is the same in both is no longer being written


class _Look(NamedTuple):
    """A file as a look finds it. Only compared for being the same, so that clocks do not matter."""

    size: int
    changed: int
    inode: int


def arrivals(look: Callable[[], Inputs], stop: Event, pause: float = PAUSE) -> Iterator[Inputs]:
    """What is new or has changed since it was handed on, and was the same in two looks one after the other.

    look: finds all inputs there are. Ends where `stop` is set. The first arrivals are all that is there at the start. What
    is missing is not told: it may come yet.
    """
    handed: dict[Path, _Look | str | None] = {}
    before: dict[Path, _Look | str | None] = {}
    while not stop.is_set():
        inputs = look()
        now = {path: inputs.versions.get(path) or _look(path) for path in inputs.files}
        resting = [path for path, seen in now.items() if path in before and before[path] == seen]
        fresh = tuple(path for path in resting if path not in handed or handed[path] != now[path])
        before = now
        handed = {path: seen for path, seen in handed.items() if path in now}
        handed.update((path, now[path]) for path in fresh)
        if fresh:
            yield inputs._replace(files=fresh, missing=())
        stop.wait(pause)


def _look(path: Path) -> _Look | None:
    try:
        about = os.stat(path)
    except OSError:  # a link to nowhere, or gone since it was listed: the run says so
        return None
    return _Look(about.st_size, about.st_mtime_ns, about.st_ino)
