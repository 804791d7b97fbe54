"""A job goes to a worker, a result comes back. Both pickle; a failure is a result too."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from schemas.page import Page
from schemas.record import Record

Stage = Literal["find", "open", "read", "repair", "extract", "store"]
Category = Literal[
    "missing",  # the file was not there, or vanished
    "empty",  # no byte, or no page
    "unsupported",  # not a kind of file that we read
    "damaged",  # truncated or broken
    "encrypted",  # needs a password
    "too_large",  # more pixels or bytes than the limit
    "timeout",  # the wall clock limit killed it
    "crashed",  # the worker died
    "denied",  # no permission
    "internal",  # our own fault
]
DocumentKind = Literal["scanned", "born_digital", "mixed", "text"]
Status = Literal["done", "partial", "failed"]


class Job(NamedTuple):
    """One file to read. `doc_id` and `sha256` come from the file's bytes.

    data: the bytes themselves, where the job goes to a machine that cannot open the path.
    """

    path: Path
    doc_id: str
    sha256: str
    data: bytes | None = None


class Failure(NamedTuple):
    """What went wrong, where. `page` is None where the whole file is meant."""

    source_path: str
    sha256: str | None
    stage: Stage
    category: Category
    page: int | None
    error: str


@dataclass(frozen=True)
class Result:
    """All that one file gave: done (everything read), partial (some pages failed) or failed (nothing to load)."""

    job: Job
    status: Status
    kind: DocumentKind | None = None
    record: Record | None = None
    pages: tuple[Page, ...] = ()
    failures: tuple[Failure, ...] = ()
    timings: dict[str, float] = field(default_factory=dict)
