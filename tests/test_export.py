"""Export: every table and view in four forms, and back again."""

from __future__ import annotations

import csv
import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import pytest

from pipeline.database import xlsx
from pipeline.database.schema import BY_NAME, TABLES
from schemas.record import DocumentFields, Metric, Record, Target, Task
from tests.command import call
from tests.filed import file_into, paper

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = ("=HYPERLINK(1)", "+84 225", "- Như Điều 3", "@SUM(1)", "\tthụt đầu dòng", "'=1", "＝1", "a=b")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb"
    plan = DocumentFields(
        doc_type="KH", code="9/KH-UBND", issued_on=dt.date(2025, 8, 12), title="Cải cách, “một cửa”\nnăm 2025"
    )
    metrics = [Metric(comparator=">=", value=98.5, unit="%")]
    targets = [Target(no="1", section=None, text=text, metrics=metrics) for text in HOSTILE]
    tasks = [Task(content="Rà soát", deadline="Quý III/2025", periods=["2025-Q3"])]
    file_into(
        path,
        paper("a", "trang một\ftrang hai", Record(document=plan, targets=targets, tasks=tasks)),
        paper("b", "không rõ loại", Record(recipients=["- Như Điều 3;"])),
    )
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE OR REPLACE VIEW v_test AS SELECT code, [1, NULL] AS list FROM documents")
    return path


def rows(db: Path, table: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(db), read_only=True) as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()  # noqa: S608  (our own name)


def exported(db: Path, to: Path, form: str) -> None:
    shown = call("export", "--db", db, "--to", to, "--format", form)
    assert shown.exit_code == 0, shown.output


def columns(table: str) -> str:
    return ", ".join(f'"{name}"' for name in BY_NAME[table].names)


def test_parquet_comes_back_as_it_was(db: Path, tmp_path: Path) -> None:
    to = tmp_path / "cột của tôi's"
    exported(db, to, "parquet")
    exported(db, to, "parquet")  # in the place of the first
    assert [path.name for path in to.iterdir() if not path.name.endswith(".parquet")] == []
    for table in TABLES:
        pattern = f"{to}/{table.name}.parquet/**/*.parquet".replace("'", "''")
        found = duckdb.sql(f"SELECT {columns(table.name)} FROM read_parquet('{pattern}') ORDER BY ALL").fetchall()  # noqa: S608
        assert found == rows(db, table.name), table.name
    assert (to / "targets.parquet" / "paper_type=KH" / "paper_year=2025").is_dir()
    pattern = f"{to}/targets.parquet/**/*.parquet".replace("'", "''")
    parts = f"SELECT DISTINCT paper_type, paper_year FROM read_parquet('{pattern}')"  # noqa: S608
    assert duckdb.sql(parts).fetchall() == [("KH", 2025)]
    assert (to / "v_test.parquet" / "data_0.parquet").is_file()


def test_other_peoples_files_are_left_alone(db: Path, tmp_path: Path) -> None:
    letter = tmp_path / "out" / "documents.parquet" / "letter.txt"
    letter.parent.mkdir(parents=True)
    letter.write_text("mine")
    assert call("export", "--db", db, "--to", tmp_path / "out").exit_code == 2
    assert letter.read_text() == "mine"


@pytest.mark.parametrize("form", ["parquet", "csv", "xlsx", "json"])
def test_a_database_of_an_older_version_gives_what_it_has(db: Path, tmp_path: Path, form: str) -> None:
    with duckdb.connect(str(db)) as connection:
        connection.execute("DROP TABLE text_sketches")
        for (view,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
            connection.execute(f"DROP VIEW IF EXISTS {view} CASCADE")
    exported(db, tmp_path / "out", form)
    assert [path.name for path in (tmp_path / "out").iterdir() if "part" in path.suffix] == []


def test_json_lines_come_back_as_they_were(db: Path, tmp_path: Path) -> None:
    exported(db, tmp_path / "out", "json")
    for table in TABLES:
        path = tmp_path / "out" / f"{table.name}.jsonl"
        wanted = rows(db, table.name)
        if not wanted:
            assert path.read_text("utf-8") == ""
            continue
        types = {column.name: column.type for column in table.columns}
        found = duckdb.execute(
            f"SELECT {columns(table.name)} FROM read_json(?, format='newline_delimited', columns={types}) ORDER BY ALL",  # noqa: S608
            [str(path)],
        ).fetchall()
        assert found == wanted, table.name
    first = json.loads((tmp_path / "out" / "v_test.jsonl").read_text("utf-8").splitlines()[0])
    assert first == {"code": "9/KH-UBND", "list": [1, None]}


def test_csv_comes_back_and_holds_no_formula(db: Path, tmp_path: Path) -> None:
    exported(db, tmp_path / "out", "csv")
    path = tmp_path / "out" / "targets.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdoc_id,")
    with open(path, encoding="utf-8-sig", newline="") as file:
        cells = [row["text"] for row in csv.DictReader(file)]
    assert [cell for cell in cells if cell.startswith(xlsx.FORMULA)] == []
    back = [cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(xlsx.FORMULA) else cell for cell in cells]
    assert sorted(back) == sorted(HOSTILE)
    with open(tmp_path / "out" / "documents.csv", encoding="utf-8-sig", newline="") as file:
        heads = {row["code"]: row for row in csv.DictReader(file)}
    assert heads["9/KH-UBND"]["title"] == "Cải cách, “một cửa”\nnăm 2025"
    assert heads["9/KH-UBND"]["issued_on"] == "2025-08-12"
    assert heads[""]["issued_on"] == ""


