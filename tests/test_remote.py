"""Papers on other machines: listing, fetching once, and that no key is told. S3 is played by moto's server on this machine."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pytest

from pipeline.database.digest import digest
from pipeline.errors import ComponentMissing
from pipeline.executors import Inline
from pipeline.find import MOST_BYTES, Unreadable, carried, contents, find_inputs, fingerprint
from pipeline.remote import RemoteError, RemotePath, listed
from pipeline.run import run
from schemas.result import Job
from tests.command import LETTER, ROOT, call
from tests.fake_work import WORK

SECRET = "wJalrXUtnFEMI"  # noqa: S105  (made up; it must stand nowhere)


@pytest.fixture
def memory() -> Iterator[Any]:
    """A bucket in this process's memory."""
    system = fsspec.filesystem("memory")
    system.store.clear()
    for name, text in (
        ("2025/a.txt", "fine 1/KH-UBND\fpage two"),
        ("2025/sâu hơn/b.txt", "fine 2/KH-UBND"),
        ("notes.md", "no paper"),
    ):
        system.pipe(f"/papers/{name}", text.encode())
    yield system
    system.store.clear()


def ask(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_an_address_has_name_suffix_and_order() -> None:
    path = RemotePath("s3://bucket/2025/Quyết định.PDF")
    assert (str(path), path.name, path.suffix) == ("s3://bucket/2025/Quyết định.PDF", "Quyết định.PDF", ".PDF")
    assert pickle.loads(pickle.dumps(path)) == path  # noqa: S301  (our own bytes)
    assert min([path, RemotePath("s3://bucket/1.pdf"), Path("/a.pdf")]) == Path("/a.pdf")
    assert not path.exists()


def test_folders_files_and_patterns_are_listed(memory: Any) -> None:
    a, b = "memory://papers/2025/a.txt", "memory://papers/2025/sâu hơn/b.txt"
    inputs = find_inputs(["memory://papers"])
    assert [str(path) for path in inputs.files] == [a, b]
    assert set(inputs.versions) == set(inputs.files)
    assert [str(path) for path in find_inputs([a, "memory://papers/*/*.txt"]).files] == [a]
    assert [str(path) for path in find_inputs(["memory://papers/notes.md"]).files] == ["memory://papers/notes.md"]
    assert find_inputs(["memory://papers/none"]).missing == ("memory://papers/none",)


def test_what_has_not_changed_is_not_fetched_again(
    memory: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = tmp_path / "x.duckdb"

    def go() -> tuple[int, int, int]:
        with Inline() as pool:
            summary = run(find_inputs(["memory://papers"]), db, WORK, pool)
        return summary.done, summary.unchanged, summary.failed

    assert go() == (2, 0, 0)
    assert ask(db, "SELECT source_path FROM documents ORDER BY 1")[0] == ("memory://papers/2025/a.txt",)

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("it was fetched again")

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.find.opened", forbidden)
        assert go() == (0, 2, 0)
    memory.pipe("/papers/2025/a.txt", b"fine 9/KH-UBND")
    assert go() == (1, 1, 0)
    assert ask(db, "SELECT code FROM documents ORDER BY 1") == [("1/KH-UBND",), ("2/KH-UBND",), ("9/KH-UBND",)]
    assert ask(db, "SELECT count(*), count(DISTINCT path) FROM fetched") == [(2, 2)]


def test_the_same_bytes_give_the_same_database_wherever_they_lie(memory: Any, tmp_path: Path) -> None:
    near, far, folder = tmp_path / "1.duckdb", tmp_path / "2.duckdb", tmp_path / "in"
    memory.get("/papers", str(folder), recursive=True)
    digests = []
    for db, name in ((near, str(folder)), (far, "memory://papers")):
        with Inline() as pool:
            run(find_inputs([name]), db, WORK, pool)
        with duckdb.connect(str(db), read_only=True) as connection:
            digests.append(digest(connection))
    assert digests[0] == digests[1]


def test_bytes_travel_with_a_job(memory: Any, tmp_path: Path) -> None:
    path = next(listed("memory://papers/2025/a.txt")).path
    job = Job(path, "d", fingerprint(path))
    there = carried(job)
    assert there.data == b"fine 1/KH-UBND\fpage two"
    memory.store.clear()
    assert contents(there) == there.data
    assert carried(job) == job  # it cannot be had any more: whoever reads it will say so
    with pytest.raises(Unreadable, match="not there"):
        contents(job)


def test_too_large_a_file_is_not_fetched(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.find.size_of", lambda path: MOST_BYTES + 1)
    with pytest.raises(Unreadable, match="more than the limit"):
        fingerprint(next(listed("memory://papers/2025/a.txt")).path)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("http://127.0.0.1:1/a.pdf", "kind http://"),
        ("zip://a::memory://papers/a.zip", "kind zip://"),
        (f"sftp://me:{SECRET}@127.0.0.1/a.pdf", "password"),
    ],
)
def test_addresses_that_are_refused(address: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(RemoteError, match=says) as caught:
        find_inputs([address])
    assert SECRET not in str(caught.value)
    shown = call("ingest", address, "--db", tmp_path / "x.duckdb")
    assert shown.exit_code == 2
    assert says in shown.stderr


def test_a_driver_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "paramiko", None)
    with pytest.raises(ComponentMissing, match="pip install paramiko"):
        find_inputs(["sftp://127.0.0.1/papers"])


def test_errors_of_drivers_tell_no_key(memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"GET https://host/a.pdf?X-Amz-Signature={SECRET} secret_key={SECRET} failed")

    monkeypatch.setattr(type(memory), "isdir", broken)
    with pytest.raises(RemoteError, match="RuntimeError") as caught:
        find_inputs(["memory://papers"])
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.fixture
def s3(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment in which s3:// leads to a server on this machine, which has one bucket."""
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.s3_server"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        port = next(line.split()[1] for line in server.stdout if line.startswith("port "))
        environment = {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "someone",
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        try:
            yield environment
        finally:
            server.kill()


def python(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


FILL = """
import sys, s3fs
system = s3fs.S3FileSystem()
system.mkdir("papers")
system.pipe("papers/2025/letter.txt", sys.argv[1].encode())
system.pipe("papers/2025/broken.pdf", b"no pdf")
"""


@pytest.mark.slow
def test_papers_out_of_s3(s3: dict[str, str], tmp_path: Path) -> None:
    filled = python(s3, "-W", "ignore", "-c", FILL, LETTER)
    assert filled.returncode == 0, filled.stderr
    db, log = tmp_path / "x.duckdb", tmp_path / "log"
    words = (
        "cli.py",
        "ingest",
        "s3://papers/2025",
        "--db",
        str(db),
        "--jobs",
        "1",
        "--log-format",
        "json",
        "--log-file",
        str(log),
    )
    first, second = python(s3, *words), python(s3, *words)
    assert (first.returncode, second.returncode) == (1, 1), first.stderr
    assert "done 1, unchanged 0, partial 0, failed 1" in first.stdout
    assert "failed 1 in" in second.stdout
    assert "(0 pages" in second.stdout
    assert ask(db, "SELECT source_path, code FROM documents") == [("s3://papers/2025/letter.txt", "45/QĐ-UBND")]
    assert ask(db, "SELECT source_path, category FROM failures") == [("s3://papers/2025/broken.pdf", "unsupported")]
    assert all(re.match(r'"\w+"', version) for (version,) in ask(db, "SELECT version FROM fetched"))
    wrong = python({**s3, "AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, *words)
    assert wrong.returncode == 2
    assert "cannot be read" in wrong.stderr
    told = "".join((log.read_text(), *(shown.stdout + shown.stderr for shown in (first, second, wrong))))
    assert SECRET not in told
    assert SECRET.encode() not in db.read_bytes()
