"""Every rule finds what its examples say and nothing in its traps; rules and kinds are declared as they should be."""

from __future__ import annotations

import pytest

from extractors import resolve
from extractors.kinds import KINDS, all_rules
from extractors.paper import Paper
from extractors.rule import Rule
from normalizers.kinds import DECREE_KINDS
from schemas.record import DocumentFields, Record

RULES = all_rules()
EXAMPLES = [(rule, text, values) for rule in RULES for text, values in rule.examples]
TRAPS = [(rule, text) for rule in RULES for text in rule.rejects]


@pytest.mark.parametrize(
    ("rule", "text", "values"), EXAMPLES, ids=[f"{r.name}-{i}" for i, (r, _, _) in enumerate(EXAMPLES)]
)
def test_example(rule: Rule, text: str, values: tuple[object, ...]) -> None:
    paper = Paper.of(text)
    found = [chosen.found.value for chosen in resolve.items(paper.text, rule.find(paper))]
    assert found == list(values)


@pytest.mark.parametrize(("rule", "text"), TRAPS, ids=[f"{r.name}-{i}" for i, (r, _) in enumerate(TRAPS)])
def test_trap(rule: Rule, text: str) -> None:
    assert list(rule.find(Paper.of(text))) == []


def test_every_rule_is_shown_and_fills_a_known_field() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    known = {f"document.{name}" for name in DocumentFields.model_fields} | set(Record.model_fields)
    for rule in RULES:
        assert rule.examples or rule.rejects, rule.name
        assert rule.field in known, rule.name


def test_kinds_are_those_of_the_decree() -> None:
    assert len(DECREE_KINDS) == 29
    abbreviations = [kind.abbreviation for kind in DECREE_KINDS if kind.abbreviation and kind.abbreviation != "CV"]
    assert len(abbreviations) == len(set(abbreviations)) == 27
    assert {kind.name for kind in DECREE_KINDS} <= {kind.name for kind in KINDS}
