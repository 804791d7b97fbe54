"""The record of whole papers: many issuers, kinds and shapes of text."""

from __future__ import annotations

import pytest

from extractors import RULES_VERSION, extract
from extractors.paper import Paper
from schemas.record import DocumentFields, Record
from tests.papers import CASES
from tests.papers.case import Case

VARIANTS = {
    "as it is": lambda text: text,
    "double spaced": lambda text: text.replace("\n", "\n\n"),
    "trailing blanks": lambda text: text.replace("\n", "  \n") + "\n\n",
    "eth for đ": lambda text: text.replace("QĐ", "QÐ").replace("CĐ", "CÐ"),
}


def record_of(text: str) -> Record:
    return extract(Paper.of(text).text)


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_document(case: Case, variant: str) -> None:
    got = record_of(VARIANTS[variant](case.text)).document
    want = DocumentFields(**case.document)
    assert got.model_dump() == want.model_dump()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_value_has_evidence(case: Case) -> None:
    record = record_of(case.text)
    paths = {entry.path for entry in record.evidence}
    for name, value in record.document:
        assert (value is None) == (f"document.{name}" not in paths), name
    for name in ("legal_bases", "citations", "recipients", "addressees", "attachments", "digital_signatures"):
        for index in range(len(getattr(record, name))):
            assert any(path.startswith(f"{name}[{index}]") for path in paths)
    assert all(0 <= entry.confidence <= 1 and entry.page == 1 for entry in record.evidence)


def test_same_text_same_record() -> None:
    assert record_of(CASES[0].text) == record_of(CASES[0].text)


def test_empty_paper_says_nothing() -> None:
    for text in ("", "\f\f", "12", "Một dòng chữ bất kỳ."):
        record = record_of(text)
        assert record.document == DocumentFields()
        assert not record.citations
        assert not record.recipients
        assert not record.evidence


def test_version_names_the_rules() -> None:
    assert len(RULES_VERSION) == 16
