"""What a sort of bad input is."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple


class Sort(NamedTuple):
    """One sort of bad input.

    name: in lower case with dashes. suffix: of the file's name. make: the bytes, by random numbers alone.
    """

    name: str
    suffix: str
    make: Callable[[random.Random], bytes]


class Place(NamedTuple):
    """A sort that is no matter of bytes: its name, and what lays the file (link, pipe, hole) into a folder."""

    name: str
    lay: Callable[[Path, str, random.Random], Path]
