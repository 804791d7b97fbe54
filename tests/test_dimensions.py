"""Agencies, people and units: one spelling each, never two made one; the same whatever the order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.synthetic import result
from normalizers.spellings import one_spelling
from pipeline.database.rows import rows_of
from pipeline.database.schema import SCHEMA_VERSION
from pipeline.database.store import Outcome, Store
from pipeline.database.views import VIEWS
from schemas.record import DigitalSignature, DocumentFields, Record, Responsibility, Task
from tests.test_views import paper

HAI_PHONG = "Ủy ban nhân dân thành phố Hải Phòng"


def file(store: Store, *papers: Outcome) -> None:
    """Files the papers and ends the run."""
    run_id = store.start_run("2026-01-01 00:00:00", "inline", "", "")
    store.replace(papers)
    store.finish_run(run_id, {"status": "finished"})


def ask(store: Store, sql: str) -> list[tuple[Any, ...]]:
    return store._db.execute(sql).fetchall()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "x.duckdb")
    yield opened
    opened.close()


def naming(name: str, ward: str, leads: Sequence[str], text: str = HAI_PHONG, signer: str | None = None) -> Outcome:
    """A plan of a ward in which these agencies lead."""
    head = DocumentFields(issuer=f"Ủy ban nhân dân phường {ward}", signer_name=signer)
    return paper(name, Record(document=head, tasks=[Task(content="x", lead=lead) for lead in leads]), text)


def leads_of(store: Store) -> set[tuple[str | None, str]]:
    return set(ask(store, "SELECT unit_code, lead_agency FROM v_tasks_due"))


def test_one_agency_has_one_spelling(store: Store) -> None:
    spellings = [
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "Phòng Kinh tế - Hạ tầng và Đô thị phường",
        "Phòng Kinh tế, Hạ tầng và Đô thị",
        "PHÒNG KINH TẾ, HẠ TẦNG VÀ ĐÔ THỊ",
        "Phong Kinh te, Ha tang va Do thi",
    ]
    file(
        store,
        naming("a", "Lê Ích Mộc", spellings),
        naming("b", "Lê Ích Mộc", ["TTPVHCC", "Trung tâm Phục vụ hành chính công"]),
    )
    assert leads_of(store) == {
        ("11506", "Phòng Kinh tế, Hạ tầng và Đô thị"),
        ("11506", "Trung tâm Phục vụ hành chính công"),
    }
    assert ask(store, "SELECT mentions, len(printed) FROM agencies WHERE agency LIKE 'Phòng%'") == [(5, 4)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Nội vụ", "Sở Ngoại vụ"),
        ("Phòng Kinh tế", "Phòng Y tế"),
        ("Trường Tiểu học Lê Lợi", "Trường Tiểu học Lê Lai"),
        ("Trường Mầm non Hoa Mai", "Trường Mầm non Hoa Mái"),
        ("Trường Tiểu học số 1", "Trường Tiểu học số 2"),
        ("Tổ dân phố 11", "Tổ dân phố 12"),
        ("Trường THCS Trần Phú", "Trường THPT Trần Phú"),
        ("UBND phường", "UBND thành phố"),
        ("UBND phường", "UBND phường An Biên"),
        ("Công an phường", "Công an thành phố Hà Nội"),
        ("Đảng ủy phường", "Đảng ủy các cơ quan Đảng thành phố"),
        ("Trung tâm Y tế khu vực I", "Trung tâm Y tế khu vực II"),
    ],
)
def test_two_agencies_are_never_made_one(store: Store, one: str, other: str) -> None:
    file(store, naming("a", "Lê Ích Mộc", [one, one, one]), naming("b", "Lê Ích Mộc", [other]))
    agencies = ask(
        store,
        "SELECT DISTINCT home, agency FROM agency_mentions JOIN agency_spellings USING (home, spelling) WHERE role = 'lead'",
    )
    named = ask(store, "SELECT DISTINCT printed FROM agency_mentions WHERE role = 'lead'")
    assert len(agencies) == len(named)
    assert len(named) >= (1 if "các" in other else 2)


def test_the_same_office_of_two_wards_is_two_agencies(store: Store) -> None:
    file(store, naming("a", "Lê Ích Mộc", ["Công an phường"]), naming("b", "Thủy Nguyên", ["Công an phường"]))
    assert leads_of(store) == {("11506", "Công an phường"), ("11560", "Công an phường")}
    assert len(ask(store, "SELECT * FROM agencies WHERE agency = 'Công an phường'")) == 2


def test_a_ward_without_its_province_is_no_unit(store: Store) -> None:
    """An Biên is in Hải Phòng, and in An Giang: the name alone says neither."""
    file(
        store,
        naming("a", "An Biên", ["Công an phường"], text="Căn cứ Luật"),
        naming("b", "An Biên", ["Công an phường"]),
    )
    assert ask(store, "SELECT unit_code FROM documents ORDER BY doc_id") == [(None,), ("11407",)]
    assert len(ask(store, "SELECT DISTINCT home FROM agency_mentions WHERE role = 'lead'")) == 2


def test_persons(store: Store) -> None:
    names = [
        "Nguyễn Văn Hùng",
        "NGUYỄN VĂN HÙNG",
        "ThS. Nguyễn Văn Hùng",
        "Nguyễn Văn Hưng",
        "Nguyen Van Hung",
        "Trần Thị Hoà",
        "Tran Thi Hoa",
    ]
    papers = [naming(f"{number}", "Lê Ích Mộc", [], signer=name) for number, name in enumerate(names)]
    elsewhere = naming("else", "Thủy Nguyên", [], signer="Nguyễn Văn Hùng")
    file(store, *papers, elsewhere)
    assert ask(store, "SELECT home, person, mentions FROM people ORDER BY ALL") == [
        ("11506", "Nguyen Van Hung", 1),  # Hùng or Hưng: nobody can tell
        ("11506", "Nguyễn Văn Hùng", 3),
        ("11506", "Nguyễn Văn Hưng", 1),
        ("11506", "Trần Thị Hoà", 2),
        ("11560", "Nguyễn Văn Hùng", 1),
    ]


def test_bodies_that_sign_are_no_persons(store: Store) -> None:
    signatures = [DigitalSignature(signer=name) for name in ("Ủy ban nhân dân phường Lê Ích Mộc", "Vũ Hoàng Yến")]
    file(store, paper("a", Record(digital_signatures=signatures)))
    assert ask(store, "SELECT person FROM people") == [("Vũ Hoàng Yến",)]


def test_what_is_no_longer_named_goes(store: Store) -> None:
    file(store, naming("a", "Lê Ích Mộc", ["Công an phường"], signer="Vũ Hoàng Yến"))
    file(store, naming("a", "Thủy Nguyên", ["Trạm Y tế phường"]))
    assert {row[0] for row in ask(store, "SELECT home FROM agencies UNION SELECT home FROM people")} == {"11560"}
    assert {row[0] for row in ask(store, "SELECT home FROM settled")} == {"11560"}


def test_groups_and_posts_are_no_agencies(store: Store) -> None:
    parts = [
        Responsibility(agency="Các phòng, ban, đơn vị", items=1),
        Responsibility(agency="Giám đốc Sở Nội vụ", items=1),
    ]
    file(store, paper("a", Record(document=DocumentFields(issuer=HAI_PHONG), responsibilities=parts)))
    assert ask(store, "SELECT printed FROM agency_mentions WHERE role = 'responsibility'") == [("Sở Nội vụ",)]


names = st.lists(
    st.sampled_from(["nguyễn văn hùng", "nguyễn văn hưng", "nguyen van hung", "nguyễn vănx hùng", "trần lan", "tran lan", "lê thị hoaq"]),
    min_size=1,
    max_size=7,
    unique=True,
)  # fmt: skip


@given(names, st.randoms(use_true_random=False))
def test_spellings_do_not_depend_on_order_and_settle_at_once(found: list[str], dice: random.Random) -> None:
    counts = {name: len(name) % 3 + 1 for name in found}
    joined = one_spelling(counts)
    shuffled = list(counts.items())
    dice.shuffle(shuffled)
    assert one_spelling(dict(shuffled)) == joined
    assert all(joined[head] == head for head in joined.values())
    assert joined.get("nguyễn văn hùng", "nguyễn văn hùng") == "nguyễn văn hùng"


def outcome(number: int) -> Outcome:
    made = result(number)
    return Outcome(made, rows_of(made), ".pdf", (made.job.path,), "", "")


def test_the_digest_does_not_depend_on_order_nor_on_steps(tmp_path: Path) -> None:
    """All at once, or one by one with an end of a run after each, some twice: the same tables."""
    papers = [outcome(number) for number in (*range(10), 96, 91)]
    digests = set()
    for way, (order, size) in enumerate(((papers, 12), (papers[::-1], 1), (papers[5:] + papers[:8], 5))):
        store = Store(tmp_path / f"{way}.duckdb")
        for start in range(0, len(order), size):
            file(store, *order[start : start + size])
        digests.add(store.digest())
        pairs = ask(store, "SELECT count(*) FROM target_results")[0][0]
        store.close()
    assert len(digests) == 1
    assert pairs > 5


def test_nothing_is_settled_twice(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    file(store, outcome(0), outcome(3))
    before = ask(store, "FROM agencies ORDER BY ALL")
    monkeypatch.setattr("pipeline.database.settle._MAKE", {})  # whatever is made now, fails
    file(store, outcome(0))
    assert ask(store, "FROM agencies ORDER BY ALL") == before


def test_units_of_today(store: Store) -> None:
    assert ask(store, "SELECT len(code), count(*) FROM admin_units WHERE valid_to IS NULL GROUP BY 1 ORDER BY 1") == [
        (2, 34),
        (5, 3321),
    ]
    for day, kind in (("2025-07-01", "tỉnh"), ("2026-04-29", "tỉnh"), ("2026-04-30", "thành phố")):
        assert ask(
            store,
            f"SELECT kind FROM admin_units WHERE code = '75' AND DATE '{day}' BETWEEN valid_from AND coalesce(valid_to, DATE '9999-12-31')",  # noqa: S608
        ) == [(kind,)]
    twice = "SELECT code FROM admin_units WHERE valid_from <= DATE '2026-11-01' AND coalesce(valid_to, DATE '9999-12-31') >= DATE '2026-11-01' GROUP BY code HAVING count(*) > 1"
    assert ask(store, twice) == []
    assert ask(
        store,
        "SELECT count(*) FROM admin_units WHERE province_code NOT IN (SELECT code FROM admin_units WHERE len(code) = 2)",
    ) == [(0,)]


def test_units_of_before(store: Store) -> None:
    assert ask(store, "SELECT count(*) FROM former_units WHERE old_province IS NULL") == [(63,)]
    assert ask(store, "SELECT count(*) FROM former_units WHERE code NOT IN (SELECT code FROM admin_units)") == [(0,)]
    assert ask(
        store,
        "SELECT u.name, f.change FROM former_units AS f JOIN admin_units AS u USING (code) "
        "WHERE old_name = 'Phường Quảng Thanh' AND old_province = 'Thành phố Hải Phòng'",
    ) == [("Lê Ích Mộc", "renamed")]
    blank = ask(store, "SELECT count(*) FILTER (code IS NULL), count(*) FROM former_units")[0]
    assert blank[0] < 50 < 10_000 < blank[1]


def test_a_database_of_before_the_views_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    old = Store(path)
    file(old, outcome(0))
    old.close()
    with duckdb.connect(str(path)) as connection:
        for view in VIEWS:
            connection.execute(f"DROP VIEW {view.name}")
        for table in ("agencies", "agency_mentions", "target_results", "admin_units", "settled"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE tasks DROP COLUMN pillar")
        connection.execute("UPDATE schema_version SET version = 3")
    upgraded = Store(path)
    assert ask(upgraded, "SELECT version FROM schema_version") == [(SCHEMA_VERSION,)]
    assert ask(upgraded, "SELECT count(*) FROM v_tasks_due") == [(25,)]
    assert ask(upgraded, "SELECT count(*) FROM admin_units WHERE valid_to IS NULL") == [(3355,)]
    file(upgraded, outcome(0))
    assert ask(upgraded, "SELECT count(*) FROM v_tasks_due WHERE lead_agency IS NULL") == [(0,)]
    upgraded.close()
