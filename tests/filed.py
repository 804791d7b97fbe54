"""Databases filled with records of one's own, without reading anything: for tests of what looks into a database."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.database.rows import rows_of
from pipeline.database.store import Outcome, Store
from pipeline.database.stored_pages import settled
from schemas.page import Box, Line, Page, Word
from schemas.record import Record
from schemas.result import Failure, Job, Result


def page_of(number: int, text: str) -> Page:
    """A page of so many lines, each word with a box."""
    lines = [
        Line(
            tuple(
                Word(word, word, Box(72.0 + 40 * column, 72.0 + 20 * row, 108.0 + 40 * column, 84.0 + 20 * row), 0.9)
                for column, word in enumerate(line.split())
            )
        )
        for row, line in enumerate(text.split("\n"))
    ]
    return settled(Page(number, 595.28, 841.89, "ocr", 0.0, 0.9, text, tuple(lines)))


def paper(name: str, text: str = "", record: Record | None = None, failures: Iterable[Failure] = ()) -> Outcome:
    """What a run files of one paper; pages of the text are parted by form feeds. name: its file, or the whole path."""
    path = Path(name) if name.startswith("/") else Path(f"/in/{name}.pdf")
    digits = path.stem.encode().hex()
    job = Job(path, f"{digits:0>16}"[-16:], f"{digits:0>64}"[-64:])
    pages = tuple(page_of(number, part) for number, part in enumerate(text.split("\f"), 1))
    failed = tuple(failures)
    result = Result(job, "partial" if failed else "done", "scanned", record or Record(), pages, failed)
    return Outcome(result, rows_of(result), ".pdf", (path,), "reading", "rules")


def file_into(db: Path, *papers: Outcome, failures: Iterable[Failure] = ()) -> None:
    """One run, from its start to its end."""
    store = Store(db)
    run_id = store.start_run("2026-01-01 00:00:00", "inline", "reading", "rules")
    store.replace(papers)
    store.fail(list(failures))
    store.finish_run(run_id, {"status": "finished", "finished_at": "2026-01-01 00:01:00", "seconds": 60.0})
    store.close()
