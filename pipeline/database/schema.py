"""The tables: names, columns, types and comments. Those of the record's parts follow from the record model.

One place for all of it: the DDL, the loading, the digest, the export and docs/schema.md read from `TABLES`.
There are no FOREIGN KEYs: DuckDB refuses to replace a document's rows inside one transaction where they exist.
"""

from __future__ import annotations

from pipeline.database.columns import (
    BOX,
    DOC_ID,
    ITEM,
    PAGE,
    PERIOD_END,
    PERIOD_START,
    SEQ,
    Column,
    Table,
    columns_of,
    part,
)
from pipeline.database.derived_tables import ACROSS_DOCUMENTS, OF_DOCUMENTS, REFERENCE
from schemas import record as parts

PROGRAM = "vanban"
SCHEMA_VERSION = 5

UNDIGESTED = frozenset({"runs", "failures", "sources", "fetched", *(table.name for table in REFERENCE)})
"""Tables outside the digest: they tell of runs, of places on a disk and of the country, not of what the papers say."""

_PILLAR = Column(
    "pillar", "VARCHAR", "Pillar of administrative reform, where heading or text names one (normalizers/pillars.py)"
)


TABLES: tuple[Table, ...] = (
    Table(
        "documents",
        "One row a document: its head and foot, how it was read, how sure we are",
        (
            DOC_ID,
            Column("source_path", "VARCHAR", "First of its paths in sorted order; table sources has them all"),
            Column("sha256", "VARCHAR", "SHA-256 of the file's bytes"),
            Column("file_id", "VARCHAR", "The file it stands in: the doc_id of the first paper there"),
            Column("part", "INTEGER", "Which paper of its file it is, from 1; most files hold one"),
            Column("first_page", "INTEGER", "The page of the file on which it begins, from 1"),
            Column("pages", "INTEGER", "Number of pages, those that could not be read included"),
            Column("kind", "VARCHAR", "How it came: scanned, born_digital, mixed or text"),
            *columns_of(parts.DocumentFields),
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
    part("attachments", parts.Attachment, "What is attached to the document"),
    part("legal_bases", parts.LegalBasis, "Legal bases, one row a clause; further documents in legal_bases_also"),
    Table(
        "legal_bases_also",
        "Further documents named in one legal-basis clause",
        (DOC_ID, SEQ, ITEM, *columns_of(parts.NamedDocument)),
    ),
    part("citations", parts.Citation, "Documents cited, once per code and date"),
    Table(
        "recipients", "Nơi nhận: who receives a copy", (DOC_ID, SEQ, Column("text", "VARCHAR", "The entry as printed"))
    ),
    Table(
        "addressees",
        "Kính gửi: to whom the paper is addressed",
        (DOC_ID, SEQ, Column("text", "VARCHAR", "The entry as printed")),
    ),
    part("targets", parts.Target, "Targets of a plan; their figures in target_metrics", _PILLAR),
    Table("target_metrics", "The figures of the targets, seq as there", (DOC_ID, SEQ, ITEM, *columns_of(parts.Metric))),
    part(
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
        _PILLAR,
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
    part("results", parts.Result, "Results that a report states", _PILLAR),
    part("responsibilities", parts.Responsibility, "Agencies under Tổ chức thực hiện"),
    part("footnotes", parts.Footnote, "Footnotes"),
    part("digital_signatures", parts.DigitalSignature, "Digital signatures, one a distinct signer and time"),
    part("co_signers", parts.CoSigner, "Who signed beside the first signer"),
    part("checks", parts.Check, "What the cross-checks noticed"),
    Table(
        "evidence", "Where each value stands on the paper", (DOC_ID, SEQ, *columns_of(parts.Evidence, ("box",)), BOX)
    ),
    Table(
        "annotations",
        "What stands on the paper but is not its print",
        (
            DOC_ID,
            SEQ,
            PAGE,
            Column(
                "kind",
                "VARCHAR",
                "seal, stamp, signing_mark (a signature's print), digital_signature (in the file), handwriting or noise",
            ),
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
            Column(
                "rulings",
                "VARCHAR",
                "JSON: straight lines [left, top, right, bottom, horizontal, printed (false: a gap stands for it)]",
            ),
        ),
    ),
    *OF_DOCUMENTS,
    *ACROSS_DOCUMENTS,
    *REFERENCE,
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
        "fetched",
        "Which bytes stood at an address on another machine, so that what has not changed is not fetched again",
        (
            Column("path", "VARCHAR", "The address, such as s3://bucket/a.pdf"),
            Column("version", "VARCHAR", "What changes there with the bytes: etag, or size and date"),
            Column("sha256", "VARCHAR", "SHA-256 of the bytes that were fetched"),
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
