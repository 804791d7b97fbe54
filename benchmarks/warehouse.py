"""How quickly the database is loaded and answers: `python -m benchmarks.warehouse [DOCUMENTS]` (10,000 unless told otherwise).

Makes papers (benchmarks/synthetic.py), files them as a run does and publishes the database. Making them is not
counted, nor are their rows, which workers make side by side; taking in what they send is. Prints CPU and wall seconds by
stage, the highest memory of the process, the size of the file, and the seconds that each query of docs/cookbook.md takes.
"""

from __future__ import annotations

import argparse
import pickle
import re
import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.memory import highest_memory
from benchmarks.synthetic import result
from pipeline.database.publish import WorkFile, open_published
from pipeline.database.store import Outcome, Store
from pipeline.filing import filed

_BATCH_PAGES = 512  # as pipeline/run.py
_COOKBOOK = Path(__file__).resolve().parent.parent / "docs" / "cookbook.md"
QUESTIONS = dict(
    re.findall(r"^## \d+\. (.+?)$.*?```sql\n(.*?)```", _COOKBOOK.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
)
"""The queries of docs/cookbook.md by their questions."""


class Clock:
    """CPU (user, system) and wall seconds by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        before = _times()
        yield
        spent = self.stages.setdefault(name, [0.0, 0.0, 0.0])
        for at, (start, end) in enumerate(zip(before, _times(), strict=True)):
            spent[at] += end - start

    def table(self) -> str:
        lines = [f"{'stage':12}{'user s':>9}{'system s':>10}{'wall s':>9}"]
        rows = [*self.stages.items(), ("all", [sum(column) for column in zip(*self.stages.values(), strict=True)])]
        lines += [f"{name:12}{user:9.1f}{system:10.1f}{wall:9.1f}" for name, (user, system, wall) in rows]
        return "\n".join(lines)


def _times() -> tuple[float, float, float]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime, used.ru_stime, time.perf_counter()


def load(db: Path, documents: int, clock: Clock, workers: Clock) -> None:
    """Files so many papers and publishes. clock: of the process that writes. workers: of what others do meanwhile."""
    with WorkFile(db) as work:
        with clock.stage("open"):
            store = Store(work.path)
            run_id = store.start_run("2026-01-01 00:00:00", "inline", "", "")
        ready: list[Outcome] = []
        pages = 0
        for number in range(documents):
            paper = result(number)
            with workers.stage("rows"):
                sent = pickle.dumps(filed(paper))
            with clock.stage("receive"):
                done = pickle.loads(sent)  # noqa: S301  (our own)
                ready.append(Outcome(done, done.rows, ".pdf", (paper.job.path,), "", ""))
            pages += len(paper.pages)
            if pages >= _BATCH_PAGES or number == documents - 1:
                with clock.stage("store"):
                    store.replace(ready)
                ready, pages = [], 0
        with clock.stage("finish"):
            store.finish_run(run_id, {"status": "finished", "finished_at": "2026-01-01 00:01:00"})
        with clock.stage("publish"):
            store.close()
            work.publish()


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.warehouse", description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="where to leave the database, for looking at it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        db = given.keep or Path(folder) / "synthetic.duckdb"
        clock, workers = Clock(), Clock()
        load(db, given.documents, clock, workers)
        print(clock.table())
        print("in the workers:", *workers.table().splitlines()[1:2])
        print(f"highest memory {highest_memory():.0f} MB, file {db.stat().st_size / 1e6:.0f} MB")
        with open_published(db) as connection:
            for table in ("documents", "pages", "tasks", "evidence"):
                print(table, *connection.execute(f"SELECT count(*) FROM {table}").fetchone() or ())
            for question, sql in QUESTIONS.items():
                before = _times()
                rows = len(connection.execute(sql).fetchall())
                user, system, wall = (end - start for start, end in zip(before, _times(), strict=True))
                print(f"{wall:6.3f} s ({user + system:.3f} s CPU) {rows:7} rows  {question}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
