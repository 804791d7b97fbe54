"""A run: what is read, what is skipped, what is kept, and that the same input gives the same database."""

from __future__ import annotations

import os
import unicodedata
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.database.store import digest
from pipeline.executors import Inline
from pipeline.find import find_inputs
from pipeline.run import Scope, run
from pipeline.schedule import Work
from pipeline.summary import Summary
from pipeline.workers.pool import Processes
from tests.fake_work import NEWER_BOTH, NEWER_RULES, WORK, no_pdf

KE_HOACH = unicodedata.normalize("NFD", "Kế hoạch.txt")  # as macOS writes names


def go(db: Path, *named: Path, work: Work = WORK, executor: Executor | None = None, scope: Scope = "new") -> Summary:
    with executor or Inline() as pool:
        return run(find_inputs(map(str, named)), db, work, pool, scope=scope)


def ask(db: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


def digest_of(db: Path) -> str:
    with duckdb.connect(str(db), read_only=True) as connection:
        return digest(connection)


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.done, summary.unchanged, summary.partial, summary.failed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    papers = tmp_path / "papers"
    (papers / "deep er").mkdir(parents=True)
    (papers / "a.txt").write_text("fine 1/KH-UBND page one\nline two\fpage two")
    (papers / "deep er" / "b\nnew line.txt").write_text("fine 2/KH-UBND")
    (papers / "deep er" / KE_HOACH).write_text("fine 3/KH-UBND")
    (papers / "notes.md").write_text("not a paper")
    return papers


def test_a_folder_is_loaded_whole(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "new" / "x.duckdb"
    summary = go(db, folder)
    assert counts(summary) == (3, 0, 0, 0)
    assert summary.pages == 4
    assert ask(db, "SELECT source_path, pages, kind, code FROM documents ORDER BY 4") == [
        (str(folder / "a.txt"), 2, "scanned", "1/KH-UBND"),
        (str(folder / "deep er" / "b\nnew line.txt"), 1, "scanned", "2/KH-UBND"),
        (str(folder / "deep er" / KE_HOACH), 1, "scanned", "3/KH-UBND"),
    ]
    assert ask(
        db, "SELECT page, text FROM pages JOIN documents USING (doc_id) WHERE code = '1/KH-UBND' ORDER BY 1"
    ) == [
        (1, "fine 1/KH-UBND page one\nline two"),
        (2, "page two"),
    ]
    assert sorted(os.listdir(db.parent)) == ["x.duckdb"]


def test_the_second_run_does_nothing(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    go(db, folder)
    before = digest_of(db)
    assert counts(go(db, folder)) == (0, 3, 0, 0)
    assert counts(go(db, folder, scope="all")) == (3, 0, 0, 0)
    assert digest_of(db) == before
    assert ask(db, "SELECT run_id, status, files, done, unchanged FROM runs ORDER BY 1") == [
        (1, "finished", 3, 3, 0),
        (2, "finished", 3, 0, 3),
        (3, "finished", 3, 3, 0),
    ]


def test_the_same_bytes_are_one_document(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    copy = folder / "0 copy.txt"
    copy.write_bytes((folder / "a.txt").read_bytes())
    assert counts(go(db, folder, folder / "a.txt", folder / "deep er" / ".." / "a.txt")) == (3, 0, 0, 0)
    assert ask(db, "SELECT source_path FROM documents WHERE code = '1/KH-UBND'") == [(str(copy),)]
    another = folder / "0 another.txt"
    another.write_bytes(copy.read_bytes())
    assert counts(go(db, another)) == (0, 1, 0, 0)
    found = ask(db, "SELECT path FROM sources JOIN documents USING (doc_id) WHERE code = '1/KH-UBND' ORDER BY 1")
    assert found == [(str(another),), (str(copy),), (str(folder / "a.txt"),)]
    assert ask(db, "SELECT source_path FROM documents WHERE code = '1/KH-UBND'") == [(str(another),)]


def test_order_of_loading_does_not_matter(folder: Path, tmp_path: Path) -> None:
    at_once, by_and_by = tmp_path / "1.duckdb", tmp_path / "2.duckdb"
    go(at_once, folder)
    for name in ("deep er", "a.txt"):
        go(by_and_by, folder / name)
    assert digest_of(at_once) == digest_of(by_and_by)


def test_new_rules_read_the_stored_pages(folder: Path, tmp_path: Path) -> None:
    db, fresh = tmp_path / "x.duckdb", tmp_path / "fresh.duckdb"
    (folder / "half.txt").write_text("half 4/KH-UBND\fone\flost")
    assert counts(go(db, folder)) == (3, 0, 1, 0)
    old = ask(db, "SELECT * FROM failures")
    summary = go(db, folder, work=NEWER_RULES)
    assert counts(summary) == (3, 0, 1, 0)
    assert summary.pages == 0
    assert ask(db, "SELECT DISTINCT title FROM documents") == [("second rules",)]
    assert ask(db, "SELECT * FROM failures") == old
    assert ask(db, "SELECT pages FROM documents WHERE code = '4/KH-UBND'") == [(3,)]
    go(fresh, folder, work=replace(NEWER_BOTH, read_key="reading 1"))
    assert digest_of(db) == digest_of(fresh)


def test_a_new_way_of_reading_reads_anew(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    go(db, folder)
    summary = go(db, folder, work=NEWER_BOTH)
    assert (counts(summary), summary.pages) == ((3, 0, 0, 0), 4)


def test_a_failure_keeps_the_last_good_rows(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    go(db, folder)
    good = ask(db, "SELECT * FROM documents ORDER BY ALL")
    worse = replace(NEWER_RULES, read_key="reading 2")  # whose reading always raises
    assert counts(go(db, folder, work=worse)) == (0, 0, 0, 3)
    assert ask(db, "SELECT * FROM documents ORDER BY ALL") == good
    assert ask(db, "SELECT count(*), count(DISTINCT category), any_value(category) FROM failures") == [
        (3, 1, "internal")
    ]
    assert counts(go(db, folder, work=NEWER_BOTH)) == (3, 0, 0, 0)
    assert ask(db, "SELECT count(*) FROM failures") == [(0,)]


def test_failures_stand_in_their_table(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    (folder / "broken.txt").write_text("broken")
    (folder / "twin.txt").write_text("broken")
    (folder / "bug.txt").write_text("bug")
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    summary = go(db, folder, tmp_path / "not there")
    assert counts(summary) == (3, 0, 0, 5)
    rows = ask(db, "SELECT source_path, stage, category, page, sha256 IS NULL, error FROM failures ORDER BY 1")
    assert [(Path(row[0]).name, *row[1:5]) for row in rows] == [
        ("not there", "find", "missing", None, True),
        ("broken.txt", "open", "damaged", None, False),
        ("bug.txt", "read", "internal", 1, False),
        ("gone.txt", "find", "missing", None, True),
        ("pipe.txt", "open", "unsupported", None, True),
        ("twin.txt", "open", "damaged", None, False),
    ]
    assert "ZeroDivisionError: a fault of our own" in rows[2][5]
    (folder / "gone.txt").unlink()
    (folder / "gone.txt").write_text("fine 1/KH-UBND page one\nline two\fpage two")  # the bytes of a.txt
    go(db, folder)
    assert ask(db, "SELECT count(*) FROM failures WHERE source_path LIKE '%gone.txt'") == [(0,)]


def test_what_failed_is_left_until_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    """The same broken bytes fail the same way: nothing is done, and they are still told."""
    db = tmp_path / "x.duckdb"
    (folder / "broken.txt").write_text("broken")
    (folder / "half.txt").write_text("half 4/KH-UBND\fone\flost")
    (folder / "bug.txt").write_text("bug")

    class Counting(Inline):
        def __init__(self) -> None:
            self.names: list[str] = []

        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            self.names.append(args[0].path.name)
            return super().submit(fn, *args, **kwargs)

    assert counts(go(db, folder)) == (3, 0, 1, 2)
    told = ask(db, "SELECT source_path, category FROM failures ORDER BY 1")
    again, asked, moved = Counting(), Counting(), Counting()
    assert counts(go(db, folder, executor=again)) == (0, 3, 1, 2)
    assert again.names == ["bug.txt"]  # our own fault: another machine may not have it
    assert counts(go(db, folder, executor=asked, scope="failed")) == (0, 3, 1, 2)
    assert sorted(asked.names) == ["broken.txt", "bug.txt", "half.txt"]
    assert ask(db, "SELECT source_path, category FROM failures ORDER BY 1") == told
    (folder / "copy.txt").write_text("broken")
    assert counts(go(db, folder, executor=moved)) == (0, 3, 1, 2)
    assert "copy.txt" in ask(db, "SELECT string_agg(source_path) FROM failures")[0][0]
    (folder / "broken.txt").write_text("fine 5/KH-UBND")
    assert counts(go(db, folder)) == (1, 3, 1, 2)


def test_a_file_that_changes_or_vanishes_before_it_is_read(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"

    class Late(Inline):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
            if args[0].path.name == "a.txt":
                args[0].path.unlink()
            else:
                args[0].path.write_text("other bytes")
            return super().submit(fn, *args, **kwargs)

    assert counts(go(db, folder, executor=Late())) == (0, 0, 0, 3)
    assert ask(db, "SELECT DISTINCT category FROM failures") == [("missing",)]
    assert ask(db, "SELECT count(*) FROM documents") == [(0,)]


def test_the_suffix_is_part_of_what_is_read(folder: Path, tmp_path: Path) -> None:
    """A text dump under the name of a PDF fails; the same bytes as .txt are loaded all the same."""
    db = tmp_path / "x.duckdb"
    disguised = folder / "0.pdf"
    disguised.write_bytes((folder / "a.txt").read_bytes())
    work = replace(WORK, begin=partial(no_pdf, then=WORK.begin))
    assert counts(go(db, folder, work=work)) == (3, 0, 0, 1)
    assert ask(db, "SELECT source_path, category FROM failures") == [(str(disguised), "unsupported")]
    assert ask(db, "SELECT source_path FROM documents WHERE code = '1/KH-UBND'") == [(str(folder / "a.txt"),)]
    assert counts(go(db, folder, work=work)) == (0, 3, 0, 1)


def test_vanished_files_keep_their_documents(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    go(db, folder)
    before = digest_of(db)
    (folder / "a.txt").unlink()
    assert counts(go(db, folder)) == (0, 2, 0, 0)
    assert digest_of(db) == before


def test_links_out_of_the_folder_are_not_followed(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("fine 9/KH-UBND")
    (folder / "out.txt").symlink_to(outside)
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    inputs = find_inputs([str(folder)])
    assert [path.name for path in inputs.skipped] == ["out.txt"]
    assert [path.name for path in inputs.files] == ["a.txt", KE_HOACH, "b\nnew line.txt", "inside.txt"]
    assert find_inputs([str(folder / "out.txt")]).files == (folder / "out.txt",)  # named itself: meant


def test_patterns_find_files(folder: Path) -> None:
    assert [path.name for path in find_inputs([f"{folder}/**/b*.txt"]).files] == ["b\nnew line.txt"]
    assert find_inputs([f"{folder}/*.pdf"]).missing == (f"{folder}/*.pdf",)
    assert [path.name for path in find_inputs([str(folder / "notes.md")]).files] == ["notes.md"]


@pytest.mark.slow
def test_workers_and_inline_give_the_same_digest(folder: Path, tmp_path: Path) -> None:
    (folder / "half.txt").write_text("half 4/KH-UBND\fone\flost")
    (folder / "broken.txt").write_text("broken")
    (folder / "long.txt").write_text("\f".join(f"page {number}" for number in range(20)))
    for number in range(40):
        (folder / f"{number}.txt").write_text(f"fine {number}/QĐ-UBND {'chữ ' * number}")
    inline, pooled = tmp_path / "1.duckdb", tmp_path / "2.duckdb"
    first = go(inline, folder)
    second = go(pooled, folder, executor=Processes(2))
    assert counts(first) == counts(second) == (44, 0, 1, 1)
    assert digest_of(inline) == digest_of(pooled)
