"""Workers die, hang and raise; the pool lives on."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, wait
from pathlib import Path
from typing import Any

import pytest

from pipeline.executors import Inline, UnknownExecutor, guarded, make_executor
from pipeline.workers.pool import Processes
from pipeline.workers.steps import Steps, WorkerDied, WorkerError, WorkerLost, WorkerTimeout, WorkerTooLarge


def double(number: int) -> int:
    return 2 * number


def die(number: int) -> int:
    os.kill(os.getpid(), number)
    return number


def leave() -> None:
    os.write(2, b"good bye")
    os._exit(3)


def hang(mark: Path) -> Iterator[str]:
    yield "begun"
    Path(tempfile.mkdtemp(), "page.pgm").touch()
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    mark.write_text(str(child.pid))
    child.wait()


def count(number: int, pause: float = 0.0) -> Iterator[int]:
    for one in range(number):
        yield one
        time.sleep(pause)


def eat() -> Iterator[str]:
    yield "hungry"
    eaten = []
    while True:
        eaten.append(bytearray(b"x" * (32 << 20)))
        time.sleep(0.02)


def stumble() -> Iterator[int]:
    yield 1
    raise LookupError("no such step")


def fail() -> None:
    raise LookupError("no such thing")


def secret() -> object:
    return lambda: 1


def my_pid(_: int) -> int:
    return os.getpid()


@pytest.mark.parametrize("executor", [Inline(), Processes(2)], ids=["inline", "processes"])
def test_both_do_the_same(executor: Executor) -> None:
    with executor as pool:
        futures = [pool.submit(double, number) for number in range(20)]
        failing = pool.submit(fail)
        wait(futures)
        assert [future.result() for future in futures] == [2 * number for number in range(20)]
        with pytest.raises(LookupError, match="no such thing"):
            failing.result()


def test_a_worker_that_dies_fails_only_its_own_work() -> None:
    with Processes(2) as pool:
        dying: list[Future[Any]] = [
            pool.submit(die, signal.SIGKILL),
            pool.submit(die, signal.SIGSEGV),
            pool.submit(leave),
        ]
        good = [pool.submit(double, number) for number in range(10)]
        assert [future.result() for future in good] == [2 * number for number in range(10)]
        causes = (r"SIGKILL", r"SIGSEGV\)\n(.|\n)*in die", r"exit code 3\)\ngood bye")
        for future, cause in zip(dying, causes, strict=True):
            with pytest.raises(WorkerDied, match=cause):
                future.result()


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes by /proc")
def test_a_worker_that_hangs_is_killed_with_all_that_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "pid"
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    with Processes(1) as pool:
        hanging = pool.submit(Steps(hang, step_seconds=3), mark)
        with pytest.raises(WorkerTimeout, match="not done after 3 seconds") as lost:
            hanging.result(timeout=60)
        assert (lost.value.kept, lost.value.whole) == (["begun"], False)
        assert pool.submit(double, 4).result(timeout=60) == 8
    assert list((tmp_path / "temporary").iterdir()) == []
    deadline = time.monotonic() + 10
    while alive(int(mark.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(int(mark.read_text()))


@pytest.mark.parametrize("executor", [Inline(), Processes(1)], ids=["inline", "processes"])
def test_steps_are_listed_and_limited(executor: Executor) -> None:
    with executor as pool:
        assert pool.submit(Steps(count), 3).result() == [0, 1, 2]
        with pytest.raises(WorkerTimeout) as lost:
            pool.submit(Steps(count, seconds=0.5), 100, 0.2).result()
        assert lost.value.whole
        assert lost.value.kept == list(range(len(lost.value.kept)))
        assert 0.5 <= lost.value.spent < 20
        assert len(lost.value.kept) < 50
        with pytest.raises(LookupError, match="no such step"):
            pool.submit(Steps(stumble)).result()


def test_a_worker_that_takes_too_much_memory_is_killed() -> None:
    with Processes(1, memory=400 << 20) as pool:
        with pytest.raises(WorkerTooLarge, match="more than the limit of 400 MB") as lost:
            pool.submit(Steps(eat)).result()
        assert lost.value.kept == ["hungry"]
        assert pool.submit(double, 2).result() == 4


def test_losses_travel() -> None:
    """From a worker of a cluster to whoever asked."""
    for lost in (WorkerDied("gone", [1], 2.0), WorkerTimeout("late", [1, 2], 3.0, whole=True), WorkerTooLarge("fat")):
        again: WorkerLost = pickle.loads(pickle.dumps(lost))  # noqa: S301
        assert (type(again), str(again), again.__dict__) == (type(lost), str(lost), lost.__dict__)


@pytest.mark.slow
def test_work_is_guarded_anywhere() -> None:
    """As a cluster's executor runs it: the limits are held by a process of its own."""
    assert guarded(Steps(count, step_seconds=60), 3) == [0, 1, 2]
    with pytest.raises(WorkerTimeout, match="worker was killed"):
        guarded(Steps(count, step_seconds=0.5), 2, 30.0)
    assert guarded(Steps(count), 2) == [0, 1]


