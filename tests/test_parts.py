"""Several papers in one file: each is told apart, what came with a paper stays with it, and the database has a row for each."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from extractors import extract
from extractors.paper import Paper
from pipeline.database.rows import rows_of
from pipeline.database.store import Outcome, Store
from pipeline.process import assemble
from pipeline.read import Reading
from schemas.record import Record
from schemas.result import Job, Result

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
FOOT = "Nơi nhận:\n- Như trên;\n- Lưu: VT, VP.\nGIÁM ĐỐC\nTrần Văn Bình"


def paper(number: str, kind: str, title: str, date: str = "ngày 05 tháng 8 năm 2025", foot: str = FOOT) -> str:
    return f"SỞ Y TẾ\nSố: {number}\n{MOTTO}\nAn Giang, {date}\n{kind}\n{title}\nSở Y tế thông báo như sau./.\n{foot}"


LETTER = (
    f"SỞ Y TẾ\nSố: 16/SYT-VP\nV/v mượn hội trường\n{MOTTO}\nAn Giang, ngày 06 tháng 8 năm 2025\nKính gửi: Sở Nội vụ.\n"
    f"Sở Y tế đề nghị cho mượn hội trường./.\n{FOOT}"
)
NOTICE = paper("14/TB-SYT", "THÔNG BÁO", "Về việc nghỉ lễ")
DECISION = paper("15/QĐ-SYT", "QUYẾT ĐỊNH", "Ban hành Kế hoạch tiêm chủng")
CAPTION = "(Kèm theo Quyết định số 15/QĐ-SYT ngày 05 tháng 8 năm 2025 của Sở Y tế)"
PLAN = f"SỞ Y TẾ\n{MOTTO}\nKẾ HOẠCH\nTiêm chủng năm 2026\n{CAPTION}\nI. MỤC ĐÍCH\n1. Tiêm đủ."
FORM = f"Mẫu số 01\nTÊN CƠ QUAN\nSố: …/BC-…\n{MOTTO}\n…, ngày … tháng … năm …\nBÁO CÁO\nKết quả tiêm chủng"


def record_of(text: str) -> Record:
    return extract(Paper.of(text).text)


def codes(record: Record) -> list[str | None]:
    return [one.document.code for one in (record, *record.parts)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{NOTICE}\f{DECISION}", ["14/TB-SYT", "15/QĐ-SYT"]),
        (f"{NOTICE}\n\n{DECISION}", ["14/TB-SYT", "15/QĐ-SYT"]),
        (f"{NOTICE}\f{LETTER}", ["14/TB-SYT", "16/SYT-VP"]),
        (f"{LETTER}\f{NOTICE}", ["16/SYT-VP", "14/TB-SYT"]),
        (f"{LETTER}\n\n{NOTICE}", ["16/SYT-VP", "14/TB-SYT"]),
    ],
)
def test_papers_are_told_apart(text: str, found: list[str]) -> None:
    record = record_of(text)
    assert codes(record) == found
    assert record.parts[0].document.issued_on is not None
    assert record.citations == record.parts[0].citations == []
    assert [check.rule for check in record.checks] == ["several_documents"]


def test_three_papers_keep_the_pages_of_the_file() -> None:
    record = record_of("\f".join((NOTICE, DECISION, PLAN, LETTER)))
    assert codes(record) == ["14/TB-SYT", "15/QĐ-SYT", "16/SYT-VP"]
    assert [one.first_page for one in (record, *record.parts)] == [1, 2, 4]
    assert [item.issued_with for item in record.parts[0].attachments] == ["15/QĐ-SYT"]
    assert {entry.page for entry in record.parts[1].evidence} == {4}


@pytest.mark.parametrize(
    "text",
    [
        f"{DECISION}\f{PLAN}",
        f"{DECISION}\f{FORM}",
        f"{DECISION}\fPHỤ LỤC\n{FORM}",
        f"{DECISION}\fSỞ Y TẾ\n{MOTTO}\nDANH SÁCH\nCán bộ tham gia\n1. Lê An",
    ],
    ids=["plan", "form", "form in an annex", "list with a letterhead"],
)
def test_what_came_with_a_paper_is_no_paper(text: str) -> None:
    assert codes(record_of(text)) == ["15/QĐ-SYT"]


def test_number_or_date_by_hand_are_enough_but_not_both_blank() -> None:
    unread = paper("   /TB-SYT", "THÔNG BÁO", "Về việc trực lễ")
    assert codes(record_of(f"{DECISION}\f{unread}")) == ["15/QĐ-SYT", None]
    draft = paper("   /TB-SYT", "THÔNG BÁO", "Về việc trực lễ", "ngày    tháng   năm 2025")
    assert codes(record_of(f"{DECISION}\f{draft}")) == ["15/QĐ-SYT"]


JOB = Job(Path("/x/a.txt"), "0011223344556677", "0011223344556677" * 4)


def result_of(text: str) -> Result:
    return assemble(JOB, Reading(Paper.of(text).text.pages, "text", (), {}))


def filed(path: Path, *results: Result) -> duckdb.DuckDBPyConnection:
    store = Store(path)
    for result in results:
        store.replace([Outcome(result, rows_of(result), ".txt", (JOB.path,), "read", "rules")])
    stored = store.readings([JOB.doc_id])[JOB.doc_id]
    again = assemble(JOB, Reading(stored.pages, stored.kind, stored.failures, {}))
    assert again.record == results[-1].record
    store.close()
    return duckdb.connect(str(path), read_only=True)


def test_each_paper_is_a_document_of_the_database(tmp_path: Path) -> None:
    with filed(tmp_path / "x.duckdb", result_of("\f".join((DECISION, PLAN, LETTER)))) as db:
        found = db.execute(
            "SELECT doc_id, file_id, part, first_page, pages, code, source_path FROM documents ORDER BY part"
        )
        assert found.fetchall() == [
            (JOB.doc_id, JOB.doc_id, 1, 1, 2, "15/QĐ-SYT", "/x/a.txt"),
            (f"{JOB.doc_id}-2", JOB.doc_id, 2, 3, 1, "16/SYT-VP", "/x/a.txt"),
        ]
        pages = "SELECT code, page FROM pages JOIN documents USING (doc_id) ORDER BY page"
        assert db.execute(pages).fetchall() == [("15/QĐ-SYT", 1), ("15/QĐ-SYT", 2), ("16/SYT-VP", 3)]
        assert db.execute("SELECT count(*) FROM evidence WHERE doc_id LIKE '%-2' AND page <> 3").fetchone() == (0,)


def test_a_paper_that_is_none_any_more_leaves_the_database(tmp_path: Path) -> None:
    with filed(tmp_path / "x.duckdb", result_of(f"{NOTICE}\f{DECISION}"), result_of(NOTICE)) as db:
        for table in ("documents", "pages", "evidence"):
            assert db.execute(f"SELECT DISTINCT doc_id FROM {table}").fetchall() == [(JOB.doc_id,)]  # noqa: S608
