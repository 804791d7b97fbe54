"""The search index: which words stand on which page, in the database itself, kept up to date run by run.

An inverted list in plain tables of schema `search`, so that the file opens in any DuckDB. Three kinds of keys stand for
each stretch of text: its words without diacritics, its words as written (where that is another), and its pairs of
neighbouring words without diacritics (Vietnamese words are of several syllables: "hành chính" says more than "hành" and
"chính"). DuckDB's own
extension `fts` was measured against it (docs/search.md): slower to ask, without pairs of words, and made anew at every change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple

import duckdb

from pipeline.database.insert import Transaction, listed

VERSION = 2
"""Count up when keys or weights change their meaning: databases are indexed anew then."""

_CHUNK = 2_000_000  # signs of text indexed at a time, so that memory stays flat (about 300 MB)
_RECENT = 1_000_000  # rows that may lie unsorted in any case …
_RECENT_SHARE = 8  # … and one in so many of the sorted ones
_SLICE = 4_000_000  # rows sorted at a time
_SORTING_MEMORY = "500MB"
_LENGTH = 300  # words of an average page; fixed, so that old rows stay true when new ones come
_K1, _B = 1.2, 0.75  # BM25 as usual (Robertson and Zaragoza 2009)


class Field(NamedTuple):
    """A sort of text that is searched. seq, text, path: SQL; path names the evidence that tells the page."""

    name: str
    table: str
    seq: str
    text: str
    path: str | None = None


FIELDS = (
    Field("text", "pages", "t.page", "t.text"),
    Field("title", "documents", "0", "concat_ws(' ', t.doc_type_name, t.code, t.title)", "'document.title'"),
    Field("task", "tasks", "t.seq", "t.content", "'tasks[' || t.seq || '].content'"),
    Field(  # a code that was misprinted is found by what it should be
        "citation",
        "citations",
        "t.seq",
        "CASE WHEN t.as_printed IS NOT NULL THEN t.code END",
        "'citations[' || t.seq || '].code'",
    ),
)

_TABLES = (
    (
        "state",
        "version INTEGER, hash UBIGINT",
        "By which version of the index, and of the function hash(), it was made",
    ),
    (
        "units",
        "unit INTEGER, doc_id VARCHAR, field VARCHAR, seq INTEGER, page INTEGER",
        "What is searched: text of pages, titles, tasks, misprinted citations. seq: page, or seq of the table",
    ),
    (
        "postings",
        "key UBIGINT, unit INTEGER, weight UTINYINT",
        "hash() of a word plain, as =written, or of a pair; where it stands; 100 times the frequency part of BM25",
    ),
    ("recent", "key UBIGINT, unit INTEGER, weight UTINYINT", "As postings: what came last and is not sorted in yet"),
)

WORDS = r"regexp_extract_all(lower({text}), '[\p{{L}}\p{{M}}\p{{N}}]+')"
"""SQL: the words of a text."""
FOLDED = "replace(strip_accents({text}), 'đ', 'd')"
"""SQL: text in lower case without diacritics."""

_POSTINGS = f"""
WITH words AS MATERIALIZED (SELECT unit, {WORDS.format(text="text")} AS written FROM batch),
cut AS MATERIALIZED (
    SELECT unit, len(written) AS length, written,
        string_split({FOLDED.format(text="array_to_string(written, ' ')")}, ' ') AS folded
    FROM words WHERE len(written) > 0
),
keys AS (
    SELECT unit, length, unnest(folded) AS key FROM cut
    UNION ALL SELECT unit, length, '=' || w FROM (
        SELECT unit, length, unnest(written) AS w, unnest(folded) AS f FROM cut
    ) WHERE w <> f
    UNION ALL SELECT unit, length, unnest(list_transform(list_zip(folded[:-2], folded[2:]), lambda p: p[1] || ' ' || p[2]))
    FROM cut
)
INSERT INTO search.recent
SELECT hash(key), unit,
    (100 * count(*) * {_K1 + 1} / (count(*) + {_K1} * ({1 - _B} + {_B} * any_value(length) / {_LENGTH})))::UTINYINT
FROM keys GROUP BY unit, key
"""  # noqa: S608  (our own names)


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the database has an index that this program and this DuckDB can read."""
    try:
        found = connection.execute("SELECT version, hash = hash('search') FROM search.state").fetchall()
    except duckdb.CatalogException:
        return False
    return found == [(VERSION, True)]