def orphan(mark: Path) -> None:
    mark.write_text(str(os.getpid()))
    time.sleep(600)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks at processes by /proc")
def test_workers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    mark = tmp_path / "pid"
    code = f"""if __name__ == "__main__":
    from pathlib import Path
    from pipeline.workers.pool import Processes
    from tests.test_executors import orphan
    Processes(1).submit(orphan, Path({str(mark)!r})).result()
"""
    (tmp_path / "parent.py").write_text(code)
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": str(root), "TMPDIR": str(tmp_path)}
    parent = subprocess.Popen([sys.executable, tmp_path / "parent.py"], env=environment)
    while not (mark.exists() and mark.read_text()):
        assert parent.poll() is None
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    deadline = time.monotonic() + 10
    while alive(int(mark.read_text())) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(int(mark.read_text()))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("vanban")] == []


def test_folders_of_dead_runs_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for name in (f"vanban-worker-{dead.pid}-a", f"vanban-worker-{os.getpid()}-b", "vanban-worker-else"):
        (tmp_path / name).mkdir()
    with Processes(1):
        assert sorted(path.name for path in tmp_path.iterdir()) == [
            f"vanban-worker-{os.getpid()}-b",
            "vanban-worker-else",
        ]


def test_an_answer_that_does_not_pickle_is_an_error() -> None:
    with Processes(1) as pool:
        with pytest.raises(WorkerError, match=r"pickle|local object"):
            pool.submit(secret).result()
        assert pool.submit(double, 1).result() == 2
        with pytest.raises(Exception, match=r"pickle|local object"):
            pool.submit(lambda: 1).result()
        assert pool.submit(double, 2).result() == 4


def test_workers_are_recycled() -> None:
    with Processes(1, recycle=2) as pool:
        pids = [pool.submit(my_pid, number).result() for number in range(4)]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_pool_that_is_given_up_ends_at_once(tmp_path: Path) -> None:
    pool = Processes(1)
    running, waiting = pool.submit(Steps(hang), tmp_path / "pid"), pool.submit(double, 1)
    while not (tmp_path / "pid").exists():
        time.sleep(0.02)
    started = time.monotonic()
    pool.shutdown(wait=True, cancel_futures=True)
    assert time.monotonic() - started < 10
    assert waiting.cancelled()
    with pytest.raises(WorkerDied):
        running.result()
    with pytest.raises(RuntimeError):
        pool.submit(double, 1)


def test_specifications() -> None:
    assert isinstance(make_executor("inline"), Inline)
    for spec in ("processes", "processes:1"):
        with make_executor(spec, jobs=None if ":" in spec else 2) as pool:
            assert isinstance(pool, Processes)
    for spec in ("", "inline:2", "processes:0", "processes:x", "ray", "dask"):
        with pytest.raises(UnknownExecutor):
            make_executor(spec)
    with pytest.raises(UnknownExecutor, match="contradict"):
        make_executor("processes:4", jobs=2)
