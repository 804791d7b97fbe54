"""Digital signatures that the file itself holds (PKCS#7): who, when, and what could be verified of it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from asn1crypto import cms, x509
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, resolve1
from pdfminer.utils import decode_text

from pipeline.sources.pdf import PARSER_ERRORS
from pipeline.sources.verification import Verdict, verdicts
from schemas.page import Annotation, Box

_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")
_SAID = re.compile(r"^(?P<who>[^<>]+)<(?P<mail>[^<>@\s]+@[^<>\s]+)>")  # VGCA: "Name<mail> đã ký lên văn bản này!"


def signing_marks(data: bytes, roots: tuple[bytes, ...] = ()) -> tuple[tuple[int, Annotation], ...]:
    """(page number from 1, mark) for every signed field of a PDF, in the order of signing.

    The mark's text is `Ký bởi: …`, `Email: …`, `Cơ quan: …` where known, `Thời gian ký: …` (ISO 8601, as the signature
    dictionary states it), and what was verified (pipeline/sources/verification.py): `Nguyên vẹn: có` or `không`, `Toàn tệp: …`,
    `Tin cậy: …`, each only where it could be told. roots: certificates (DER) that are trusted. Its box is the widget's in PDF points from the top left corner of the crop box, or None where nothing is shown.
    """
    if b"/ByteRange" not in data:
        return ()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = list(PDFPage.create_pages(document))
        return tuple(_marks(document, pages, verdicts(data, roots)))
    except PARSER_ERRORS:
        return ()


def _marks(
    document: PDFDocument, pages: list[PDFPage], verified: dict[tuple[int, ...], Verdict]
) -> Iterator[tuple[int, Annotation]]:
    form = resolve1(document.catalog.get("AcroForm"))
    if not isinstance(form, dict):
        return
    widgets = {
        reference.objid: number
        for number, page in enumerate(pages)
        for reference in resolve1(page.annots) or ()
        if isinstance(reference, PDFObjRef)
    }
    seen: set[str] = set()
    for reference, field in _fields(resolve1(form.get("Fields")) or (), None):
        signature = resolve1(field.get("V"))
        if not isinstance(signature, dict) or "ByteRange" not in signature:
            continue
        text = _text(signature, verified)
        if text is None or text in seen:  # one signing may show several widgets
            continue
        seen.add(text)
        number = widgets.get(reference.objid, 0) if isinstance(reference, PDFObjRef) else 0
        yield number + 1, Annotation("digital_signature", text, _box(field, pages[number]) if pages else None)


def _fields(references: Any, parent: dict[str, Any] | None) -> Iterator[tuple[Any, dict[str, Any]]]:
    for reference in references:
        field = resolve1(reference)
        if not isinstance(field, dict):
            continue
        field = {**(parent or {}), **field}
        kids = resolve1(field.get("Kids"))
        if kids and any(isinstance(kid := resolve1(one), dict) and "T" in kid for one in kids):
            yield from _fields(kids, {key: field[key] for key in ("FT", "V") if key in field})
        else:
            yield reference, field


def _text(signature: dict[str, Any], verified: dict[tuple[int, ...], Verdict]) -> str | None:
    said = _SAID.match(_string(signature.get("Reason")) or "")
    name, mail, organisation = _certificate(resolve1(signature.get("Contents")))
    signer = name or _string(signature.get("Name")) or (said["who"].strip() if said else None)
    if not signer:
        return None
    mail = mail or (said["mail"] if said else None)
    lines = [f"Ký bởi: {signer}"]
    if mail:
        lines.append(f"Email: {mail}")
    if organisation:
        lines.append(f"Cơ quan: {organisation}")
    when = _when(_string(signature.get("M")) or "")
    if when:
        lines.append(f"Thời gian ký: {when}")
    verdict = verified.get(_byte_range(signature))
    if verdict is not None:
        told = zip(("Nguyên vẹn", "Toàn tệp", "Tin cậy"), verdict, strict=True)
        lines += [f"{label}: {'có' if value else 'không'}" for label, value in told if value is not None]
    return "\n".join(lines)


def _byte_range(signature: dict[str, Any]) -> tuple[int, ...]:
    numbers = resolve1(signature.get("ByteRange"))
    found = [resolve1(number) for number in numbers] if isinstance(numbers, list) else []
    return tuple(number for number in found if isinstance(number, int))


def _string(value: Any) -> str | None:
    value = resolve1(value)
    if not isinstance(value, bytes):
        return None
    return " ".join(decode_text(value).split()) or None


def _when(value: str) -> str | None:
    """PDF date to ISO 8601; without a zone it is taken for Vietnam's own, as all these papers are signed there.

    >>> _when("D:20250206160318+07'00'")
    '2025-02-06T16:03:18+07:00'
    """
    found = _TIME.match(value)
    if not found:
        return None
    year, month, day, hour, minute, second, utc, hours, minutes = found.groups()
    zone = "+00:00" if utc else f"{hours}:{minutes or '00'}" if hours else "+07:00"
    return f"{year}-{month}-{day}T{hour}:{minute}:{second}{zone}"


def _certificate(contents: Any) -> tuple[str | None, str | None, str | None]:
    """Common name, e-mail and organisation of the signer's certificate in a PKCS#7 blob."""
    if not isinstance(contents, bytes):
        return None, None, None
    try:
        signed = cms.ContentInfo.load(contents)["content"]
        serial = signed["signer_infos"][0]["sid"].chosen["serial_number"].native
        for choice in signed["certificates"]:
            certificate = choice.chosen
            if isinstance(certificate, x509.Certificate) and certificate.serial_number == serial:
                subject = certificate.subject.native
                mail = subject.get("email_address")
                if not mail and certificate.subject_alt_name_value is not None:
                    mails = [one.native for one in certificate.subject_alt_name_value if one.name == "rfc822_name"]
                    mail = mails[0] if mails else None
                return _first(subject.get("common_name")), _first(mail), _first(subject.get("organization_name"))
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None, None, None
    return None, None, None


def _first(value: Any) -> str | None:
    """A part of a name as one line; where a certificate bears several, the first."""
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _box(field: dict[str, Any], page: PDFPage) -> Box | None:
    rect = resolve1(field.get("Rect"))
    if not isinstance(rect, list) or len(rect) != 4:
        return None
    x0, y0, x1, y1 = (float(resolve1(value)) for value in rect)
    left, _, _, top = page.cropbox
    box = Box(min(x0, x1) - left, top - max(y0, y1), max(x0, x1) - left, top - min(y0, y1))
    return box if box.width > 1 and box.height > 1 else None
