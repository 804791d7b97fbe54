"""What the report tells, asked of the database's tables and views. Lists are bounded; each knows how many there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar

import duckdb

from pipeline.database.publish import StoreError
from schemas.record import DocumentFields

BINS = 20
_AHEAD = 18  # months of the calendar


class Totals(NamedTuple):
    documents: int
    pages: int
    review: int
    tasks: int
    targets: int
    results: int
    failed_files: int


class Kind(NamedTuple):
    name: str | None
    documents: int
    pages: int
    review: int
    confidence: float | None


class Weak(NamedTuple):
    source_path: str
    code: str | None
    kind: str | None
    title: str | None
    pages: int
    confidence: float | None


class Doubt(NamedTuple):
    """Something to look at. box: PDF points, origin top left, on `page` of the file. read: as the engine saw it.

    check: the name of the check that noticed it. value: what the record says, of a document's own fields.
    """

    doc_id: str
    code: str | None
    reason: str
    field: str | None
    message: str | None
    confidence: float | None
    page: int | None
    box: tuple[float, float, float, float] | None
    source_path: str
    sha256: str
    read: str | None
    check: str | None
    value: str | None = None


class Due(NamedTuple):
    code: str | None
    content: str | None
    lead: str | None
    deadline: str | None
    starts_on: dt.date | None
    due_on: dt.date
    product: str | None


class Lead(NamedTuple):
    """A leading agency, its tasks from as_of on, the first of their days."""

    agency: str
    tasks: int
    first: dt.date


class Pair(NamedTuple):
    """A target and what a report says came of it."""

    plan_code: str | None
    unit_name: str | None
    target: str
    comparator: str | None
    target_value: float
    unit: str | None
    report_code: str | None
    result: str
    result_value: float
    reached: bool | None
    score: float


class Citation(NamedTuple):
    """here: whether the cited document is in the database. papers: how many cite it, drawn or not."""

    doc_id: str
    code: str | None
    cited_code: str
    here: bool
    papers: int


class Failed(NamedTuple):
    source_path: str
    stage: str
    category: str
    page: int | None
    error: str


Item_co = TypeVar("Item_co", covariant=True)


@dataclass(frozen=True)
class Some(Generic[Item_co]):
    """The first of many. total: how many there are."""

    items: tuple[Item_co, ...]
    total: int


@dataclass(frozen=True)
class Facts:
    """All that the report tells. as_of: the day from which deadlines are counted.

    bins: documents by confidence, in twentieths, as (those that need nobody, those that do). recurring: tasks by code of
    recurrence. past: tasks due before as_of. undated: tasks without a day and without a recurrence.
    """

    as_of: dt.date
    totals: Totals
    last_run: dict[str, Any]
    kinds: Some[Kind]
    sources: dict[str, int]
    bins: tuple[tuple[int, int], ...]
    weak: Some[Weak]
    doubts: Some[Doubt]
    months: dict[dt.date, int]
    due: Some[Due]
    leads: Some[Lead]
    past: int
    undated: int
    recurring: dict[str, int]
    pairs: Some[Pair]
    reached: int
    citations: tuple[Citation, ...]
    cited: int
    failures: Some[Failed]
    failed: dict[str, int]


def gather(connection: duckdb.DuckDBPyConnection, as_of: dt.date) -> Facts:
    """Asks everything. Raises StoreError where the database is of a version without the views."""
    ask = _Asking(connection)
    try:
        return Facts(
            as_of=as_of,
            totals=Totals(*ask.row(_TOTALS)),
            last_run=ask.last_run(),
            kinds=ask.some(Kind, _KINDS, 25),
            sources=dict(ask.rows("SELECT kind, count(*) FROM documents GROUP BY kind ORDER BY count(*) DESC, kind")),
            bins=ask.bins(),
            weak=ask.some(Weak, _WEAK, 25),
            doubts=ask.doubts(),
            months=dict(ask.rows(_MONTHS, [as_of, as_of, _AHEAD])),
            due=ask.some(Due, _DUE, 24, [as_of]),
            leads=ask.some(Lead, _LEADS, 12, [as_of]),
            past=ask.row("SELECT count(*) FROM v_tasks_due WHERE due_on < ?", [as_of])[0],
            undated=ask.row("SELECT count(*) FROM v_tasks_due WHERE due_on IS NULL AND recurrence IS NULL")[0],
            recurring=dict(ask.rows(_RECURRING)),
            pairs=ask.some(Pair, _PAIRS, 24),
            reached=ask.row("SELECT count(*) FROM v_targets_vs_results WHERE reached")[0],
            citations=tuple(Citation(*row) for row in ask.rows(_CITATIONS)),
            cited=ask.row("SELECT count(DISTINCT cited_code) FROM v_citations")[0],
            failures=ask.some(Failed, _FAILURES, 100),
            failed=dict(ask.rows(_FAILED)),
        )
    except duckdb.CatalogException as error:
        raise StoreError(
            f"this database is of an older version. Bring it up to date with: ingest PATH... --db FILE ({error})"
        ) from error


_TOTALS = """
SELECT count(*), coalesce(sum(pages), 0), count(*) FILTER (needs_review), (SELECT count(*) FROM tasks),
    (SELECT count(*) FROM targets), (SELECT count(*) FROM results),
    (SELECT count(DISTINCT source_path) FROM failures WHERE page IS NULL)
