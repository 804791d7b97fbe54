"""The scorecard: measures that agree with the acceptance scorer, readings that replay, losses that fail."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commands.score import FREEZE
from pipeline.find import fingerprint
from pipeline.score import recorded, show
from pipeline.score.accepted import FILE, changes, load
from pipeline.score.card import score_paper
from pipeline.score.measures import score_page, score_record
from pipeline.score.papers import SAMPLES, GoldPaper, find_papers
from pipeline.score.run import Outcome, score
from pipeline.score.verdicts import JUDGED, judge
from schemas.record import Record
from tests.command import LETTER, call

ROOT = Path(__file__).resolve().parent.parent
ACCEPTANCE = ROOT.parent / "shared" / "bench" / "score.py"
PAPERS = find_papers(SAMPLES)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one paper of the flat form: a letter with a gold record that its reading meets."""
    monkeypatch.delenv("CI", raising=False)  # where nothing may be accepted
    home = tmp_path / "gold"
    home.mkdir()
    (home / "letter.txt").write_text(LETTER, encoding="utf-8")
    extracted = json.loads(call("extract", home / "letter.txt").output)
    gold = {name: extracted[name] for name in ("document", *JUDGED)}
    (home / "letter.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    (home / "letter.p1.gold.txt").write_text(LETTER, encoding="utf-8")
    return home


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "letter.gold.json"
    gold = json.loads(path.read_text(encoding="utf-8"))
    change(gold)
    path.write_text(json.dumps(gold), encoding="utf-8")


def test_no_freeze_is_left_on() -> None:
    """A freeze accepts every loss: it must not stand in the environment, nor in anything that runs by itself."""
    assert not os.environ.get(FREEZE), f"unset {FREEZE}"
    scripts = [ROOT / ".ci" / "run", ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / "scripts").iterdir()]
    told = [
        path.name for path in scripts if path.is_file() and re.search(f"--freeze|{FREEZE}", path.read_text("utf-8"))
    ]
    assert told == []


