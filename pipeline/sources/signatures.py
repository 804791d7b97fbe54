"""Digital signatures that the file itself holds, told as signing marks. Nothing is verified: who and when, as signed."""

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
from schemas.page import Annotation, Box

_TIME = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")
_SAID = re.compile(r"^(?P<who>[^<>]+)<(?P<mail>[^<>@\s]+@[^<>\s]+)>")  # VGCA: "Name<mail> đã ký lên văn bản này!"


def signing_marks(data: bytes) -> tuple[tuple[int, Annotation], ...]:
    """(page number from 1, mark) for every signed field of a PDF, in the order of signing.

    The mark's text is `Ký bởi: …`, `Email: …` where known, `Thời gian ký: …` (ISO 8601, as the signature dictionary
    states it). Its box is the widget's in PDF points from the top left corner of the crop box, or None where nothing is shown.
    """
    if b"/ByteRange" not in data:
        return ()
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        pages = list(PDFPage.create_pages(document))
        return tuple(_marks(document, pages))
    except PARSER_ERRORS:
        return ()


def _marks(document: PDFDocument, pages: list[PDFPage]) -> Iterator[tuple[int, Annotation]]:
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
        text = _text(signature)
        if text is None or text in seen:  # one signing may show several widgets
            continue
        seen.add(text)
        number = widgets.get(reference.objid, 0) if isinstance(reference, PDFObjRef) else 0
        yield number + 1, Annotation("signing_mark", text, _box(field, pages[number]) if pages else None)


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


def _text(signature: dict[str, Any]) -> str | None:
    said = _SAID.match(_string(signature.get("Reason")) or "")
    name, mail = _certificate(resolve1(signature.get("Contents")))
    signer = name or _string(signature.get("Name")) or (said["who"].strip() if said else None)
    if not signer:
        return None
    mail = mail or (said["mail"] if said else None)
    lines = [f"Ký bởi: {signer}"]
    if mail:
        lines.append(f"Email: {mail}")
    when = _when(_string(signature.get("M")) or "")
    if when:
        lines.append(f"Thời gian ký: {when}")
    return "\n".join(lines)


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


def _certificate(contents: Any) -> tuple[str | None, str | None]:
    """Common name and e-mail of the signer's certificate in a PKCS#7 blob."""
    if not isinstance(contents, bytes):
        return None, None
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
                return subject.get("common_name"), mail
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return None, None
    return None, None


def _box(field: dict[str, Any], page: PDFPage) -> Box | None:
    rect = resolve1(field.get("Rect"))
    if not isinstance(rect, list) or len(rect) != 4:
        return None
    x0, y0, x1, y1 = (float(resolve1(value)) for value in rect)
    left, _, _, top = page.cropbox
    box = Box(min(x0, x1) - left, top - max(y0, y1), max(x0, x1) - left, top - min(y0, y1))
    return box if box.width > 1 and box.height > 1 else None
