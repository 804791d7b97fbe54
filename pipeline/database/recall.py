"""Readings taken back out of the database, so that new rules need no new reading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import duckdb

from pipeline.database.columns import Row
from pipeline.database.rows import file_of
from pipeline.database.stored_pages import load_page
from schemas.page import Page
from schemas.result import DocumentKind, Failure

_PAPERS = "SELECT doc_id FROM documents WHERE split_part(doc_id, '-', 1) IN (SELECT unnest(?::VARCHAR[]))"
_KINDS = "SELECT doc_id, kind FROM documents WHERE doc_id IN (SELECT unnest(?::VARCHAR[]))"
_PAGES = """
SELECT * FROM pages JOIN page_words USING (doc_id, page)
WHERE doc_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY page
"""
_NOTES = "SELECT * FROM annotations WHERE doc_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY doc_id, seq"
_FAILURES = """
SELECT d.doc_id, f.* FROM failures f JOIN documents d USING (sha256, source_path)
WHERE d.doc_id IN (SELECT unnest(?::VARCHAR[])) AND f.page IS NOT NULL ORDER BY ALL
"""


class Stored(NamedTuple):
    """A reading out of the database. failures: the pages of it that could not be read."""

    kind: DocumentKind
    pages: tuple[Page, ...]
    failures: tuple[Failure, ...]


def readings(connection: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> dict[str, Stored]:
    """The pages of these documents as they were read; those that are not in the database are left out."""
    values = [list(doc_ids)]
    papers: list[Any] = [[row[0] for row in connection.execute(_PAPERS, values).fetchall()]]
    notes: dict[tuple[str, int], list[Row]] = {}
    for row in _rows(connection, _NOTES, papers):
        notes.setdefault((row["doc_id"], row["page"]), []).append(row)
    pages: dict[str, list[Page]] = {}
    for row in _rows(connection, _PAGES, papers):
        pages.setdefault(file_of(row["doc_id"]), []).append(load_page(row, notes.get((row["doc_id"], row["page"]), ())))
    failures: dict[str, list[Failure]] = {}
    for doc_id, *failure in connection.execute(_FAILURES, values).fetchall():
        failures.setdefault(doc_id, []).append(Failure(*failure))
    return {
        doc_id: Stored(kind, tuple(pages.get(doc_id, ())), tuple(failures.get(doc_id, ())))
        for doc_id, kind in connection.execute(_KINDS, values).fetchall()
    }


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: list[Any]) -> list[Row]:
    cursor = connection.execute(sql, values)
    names = [item[0] for item in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
