"""What docs/security.md promises, sentence by sentence. (CSV, workbooks and HTML: tests of export and report.)"""

from __future__ import annotations

import ast
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.find import MOST_BYTES, Unreadable, find_inputs, fingerprint
from pipeline.terminal import failure_line, without_controls
from tests.command import LETTER, ROOT, call
from tests.made_pages import decision_pdf

ROOMS = ("pipeline", "commands", "extractors", "normalizers", "schemas")
SOURCES = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
EVIL = (
    "$(touch pwned).txt",
    "`touch pwned`.txt",
    "a; touch pwned;.txt",
    "-o pwned.txt",
    "'; DROP TABLE documents; --.txt",
)


def state(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Mode, date and hash of every file."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        found[str(path)] = (
            about.st_mode,
            about.st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
        )
    return found


def calls(path: Path) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]


def test_no_shell_is_ever_called() -> None:
    wrong = []
    for path in SOURCES:
        for call_ in calls(path):
            name = ast.unparse(call_.func)
            shell = any(
                k.arg == "shell" and not (isinstance(k.value, ast.Constant) and k.value.value is False)
                for k in call_.keywords
            )
            if shell or name in (
                "os.system",
                "os.popen",
                "subprocess.getoutput",
                "subprocess.getstatusoutput",
                "eval",
                "exec",
            ):
                wrong.append(f"{path.relative_to(ROOT)}:{call_.lineno}: {name}")
    assert wrong == []


def test_names_are_data(tmp_path: Path) -> None:
    """Names that a shell, an option parser or SQL would take for orders."""
    papers, out = tmp_path / "papers", tmp_path / "out"
    papers.mkdir()
    for number, name in enumerate(EVIL):
        (papers / name).write_text(LETTER.replace("45/QĐ", f"{number + 1}/QĐ"), encoding="utf-8")
    result = call("ingest", papers, "--db", out / "x.duckdb", "--executor", "inline")
    assert result.exit_code == 0, result.output
    with duckdb.connect(str(out / "x.duckdb"), read_only=True) as connection:
        found = connection.execute("SELECT source_path FROM documents ORDER BY 1").fetchall()
    assert found == [(str(papers / name),) for name in sorted(EVIL)]
    assert not list(ROOT.glob("pwned*")) + list(tmp_path.rglob("pwned"))


@pytest.mark.slow
def test_sources_are_never_touched_and_nothing_is_written_beside_the_database(tmp_path: Path) -> None:
    papers, out, elsewhere = tmp_path / "papers", tmp_path / "out", tmp_path / "home"
    for folder in (papers, out, elsewhere):
        folder.mkdir()
    (papers / "letter.txt").write_text(LETTER, encoding="utf-8")
    (papers / "decision.pdf").write_bytes(decision_pdf())
    (papers / "broken.pdf").write_bytes(decision_pdf()[:2000])
    for path in papers.iterdir():
        path.chmod(0o444)
    papers.chmod(0o555)
    before = state(papers)
    environment = {**os.environ, "TMPDIR": str(elsewhere), "HOME": str(elsewhere), "PYTHONPATH": str(ROOT)}
    shown = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "ingest", str(papers), "--db", str(out / "x.duckdb"), "--jobs", "2"],
        cwd=papers, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert shown.returncode == 1, shown.stderr
    assert state(papers) == before
    assert os.listdir(out) == ["x.duckdb"]
    assert [path for path in elsewhere.rglob("*") if path.is_file()] == []  # temporary files are gone


def test_links_out_of_the_folder_are_followed_only_when_asked(tmp_path: Path) -> None:
    papers, outside = tmp_path / "papers", tmp_path / "outside"
    papers.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("secret")
    (papers / "own.txt").write_text("own")
    (papers / "link.txt").symlink_to(outside / "secret.txt")
    (papers / "folder").symlink_to(outside)
    (outside / "back").symlink_to(papers)
    inputs = find_inputs([str(papers)])
    assert (inputs.files, inputs.skipped) == ((papers / "own.txt",), (papers / "link.txt",))
    followed = find_inputs([str(papers)], follow_links=True)
    assert followed.files == (papers / "folder" / "secret.txt", papers / "link.txt", papers / "own.txt")
    assert followed.skipped == ()
    db = tmp_path / "x.duckdb"
    told = call("ingest", papers, "--db", db, "--executor", "inline")
    assert "leads out of the folder" in told.stderr
    assert call("ingest", papers, "--db", db, "--executor", "inline", "--follow-links").exit_code == 0
    with duckdb.connect(str(db), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM sources").fetchall() == [(3,)]


def test_control_characters_do_not_reach_a_terminal() -> None:
    bad = "a\x1b]0;title\x07\x1b[2Jb\x9b31m\u202e\u2066c\r\x7f"
    assert without_controls(bad) == "a]0;title[2Jb31mc"
    assert failure_line(bad, None, "damaged", bad) == f"{without_controls(bad)}: damaged: {without_controls(bad)}"


def test_a_file_of_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    hole = tmp_path / "hole.pdf"
    hole.touch()
    os.truncate(hole, 4 << 30)
    with pytest.raises(Unreadable) as caught:
        fingerprint(hole)
    assert (caught.value.failure.category, f"{MOST_BYTES:,}" in caught.value.failure.error) == ("too_large", True)


def test_queries_reach_no_other_file(db: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    for sql in (
        f"FROM '{secret}'",
        f"COPY documents TO '{tmp_path}/out.csv'",
        f"ATTACH '{tmp_path}/other.duckdb'",
        "INSTALL httpfs",
        "DROP TABLE documents",
    ):
        result = call("query", sql, "--db", db)
        assert result.exit_code == 2, sql
    assert not (tmp_path / "out.csv").exists()


def test_onnxruntime_is_told_not_to_phone_home(tmp_path: Path) -> None:
    """It keeps a device number and a queue of messages in the user's folder where it is not."""
    environment = {**os.environ, "HOME": str(tmp_path), "TMPDIR": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    code = "import pipeline.recognise.ctc.network"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == []


def test_nothing_reaches_for_the_network() -> None:
    """Our own code opens no connection but through fsspec and Dask, which are asked for by address."""
    network = {"socket", "urllib.request", "http.client", "requests", "ftplib", "smtplib", "aiohttp"}
    found = {
        (str(path.relative_to(ROOT)), name)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [node.module or ""])
        if name in network
    }
    assert found == set()
