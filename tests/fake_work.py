"""A reading that costs nothing, for tests of the run: the first word of a text file says what happens to it.

Its functions go to worker processes, so they stand in a module of their own.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Literal, cast

from pipeline.errors import ComponentMissing, ReadError
from pipeline.pieces import Step
from pipeline.process import Reader, begin, failed, join, keep, read_span, reassemble
from pipeline.read import Reading, Rough
from pipeline.schedule import Work
from pipeline.settings import ReadSettings
from pipeline.sources.source import Source
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
from schemas.result import Failure, Job
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


class Perished(BaseException):
    """What stands for the death of a worker where there is none: nothing in the work itself can catch it."""


class FakeSource:
    """A text file whose pages end at form feeds."""

    kind: Literal["pdf"] = "pdf"
    warnings: tuple[ReadError, ...] = ()

    def __init__(self, text: str) -> None:
        self.order, _, self.rest = text.partition(" ")
        self.pages = text.split("\f")
        self.page_count = len(self.pages)

    def close(self) -> None:
        """Nothing is held open."""


def fake_open(job: Job, data: bytes, settings: ReadSettings) -> Source:
    """`broken` cannot be opened, `stuck` hangs."""
    source = FakeSource(data.decode())
    if source.order == "broken":
        raise ReadError("open", "damaged", "cut off in the middle; get the file again")
    if source.order == "perish_open":
        raise Perished
    if source.order == "stuck":
        time.sleep(600)
    return cast(Source, source)


def _seen(mark: Path) -> bool:
    """Whether this was asked before."""
    seen = mark.exists()
    mark.touch()
    return seen


def fake_page(job: Job, source: Source, index: int, settings: ReadSettings) -> Rough:
    """`die`, `hang`, `slow`, `eat` and `bug` do so; `once` dies unless a file beside it says it did; the last page of `half`
    is broken."""
    fake = cast(FakeSource, source)
    text = fake.pages[index]
    order, _, rest = text.partition(" ")
    if order == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == "hang":
        time.sleep(600)
    if order == "slow":
        time.sleep(float(rest.split()[0]))
    if order == "eat":
        eaten = []
        while True:
            eaten.append(bytearray(b"x" * (32 << 20)))
            time.sleep(0.02)
    if order == "perish" and not (rest and _seen(Path(rest))):
        raise Perished
    if order == "no_component":
        raise ComponentMissing("everything", "make setup")
    if order == "bug":
        raise ZeroDivisionError("a fault of our own")
    if order == "once" and not _seen(Path(rest.split()[0])):
        os.kill(os.getpid(), signal.SIGKILL)
    if fake.order == "half" and index + 1 == fake.page_count:
        failure = ReadError("read", "damaged", "the picture is broken", page=index + 1).failure(job)
        return Rough(index + 1, None, "pdf", None, None, (failure,), {"ocr": 0.1})
    return Rough(index + 1, page_of(index + 1, text), "pdf", True, None, (), {"ocr": 0.5})


def fake_join(pages_read: Iterable[Rough], failures: Sequence[Failure]) -> Reading:
    """Every page is told how many there are."""
    rough = list(pages_read)
    pages = tuple(one.page._replace(engine=f"fake of {len(rough)}") for one in rough if one.page)
    if pages and pages[0].raw_text == "perish_join":
        raise Perished
    found = (*failures, *(failure for one in rough for failure in one.failures))
    return Reading(pages, "scanned", tuple(sorted(found, key=lambda one: one.page or 0)), {"repair": 0.1})


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


def forbidden(job: Job) -> Iterator[Step]:
    raise AssertionError(f"{job.path} was read, where its stored pages should have done")


def no_pdf(job: Job, then: Callable[[Job], Iterator[Step]]) -> Iterator[Step]:
    """Reads nothing that calls itself a PDF."""
    if job.path.suffix == ".pdf":
        return iter((failed(job, ReadError("open", "unsupported", "these bytes are no PDF").failure(job)),))
    return then(job)


FAKE = Reader(fake_open, fake_page, fake_join)
WORK = Work(
    begin=partial(begin, settings=ReadSettings(), reader=FAKE, extract=fake_extract, span=3),
    read_span=partial(read_span, settings=ReadSettings(), reader=FAKE),
    join=partial(join, reader=FAKE, extract=fake_extract),
    keep=keep,
    extract=partial(reassemble, extract=fake_extract),
    read_key="reading 1",
    rules_key="rules 1",
    span=3,
)
NEWER_RULES = replace(WORK, begin=forbidden, extract=partial(reassemble, extract=newer_extract), rules_key="rules 2")
NEWER_BOTH = replace(
    NEWER_RULES,
    begin=partial(begin, settings=ReadSettings(), reader=FAKE, extract=newer_extract, span=3),
    join=partial(join, reader=FAKE, extract=newer_extract),
    read_key="reading 2",
)
