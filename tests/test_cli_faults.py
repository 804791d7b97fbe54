"""Bad input through the command line: it ends in table failures, and everything else is loaded."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import duckdb
import pytest

from tests.command import LETTER, call, run_program


def encrypted_pdf(path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 720, "hidden")
    canvas.save()


def pdf(path: Path) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.drawString(72, 720, "a page")
    canvas.save()
    return path.read_bytes()


def no_pages_pdf(path: Path) -> None:
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    data, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj" % number + body + b"endobj\n"
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 3\n0000000000 65535 f \n" + entries
    path.write_bytes(data + table + b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n%d\n%%%%EOF\n" % len(data))


def huge_png(path: Path) -> None:
    """20,000 x 20,000 pixels in some kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * (1 + 20_000 // 8) * 20_000, 9)
    header = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


@pytest.mark.slow
def test_bad_inputs_end_in_failures_and_the_rest_is_loaded(letter: Path, tmp_path: Path) -> None:
    folder, db = letter.parent, tmp_path / "x.duckdb"
    (folder / "empty.pdf").touch()
    (folder / "text.pdf").write_text(LETTER, encoding="utf-8")  # the very bytes of letter.txt
    whole = pdf(folder / "whole.pdf")
    (folder / "truncated.pdf").write_bytes(whole[: len(whole) // 3])
    encrypted_pdf(folder / "locked.pdf")
    no_pages_pdf(folder / "no_pages.pdf")
    huge_png(folder / "huge.png")
    (folder / "vanished.pdf").symlink_to(tmp_path / "removed.pdf")
    shown = run_program("ingest", folder, "--db", db)
    assert shown.returncode == 1, shown.stderr
    assert "done 2, unchanged 0, partial 0, failed 7" in shown.stdout
    with duckdb.connect(str(db), read_only=True) as connection:
        rows = connection.execute("SELECT source_path, category, error FROM failures ORDER BY 1").fetchall()
        loaded = connection.execute("SELECT source_path FROM documents ORDER BY 1").fetchall()
    assert {Path(path).name: category for path, category, _ in rows} == {
        "empty.pdf": "empty",
        "text.pdf": "unsupported",
        "truncated.pdf": "damaged",
        "locked.pdf": "encrypted",
        "no_pages.pdf": "empty",
        "huge.png": "too_large",
        "vanished.pdf": "missing",
    }
    assert all(len(error) > 10 and "Traceback" not in error for _, _, error in rows)
    assert [Path(path).name for (path,) in loaded] == ["letter.txt", "whole.pdf"]
    again = run_program("ingest", folder, tmp_path / "no such folder", "--db", db)
    assert again.returncode == 2
    assert "no such folder" in again.stderr
    assert "done 0, unchanged 2, partial 0, failed 8" in again.stdout


@pytest.mark.slow
def test_workers_and_inline_agree_on_real_files(letter: Path, tmp_path: Path) -> None:
    pdf(letter.parent / "whole.pdf")
    digests = []
    for number, executor in enumerate(("inline", "processes:2")):
        db = tmp_path / f"{number}.duckdb"
        assert call("ingest", letter.parent, "--db", db, "--executor", executor).exit_code == 0
        digests.append(call("digest", "--db", db).stdout)
    assert digests[0] == digests[1]
