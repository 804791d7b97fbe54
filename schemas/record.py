"""The record: what one document says. The JSON of `extract`, and from it the tables, follow from these models.

Field names and their meaning are fixed by the contract (docs/record.md). Unknown is None, never a default.
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Comparator = Literal[">=", "<=", "=", ">", "<"]
Severity = Literal["info", "warning", "error"]


class Part(BaseModel):
    """Base of all parts: frozen, and no field that the contract does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DocumentFields(Part):
    """The head and the foot of the paper (NĐ 30/2020/NĐ-CP Annex I, elements 2 to 7)."""

    doc_type: str | None = Field(
        default=None, description="Abbreviation of the kind by NĐ 30/2020 Annex III; CV for a công văn"
    )
    doc_type_name: str | None = Field(default=None, description="Name of the kind: Quyết định, Kế hoạch, …")
    number: str | None = Field(default=None, description="Serial number as printed, leading zero kept")
    symbol: str | None = Field(default=None, description="Symbol after the number: QĐ-UBND")
    code: str | None = Field(default=None, description="Number and symbol: 510/QĐ-UBND")
    issuer: str | None = Field(default=None, description="Issuing body, sentence case")
    place: str | None = Field(default=None, description="Place of issue, before the comma of the date line")
    issued_on: dt.date | None = Field(default=None, description="Date of issue")
    title: str | None = Field(default=None, description="Trích yếu: the subject under the name of the kind")
    signer_name: str | None = Field(default=None, description="Who signed")
    signer_title: str | None = Field(default=None, description="Post of the signer: last line of the authority block")
    signed_for: str | None = Field(default=None, description="TM., KT., TL., TUQ., Q. lines, joined by '; '")
    drafting_unit: str | None = Field(
        default=None, description="Unit that drafted it, as the Lưu line shortens it (Annex I, element 9b)"
    )


class CoSigner(Part):
    """Who signed beside the first signer: the secretary of minutes, the other side of a contract."""

    name: str = Field(description="Who signed")
    title: str | None = Field(default=None, description="In which post or part: Thư ký, Giám đốc, …")


class Attachment(Part):
    """What is attached: a plan, a list, a form (`Kèm theo Quyết định số …`)."""

    doc_type: str | None = Field(default=None, description="Abbreviation of the attached paper's kind")
    title: str | None = Field(default=None, description="Title of the attached paper")
    issued_with: str | None = Field(default=None, description="Code of the document it came with")
    issued_with_date: dt.date | None = Field(default=None, description="Date of the document it came with")


class NamedDocument(Part):
    """A further document named in one legal-basis clause."""

    code: str | None = Field(default=None, description="Number and symbol of the further document")
    date: dt.date | None = Field(default=None, description="Its date")
    kind: str | None = Field(default=None, description="Its kind as named: Luật, Nghị quyết, …")


class LegalBasis(Part):
    """One clause of the bases (Căn cứ …; Theo đề nghị của …)."""

    text: str = Field(description="The clause as printed")
    code: str | None = Field(default=None, description="Number and symbol of the first document named")
    date: dt.date | None = Field(default=None, description="Date of the first document named")
    kind: str | None = Field(default=None, description="Its kind as named: Luật, Nghị quyết, Đề nghị, …")
    issuer: str | None = Field(default=None, description="Who issued it or made the proposal")
    also: list[NamedDocument] | None = None


class Citation(Part):
    """A document cited anywhere in the file, once per code and date."""

    code: str = Field(description="Number and symbol of the cited document")
    date: dt.date | None = Field(default=None, description="Its date where the paper gives it")
    as_printed: str | None = Field(default=None, description="The code as printed where that differs")


class Metric(Part):
    """One figure of a target."""

    comparator: Comparator = Field(description="How the figure is meant: >=, <=, =, > or <")
    value: float = Field(description="The figure")
    unit: str | None = Field(default=None, description="Its unit: %, hồ sơ, giờ, …")


class Target(Part):
    """One target (chỉ tiêu, mục tiêu) of a plan."""

    no: str | None = Field(default=None, description="Its number or letter as printed")
    section: str | None = Field(default=None, description="Heading above it")
    text: str = Field(description="The target as printed")
    metrics: list[Metric] = []


