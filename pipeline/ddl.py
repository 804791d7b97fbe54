"""The tables as SQL statements, and as a page of documentation."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from pipeline.schema import PROGRAM, SCHEMA_VERSION, TABLES, UNDIGESTED


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def ddl() -> Iterator[str]:
    """The statements that make an empty database ours, comments included."""
    for table in TABLES:
        columns = ", ".join(f'"{column.name}" {column.type}' for column in table.columns)
        yield f"CREATE TABLE {table.name} ({columns})"
        yield f"COMMENT ON TABLE {table.name} IS {_quoted(table.comment)}"
        for column in table.columns:
            yield f'COMMENT ON COLUMN {table.name}."{column.name}" IS {_quoted(column.comment)}'
    yield f"INSERT INTO schema_version VALUES ('{PROGRAM}', {SCHEMA_VERSION})"  # noqa: S608  (our own constants)


def markdown() -> str:
    """docs/tables.md, whole (`python -m pipeline.ddl > docs/tables.md`)."""
    lines = [
        "# Tables",
        "",
        "Made by `python -m pipeline.ddl > docs/tables.md`; a test keeps it equal to the code.",
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
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
