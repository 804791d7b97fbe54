"""What a run did, and what it tells while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from schemas.result import Failure


@dataclass
class Summary:
    """What a run did: documents by outcome (failed: inputs of which nothing could be loaded), pages read."""

    files: int = 0
    done: int = 0
    unchanged: int = 0
    partial: int = 0
    failed: int = 0
    pages: int = 0
    seconds: float = 0.0
    interrupted: bool = False
    timings: dict[str, float] = field(default_factory=dict)
    doc_ids: list[str] = field(default_factory=list)

    @property
    def settled(self) -> int:
        """Inputs that need nothing more in this run."""
        return self.done + self.unchanged + self.partial + self.failed

    def __str__(self) -> str:
        rate = self.pages / self.seconds if self.seconds else 0.0
        return (
            f"{'interrupted: ' if self.interrupted else ''}done {self.done}, unchanged {self.unchanged}, "
            f"partial {self.partial}, failed {self.failed} in {self.seconds:.1f} s ({self.pages} pages, {rate:.1f} pages/s)"
        )


class Progress(NamedTuple):
    """Told after each document. total: inputs in all. failures: what went wrong with this one."""

    total: int
    summary: Summary
    failures: tuple[Failure, ...]
