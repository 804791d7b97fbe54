"""The samples: gold that the record model accepts, a generator that repeats itself, a table that names them all."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.score.measures import score_record
from samples import content as mark_up
from samples.content import Content, load_all, parse_body, plain
from samples.damage import Level, render, scan
from samples.generate import ENDINGS, HERE, generate
from samples.gold import gold
from samples.layout import print_document
from schemas.record import Record

CONTENTS = load_all()
NAMES = [content.name for content in CONTENTS]
FREE_KEYS = ("sample", "notes")


def folder(content: Content) -> Path:
    return HERE / "aside" / content.name if content.aside else HERE / content.name


def committed_gold(content: Content) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder(content) / "gold.json").read_text(encoding="utf-8"))
    return record


def by_name(name: str) -> Content:
    return next(content for content in CONTENTS if content.name == name)


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_gold_is_a_valid_record(content: Content) -> None:
    record = committed_gold(content)
    Record.model_validate({name: value for name, value in record.items() if name not in FREE_KEYS})


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_committed_gold_follows_from_the_content(content: Content) -> None:
    assert committed_gold(content) == gold(content)


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_every_code_of_the_gold_is_printed(content: Content) -> None:
    """Codes may be broken over lines and pages, so white space and form feeds do not count."""
    printed = "".join((folder(content) / "text.gold.txt").read_text(encoding="utf-8").split())
    for citation in committed_gold(content)["citations"]:
        assert citation["code"] in printed


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_head_and_foot_of_the_gold_are_printed(content: Content) -> None:
    """The gold of the document is written by hand: what it says must stand on the paper, whatever its case."""
    printed = "".join((folder(content) / "text.gold.txt").read_text(encoding="utf-8").casefold().split())
    record = committed_gold(content)
    names = ("number", "symbol", "place", "title", "signer_name", "signer_title")
    said = [record["document"][name] for name in names if record["document"][name]]
    said += (
        record.get("recipients", [])
        + record.get("addressees", [])
        + (record["document"]["signed_for"] or "").split("; ")
    )
    for value in said:
        assert "".join(value.casefold().split()) in printed, value


@pytest.mark.parametrize("content", CONTENTS, ids=NAMES)
def test_sample_is_complete(content: Content) -> None:
    names = {path.name for path in folder(content).iterdir()}
    assert {"gold.json", "text.gold.txt", "SOURCE.md"} < names
    assert len([name for name in names if name.startswith("scan.")]) == 1


def test_readme_names_every_sample() -> None:
    rows = [line for line in (HERE / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = [row.split("`")[1].removeprefix("aside/") for row in rows]
    assert sorted(named) == sorted(NAMES)


def test_a_third_is_kept_aside_of_different_kinds_a_noisy_dump_among_them() -> None:
    aside = [content for content in CONTENTS if content.aside]
    assert 3 * len(aside) >= len(CONTENTS)
    assert len({content.document["doc_type"] for content in aside}) >= 6
    assert "noisy_dump" in {content.scan["form"] for content in aside}


def test_every_form_of_input_is_there() -> None:
    assert set(ENDINGS) == {content.scan["form"] for content in CONTENTS}


def test_committed_samples_stay_small() -> None:
    whole = sum(path.stat().st_size for path in HERE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    assert whole < 16 * 1024 * 1024


@pytest.mark.parametrize(
    "name",
    [
        "kh-quy-nhon-kem-theo-dump",
        "kh-le-chan-tuyen-sinh-signed",
        pytest.param("qd-quang-ninh-quy-dinh-mixed", marks=pytest.mark.slow),
    ],
)
def test_generator_repeats_itself(name: str, tmp_path: Path) -> None:
    content = by_name(name)
    made = [generate(content, tmp_path / run).read_bytes() for run in ("first", "second")]
    assert made[0] == made[1]


@pytest.mark.parametrize("level", ["L1", "L2", "L3"])
def test_damage_repeats_itself_and_another_seed_changes_it(level: Level, tmp_path: Path) -> None:
    printed = tmp_path / "print.pdf"
    print_document(by_name("ct-yet-kieu-phong-chay-fax"), printed, with_ink=True, seed=0)
    pages = render(printed, 60)
    first, same, other = (scan(pages, level, "grey", 60, seed) for seed in (1, 1, 2))
    assert len(first) == 2
    assert all(np.array_equal(a, b) for a, b in zip(first, same, strict=True))
    assert not any(np.array_equal(a, b) for a, b in zip(first, other, strict=True))


def test_a_page_that_lies_across_shines_through_another() -> None:
    upright, across = (np.full(shape, 255, np.uint8) for shape in ((90, 60, 3), (60, 90, 3)))
    across[20:40, 30:60] = 0
    first, second = scan([upright, across], "L2", "grey", 60, 0)
    assert first.shape == (90, 60)
    assert second.shape == (60, 90)


def test_a_fax_has_two_shades(tmp_path: Path) -> None:
    printed = tmp_path / "print.pdf"
    print_document(by_name("ct-yet-kieu-phong-chay-fax"), printed, with_ink=False, seed=0)
    page = scan(render(printed, 60), "L3", "bw", 60, 0)[0]
    assert set(np.unique(page)) == {0, 255}


def test_generated_text_is_the_committed_text(tmp_path: Path) -> None:
    content = by_name("kh-quy-nhon-kem-theo-dump")
    generate(content, tmp_path / "made")
    made = (tmp_path / "made" / "text.gold.txt").read_text(encoding="utf-8")
    assert made == (folder(content) / "text.gold.txt").read_text(encoding="utf-8")


def test_a_perfect_record_scores_one_and_an_empty_one_nothing() -> None:
    record = committed_gold(by_name("qd-kien-an-chuyen-doi-so"))
    assert score_record(record, record)["mean"] == 1.0
    empty = score_record(record, {"document": {}})
    assert empty["task_cells"] == 0.0
    assert empty["document_wrong"] == 0.0


def test_plain_drops_mark_up() -> None:
    said = plain("theo [[76/NQ-CP ngày 15/7/2021]] của $Chính phủ$^[1|Xem sau.], {{đạt 9/10|a|9|10||}} <b>x</b>")
    assert said == "theo 76/NQ-CP ngày 15/7/2021 của Chính phủ1, đạt 9/10 x"


def test_body_knows_its_blocks() -> None:
    blocks = parse_body("# I. A\n! 1. b || >= 9 %\n@ 1. Phòng X | Phòng X\n- c\n|grid 50,50\n| a | b |\n|end")
    assert [block.kind for block in blocks] == ["h1", "target", "agency", "dash", "grid"]
    assert blocks[1].notes == ">= 9 %"
    assert blocks[4].rows[0].cells == ("a", "b")


def test_a_table_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no \|end"):
        parse_body("|grid 50,50\n| a | b |")


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(ValueError, match="1 cells, 2 columns"):
        parse_body("|grid 50,50\n| a |\n|end")


def test_every_document_is_toml_of_the_known_parts() -> None:
    known = {"about", "document", "head", "foot", "scan", "gold", "body", "attachments", "following"}
    for path in mark_up.DOCUMENTS.rglob("*.toml"):
        assert set(tomllib.loads(path.read_text(encoding="utf-8"))) <= known, path.name
