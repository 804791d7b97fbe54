"""From a document's text to its record: a pure function."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractors import resolve
from extractors.checks import run_checks
from extractors.confidence import Signs, Witness, weights
from extractors.kinds import all_rules, classify
from extractors.paper import Paper
from extractors.parts import papers
from extractors.resolve import Chosen
from schemas.found import Found
from schemas.record import Check, DocumentFields, Record
from schemas.text import DocumentText

LISTS = tuple(name for name in Record.model_fields if name in resolve.ITEM_PART)
"""The lists of values, as the record has them."""


def _version() -> str:
    """A name for all that decides what a text says: the rules' versions, and the code and lists of the lower rooms.

    Whatever changes there, stored pages are extracted again; that costs less than a rule whose version was forgotten.
    """
    digest = hashlib.sha256(
        "\n".join(sorted(f"{rule.field}:{rule.name}:{rule.version}" for rule in all_rules())).encode()
    )
    for room in ("extractors", "normalizers", "schemas"):
        for path in sorted(Path(str(files(room))).rglob("*")):
            if path.suffix in (".py", ".tsv", ".json"):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


RULES_VERSION = _version()


def extract(text: DocumentText) -> Record:
    """The record of a document: classify it, run the rules of its kind, choose, check, prove.

    Unknown is None. Every value has at least one Evidence entry whose path names it. A file of several papers gives the
    record of the first, with those of the others under `parts`.
    """
    record, *others = (record for record, _ in extract_with_signs(text))
    if not others:
        return record
    check = Check(
        rule="several_documents",
        severity="info",
        message=f"The file holds {len(others) + 1} papers: this one, the others under parts",
        paths=["parts"],
    )
    return record.model_copy(update={"parts": others, "checks": [check, *record.checks]})


def extract_with_signs(text: DocumentText) -> list[tuple[Record, dict[str, Signs]]]:
    """For each paper of the file the record, and by path what speaks for and against each of its values."""
    return [_extract(paper) for paper in papers(text)]


def _extract(paper: Paper) -> tuple[Record, dict[str, Signs]]:
    text = paper.text
    classified = classify(paper)
    candidates: dict[str, list[Found[Any]]] = defaultdict(list)
    for rule in classified.kind.all_rules:
        candidates[rule.field].extend(rule.find(paper))
    chosen: dict[str, Chosen] = {}
    document: dict[str, Any] = {}
    if (kind := resolve.best(text, [classified.found] if classified.found else [])) is not None:
        told = {"doc_type": classified.kind.abbreviation, "doc_type_name": classified.kind.name}
        document = {name: value for name, value in told.items() if value is not None}
        chosen = {f"document.{name}": kind for name in document}
    for name in DocumentFields.model_fields:
        if name in ("doc_type", "doc_type_name") or paper.zones.attached_only and name not in ("issuer", "title"):
            continue
        if (value := resolve.best(text, _agreeing(name, candidates, document))) is not None:
            document[name] = value.found.value
            chosen[f"document.{name}"] = value
    lists: dict[str, Any] = {}
    for name in LISTS:
        items = resolve.items(text, candidates[name])
        lists[name] = [item.found.value for item in items]
        for index, item in enumerate(items):
            chosen[resolve.item_path(name, index, item.found.value)] = item
            chosen |= resolve.parts(name, index, item)
    first_page = text.pages[0].number if text.pages else 1
    record = Record(document=DocumentFields(**document), first_page=first_page, **lists)
    checks = run_checks(paper, classified, record)
    witness = Witness(text, checks)
    signs = {path: witness.signs(path, value) for path, value in chosen.items()}
    evidence = [
        entry
        for path, value in chosen.items()
        for entry in resolve.evidence(text, path, value.found, weights().chance(signs[path]))
    ]
    return record.model_copy(update={"checks": checks, "evidence": evidence}), signs


def _agreeing(name: str, candidates: dict[str, list[Found[Any]]], document: dict[str, Any]) -> list[Found[Any]]:
    """Candidates of a field; a code is made of the number and symbol that were chosen before it, or it is none."""
    found = candidates[f"document.{name}"]
    if name == "code" and document.get("number") and document.get("symbol"):
        number, symbol = document["number"], document["symbol"]
        return [
            candidate for candidate in found if candidate.value.startswith(number) and candidate.value.endswith(symbol)
        ]
    return found if name != "code" or document.get("number") else []
