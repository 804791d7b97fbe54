"""PKCS#7 signatures of PDF files: who and when, unchanged or not, the whole file or not, trusted or not; broken ones harm nobody."""

from __future__ import annotations

import datetime as dt
import json
import re
import socket
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.x509.oid import NameOID
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extractors import extract
from pipeline.settings import ReadSettings
from pipeline.sources.signatures import signing_marks
from pipeline.sources.verification import BadRootsError, load_roots, verdicts
from samples import signing
from samples.signing import certificate, sign_pdf
from schemas.page import Line, Page, Word
from schemas.record import DigitalSignature, Record
from schemas.text import DocumentText
from tests.command import call

FIRST = {
    "signer": "Trần Văn Bình",
    "organisation": "Ủy ban nhân dân xã An Bình",
    "email": "tranvanbinh@an.gov.vn",
    "signed_at": "2025-08-05T09:10:11+07:00",
}
SECOND = {
    "signer": "Ủy ban nhân dân xã An Bình",
    "organisation": "Tỉnh An Giang",
    "signed_at": "2025-08-05T10:00:00+07:00",
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def signed(folder: Path, *signatures: dict[str, str]) -> bytes:
    plain, made = folder / "plain.pdf", folder / "signed.pdf"
    canvas = Canvas(str(plain), invariant=1)
    canvas.drawString(72, 700, "An Binh")
    canvas.save()
    sign_pdf(plain, made, list(signatures))
    return made.read_bytes()


def record_of(data: bytes, roots: tuple[bytes, ...] = (), name: str = "Trần Văn Bình") -> Record:
    text = (
        "XÃ AN BÌNH\nSố: 12/QĐ-UBND\nAn Bình, ngày 04 tháng 8 năm 2025\nQUYẾT ĐỊNH\nVề việc họp\nĐiều 1. Họp./.\n"
        f"Nơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\n{name}"
    )
    lines = tuple(Line(tuple(Word(word, word) for word in line.split())) for line in text.split("\n"))
    marks = tuple(mark for _, mark in signing_marks(data, roots))
    return extract(DocumentText((Page(1, 595, 842, "text_layer", 1.0, 1.0, text, lines, (), marks),)))


def der(made: x509.Certificate) -> bytes:
    return made.public_bytes(serialization.Encoding.DER)


def test_signer_organisation_mail_and_time_are_read_and_verified(tmp_path: Path) -> None:
    record = record_of(signed(tmp_path, FIRST, SECOND))
    assert sorted(record.digital_signatures, key=lambda one: one.signed_at or "") == [
        DigitalSignature(**FIRST, intact=True, whole_file=False, trusted=None),
        DigitalSignature(**SECOND, intact=True, whole_file=True, trusted=None),
    ]
    assert record.document.issued_on == dt.date(2025, 8, 4)  # never the time of signing
    assert record.checks == []


def test_a_root_that_is_given_is_trusted_and_another_is_not(tmp_path: Path) -> None:
    data = signed(tmp_path, FIRST)
    own = der(certificate(FIRST["signer"], FIRST["organisation"], FIRST["email"])[0])
    other = der(certificate("Someone else", "Elsewhere", None)[0])
    assert [one.trusted for one in verdicts(data, (own,)).values()] == [True]
    assert [one.trusted for one in verdicts(data, (other,)).values()] == [False]
    assert [one.trusted for one in verdicts(data).values()] == [None]


def test_a_changed_byte_is_told(tmp_path: Path) -> None:
    data = signed(tmp_path, FIRST)
    record = record_of(data.replace(b"(An Binh)", b"(An Bimh)") if b"(An Binh)" in data else _flipped(data))
    assert [one.intact for one in record.digital_signatures] == [False]
    assert "signature_broken" in {check.rule for check in record.checks}


def _flipped(data: bytes) -> bytes:
    """One byte of the first page's stream changed: inside what is signed, and no harm to the file's structure."""
    at = data.index(b"stream") + 12
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_what_was_added_after_the_last_signature_is_told(tmp_path: Path) -> None:
    data = signed(tmp_path, FIRST)
    xref = re.findall(rb"startxref\s+(\d+)", data)[-1]
    size = re.findall(rb"/Size (\d+)", data)[-1]
    root = re.findall(rb"/Root (\d+ \d+ R)", data)[-1]
    start = len(data) + 1
    more = b"\nxref\n0 0\ntrailer\n<< /Size %s /Root %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        xref,
        start,
    )
    record = record_of(data + more)
    assert [(one.intact, one.whole_file) for one in record.digital_signatures] == [(True, False)]
    assert "changed_after_signing" in {check.rule for check in record.checks}


