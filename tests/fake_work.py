"""A reading that costs nothing, for tests of the run: the first word of a text file says what happens to it.

Its functions go to worker processes, so they stand in a module of their own.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from pipeline.database.recall import Stored
from pipeline.errors import ReadError
from pipeline.process import assemble, failed, process
from pipeline.read import Reading, ReadSettings
from pipeline.run import Work
from schemas.page import Annotation, Box, Candidate, Line, Page, Ruling, Word
from schemas.record import (
    Attachment,
    Check,
    Citation,
    DigitalSignature,
    DocumentFields,
    Evidence,
    Footnote,
    LegalBasis,
    Metric,
    NamedDocument,
    Record,
    Responsibility,
    Target,
    Task,
)
from schemas.record import Result as Achieved
from schemas.result import Failure, Job, Result
from schemas.text import DocumentText


def page_of(number: int, text: str) -> Page:
    """A page with all that a page can carry."""
    lines = tuple(
        Line(
            tuple(
                Word(
                    token,
                    token.swapcase(),
                    Box(10.123456 * column, 20.0 * row, 10.123456 * column + 9, 20.0 * row + 9.5),
                    1 / 3,
                    (Candidate(token + "?", -1.23456789),),
                )
                for column, token in enumerate(line.split())
            )
        )
        for row, line in enumerate(text.split("\n"))
    )
    return Page(
        number,
        595.276,
        841.89,
        "ocr",
        0.98765432,
        2 / 3,
        text,
        lines,
        (Ruling(Box(0.111, 0.222, 100.333, 1.444), True),),
        (Annotation("stamp", "CÔNG VĂN ĐẾN\nSố: 12", Box(1.005, 2, 3, 4)), Annotation("seal", "", None)),
        "fake 1",
    )


def fake_read(job: Job, settings: ReadSettings, data: bytes) -> Reading:
    """Pages by form feeds. `die`, `hang`, `slow` and `bug` do so; `once` dies unless a file beside it says it did."""
    text = data.decode()
    order, _, rest = text.partition(" ")
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "hang":
        time.sleep(600)
    if order == "slow":
        time.sleep(float(rest.split()[0]))
    if order == "bug":
        raise ZeroDivisionError("a fault of our own")
    if order == "broken":
        raise ReadError("open", "damaged", "cut off in the middle; get the file again")
    if order == "once":
        mark = Path(rest.split()[0])
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    failures: tuple[Failure, ...] = ()
    parts = text.split("\f")
    if order == "half":
        failures = (ReadError("read", "damaged", "the picture is broken", page=len(parts)).failure(job),)
        parts = parts[:-1]
    pages = tuple(page_of(number, part) for number, part in enumerate(parts, 1))
    return Reading(pages, "scanned", failures, {"ocr": 0.5})


def fake_extract(text: DocumentText, title: str = "first rules") -> Record:
    """A record with every list filled, from the first page's first words."""
    words = str(text).split()
    box = text.pages[0].lines[0].words[0].box if words else None
    return Record(
        document=DocumentFields(
            doc_type="KH", doc_type_name="Kế hoạch", code=words[1] if words[1:] else None, title=title
        ),
        attachments=[Attachment(doc_type="PL", title="Danh mục")],
        legal_bases=[
            LegalBasis(
                text="Căn cứ Luật A; B", code="1/QH", also=[NamedDocument(code="2/QH"), NamedDocument(kind="Luật")]
            )
        ],
        citations=[Citation(code="76/NQ-CP")],
        recipients=["Như Điều 3", "Lưu: VT"],
        addressees=["Sở Nội vụ"],
        targets=[Target(no="1", text="≥ 95%", metrics=[Metric(comparator=">=", value=95, unit="%")]), Target(text="b")],
        tasks=[
            Task(content="Rà soát", deadline="Quý III,IV/2025", periods=["2025-Q3", "2025-Q4"]),
            Task(content="Báo cáo", deadline="Trước ngày 08/9/2025", periods=["/2025-09-08"]),
            Task(content="Đăng bài", deadline="Thường xuyên", recurring="thường xuyên"),
        ],
        results=[Achieved(text="118/120", numerator=118, denominator=120, value=98.3, unit="%")],
        responsibilities=[Responsibility(agency="Văn phòng", items=2)],
        footnotes=[Footnote(mark="1", text="chú thích")],
        digital_signatures=[DigitalSignature(signer="UBND", signed_at="2025-07-30T10:00:00+07:00")],
        checks=[Check(rule="year", severity="info", message="năm", paths=["document.issued_on"])],
        evidence=[
            Evidence(path="document.title", raw=str(text)[:20], page=1, box=box, confidence=1 / 3, rule="title.fake"),
            Evidence(path="document.doc_type", raw="KH", page=1, box=None, confidence=1.0, rule="type.fake"),
        ],
    )


def newer_extract(text: DocumentText) -> Record:
    return fake_extract(text, title="second rules")


def reread(job: Job, stored: Stored) -> Result:
    return assemble(job, Reading(stored.pages, stored.kind, stored.failures, {}), fake_extract)


def reread_by_newer(job: Job, stored: Stored) -> Result:
    return assemble(job, Reading(stored.pages, stored.kind, stored.failures, {}), newer_extract)


def forbidden(job: Job) -> Result:
    raise AssertionError(f"{job.path} was read, where its stored pages should have done")


def no_pdf(job: Job, then: Callable[[Job], Result]) -> Result:
    """Reads nothing that calls itself a PDF."""
    if job.path.suffix == ".pdf":
        return failed(job, ReadError("open", "unsupported", "these bytes are no PDF").failure(job))
    return then(job)


WORK = Work(
    read=partial(process, settings=ReadSettings(), read=fake_read, extract=fake_extract),
    extract=reread,
    read_key="reading 1",
    rules_key="rules 1",
)
NEWER_RULES = Work(read=forbidden, extract=reread_by_newer, read_key="reading 1", rules_key="rules 2")
NEWER_BOTH = Work(
    read=partial(process, settings=ReadSettings(), read=fake_read, extract=newer_extract),
    extract=reread_by_newer,
    read_key="reading 2",
    rules_key="rules 2",
)
