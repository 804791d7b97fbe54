"""The views say what the tables hold, in the words of the analyst, and stand in every published file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.database.publish import WorkFile, open_published
from pipeline.database.rows import rows_of
from pipeline.database.store import Outcome, Store
from pipeline.database.views import VIEWS
from schemas.page import Line, Page, Word
from schemas.record import (
    Check,
    Citation,
    DocumentFields,
    Evidence,
    LegalBasis,
    Metric,
    Record,
    Target,
    Task,
)
from schemas.record import Result as Achieved
from schemas.result import Failure, Job, Result

WARD = "Ủy ban nhân dân phường Lê Ích Mộc"
CITY = "thành phố Hải Phòng"


def paper(name: str, record: Record, text: str = CITY, failures: tuple[Failure, ...] = ()) -> Outcome:
    """A document of these words as the run files it."""
    job = Job(Path(f"/in/{name}.pdf"), f"{name:0>16}", f"{name:0>64}")
    page = Page(1, 595, 842, "ocr", 0, 1, text, (Line(tuple(Word(word, word) for word in text.split())),))
    status: Any = "partial" if failures else "done"
    result = Result(job, status, "scanned", record, (page,), failures)
    return Outcome(result, rows_of(result), ".pdf", (job.path,), "", "")


def head(code: str, issued_on: str | None = "2025-08-01", issuer: str = WARD, **more: Any) -> DocumentFields:
    number, _, symbol = code.partition("/")
    date = dt.date.fromisoformat(issued_on) if issued_on else None
    return DocumentFields(
        number=number, symbol=symbol, code=code, issued_on=date, issuer=issuer, **{"doc_type": "KH", **more}
    )


PLAN = Record(
    document=head("12/KH-UBND", title="Cải cách hành chính năm 2025", signer_name="NGUYỄN VĂN HÙNG", doc_type_name="Kế hoạch"),
    targets=[
        Target(
            section="II. Cải cách thủ tục hành chính",
            text="Tỷ lệ hồ sơ nộp trực tuyến đạt từ 80% trở lên; thanh toán trực tuyến đạt 65%",
            metrics=[Metric(comparator=">=", value=80, unit="%"), Metric(comparator=">=", value=65, unit="%")],
        ),
        Target(text="Đến năm 2030: trồng mới 500 cây xanh", metrics=[Metric(comparator=">=", value=500, unit="cây")]),
    ],
    tasks=[
        Task(
            section="II. Cải cách thủ tục hành chính",
            content="Niêm yết quy trình",
            lead="VP HĐND & UBND",
            deadline="Quý III/2025",
            periods=["2025-Q3"],
        ),
        Task(content="Kiểm tra", lead="Văn phòng HĐND và UBND phường", deadline="Thường xuyên", recurring="thường xuyên"),
    ],
    citations=[
        Citation(code="76/NQ-CP", date=dt.date(2021, 7, 15)),
        Citation(code="9/QĐ-UBND"),
        Citation(code="30/2020/NĐ-CP"),
        Citation(code="1/QĐ-UBND", date=dt.date(2025, 7, 1)),
    ],
    legal_bases=[LegalBasis(text="Căn cứ Nghị quyết số 76/NQ-CP", code="76/NQ-CP")],
    addressees=["Sở Nội vụ", "Công an thành phố"],
)  # fmt: skip
REPORT = Record(
    document=head("40/BC-UBND", "2025-12-15", title="Kết quả cải cách hành chính năm 2025", doc_type="BC"),
    results=[
        Achieved(text="hồ sơ nộp trực tuyến 900/1.000 hồ sơ, đạt 90%", value=90, unit="%"),
        Achieved(text="thanh toán trực tuyến đạt 60%", value=60, unit="%"),
        Achieved(text="hồ sơ nộp trực tuyến đạt 12 hồ sơ", value=12, unit="hồ sơ"),
    ],
    checks=[Check(rule="sum", severity="warning", message="900/1000 là 90%", paths=["results[0].value"])],
    evidence=[Evidence(path="document.code", raw="4O/BC", page=1, box=(1, 2, 3, 4), confidence=0.3, rule="x")],
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A published file with a ward's plan and report, the report of another ward, papers that are cited, a paper twice."""
    other_ward = REPORT.model_copy(
        update={
            "document": head("41/BC-UBND", "2025-12-16", "Ủy ban nhân dân phường An Biên", title="Kết quả năm 2025")
        }
    )
    early = REPORT.model_copy(update={"document": head("5/BC-UBND", "2025-07-15", title="Kết quả 6 tháng năm 2025")})
    late = REPORT.model_copy(update={"document": head("6/BC-UBND", "2026-12-15", title="Kết quả năm 2026")})
    unread = Failure("/in/half.pdf", f"{'half':0>64}", "read", "timeout", 2, "page 2 took too long")
    text = " ".join(f"từ{number % 37} {number % 11} phường" for number in range(80))
    papers = [
        paper("plan", PLAN),
        paper("report", REPORT),
        paper("other", other_ward),
        paper("early", early),
        paper("late", late),
        paper("mine", Record(document=head("9/QĐ-UBND", "2025-07-20", doc_type="QĐ"))),
        paper("theirs", Record(document=head("9/QĐ-UBND", "2025-07-20", "Ủy ban nhân dân phường An Biên", doc_type="QĐ"))),
        paper("one", Record(document=head("1/QĐ-UBND", "2025-07-01", "Ủy ban nhân dân phường An Biên"))),
        paper("two", Record(document=head("1/QĐ-UBND", "2025-07-01", "Ủy ban nhân dân phường An Dương"))),
        paper("decree", Record(document=head("30/2020/NĐ-CP", "2020-03-05", "Chính phủ", doc_type="NĐ"))),
        paper("scan", Record(document=head("77/TB-UBND", doc_type="TB")), text),
        paper("again", Record(document=head("77/TB-UBND", doc_type=None)), text.replace("từ5", "tù5")),
        paper("half", Record(), failures=(unread,)),
    ]  # fmt: skip
    path = tmp_path / "x.duckdb"
    with WorkFile(path) as work:
        store = Store(work.path)
        run_id = store.start_run("2026-01-01 00:00:00", "inline", "", "")
        store.replace(papers)
        store.finish_run(run_id, {"status": "finished"})
        store.close()
        work.publish()
    with open_published(path) as connection:
        yield connection


