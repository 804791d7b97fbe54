"""Task tables of many manners, told line by line, cell by cell and column by column: shares of cells that must come out right."""

from __future__ import annotations

from statistics import mean

import pytest

from benchmarks.tables.forms import dump, running_text
from benchmarks.tables.paper import gold, load_all
from benchmarks.tables.typeset import set_paper
from extractors.paper import Paper
from extractors.plan.tasks import TASKS
from pipeline.score.measures import score_record
from schemas.record import Task

PAPERS = load_all()


def read(order: str, name: str) -> list[Task]:
    paper = next(paper for paper in PAPERS if paper.name == name)
    return [found.value for found in TASKS.find(Paper.of(dump(set_paper(paper, running_text(paper)), order)))]


def share(order: str, name: str) -> float:
    wanted = gold(next(paper for paper in PAPERS if paper.name == name))
    got = [task.model_dump(mode="json") for task in read(order, name)]
    scores = score_record({"document": {"x": None}, "tasks": wanted}, {"document": {}, "tasks": got})
    return scores["task_cells"] or 0.0


@pytest.mark.parametrize(("order", "least"), [("woven", 0.92), ("cells", 0.98), ("columns", 0.94)])
def test_cells_of_all_manners(order: str, least: float) -> None:
    assert mean(share(order, paper.name) for paper in PAPERS if not paper.aside) >= least


@pytest.mark.parametrize("order", ["woven", "cells", "columns"])
def test_a_table_without_running_numbers(order: str) -> None:
    tasks = read(order, "pccc-khong-stt")
    assert [task.no for task in tasks] == [None] * 7
    assert [task.lead for task in tasks[:3]] == ["Công an phường", "Công an phường", "Ban Chỉ huy Quân sự phường"]


@pytest.mark.parametrize("order", ["woven", "cells", "columns"])
def test_numbers_of_parts(order: str) -> None:
    tasks = read(order, "nong-thon-thap-phan")
    assert [task.no for task in tasks] == ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "3.1", "3.2"]
    assert {task.section for task in tasks} == {
        "1. Tiêu chí giao thông",
        "2. Tiêu chí môi trường",
        "3. Tiêu chí tổ chức sản xuất",
    }


@pytest.mark.parametrize("order", ["woven", "cells"])
def test_two_tables_of_one_appendix_stay_apart(order: str) -> None:
    tasks = read(order, "hai-bang-phu-luc")
    assert [task.no for task in tasks] == ["1", "2", "3", "1", "2", "3"]
    assert tasks[2].product is not None
    assert [task.product for task in tasks[3:]] == [None] * 3


def test_columns_that_do_not_count_up_are_not_shifted_into_each_other() -> None:
    tasks = read("columns", "y-te-gop-chu-tri")  # merged and empty cells
    assert [task.no for task in tasks] == ["1", "2", "3", "4", "5", "6", "7"]
    assert all(task.lead is None or task.lead == "Trạm Y tế" for task in tasks)


@pytest.mark.parametrize("order", ["woven", "cells", "columns"])
def test_leaders_and_notes_spill_into_no_cell(order: str) -> None:
    tasks = read(order, "dau-tu-tam-cot")
    assert len(tasks) == 7
    assert not any("Đ/c" in (task.content or "") or "Đăng" in (task.content or "") for task in tasks)
    assert [task.product for task in tasks[:3:2]] == ["Tờ trình, nghị quyết", "Hợp đồng thi công"]


@pytest.mark.parametrize("order", ["woven", "cells", "columns"])
def test_a_task_that_begins_like_an_agency(order: str) -> None:
    assert read(order, "an-toan-thuc-pham-khong-so")[4].content == "Thanh tra chuyên ngành dịp Tết Trung thu"