class Task(Part):
    """One task (nhiệm vụ), as a rule one row of the appendix table."""

    section: str | None = Field(default=None, description="Section row or heading above it")
    no: str | None = Field(default=None, description="Running number as printed")
    content: str | None = Field(default=None, description="What is to be done")
    lead: str | None = Field(default=None, description="Leading agency (cơ quan chủ trì)")
    coordinating: str | None = Field(default=None, description="Coordinating agencies (cơ quan phối hợp)")
    deadline: str | None = Field(default=None, description="Deadline as printed")
    periods: list[str] = []
    recurring: str | None = Field(default=None, description="Recurrence as printed, lower case: thường xuyên, hàng quý")
    product: str | None = Field(default=None, description="Expected product (sản phẩm, kết quả)")


class Result(Part):
    """One result that a report states."""

    text: str = Field(description="The clause as printed")
    indicator: str | None = Field(default=None, description="What was measured")
    numerator: float | None = Field(default=None, description="Count reached: 118 of 118/120")
    denominator: float | None = Field(default=None, description="Count aimed at or counted in all: 120 of 118/120")
    value: float | None = Field(default=None, description="The figure: 98.3")
    unit: str | None = Field(default=None, description="Its unit: %, điểm, triệu đồng, …")


class Responsibility(Part):
    """An agency under Tổ chức thực hiện."""

    agency: str = Field(description="The agency as printed")
    items: int = Field(description="How many duties are listed for it")


class Footnote(Part):
    """A footnote."""

    mark: str = Field(description="Its mark: 1, *, …")
    text: str = Field(description="Its text")


class DigitalSignature(Part):
    """A digital signature, by its printed stamp or in the file; one a distinct signer and time."""

    signer: str = Field(description="Who signed, as the stamp says")
    email: str | None = Field(default=None, description="E-mail address on the stamp")
    signed_at: str | None = Field(default=None, description="ISO 8601 with +07:00")
    organisation: str | None = Field(default=None, description="Organisation, by the certificate or the stamp")
    intact: bool | None = Field(
        default=None,
        description="Whether what was signed is unchanged and the signature is the certificate's; NULL if not verified",
    )
    whole_file: bool | None = Field(
        default=None, description="Whether it covers the file as it is; NULL if that was not verified"
    )
    trusted: bool | None = Field(
        default=None, description="Whether its certificate leads to a trusted root; NULL where no roots were given"
    )


class Check(Part):
    """What a cross-check noticed."""

    rule: str = Field(description="Name of the check")
    severity: Severity = Field(description="info, warning or error")
    message: str = Field(description="What was noticed, in words")
    paths: list[str] = Field(default=[], description="The fields it is about")


class Evidence(Part):
    """Proof of one value: `path` names it (document.number, targets[3].text)."""

    path: str = Field(description="The value it proves: document.number, targets[3].text")
    raw: str = Field(description="The stretch as the file or the engine gave it")
    page: int = Field(description="Page, from 1")
    box: tuple[float, float, float, float] | None = Field(
        description="Left, top, right, bottom in PDF points, origin top left; NULL for text dumps"
    )
    confidence: float = Field(description="0 to 1")
    rule: str = Field(description="The rule that found it")


class Record(Part):
    document: DocumentFields = DocumentFields()
    attachments: list[Attachment] = []
    legal_bases: list[LegalBasis] = []
    citations: list[Citation] = []
    recipients: list[str] = []
    addressees: list[str] = []
    targets: list[Target] = []
    tasks: list[Task] = []
    results: list[Result] = []
    responsibilities: list[Responsibility] = []
    footnotes: list[Footnote] = []
    digital_signatures: list[DigitalSignature] = []
    co_signers: list[CoSigner] = []
    checks: list[Check] = []
    evidence: list[Evidence] = []
    first_page: int = Field(default=1, description="The page of the file on which the paper begins")
    parts: list[Record] = []
    """The further papers of a file that holds several, in order; each with its own evidence and checks."""