def sheets(path: Path) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(path) as book:
        parts = {name: ElementTree.fromstring(book.read(name)) for name in book.namelist()}  # noqa: S314  (our own)
    names = [str(sheet.get("name")) for sheet in parts["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    return {name: parts[f"xl/worksheets/sheet{number}.xml"] for number, name in enumerate(names, 1)}


def cells(sheet: ElementTree.Element) -> list[list[Any]]:
    """Header and rows, dates and numbers as such."""

    def value(cell: ElementTree.Element) -> Any:
        text = "".join(cell.itertext())
        if cell.get("t") == "inlineStr":
            return text
        if cell.get("t") == "b":
            return text == "1"
        if not text:
            return None
        days = {"1": lambda: dt.date(1899, 12, 30) + dt.timedelta(float(text))}
        return days.get(str(cell.get("s")), lambda: float(text))()

    return [[value(cell) for cell in row] for row in sheet.iter(f"{MAIN}row")]


def test_a_workbook_comes_back_as_it_was(db: Path, tmp_path: Path) -> None:
    exported(db, tmp_path / "out", "xlsx")
    found = sheets(tmp_path / "out" / "x.xlsx")
    assert [name for name in found if name in BY_NAME] == [t.name for t in TABLES if t.name != "page_words"]
    assert "v_test" in found
    for table in ("documents", "targets", "target_metrics", "tasks", "task_periods", "recipients", "pages"):
        header, *body = cells(found[table])
        assert header == list(BY_NAME[table].names)
        assert body == [list(row) for row in rows(db, table)], table
    assert [pane.get("state") for pane in found["documents"].iter(f"{MAIN}pane")] == ["frozen"]
    assert list(found["targets"].iter(f"{MAIN}f")) == []
    quoted = [cell for cell in found["targets"].iter(f"{MAIN}c") if "".join(cell.itertext()) == "=HYPERLINK(1)"]
    assert [(cell.get("t"), cell.get("s")) for cell in quoted] == [("inlineStr", "4")]
    widths = [float(str(column.get("width"))) for column in found["documents"].iter(f"{MAIN}col")]
    assert len(widths) == len(BY_NAME["documents"].names)
    assert max(widths) > min(widths)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 301)
    table = [(number,) for number in range(700)]
    xlsx.write(tmp_path / "x.xlsx", [xlsx.Sheet("tasks", ["no"], iter(table)), xlsx.Sheet("none", ["a"], iter(()))])
    found = {name: cells(sheet) for name, sheet in sheets(tmp_path / "x.xlsx").items()}
    assert list(found) == ["tasks", "tasks (2)", "tasks (3)", "none"]
    assert [len(rows) for rows in found.values()] == [301, 301, 101, 1]
    assert [row[0] for name in list(found)[:3] for row in found[name][1:]] == [float(number) for number in range(700)]


def test_a_cell_is_cut_where_excel_would_refuse_it() -> None:
    def text(value: str) -> str:
        return "".join(ElementTree.fromstring(xlsx.cell(value)).itertext())  # noqa: S314  (our own writing)

    assert len(text("đ" * 40_000 + "\x00")) == xlsx.MOST_SIGNS
    assert text("đ" * 40_000).endswith(" … [cut]")
    assert "\x01" not in xlsx.cell("a\x01<b>&")
    assert text("a <b> & c") == "a <b> & c"
