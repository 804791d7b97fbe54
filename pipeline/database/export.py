"""Every table and view as files, for people without DuckDB."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import duckdb

from pipeline.database import xlsx
from pipeline.database.look import Answer, csv_line, plain, query
from pipeline.database.publish import connect, open_published
from pipeline.database.schema import BY_NAME, TABLES
from pipeline.database.xlsx import FORMULA

Format = Literal["parquet", "csv", "xlsx", "json"]

_FOR_THE_PROGRAM = "page_words"  # boxes of words as JSON: no sheet for people


def export(db: Path, folder: Path, form: Format) -> list[Path]:
    """Writes every table and view into the folder (made where needed) and names what it wrote.

    parquet: for DuckDB, pandas, R, Spark. Each is a folder NAME.parquet; what belongs to documents is partitioned in
    Hive's manner: NAME.parquet/paper_type=KH/paper_year=2025/…, as two more columns for who reads the whole of it.
    csv: UTF-8 with a byte order mark, so that Excel shows Vietnamese; text that a spreadsheet would take for a formula
    gets an apostrophe before it. json: JSON Lines, an object a row. xlsx: one workbook with a sheet a table, but for
    page_words, which is for the program and not for people.
    """
    folder.mkdir(parents=True, exist_ok=True)
    open_published(db).close()  # it must be there, and ours
    with connect(db, read_only=True) as connection:
        names = _names(connection)
        if form == "xlsx":
            path = folder / f"{db.stem}.xlsx"
            with _whole(path) as part:
                xlsx.write(part, _sheets(connection, names))
            return [path]
        made = []
        for name in names:
            path = folder / f"{name}.{'jsonl' if form == 'json' else form}"
            if form == "parquet":
                _parquet(connection, name, path)
            else:
                lines = _LINES[form](query(connection, _all_rows(name)))
                encoding = "utf-8-sig" if form == "csv" else "utf-8"
                with _whole(path) as part, open(part, "w", encoding=encoding, newline="") as file:
                    file.writelines(lines)
            made.append(path)
    return made


def _names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Tables, as many as a database of an older version has, and views."""
    there = {
        row[0]
        for row in connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'").fetchall()
    }
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal AND schema_name = 'main'")
    return [table.name for table in TABLES if table.name in there] + sorted(str(row[0]) for row in views.fetchall())


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Where to write what takes the place of `path` once it is whole."""
    part = path.with_name(path.name + ".part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _all_rows(name: str) -> str:
    return f"SELECT * FROM {name} ORDER BY ALL"  # noqa: S608  (our own name)


def _parquet(connection: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """One folder, in the place of an earlier one."""
    options = "FORMAT parquet, COMPRESSION zstd"
    part = path.with_name(path.name + ".part")
    _remove(part)
    part.mkdir()
    row = connection.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608  (our own name)
    if name in BY_NAME and BY_NAME[name].of_document and row and row[0]:
        sql = (
            f"SELECT t.*, d.doc_type AS paper_type, year(d.issued_on) AS paper_year "  # noqa: S608  (our own name)
            f"FROM {name} AS t LEFT JOIN documents AS d USING (doc_id) ORDER BY ALL"
        )
        options += ", PARTITION_BY (paper_type, paper_year), OVERWRITE"
        connection.execute(f"COPY ({sql}) TO {_quoted(part)} ({options})")
    else:
        connection.execute(f"COPY ({_all_rows(name)}) TO {_quoted(part / 'data_0.parquet')} ({options})")
    _remove(path)
    part.rename(path)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _remove(path: Path) -> None:
    """Removes an earlier export. Raises FileExistsError where something else has that name."""
    if path.is_dir():
        if any(item.is_file() and item.suffix != ".parquet" for item in path.rglob("*")):
            raise FileExistsError(errno.EEXIST, "a folder with other things in it is in the way", str(path))
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sheets(connection: duckdb.DuckDBPyConnection, names: Sequence[str]) -> Iterator[xlsx.Sheet]:
    for name in names:
        if name != _FOR_THE_PROGRAM:
            answer = query(connection, _all_rows(name))
            yield xlsx.Sheet(name, answer.names, answer.rows)


def safe_cell(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula; taking one apostrophe away gives it back.

    >>> safe_cell("=1+1"), safe_cell("- Như Điều 3"), safe_cell("'=1"), safe_cell(-5), safe_cell("a=b")
    ("'=1+1", "'- Như Điều 3", "''=1", -5, 'a=b')
    """
    return "'" + value if isinstance(value, str) and value.lstrip("'").startswith(FORMULA) else value


def _csv(answer: Answer) -> Iterator[str]:
    yield csv_line(answer.names)
    for row in answer.rows:
        yield csv_line(safe_cell(value) for value in row)


def _json_lines(answer: Answer) -> Iterator[str]:
    for row in answer.rows:
        values = {name: plain(value) for name, value in zip(answer.names, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False) + "\n"


_LINES: dict[str, Callable[[Answer], Iterator[str]]] = {"csv": _csv, "json": _json_lines}
