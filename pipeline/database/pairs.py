"""Targets of plans beside the results that reports of the same unit state on them.

A pair deserves it where the report is of the same unit (for offices of a province: of the same office), of a time that
the target is for, not older than the plan, in a unit of measure that can be compared, and where the two texts measure the
same thing (normalizers/indicators.py). Of several results in one report the one most alike is taken, each once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import duckdb

from normalizers.indicators import SAME, clause_of, comparable, indicator_score
from pipeline.database.columns import Row
from pipeline.database.insert import listed

# Whose a document is: a ward, or one office of a province.
_OWNERS = """
SELECT doc_id, CASE WHEN regexp_full_match(home, '[0-9]{5}') THEN home ELSE home || ' ' || spelling END AS home
FROM agency_mentions WHERE role = 'issuer'
"""
_TARGETS = f"""
SELECT o.home, t.doc_id, t.seq, m.item, t.text, t.section, m.value, m.unit, d.title, d.issued_on
FROM targets AS t JOIN target_metrics AS m USING (doc_id, seq) JOIN documents AS d USING (doc_id) JOIN ({_OWNERS}) AS o USING (doc_id)
"""  # noqa: S608  (our own)
_RESULTS = f"""
SELECT o.home, r.doc_id, r.seq, r.text, r.value, r.unit, d.title, d.issued_on
FROM results AS r JOIN documents AS d USING (doc_id) JOIN ({_OWNERS}) AS o USING (doc_id) WHERE r.value IS NOT NULL
"""  # noqa: S608  (our own)
PAIR_SOURCES = f"""
SELECT home, hash(doc_id, seq, item, text, section, value, unit, title, issued_on) AS row_hash FROM ({_TARGETS})
UNION ALL SELECT home, hash(doc_id, seq, text, value, unit, title, issued_on) FROM ({_RESULTS})
"""  # noqa: S608  (our own)
"""Everything that pairs follow from, as (home, hash of a row)."""

_YEARS = re.compile(r"(?<![\d/])(20\d\d)(?:\s*[-–]\s*(20\d\d))?(?![\d/])")


class _Target(NamedTuple):
    doc_id: str
    seq: int
    item: int
    text: str
    section: str | None
    value: float
    unit: str | None
    title: str | None
    issued_on: dt.date | None


class _Result(NamedTuple):
    doc_id: str
    seq: int
    text: str
    value: float
    unit: str | None
    title: str | None
    issued_on: dt.date | None


@lru_cache(maxsize=10_000)
def years(text: str | None) -> tuple[int, int] | None:
    """First and last year that a text names; None where it names none. Numbers of papers (76/2025/QĐ-UBND) do not count.

    >>> years("Kế hoạch chuyển đổi số giai đoạn 2025 - 2027"), years("Kết quả 9 tháng năm 2025"), years("Quyết định 61/2025/QĐ-UBND")
    ((2025, 2027), (2025, 2025), None)
    """
    found = [int(year) for pair in _YEARS.findall(text or "") for year in pair if year]
    return (min(found), max(found)) if found else None


def _span(target: _Target) -> tuple[int, int] | None:
    """The years that a target is for: to the last one it names (or its heading), from the first of the plan."""
    plan = years(target.title) or (target.issued_on and (target.issued_on.year,) * 2)
    own = years(target.text) or years(target.section)
    if own and plan:
        return min(plan[0], own[1]), own[1]
    return own or plan or None


def _in_time(target: _Target, result: _Result) -> bool:
    span = _span(target)
    year = years(result.title) or (result.issued_on and (result.issued_on.year,) * 2)
    if span is None or not year or not span[0] <= year[1] <= span[1]:
        return False
    return target.issued_on is None or result.issued_on is None or target.issued_on <= result.issued_on


def pair_rows(connection: duckdb.DuckDBPyConnection, homes: list[str]) -> Iterator[Row]:
    """Rows of target_results for these homes."""
    targets: dict[str, dict[str, list[_Target]]] = {}
    reports: dict[str, dict[str, list[_Result]]] = {}
    chosen = "SELECT * FROM ({}) WHERE home IN (FROM listed(?)) ORDER BY ALL"
    for home, *cells in connection.execute(chosen.format(_TARGETS), [listed(homes)]).fetchall():
        targets.setdefault(home, {}).setdefault(cells[0], []).append(_Target(*cells))
    for home, *cells in connection.execute(chosen.format(_RESULTS), [listed(homes)]).fetchall():
        reports.setdefault(home, {}).setdefault(cells[0], []).append(_Result(*cells))
    for home, plans in targets.items():
        for plan in plans.values():
            for report in reports.get(home, {}).values():
                for row in _pairs(plan, report):
                    yield {"home": home, **row}


def _pairs(plan: list[_Target], report: list[_Result]) -> Iterator[Row]:
    """The pairs of one plan and one report, each target and each result once, the most alike first."""
    candidates = []
    for target in plan:
        for result in report:
            reached = comparable(result.value, result.unit, target.unit)
            if reached is None or target.doc_id == result.doc_id or not _in_time(target, result):
                continue
            score = indicator_score(clause_of(target.text, target.value), result.text)
            if score >= SAME:
                candidates.append((-score, target.seq, target.item, result.seq, reached, target, result))
    taken: set[tuple[str, int, int]] = set()
    for score, _, _, _, reached, target, result in sorted(candidates):
        figure, statement = ("target", target.seq, target.item), ("result", result.seq, 0)
        if figure not in taken and statement not in taken:
            taken |= {figure, statement}
            yield {
                "plan_id": target.doc_id,
                "seq": target.seq,
                "item": target.item,
                "report_id": result.doc_id,
                "result_seq": result.seq,
                "score": -score,
                "reached": reached,
            }
