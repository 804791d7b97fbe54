"""The store: a document whole or not at all, quickly, and nobody else's database."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ddl import markdown
from pipeline.publish import StoreError, WorkFile, open_published
from pipeline.rows import rows_of
from pipeline.schema import SCHEMA_VERSION, TABLES, sql_type
from pipeline.store import Outcome, Store
from pipeline.stored_pages import dump_rulings, dump_words, load_page, settled
from schemas.page import Box, Candidate, Line, Page, Word
from schemas.record import DocumentFields, Record, Task
from schemas.result import Failure, Job, Result
from schemas.text import DocumentText
from tests.fake_work import fake_extract, page_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "x.duckdb")
    yield opened
    opened.close()


def outcome(name: str, text: str = "fine 1/KH-UBND", tasks: int | None = None) -> Outcome:
    job = Job(Path(f"/in/{name}.pdf"), f"{name:0>16}", f"{name:0>64}")
    pages = tuple(settled(page_of(number, part)) for number, part in enumerate(text.split("\f"), 1))
    record = fake_extract(DocumentText(pages))
    if tasks is not None:
        row = Task(content="Rà soát, công khai thủ tục hành chính", deadline="Quý III/2025", periods=["2025-Q3"])
        record = record.model_copy(update={"tasks": [row] * tasks})
    result = Result(job, "done", "scanned", record, pages)
    return Outcome(result, rows_of(result), ".pdf", (job.path,), "reading", "rules")


def all_rows(store: Store) -> dict[str, list[Any]]:
    return {table.name: store._rows(f"SELECT * FROM {table.name} ORDER BY ALL", []) for table in TABLES}  # noqa: S608


def test_replacing_a_document_twice_changes_nothing(store: Store) -> None:
    store.replace([outcome("a"), outcome("b")])
    before = all_rows(store)
    store.replace([outcome("b")])
    store.replace([outcome("a"), outcome("b")])
    assert all_rows(store) == before


def test_fewer_rows_leave_none_of_the_old_ones(store: Store) -> None:
    store.replace([outcome("a", "fine 1\fsecond\fthird", tasks=9)])
    store.replace([outcome("a", "fine 1", tasks=1)])
    rows = all_rows(store)
    assert (len(rows["tasks"]), len(rows["task_periods"]), len(rows["pages"]), len(rows["page_words"])) == (1, 1, 1, 1)


def test_a_document_is_stored_whole_or_not_at_all(store: Store) -> None:
    store.replace([outcome("a")])
    before = all_rows(store)
    bad = outcome("a", "other text")
    bad.rows["evidence"].append({**bad.rows["evidence"][0], "page": "no number"})
    with pytest.raises(duckdb.Error):
        store.replace([outcome("b"), bad])
    assert all_rows(store) == before


def test_two_thousand_rows_in_half_a_second(store: Store) -> None:
    papers = [outcome(str(number), tasks=200) for number in range(10)]
    started = time.perf_counter()
    store.replace(papers)
    seconds = time.perf_counter() - started
    assert len(all_rows(store)["tasks"]) == 2000
    assert seconds < 0.5 * slowness(), f"{seconds:.2f} s"


def slowness() -> float:
    """How much slower than usual this machine is just now (a million additions take some 0.03 s)."""
    started = time.perf_counter()
    sum(range(3_000_000))
    return max(1.0, (time.perf_counter() - started) / 0.03)


def test_a_reading_comes_back_as_it_was(store: Store) -> None:
    filed = outcome("a", "fine 1\nsecond line\fpage two")
    store.replace([filed])
    stored = store.reading(filed.result.job.doc_id)
    assert stored is not None
    assert (stored.pages, stored.kind, stored.failures) == (filed.result.pages, "scanned", ())
    assert store.reading("nobody") is None


texts = st.text(max_size=12)
numbers = st.floats(-1e4, 1e4)
words = st.builds(
    Word,
    texts,
    texts,
    st.none() | st.builds(Box, numbers, numbers, numbers, numbers),
    st.floats(0, 1),
    st.lists(st.builds(Candidate, texts, numbers), max_size=2).map(tuple),
)
pages = st.builds(
    lambda lines, raw: Page(1, 595.3, 841.9, "ocr", 0.5, 0.25, raw, tuple(Line(tuple(line)) for line in lines)),
    st.lists(st.lists(words, max_size=3), max_size=3),
    texts,
)


@given(pages)
def test_settled_pages_survive_storage(page: Page) -> None:
    kept = settled(page)
    row = {**kept._asdict(), "page": kept.number, "words": dump_words(kept), "rulings": dump_rulings(kept)}
    assert load_page(row, []) == kept
    assert settled(kept) == kept


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(), st.text())
def test_any_text_is_data(store: Store, title: str, raw: str) -> None:
    job = Job(Path("/in/x.pdf"), "x", "x")
    page = settled(Page(1, 1, 1, "ocr", 1, 1, raw, (Line((Word(raw, raw),)),)))
    result = Result(job, "done", "text", Record(document=DocumentFields(title=title)), (page,))
    store.replace([Outcome(result, rows_of(result), ".pdf", (job.path,), "", "")])
    rows = all_rows(store)
    assert len(rows["documents"]) == 1
    assert rows["pages"][0]["raw_text"] == page.raw_text
    stored = store.reading("x")
    assert stored is not None
    assert stored.pages == (page,)


def test_path_names_that_are_no_text_are_shown(store: Store) -> None:
    filed = outcome("a")
    failed = Result(
        filed.result.job, "failed", failures=(Failure("", None, "open", "damaged", None, "\udcff broken\x00"),)
    )
    store.replace([Outcome(failed, {}, ".pdf", (Path("/in/b\udcffd.pdf"),), "", "")])
    assert all_rows(store)["failures"][0]["source_path"] == "/in/b\\xffd.pdf"


def test_an_unknown_column_of_runs_is_refused(store: Store) -> None:
    with pytest.raises(KeyError):
        store.finish_run(1, {"nothing": 1})


def test_types_of_columns() -> None:
    assert sql_type(list[str] | None) == "VARCHAR[]"
    with pytest.raises(TypeError):
        sql_type(dict[str, int])


def test_the_documentation_of_the_tables_is_up_to_date() -> None:
    assert (ROOT / "docs" / "tables.md").read_text(encoding="utf-8") == markdown(), (
        "run: python -m pipeline.ddl > docs/tables.md"
    )


def test_comments_stand_in_the_database(tmp_path: Path) -> None:
    Store(tmp_path / "x.duckdb").close()
    with open_published(tmp_path / "x.duckdb") as connection:
        tables = dict(connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        columns = connection.execute(
            "SELECT count(*), count(comment) FROM duckdb_columns() WHERE NOT internal"
        ).fetchone()
    assert tables == {table.name: table.comment for table in TABLES}
    assert columns is not None
    assert columns[0] == columns[1]


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
import sys; from pathlib import Path; from pipeline.publish import WorkFile
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
