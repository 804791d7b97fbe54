"""The one writer of the database: a document whole or not at all, the same rows for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.database import fulltext, reference
from pipeline.database.columns import Row, Rows
from pipeline.database.ddl import ddl, upgrade
from pipeline.database.digest import digest
from pipeline.database.insert import LISTED, Transaction, insert, listed
from pipeline.database.publish import check_ours, connect
from pipeline.database.recall import Stored, readings
from pipeline.database.remembered import remember, remembered
from pipeline.database.rows import file_of, path_text
from pipeline.database.schema import BY_NAME, SCHEMA_VERSION, TABLES
from pipeline.database.settle import settle
from pipeline.database.stored_pages import clean_text
from schemas.result import Category, Failure, Result, Status

TRANSIENT: frozenset[Category] = frozenset({"missing", "crashed", "denied", "internal"})
"""Failures that the next run may not meet again: it tries anew. What took too long was tried twice, and would again."""


class Unit(NamedTuple):
    """What is read once: the bytes, and the suffix of the name, because text and .pdf are read differently."""

    doc_id: str
    suffix: str


class Entry(NamedTuple):
    """What the ledger knows of a unit."""

    read_key: str
    rules_key: str
    status: Status
    retry: bool


class Outcome(NamedTuple):
    """A result with all that the store needs to file it.

    rows: of `rows_of`, empty where the result failed. paths: every path of the unit in this run, sorted.
    """

    result: Result
    rows: Rows
    suffix: str
    paths: tuple[Path, ...]
    read_key: str
    rules_key: str


class Store:
    """An open database of ours. `path` is a work file (pipeline/database/publish.py) or a file nobody else reads."""

    def __init__(self, path: Path) -> None:
        self._db = connect(path, read_only=False)
        try:
            self._db.execute(LISTED)
            # At the usual 16 MB, checkpoints cost a fifth of loading. What DuckDB keeps at hand grows with the file
            # unless it is told how far; what does not fit it puts on the disk.
            self._db.execute("SET checkpoint_threshold = '64MB'")
            self._db.execute("SET memory_limit = '600MB'")
            statements = self._upgrade() if check_ours(self._db, path) else list(ddl())
            if statements:
                with Transaction(self._db):
                    for statement in statements:
                        self._db.execute(statement)
                    reference.fill(self._db)
            self._known: dict[str, set[str]] = {}
            for row in self._db.execute("SELECT doc_id FROM documents").fetchall():
                self._known.setdefault(file_of(row[0]), set()).add(row[0])
        except BaseException:
            self._db.close()
            raise

    def _upgrade(self) -> list[str]:
        """What a database of an older version lacks."""
        row = self._db.execute("SELECT version FROM schema_version").fetchone()
        if row is None or int(row[0]) == SCHEMA_VERSION:
            return []
        present: dict[str, set[str]] = {}
        for table, column in self._db.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall():
            present.setdefault(str(table), set()).add(str(column))
        return list(upgrade(present))

    def close(self) -> None:
        """Takes the log into the file and lets it go."""
        try:
            self._db.execute("CHECKPOINT")
        finally:
            self._db.close()

    def ledger(self) -> dict[Unit, Entry]:
        """All that was done before."""
        found = self._db.execute("SELECT doc_id, suffix, read_key, rules_key, status, retry FROM ledger").fetchall()
        return {Unit(row[0], row[1]): Entry(*row[2:]) for row in found}

    def failed_paths(self) -> set[tuple[str, str]]:
        """Fingerprint and path of all that stands in table failures."""
        return set(self._db.execute("SELECT DISTINCT sha256, source_path FROM failures WHERE sha256 <> ''").fetchall())

    def replace(self, outcomes: Sequence[Outcome]) -> None:
        """Files the outcomes in one transaction.

        Of a document that was read, all rows are replaced; of one that failed, only ledger and failures are written,
        so that the last good rows stay.
        """
        rows: Rows = {table.name: [] for table in TABLES}
        loaded: dict[str, Rows] = {}
        for outcome in outcomes:
            job, status = outcome.result.job, outcome.result.status
            if status != "failed":
                loaded[job.doc_id] = outcome.rows
                rows["sources"] += _sources(job.doc_id, outcome.paths)
            rows["failures"] += failure_rows(outcome)
            rows["ledger"].append(
                {
                    "doc_id": job.doc_id,
                    "suffix": outcome.suffix,
                    "read_key": outcome.read_key,
                    "rules_key": outcome.rules_key,
                    "status": status,
                    "retry": any(failure.category in TRANSIENT for failure in outcome.result.failures),
                }
            )
        for document in loaded.values():
            for name, table_rows in document.items():
                rows[name] += table_rows
        units = [outcome.result.job.doc_id + outcome.suffix for outcome in outcomes]
        paths = [path_text(path) for outcome in outcomes for path in outcome.paths]
        with Transaction(self._db):
            old = [paper for doc_id in loaded for paper in self._known.get(doc_id, ())]
            fulltext.forget(self._db, old)
            for table in TABLES:
                if table.of_document and old:
                    self._db.execute(
                        f"DELETE FROM {table.name} WHERE doc_id IN (FROM listed(?))",  # noqa: S608  (our own name)
                        [listed(old)],
                    )
            self._db.execute("DELETE FROM ledger WHERE doc_id || suffix IN (FROM listed(?))", [listed(units)])
            self._db.execute("DELETE FROM failures WHERE source_path IN (FROM listed(?))", [listed(paths)])
            self._add_sources(rows.pop("sources"))
            for name, table_rows in rows.items():
                insert(self._db, BY_NAME[name], table_rows)
            self._settle_paths(list(loaded))
        for doc_id, document in loaded.items():
            self._known[doc_id] = {row["doc_id"] for row in document["documents"]}

    def leave(self, unchanged: Iterable[tuple[str, Sequence[Path]]]) -> None:
        """Files the paths of documents that are in the database already; what failed there with other bytes is past."""
        rows = [row for doc_id, paths in unchanged for row in _sources(doc_id, paths)]
        if not rows:
            return
        doc_ids = list({row["doc_id"] for row in rows})
        with Transaction(self._db):
            self._db.execute(
                "DELETE FROM failures WHERE source_path IN (FROM listed(?)) AND coalesce(sha256, '') NOT IN "
                "(SELECT sha256 FROM documents WHERE doc_id IN (FROM listed(?)))",
                [listed(row["path"] for row in rows), listed(doc_ids)],
            )
            self._add_sources(rows)
            self._settle_paths(doc_ids)

    def fail(self, failures: Sequence[Failure]) -> None:
        """Files failures of inputs of which not even the bytes are known."""
        with Transaction(self._db):
            self._db.execute(
                "DELETE FROM failures WHERE source_path IN (FROM listed(?))",
                [listed(failure.source_path for failure in failures)],
            )
            insert(self._db, BY_NAME["failures"], [_failure_row(failure) for failure in failures])

    def readings(self, doc_ids: Sequence[str]) -> dict[str, Stored]:
        """See pipeline/database/recall.py."""
        return readings(self._db, doc_ids)

    def remembered(self, versions: Mapping[Path, str]) -> dict[Path, str]:
        """See pipeline/database/remembered.py."""
        return remembered(self._db, versions)

    def remember(self, fetched: Mapping[Path, tuple[str, str]]) -> None:
        """See pipeline/database/remembered.py."""
        with Transaction(self._db):
            remember(self._db, fetched)

    def start_run(self, started_at: str, executor: str, read_key: str, rules_key: str) -> int:
        """Opens a row in `runs`; started_at: ISO 8601, UTC. Runs that were killed are marked so."""
        self._db.execute("UPDATE runs SET status = 'interrupted' WHERE status = 'running'")
        found = self._db.execute("SELECT coalesce(max(run_id), 0) + 1 FROM runs").fetchone()
        run_id = int(found[0]) if found else 1
        insert(
            self._db,
            BY_NAME["runs"],
            [
                {
                    "run_id": run_id,
                    "started_at": started_at,
                    "status": "running",
                    "executor": executor,
                    "read_key": read_key,
                    "rules_key": rules_key,
                }
            ],
        )
        return run_id

    def finish_run(self, run_id: int, values: dict[str, Any]) -> None:
        """Closes the row: values by column name. What this run brought can be searched and stands in the
        tables across documents from now on.
        """
        fulltext.bring_up_to_date(self._db)
        with Transaction(self._db):
            settle(self._db)
        for name in values:
            if name not in BY_NAME["runs"].names:
                raise KeyError(name)
        settings = ", ".join(f'"{name}" = ?' for name in values)
        self._db.execute(
            f"UPDATE runs SET {settings} WHERE run_id = ?",  # noqa: S608  (our own names)
            [*values.values(), run_id],
        )

    def digest(self) -> str:
        """See pipeline/database/digest.py."""
        return digest(self._db)

    def _add_sources(self, rows: list[Row]) -> None:
        if rows:
            self._db.execute(
                "INSERT INTO sources SELECT DISTINCT r.doc_id, r.path "
                """FROM (SELECT unnest(from_json(?, '[{"doc_id": "VARCHAR", "path": "VARCHAR"}]')) AS r) """
                "EXCEPT SELECT doc_id, path FROM sources",
                [json.dumps(rows)],
            )

    def _settle_paths(self, doc_ids: list[str]) -> None:
        if doc_ids:
            self._db.execute(
                "UPDATE documents SET source_path = first.path "
                "FROM (SELECT doc_id, min(path) AS path FROM sources GROUP BY doc_id) AS first "
                "WHERE split_part(documents.doc_id, '-', 1) = first.doc_id AND first.doc_id IN (FROM listed(?)) "
                "AND documents.source_path <> first.path",
                [listed(doc_ids)],
            )


def _sources(doc_id: str, paths: Iterable[Path]) -> list[Row]:
    return [{"doc_id": doc_id, "path": path_text(path)} for path in paths]


def _failure_row(failure: Failure) -> Row:
    return {**failure._asdict(), "error": clean_text(failure.error)}


def failure_rows(outcome: Outcome) -> list[Row]:
    """Rows of `failures`: one a failure and path (the same broken bytes may stand in several places)."""
    return [
        {**_failure_row(failure), "source_path": path_text(path)}
        for failure in outcome.result.failures
        for path in outcome.paths
    ]
