"""Gives the corpus to the program and looks at what came of it."""

from __future__ import annotations

import hashlib
import os
import stat
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import duckdb

from benchmarks.hostile.corpus import write_corpus
from pipeline.database.rows import path_text

ROOT = Path(__file__).resolve().parents[2]
HASHED = 1 << 30  # larger files are holes; their dates and sizes must do


class Verdict(NamedTuple):
    """outcomes: how many files of (sort, outcome). wrong: what must not be, in words. said: the program's last line."""

    outcomes: Counter[tuple[str, str]]
    wrong: list[str]
    said: str
    seconds: float


def check(folder: Path, count: int, seed: int, limit: float, jobs: int) -> Verdict:
    """Writes the corpus below the folder, reads it by the command line, and judges. limit: seconds a document may take."""
    papers, out = folder / "papers", folder / "out"
    papers.mkdir()
    out.mkdir()
    made = write_corpus(papers, count, seed)
    before = _state(folder, out)
    db = out / "hostile.duckdb"
    words = ["ingest", papers, "--db", db, "--jobs", jobs, "--time-limit", limit, "--no-show"]
    started = time.monotonic()
    # twice the limit (each suspect is tried again) for every file on one worker: longer is a hang
    hang = count * limit * 2 + 600
    try:
        ended = subprocess.run(
            [sys.executable, "-X", "faulthandler", "cli.py", *map(str, words)],
            cwd=ROOT, capture_output=True, check=False, timeout=hang,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return Verdict(Counter(), [f"not done after {hang:.0f} s"], "", time.monotonic() - started)
    seconds = time.monotonic() - started
    said = ended.stdout.decode(errors="replace").strip()
    wrong = (
        []
        if ended.returncode in (0, 1)
        else [f"exit code {ended.returncode}: {ended.stderr.decode(errors='replace')[-2000:]}"]
    )
    if b"\x1b" in ended.stderr or b"\x1b" in ended.stdout:
        wrong.append("control characters of a file reached the output")
    outcomes = _outcomes(db, made, wrong) if db.exists() else Counter()
    after = _state(folder, out)
    wrong += [
        f"touched or made: {path}"
        for path in sorted(set(before) ^ set(after)) + [p for p in before if after.get(p, before[p]) != before[p]]
    ]
    wrong += [f"left beside the database: {path.name}" for path in out.iterdir() if path != db]
    return Verdict(outcomes, wrong, said, seconds)


def _outcomes(db: Path, made: dict[Path, str], wrong: list[str]) -> Counter[tuple[str, str]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        loaded = {row[0] for row in connection.execute("SELECT path FROM sources").fetchall()}
        failures: dict[str, list[tuple[str, str, str]]] = {}
        for path, stage, category, error in connection.execute(
            "SELECT source_path, stage, category, error FROM failures"
        ).fetchall():
            failures.setdefault(path, []).append((stage, category, error))
    outcomes: Counter[tuple[str, str]] = Counter()
    for path, sort in made.items():
        name = path_text(path)
        told = failures.get(name, [])
        for stage, category, error in told:
            if category == "internal" or "Traceback" in error or not error.strip():
                wrong.append(f"{sort}: {name!r}: {stage}: {category}: {error[-700:]}")
        if name not in loaded and not told:
            wrong.append(f"{sort}: {name!r} is neither loaded nor in failures")
        reason = min((category for _, category, _ in told), default="")
        outcomes[sort, ("loaded" if not told else f"partly: {reason}") if name in loaded else reason or "LOST"] += 1
    return outcomes


def _state(folder: Path, out: Path) -> dict[Path, tuple[object, ...]]:
    """Every file below the folder but those of the database: kind, size, date, bytes."""
    found: dict[Path, tuple[object, ...]] = {}
    for root, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(root, name)
            if out in (path, *path.parents):
                continue
            about = path.lstat()
            plain = stat.S_ISREG(about.st_mode) and about.st_size < HASHED
            digest = hashlib.sha256(path.read_bytes()).hexdigest() if plain else ""
            dated = about.st_mtime_ns if not path.is_dir() or path.is_symlink() else 0
            found[path] = (about.st_mode, about.st_size if not stat.S_ISDIR(about.st_mode) else 0, dated, digest)
    return found
