"""Finding pages by their words, best first: questions to the index of pipeline/database/fulltext.py."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import duckdb

from pipeline.database.fulltext import FIELDS, FOLDED, WORDS, is_current
from pipeline.database.publish import StoreError
from pipeline.database.snippet import snippet, stands_in

_MOST_WORDS = 24  # words of a question that count
_MOST_ROWS = 60_000  # rows of the index that one question reads, common words being left out
_AS_WRITTEN = 0.8  # share of a word's weight that goes to its spelling where it was typed with diacritics
_CANDIDATES = 1000  # pages looked at more closely
_QUOTED = re.compile('["“”]([^"“”]+)["“”]')


class Hit(NamedTuple):
    """A page that was found. page: None where the place of a title or task is not known. field: where the words
    stand: text, title, task or citation. snippet: the stretch around them, with them between « and »."""

    source_path: str
    code: str | None
    title: str | None
    page: int | None
    score: float
    field: str
    snippet: str

    def __str__(self) -> str:
        place = self.source_path if self.page is None else f"{self.source_path}, page {self.page}"
        kind = "" if self.field == "text" else f"{self.field}: "
        return f"{self.code or '(no code)'}  {place}\n    {kind}{self.snippet}"


class _Key(NamedTuple):
    """A key of the index that a question asks for. bit: of the word or phrase that it stands for, 0 for others."""

    text: str
    weight: float
    bit: int = 0
    required: bool = False


def search(connection: duckdb.DuckDBPyConnection, question: str, limit: int = 10) -> list[Hit]:
    """Pages with the words of the question, with or without diacritics, best first.

    Pages with all of the words, or else with as many as any has; of words that stand on very many pages only the rarest
    count. They rank by BM25 over words and pairs of neighbouring words, in text, titles and tasks together. A word typed
    with diacritics counts most where it is written so. Words in quotation marks must stand together.
    Raises StoreError where the database has no index that this program can read.
    """
    if not is_current(connection):
        raise StoreError(
            "this database has no search index, or one of another version. Bring it up to date with: ingest PATH... --db FILE"
        )
    asked = unicodedata.normalize("NFC", question.encode("utf-8", "replace").decode())
    written, folded = _words(connection, asked)
    if not written:
        return []
    phrases = [words for quoted in _QUOTED.findall(asked) if (words := _words(connection, quoted)[1])]
    keys = _rarest(connection, _keys(written, folded, phrases))
    found = _candidates(connection, keys) if keys else []
    hits: list[Hit] = []
    for start in range(0, len(found), limit):
        for item, text in _texts(connection, found[start : start + limit]):
            if all(stands_in(phrase, text) for phrase in phrases):
                shown = snippet(text, folded)
                hits.append(Hit(item.source_path, item.code, item.title, item.page, item.score, item.field, shown))
        if len(hits) >= limit:
            break
    return hits[:limit]


def _words(connection: duckdb.DuckDBPyConnection, text: str) -> tuple[list[str], list[str]]:
    """The words as written (in lower case) and without diacritics, cut by the same rule as the index."""
    written = f"SELECT {WORDS.format(text='$1')} AS written"
    folded = FOLDED.format(text="word")
    row = connection.execute(
        f"SELECT written, list_transform(written, lambda word: {folded}) FROM ({written})",  # noqa: S608  (our own)
        [text],
    ).fetchone()
    return (row[0], row[1]) if row else ([], [])


def _keys(written: Sequence[str], folded: Sequence[str], phrases: Sequence[Sequence[str]]) -> list[_Key]:
    keys: dict[str, _Key] = {}
    for place, (word, plain) in enumerate(list(zip(written, folded, strict=True))[:_MOST_WORDS]):
        own = 1.0 - _AS_WRITTEN if word != plain else 1.0
        keys.setdefault(plain, _Key(plain, own, 1 << place))
        if word != plain:
            keys.setdefault("=" + word, _Key("=" + word, _AS_WRITTEN))
    for pair in list(pairwise(folded))[:_MOST_WORDS]:
        keys.setdefault(" ".join(pair), _Key(" ".join(pair), 1.0))
    bit = 1 << _MOST_WORDS
    for phrase in phrases:
        for text in [" ".join(pair) for pair in pairwise(phrase)] or phrase:
            keys[text] = _Key(text, 1.0, keys.get(text, _Key(text, 1.0)).bit or bit, required=True)
            bit <<= 1
    return list(keys.values())


class _Asked(NamedTuple):
    """A key with its hash and its weight in this database."""

    key: _Key
    hash: int
    weight: float


def _rarest(connection: duckdb.DuckDBPyConnection, keys: Sequence[_Key]) -> list[_Asked]:
    """The keys that are there, without the most common ones: those that tell least cost most.

    Empty where a required one is missing.
    """
    row = connection.execute(
        "SELECT list_transform($1::VARCHAR[], lambda text: hash(text)), (SELECT count(*) FROM search.units)",
        [[key.text for key in keys]],
    ).fetchone()
    hashes, units = row or ([], 0)
    counted = connection.execute(f"SELECT key, count(*) FROM ({_rows(hashes)}) GROUP BY key")  # noqa: S608  (numbers)
    counts: dict[int, int] = dict(counted.fetchall())
    if any(key.required and number not in counts for key, number in zip(keys, hashes, strict=True)):
        return []
    kept: list[_Asked] = []
    read = 0
    order = sorted(zip(keys, hashes, strict=True), key=lambda item: (not item[0].required, counts.get(item[1], 0)))
    for key, number in order:
        count = counts.get(number, 0)
        if count and (key.required or not kept or read + count <= _MOST_ROWS):
            kept.append(_Asked(key, number, key.weight * math.log(1 + (units - count + 0.5) / (count + 0.5))))
            read += count
    return kept


def _rows(hashes: Iterable[int]) -> str:
    """SQL: the index's rows with these keys."""
    listed = ", ".join(str(number) for number in hashes)
    return " UNION ALL ".join(
        f"SELECT key, unit, weight FROM search.{table} WHERE key IN ({listed})"  # noqa: S608  (numbers)
        for table in ("postings", "recent")
    )


