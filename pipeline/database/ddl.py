"""The tables and views as SQL statements, and as a page of documentation."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipeline.database.schema import PROGRAM, SCHEMA_VERSION, TABLES, UNDIGESTED
from pipeline.database.views import VIEWS


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _views() -> Iterator[str]:
    for view in VIEWS:
        yield f"CREATE VIEW {view.name} AS {view.sql}"
        yield f"COMMENT ON VIEW {view.name} IS {_quoted(view.comment)}"
        for name, comment in view.columns:
            yield f"COMMENT ON COLUMN {view.name}.{name} IS {_quoted(comment)}"


def ddl() -> Iterator[str]:
    """The statements that make an empty database ours, comments included."""
    for table in TABLES:
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        yield f"CREATE TABLE {table.name} ({columns})"
        yield f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)}"
        for column in table.columns:
            yield f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.comment)}'
    yield from _views()
    yield f"INSERT INTO schema_version VALUES ('{PROGRAM}', {SCHEMA_VERSION})"  # noqa: S608  (our own constants)


def upgrade(present: dict[str, set[str]]) -> Iterator[str]:
    """The statements that bring a database of an older version up to this one; new columns are empty until the rules run.

    present: columns by table, as the database has them. Tables and columns only ever come; none goes.
    """
    yield from (f"DROP VIEW IF EXISTS {view.name}" for view in VIEWS)
    for table in TABLES:
        if table.name not in present:
            columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
            yield f"CREATE TABLE {table.name} ({columns})"
        for column in table.columns:
            if table.name in present and column.name not in present[table.name]:
                yield f'ALTER TABLE {table.name} ADD COLUMN "{column.name}" {column.type}'
            yield f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.comment)}'
        yield f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)}"
    yield from _views()
    yield f"UPDATE schema_version SET version = {SCHEMA_VERSION}"  # noqa: S608  (our own constant)


def markdown() -> str:
    """docs/schema.md, whole (`python -m pipeline.database.ddl > docs/schema.md`)."""
    lines = [
        "# Tables",
        "",
        "Made by `python -m pipeline.database.ddl > docs/schema.md`; a test keeps it equal to the code.",
        "Every comment below also stands in the database (`duckdb_tables()`, `duckdb_columns()`).",
        f"The digest of a database leaves out {', '.join(sorted(UNDIGESTED))} and `documents.source_path`.",
    ]
    for table in TABLES:
        lines += [
            "",
            f"## {table.name}",
            "",
            table.comment + ".",
            "",
            "| column | type | meaning |",
            "| --- | --- | --- |",
        ]
        lines += [f"| `{column.name}` | {column.type} | {column.comment} |" for column in table.columns]
    lines += [
        "",
        "# Views",
        "",
        "They stand in the published file beside the tables; any program that opens it has them.",
    ]
    for view in VIEWS:
        lines += ["", f"## {view.name}", "", view.comment + ".", "", "| column | meaning |", "| --- | --- |"]
        lines += [f"| `{name.strip(chr(34))}` | {comment} |" for name, comment in view.columns]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
