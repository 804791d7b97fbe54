"""The store: a document whole or not at all, quickly, and nobody else's database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.database.columns import sql_type
from pipeline.database.ddl import markdown
from pipeline.database.publish import open_published
from pipeline.database.rows import rows_of
from pipeline.database.schema import SCHEMA_VERSION, TABLES
from pipeline.database.store import Outcome, Store
from pipeline.database.stored_pages import dump_rulings, dump_words, load_page, settled
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
    found = {}
    for table in TABLES:
        cursor = store._db.execute(f"SELECT * FROM {table.name} ORDER BY ALL")  # noqa: S608
        names = [item[0] for item in cursor.description]
        found[table.name] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


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
    stored = store.readings([filed.result.job.doc_id, "nobody"]).pop(filed.result.job.doc_id)
    assert (stored.pages, stored.kind, stored.failures) == (filed.result.pages, "scanned", ())
    assert store.readings(["nobody"]) == {}


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
    assert store.readings(["x"])["x"].pages == (page,)


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
    assert (ROOT / "docs" / "schema.md").read_text(encoding="utf-8") == markdown(), (
        "run: python -m pipeline.database.ddl > docs/schema.md"
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


def test_a_database_of_an_older_version_is_brought_up_to_this_one(tmp_path: Path) -> None:
    """Rows stay; columns and tables that came later are there, the former empty."""
    path = tmp_path / "old.duckdb"
    old = Store(path)
    old.replace([outcome("a")])
    old.close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("ALTER TABLE documents DROP COLUMN unit_code")
        connection.execute("DROP TABLE addressees")
        connection.execute("UPDATE schema_version SET version = 1")
    Store(path).close()
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT unit_code FROM documents").fetchall() == [(None,)]
        assert connection.execute("SELECT count(*) FROM addressees").fetchall() == [(0,)]
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(SCHEMA_VERSION,)]
