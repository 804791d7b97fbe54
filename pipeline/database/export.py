"""Every table as files, for people without DuckDB."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.database import xlsx
from pipeline.database.look import Answer, csv_line, plain, query
from pipeline.database.publish import connect, open_published
from pipeline.database.schema import TABLES

Format = Literal["parquet", "csv", "xlsx", "json"]

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(db: Path, folder: Path, form: Format) -> list[Path]:
    """Writes every table into the folder (made where needed) and names the files.

    parquet: for pandas, R, Spark. csv: UTF-8 with a byte order mark, so that Excel shows Vietnamese; text that a
    spreadsheet would take for a formula gets an apostrophe before it. json: JSON Lines, an object a row. These write a file a table. xlsx: one workbook with
    a sheet a table, but for page_words, which is for the program and not for people.
    """
    folder.mkdir(parents=True, exist_ok=True)
    open_published(db).close()  # it must be there, and ours
    made = []
    with connect(db, read_only=True) as connection:
        if form == "xlsx":
            path = folder / f"{db.stem}.xlsx"
            xlsx.write(path, _sheets(connection))
            return [path]
        for table in TABLES:
            path = folder / f"{table.name}.{'jsonl' if form == 'json' else form}"
            sql = f"SELECT * FROM {table.name} ORDER BY ALL"  # noqa: S608  (our own name)
            if form == "parquet":
                _parquet(connection, sql, path)
            else:
                lines = _LINES[form](query(connection, sql))
                with open(path, "w", encoding="utf-8-sig" if form == "csv" else "utf-8", newline="") as file:
                    file.writelines(lines)
            made.append(path)
    return made


def _parquet(connection: duckdb.DuckDBPyConnection, sql: str, path: Path) -> None:
    connection.sql(sql).write_parquet(str(path), compression="zstd")


def _sheets(connection: duckdb.DuckDBPyConnection) -> Iterator[xlsx.Sheet]:
    for table in TABLES:
        if table.name != "page_words":
            answer = query(connection, f"SELECT * FROM {table.name} ORDER BY ALL")  # noqa: S608  (our own name)
            yield xlsx.Sheet(table.name, answer.names, answer.rows)


def safe_cell(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula.

    >>> safe_cell("=1+1"), safe_cell("- Như Điều 3"), safe_cell(-5), safe_cell("a=b")
    ("'=1+1", "'- Như Điều 3", -5, 'a=b')
    """
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value


def _csv(answer: Answer) -> Iterator[str]:
    yield csv_line(answer.names)
    for row in answer.rows:
        yield csv_line(safe_cell(value) for value in row)


def _json_lines(answer: Answer) -> Iterator[str]:
    for row in answer.rows:
        values = {name: plain(value) for name, value in zip(answer.names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False) + "\n"


_LINES: dict[str, Callable[[Answer], Iterator[str]]] = {"csv": _csv, "json": _json_lines}
