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

    doc_type: str | None = Field(None, description="Abbreviation of the kind by NĐ 30/2020 Annex III; CV for a công văn")
    doc_type_name: str | None = Field(None, description="Name of the kind: Quyết định, Kế hoạch, …")
    number: str | None = Field(None, description="Serial number as printed, leading zero kept")
    symbol: str | None = Field(None, description="Symbol after the number: QĐ-UBND")
    code: str | None = Field(None, description="Number and symbol: 510/QĐ-UBND")
    issuer: str | None = Field(None, description="Issuing body, sentence case")
    place: str | None = Field(None, description="Place of issue, before the comma of the date line")
    issued_on: dt.date | None = Field(None, description="Date of issue")
    title: str | None = Field(None, description="Trích yếu: the subject under the name of the kind")
    signer_name: str | None = Field(None, description="Who signed")
    signer_title: str | None = Field(None, description="Post of the signer: last line of the authority block")
    signed_for: str | None = Field(None, description="TM., KT., TL., TUQ., Q. lines, joined by '; '")


class Attachment(Part):
    doc_type: str | None = None
    title: str | None = None
    issued_with: str | None = Field(None, description="Code of the document it came with")
    issued_with_date: dt.date | None = None


class NamedDocument(Part):
    """A further document named in one legal-basis clause."""

    code: str | None = None
    date: dt.date | None = None
    kind: str | None = None


class LegalBasis(Part):
    text: str
    code: str | None = None
    date: dt.date | None = None
    kind: str | None = None
    issuer: str | None = None
    also: list[NamedDocument] | None = None


class Citation(Part):
    code: str
    date: dt.date | None = None
    as_printed: str | None = None


class Metric(Part):
    comparator: Comparator
    value: float
    unit: str | None = None


class Target(Part):
    no: str | None = None
    section: str | None = None
    text: str
    metrics: list[Metric] = []


class Task(Part):
    section: str | None = None
    no: str | None = None
    content: str | None = None
    lead: str | None = None
    coordinating: str | None = None
    deadline: str | None = None
    periods: list[str] = []
    recurring: str | None = None
    product: str | None = None


class Result(Part):
    text: str
    indicator: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    unit: str | None = None


class Responsibility(Part):
    agency: str
    items: int


class Footnote(Part):
    mark: str
    text: str


class DigitalSignature(Part):
    signer: str
    email: str | None = None
    signed_at: str | None = Field(None, description="ISO 8601 with +07:00")


class Check(Part):
    rule: str
    severity: Severity
    message: str
    paths: list[str] = []


class Evidence(Part):
    """Proof of one value: `path` names it (document.number, targets[3].text)."""

    path: str
    raw: str
    page: int
    box: tuple[float, float, float, float] | None
    confidence: float
    rule: str


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
    checks: list[Check] = []
    evidence: list[Evidence] = []
