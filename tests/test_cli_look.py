"""query, search and export: looking into a database that ingest made."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import duckdb
import pytest

from pipeline.database import xlsx
from pipeline.database.schema import TABLES
from tests.command import call

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def parse(text: bytes | str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  (our own writing)


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


def test_export_writes_every_table(db: Path, tmp_path: Path) -> None:
    to = tmp_path / "out" / "tables"
    for form in ("parquet", "csv", "json"):
        assert call("export", "--db", db, "--to", to, "--format", form).exit_code == 0
    assert (to / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id,")
    want = duckdb.connect(str(db), read_only=True).execute("SELECT * FROM documents").fetchall()
    assert duckdb.sql(f"FROM '{to}/documents.parquet'").fetchall() == want
    row = json.loads((to / "documents.jsonl").read_text(encoding="utf-8"))
    assert (row["code"], row["issued_on"]) == ("45/QĐ-UBND", "2025-08-12")
    recipients = (to / "recipients.csv").read_text(encoding="utf-8-sig")
    assert "Như Điều 1" in recipients
    assert call("export", "--db", db, "--to", db / "in a file").exit_code == 2


def test_export_writes_a_workbook(db: Path, tmp_path: Path) -> None:
    assert call("export", "--db", db, "--to", tmp_path / "out", "--format", "xlsx").exit_code == 0
    with zipfile.ZipFile(tmp_path / "out" / "x.xlsx") as book:
        parts = {name: parse(book.read(name)) for name in book.namelist()}
    names = [sheet.get("name") for sheet in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    assert names == [table.name for table in TABLES if table.name != "page_words"]
    assert len([name for name in parts if name.startswith("xl/worksheets/")]) == len(names)
    header, row = parts["xl/worksheets/sheet1.xml"].iter(f"{MAIN}row")
    cells = {"".join(name.itertext()): cell for name, cell in zip(header, row, strict=True)}
    assert "".join(cells["code"].itertext()) == "45/QĐ-UBND"
    assert (cells["issued_on"].get("s"), "".join(cells["issued_on"].itertext())) == ("1", "45881")  # 2025-08-12
    assert [pane.get("state") for pane in parts["xl/worksheets/sheet1.xml"].iter(f"{MAIN}pane")] == ["frozen"]


def test_a_cell_is_cut_where_excel_would_refuse_it() -> None:
    text = "".join(parse(xlsx.cell("đ" * 40_000 + "\x00")).itertext())
    assert len(text) == xlsx.MOST_SIGNS
    assert text.endswith(" … [cut]")
    assert "\x01" not in xlsx.cell("a\x01<b>&")
    assert "".join(parse(xlsx.cell("a <b> & c")).itertext()) == "a <b> & c"
