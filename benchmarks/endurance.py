"""What a long run has to bear: nothing new, long files, and death at any moment.

    python -m benchmarks.endurance                         all of it
    python -m benchmarks.endurance --unchanged 10000       files that are in the database already: seconds to see that
    python -m benchmarks.endurance --pages 500             one scan of so many pages: the most memory that a process took
    python -m benchmarks.endurance --kills 20              kill -9 at random moments, then a run to the end: the digests
    python -m benchmarks.endurance --start                 seconds until `cli.py --help` is there

Times mean something only on a machine that does nothing else; CPU seconds stand beside them.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium

from benchmarks.throughput import ROOT, scans
from pipeline.executors import Inline
from pipeline.find import find_inputs
from pipeline.pieces import Step
from pipeline.process import assemble, join, keep, read_span, reassemble
from pipeline.read import Reading
from pipeline.run import run
from pipeline.schedule import Work
from pipeline.settings import ReadSettings
from pipeline.workers.memory import resident
from schemas.page import Line, Page, Word
from schemas.record import Record
from schemas.result import Job

CLI = (sys.executable, "cli.py")
MEGABYTE = 1 << 20


def at_once(job: Job) -> Iterator[Step]:
    """A reading that costs nothing."""
    page = Page(1, 595.0, 842.0, "ocr", 1.0, 1.0, job.doc_id, (Line((Word(job.doc_id, job.doc_id),)),))
    yield assemble(job, Reading((page,), "scanned", (), {}), lambda text: Record())


def unchanged(count: int, scratch: Path) -> str:
    """So many files of 200 kB, loaded once, then looked at again."""
    folder, db = scratch / "in", scratch / "unchanged.duckdb"
    folder.mkdir()
    body = random.Random(7).randbytes(200_000)
    for number in range(count):
        (folder / f"{number:06}.pdf").write_bytes(body + str(number).encode())
    work = Work(at_once, partial(read_span, settings=ReadSettings()), join, keep, reassemble, "reading", "rules")
    with Inline() as pool:
        run(find_inputs([str(folder)]), db, work, pool)
        wall, cpu = time.perf_counter(), time.process_time()
        summary = run(find_inputs([str(folder)]), db, work, pool)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert summary.unchanged == count
    return f"{count} unchanged files of 200 kB: {wall:.1f} s, {cpu:.1f} CPU s"


def long_scan(pages: int, scratch: Path) -> str:
    """The most memory that a process of the run took, by what the system says every half second."""
    path, db = scratch / "long.pdf", scratch / "long.duckdb"
    sources = scans()
    with pdfium.PdfDocument.new() as out:
        while len(out) < pages:
            with pdfium.PdfDocument(sources[len(out) % len(sources)]) as pdf:
                out.import_pages(pdf)
        for index in reversed(range(pages, len(out))):
            del out[index]
        out.save(path)
    size = path.stat().st_size
    began = time.perf_counter()
    process = subprocess.Popen(
        [*CLI, "ingest", str(path), "--db", str(db)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    most: dict[str, int] = {"the parent": 0, "a worker": 0}
    while process.poll() is None:
        for pid in family(process.pid):
            who = "the parent" if pid == process.pid else "a worker"
            most[who] = max(most[who], resident(pid))
        time.sleep(0.5)
    wall = time.perf_counter() - began
    told = ", ".join(f"{who} took {held // MEGABYTE} MB" for who, held in most.items())
    return f"a scan of {pages} pages ({size // MEGABYTE} MB): {told}, exit {process.returncode}, {wall:.0f} s"


def family(pid: int) -> list[int]:
    """The process and all that it started (Linux)."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += family(int(child))
        except OSError:  # it ended meanwhile
            continue
    return found


def kills(count: int, scratch: Path) -> str:
    """A run is killed `count` times, with all its processes or without them; each time the next goes on. Then the digest."""
    papers = [str(path) for path in scans()[:10]]
    rnd = random.Random(11)

    def digest(db: Path) -> str:
        return subprocess.run(
            [*CLI, "digest", "--db", str(db)], cwd=ROOT, capture_output=True, check=True
        ).stdout.decode()

    def start(db: Path) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        command = [*CLI, "ingest", *papers, "--db", str(db)]
        return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True)

    whole = scratch / "whole.duckdb"
    began = time.perf_counter()
    assert start(whole).wait() == 0
    length = time.perf_counter() - began
    wanted, same, killed, rounds = digest(whole), 0, 0, 0
    while killed < count:
        db = scratch / f"{rounds}.duckdb"
        rounds += 1
        for _ in range(rnd.randint(1, 4)):
            process = start(db)
            time.sleep(rnd.uniform(0.0, length))
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL) if rnd.random() < 0.5 else process.kill()
                killed += 1
            process.wait()
        assert start(db).wait() == 0
        same += digest(db) == wanted
    left = sorted(path.name for path in Path(tempfile.gettempdir()).glob("vanban-worker-*") if old(path))
    return f"{killed} kills in {rounds} rounds: {same} of {rounds} digests as undisturbed; left in the temporary folder: {left}"


def old(folder: Path) -> bool:
    """Whether the run that the folder belongs to is gone."""
    pid = folder.name.removeprefix("vanban-worker-").partition("-")[0]
    return pid.isdecimal() and not Path(f"/proc/{pid}").exists()


def start_up(times: int = 7) -> str:
    """The quickest of some starts."""
    walls, cpus = [], []
    for _ in range(times):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run([*CLI, "--help"], cwd=ROOT, capture_output=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        walls.append(time.perf_counter() - began)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"cli.py --help: {min(walls):.2f} s, {min(cpus):.2f} CPU s"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--unchanged", type=int, metavar="FILES")
    parser.add_argument("--pages", type=int)
    parser.add_argument("--kills", type=int)
    parser.add_argument("--start", action="store_true")
    chosen = parser.parse_args()
    everything = not any(vars(chosen).values())
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory(prefix="vanban-endurance-") as name:
        if chosen.start or everything:
            print(start_up(), flush=True)
        if chosen.unchanged or everything:
            print(unchanged(chosen.unchanged or 10_000, Path(name)), flush=True)
        if chosen.pages or everything:
            print(long_scan(chosen.pages or 500, Path(name)), flush=True)
        if chosen.kills or everything:
            print(kills(chosen.kills or 20, Path(name)), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
