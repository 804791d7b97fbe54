"""From a document's text to its record: a pure function."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any

from extractors import resolve
from extractors.checks import run_checks
from extractors.kinds import all_rules, classify
from extractors.paper import Paper
from schemas.found import Found
from schemas.record import DocumentFields, Evidence, Record
from schemas.text import DocumentText

_LISTS = (
    "attachments",
    "legal_bases",
    "citations",
    "recipients",
    "addressees",
    "targets",
    "tasks",
    "results",
    "responsibilities",
    "footnotes",
    "digital_signatures",
    "co_signers",
)


def _version() -> str:
    """A name for all that decides what a text says: the rules' versions, and the code and lists of the lower rooms.

    Whatever changes there, stored pages are extracted again; that costs less than a rule whose version was forgotten.
    """
    digest = hashlib.sha256(
        "\n".join(sorted(f"{rule.field}:{rule.name}:{rule.version}" for rule in all_rules())).encode()
    )
    for room in ("extractors", "normalizers", "schemas"):
        for path in sorted(Path(str(files(room))).rglob("*")):
            if path.suffix in (".py", ".tsv"):
                digest.update(path.name.encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


RULES_VERSION = _version()


def extract(text: DocumentText) -> Record:
    """The record of a document: classify it, run the rules of its kind, choose, prove, check.

    Unknown is None. Every value has at least one Evidence entry whose path names it.
    """
    paper = Paper(text)
    classified = classify(paper)
    candidates: dict[str, list[Found[Any]]] = defaultdict(list)
    for rule in classified.kind.all_rules:
        candidates[rule.field].extend(rule.find(paper))
    evidence: list[Evidence] = []
    document: dict[str, Any] = {}
    if classified.found is not None:
        document["doc_type"] = classified.kind.abbreviation
        document["doc_type_name"] = classified.kind.name
        sure = resolve.confidence(text, classified.found)
        for name in ("doc_type", "doc_type_name"):
            if document[name] is not None:
                evidence += resolve.evidence(text, f"document.{name}", classified.found, sure)
    for name in DocumentFields.model_fields:
        if name in ("doc_type", "doc_type_name") or paper.zones.attached_only and name not in ("issuer", "title"):
            continue
        chosen = resolve.best(text, _agreeing(name, candidates, document))
        if chosen is not None:
            document[name] = chosen[0].value
            evidence += resolve.evidence(text, f"document.{name}", *chosen)
    lists: dict[str, list[Any]] = {}
    for name in _LISTS:
        part = resolve.ITEM_PART.get(name)
        chosen_items = resolve.items(text, candidates[name])
        lists[name] = [found.value for found, _ in chosen_items]
        for index, (found, sure) in enumerate(chosen_items):
            path = f"{name}[{index}]" + (f".{part}" if part and getattr(found.value, part, None) is not None else "")
            evidence += resolve.evidence(text, path, found, sure)
    record = Record(document=DocumentFields(**document), **lists, evidence=evidence)
    return record.model_copy(update={"checks": run_checks(paper, classified, record)})


def _agreeing(name: str, candidates: dict[str, list[Found[Any]]], document: dict[str, Any]) -> list[Found[Any]]:
    """Candidates of a field; a code is made of the number and symbol that were chosen before it, or it is none."""
    found = candidates[f"document.{name}"]
    if name == "code" and document.get("number") and document.get("symbol"):
        number, symbol = document["number"], document["symbol"]
        return [
            candidate for candidate in found if candidate.value.startswith(number) and candidate.value.endswith(symbol)
        ]
    return found if name != "code" or document.get("number") else []
