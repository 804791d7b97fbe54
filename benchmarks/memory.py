"""How much memory this process has taken."""

from __future__ import annotations

import resource
import sys


def highest_memory() -> float:
    """The most memory that the process held at any moment, in millions of bytes."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
