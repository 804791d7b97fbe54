"""A result as rows of tables: no clock, no random number, nothing but what the file says."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args, get_origin

from normalizers.issuing_unit import issuing_unit, province_of
from normalizers.periods import Deadline, period_bounds, read_deadline, recurrence_code
from pipeline.database.columns import Row, Rows
from pipeline.database.mentions import add_derived
from pipeline.database.stored_pages import clean_text, dump_rulings, dump_words
from schemas.page import Page
from schemas.record import Evidence, Part, Record, Task
from schemas.result import Result

DOUBTFUL, IN_DOUBT = 0.75, 0.5
"""A document field with less confidence than the first, or an item of a list with less than the second, asks for a person."""

_LISTS = tuple(
    name
    for name, field in Record.model_fields.items()
    if get_origin(field.annotation) is list and issubclass(get_args(field.annotation)[0], Part) and name != "parts"
)
"""The lists of the record whose entries are rows of a table of the same name."""


def path_text(path: Path) -> str:
    """A path as it is written into tables: exact, but for bytes that are no text, which are shown as \\xNN.

    Not NFC: it must still open the file.
    """
    return str(path).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def storable(value: Any) -> Any:
    """A value of the record as JSON can hold it: text in NFC, figures finite (else unknown), dates in ISO 8601."""
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Part):
        return _plain(value)
    return [storable(item) for item in value]


def _plain(part: Part) -> Row:
    return {name: storable(value) for name, value in vars(part).items()}


def confidence(record: Record) -> float | None:
    """Mean confidence of the document fields that were found, None where none was."""
    found = _document_evidence(record)
    return round(sum(item.confidence for item in found) / len(found), 4) if found else None


def needs_review(result: Result, record: Record) -> bool:
    """Whether a person should look at the document.

    So it is where a page failed, a check warns, the kind is not known, or a value is doubtful.
    """
    return (
        result.status != "done"
        or any(check.severity != "info" for check in record.checks)
        or record.document.doc_type is None
        or any(item.confidence < DOUBTFUL for item in _document_evidence(record))
        or any(item.confidence < IN_DOUBT for item in record.evidence)
    )


def _document_evidence(record: Record) -> list[Evidence]:
    return [item for item in record.evidence if item.path.startswith("document.")]


def _unit(record: Record, pages: Iterable[str]) -> Row:
    """The administrative unit that issued the document, by code and present name. pages: their texts."""
    head = record.document
    texts = [*(head.place and [f"tỉnh {head.place}"] or []), *pages]
    unit, province = issuing_unit(head.issuer, texts), province_of(texts)
    if unit is not None and unit.province is None:
        province = unit
    return {
        "unit_code": unit and unit.code,
        "unit_name": unit and f"{unit.kind.capitalize()} {unit.name}",
        "province_code": province and province.code,
    }


def rows_of(result: Result) -> Rows:
    """All rows of one file by table; `result.record` must be there. `source_path` is for the store to settle.

    Each paper of a file that holds several is a document of its own, with the pages from its first to the next one's.
    """
    record, job = result.record, result.job
    if record is None:
        raise ValueError(f"{job.path}: a result without a record has no rows")
    papers = (record, *record.parts)
    rows: Rows = {}
    for number, paper in enumerate(papers, 1):
        after = papers[number].first_page if number < len(papers) else math.inf
        first = paper.first_page if number > 1 else 0
        for name, found in _paper_rows(result, paper, number, first, after).items():
            rows.setdefault(name, []).extend(found)
    return rows


def _paper_rows(result: Result, record: Record, number: int, first: int, after: float) -> Rows:
    """The rows of one paper, whose pages are those from `first` up to the one before `after`."""
    job = result.job
    pages = tuple(page for page in result.pages if first <= page.number < after)
    failed_pages = {failure.page for failure in result.failures if failure.page and first <= failure.page < after}
    paged = page_rows(pages)
    rows: Rows = {
        "documents": [
            {
                "source_path": path_text(job.path),
                "sha256": job.sha256,
                "file_id": job.doc_id,
                "part": number,
                "first_page": record.first_page,
                "pages": len({page.number for page in pages} | failed_pages),
                "kind": result.kind,
                **_plain(record.document),
                **_unit(record, (row["text"] for row in paged["pages"])),
                "confidence": confidence(record),
                "needs_review": needs_review(result, record),
            }
        ]
    }
    for name in _LISTS:
        rows[name] = [{"seq": seq, **_plain(part)} for seq, part in enumerate(getattr(record, name))]
    rows["legal_bases_also"] = _children(rows["legal_bases"], "also")
    rows["target_metrics"] = _children(rows["targets"], "metrics")
    rows["task_periods"] = []
    for task, row in zip(record.tasks, rows["tasks"], strict=True):
        row.pop("periods")
        row.update(_when(task, _date_of(record)))
        rows["task_periods"] += [
            {"seq": row["seq"], "item": item, "period": code, **_days(*_bounds(code))}
            for item, code in enumerate(task.periods)
        ]
    for name in ("recipients", "addressees"):
        rows[name] = [{"seq": seq, "text": storable(text)} for seq, text in enumerate(getattr(record, name))]
    rows.update(paged)
    doc_id = part_id(job.doc_id, number)
    add_derived(rows, record, doc_id)
    for table in rows.values():
        for row in table:
            row["doc_id"] = doc_id
    return rows


def part_id(file_id: str, number: int) -> str:
    """The doc_id of a paper by its place in the file.

    >>> part_id("0011223344556677", 1), part_id("0011223344556677", 2)
    ('0011223344556677', '0011223344556677-2')
    """
    return file_id if number == 1 else f"{file_id}-{number}"


def file_of(doc_id: str) -> str:
    """The file that a document stands in: the other way round."""
    return doc_id.partition("-")[0]


def _date_of(record: Record) -> dt.date | None:
    """The day the paper is of; for an attachment alone, that of the decision it came with."""
    dates = [record.document.issued_on, *(item.issued_with_date for item in record.attachments)]
    return next((date for date in dates if date is not None), None)


def _when(task: Task, issued_on: dt.date | None) -> Row:
    """First and last day and the recurrence of a task; what recurs without dates begins with the paper (DOMAIN 5)."""
    recurrence = recurrence_code(task.recurring)
    try:
        deadline = _deadline(task.deadline, issued_on.year if issued_on else None)
    except (ValueError, OverflowError):  # a day that no calendar has
        deadline = Deadline()
    start, end = deadline.start, deadline.end
    if deadline.periods != tuple(task.periods):
        bounds = [_bounds(code) for code in task.periods]
        starts, ends = [first for first, _ in bounds], [last for _, last in bounds]
        start = min((day for day in starts if day), default=None) if all(starts) else None
        end = max((day for day in ends if day), default=None) if all(ends) else None
    if recurrence not in (None, "ON_DEMAND") and not task.periods:
        start = issued_on
    return {**_days(start, end), "recurrence": recurrence}


_deadline = lru_cache(maxsize=5000)(read_deadline)  # plans say the same few over and over


@lru_cache(maxsize=5000)
def _bounds(code: str) -> tuple[dt.date | None, dt.date | None]:
    try:
        return period_bounds(code)
    except (ValueError, OverflowError):  # a day that no calendar has
        return None, None


def _days(start: dt.date | None, end: dt.date | None) -> Row:
    return {"period_start": start and start.isoformat(), "period_end": end and end.isoformat()}


def _children(parents: list[Row], name: str) -> list[Row]:
    return [
        {"seq": parent["seq"], "item": item, **child}
        for parent in parents
        for item, child in enumerate(parent.pop(name) or ())
    ]


def page_rows(pages: Iterable[Page]) -> Rows:
    """Rows of pages, page_words and annotations."""
    rows: Rows = {"pages": [], "page_words": [], "annotations": []}
    for page in pages:
        rows["pages"].append(
            {
                "page": page.number,
                "source": page.source,
                "quality": page.quality,
                "confidence": page.confidence,
                "raw_text": page.raw_text,
                "text": page.text,
            }
        )
        rows["page_words"].append(
            {
                "page": page.number,
                "width": page.width,
                "height": page.height,
                "engine": page.engine,
                "words": dump_words(page),
                "rulings": dump_rulings(page),
            }
        )
        rows["annotations"] += [
            {"seq": len(rows["annotations"]) + offset, "page": page.number, **item._asdict()}
            for offset, item in enumerate(page.annotations)
        ]
    return rows
