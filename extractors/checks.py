"""Cross-checks by NĐ 30/2020: what in the record does not agree with itself. A check never changes a value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors.common.attachments import is_another_paper
from extractors.common.code import from_caption, number_lines
from extractors.kinds import Classified
from extractors.paper import Paper
from extractors.plan.deadlines import check_deadlines
from extractors.report.arithmetic import check_results
from normalizers.codes import parse_code
from normalizers.people import name_score
from normalizers.text import skeleton
from schemas.record import Check, Record


def run_checks(paper: Paper, classified: Classified, record: Record) -> list[Check]:
    """All checks, in the order of the record's fields."""
    return [
        *_several(paper),
        *_type(classified),
        *_number(paper, record),
        *_years(record),
        *_date_order(record),
        *_signatures(record),
        *_missing(paper, record),
        *check_deadlines(record.tasks),
        *check_results(record.results),
    ]


def _type(classified: Classified) -> Iterator[Check]:
    printed = classified.kind.abbreviation
    if (
        classified.found is not None
        and printed
        and classified.code_type
        and printed != "CV"
        and printed != classified.code_type
        and (printed, classified.code_type) != ("QyĐ", "QĐ")  # the Party writes QĐ for both
    ):
        yield Check(
            rule="type_against_code",
            severity="warning",
            message=f"The name says {classified.kind.name} ({printed}), the code says {classified.code_type}",
            paths=["document.doc_type", "document.symbol"],
        )


def _several(paper: Paper) -> Iterator[Check]:
    for attached in paper.zones.attachments:
        if is_another_paper(attached):
            yield Check(
                rule="several_documents",
                severity="error",
                message=f"Another paper begins on page {attached.rows[0].page + 1}: the record speaks of the first one only",
                paths=["document"],
            )
            return


def _number(paper: Paper, record: Record) -> Iterator[Check]:
    document = record.document
    if any(line.code is not None and line.code.slash_missing for line in number_lines(paper)):
        yield Check(
            rule="slash_missing",
            severity="warning",
            message=f"No slash between number and symbol: {document.code}",
            paths=["document.code"],
        )
    if document.number and document.number.isdecimal() and len(document.number) == 1:
        yield Check(
            rule="leading_zero",
            severity="info",
            message=f"Numbers below 10 are printed with a zero: {document.number}",
            paths=["document.number"],
        )
    for line, _ in from_caption(paper):
        if line.code and document.code and line.code.text != document.code:
            yield Check(
                rule="number_against_attachment",
                severity="warning",
                message=f"The attachment names {line.code.text}, the number line {document.code}",
                paths=["document.code", "attachments[0].issued_with"],
            )
            break


def _years(record: Record) -> Iterator[Check]:
    document = record.document
    dated = [("document.code", document.code, document.issued_on)]
    dated += [
        (f"citations[{index}].code", citation.code, citation.date) for index, citation in enumerate(record.citations)
    ]
    for path, printed, date in dated:
        code = parse_code(printed) if printed else None
        if code is not None and code.year is not None and date is not None and code.year != date.year:
            yield Check(
                rule="year_group",
                severity="warning",
                message=f"{printed} bears the year {code.year}, its date is {date}",
                paths=[path],
            )


def _date_order(record: Record) -> Iterator[Check]:
    issued = record.document.issued_on
    if issued is None:
        return
    for index, basis in enumerate(record.legal_bases):
        if basis.date is not None and basis.date > issued:
            yield Check(
                rule="date_order",
                severity="warning",
                message=f"A legal basis of {basis.date} is later than the paper of {issued}",
                paths=[f"legal_bases[{index}].date", "document.issued_on"],
            )


def _signatures(record: Record) -> Iterator[Check]:
    document = record.document
    persons = []
    for index, signature in enumerate(record.digital_signatures):
        path = f"digital_signatures[{index}]"
        if (
            signature.signed_at
            and document.issued_on
            and dt.date.fromisoformat(signature.signed_at[:10]) < document.issued_on
        ):
            yield Check(
                rule="signed_before_issue",
                severity="warning",
                message=f"Signed {signature.signed_at}, before the date of issue {document.issued_on}",
                paths=[f"{path}.signed_at", "document.issued_on"],
            )
        if signature.intact is False:
            yield Check(
                rule="signature_broken",
                severity="error",
                message=f"The file was changed after {signature.signer} signed, or the signature is not the certificate's",
                paths=[path],
            )
        if name_score(signature.signer) >= 0.8:
            persons.append((path, signature.signer))
    covering = [signature.whole_file for signature in record.digital_signatures if signature.whole_file is not None]
    if covering and not any(covering):
        yield Check(
            rule="changed_after_signing",
            severity="warning",
            message="The file was added to after the last digital signature",
            paths=["digital_signatures"],
        )
    name = document.signer_name
    mailboxes = [_letters(signature.email.split("@")[0]) for signature in record.digital_signatures if signature.email]
    if name and any(_letters(name) in mailbox for mailbox in mailboxes):
        return  # nguyenvanan@… signed, whatever the stamp's words were read as
    if name and persons and all(fuzz.ratio(skeleton(name), skeleton(person)) < 85 for _, person in persons):
        yield Check(
            rule="signer_against_signature",
            severity="warning",
            message=f"The print names {name}, the digital signature {persons[0][1]}",
            paths=["document.signer_name", f"{persons[0][0]}.signer"],
        )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, skeleton(text)))


def _missing(paper: Paper, record: Record) -> Iterator[Check]:
    if paper.zones.attached_only:
        yield Check(
            rule="attached_only",
            severity="info",
            message="The file holds only what came with another document: no number, date or signer of its own",
            paths=["attachments[0].issued_with"],
        )
        return
    document = record.document
    for field in ("number", "issued_on", "issuer", "title", "signer_name"):
        if getattr(document, field) is None:
            yield Check(
                rule="missing", severity="warning", message=_what_stands(paper, field), paths=[f"document.{field}"]
            )


def _what_stands(paper: Paper, field: str) -> str:
    """What the paper shows in the place of a missing value: a blank form, or handwriting that was not read for sure."""
    head = paper.letterhead
    spans = (
        [line.span for line in head.numbers]
        if field == "number"
        else [line.day_span for line in head.dates]
        if field == "issued_on"
        else []
    )
    if not spans:
        return f"No {field} was found"
    return f"No {field} that is sure: blank, or written by hand. The print reads: {paper.text.raw(spans[0])}"
