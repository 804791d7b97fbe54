"""Following a folder: what rests is handed on once, what is being written waits."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import duckdb
import pytest

from pipeline.find import Inputs, find_inputs
from pipeline.watch import arrivals
from tests.command import LETTER, ROOT


def watched(folder: Path, *between: Callable[[], object]) -> list[list[str]]:
    """Names handed on at each look; before look n (from 1) `between[n - 1]` happens."""
    stop = Event()
    looks = 0
    found: list[list[str]] = []

    def look() -> Inputs:
        nonlocal looks
        if looks < len(between):
            between[looks]()
        else:
            stop.set()
        looks += 1
        found.append([])
        return find_inputs([str(folder)])

    for inputs in arrivals(look, stop, pause=0.0):
        found[-1] += [path.name for path in inputs.files]
    return found


def nothing() -> None:
    """The folder rests."""


def test_what_is_there_is_handed_on_once_it_was_seen_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    assert watched(tmp_path, nothing, nothing, nothing) == [[], ["a.txt"], [], []]


def test_a_file_that_is_being_copied_waits(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"

    def more() -> None:
        with open(path, "a", encoding="utf-8") as file:
            file.write("more ")

    assert watched(tmp_path, more, more, more, nothing, nothing) == [[], [], [], ["a.txt"], [], []]


def test_a_file_that_changes_or_comes_back_is_handed_on_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("a")
    steps = (nothing, nothing, lambda: path.write_text("longer"), nothing, path.unlink, lambda: path.write_text("back"))
    assert watched(tmp_path, *steps, nothing, nothing) == [[], ["a.txt"], [], ["a.txt"], [], [], ["a.txt"], [], []]


def test_a_clock_that_goes_backwards_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("new")
    os.utime(path, (4e9, 4e9))

    def older() -> None:
        path.write_text("old")
        os.utime(path, (1.0, 1.0))

    assert watched(tmp_path, nothing, nothing, older, nothing, nothing) == [[], ["a.txt"], [], ["a.txt"], [], []]


@pytest.mark.slow
def test_the_command_goes_on_until_ctrl_c(letter: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    command = [
        sys.executable,
        "cli.py",
        "ingest",
        str(letter.parent),
        "--db",
        str(db),
        "--watch",
        "--executor",
        "inline",
    ]
    program = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert program.stdout is not None
    try:
        assert program.stdout.readline().startswith("done 1, unchanged 0")
        (letter.parent / "second.txt").write_text(LETTER.replace("45/", "46/"), encoding="utf-8")
        assert program.stdout.readline().startswith("done 1, unchanged 0")
        program.send_signal(signal.SIGINT)
        assert program.wait(60) == 0
    finally:
        program.kill()
        program.communicate()
    with duckdb.connect(str(db), read_only=True) as connection:
        assert connection.execute("SELECT code FROM documents ORDER BY 1").fetchall() == [
            ("45/QĐ-UBND",),
            ("46/QĐ-UBND",),
        ]


def test_what_vanishes_meanwhile_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.txt").write_text("a")
    assert watched(tmp_path, nothing, (tmp_path / "a.txt").unlink, nothing) == [[], ["gone.txt"], [], []]
