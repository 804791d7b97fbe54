"""query and search: looking into a database that ingest made."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.command import call


def test_query_prints_tables_csv_and_json(db: Path) -> None:
    sql = "SELECT code, issued_on, pages, ['a', NULL] AS list FROM documents"
    assert call("query", sql, "--db", db).output.split()[-3:] == ["1", "['a',", "None]"]
    assert call("query", sql, "--db", db, "--format", "csv").stdout == (
        'code,issued_on,pages,list\n45/QĐ-UBND,2025-08-12,1,"[""a"", null]"\n'
    )
    assert json.loads(call("query", sql, "--db", db, "--format", "json").stdout) == [
        {"code": "45/QĐ-UBND", "issued_on": "2025-08-12", "pages": 1, "list": ["a", None]}
    ]
    assert json.loads(call("query", sql + " WHERE false", "--db", db, "--format", "json").stdout) == []
    assert "\x1b" not in call("query", "SELECT chr(27) || '[31m'", "--db", db).output


@pytest.mark.parametrize(
    "sql", ["SELEC", "DROP TABLE documents", "COPY documents TO 'x.csv'", "FROM read_csv('/etc/passwd')"]
)
def test_query_only_looks(db: Path, sql: str) -> None:
    before = db.read_bytes()
    shown = call("query", sql, "--db", db)
    assert shown.exit_code == 2
    assert "Error" in shown.stderr
    assert db.read_bytes() == before


@pytest.mark.parametrize(
    "words", ["to cong tac so hoa", "Tổ công tác số hóa", "TỔ CÔNG TÁC", "45/qd-ubnd", "phạm minh tuệ"]
)
def test_search_minds_no_diacritics(db: Path, words: str) -> None:
    shown = call("search", words, "--db", db)
    assert shown.exit_code == 0
    assert re.search(r"45/QĐ-UBND  .*letter\.txt, page 1\n    \S", shown.stdout)
