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
def test_pages_that_kill_cost_those_pages(tmp_path: Path) -> None:
    """They crash, hang or take all memory; the worker is killed, the page is tried once more alone, the rest is loaded."""
    folder, db = papers(tmp_path / "in", 6), tmp_path / "x.duckdb"
    for name in ("die at once", "hang", "eat"):
        (folder / f"{name}.txt").write_text("\f".join(["a", "b", "c", "d", name, "f", "g", "h"]))
    (folder / "poison.txt").write_text("die at once")
    (folder / "stuck.txt").write_text("stuck")
    (folder / "unlucky.txt").write_text(f"once {tmp_path / 'mark'}")
    with Processes(2, memory=500 << 20) as pool:
        summary = run(find_inputs([str(folder)]), db, WORK, pool, limits=Limits(page=5.0))
    assert (summary.done, summary.partial, summary.failed) == (7, 3, 2)
    found = ask(db, "SELECT source_path, stage, category, page, error FROM failures ORDER BY 1")
    assert [(Path(row[0]).stem, *row[1:4]) for row in found] == [
        ("die at once", "read", "crashed", 5),
        ("eat", "read", "too_large", 5),
        ("hang", "read", "timeout", 5),
        ("poison", "read", "crashed", 1),
        ("stuck", "open", "timeout", None),
    ]
    assert all("it was tried twice" in row[4] for row in found)
    assert "SIGKILL" in found[0][4]
    assert "more than the limit of 500 MB" in found[1][4]
    assert "not done after 5 seconds" in found[2][4]
    assert (
        ask(db, "SELECT list(page ORDER BY page) FROM pages GROUP BY doc_id HAVING count(*) > 1")
        == [([1, 2, 3, 4, 6, 7, 8],)] * 3
    )


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
