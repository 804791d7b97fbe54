"""Digital signatures of a PDF verified offline with pyHanko: unchanged or not, all of the file or not, trusted or not.

Nothing is fetched: no revocation list, no missing certificate. Trust is judged by the roots that are given, for the
moment that the signature states, so that the same file and roots say the same on every day.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from asn1crypto import pem, x509

if TYPE_CHECKING:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko_certvalidator import ValidationContext

CERTIFICATE_SUFFIXES = (".crt", ".cer", ".pem", ".der")


class Verdict(NamedTuple):
    """What was found out about a signature. None: it could not be told.

    intact: the signed bytes are as they were and the signature is that of the certificate. whole_file: it covers the
    file as it is now. trusted: the certificate leads to one of the roots; None where none were given.
    """

    intact: bool | None
    whole_file: bool | None
    trusted: bool | None


class BadRootsError(ValueError):
    """A folder of trusted roots that holds none, or a file in it that is no certificate."""


def load_roots(folder: Path) -> tuple[bytes, ...]:
    """The certificates (DER) of a folder's .crt, .cer, .pem and .der files, by content. Raises BadRootsError, OSError."""
    found: set[bytes] = set()
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() not in CERTIFICATE_SUFFIXES:
            continue
        data = path.read_bytes()
        try:
            blocks = [data]
            if pem.detect(data):
                blocks = [der for label, _, der in pem.unarmor(data, multiple=True) if label.endswith("CERTIFICATE")]
            for der in blocks:
                _ = x509.Certificate.load(der, strict=True).subject.native
        except (ValueError, TypeError, KeyError) as error:
            raise BadRootsError(f"{path} holds no X.509 certificate: {str(error).splitlines()[0]}") from error
        found.update(blocks)
    if not found:
        raise BadRootsError(f"{folder} holds no certificate ({', '.join(CERTIFICATE_SUFFIXES)})")
    return tuple(sorted(found))


def verdicts(data: bytes, roots: tuple[bytes, ...] = ()) -> dict[tuple[int, ...], Verdict]:
    """The verdict on every signature of a PDF, by its /ByteRange. Never raises: what is broken is told as not known."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    _quiet()
    found: dict[tuple[int, ...], Verdict] = {}
    try:
        signatures = list(_signatures(PdfFileReader(io.BytesIO(data), strict=False).embedded_signatures))
    except Exception:  # noqa: BLE001  (hostile files raise anything; signatures without a verdict stay not verified)
        return found
    for byte_range, signature in signatures:
        found[byte_range] = _verdict(signature, roots)
    return found


@cache
def _quiet() -> None:
    """pyHanko logs each certificate that it does not trust, with a traceback; the verdict says the same."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _signatures(embedded: Iterable[EmbeddedPdfSignature]) -> Iterator[tuple[tuple[int, ...], EmbeddedPdfSignature]]:
    for signature in embedded:
        yield tuple(int(number) for number in signature.byte_range), signature


def _verdict(signature: EmbeddedPdfSignature, roots: tuple[bytes, ...]) -> Verdict:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    either = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    try:
        context = _context(roots, _moment(signature))
        status: Any = validate_pdf_signature(
            signature, signer_validation_context=context, key_usage_settings=either, skip_diff=True
        )
        return Verdict(
            bool(status.intact and status.valid),
            bool(status.coverage == SignatureCoverageLevel.ENTIRE_FILE),
            bool(status.intact and status.valid and status.trusted) if roots else None,
        )
    except Exception:  # noqa: BLE001  (as above)
        return Verdict(None, None, None)


def _moment(signature: EmbeddedPdfSignature) -> dt.datetime:
    """When it was signed, as it says; without that the first day of its certificate."""
    stated = signature.self_reported_timestamp
    if stated is None:
        return signature.signer_cert.not_valid_before
    return stated if stated.tzinfo else stated.replace(tzinfo=dt.timezone(dt.timedelta(hours=7)))


def _context(roots: tuple[bytes, ...], moment: dt.datetime) -> ValidationContext:
    from pyhanko_certvalidator import ValidationContext

    given = [x509.Certificate.load(der) for der in roots]
    return ValidationContext(
        trust_roots=[one for one in given if one.self_issued],
        other_certs=[one for one in given if not one.self_issued],
        moment=moment,
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
