"""One fingerprint for all that a database says about the papers."""

from __future__ import annotations

import hashlib

import duckdb

from pipeline.database.schema import TABLES, UNDIGESTED


def digest(connection: duckdb.DuckDBPyConnection) -> str:
    """A fingerprint of all that the database says about the papers (SHA-256, hex).

    Over the sorted rows of every table but `UNDIGESTED`, without documents.source_path: the same input gives the
    same digest, whatever the order, the number of workers and the place of the files.
    """
    total = hashlib.sha256()
    for table in sorted(TABLES):
        if table.name in UNDIGESTED:
            continue
        names = ", ".join(f'"{name}"' for name in table.names if (table.name, name) != ("documents", "source_path"))
        total.update(f"{table.name}({names})\n".encode())
        cursor = connection.execute(f"SELECT {names} FROM {table.name} ORDER BY ALL")  # noqa: S608  (our own names)
        while rows := cursor.fetchmany(10_000):
            for row in rows:
                total.update(repr(row).encode())
    return total.hexdigest()
