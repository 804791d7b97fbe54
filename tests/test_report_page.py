"""`report`: one page that stands by itself, says what there is, and lets no paper speak in its place."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import duckdb
import pytest

from pipeline.database.store import Outcome
from pipeline.report import crops
from pipeline.report.wording import CATEGORIES, FIELDS
from schemas.record import Check, Citation, DocumentFields, Evidence, Metric, Record, Target, Task
from schemas.record import Result as Achieved
from schemas.result import Category, Failure
from tests.command import call
from tests.filed import file_into, paper
from tests.made_pages import decision_pdf

HOSTILE = '<script>alert("1")</script> $x_1$ & <img src=x onerror=alert(1)>\u202e'
PLAN = DocumentFields(
    doc_type="KH",
    doc_type_name="Kế hoạch",
    number="64",
    symbol="KH-UBND",
    code="64/KH-UBND",
    issuer="Ủy ban nhân dân phường Hồng Bàng",
    place="Hải Phòng",
    issued_on=dt.date(2025, 8, 1),
    title=HOSTILE,
)


def proof(path: str, confidence: float, box: tuple[float, float, float, float] | None = None) -> Evidence:
    return Evidence(path=path, raw="64/KHUBND", page=1, box=box, confidence=confidence, rule="test")


def a_plan() -> Record:
    return Record(
        document=PLAN,
        tasks=[
            Task(content=HOSTILE, lead="Văn phòng", deadline="Quý III/2025", periods=["2025-Q3"]),
            Task(content="Tổng kết", lead=HOSTILE, deadline="Trước 31/12/2025", periods=["/2025-12-30"]),
            Task(content="Công khai", recurring="thường xuyên"),
        ],
        targets=[
            Target(
                no="1",
                text="Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98% trở lên",
                metrics=[Metric(comparator=">=", value=98.0, unit="%")],
            )
        ],
        citations=[Citation(code="76/NQ-CP", date=None), Citation(code=HOSTILE, date=None)],
        checks=[Check(rule="leading_zero", severity="warning", message=HOSTILE, paths=["document.number"])],
        evidence=[
            proof("document.title", 0.95),
            proof("document.number", 0.4, (72.0, 72.0, 148.0, 84.0)),
            proof("tasks[0].content", 0.9),
        ],
    )


def a_report() -> Record:
    head = PLAN.model_copy(
        update={
            "doc_type": "BC",
            "doc_type_name": "Báo cáo",
            "code": "93/BC-UBND",
            "number": "93",
            "symbol": "BC-UBND",
            "issued_on": dt.date(2025, 12, 20),
            "title": "Kết quả năm 2025",
        }
    )
    text = "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 96,5%"
    result = Achieved(text=text, indicator="Tỷ lệ hồ sơ giải quyết đúng hạn", value=96.5, unit="%")
    return Record(document=head, results=[result], citations=[Citation(code="64/KH-UBND", date=PLAN.issued_on)])


def fill(db: Path, *papers: Outcome) -> None:
    failures = [Failure(f"/in/{name}.pdf", None, "open", name, None, HOSTILE) for name in get_args(Category)]
    file_into(db, *papers, failures=failures)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb"
    fill(path, paper("plan", "Kế hoạch", a_plan()), paper("report", "Báo cáo", a_report()))
    return path


def written(db: Path, as_of: str = "2025-08-15") -> str:
    to = db.parent / "out" / "report.html"
    shown = call("report", "--db", db, "--to", to, "--as-of", as_of)
    assert shown.exit_code == 0, shown.output
    return to.read_text("utf-8")


class Reader(HTMLParser):
    """Elements, attributes and text; complains of what is left open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "img", "br"):
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_paper_speaks_in_the_place_of_the_page(db: Path) -> None:
    page = written(db)
    read = Reader(page)
    assert "script" not in read.tags
    assert [name for name, _ in read.attributes if name.startswith("on")] == []
    assert "img" not in read.tags  # nothing could be cut out here
    assert read.text.count('<script>alert("1")</script> $x_1$ & <img src=x onerror=alert(1)>') >= 5
    assert "\u202e" not in page


