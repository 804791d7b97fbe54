"""Search: pages by their words, with or without diacritics, best first, from an index that follows the database."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.database import fulltext
from pipeline.database.publish import StoreError, open_published
from pipeline.database.search import Hit, search
from schemas.record import DocumentFields, Evidence, Record, Task
from tests.command import call
from tests.filed import file_into, paper

Fill = Callable[..., None]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "x.duckdb"


@pytest.fixture
def fill(db: Path) -> Fill:
    """Files papers, each a text, and brings the index up to date as a run does."""

    def fill(**texts: str) -> None:
        file_into(db, *(paper(name, text) for name, text in texts.items()))

    return fill


def hits(db: Path, question: str, limit: int = 10) -> list[Hit]:
    with open_published(db) as connection:
        return search(connection, question, limit)


def names(found: Sequence[Hit]) -> list[str]:
    return [Path(hit.source_path).stem for hit in found]


def test_words_that_stand_together_come_first(db: Path, fill: Fill) -> None:
    fill(
        a="Cải tiến cách làm. Hành trình của chính quyền.",
        b="Kế hoạch cải cách hành chính năm 2025.",
        c="Thông báo lịch nghỉ lễ.",
    )
    for question in ("cai cach hanh chinh", "Cải cách hành chính", "CẢI CÁCH HÀNH CHÍNH"):
        found = hits(db, question)
        assert names(found) == ["b", "a"]
        assert found[0].snippet == "Kế hoạch «cải cách hành chính» năm 2025."


def test_what_is_written_with_diacritics_is_found_without_and_the_other_way_round(db: Path, fill: Fill) -> None:
    fill(a="ke hoach chuyen doi so", b="Đề án Đà Nẵng")
    assert names(hits(db, "chuyển đổi số")) == ["a"]
    assert names(hits(db, "de an da nang")) == ["b"]


def test_the_spelling_that_was_typed_comes_first(db: Path, fill: Fill) -> None:
    fill(a="Hợp đồng. Hợp tác. Phù hợp. Tập hợp.", b="Giấy mời dự họp.", c="hop giao ban")
    assert names(hits(db, "họp"))[0] == "b"
    assert set(names(hits(db, "họp"))) == {"a", "b", "c"}
    assert names(hits(db, "hợp"))[0] == "a"


def test_codes_are_found_in_any_manner(db: Path, fill: Fill) -> None:
    fill(a="Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021", b="Công văn số 67/UBND-NQ có 76 trang, CP")
    for question in ("76/NQ-CP", "76/nq-cp", "76 NQ CP", '"76/NQ-CP"'):
        assert names(hits(db, question))[0] == "a"
    assert names(hits(db, '"76/NQ-CP"')) == ["a"]


def test_quoted_words_stand_together(db: Path, fill: Fill) -> None:
    fill(a="hành chính công và cải cách", b="cải cách hành chính công", c="cải cách hành động, hành chính")
    assert names(hits(db, '"cải cách hành chính"')) == ["b"]
    assert names(hits(db, "“hành chính” công"))[0] in "ab"
    assert hits(db, '"chính cải"') == []
    assert hits(db, '"cải cách công"') == []


def test_pages_with_all_words_or_with_most(db: Path, fill: Fill) -> None:
    fill(a="một hai ba", b="một hai", c="một")
    assert names(hits(db, "một hai ba")) == ["a"]
    assert sorted(names(hits(db, "một hai bốn"))) == ["a", "b"]
    assert names(hits(db, "bốn")) == []
    assert hits(db, "") == hits(db, "... !") == hits(db, '""') == []
    assert len(hits(db, "một", limit=2)) == 2


def test_the_page_is_told(db: Path, fill: Fill) -> None:
    fill(a="trang đầu\fcó chữ cần tìm\ftrang cuối")
    assert [(hit.page, hit.field) for hit in hits(db, "cần tìm")] == [(2, "text")]


def test_the_index_follows_the_database(db: Path, fill: Fill) -> None:
    fill(a="con mèo", b="con chó")
    fill(b="con gà", c="con vịt")
    assert names(hits(db, "chó")) == []
    assert names(hits(db, "gà")) == ["b"]
    assert set(names(hits(db, "con"))) == {"a", "b", "c"}
    with duckdb.connect(str(db)) as connection:
        assert connection.execute("SELECT count(*) FROM search.units WHERE field = 'text'").fetchone() == (3,)
        left = "SELECT count(*) FROM search.recent ANTI JOIN search.units USING (unit)"
        assert connection.execute(left).fetchone() == (0,)
        assert fulltext.bring_up_to_date(connection) == 0


def test_rows_are_sorted_in_and_still_found(db: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fulltext, "_RECENT", 0)
    monkeypatch.setattr(fulltext, "_SLICE", 3)
    monkeypatch.setattr(fulltext, "_CHUNK", 10)
    fill(a="con mèo đen", b="con chó trắng", c="con mèo trắng")
    with duckdb.connect(str(db)) as connection:
        assert connection.execute("SELECT count(*) FROM search.recent").fetchone() == (0,)
    fill(b="con mèo vàng")
    assert names(hits(db, "mèo trắng")) == ["c"]
    assert set(names(hits(db, "con mèo"))) == {"a", "b", "c"}


def test_tasks_and_titles_are_found_on_their_page(db: Path) -> None:
    task = Task(content="Rà soát, công khai thủ tục hành chính", lead="Văn phòng")
    proofs = [
        Evidence(path=path, raw="", page=page, box=None, confidence=0.9, rule="")
        for path, page in (("tasks[1].content", 2), ("document.title", 1))
    ]
    record = Record(
        document=DocumentFields(code="9/KH-UBND", title="Cải cách hành chính"), tasks=[task, task], evidence=proofs
    )
    file_into(db, paper("a", "trang một\ftrang hai", record))
    found = hits(db, "công khai thủ tục")
    assert sorted((hit.field, hit.page or 0) for hit in found) == [("task", 0), ("task", 2)]
    assert "/in/a.pdf, page 2\n    task: Rà soát, «công khai thủ tục» hành chính" in "\n".join(map(str, found))
    assert [(hit.field, hit.page) for hit in hits(db, "9/KH-UBND cải cách")] == [("title", 1)]


def test_an_index_of_another_version_is_made_anew(db: Path, fill: Fill) -> None:
    fill(a="con mèo")
    with duckdb.connect(str(db)) as connection:
        connection.execute("UPDATE search.state SET hash = 1")
    with pytest.raises(StoreError, match="ingest"):
        hits(db, "mèo")
    fill(b="con chó")
    assert set(names(hits(db, "con"))) == {"a", "b"}
    with duckdb.connect(str(db)) as connection:
        connection.execute("DROP SCHEMA search CASCADE")
    with pytest.raises(StoreError, match="ingest"):
        hits(db, "mèo")


def test_common_words_are_left_out_where_rarer_ones_stand(
    db: Path, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(**{f"p{number}": "kế hoạch" for number in range(9)}, rare="kế hoạch chuyển đổi")
    monkeypatch.setattr("pipeline.database.search._MOST_ROWS", 5)
    assert names(hits(db, "kế hoạch chuyển đổi")) == ["rare"]
    assert len(hits(db, "kế")) == 10


def test_the_command_prints_place_and_snippet(db: Path, fill: Fill) -> None:
    fill(a="Tổ công tác số hóa")
    shown = call("search", "to", "cong", "tac", "--db", db)
    assert re.fullmatch(r"\S.*  /in/a\.pdf, page 1\n    «Tổ công tác» số hóa\n", shown.stdout)
    assert call("search", "zzz", "--db", db).stderr == "nothing found\n"
    rows = json.loads(call("search", "số hóa", "--db", db, "--format", "json").stdout)
    assert [(row["source_path"], row["page"], row["snippet"]) for row in rows] == [
        ("/in/a.pdf", 1, "Tổ công tác «số hóa»")
    ]


def test_any_question_is_answered(db: Path, fill: Fill) -> None:
    fill(a="con mèo đen", b='“con" chó')

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.sampled_from("con mèo đ\"“” \x00\n'%_-İß½́😀"), max_size=12) | st.text(max_size=12))
    def ask(question: str) -> None:
        search(connection, question)

    with open_published(db) as connection:
        ask()
        assert names(search(connection, "mèo \udcff")) == ["a"]  # bytes on a command line that are no text
