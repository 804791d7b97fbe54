"""The whole way on the samples: file in, record out, with the real recogniser. Slow: some seconds a document."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.process import process
from pipeline.read import ReadSettings
from pipeline.score.measures import score_record, wrong_fields
from samples.content import Content, load_all
from samples.generate import HERE
from schemas.result import Job, Result

SCANNED = ("pdf", "misread_layer", "mixed", "png", "jpg", "tif")
DOCUMENT_AVERAGE = 0.95

pytestmark = pytest.mark.slow


def folder(content: Content) -> Path:
    return HERE / "aside" / content.name if content.aside else HERE / content.name


def gold_of(content: Content) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((folder(content) / "gold.json").read_text(encoding="utf-8"))
    return record


def processed(content: Content) -> Result:
    path = next(folder(content).glob("scan.*"))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return process(Job(path, sha256[:16], sha256), ReadSettings())


def record_of(result: Result) -> dict[str, Any]:
    assert result.status == "done", result.failures
    assert result.record is not None
    record: dict[str, Any] = result.record.model_dump(mode="json")
    return record


@pytest.fixture(scope="module")
def scanned() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Gold and record of each scanned sample that is open to tuning, by name."""
    chosen = [content for content in load_all() if content.scan["form"] in SCANNED and not content.aside]
    return {content.name: (gold_of(content), record_of(processed(content))) for content in chosen}


def test_document_fields_of_the_scanned_samples(
    scanned: dict[str, tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    scores = {name: float(score_record(gold, got)["document"] or 0) for name, (gold, got) in scanned.items()}
    wrong = {name: wrong_fields(gold["document"], got["document"]) for name, (gold, got) in scanned.items()}
    average = sum(scores.values()) / len(scores)
    assert average >= DOCUMENT_AVERAGE, {name: fields for name, fields in wrong.items() if fields}


@pytest.mark.parametrize("name", ["kh-le-chan-tuyen-sinh-signed", "kh-quy-nhon-kem-theo-dump"])
def test_samples_with_good_text_give_their_document(name: str) -> None:
    content = next(content for content in load_all() if content.name == name)
    assert wrong_fields(gold_of(content)["document"], record_of(processed(content))["document"]) == {}


def test_digital_signatures_come_from_the_file() -> None:
    content = next(content for content in load_all() if content.scan["form"] == "signed")

    def signatures(record: dict[str, Any]) -> list[tuple[str, str]]:
        """Signer and time, by time: entries stand in the order of the stamps on the page."""
        return sorted(
            ((one["signer"], one["signed_at"]) for one in record["digital_signatures"]), key=lambda one: one[1]
        )

    assert signatures(record_of(processed(content))) == signatures(gold_of(content))
