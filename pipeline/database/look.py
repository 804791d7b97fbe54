"""Looking into a database: queries, search, what a run found. Never writes."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import unicodedata
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
FROM documents WHERE ? OR doc_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY source_path LIMIT ?
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


class Hit(NamedTuple):
    """A page that was found. snippet: the stretch of the page around the first match."""

    source_path: str
    code: str | None
    title: str | None
    page: int
    score: float
    snippet: str

    def __str__(self) -> str:
        return f"{self.code or '(no code)'}  {self.source_path}, page {self.page}\n    {self.snippet}"


def folded(text: str) -> str:
    """Lower case without diacritics, one sign for one sign where the text is NFC.

    >>> folded("Cải cách Hành chính, Đà Nẵng")
    'cai cach hanh chinh, da nang'
    """
    return "".join(_fold(sign) for sign in text)


def _fold(sign: str) -> str:
    if sign in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", sign)[0].lower()
    return base if len(base) == 1 else sign


_WORDS = re.compile(r"[^\W_]+")
_SEARCH = """
WITH words AS (SELECT unnest(?::VARCHAR[]) AS word),
text_of AS (
    SELECT doc_id, page, text,
        ' ' || regexp_replace(replace(strip_accents(lower(text)), 'đ', 'd'), '[^a-z0-9]+', ' ', 'g') || ' ' AS flat
    FROM pages
),
counted AS (
    SELECT doc_id, page, text, flat, count(*) AS matched,
        sum(ln(1 + (length(flat) - length(replace(flat, ' ' || word || ' ', '  '))) / length(word))) AS weight
    FROM text_of JOIN words ON contains(flat, ' ' || word || ' ')
    GROUP BY ALL
)
SELECT source_path, code, title, page,
    round(weight + 8 * contains(flat, ' ' || $2 || ' ')::INTEGER
        + 4 * contains(lower(text), $3)::INTEGER
        + 2 * contains(replace(strip_accents(lower(coalesce(title, ''))), 'đ', 'd'), $2)::INTEGER, 4) AS score,
    text
FROM counted JOIN documents USING (doc_id)
WHERE matched = (SELECT max(matched) FROM counted)
ORDER BY score DESC, source_path, page
LIMIT $4
"""


def search(connection: duckdb.DuckDBPyConnection, words: str, limit: int = 20) -> list[Hit]:
    """Pages that hold the words, with or without diacritics, best first.

    Pages with all the words, or else with as many as any page has. They rank by how often the words stand there, then
    by the words standing together, standing just as typed, and standing in the title.
    """
    asked = unicodedata.normalize("NFC", words)
    wanted = _WORDS.findall(folded(asked))
    if not wanted:
        return []
    sql = _SEARCH.replace("?", "$1", 1)
    answer = query(connection, sql, [list(dict.fromkeys(wanted)), " ".join(wanted), asked.lower().strip(), limit])
    return [
        Hit(path, code, title, page, score, snippet(text, wanted))
        for path, code, title, page, score, text in answer.rows
    ]


def snippet(text: str, wanted: Sequence[str], around: int = 60) -> str:
    """The stretch of `text` around the place where the folded words stand (all of them in a row, or else the first).

    >>> snippet("Kế hoạch\\ncải cách hành chính năm 2025", ["cai", "cach"], around=5)
    '…oạch cải cách hành…'
    """
    flat = folded(text)
    place = re.search(r"[\W_]+".join(map(re.escape, wanted)), flat) if len(flat) == len(text) else None
    if place is None:
        places = [re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", flat) for word in wanted]
        place = next((item for item in places if item), None)
    start, end = place.span() if place else (0, 0)
    left, right = max(0, start - around), min(len(text), end + around)
    return ("…" if left else "") + " ".join(text[left:right].split()) + ("…" if right < len(text) else "")
