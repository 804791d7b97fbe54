"""Papers of our own writing in the manner of many issuers, with what they say: used by test_extract."""

from __future__ import annotations

from tests.papers import head_and_foot, offices, others

CASES = (*head_and_foot.CASES, *offices.CASES, *others.CASES)
