"""Every query of docs/cookbook.md runs, and finds something, on the records of the samples and a few made papers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from benchmarks.synthetic import result
from benchmarks.warehouse import QUESTIONS
from pipeline.database.publish import WorkFile, open_published
from pipeline.database.rows import rows_of
from pipeline.database.store import Outcome, Store
from schemas.page import Line, Page, Word
from schemas.record import Record
from schemas.result import Job, Result

ROOT = Path(__file__).resolve().parent.parent


def of_sample(folder: Path) -> Result:
    """A sample as if it had been read without a fault."""
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    record = Record.model_validate({name: gold[name] for name in Record.model_fields if gold.get(name) is not None})
    text = (folder / "text.gold.txt").read_text(encoding="utf-8")
    lines = tuple(Line(tuple(Word(word, word) for word in line.split())) for line in text.split("\n"))
    job = Job(folder / "scan.pdf", f"{folder.name:0>16}", folder.name)
    return Result(job, "done", "scanned", record, (Page(1, 595, 842, "ocr", 0, 1, text, lines),))


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path = tmp_path_factory.mktemp("cookbook") / "x.duckdb"
    papers = [of_sample(gold.parent) for gold in sorted((ROOT / "samples").glob("*/gold.json"))]
    papers += [result(number) for number in range(100)]
    with WorkFile(path) as work:
        store = Store(work.path)
        run_id = store.start_run("2026-01-01 00:00:00", "inline", "", "")
        store.replace([Outcome(paper, rows_of(paper), ".pdf", (paper.job.path,), "", "") for paper in papers])
        store.finish_run(run_id, {"status": "finished"})
        store.close()
        work.publish()
    with open_published(path) as connection:
        yield connection


def test_there_are_fifteen_questions_and_more() -> None:
    assert len(QUESTIONS) >= 15
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d+\. ", page, re.MULTILINE)) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_has_an_answer(db: duckdb.DuckDBPyConnection, question: str) -> None:
    assert db.execute(QUESTIONS[question]).fetchall()


def test_the_calendar_finds_the_tasks_of_the_samples(db: duckdb.DuckDBPyConnection) -> None:
    found = db.execute(next(iter(QUESTIONS.values()))).fetchall()
    assert any(row[2] == "614/QĐ-UBND" and row[5] == "Văn phòng HĐND và UBND phường" for row in found)
