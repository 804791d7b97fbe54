"""How a run goes, for machines: JSON lines, and a file for Prometheus."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from pipeline.summary import Progress, Summary

EVERY = 10.0  # seconds between two states of things


class JsonLines:
    """A log of one JSON object a line: `time` (UTC), `level`, `event`, and what belongs to the event.

    Events: run_started; failure, one each, at once; progress, every ten seconds; run_finished or run_broken.
    """

    def __init__(self, stream: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._told = clock()

    def __enter__(self) -> JsonLines:
        self._write("info", "run_started", process=os.getpid())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._write("error", "run_broken", error=f"{type(error).__name__}: {error}")

    def __call__(self, progress: Progress) -> None:
        for failure in progress.failures:
            self._write("error", "failure", **failure._asdict())
        if self._clock() - self._told >= EVERY:
            self._told = self._clock()
            self._write(
                "info", "progress", total=progress.total, settled=progress.summary.settled, pages=progress.summary.pages
            )

    def end(self, summary: Summary) -> None:
        """The run is over."""
        level = "warning" if summary.failed or summary.partial or summary.interrupted else "info"
        self._write(level, "run_finished", **_counts(summary), seconds=summary.seconds, interrupted=summary.interrupted,
                    timings={name: round(value, 3) for name, value in sorted(summary.timings.items())})  # fmt: skip

    def _write(self, level: str, event: str, **values: object) -> None:
        about = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "level": level, "event": event, **values}
        # escaped on a terminal, which control characters of a name could rewrite
        self._stream.write(json.dumps(about, ensure_ascii=self._stream.isatty()) + "\n")
        self._stream.flush()


def _counts(summary: Summary) -> dict[str, int]:
    return {name: getattr(summary, name) for name in ("files", "done", "unchanged", "partial", "failed", "pages")}


class Metrics:
    """A file in the text format of Prometheus, for the textfile collector of its node exporter; replaced as a whole."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._started = self._told = clock()
        self._began = time.time()
        self._failures: Counter[tuple[str, str]] = Counter()
        self._last = Progress(0, Summary(), ())

    def __enter__(self) -> Metrics:
        self._write(running=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._write(running=False, broken=True)

    def __call__(self, progress: Progress) -> None:
        self._last = progress
        self._failures.update((failure.stage, failure.category) for failure in progress.failures)
        if self._clock() - self._told >= EVERY:
            self._told = self._clock()
            self._write(running=True)

    def end(self, summary: Summary) -> None:
        """The run is over."""
        self._last = self._last._replace(summary=summary)
        self._write(running=False, broken=summary.interrupted)

    def _write(self, *, running: bool, broken: bool = False) -> None:
        text = "".join(f"{line}\n" for line in self._lines(running, broken))
        # beside its target, so that the name is changed at once and no reader sees a half
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        try:
            with open(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(name, 0o644)  # the collector runs as another user
            os.replace(name, self._path)
        except BaseException:
            os.unlink(name)
            raise

    def _lines(self, running: bool, broken: bool) -> Iterator[str]:
        summary, seconds = self._last.summary, self._last.summary.seconds or self._clock() - self._started
        yield from _metric("run_start_time_seconds", "When the run began, Unix time", {"": self._began})
        yield from _metric("run_running", "1 while the run goes on", {"": int(running)})
        yield from _metric("run_broken", "1 where the run was ended early", {"": int(broken)})
        yield from _metric("run_duration_seconds", "Wall time of the run so far", {"": seconds})
        yield from _metric("run_inputs", "Documents and lost inputs of the run", {"": self._last.total})
        outcomes = {f'outcome="{name}"': getattr(summary, name) for name in ("done", "unchanged", "partial", "failed")}
        yield from _metric("run_documents", "Documents by outcome", outcomes)
        yield from _metric("run_pages", "Pages read", {"": summary.pages})
        stages = {f'stage="{name}"': value for name, value in sorted(summary.timings.items())}
        yield from _metric("run_stage_seconds", "Seconds by stage, summed over the workers", stages)
        failures = {
            f'stage="{stage}",category="{category}"': n for (stage, category), n in sorted(self._failures.items())
        }
        yield from _metric("run_failures", "Failures by stage and category", failures)


def _metric(name: str, says: str, values: Mapping[str, float]) -> Iterator[str]:
    """A gauge and its samples: each file tells of one run, so nothing in it only grows.

    >>> list(_metric("run_pages", "Pages read", {"": 3}))
    ['# HELP vanban_run_pages Pages read', '# TYPE vanban_run_pages gauge', 'vanban_run_pages 3']
    """
    if values:
        yield f"# HELP vanban_{name} {says}"
        yield f"# TYPE vanban_{name} gauge"
    for labels, value in values.items():
        yield f"vanban_{name}{{{labels}}} {round(value, 6)}" if labels else f"vanban_{name} {round(value, 6)}"
