"""The command line: every command is documented, exit codes say what happened, bad input ends in table failures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer.main

from cli import app
from pipeline.doctor import Component, cures, listing, requirements
from pipeline.errors import ComponentMissing
from tests.command import LETTER, ROOT, call, run_program

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    shown = call(command, "--help").output
    assert re.search(r"Examples?:\n +cli\.py " + command, shown), shown
    assert f"`{command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_comes_at_once() -> None:
    run_program("--help")  # the first call may write byte code
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        assert run_program("--help").returncode == 0
        seconds.append(time.perf_counter() - started)
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import typer"], check=True)
    assert min(seconds) < max(0.4, 3 * (time.perf_counter() - bare))


def test_heavy_packages_wait_for_their_commands() -> None:
    code = "import cli, sys; print([name for name in ('duckdb', 'cv2', 'pydantic', 'rich', 'numpy') if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_ingest_says_what_it_did(letter: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    first = call("ingest", letter.parent, "--db", db, "--executor", "inline", "--show")
    assert first.exit_code == 0
    last = first.output.strip().splitlines()[-1]
    assert re.fullmatch(r"done 1, unchanged 0, partial 0, failed 0 in \d+\.\d s \(1 pages, \d+\.\d pages/s\)", last)
    assert re.search(r"in/letter\.txt +Quyết định +45/QĐ-UBND +2025-08-12", first.output)
    assert "unchanged 1" in call("ingest", letter, "--db", db, "--executor", "inline").output
    assert "done 1, unchanged 0" in call("ingest", letter, "--db", db, "--executor", "inline", "--force").output


def test_extract_prints_the_record(letter: Path) -> None:
    compact, pretty = call("extract", letter), call("extract", letter, "--pretty")
    assert compact.exit_code == pretty.exit_code == 0
    record = json.loads(compact.stdout)
    assert json.loads(pretty.stdout) == record
    assert compact.stdout.count("\n") == 1
    assert record["document"]["code"] == "45/QĐ-UBND"
    assert list(record) == [
        "document", "attachments", "legal_bases", "citations", "recipients", "addressees", "targets", "tasks",
        "results", "responsibilities", "footnotes", "digital_signatures", "co_signers", "checks", "evidence", "first_page", "parts",
    ]  # fmt: skip
    assert all("also" not in part or part["also"] for part in record["legal_bases"])


def test_output_is_utf_8_in_any_locale(letter: Path) -> None:
    code = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    shown = subprocess.run(
        [sys.executable, "cli.py", "read", str(letter)], cwd=ROOT, env=code, capture_output=True, check=True
    )
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in shown.stdout.decode("utf-8")


def test_read_prints_pages_by_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text("Trang một của văn bản\n\nhết trang\fTrang hai của văn bản\n", encoding="utf-8")
    shown = call("read", path)
    assert shown.exit_code == 0
    assert [page.split() for page in shown.stdout.split("\f")] == [
        "Trang một của văn bản hết trang".split(),
        "Trang hai của văn bản".split(),
    ]


@pytest.mark.parametrize("text", [LETTER, "một dòng", "", "\n\n", "a\r\nb\n", "trang\n\fhai\n\n"])
def test_repair_keeps_every_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(text.encode())
    by_name, by_pipe = call("repair", path), call("repair", stdin=text.encode())
    assert by_name.exit_code == by_pipe.exit_code == 0
    assert by_name.stdout == by_pipe.stdout
    assert by_name.stdout.count("\n") == text.count("\n")
    assert by_name.stdout.count("\f") == text.count("\f")


def test_digest_is_printed(db: Path, letter: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(letter.read_bytes())
    call("ingest", elsewhere, "--db", other, "--executor", "inline")
    shown = call("digest", "--db", db).stdout
    assert re.fullmatch(r"[0-9a-f]{64}\n", shown)
    assert call("digest", "--db", other).stdout == shown


def test_doctor_names_every_package() -> None:
    shown = call("doctor")
    assert shown.exit_code == 0
    for name in ("python", "tesseract", "tesseract language vie", "duckdb", "pydantic", *requirements()):
        assert re.search(rf"^{re.escape(name)} +\S", shown.stdout, re.MULTILINE), name


def test_doctor_says_what_is_missing_and_what_cures_it() -> None:
    found = [
        Component("tesseract", None, cure="get it"),
        Component("python", "3.12"),
        Component("extra", None, needed=False),
    ]
    assert listing(found) == ["tesseract  MISSING", "python     3.12", "extra      none"]
    assert cures(found) == ["missing: tesseract. Install with: get it"]


def test_doctor_without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    shown = call("doctor")
    assert shown.exit_code == 2
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in shown.stderr


def test_ingest_without_vietnamese_stops(letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> str:
        raise ComponentMissing("Tesseract's Vietnamese model", "apt-get install tesseract-ocr-vie")

    monkeypatch.setattr("pipeline.read.ReadSettings.fingerprint", missing)
    shown = call("ingest", letter, "--db", tmp_path / "x.duckdb")
    assert shown.exit_code == 2
    assert "apt-get install tesseract-ocr-vie" in shown.stderr
    assert not (tmp_path / "x.duckdb").exists()


@pytest.mark.slow
def test_ingest_stops_where_tesseract_has_no_vietnamese(
    letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Really: a data folder without `vie`. Nothing is read in another language, no database appears."""
    from pipeline.recognise import engines, tesseract

    (tmp_path / "tessdata").mkdir()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "tessdata"))
    engines.recogniser.cache_clear()
    tesseract._installed.cache_clear()
    shown = call("ingest", letter, "--db", tmp_path / "x.duckdb")
    engines.recogniser.cache_clear()
    tesseract._installed.cache_clear()
    assert shown.exit_code == 2
    assert "tesseract-ocr-vie" in shown.stderr
    assert not (tmp_path / "x.duckdb").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["ingest"],
        ["ingest", "letter.txt"],
        ["ingest", "/no/such/folder", "--db", "{db}"],
        ["ingest", "{letter}", "--db", "{db}", "--executor", "ray"],
        ["ingest", "{letter}", "--db", "{db}", "--executor", "processes:4", "--jobs", "2"],
        ["ingest", "{letter}", "--db", "{db}", "--jobs", "0"],
        ["ingest", "{letter}", "--db", "{letter}"],
        ["ingest", "{letter}", "--db", "{folder}"],
        ["extract", "/no/such/file.pdf"],
        ["read", "/no/such/file.pdf"],
        ["repair", "/no/such/file.txt"],
        ["query", "SELECT 1", "--db", "{db}"],
        ["search", "x", "--db", "{letter}"],
        ["export", "--db", "{db}", "--to", "{folder}/out"],
        ["export", "--db", "{db}", "--to", "{folder}/out", "--format", "ods"],
        ["digest", "--db", "{db}"],
        ["nothing"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(words: list[str], letter: Path, tmp_path: Path) -> None:
    places = {"db": tmp_path / "new.duckdb", "letter": letter, "folder": letter.parent}
    shown = call(*(word.format(**places) for word in words))
    assert shown.exit_code == 2, shown.output
    assert shown.stderr
    assert not (tmp_path / "new.duckdb").exists()
    assert letter.read_text(encoding="utf-8") == LETTER


@pytest.mark.parametrize("command", ["extract", "read"])
def test_a_broken_file_ends_with_1(command: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    shown = call(command, path)
    assert shown.exit_code == 1
    assert "x.pdf" in shown.stderr
    assert shown.stdout == ""