def ask(db: duckdb.DuckDBPyConnection, sql: str) -> list[tuple[Any, ...]]:
    return db.execute(sql).fetchall()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(view.name))
def test_each_view_has_the_columns_it_documents(db: duckdb.DuckDBPyConnection, view: Any) -> None:
    named = [name.strip('"') for name, _ in view.columns]
    assert [row[0] for row in ask(db, f"DESCRIBE {view.name}")] == named
    comments = ask(db, f"SELECT column_name, comment FROM duckdb_columns() WHERE table_name = '{view.name}'")  # noqa: S608
    assert dict(comments) == {name.strip('"'): comment for name, comment in view.columns}
    assert ask(db, f"SELECT comment FROM duckdb_views() WHERE view_name = '{view.name}'") == [(view.comment,)]  # noqa: S608


def test_documents(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(
        db,
        "SELECT agency, unit_code, province, signer, tasks, targets, cites FROM v_documents WHERE code = '12/KH-UBND'",
    ) == [(WARD, "11506", "Hải Phòng", "Nguyễn Văn Hùng", 2, 2, 4)]
    assert ask(db, "SELECT count(*), count(DISTINCT doc_id) FROM v_documents") == [(13, 13)]


def test_tasks_due_name_the_lead_in_one_spelling(db: duckdb.DuckDBPyConnection) -> None:
    lead = "Văn phòng HĐND và UBND phường"
    assert ask(
        db, "SELECT content, lead_agency, starts_on, due_on, recurrence, pillar FROM v_tasks_due ORDER BY seq"
    ) == [
        ("Niêm yết quy trình", lead, dt.date(2025, 7, 1), dt.date(2025, 9, 30), None, "Cải cách thủ tục hành chính"),
        ("Kiểm tra", lead, dt.date(2025, 8, 1), None, "CONTINUOUS", None),
    ]


def test_targets_meet_results_of_their_ward_time_and_measure_alone(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(
        db, "SELECT plan_code, target_value, report_code, result_value, reached FROM v_targets_vs_results ORDER BY 2"
    ) == [("12/KH-UBND", 65.0, "40/BC-UBND", 60.0, False), ("12/KH-UBND", 80.0, "40/BC-UBND", 90.0, True)]


def test_citations_are_resolved_only_where_one_paper_can_be_meant(db: duckdb.DuckDBPyConnection) -> None:
    found = ask(
        db,
        "SELECT cited_code, is_basis, k.source_path, candidates FROM v_citations AS c LEFT JOIN documents AS k "
        "ON k.doc_id = c.cited_doc_id WHERE c.code = '12/KH-UBND' ORDER BY cited_code",
    )
    assert found == [
        ("1/QĐ-UBND", False, None, 2),
        ("30/2020/NĐ-CP", False, "/in/decree.pdf", 1),
        ("76/NQ-CP", True, None, 0),
        ("9/QĐ-UBND", False, "/in/mine.pdf", 1),
    ]


def test_the_review_queue_says_why(db: duckdb.DuckDBPyConnection) -> None:
    found = ask(db, "SELECT priority, reason, field, message, page FROM v_review_queue WHERE source_path LIKE '%half%'")
    assert found == [
        (1, "unread", None, "page 2 took too long", 2),
        (3, "unknown_kind", "document.doc_type", "the kind of paper could not be told", None),
    ]
    found = ask(
        db, "SELECT priority, field, message, confidence, box FROM v_review_queue WHERE source_path = '/in/report.pdf'"
    )
    assert found == [
        (2, "results[0].value", "900/1000 là 90%", None, None),
        (4, "document.code", "4O/BC", 0.3, [1.0, 2.0, 3.0, 4.0]),
    ]


def test_everything_that_needs_review_stands_in_the_queue(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(db, "SELECT doc_id FROM documents WHERE needs_review EXCEPT SELECT doc_id FROM v_review_queue") == []


def test_the_fields_of_annex_six(db: duckdb.DuckDBPyConnection) -> None:
    assert ask(
        db,
        'SELECT "TypeName", "CodeNumber", "CodeNotation", "IssuedDate", "OrganName", "Subject", "To_OrganName", "Language" '
        "FROM v_nd30 WHERE \"CodeNumber\" = '12'",
    ) == [
        ("Kế hoạch", "12", "KH-UBND", dt.date(2025, 8, 1), WARD, "Cải cách hành chính năm 2025",
         "Sở Nội vụ; Công an thành phố", None)
    ]  # fmt: skip


def test_duplicates_are_the_same_number_or_nearly_the_same_text(db: duckdb.DuckDBPyConnection) -> None:
    found = ask(db, "SELECT reason, similarity >= 0.8, [source_path, other_path].list_sort() FROM v_duplicates")
    assert found == [("both", True, ["/in/again.pdf", "/in/scan.pdf"])]