def test_an_automatic_check_cannot_freeze(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    monkeypatch.setenv(FREEZE, "1")
    assert call("score", folder, "--only", "letter").exit_code == 2
    assert not (folder / FILE).exists()


def test_the_rules_lose_nothing_that_was_accepted() -> None:
    """The recorded readings of the samples, by the rules of today; new and rewritten papers have none yet."""
    accepted = load(SAMPLES)
    lost = []
    replayed = 0
    for paper in PAPERS:
        if paper.name in accepted and recorded.load(paper.recording, fingerprint(paper.path)) is not None:
            replayed += 1
            lost += [str(change) for change in changes(score_paper(paper, full=False), accepted) if change.gain < 0]
    assert replayed > len(accepted) / 2
    assert lost == []


def test_a_run_that_was_accepted_has_no_changes_until_something_is_lost(folder: Path) -> None:
    def run(*, accept: bool = False) -> Outcome:
        return score([folder], accept=accept)

    assert (run(accept=True).new, run().new) == (1, 0)
    assert run().changes == ()
    edit(folder, lambda gold: gold["document"].update(number="999"))
    edit(folder, lambda gold: gold["recipients"].append("Một nơi khác"))
    lost = run()
    assert [str(change).split(" -> ")[-1] for change in lost.losses] == [
        "wrong",
        f"{lost.run[0].scores['recipients']:.4g}",
    ]
    assert {change.what for change in lost.changes} == {"document.number", "recipients"}
    run(accept=True)
    assert run().changes == ()
    edit(folder, lambda gold: gold["recipients"].pop())
    assert [change.what for change in run().changes if change.gain > 0] == ["recipients"]


def test_the_command_fails_on_a_loss_and_freeze_accepts_it(folder: Path) -> None:
    assert call("score", folder, "--only", "letter", "--freeze").exit_code == 0
    edit(folder, lambda gold: gold["document"].update(number="999"))
    lost = call("score", folder, "--only", "letter", "--details")
    assert lost.exit_code == 1
    assert "- letter: document.number right -> wrong" in lost.output
    assert "letter: document.number wrong: 999 <- " in lost.output
    assert call("score", folder, "--only", "letter", "--freeze").exit_code == 0
    assert call("score", folder, "--only", "letter").exit_code == 0


def test_a_recorded_reading_gives_the_record_of_the_reading(folder: Path) -> None:
    (paper,) = find_papers(folder)
    read = score_paper(paper, full=True)
    recorded.save(paper.recording, read.result)
    replayed = score_paper(paper, full=False)
    assert replayed.replayed
    assert not read.replayed
    assert replayed.result.record == read.result.record
    assert replayed.result.pages == read.result.pages
    paper.path.write_text(LETTER + "\nvà một dòng nữa", encoding="utf-8")
    assert not score_paper(paper, full=False).replayed  # the recording is of another paper


def test_a_paper_that_cannot_be_read_scores_nothing(folder: Path) -> None:
    (paper,) = find_papers(folder)
    paper.path.write_bytes(b"")
    scored = score_paper(paper, full=True)
    assert scored.scores["document"] is not None
    assert scored.scores["document"] < 0.5
    assert scored.scores["words_found"] == 0.0
    assert "wrong" not in {verdict.outcome for verdict in scored.verdicts}


def test_a_paper_that_cannot_be_read_is_not_accepted(folder: Path) -> None:
    (folder / "letter.txt").write_bytes(b"")
    outcome = score([folder], full=True, accept=True)
    assert list(outcome.unread) == ["letter"]
    assert load(folder) == {}
    assert not outcome.run[0].paper.recording.exists()
    told = call("score", folder, "--only", "letter", "--freeze")
    assert told.exit_code == 1
    assert "nothing could be read of letter" in told.output


def test_missing_and_wrong_are_told_apart() -> None:
    gold = {"document": {"number": "1", "place": "Huế", "title": None}, "recipients": ["Lưu: VT", "Như Điều 3"]}
    got = {"document": {"number": "2", "place": None, "title": None}, "recipients": ["Như Điều 3", "Sở Y tế"]}
    assert [(v.path, v.outcome) for v in judge(gold, got)] == [
        ("document.number", "wrong"),
        ("document.place", "missing"),
        ("document.title", "right"),
        ("recipients[0]", "right"),
        ("recipients[1]", "wrong"),
        ("recipients", "missing"),
    ]


def test_a_basis_is_right_with_all_the_documents_that_it_names() -> None:
    also = [{"code": "2/NQ-CP", "date": None, "kind": None}]
    basis = {"text": "Căn cứ Nghị quyết số 1/NQ-CP; 2/NQ-CP", "code": "1/NQ-CP", "date": None, "also": also}
    half = {**basis, "also": None}
    gold: dict[str, Any] = {"document": {}, "legal_bases": [basis]}
    assert [v.outcome for v in judge(gold, {"legal_bases": [basis]})] == ["right"]
    assert [v.outcome for v in judge(gold, {"legal_bases": [half]})] == ["right", "missing"]
    assert [v.outcome for v in judge({"document": {}, "legal_bases": [half]}, {"legal_bases": [basis]})] == ["wrong"]


def test_all_papers_of_a_file_are_judged() -> None:
    part = {"document": {"number": "2"}, "recipients": ["Sở Y tế"], "co_signers": [{"name": "Lê An", "title": None}]}
    gold = {"document": {"number": "1"}, "parts": [part]}
    assert {v.outcome for v in judge(gold, gold)} == {"right"}
    lost = [(v.path, v.field, v.outcome) for v in judge(gold, {**gold, "parts": []})]
    assert lost[1:] == [
        ("parts[0].document.number", "document.number", "missing"),
        ("parts[0].recipients", "recipients", "missing"),
        ("parts[0].co_signers", "co_signers", "missing"),
    ]


def test_errors_of_papers_kept_aside_are_not_shown(folder: Path) -> None:
    edit(folder, lambda gold: gold["document"].update(number="999"))
    (paper,) = find_papers(folder)
    aside = GoldPaper(paper.name, paper.path, paper.record, {}, paper.recording, aside=True)
    assert list(show.details([score_paper(paper, full=True)])) != []
    assert list(show.details([score_paper(aside, full=True)])) == []


def test_samples_say_how_they_came_to_us() -> None:
    assert len(PAPERS) >= 24
    assert {"L1", "L2", "L3", "none"} == {paper.damage for paper in PAPERS}
    assert "-" not in {paper.form for paper in PAPERS}
    assert any(paper.aside for paper in PAPERS)


@pytest.mark.filterwarnings("ignore:unclosed file")
@pytest.mark.skipif(not ACCEPTANCE.exists(), reason="the acceptance scorer is not on this machine")
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_measures_agree_with_the_acceptance_scorer(paper: GoldPaper, tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("acceptance", ACCEPTANCE)
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    # the reading of another paper, then its own: scores of all heights
    for other in (paper, PAPERS[0]):
        if not other.recording.exists():
            continue
        got = score_paper(other, full=False).result.record or Record()
        mine = score_record(paper.gold(), got.model_dump(mode="json"))
        told = theirs.record_score(paper.gold(), got.model_dump(mode="json"))["scores"]
        known = {name: value for name, value in told.items() if value is not None}
        assert {name: value for name, value in mine.items() if value is not None} == pytest.approx(known, abs=2e-4)
    gold, got_text = tmp_path / "gold.txt", tmp_path / "got.txt"
    shutil.copy(next(iter(paper.texts.values())), gold)
    shutil.copy(next(iter(PAPERS[0].texts.values())), got_text)
    theirs_page = theirs.page_score(gold, got_text)
    assert score_page(gold.read_text("utf-8"), got_text.read_text("utf-8")).items() <= theirs_page.items()