class _Found(NamedTuple):
    """A page that fits, with the field that fits best."""

    doc_id: str
    page: int | None
    score: float
    field: str
    seq: int
    source_path: str
    code: str | None
    title: str | None


def _candidates(connection: duckdb.DuckDBPyConnection, asked: Sequence[_Asked]) -> list[_Found]:
    """Pages, best first."""
    values = ", ".join(f"({item.hash}::UBIGINT, {item.weight!r}::DOUBLE, {item.key.bit}::UBIGINT)" for item in asked)
    must = sum({item.key.bit for item in asked if item.key.required})
    sql = f"""
WITH asked(key, rarity, bit) AS (VALUES {values}),
scored AS (
    SELECT unit, bit_or(bit) AS bits, sum(weight * rarity) / 100 AS score
    FROM ({_rows(item.hash for item in asked)}) JOIN asked USING (key) GROUP BY unit
),
whole AS (SELECT unit, score, bit_count(bits) AS words FROM scored WHERE bits & {must} = {must}),
best AS (FROM whole WHERE words = (SELECT max(words) FROM whole) ORDER BY score DESC, unit LIMIT {_CANDIDATES})
SELECT doc_id, page, round(sum(score), 4) AS total, arg_max(field, score), arg_max(seq, score), source_path, code, title
FROM best JOIN search.units USING (unit) JOIN documents USING (doc_id)
GROUP BY doc_id, page, source_path, code, title ORDER BY total DESC, source_path, page
"""  # noqa: S608  (numbers)
    return [_Found(*row) for row in connection.execute(sql).fetchall()]


def _texts(connection: duckdb.DuckDBPyConnection, found: Sequence[_Found]) -> list[tuple[_Found, str]]:
    """What stands there. By row: a filter on the document would unpack whole stretches of the table."""
    texts: dict[tuple[str, str, int], str] = {}
    for field in FIELDS:
        wanted = [(item.doc_id, item.seq) for item in found if item.field == field.name]
        if not wanted:
            continue
        rows = connection.execute(
            f"SELECT t.doc_id, {field.seq}, {field.text} FROM {field.table} AS t WHERE t.rowid IN ("  # noqa: S608
            f"SELECT t.rowid FROM {field.table} AS t JOIN "
            "(SELECT unnest($1::VARCHAR[]) AS doc_id, unnest($2::INTEGER[]) AS seq) AS w "
            f"ON t.doc_id = w.doc_id AND {field.seq} = w.seq)",
            [[doc_id for doc_id, _ in wanted], [seq for _, seq in wanted]],
        ).fetchall()
        texts.update({(field.name, doc_id, seq): text for doc_id, seq, text in rows})
    return [(item, texts[item.field, item.doc_id, item.seq]) for item in found]