def forget(connection: duckdb.DuckDBPyConnection, doc_ids: Sequence[str]) -> None:
    """Takes documents out of the index, inside the transaction that replaces them. The macro `listed` must be there."""
    if doc_ids and is_current(connection):
        gone = "(SELECT unit FROM search.units WHERE doc_id IN (FROM listed(?)))"
        for table in ("postings", "recent"):
            connection.execute(f"DELETE FROM search.{table} WHERE unit IN {gone}", [listed(doc_ids)])  # noqa: S608
        connection.execute("DELETE FROM search.units WHERE doc_id IN (FROM listed(?))", [listed(doc_ids)])


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> int:
    """Indexes the documents that are not indexed yet (all of them where the index is of another version).

    Returns how many. In portions, each a transaction: a run that is killed goes on with the next one.
    """
    if not is_current(connection):
        _make(connection)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE portions AS "
        "SELECT doc_id, sum(size) OVER (ORDER BY place) // $1 AS portion FROM ("
        "SELECT d.doc_id, min(d.rowid) AS place, coalesce(sum(length(p.text)), 0) AS size "
        "FROM documents AS d LEFT JOIN pages AS p USING (doc_id) "
        "WHERE d.doc_id NOT IN (SELECT doc_id FROM search.units) GROUP BY d.doc_id)",
        [_CHUNK],
    )
    portions = connection.execute("SELECT portion, count(*) FROM portions GROUP BY ALL ORDER BY ALL").fetchall()
    for portion, _ in portions:
        with Transaction(connection):
            _index(connection, portion)
    connection.execute("DROP TABLE portions")
    if _count(connection, "recent") > max(_RECENT, _count(connection, "postings") // _RECENT_SHARE):
        with _little_memory(connection):
            _sort(connection)
    return sum(documents for _, documents in portions)


@contextmanager
def _little_memory(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Keeps DuckDB from holding all in memory that it reads and writes; what it sorts goes by way of the disk then."""
    row = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    connection.execute(f"SET memory_limit = '{_SORTING_MEMORY}'")
    try:
        yield
    finally:
        connection.execute(f"SET memory_limit = '{row[0] if row else '80%'}'")


def _sort(connection: duckdb.DuckDBPyConnection) -> None:
    """Sorts all rows by key, so that a question reads only the stretches of the table that hold its keys.

    Slice by slice: the keys are hashes, so that even ranges of them hold about as many rows each.
    """
    every = "SELECT * FROM search.postings UNION ALL SELECT * FROM search.recent"
    slices = 1 + (_count(connection, "postings") + _count(connection, "recent")) // _SLICE
    bounds = [(1 << 64) * number // slices for number in range(slices + 1)]
    with Transaction(connection):
        connection.execute(f"CREATE TABLE search.sorted AS FROM ({every}) LIMIT 0")
        for low, high in pairwise(bounds):
            connection.execute(
                f"INSERT INTO search.sorted FROM ({every}) WHERE key BETWEEN {low} AND {high - 1} ORDER BY key, unit"
            )
        connection.execute("DROP TABLE search.postings")
        connection.execute("ALTER TABLE search.sorted RENAME TO postings")
        connection.execute("DROP TABLE search.recent")  # DELETE would keep all its rows in memory until the commit
        _create(connection, "recent")
        _comment(connection)


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM search.{table}").fetchone()  # noqa: S608  (our own name)
    return int(row[0]) if row else 0


def _make(connection: duckdb.DuckDBPyConnection) -> None:
    with Transaction(connection):
        connection.execute("DROP SCHEMA IF EXISTS search CASCADE")
        connection.execute("CREATE SCHEMA search")
        for name, _, _ in _TABLES:
            _create(connection, name)
        _comment(connection)
        connection.execute(f"INSERT INTO search.state SELECT {VERSION}, hash('search')")


def _create(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    columns = next(columns for name, columns, _ in _TABLES if name == table)
    connection.execute(f"CREATE TABLE search.{table} ({columns})")


def _comment(connection: duckdb.DuckDBPyConnection) -> None:
    for name, _, comment in _TABLES:
        connection.execute(f"COMMENT ON TABLE search.{name} IS '{comment}'")


def _index(connection: duckdb.DuckDBPyConnection, portion: int) -> None:
    texts = " UNION ALL ".join(_texts(field) for field in FIELDS)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE batch AS SELECT "  # noqa: S608  (our own names)
        "(row_number() OVER () + (SELECT coalesce(max(unit), -1) FROM search.units))::INTEGER AS unit, * "
        f"FROM ({texts}) AS found WHERE text IS NOT NULL",
        {"portion": portion},
    )
    # A document without any text has a row all the same: it is settled.
    connection.execute(
        "INSERT INTO search.units SELECT unit, doc_id, field, seq, page FROM batch "
        "UNION ALL SELECT -1, doc_id, 'none', 0, NULL FROM portions "
        "WHERE portion = $1 AND doc_id NOT IN (SELECT doc_id FROM batch)",
        [portion],
    )
    connection.execute(_POSTINGS)
    connection.execute("DROP TABLE batch")


def _texts(field: Field) -> str:
    page = "t.page" if field.path is None else "e.page"
    places = (
        ""
        if field.path is None
        else "LEFT JOIN (SELECT doc_id, path, min(page) AS page FROM evidence SEMI JOIN due USING (doc_id) GROUP BY ALL) "  # noqa: S608
        f"AS e ON e.doc_id = t.doc_id AND e.path = {field.path}"
    )
    return (
        "(WITH due AS (SELECT doc_id FROM portions WHERE portion = $portion) "  # noqa: S608  (our own names)
        f"SELECT t.doc_id, '{field.name}' AS field, {field.seq} AS seq, {page} AS page, {field.text} AS text "
        f"FROM {field.table} AS t SEMI JOIN due ON due.doc_id = t.doc_id {places})"
    )
