"""Checks the rows that `make run` wrote: `python -m scripts.check_run out/vanban.duckdb samples`.

Prints one line a table. Exit 0: every sample is one document with all its pages, nothing failed, every document field
has its evidence, and no table is empty that the gold records say is not; 1: something is missing, each thing on a line.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import duckdb

from schemas.record import DocumentFields

WITHOUT_GOLD = ("pages", "evidence", "sources", "runs")
"""Tables that every run fills, whatever the papers say."""
LISTS = (
    "attachments",
    "legal_bases",
    "citations",
    "recipients",
    "targets",
    "tasks",
    "results",
    "responsibilities",
    "footnotes",
    "digital_signatures",
)
"""Tables of the record that must have rows when some gold record has entries."""


def check(db: duckdb.DuckDBPyConnection, samples: Path) -> list[str]:
    """What is wrong, in words; an empty list when all is well."""
    tables = [
        name
        for (name,) in db.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' order by 1"
        ).fetchall()
    ]
    counts = {name: count(db, name) for name in tables}
    for name, rows in counts.items():
        print(f"{name:24} {rows:6}")
    golds = [json.loads(path.read_text("utf-8")) for path in sorted(samples.rglob("gold.json"))]
    papers = {path.as_posix() for path in samples.rglob("scan.*")}
    wrong = []
    if not papers or len(papers) != len(golds):
        wrong.append(f"{len(papers)} papers but {len(golds)} gold records under {samples}")
    read = {path for (path,) in db.execute("select path from sources").fetchall()}
    lost = sorted(paper for paper in papers if not any(path.endswith(paper) for path in read))
    wrong += [f"no document for {paper}" for paper in lost]
    expected = sum(1 + len(gold.get("parts", ())) for gold in golds)  # a file may hold several papers
    if counts["documents"] != expected:
        wrong.append(f"{counts['documents']} documents for {expected} papers")
    for source, stage, error in db.execute("select source_path, stage, error from failures").fetchall():
        wrong.append(f"failure: {source}: {stage}: {error}")
    needed = [*WITHOUT_GOLD, *(name for name in LISTS if any(gold.get(name) for gold in golds))]
    wrong += [f"table {name} is empty" for name in needed if not counts.get(name)]
    orphans = db.execute("select count(*) from pages anti join documents using (doc_id)").fetchone()
    if orphans != (0,):
        wrong.append(f"pages without a document: {orphans}")
    wrong += [
        f"document {path}: not all its pages are stored"
        for (path,) in db.execute(
            "select source_path from documents d where pages <> (select count(*) from pages p where p.doc_id = d.doc_id)"
        ).fetchall()
    ]
    for field in DocumentFields.model_fields:
        unproved = db.execute(
            f"select source_path from documents d where {field} is not null and not exists "
            "(select 1 from evidence e where e.doc_id = d.doc_id and e.path = $path)",
            {"path": f"document.{field}"},
        ).fetchall()
        wrong += [f"document {path}: {field} has no evidence" for (path,) in unproved]
    return wrong


def count(db: duckdb.DuckDBPyConnection, table: str) -> int:
    row: Any = db.execute(f'select count(*) from "{table}"').fetchone()
    return int(row[0])


def main() -> int:
    if len(sys.argv) != 3:
        print("usage: python scripts/check_run.py FILE.duckdb SAMPLES", file=sys.stderr)
        return 2
    with duckdb.connect(sys.argv[1], read_only=True) as db:
        wrong = check(db, Path(sys.argv[2]))
    for line in wrong:
        print(f"WRONG: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
