"""Documents in pieces: the same result as in one, whatever dies on the way."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.database.store import Unit
from pipeline.errors import ComponentMissing
from pipeline.executors import Inline
from pipeline.find import fingerprint
from pipeline.pieces import Begun, PageRead, Step
from pipeline.process import begin
from pipeline.schedule import Limits, Schedule, Task, Work
from pipeline.settings import ReadSettings
from pipeline.workers.steps import Steps, WorkerDied, WorkerLost, WorkerTimeout, WorkerTooLarge
from schemas.result import Job, Result
from tests.fake_work import FAKE, WORK, Perished, fake_extract

ONE_PIECE = 10_000
UNLIMITED = Limits(None, None)


class Mortal(Inline):
    """Where a page says `perish`, the worker dies with what it had in hand: as `Processes` tells it, but at once."""

    carries = False

    def __init__(self, lost: type[WorkerLost] = WorkerDied, slots: int = 2, worker_steps: int | None = None) -> None:
        self.slots = slots
        self._lost = lost
        self._steps = worker_steps
        self.calls: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        assert isinstance(fn, Steps)
        return super().submit(self._call, fn, *args)

    def _call(self, fn: Steps, *args: Any) -> list[Step]:
        function = fn.function
        self.calls.append(getattr(getattr(function, "func", function), "__name__", ""))
        kept: list[Step] = []
        try:
            for step in function(*args):
                kept.append(step)
                if self._steps is not None and sum(isinstance(one, PageRead) for one in kept) >= self._steps:
                    raise WorkerTimeout("late", kept, 1.0, whole=True)
        except Perished as death:
            raise self._lost("gone", kept, 0.1) from death
        return kept


def tasks(folder: Path, *texts: str, loaded: bool = False) -> list[Task]:
    found = []
    for number, text in enumerate(texts):
        path = folder / f"{number:02}.txt"
        path.write_text(text)
        sha256 = fingerprint(path)
        found.append(Task(Job(path, sha256[:16], sha256), Unit(sha256[:16], ".txt"), (path,), None, loaded))
    return found


def results(todo: list[Task], executor: Executor, work: Work = WORK, limits: Limits = UNLIMITED) -> dict[str, Result]:
    done = list(Schedule(work, executor, limits, Event()).results(iter(todo)))
    assert len(done) == len(todo)
    return {task.job.path.name: result for task, result in sorted(done, key=lambda one: one[0].job.path)}


def pages(*texts: str) -> str:
    return "\f".join(texts)


def read_pages(result: Result) -> list[int]:
    return [page.number for page in result.pages]


def failed_pages(result: Result) -> list[tuple[str, str, int | None]]:
    return [(failure.stage, failure.category, failure.page) for failure in result.failures]


@pytest.mark.parametrize(("count", "spans"), [(1, 0), (3, 0), (4, 2), (7, 3), (9, 4)])
def test_pieces_make_what_one_piece_makes(tmp_path: Path, count: int, spans: int) -> None:
    todo = tasks(tmp_path, pages(*(f"fine {n}/KH" for n in range(count))), pages("half", "b", "c", "d", "e"))
    whole = results(todo, Inline(), _in_one_piece())
    mortal = Mortal()
    parted = results(todo, mortal)
    assert [(r.pages, r.record, r.failures, r.status) for r in whole.values()] == [
        (r.pages, r.record, r.failures, r.status) for r in parted.values()
    ]
    assert whole["00.txt"].pages[0].engine == f"fake of {count}"
    assert mortal.calls.count("read_span") == spans + 2


@pytest.mark.parametrize(
    ("slots", "carries", "lengths"),
    [(1, False, [8, 8, 8, 3]), (2, False, [8, 8, 6, 3, 2]), (2, True, [8, 8, 8, 3]), (16, False, [2] * 13 + [1])],
)
def test_the_last_spans_are_short(tmp_path: Path, slots: int, carries: bool, lengths: list[int]) -> None:
    """So that no worker reads eight pages while the others have nothing left to do."""
    asked: list[int] = []

    class Asked(Mortal):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            assert isinstance(fn, Steps)
            if fn.function is eight.read_span:
                asked.append(args[2] - args[1] + 1)
            return super().submit(fn, *args)

    eight = replace(WORK, span=8)
    executor = Asked(slots=slots)
    executor.carries = carries
    (result,) = results(tasks(tmp_path, pages(*(f"page {n}" for n in range(27)))), executor, eight).values()
    assert asked == lengths
    assert read_pages(result) == list(range(1, 28))


def _in_one_piece() -> Work:
    whole = partial(begin, settings=ReadSettings(), reader=FAKE, extract=fake_extract, span=ONE_PIECE)
    return replace(WORK, begin=whole, span=ONE_PIECE)


@pytest.mark.parametrize(
    ("lost", "category"), [(WorkerDied, "crashed"), (WorkerTooLarge, "too_large"), (WorkerTimeout, "timeout")]
)
def test_a_page_that_kills_costs_that_page_alone(tmp_path: Path, lost: type[WorkerLost], category: str) -> None:
    (small, large, fine) = results(
        tasks(tmp_path, pages("a", "perish", "c"), pages(*"abcd", "perish", *"fghij"), "fine"), Mortal(lost)
    ).values()
    assert (read_pages(small), failed_pages(small)) == ([1, 3], [("read", category, 2)])
    assert (read_pages(large), failed_pages(large)) == ([1, 2, 3, 4, 6, 7, 8, 9, 10], [("read", category, 5)])
    assert "gone; it was tried twice" in large.failures[0].error
    assert (small.status, large.status, fine.status) == ("partial", "partial", "done")


def test_a_death_from_outside_costs_nothing(tmp_path: Path) -> None:
    text = pages(*"abcd", f"perish {tmp_path / 'mark'}", *"fghij")
    (result,) = results(tasks(tmp_path, text), Mortal()).values()
    assert (read_pages(result), result.status) == (list(range(1, 11)), "done")
    assert result.pages[0].engine == "fake of 10"


def test_a_document_of_deadly_pages_fails(tmp_path: Path) -> None:
    (result,) = results(tasks(tmp_path, pages("perish", "perish")), Mortal()).values()
    assert (result.status, failed_pages(result)) == ("failed", [("read", "crashed", 1), ("read", "crashed", 2)])


def test_a_file_that_kills_when_it_is_opened_fails(tmp_path: Path) -> None:
    mortal = Mortal()
    (bad, good) = results(tasks(tmp_path, "perish_open", "fine"), mortal).values()
    assert (bad.status, failed_pages(bad)) == ("failed", [("open", "crashed", None)])
    assert good.status == "done"
    assert mortal.calls.count("begin") == 3


@pytest.mark.parametrize("loaded", [False, True])
def test_what_cannot_be_put_together_is_kept_as_it_was_read(tmp_path: Path, loaded: bool) -> None:
    """Unless the database has better rows of it already."""
    (result,) = results(tasks(tmp_path, pages("perish_join", *"bcdef"), loaded=loaded), Mortal()).values()
    assert failed_pages(result) == [("repair", "crashed", None)]
    assert result.status == ("failed" if loaded else "partial")
    assert read_pages(result) == ([] if loaded else [1, 2, 3, 4, 5, 6])


def test_a_late_document_keeps_what_was_read(tmp_path: Path) -> None:
    text = pages(*"abcdefghij")
    (result,) = results(tasks(tmp_path, text), Mortal(worker_steps=2, slots=1), limits=Limits(None, 1.5)).values()
    assert result.status == "partial"
    assert 0 < len(read_pages(result)) < 10
    assert failed_pages(result) == [("read", "timeout", None)]
    assert f"{10 - len(read_pages(result))} of its 10 pages were not read" in result.failures[0].error


def test_a_file_that_vanishes_between_spans_keeps_what_was_read(tmp_path: Path) -> None:
    todo = tasks(tmp_path, pages(*"abcdefghij"))

    class Vanishing(Mortal):
        def _call(self, fn: Steps, *args: Any) -> list[Step]:
            steps = super()._call(fn, *args)
            if any(isinstance(step, PageRead) and step.number == 3 for step in steps):
                todo[0].job.path.write_text("other bytes")
                results(tasks(tmp_path / "else", "x"), Inline())  # this process reads something else meanwhile
            return steps

    (tmp_path / "else").mkdir()
    (result,) = results(todo, Vanishing(slots=1)).values()
    assert (result.status, read_pages(result)) == ("partial", [1, 2, 3])
    assert failed_pages(result) == [("open", "missing", None)]


@pytest.mark.parametrize("count", [2, 7])
def test_a_death_after_the_last_page_costs_nothing(tmp_path: Path, count: int) -> None:
    class Late(Mortal):
        def _call(self, fn: Steps, *args: Any) -> list[Step]:
            steps = super()._call(fn, *args)
            read = [step for step in steps if not isinstance(step, Begun | Result)]
            if any(isinstance(step, PageRead) for step in read):
                raise WorkerDied("gone at the end", read, 0.1)
            return steps

    (result,) = results(tasks(tmp_path, pages(*"abcdefg"[:count])), Late()).values()
    assert (result.status, read_pages(result)) == ("done", list(range(1, count + 1)))


def test_suspects_are_tried_with_nothing_beside_them(tmp_path: Path) -> None:
    beside: list[int] = []
    running, guard = [0], Lock()

    class Threads(Mortal):
        def __init__(self) -> None:
            super().__init__(slots=4)
            self._pool = ThreadPoolExecutor(4)

        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            assert isinstance(fn, Steps)
            return self._pool.submit(self._watched, fn, *args)

        def _watched(self, fn: Steps, *args: Any) -> list[Step]:
            with guard:
                running[0] += 1
            try:
                return self._call(fn, *args)
            except WorkerLost:
                with guard:
                    beside.append(running[0])
                raise
            finally:
                with guard:
                    running[0] -= 1

    deadly = ["perish_open"] * 20
    done = results(tasks(tmp_path, *deadly, *(f"fine {n}" for n in range(40))), Threads())
    assert sum(result.status == "failed" for result in done.values()) == 20
    assert beside.count(1) >= 20


def test_an_executor_that_breaks_is_a_death(tmp_path: Path) -> None:
    class Broken(Mortal):
        def _call(self, fn: Steps, *args: Any) -> list[Step]:
            if args[0].path.name == "00.txt":
                raise BrokenExecutor("the cluster lost it")
            return super()._call(fn, *args)

    (bad, good) = results(tasks(tmp_path, "a", "b"), Broken()).values()
    assert (failed_pages(bad), good.status) == ([("open", "crashed", None)], "done")


def test_a_missing_component_ends_all(tmp_path: Path) -> None:
    with pytest.raises(ComponentMissing):
        results(tasks(tmp_path, "a", pages(*"abc", "no_component", "e")), Mortal())


PAGES = st.lists(st.sampled_from(["a", "b", "perish", "bug", "once"]), min_size=1, max_size=12)


@settings(max_examples=60, deadline=None)
@given(documents=st.lists(PAGES, min_size=1, max_size=4), slots=st.integers(1, 4))
def test_every_page_is_read_or_told(
    documents: list[list[str]], slots: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    texts = [
        pages(*(f"perish {folder}/{d}.{n}" if page == "once" else page for n, page in enumerate(document)))
        for d, document in enumerate(documents)
    ]
    done = results(tasks(folder, *texts), Mortal(slots=slots))
    for (_, result), document in zip(sorted(done.items()), documents, strict=True):
        good = [n for n, page in enumerate(document, 1) if page not in ("perish", "bug")]
        bad = [n for n, page in enumerate(document, 1) if page in ("perish", "bug")]
        assert read_pages(result) == good
        assert sorted(failure.page or 0 for failure in result.failures) == bad
        assert result.status == ("done" if not bad else "partial" if good else "failed")
