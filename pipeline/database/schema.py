"""The tables: names, columns, types and comments. Those of the record's parts follow from the record model.

One place for all of it: the DDL, the loading, the digest, the export and docs/tables.md read from `TABLES`.
There are no FOREIGN KEYs: DuckDB refuses to replace a document's rows inside one transaction where they exist.
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from schemas import record as parts

PROGRAM = "vanban"
SCHEMA_VERSION = 2

UNDIGESTED = frozenset({"runs", "failures", "sources"})
"""Tables outside the digest: they tell of runs and of places on a disk, not of what the papers say."""


class Column(NamedTuple):
    """A column: its name, its DuckDB type, its meaning."""

    name: str
    type: str
    comment: str


class Table(NamedTuple):
    """A table. Rows of a document are those with its `doc_id`."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def of_document(self) -> bool:
        """Whether its rows belong to one document and are replaced with it."""
        return self.columns[0].name == "doc_id" and self.name not in ("sources", "ledger")


_SQL: dict[object, str] = {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN", dt.date: "DATE"}


def sql_type(annotation: Any) -> str | None:
    """The DuckDB type for a field of the model, None where the field is a list of parts (a table of its own).

    >>> sql_type(str | None), sql_type(list[str]), sql_type(tuple[float, float] | None), sql_type(list[parts.Metric])
    ('VARCHAR', 'VARCHAR[]', 'DOUBLE[]', None)
    """
    if annotation in _SQL:
        return _SQL[annotation]
    origin, arguments = get_origin(annotation), [item for item in get_args(annotation) if item is not type(None)]
    if origin is Literal:
        return "VARCHAR"
    if origin in (Union, types.UnionType) and len(arguments) == 1:
        return sql_type(arguments[0])
    if origin in (list, tuple):
        if isinstance(arguments[0], type) and issubclass(arguments[0], BaseModel):
            return None
        inner = sql_type(arguments[0])
        return inner and f"{inner}[]"
    raise TypeError(f"no column type for {annotation!r}")


def _columns_of(model: type[BaseModel], skip: tuple[str, ...] = ()) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        kind = None if name in skip else sql_type(field.annotation)
        if kind is not None:
            yield Column(name, kind, field.description or "")


DOC_ID = Column("doc_id", "VARCHAR", "The document: first 16 hex digits of the SHA-256 of the file's bytes")
SEQ = Column("seq", "INTEGER", "Position in the document, from 0, as in evidence paths: targets[3] has seq 3")
ITEM = Column("item", "INTEGER", "Position within that entry, from 0")
PAGE = Column("page", "INTEGER", "Page, from 1")
BOX = Column("box", "DOUBLE[]", "Left, top, right, bottom in PDF points, origin top left; NULL for text dumps")
PERIOD_START = Column("period_start", "DATE", "First day of the period, NULL where it is open or not known")
PERIOD_END = Column("period_end", "DATE", "Last day of the period, NULL where it is open or not known")


def _part(name: str, model: type[BaseModel], comment: str, *more: Column, skip: tuple[str, ...] = ()) -> Table:
    return Table(name, comment, (DOC_ID, SEQ, *_columns_of(model, skip), *more))


TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "One row a document: its head and foot, how it was read, how sure we are",
        (
            DOC_ID,
            Column("source_path", "VARCHAR", "First of its paths in sorted order; table sources has them all"),
            Column("sha256", "VARCHAR", "SHA-256 of the file's bytes"),
            Column("pages", "INTEGER", "Number of pages, those that could not be read included"),
            Column("kind", "VARCHAR", "How it came: scanned, born_digital, mixed or text"),
            *_columns_of(parts.DocumentFields),
            Column(
                "unit_code",
                "VARCHAR",
                "Official code (QĐ 19/2025/QĐ-TTg) of the unit whose People's body issued it; NULL where not told",
            ),
            Column("unit_name", "VARCHAR", "That unit as it is called since 1 July 2025"),
            Column("province_code", "VARCHAR", "Code of its province, told by what the document says of places"),
            Column("confidence", "DOUBLE", "Mean confidence of the document fields found, 0 to 1; NULL if none was"),
            Column(
                "needs_review", "BOOLEAN", "Whether a person should look: see pipeline/database/rows.py for the rule"
            ),
        ),
    ),
    Table(
        "pages",
        "The text of each page, before and after repair",
        (
            DOC_ID,
            PAGE,
            Column("source", "VARCHAR", "Where the words come from: text_layer, ocr or repaired"),
            Column("quality", "DOUBLE", "How well the text that the file brought reads as Vietnamese, 0 to 1"),
            Column("confidence", "DOUBLE", "Mean confidence of the words, 0 to 1"),
            Column("raw_text", "VARCHAR", "The text as the file or the engine gave it"),
            Column("text", "VARCHAR", "The final text in reading order"),
        ),
    ),
    _part("attachments", parts.Attachment, "What is attached to the document"),
    _part("legal_bases", parts.LegalBasis, "Legal bases, one row a clause; further documents in legal_bases_also"),
    Table(
        "legal_bases_also",
        "Further documents named in one legal-basis clause",
        (DOC_ID, SEQ, ITEM, *_columns_of(parts.NamedDocument)),
    ),
    _part("citations", parts.Citation, "Documents cited, once per code and date"),
    Table(
        "recipients", "Nơi nhận: who receives a copy", (DOC_ID, SEQ, Column("text", "VARCHAR", "The entry as printed"))
    ),
    Table(
        "addressees",
        "Kính gửi: to whom the paper is addressed",
        (DOC_ID, SEQ, Column("text", "VARCHAR", "The entry as printed")),
    ),
    _part("targets", parts.Target, "Targets of a plan; their figures in target_metrics"),
    Table(
        "target_metrics", "The figures of the targets, seq as there", (DOC_ID, SEQ, ITEM, *_columns_of(parts.Metric))
    ),
    _part(
        "tasks",
        parts.Task,
        "Tasks of a plan; each of their periods in task_periods",
        Column(
            "period_start",
            "DATE",
            "First day of the earliest period; of a recurring task without dates, the date of the paper",
        ),
        Column(
            "period_end",
            "DATE",
            "Last day of the latest period (the day before for trước ngày …), NULL where it is open or not known",
        ),
        Column(
            "recurrence",
            "VARCHAR",
            "CONTINUOUS, DAILY, WEEKLY, MONTHLY, QUARTERLY, SEMIANNUAL, YEARLY, PERIODIC, ON_DEMAND or NULL",
        ),
        skip=("periods",),
    ),
    Table(
        "task_periods",
        "The periods of the tasks, seq as there",
        (
            DOC_ID,
            SEQ,
            ITEM,
            Column("period", "VARCHAR", "2025, 2025-H2, 2025-Q3, 2025-12, 2025-09-08, 2026/2030, /2025-09-08, 2026/"),
            PERIOD_START,
            PERIOD_END,
        ),
    ),
    _part("results", parts.Result, "Results that a report states"),
    _part("responsibilities", parts.Responsibility, "Agencies under Tổ chức thực hiện"),
    _part("footnotes", parts.Footnote, "Footnotes"),
    _part("digital_signatures", parts.DigitalSignature, "Digital signatures, one a distinct signer and time"),
    _part("checks", parts.Check, "What the cross-checks noticed"),
    Table(
        "evidence", "Where each value stands on the paper", (DOC_ID, SEQ, *_columns_of(parts.Evidence, ("box",)), BOX)
    ),
    Table(
        "annotations",
        "What stands on the paper but is not its print",
        (
            DOC_ID,
            SEQ,
            PAGE,
            Column("kind", "VARCHAR", "seal, stamp, signing_mark, handwriting or noise"),
            Column("text", "VARCHAR", "What it says, as far as it was read"),
            BOX,
        ),
    ),
    Table(
        "page_words",
        "The words of each page with their boxes, so that new rules need no new reading (pipeline/database/stored_pages.py)",
        (
            DOC_ID,
            PAGE,
            Column("width", "DOUBLE", "Width in PDF points"),
            Column("height", "DOUBLE", "Height in PDF points"),
            Column("engine", "VARCHAR", "What read the page"),
            Column("words", "VARCHAR", "JSON: lines of words [text, confidence, box, raw?, candidates?]"),
            Column("rulings", "VARCHAR", "JSON: printed lines [left, top, right, bottom, horizontal]"),
        ),
    ),
    Table(
        "failures",
        "What could not be read, by the latest attempt at each path",
        (
            Column("source_path", "VARCHAR", "The file"),
            Column("sha256", "VARCHAR", "SHA-256 of its bytes, NULL where it could not be opened"),
            Column("stage", "VARCHAR", "find, open, read, repair, extract or store"),
            Column(
                "category",
                "VARCHAR",
                "missing, empty, unsupported, damaged, encrypted, too_large, timeout, crashed, denied or internal",
            ),
            Column("page", "INTEGER", "Page, from 1; NULL for the whole file"),
            Column("error", "VARCHAR", "What was wrong and what to do"),
        ),
    ),
    Table(
        "sources",
        "Every path at which a document was found",
        (DOC_ID, Column("path", "VARCHAR", "Absolute path of a file with these bytes")),
    ),
    Table(
        "ledger",
        "What was done to which bytes, so that nothing is done twice",
        (
            DOC_ID,
            Column("suffix", "VARCHAR", "Suffix of the file's name in lower case: text and .pdf are read differently"),
            Column("read_key", "VARCHAR", "How it was read: engine, language data, settings, repair"),
            Column("rules_key", "VARCHAR", "By which rules the record was extracted"),
            Column("status", "VARCHAR", "Outcome of the latest attempt: done, partial or failed"),
            Column("retry", "BOOLEAN", "Whether another attempt may end differently (timeout, crash, missing file)"),
        ),
    ),
    Table(
        "runs",
        "One row a run of ingest",
        (
            Column("run_id", "INTEGER", "From 1"),
            Column("started_at", "TIMESTAMP", "UTC"),
            Column("finished_at", "TIMESTAMP", "UTC; NULL while it runs or where it was killed"),
            Column("status", "VARCHAR", "running, finished or interrupted"),
            Column("executor", "VARCHAR", "Where the work ran: inline, processes:2, …"),
            Column("files", "INTEGER", "Files found"),
            Column("done", "INTEGER", "Documents read whole"),
            Column("unchanged", "INTEGER", "Documents that needed nothing"),
            Column("partial", "INTEGER", "Documents of which some pages failed"),
            Column("failed", "INTEGER", "Inputs of which nothing could be loaded"),
            Column("pages", "INTEGER", "Pages read"),
            Column("seconds", "DOUBLE", "Wall time"),
            Column("timings", "VARCHAR", "JSON: seconds by stage, summed over the workers; read is all of the reading"),
            Column("read_key", "VARCHAR", "How this run read"),
            Column("rules_key", "VARCHAR", "The rules of this run"),
        ),
    ),
    Table(
        "schema_version",
        "Whose database this is, and of which version",
        (
            Column("program", "VARCHAR", "Always vanban"),
            Column("version", "INTEGER", "Version of these tables; a newer one is refused"),
        ),
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
