"""Every part of a record becomes rows of its table."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipeline.database.derived_tables import ACROSS_DOCUMENTS, OF_DOCUMENTS, REFERENCE
from pipeline.database.insert import insert
from pipeline.database.schema import BY_NAME, TABLES
from pipeline.database.store import Store
from tests.test_store import outcome, store

__all__ = ["store"]

DERIVED = (*OF_DOCUMENTS, *ACROSS_DOCUMENTS, *REFERENCE)
"""Tables that tests/test_views.py and tests/test_dimensions.py are about."""


def ask(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store._db.execute(sql).fetchall()


def test_every_list_of_the_record_becomes_rows(store: Store) -> None:
    store.replace([outcome("a", "fine 1/KH-UBND page one\nline two\fpage two")])
    sizes = {
        table.name: ask(store, f"SELECT count(*) FROM {table.name}")[0][0]  # noqa: S608  (our own names)
        for table in TABLES
        if table not in DERIVED
    }
    assert sizes == {
        "documents": 1, "pages": 2, "page_words": 2, "annotations": 4, "attachments": 1, "legal_bases": 1,
        "legal_bases_also": 2, "citations": 1, "recipients": 2, "addressees": 1, "targets": 2, "target_metrics": 1,
        "tasks": 3, "task_periods": 3, "results": 1, "responsibilities": 1, "footnotes": 1, "digital_signatures": 1,
        "co_signers": 0, "checks": 1, "evidence": 2, "failures": 0, "sources": 1, "ledger": 1, "fetched": 0, "runs": 0, "schema_version": 1,
    }  # fmt: skip
    assert ask(store, "SELECT seq, text FROM recipients ORDER BY seq") == [(0, "Như Điều 3"), (1, "Lưu: VT")]
    assert ask(store, "SELECT seq, item, code, kind FROM legal_bases_also ORDER BY item") == [
        (0, 0, "2/QH", None),
        (0, 1, None, "Luật"),
    ]
    assert ask(store, "SELECT seq, period_start, period_end, recurrence FROM tasks ORDER BY seq") == [
        (0, dt.date(2025, 7, 1), dt.date(2025, 12, 31), None),
        (1, None, dt.date(2025, 9, 7), None),
        (2, None, None, "CONTINUOUS"),
    ]
    assert ask(store, "SELECT seq, item, period, period_end FROM task_periods ORDER BY seq, item") == [
        (0, 0, "2025-Q3", dt.date(2025, 9, 30)),
        (0, 1, "2025-Q4", dt.date(2025, 12, 31)),
        (1, 0, "/2025-09-08", dt.date(2025, 9, 8)),
    ]
    assert ask(store, "SELECT page, kind, text, box FROM annotations ORDER BY seq LIMIT 2") == [
        (1, "stamp", "CÔNG VĂN ĐẾN\nSố: 12", [1.0, 2.0, 3.0, 4.0]),
        (1, "seal", "", None),
    ]
    assert ask(store, "SELECT confidence, needs_review FROM documents") == [(0.6667, True)]


def test_the_tables_name_what_the_record_holds() -> None:
    assert BY_NAME["tasks"].names[-4:] == ("period_start", "period_end", "recurrence", "pillar")
    assert all(column.comment for table in TABLES for column in table.columns)


def test_rows_of_any_size_travel_in_portions(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.database.insert._LARGEST", 500)
    rows = [{"doc_id": "x", "seq": seq, "mark": "*", "text": f"{seq} " * 100} for seq in range(7)]
    insert(store._db, BY_NAME["footnotes"], rows)
    insert(store._db, BY_NAME["footnotes"], [])
    assert ask(store, "SELECT * FROM footnotes ORDER BY seq") == [tuple(row.values()) for row in rows]
