"""Digital signatures as they are printed: the forms of VGCA's signing tool and of document systems (in the text or a stamp)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from extractors.paper import Paper
from extractors.rule import Rule
from normalizers.agencies import mend_phrases
from normalizers.dates import parse_time
from normalizers.text import plain, skeleton, squeeze, tidy
from schemas.found import Found
from schemas.page import Annotation
from schemas.record import DigitalSignature
from schemas.text import Place, Span

_EMAIL = r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+"
_TIME = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}|\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}[,\s]+\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}:\d{2}(?::\d{2})?[,\s]+(?:ngày\s+)?\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"
)
# Nguyễn Văn A <a@b.gov.vn> đã ký lên văn bản này!
_ADDRESS = re.compile(rf"<\s*(?P<email>{_EMAIL})\s*>[^\n]{{0,12}}(?:ký|ky)\b")
_SAID_SIGNED = "ky len van ban"
_SIGNED = re.compile(r"\s+(?:đã|da) (?:ký|ky) (?:lên|len) (?:văn|van) (?:bản|ban)")
# Ký bởi: … / Người ký: …
_LABEL = re.compile(r"(?:k[yýỷ]\s+b[oởờơ]i|ng[uư][oờơ]i\s+k[yý]|signed by)\s*[:.]\s*", re.IGNORECASE)
# What a label looks like without its marks: most papers have none, and this is told quickly.
_LABELLED = (re.compile(r"boi\s*[:.]"), re.compile(r"nguoi\s+ky\s*[:.]"), re.compile(r"signed by"))
_FIELD = re.compile(
    r"\s*(?:email|e-mail|thu dien tu|co quan|to chuc|thoi gian ky|ngay ky|gio ky|ngay gio ky|dia diem|ly do|noi ky|chuc vu|date|reason|don vi)\s*[:.]|\n\s*\n",
    re.IGNORECASE,
)
_TIME_LABEL = re.compile(r"(?:thoi gian ky|ngay ky|gio ky|date)\s*[:.]?")


def _clean(signer: str) -> str:
    return squeeze(tidy(signer)).strip(" ,.;:<>-")


def read_stamps(text: str) -> Iterator[tuple[DigitalSignature, int, int]]:
    """The signatures that a text tells of, each with where it stands.

    >>> stamp, _, _ = next(read_stamps("2025-08-01T16:46:46+0700\\nViệt Nam\\nLê An <lean@x.gov.vn> đã ký lên văn bản này!"))
    >>> stamp.signer, stamp.email, stamp.signed_at
    ('Lê An', 'lean@x.gov.vn', '2025-08-01T16:46:46+07:00')
    >>> [s.signed_at for s, _, _ in read_stamps("Ký bởi: Sở Y tế\\nCơ quan: Tỉnh An Giang\\nNgày ký: 05/8/2025 09:10:11 +07:00")]
    ['2025-08-05T09:10:11+07:00']
    """
    text = plain(text)
    folded = skeleton(text)
    if "@" not in text and " k" not in folded and not folded.startswith("k") and "signed by" not in folded:
        return
    addresses = list(_ADDRESS.finditer(text))
    signed = _SIGNED.finditer(text) if _SAID_SIGNED in folded else ()
    plain_forms = [
        found for found in signed if not any(other.end() > found.start() - 2 >= other.start() for other in addresses)
    ]
    times = list(_TIME.finditer(text)) if addresses or plain_forms else []
    for found in (*addresses, *plain_forms):
        line_start = text.rfind("\n", 0, found.start()) + 1
        signer = _clean(text[line_start : found.start()])
        if not 3 <= len(signer) <= 120:
            continue
        # The moment is printed in the lines above; between them stands a place at most.
        before = [time for time in times if time.end() <= line_start and text.count("\n", time.end(), line_start) <= 4]
        line = text[found.end() : text.find("\n", found.end()) + 1 or len(text)]
        after = _TIME.search(line)
        start = before[-1].start() if before else line_start
        moment = parse_time(before[-1].group()) if before else parse_time(after.group()) if after else None
        value = DigitalSignature(signer=signer, email=found.groupdict().get("email"), signed_at=moment)
        yield value, start, found.end()
    labels = list(_LABEL.finditer(text)) if any(label.search(folded) for label in _LABELLED) else []
    for index, label in enumerate(labels):
        limit = min(labels[index + 1].start() if index + 1 < len(labels) else len(text), label.end() + 500)
        stretch = folded[label.end() : limit]
        cut = _FIELD.search(stretch)
        signer = text[label.end() : label.end() + (cut.start() if cut else len(stretch))]
        time_at = _TIME.search(signer)
        if time_at is not None:
            signer = signer[: time_at.start()]
        signer = _clean(re.split(rf"\n|,\s*(?=[OCLST]=)|{_EMAIL}", signer.strip())[0] if not cut else signer)
        block = text[label.end() : limit]
        email = re.search(_EMAIL, block)
        named = _TIME_LABEL.search(folded, label.end(), limit)
        time = _TIME.search(text, named.end() if named else label.end(), limit)
        if 3 <= len(signer) <= 120:
            end = max(label.end() + len(signer), time.end() if time else 0)
            value = DigitalSignature(
                signer=signer,
                email=email.group() if email else None,
                signed_at=parse_time(time.group()) if time else None,
                organisation=_office(text, folded, label.end(), limit),
            )
            yield value, label.start(), end


def _same(stamp: DigitalSignature, mark: DigitalSignature) -> bool:
    if stamp.signed_at is not None and stamp.signed_at == mark.signed_at:
        return True
    close = fuzz.partial_ratio(skeleton(stamp.signer), skeleton(mark.signer)) >= 85
    return close or (stamp.email is not None and stamp.email == mark.email)


_OFFICE = re.compile(r"(?:co quan|to chuc|don vi)\s*[:.]\s*(?P<office>[^\n]{3,120})")


def _office(text: str, folded: str, start: int, limit: int) -> str | None:
    """The organisation that a stamp names behind `Cơ quan:`."""
    found = _OFFICE.search(folded, start, limit)
    if found is None:
        return None
    stretch = folded[found.start("office") : found.end("office")]
    cut = _FIELD.search(stretch)
    end = found.start("office") + (cut.start() if cut else len(stretch))
    office = _clean(text[found.start("office") : end])
    return office if len(office) >= 3 else None


_LINE = re.compile(r"^(?P<label>[^:\n]+): (?P<value>.+)$", re.MULTILINE)
_SAID = {"có": True, "không": False}


def of_file(text: str) -> DigitalSignature | None:
    """A signature that the file itself holds, as pipeline/sources/signatures.py tells it; None where nobody is named.

    >>> of_file("Ký bởi: Lê An\\nThời gian ký: 2025-08-05T09:10:11+07:00\\nNguyên vẹn: có").intact
    True
    """
    said = {found["label"]: found["value"] for found in _LINE.finditer(text)}
    if "Ký bởi" not in said:
        return None
    return DigitalSignature(
        signer=said["Ký bởi"],
        email=said.get("Email"),
        signed_at=parse_time(said["Thời gian ký"]) if "Thời gian ký" in said else None,
        organisation=said.get("Cơ quan"),
        intact=_SAID.get(said.get("Nguyên vẹn", "")),
        whole_file=_SAID.get(said.get("Toàn tệp", "")),
        trusted=_SAID.get(said.get("Tin cậy", "")),
    )


def _in_annotation(annotation: Annotation, page: int, score: float) -> Iterator[Found[DigitalSignature]]:
    for value, _, _ in read_stamps(annotation.text):
        value = value.model_copy(update={"signer": mend_phrases(value.signer)})
        yield Found(value, Span(0, 0), score, "digital_signatures.stamp", Place(page, annotation.box), annotation.text)


def _signatures(paper: Paper) -> Iterator[Found[DigitalSignature]]:
    seen: set[tuple[str, str | None]] = set()
    found = [
        Found(value, Span(start, end), 0.95, "digital_signatures.text")
        for value, start, end in read_stamps(paper.text.text)
    ]
    marks: list[Found[DigitalSignature]] = []
    stamps: list[Found[DigitalSignature]] = []
    for page in paper.text.pages:
        for annotation in page.annotations:
            if annotation.kind == "digital_signature" and (value := of_file(annotation.text)) is not None:
                place = Place(page.number, annotation.box)
                marks.append(Found(value, Span(0, 0), 0.99, "digital_signatures.file", place, annotation.text))
            elif annotation.kind == "signing_mark":
                marks += _in_annotation(annotation, page.number, 0.97)
            elif annotation.kind in ("stamp", "seal"):
                stamps += _in_annotation(annotation, page.number, 0.7)
    found += marks
    # The picture of a signing mark is read with slips; what the file itself says of the same signature is kept.
    found += [stamp for stamp in stamps if not any(_same(stamp.value, mark.value) for mark in marks)]
    for entry in found:
        identity = (skeleton(entry.value.signer), entry.value.signed_at)
        if identity not in seen:
            seen.add(identity)
            yield entry


_STAMP = "2025-08-05T09:10:11+0700\nViệt Nam\nTrần Văn Bình <binh@an.gov.vn> đã ký lên văn bản này!"
DIGITAL_SIGNATURES = Rule(
    "digital_signatures.text",
    "digital_signatures",
    _signatures,
    (
        (
            _STAMP,
            (DigitalSignature(signer="Trần Văn Bình", email="binh@an.gov.vn", signed_at="2025-08-05T09:10:11+07:00"),),
        ),
        (
            "Ký bởi: Trần Văn Bình\nCơ quan: Sở Y tế, tỉnh An Giang\nNgày ký: 05-08-2025 09:10:11 +07:00",
            (
                DigitalSignature(
                    signer="Trần Văn Bình",
                    organisation="Sở Y tế, tỉnh An Giang",
                    signed_at="2025-08-05T09:10:11+07:00",
                ),
            ),
        ),
        (
            "Người ký: Sở Y tế tỉnh An Giang\nEmail: syt@an.gov.vn\nThời gian ký: 05.08.2025 09:10:11 +07:00",
            (
                DigitalSignature(
                    signer="Sở Y tế tỉnh An Giang", email="syt@an.gov.vn", signed_at="2025-08-05T09:10:11+07:00"
                ),
            ),
        ),
    ),
    ("Người ký văn bản chịu trách nhiệm. Liên hệ: vp@an.gov.vn, ngày 05/8/2025.",),
)
RULES = (DIGITAL_SIGNATURES,)
