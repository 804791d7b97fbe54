"""Signs a sample with PKCS#7, in the manner of the government's signing tool, by a certificate of our own.

The key is a test key, committed on purpose: with it, fixed times and RSA PKCS#1 v1.5 the signed file is the same each
time it is made.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import io
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes
from pyhanko_certvalidator.registry import SimpleCertificateStore

KEY = Path(__file__).parent / "keys" / "test-signer.pem"
VALID_FROM = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
VALID_TO = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


class SteadyWriter(IncrementalPdfFileWriter):
    """Adds a revision that depends on nothing but what is written: no clock, no random file identifier."""

    def _update_meta(self) -> None:
        """Leaves the dates of the file as they are; the time of signing stands in the signature."""

    def name_revision(self, mark: bytes) -> None:
        """Sets the second half of the file identifier (16 bytes), which names this revision."""
        self._document_id = generic.ArrayObject([self._document_id[0], generic.ByteStringObject(mark)])


def certificate(common_name: str, organisation: str, email: str | None) -> tuple[x509.Certificate, RSAPrivateKey]:
    """A self-signed test certificate for that name, and the test key."""
    key = serialization.load_pem_private_key(KEY.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{KEY} holds no RSA key")
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        x509.NameAttribute(NameOID.COMMON_NAME, common_name),
    ]
    if email:
        parts.append(x509.NameAttribute(NameOID.EMAIL_ADDRESS, email))
    name = x509.Name(parts)
    serial = int.from_bytes(hashlib.sha256(common_name.encode()).digest()[:8], "big")
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(serial)
        .not_valid_before(VALID_FROM)
        .not_valid_after(VALID_TO)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False),
            critical=True,
        )
        .sign(key, hashes.SHA256())
    )
    return made, key


def sign_pdf(source: Path, target: Path, signatures: list[dict[str, Any]]) -> None:
    """Signs `source` once for each entry (signer, organisation, email?, signed_at, reason?, location?), in order."""
    data = source.read_bytes()
    for number, entry in enumerate(signatures, 1):
        data = _signed(data, f"Signature{number}", entry)
    target.write_bytes(data)


def _signed(data: bytes, field: str, entry: dict[str, Any]) -> bytes:
    email = entry.get("email")
    made, key = certificate(entry["signer"], entry["organisation"], email)
    moment = dt.datetime.fromisoformat(entry["signed_at"])
    leaf = asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
    private = asn1_keys.PrivateKeyInfo.load(
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    signer = SimpleSigner(leaf, private, SimpleCertificateStore())
    writer = SteadyWriter(io.BytesIO(data))
    writer.name_revision(hashlib.sha256(data + field.encode()).digest()[:16])
    steps = PdfCMSEmbedder(SigFieldSpec(field)).write_cms(field, writer)
    next(steps)
    placeholder = SignatureObject(
        timestamp=moment,
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        name=entry["signer"],
        reason=entry.get("reason"),
        location=entry.get("location", "Việt Nam"),
        bytes_reserved=8192,
    )
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    digest, output = steps.send(SigIOSetup(md_algorithm="sha256"))
    cms = asyncio.run(
        signer.async_sign(
            digest.document_digest,
            "sha256",
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=moment),
        )
    )
    digest.fill_with_cms(output, cms)
    return bytes(output.getvalue())
