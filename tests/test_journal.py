"""What machines are told of a run: JSON lines, and figures for Prometheus."""

from __future__ import annotations

import io
import json
import os
import re
from pathlib import Path

import pytest

from pipeline.journal import JsonLines, Metrics
from pipeline.summary import Progress, Summary
from schemas.result import Failure
from tests.command import call

BAD = Failure("/in/a\x1b[31m\u202e.pdf", "0" * 64, "open", "damaged", None, "cut short\nin the middle")
SAMPLE = re.compile(r'vanban_[a-z_]+(?:\{[a-z]+="[a-z_]+"(?:,[a-z]+="[a-z_]+")*\})? -?[0-9.e+-]+')


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Ticking:
    """A clock that is eleven seconds further each time."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 11
        return self.now


def test_every_line_is_an_object() -> None:
    stream = io.StringIO()
    with JsonLines(stream, Ticking()) as log:
        log(Progress(5, Summary(done=1, pages=3), (BAD, BAD._replace(page=2))))
        log.end(Summary(files=5, done=4, failed=1, pages=9, seconds=1.5, timings={"ocr": 0.25}))
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [(line["level"], line["event"]) for line in lines] == [
        ("info", "run_started"),
        ("error", "failure"),
        ("error", "failure"),
        ("info", "progress"),
        ("warning", "run_finished"),
    ]
    assert {name: lines[1][name] for name in BAD._fields} == BAD._asdict()
    assert (lines[3]["settled"], lines[3]["total"]) == (1, 5)
    assert (lines[4]["done"], lines[4]["failed"], lines[4]["seconds"], lines[4]["timings"]) == (
        4,
        1,
        1.5,
        {"ocr": 0.25},
    )
    assert all(line["time"].endswith("+00:00") for line in lines)


def test_a_run_that_breaks_says_so() -> None:
    stream = io.StringIO()
    with pytest.raises(OSError, match="disk"), JsonLines(stream):
        raise OSError("disk full")
    assert json.loads(stream.getvalue().splitlines()[-1])["event"] == "run_broken"


def test_a_terminal_gets_no_control_characters() -> None:
    stream = Terminal()
    with JsonLines(stream) as log:
        log(Progress(1, Summary(), (BAD,)))
    assert "\x1b" not in stream.getvalue()
    assert "\u202e" not in stream.getvalue()


def test_figures_for_prometheus(tmp_path: Path) -> None:
    path = tmp_path / "vanban.prom"
    with Metrics(path, Ticking()) as metrics:
        assert "vanban_run_running 1\n" in path.read_text()
        metrics(Progress(5, Summary(done=1, pages=3), (BAD,)))
        assert 'vanban_run_documents{outcome="done"} 1\n' in path.read_text()
        metrics.end(Summary(done=4, failed=1, pages=9, seconds=1.5, timings={"ocr": 0.25, "extract": 1 / 3}))
    lines = path.read_text().splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    assert {
        "vanban_run_running 0",
        "vanban_run_broken 0",
        "vanban_run_duration_seconds 1.5",
        'vanban_run_documents{outcome="failed"} 1',
        "vanban_run_pages 9",
        'vanban_run_stage_seconds{stage="ocr"} 0.25',
        'vanban_run_failures{stage="open",category="damaged"} 1',
    } <= set(samples)
    named = {re.split(r"[{ ]", line)[0] for line in samples}
    assert {line.split()[2] for line in lines if line.startswith("# TYPE")} == named
    assert {line.split()[2] for line in lines if line.startswith("# HELP")} == named
    assert os.listdir(tmp_path) == ["vanban.prom"]


def test_no_half_written_file_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "vanban.prom"
    path.write_text("before")

    def full(old: str, new: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OSError, match="No space"), Metrics(path):
        pass
    assert os.listdir(tmp_path) == ["vanban.prom"]
    assert path.read_text() == "before"


def test_the_command_writes_both(letter: Path, tmp_path: Path) -> None:
    (letter.parent / "empty.pdf").touch()
    log, figures = tmp_path / "logs" / "x.jsonl", tmp_path / "x.prom"
    words = ("--log-format", "json", "--log-file", log, "--metrics-file", figures, "--executor", "inline")
    assert call("ingest", letter.parent, "--db", tmp_path / "x.duckdb", *words).exit_code == 1
    events = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [event["event"] for event in events] == ["run_started", "failure", "run_finished"]
    assert events[1]["source_path"] == str(letter.parent / "empty.pdf")
    assert (events[2]["done"], events[2]["failed"]) == (1, 1)
    assert 'vanban_run_failures{stage="open",category="empty"} 1' in figures.read_text()
    shown = call("ingest", letter.parent, "--db", tmp_path / "x.duckdb", "--log-format", "json", "--executor", "inline")
    assert [json.loads(line)["event"] for line in shown.stderr.splitlines() if line.startswith("{")][
        -1
    ] == "run_finished"