def test_the_printed_name_is_checked_against_the_signature_and_its_mailbox(tmp_path: Path) -> None:
    data = signed(tmp_path, FIRST)
    assert "signer_against_signature" not in {check.rule for check in record_of(data).checks}
    assert "signer_against_signature" in {check.rule for check in record_of(data, name="Lê Thị Hoa").checks}
    by_mail = signed(tmp_path, FIRST | {"email": "lethihoa@an.gov.vn"})
    assert "signer_against_signature" not in {check.rule for check in record_of(by_mail, name="Lê Thị Hoa").checks}


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: re.sub(rb"/ByteRange\s*\[[^\]]*\]", lambda m: b"/ByteRange [9 9]".ljust(len(m[0])), data),
        lambda data: re.sub(
            rb"/ByteRange\s*\[[^\]]*\]", lambda m: b"/ByteRange [0 -1 2 99999999]".ljust(len(m[0])), data
        ),
        lambda data: re.sub(rb"/Contents\s*<[0-9a-fA-F]{40}", lambda m: m[0][:-40] + b"0" * 40, data),
        lambda data: re.sub(rb"/Contents\s*<[0-9a-fA-F]+>", lambda m: b"/Contents <30>".ljust(len(m[0])), data),
        lambda data: data.replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha9     "),
        lambda data: re.sub(rb"/M \([^)]*\)", lambda m: b"/M (never)".ljust(len(m[0])), data),
        lambda data: data[: len(data) // 2],
        lambda data: data[:-30],
        lambda data: data.replace(b"/AcroForm", b"/AcroFrom"),
        lambda data: b"%PDF-1.7\n/ByteRange [0 1 2 3]",
    ],
    ids="short range,wild range,no sequence,tiny,unknown format,no date,half,no trailer,no form,nothing".split(","),
)
def test_broken_signatures_are_never_said_to_hold(tmp_path: Path, harm: object) -> None:
    data = harm(signed(tmp_path, FIRST))  # type: ignore[operator]
    assert not any(one.intact for one in verdicts(data).values())
    record = record_of(data)
    assert not any(one.intact for one in record.digital_signatures)
    assert record.document.issued_on == dt.date(2025, 8, 4)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return signed(tmp_path_factory.mktemp("signed"), FIRST)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10_000), value=st.integers(0, 255))
def test_any_byte_may_be_wrong(good: bytes, place: int, value: int) -> None:
    at = place * len(good) // 10_001
    for _, mark in signing_marks(good[:at] + bytes([value]) + good[at + 1 :]):
        assert mark.kind == "digital_signature"


def test_roots_come_from_a_folder_of_either_form(tmp_path: Path) -> None:
    one, two = certificate("A", "B", None)[0], certificate("C", "D", None)[0]
    (tmp_path / "a.crt").write_bytes(der(one))
    (tmp_path / "both.pem").write_bytes(b"".join(x.public_bytes(serialization.Encoding.PEM) for x in (one, two)))
    (tmp_path / "readme.txt").write_text("no certificate")
    assert load_roots(tmp_path) == tuple(sorted({der(one), der(two)}))
    (tmp_path / "bad.cer").write_bytes(b"no certificate")
    with pytest.raises(BadRootsError, match=r"bad\.cer"):
        load_roots(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "key.pem").write_bytes(signing.KEY.read_bytes())  # a key is no certificate
    with pytest.raises(BadRootsError, match="no certificate"):
        load_roots(tmp_path / "empty")


def issued(name: str, issuer: str, key: RSAPrivateKey, by: RSAPrivateKey, authority: bool) -> x509.Certificate:
    """A certificate that another one's key signed."""

    def named(common: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])

    builder = (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(issuer))
        .public_key(key.public_key())
        .serial_number(sum(name.encode()))
        .not_valid_before(dt.datetime(2024, 1, 1, tzinfo=dt.UTC))
        .not_valid_after(dt.datetime(2029, 1, 1, tzinfo=dt.UTC))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, authority, authority, False, False), critical=True
        )
    )
    return builder.sign(by, hashes.SHA256())


@pytest.fixture
def chain(monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, bytes]:
    """Root and middle authority (DER); the signer's certificate is the middle one's, and alone in the signature, as VGCA's."""
    root, middle = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    _, own = certificate("x", "y", None)
    leaf = issued("Trần Văn Bình", "Middle", own, middle, authority=False)
    monkeypatch.setattr(signing, "certificate", lambda *_: (leaf, own))
    return der(issued("Root", "Root", root, root, authority=True)), der(
        issued("Middle", "Root", middle, root, authority=True)
    )


def test_authorities_between_root_and_signer_come_from_the_folder(tmp_path: Path, chain: tuple[bytes, bytes]) -> None:
    data = signed(tmp_path, FIRST)
    root, middle = chain
    trusted = [
        [one.trusted for one in verdicts(data, roots).values()] for roots in ((root,), (middle,), (root, middle))
    ]
    assert trusted == [[False], [False], [True]]


def test_a_certificate_that_had_run_out_when_it_signed_is_not_trusted(
    tmp_path: Path, chain: tuple[bytes, bytes]
) -> None:
    late = signed(tmp_path, FIRST | {"signed_at": "2031-08-05T09:10:11+07:00"})
    assert [(one.intact, one.trusted) for one in verdicts(late, chain).values()] == [(True, False)]


def test_the_command_takes_a_folder_of_roots(tmp_path: Path) -> None:
    signed(tmp_path, FIRST)
    roots = tmp_path / "roots"
    roots.mkdir()
    wrong = call("extract", tmp_path / "signed.pdf", "--trust-roots", roots)
    assert (wrong.exit_code, "holds no certificate" in wrong.output) == (2, True)
    (roots / "own.crt").write_bytes(der(certificate(FIRST["signer"], FIRST["organisation"], FIRST["email"])[0]))
    given = call("extract", tmp_path / "signed.pdf", "--trust-roots", roots)
    assert [one["trusted"] for one in json.loads(given.stdout)["digital_signatures"]] == [True]
    assert call("extract", tmp_path / "signed.pdf", "--trust-roots", tmp_path / "none").exit_code == 2


def test_other_roots_read_anew() -> None:
    assert ReadSettings().fingerprint() != ReadSettings(trust_roots=(b"x",)).fingerprint()