FROM documents
"""
_KINDS = """
SELECT doc_type_name, count(*), coalesce(sum(pages), 0), count(*) FILTER (needs_review), avg(confidence)
FROM documents GROUP BY doc_type_name ORDER BY count(*) DESC, doc_type_name
"""
_WEAK = """
SELECT source_path, code, doc_type_name, title, pages, confidence
FROM documents WHERE needs_review ORDER BY confidence NULLS FIRST, source_path
"""
_DOUBTS = """
SELECT q.doc_id, q.code, q.reason, q.field, q.message, q.confidence, q.page, q.box, q.source_path, d.sha256, e.raw, c.rule
FROM v_review_queue AS q JOIN documents AS d ON d.doc_id = q.doc_id
LEFT JOIN evidence AS e ON e.doc_id = q.doc_id AND e.path = q.field
LEFT JOIN (SELECT doc_id, message, min(rule) AS rule FROM checks GROUP BY ALL) AS c
    ON q.reason = 'check' AND c.doc_id = q.doc_id AND c.message = q.message
WHERE q.reason <> 'unread'
ORDER BY q.priority, q.confidence, q.source_path, q.doc_id, q.page, q.field, q.message
"""
_MONTHS = """
SELECT date_trunc('month', due_on)::DATE AS month, count(*) FROM v_tasks_due
WHERE due_on >= date_trunc('month', ?::DATE) AND due_on < date_trunc('month', ?::DATE) + to_months(?) GROUP BY month ORDER BY month
"""
_DUE = """
SELECT code, content, coalesce(lead_agency, lead), deadline, starts_on, due_on, product
FROM v_tasks_due WHERE due_on >= ? ORDER BY due_on, starts_on, code, seq
"""
_LEADS = """
SELECT coalesce(lead_agency, lead) AS agency, count(*), min(due_on) FROM v_tasks_due
WHERE due_on >= ? AND agency IS NOT NULL GROUP BY agency ORDER BY count(*) DESC, agency
"""
_RECURRING = """
SELECT recurrence, count(*) FROM v_tasks_due WHERE recurrence IS NOT NULL GROUP BY recurrence ORDER BY count(*) DESC, recurrence
"""
_PAIRS = """
SELECT plan_code, unit_name, target, comparator, target_value, target_unit, report_code, result, result_value, reached, score
FROM v_targets_vs_results ORDER BY reached, score DESC, plan_code, target, report_code, result
"""
_CITATIONS = """
WITH cited AS (
    SELECT cited_code, count(DISTINCT doc_id) AS papers, bool_or(cited_doc_id IS NOT NULL) AS here FROM v_citations GROUP BY cited_code
    ORDER BY papers DESC, cited_code LIMIT 16
), citing AS (
    SELECT doc_id, count(DISTINCT cited_code) AS links FROM v_citations SEMI JOIN cited USING (cited_code)
    GROUP BY doc_id ORDER BY links DESC, doc_id LIMIT 16
)
SELECT DISTINCT c.doc_id, c.code, c.cited_code, cited.here, cited.papers
FROM v_citations AS c JOIN cited USING (cited_code) SEMI JOIN citing ON citing.doc_id = c.doc_id ORDER BY ALL
"""
_FAILURES = (
    "SELECT source_path, stage, category, page, error FROM failures ORDER BY category, source_path, page NULLS FIRST"
)
_FAILED = """
SELECT category, count(DISTINCT source_path) FROM failures GROUP BY category ORDER BY count(DISTINCT source_path) DESC, category
"""


class _Asking:
    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._db = connection

    def rows(self, sql: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
        return self._db.execute(sql, values or []).fetchall()

    def row(self, sql: str, values: list[Any] | None = None) -> tuple[Any, ...]:
        return self.rows(sql, values)[0]

    def some(self, kind: type[Any], sql: str, most: int, values: list[Any] | None = None) -> Some[Any]:
        total = self.row(f"SELECT count(*) FROM ({sql})", values)[0]  # noqa: S608  (our own query)
        return Some(tuple(kind(*row) for row in self.rows(f"{sql} LIMIT {most}", values)), total)

    def doubts(self) -> Some[Doubt]:
        found: Some[Doubt] = self.some(Doubt, _DOUBTS, 80)
        return Some(tuple(doubt._replace(value=self._value(doubt)) for doubt in found.items), found.total)

    def _value(self, doubt: Doubt) -> str | None:
        part, _, name = (doubt.field or "").partition(".")
        if part != "document" or name not in DocumentFields.model_fields:
            return None
        sql = f'SELECT "{name}"::VARCHAR FROM documents WHERE doc_id = ?'  # noqa: S608  (a name of ours)
        return str(value) if (value := self.row(sql, [doubt.doc_id])[0]) is not None else None

    def last_run(self) -> dict[str, Any]:
        cursor = self._db.execute("SELECT * FROM runs ORDER BY run_id DESC LIMIT 1")
        names = [item[0] for item in cursor.description or ()]
        row = cursor.fetchone()
        return dict(zip(names, row, strict=True)) if row else {}

    def bins(self) -> tuple[tuple[int, int], ...]:
        found = self.rows(
            f"SELECT least({BINS - 1}, floor(confidence * {BINS}))::INTEGER AS bin, count(*) FILTER (NOT needs_review), "  # noqa: S608
            "count(*) FILTER (needs_review) FROM documents WHERE confidence IS NOT NULL GROUP BY bin"
        )
        counts = {place: (fine, review) for place, fine, review in found}
        return tuple(counts.get(place, (0, 0)) for place in range(BINS))
