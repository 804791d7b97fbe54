"""The work file takes the place of the published one; nobody is locked out, nobody else's database is touched."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pipeline.database.publish import StoreError, WorkFile, open_published
from pipeline.database.schema import SCHEMA_VERSION
from pipeline.database.store import Store
from tests.test_store import outcome

ROOT = Path(__file__).resolve().parent.parent


def publish_one(db: Path, name: str) -> None:
    with WorkFile(db) as work:
        opened = Store(work.path)
        run_id = opened.start_run(f"2026-01-01 00:00:{len(name):02}", "inline", "", "")
        opened.replace([outcome(name)])
        opened.finish_run(run_id, {"status": "finished", "finished_at": "2026-01-01 00:01:00"})
        opened.close()
        work.publish()


def names(db: Path) -> list[str]:
    with open_published(db) as connection:
        return [row[0] for row in connection.execute("SELECT source_path FROM documents ORDER BY 1").fetchall()]


def test_readers_keep_the_old_data_and_never_lock_the_run(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    with duckdb.connect(str(db), read_only=True) as reader:
        publish_one(db, "b")
        assert reader.execute("SELECT count(*) FROM documents").fetchone() == (1,)
    assert names(db) == ["/in/a.pdf", "/in/b.pdf"]
    assert [path.name for path in tmp_path.iterdir()] == ["x.duckdb"]


def test_a_work_file_left_behind_is_gone_on_from(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    with WorkFile(db) as work:  # as after kill -9: stored, not published
        opened = Store(work.path)
        opened.start_run("2026-01-02 00:00:00", "inline", "", "")
        opened.replace([outcome("b")])
        opened.close()
    assert names(db) == ["/in/a.pdf"]
    publish_one(db, "ccc")
    assert names(db) == ["/in/a.pdf", "/in/b.pdf", "/in/ccc.pdf"]


def test_a_work_file_of_another_past_is_dropped(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    old = db.read_bytes()
    publish_one(db, "bb")
    with WorkFile(db) as work:
        opened = Store(work.path)
        opened.start_run("2026-01-02 00:00:00", "inline", "", "")
        opened.close()
    db.write_bytes(old)  # somebody restored a backup
    publish_one(db, "cccc")
    assert names(db) == ["/in/a.pdf", "/in/cccc.pdf"]


def test_a_broken_work_file_is_dropped(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    db.with_name("x.duckdb.work").write_bytes(b"half written")
    publish_one(db, "b")
    assert names(db) == ["/in/a.pdf", "/in/b.pdf"]


def refused(db: Path) -> str:
    before = db.read_bytes()
    with pytest.raises(StoreError) as error, WorkFile(db):
        pass
    assert db.read_bytes() == before
    assert [path.name for path in db.parent.iterdir()] == [db.name]
    return str(error.value)


def test_databases_of_others_are_refused_and_left_alone(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    with duckdb.connect(str(db)) as connection:
        connection.execute("CREATE TABLE documents (doc_id VARCHAR)")
    assert "another program" in refused(db)
    with duckdb.connect(str(db)) as connection:
        connection.execute("CREATE TABLE schema_version (program VARCHAR, version INTEGER)")
        connection.execute("INSERT INTO schema_version VALUES ('other', 1)")
    assert "another program" in refused(db)
    with duckdb.connect(str(db)) as connection:
        connection.execute("UPDATE schema_version SET program = 'vanban', version = ?", [SCHEMA_VERSION + 1])
    assert "newer version" in refused(db)
    db.write_text("a letter, no database" * 100)
    assert "not a DuckDB database" in refused(db)


def test_an_empty_database_is_filled(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    duckdb.connect(str(db)).close()
    publish_one(db, "a")
    assert names(db) == ["/in/a.pdf"]
    empty = tmp_path / "empty.duckdb"
    empty.touch()
    publish_one(empty, "a")
    assert names(empty) == ["/in/a.pdf"]


def holder(code: str, db: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(db)], cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


WRITES = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('ready', flush=True); sys.stdin.read()"
LOADS = """
import sys; from pathlib import Path; from pipeline.database.publish import WorkFile
with WorkFile(Path(sys.argv[1])):
    print('ready', flush=True); sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("code", "message"), [(WRITES, "in use by another program"), (LOADS, "being loaded by another run")]
)
def test_a_locked_database_is_said_so(tmp_path: Path, code: str, message: str) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    process = holder(code, db)
    try:
        with pytest.raises(StoreError, match=message), WorkFile(db):
            pass
    finally:
        process.communicate("")
    publish_one(db, "b")
    assert names(db) == ["/in/a.pdf", "/in/b.pdf"]


def test_a_log_left_by_another_program_is_taken_in(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    code = (
        "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('PRAGMA disable_checkpoint_on_shutdown');"
        "c.execute('SET checkpoint_threshold=\\'1GB\\''); c.execute('DELETE FROM addressees'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(db)], check=True)
    assert db.with_name("x.duckdb.wal").exists()
    publish_one(db, "b")
    with open_published(db) as connection:
        assert connection.execute("SELECT count(*) FROM addressees").fetchone() == (1,)
    assert [path.name for path in tmp_path.iterdir()] == ["x.duckdb"]


def test_published_databases_touch_no_other_file(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    publish_one(db, "a")
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"a": 1}))
    with open_published(db) as connection, pytest.raises(duckdb.PermissionException):
        connection.execute("SELECT * FROM read_json(?)", [str(secret)])
    with pytest.raises(StoreError, match="does not exist"):
        open_published(tmp_path / "none.duckdb")
