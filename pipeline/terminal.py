"""What a person sees: progress, tables, plain text without control characters. rich is loaded only when needed."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TextIO

from pipeline.database.look import Answer, as_csv, as_json
from pipeline.summary import Progress, Summary

if TYPE_CHECKING:
    from rich.progress import TaskID

# All but tab, line feed and form feed: escape sequences can rewrite a terminal, bidirectional marks hide what is read.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0d-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def without_controls(text: str) -> str:
    """Text that is safe to show on a terminal.

    >>> without_controls("a\\x1b[31mb\\tc\\u202e")
    'a[31mb\\tc'
    """
    return _CONTROLS.sub("", text)


def emit(text: str, stream: TextIO | None = None) -> None:
    """Writes text as it is to a file or a pipe, without control characters to a terminal."""
    stream = stream or sys.stdout
    stream.write(without_controls(text) if stream.isatty() else text)
    stream.flush()


class Teller(Protocol):
    """Shows how a run goes."""

    def __enter__(self) -> Teller: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
    def __call__(self, progress: Progress) -> None: ...
    def end(self, summary: Summary) -> None:
        """The run is over; not called where an error ended it."""


@contextmanager
def telling(
    form: Literal["text", "json"] = "text", log: Path | None = None, metrics: Path | None = None
) -> Iterator[Teller]:
    """Whoever is to hear how a run goes.

    Text: a bar on a terminal, else plain lines, on standard error. json: JSON lines there instead. log: a file that gets
    the lines too (more at its end). metrics: a file for Prometheus.
    """
    from pipeline.journal import JsonLines, Metrics

    with ExitStack() as open_:
        tellers: list[Teller] = []
        if log is not None:
            log.parent.mkdir(parents=True, exist_ok=True)
            stream = open_.enter_context(log.open("a", encoding="utf-8"))
            tellers.append(JsonLines(stream) if form == "json" else _Lines(stream))
        if form == "json" and log is None:
            tellers.append(JsonLines(sys.stderr))
        else:
            tellers.append(_Bar() if sys.stderr.isatty() else _Lines(sys.stderr))
        if metrics is not None:
            tellers.append(Metrics(metrics))
        yield open_.enter_context(_All(tellers))


class _All:
    """Several tellers as one."""

    def __init__(self, tellers: Sequence[Teller]) -> None:
        self._tellers = tellers
        self._stack = ExitStack()

    def __enter__(self) -> _All:
        for teller in self._tellers:
            self._stack.enter_context(teller)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def __call__(self, progress: Progress) -> None:
        for teller in self._tellers:
            teller(progress)

    def end(self, summary: Summary) -> None:
        for teller in self._tellers:
            teller.end(summary)


def failure_line(path: str, page: int | None, category: str, error: str) -> str:
    """One line for one failure; of a traceback its last line.

    >>> failure_line("a.pdf", 2, "internal", "Traceback (most recent call last):\\n  …\\nKeyError: 1\\n")
    'a.pdf, page 2: internal: KeyError: 1'
    """
    lines = error.strip().splitlines() or [""]
    line = lines[-1] if lines[0].startswith("Traceback") else lines[0]
    return without_controls(f"{path}, page {page}: {category}: {line}" if page else f"{path}: {category}: {line}")


class _Lines:
    """A line for each failure at once, and one for the state of things every ten seconds."""

    def __init__(self, stream: TextIO, every: float = 10.0) -> None:
        self._stream = stream
        self._every = every
        self._started = self._told = time.monotonic()

    def __enter__(self) -> _Lines:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, progress: Progress) -> None:
        for failure in progress.failures:
            line = failure_line(failure.source_path, failure.page, failure.category, failure.error)
            self._stream.write(f"failed: {line}\n")
        now = time.monotonic()
        if now - self._told >= self._every:
            self._told = now
            done, pages, seconds = progress.summary.settled, progress.summary.pages, now - self._started
            left = seconds / done * (progress.total - done) if done else 0.0
            self._stream.write(
                f"{done} of {progress.total} documents, {pages} pages, {pages / seconds:.1f} pages/s, "
                f"about {left:.0f} s left\n"
            )
            self._stream.flush()

    def end(self, summary: Summary) -> None:
        """The command says it."""


class _Bar:
    """Documents, pages, pages a second, time left."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._bar = RichProgress(
            TextColumn("documents"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[pages]} pages, {task.fields[rate]:.1f} pages/s, left"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._task: TaskID | None = None
        self._started = time.monotonic()

    def __enter__(self) -> _Bar:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, progress: Progress) -> None:
        from rich.text import Text

        pages = progress.summary.pages
        rate = pages / max(time.monotonic() - self._started, 1e-6)
        if self._task is None:
            self._task = self._bar.add_task("", total=progress.total, pages=0, rate=0.0)
        self._bar.update(self._task, completed=progress.summary.settled, pages=pages, rate=rate)
        for failure in progress.failures:
            line = failure_line(failure.source_path, failure.page, failure.category, failure.error)
            self._bar.console.print(Text(f"failed: {line}", style="red"), soft_wrap=True)

    def end(self, summary: Summary) -> None:
        """The command says it."""


def show_table(names: Sequence[str], rows: Iterable[Sequence[Any]], *, cut: Sequence[str] = ()) -> None:
    """A table on standard output: as wide as the terminal, or as wide as it needs in a file or a pipe.

    cut: columns that are cut where the terminal is too narrow; then every row is one line. None: rows are broken.
    """
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    rows = [["" if value is None else without_controls(str(value)) for value in row] for row in rows]
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False)
    for place, name in enumerate(names):
        widest = max((cell_len(row[place]) for row in rows), default=0)
        kept = cut and name not in cut
        table.add_column(
            Text(without_controls(name)),
            overflow="ellipsis" if cut else "fold",
            no_wrap=bool(cut),
            min_width=max(widest, cell_len(name)) if kept else None,
        )
    for row in rows:
        table.add_row(*map(Text, row))
    console = Console() if sys.stdout.isatty() else Console(width=10_000, color_system=None)
    with console.capture() as shown:
        console.print(table)
    sys.stdout.write("\n".join(line.rstrip() for line in shown.get().splitlines()).strip("\n") + "\n")
    sys.stdout.flush()


def show_answer(answer: Answer, form: Literal["table", "csv", "json"]) -> None:
    """The answer to a query on standard output."""
    if form == "table":
        show_table(answer.names, answer.rows)
    else:
        for line in as_csv(answer) if form == "csv" else as_json(answer):
            emit(line)
