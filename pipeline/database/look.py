"""Looking into a database: queries, search, what a run found. Never writes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from pipeline.database.publish import open_published


class Answer(NamedTuple):
    """Column names, and the rows (read as they are asked for)."""

    names: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class QueryError(ValueError):
    """The database did not understand the SQL; the message is its own."""


def query(connection: duckdb.DuckDBPyConnection, sql: str, values: Sequence[object] = ()) -> Answer:
    """Runs one query. Raises QueryError."""
    try:
        cursor = connection.execute(sql, list(values))
        names = tuple(item[0] for item in cursor.description or ())
    except duckdb.Error as error:
        raise QueryError(str(error)) from error
    return Answer(names, _rows(cursor))


def _rows(cursor: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := cursor.fetchmany(1000):
        yield from rows


def plain(value: Any) -> Any:
    """A value as JSON has it: dates in ISO 8601.

    >>> plain([dt.date(2025, 7, 30), Decimal("1.5")])
    ['2025-07-30', 1.5]
    """
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int, float)):
        return value
    return str(value)


def as_json(answer: Answer) -> Iterator[str]:
    """One array of objects, a row a line."""
    yield "["
    for number, row in enumerate(answer.rows):
        values = {name: plain(value) for name, value in zip(answer.names, row, strict=True)}
        yield (",\n" if number else "\n") + json.dumps(values, ensure_ascii=False)
    yield "\n]\n"


def as_csv(answer: Answer) -> Iterator[str]:
    """Comma-separated values with a header; lists as JSON; NULL as an empty field."""
    yield csv_line(answer.names)
    for row in answer.rows:
        yield csv_line(row)


def csv_line(values: Iterable[Any]) -> str:
    """One line of CSV.

    >>> csv_line(["a, b", None, [1, 2], dt.date(2025, 7, 30)])
    '"a, b",,"[1, 2]",2025-07-30\\n'
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(
        json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value
        for value in (plain(item) for item in values)
    )
    return line.getvalue()


_FOUND = """
SELECT source_path, doc_type_name, code, issued_on, title, signer_name, pages, confidence, needs_review
FROM documents WHERE ? OR split_part(doc_id, '-', 1) IN (SELECT unnest(?::VARCHAR[]))
ORDER BY source_path, part LIMIT ?
"""


def found(db: Path, doc_ids: Sequence[str] | None = None, limit: int = 60) -> tuple[tuple[str, ...], list[list[Any]]]:
    """What was found, a line a document: the table that `ingest` shows. doc_ids: which, None for all.

    Of more than `limit` documents the first by path.
    """
    with open_published(db) as connection:
        rows = query(connection, _FOUND, [doc_ids is None, list(doc_ids or ()), limit]).rows
        names = ("name", "kind", "code", "date", "title", "signer", "pages", "sure", "")
        return names, [
            [
                _short_name(path),
                kind,
                code,
                date,
                _short(title, 60),
                signer,
                pages,
                None if sure is None else f"{sure:.2f}",
                "look" if review else "",
            ]
            for path, kind, code, date, title, signer, pages, sure, review in rows
        ]


def _short_name(path: str) -> str:
    return "/".join(Path(path).parts[-2:])


def _short(text: str | None, length: int) -> str | None:
    return text if text is None or len(text) <= length else text[: length - 1].rstrip() + "…"
