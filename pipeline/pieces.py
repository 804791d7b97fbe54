"""What comes back of a document, step by step: from a worker to the run."""

from __future__ import annotations

import pickle
import zlib
from typing import NamedTuple

from pipeline.read import Rough
from schemas.result import Failure, Result, Stage


class Opened(NamedTuple):
    """The file is open and has so many pages. failures: damage that left something to read."""

    pages: int
    failures: tuple[Failure, ...]


class PageRead(NamedTuple):
    """A page is read. seconds: that it took. data: a Rough, packed: the run passes it on without looking into it."""

    number: int
    seconds: float
    data: bytes

    @staticmethod
    def of(rough: Rough) -> PageRead:
        """Packs the page."""
        return PageRead(rough.number, sum(rough.timings.values()), zlib.compress(pickle.dumps(rough), 1))

    @property
    def rough(self) -> Rough:
        """The page, unpacked."""
        rough = pickle.loads(zlib.decompress(self.data))  # noqa: S301  (our own worker packed it)
        assert isinstance(rough, Rough)  # noqa: S101
        return rough


class Begun(NamedTuple):
    """All pages are there; this stage of the work on the whole of them begins."""

    stage: Stage


Step = Opened | PageRead | Begun | Result
