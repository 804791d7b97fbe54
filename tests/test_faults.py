"""What goes wrong around a run: workers killed or hanging, Ctrl-C, kill -9. Nothing is lost, nothing is half there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.database.publish import StoreError
from pipeline.database.store import digest
from pipeline.executors import Inline
from pipeline.find import find_inputs
from pipeline.run import run
from pipeline.schedule import Limits
from pipeline.workers.pool import Processes
from tests.fake_work import WORK

ROOT = Path(__file__).resolve().parent.parent


def ask(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def digest_of(db: Path) -> str:
    with duckdb.connect(str(db), read_only=True) as connection:
        return digest(connection)


def papers(folder: Path, count: int, text: str = "fine {}/KH-UBND") -> Path:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(text.format(number))
    return folder


@pytest.mark.slow
def test_a_killed_worker_costs_one_document(tmp_path: Path) -> None:
    folder, db = papers(tmp_path / "in", 6), tmp_path / "x.duckdb"
    (folder / "poison.txt").write_text("die at once")
    (folder / "unlucky.txt").write_text(f"once {tmp_path / 'mark'}")
    with Processes(2) as pool:
        summary = run(find_inputs([str(folder)]), db, WORK, pool)
    assert (summary.done, summary.failed) == (7, 1)
    found = ask(db, "SELECT source_path, stage, category, error FROM failures")
    assert [row[:3] for row in found] == [(str(folder / "poison.txt"), "read", "crashed")]
    assert "SIGKILL" in found[0][3]
    assert "tried twice" in found[0][3]


@pytest.mark.slow
def test_a_hanging_worker_is_killed(tmp_path: Path) -> None:
    folder, db = papers(tmp_path / "in", 3), tmp_path / "x.duckdb"
    (folder / "stuck.txt").write_text("hang")
    with Processes(2) as pool:
        summary = run(find_inputs([str(folder)]), db, WORK, pool, limits=Limits(page=5.0))
    assert (summary.done, summary.failed) == (3, 1)
    assert ask(db, "SELECT stage, category, page FROM failures") == [("read", "timeout", 1)]


def started(folder: Path, db: Path, after: int) -> subprocess.Popen[str]:
    """A run in a process of its own, once `after` documents are read."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.fake_run", str(folder), str(db)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    while after and int(process.stdout.readline()) < after:
        pass
    return process


@pytest.mark.slow
def test_ctrl_c_stores_what_is_done(tmp_path: Path) -> None:
    folder, db = papers(tmp_path / "in", 400, "slow 0.05 {}"), tmp_path / "x.duckdb"
    process = started(folder, db, after=10)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130
    (count,) = ask(db, "SELECT count(*) FROM documents")[0]
    assert 10 <= count < 400
    assert ask(db, "SELECT status, done FROM runs") == [("interrupted", count)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "x.duckdb"]
    with Inline() as pool:
        summary = run(find_inputs([str(folder / "00?.txt")]), db, WORK, pool)
    assert summary.unchanged + summary.done == 10


@pytest.mark.slow
def test_kill_9_leaves_the_published_file_whole_and_the_next_run_goes_on(tmp_path: Path) -> None:
    folder, db = papers(tmp_path / "in", 20), tmp_path / "x.duckdb"
    with Inline() as pool:
        run(find_inputs([str(folder)]), db, WORK, pool)
    before = digest_of(db)
    papers(folder, 150, "slow 0.02 {}")
    rnd = random.Random(7)
    for _ in range(3):
        process = started(folder, db, after=rnd.choice([0, 40, 90]))
        time.sleep(rnd.random())
        process.kill()
        process.communicate()
        assert digest_of(db) == before
    last = tmp_path / "whole.duckdb"
    with Processes(2) as pool:
        resumed = run(find_inputs([str(folder)]), db, WORK, pool)
    with Inline() as pool:
        whole = tmp_path / "first"
        papers(whole, 20)
        run(find_inputs([str(whole)]), last, WORK, pool)
        run(find_inputs([str(folder)]), last, WORK, pool)
    assert resumed.unchanged > 0
    assert digest_of(db) == digest_of(last)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "in", "whole.duckdb", "x.duckdb"]


def test_a_second_run_is_told_to_wait(tmp_path: Path) -> None:
    folder, db = papers(tmp_path / "in", 2), tmp_path / "x.duckdb"
    inputs = find_inputs([str(folder)])

    class Meanwhile(Inline):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            with Inline() as other, pytest.raises(StoreError, match="being loaded by another run"):
                run(inputs, db, WORK, other)
            return super().submit(fn, *args, **kwargs)

    with Meanwhile() as pool:
        assert run(inputs, db, WORK, pool).done == 2


def test_a_full_disk_loses_nothing_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, db = papers(tmp_path / "in", 2), tmp_path / "x.duckdb"
    with Inline() as pool:
        run(find_inputs([str(folder)]), db, WORK, pool)
    before = db.read_bytes()
    papers(folder, 3)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copyfile", full)
    with Inline() as pool, pytest.raises(StoreError, match="No space left on device"):
        run(find_inputs([str(folder)]), db, WORK, pool)
    assert db.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "x.duckdb"]
    monkeypatch.undo()
    with Inline() as pool:
        assert run(find_inputs([str(folder)]), db, WORK, pool).done == 1
