"""Which bytes stood at an address on another machine: what has not changed there is not fetched again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb

from pipeline.database.insert import insert, listed
from pipeline.database.rows import path_text
from pipeline.database.schema import BY_NAME


def remembered(connection: duckdb.DuckDBPyConnection, versions: Mapping[Path, str]) -> dict[Path, str]:
    """SHA-256 of those files whose version is the one that was fetched."""
    if not versions:
        return {}
    rows = connection.execute("SELECT path, version, sha256 FROM fetched").fetchall()
    known = {(path, version): sha256 for path, version, sha256 in rows}
    found = {path: known.get((path_text(path), version)) for path, version in versions.items()}
    return {path: sha256 for path, sha256 in found.items() if sha256 is not None}


def remember(connection: duckdb.DuckDBPyConnection, fetched: Mapping[Path, tuple[str, str]]) -> None:
    """Notes (version, SHA-256) of files that were fetched; of each the latest alone."""
    if fetched:
        paths = [path_text(path) for path in fetched]
        connection.execute("DELETE FROM fetched WHERE path IN (FROM listed(?))", [listed(paths)])
        rows = [
            {"path": path_text(path), "version": version, "sha256": sha256}
            for path, (version, sha256) in fetched.items()
        ]
        insert(connection, BY_NAME["fetched"], rows)