def test_the_page_needs_nothing_else(db: Path) -> None:
    page = written(db)
    links = [value for name, value in Reader(page).attributes if name in ("href", "src", "action", "data")]
    assert links
    assert [link for link in links if not link.startswith(("#", "data:image/"))] == []
    assert not re.search(r"https?:|@import|url\((?!#)", page)
    assert ("content", "default-src 'none'; img-src data:; style-src 'unsafe-inline'") in Reader(page).attributes
    assert page == written(db)  # nothing of chance in it


def test_the_page_tells_what_there_is(db: Path) -> None:
    text = Reader(written(db)).text
    for said in ("64/KH-UBND", "93/BC-UBND", "Kế hoạch", "76/NQ-CP", "30/09/2025", "96,5 %", "≥ 98 %", "chưa đạt"):
        assert said in text, said
    assert "1 thường xuyên" in text
    assert "2 nhiệm vụ đến hạn từ ngày 15/08/2025; 0 nhiệm vụ có hạn đã qua" in text
    assert "0 nhiệm vụ đến hạn từ ngày 01/01/2026; 2 nhiệm vụ có hạn đã qua" in Reader(written(db, "2026-01-01")).text
    assert "Số dưới 10 phải có số 0 đứng trước." in text
    for name, advice in CATEGORIES.values():
        assert f"{name}: 1 tệp{advice}" in text


def test_plots_keep_their_text_and_follow_the_scheme(db: Path) -> None:
    page = written(db)
    plots = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(plots) == 5
    assert all("<text" in plot and "<title>" in plot and "var(--" in plot for plot in plots)
    assert not re.search(r"#0a0b0\d", page)
    assert [match for plot in plots for match in re.findall(r"fill: ?#(?!none)\w+", plot)] == []


@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_doubts_come_with_their_picture(tmp_path: Path, suffix: str) -> None:
    import pypdfium2 as pdfium

    file = tmp_path / f"plan{suffix}"
    file.write_bytes(decision_pdf())
    if suffix == ".png":
        with pdfium.PdfDocument(file.read_bytes()) as document:
            document[0].render(scale=200 / 72).to_pil().save(file, dpi=(200, 200))
    db = tmp_path / "x.duckdb"
    filed = paper(str(file), "Kế hoạch", a_plan())
    filed.rows["documents"][0]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    fill(db, filed)
    page = written(db)
    assert len(re.findall(r'<img src="data:image/webp;base64,[\w+/=]{200,}"', page)) == 2  # the doubt and the check
    file.write_bytes(file.read_bytes() + b"\n")
    assert "tệp gốc đã thay đổi sau khi đọc" in written(db)
    file.unlink()
    assert "tệp gốc không còn ở chỗ cũ" in written(db)


def test_pictures_do_not_make_the_page_too_heavy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crops, "MOST_BYTES", 1)
    filed = []
    for name in ("a", "b"):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(decision_pdf() + name.encode())
        filed.append(paper(str(file), "Kế hoạch", a_plan()))
        filed[-1].rows["documents"][0]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    fill(tmp_path / "x.duckdb", *filed)
    page = written(tmp_path / "x.duckdb")
    assert page.count("<img") == 2
    assert page.count("hình được lược bớt") == 2


def test_an_empty_database_has_a_report(tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    file_into(db)
    text = Reader(written(db)).text
    assert "Chưa có văn bản nào." in text
    assert "Mọi tệp đều đã đọc được." in text


def test_a_database_without_the_views_is_said_so(db: Path) -> None:
    with duckdb.connect(str(db)) as connection:
        connection.execute("DROP VIEW v_tasks_due")
    shown = call("report", "--db", db, "--to", db.parent / "r.html")
    assert shown.exit_code == 2
    assert "ingest" in shown.stderr
    assert not (db.parent / "r.html").exists()


def test_a_place_that_cannot_be_written_is_said_so(db: Path, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    shown = call("report", "--db", db, "--to", tmp_path / "folder")
    assert shown.exit_code == 2
    assert "cannot be used" in shown.stderr
    assert not list(tmp_path.glob("*.part"))


def test_every_field_and_every_failure_has_vietnamese_words() -> None:
    assert set(FIELDS) == set(DocumentFields.model_fields)
    assert set(CATEGORIES) == set(get_args(Category))
