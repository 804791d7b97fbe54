"""The same run on a Dask cluster: a scheduler and two workers as processes of their own, one of which is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.cluster import Cluster
from pipeline.database.digest import digest
from pipeline.executors import Inline, UnknownExecutor, make_executor
from pipeline.find import find_inputs
from pipeline.run import run
from pipeline.summary import Progress, Summary
from tests.fake_work import WORK

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def program(folder: Path, name: str, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A part of a cluster, on this machine alone, in a folder of its own: it has none of the papers at hand."""
    home = folder / name
    home.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "OMP_THREAD_LIMIT": "1",
        "DASK_DISTRIBUTED__ADMIN__LOG_LENGTH": "0",
    }
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=home, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def digest_of(db: Path) -> str:
    with duckdb.connect(str(db), read_only=True) as connection:
        return digest(connection)


def failures(db: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute("SELECT source_path, stage, category FROM failures ORDER BY ALL").fetchall()


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in range(24):
        (papers / f"{number:02}.txt").write_text(
            f"slow 0.2 {number}/KH-UBND\f" + "trang\f" * (12 if number == 3 else 1)
        )
    (papers / "broken.txt").write_text("broken")
    (papers / "bug.txt").write_text("bug")
    inline, spread = tmp_path / "1.duckdb", tmp_path / "2.duckdb"
    told = tmp_path / "scheduler.json"
    host = ("--host", "127.0.0.1", "--no-dashboard")
    worker = ("distributed.cli.dask_worker", "--scheduler-file", str(told), "--nthreads", "1", "--no-nanny", *host)
    with (
        program(
            tmp_path, "scheduler", "distributed.cli.dask_scheduler", "--port", "0", "--scheduler-file", str(told), *host
        ),
        program(tmp_path, "first", *worker) as first,
        program(tmp_path, "second", *worker),
    ):
        until(told.exists)
        address = json.loads(told.read_text())["address"]
        with monkeypatch.context() as patched:
            patched.setattr("pipeline.cluster.RULES_VERSION", "other rules")
            with pytest.raises(UnknownExecutor, match=r"of \d Dask workers do not work as this machine does"):
                Cluster(address)
        pool = Cluster(address)
        try:
            until(lambda: pool.slots == 2)
            most = 0

            def tell(progress: Progress) -> None:
                nonlocal most
                most = max(most, pool.slots)
                if progress.summary.settled >= 6 and first.poll() is None:
                    os.killpg(first.pid, signal.SIGKILL)

            summary = run(find_inputs([str(papers)]), spread, WORK, pool, executor_name="dask", tell=tell)
            until(lambda: pool.slots == 1)
            unharmed = digest_of(spread)
            (papers / "poison.txt").write_text("die at once")
            poisoned = run(find_inputs([str(papers)]), spread, WORK, pool, executor_name="dask")
        finally:
            pool.shutdown(cancel_futures=True)
    assert most == 2
    assert first.poll() == -signal.SIGKILL
    assert counts(summary) == (24, 0, 0, 2)
    assert counts(poisoned) == (0, 24, 0, 3)
    assert failures(spread) == [
        (str(papers / "broken.txt"), "open", "damaged"),
        (str(papers / "bug.txt"), "read", "internal"),
        (str(papers / "poison.txt"), "read", "crashed"),  # only the process beside the worker died
    ]
    (papers / "poison.txt").unlink()  # inline it would take this very process along
    with Inline() as here:
        run(find_inputs([str(papers)]), inline, WORK, here)
    assert digest_of(inline) == unharmed


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.done, summary.unchanged, summary.partial, summary.failed


@pytest.mark.slow
def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.cluster.PATIENCE", 0.5)
    with pytest.raises(UnknownExecutor, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        make_executor("dask:tcp://127.0.0.1:9")
