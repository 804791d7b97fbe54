"""The command line: every command is documented, exit codes say what happened, bad input ends in table failures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest
import typer.main
from typer.testing import CliRunner

from cli import app
from pipeline.doctor import Component, cures, listing, requirements
from pipeline.errors import ComponentMissing

ROOT = Path(__file__).resolve().parent.parent
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]

LETTER = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG HỒNG BÀNG Độc lập - Tự do - Hạnh phúc
Số: 45/QĐ-UBND Hồng Bàng, ngày 12 tháng 8 năm 2025

QUYẾT ĐỊNH
Về việc thành lập Tổ công tác số hóa hồ sơ

CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HỒNG BÀNG

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
Theo đề nghị của Chánh Văn phòng.

QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác số hóa hồ sơ gồm 05 thành viên.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận: CHỦ TỊCH
- Như Điều 1;
- Lưu: VT. Phạm Minh Tuệ
"""


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "letter.txt"
    path.parent.mkdir()
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def db(letter: Path, tmp_path: Path) -> Path:
    path = tmp_path / "x.duckdb"
    result = call("ingest", letter, "--db", path, "--executor", "inline")
    assert result.exit_code == 0, result.output
    return path


def call(*words: object, stdin: bytes | None = None) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin, catch_exceptions=False)


def run_program(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "cli.py", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    shown = call(command, "--help").output
    assert re.search(r"Examples?:\n +cli\.py " + command, shown), shown
    assert f"`{command}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_help_comes_at_once() -> None:
    run_program("--help")  # the first call may write byte code
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        assert run_program("--help").returncode == 0
        seconds.append(time.perf_counter() - started)
    bare = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import typer"], check=True)
    assert min(seconds) < max(0.4, 3 * (time.perf_counter() - bare))


def test_heavy_packages_wait_for_their_commands() -> None:
    code = "import cli, sys; print([name for name in ('duckdb', 'cv2', 'pydantic', 'rich', 'numpy') if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"


def test_ingest_says_what_it_did(letter: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.duckdb"
    first = call("ingest", letter.parent, "--db", db, "--executor", "inline", "--show")
    assert first.exit_code == 0
    last = first.output.strip().splitlines()[-1]
    assert re.fullmatch(r"done 1, unchanged 0, partial 0, failed 0 in \d+\.\d s \(1 pages, \d+\.\d pages/s\)", last)
    assert re.search(r"in/letter\.txt +Quyết định +45/QĐ-UBND +2025-08-12", first.output)
    assert "unchanged 1" in call("ingest", letter, "--db", db, "--executor", "inline").output
    assert "done 1, unchanged 0" in call("ingest", letter, "--db", db, "--executor", "inline", "--force").output


def test_extract_prints_the_record(letter: Path) -> None:
    compact, pretty = call("extract", letter), call("extract", letter, "--pretty")
    assert compact.exit_code == pretty.exit_code == 0
    record = json.loads(compact.stdout)
    assert json.loads(pretty.stdout) == record
    assert compact.stdout.count("\n") == 1
    assert record["document"]["code"] == "45/QĐ-UBND"
    assert list(record) == [
        "document", "attachments", "legal_bases", "citations", "recipients", "addressees", "targets", "tasks",
        "results", "responsibilities", "footnotes", "digital_signatures", "checks", "evidence",
    ]  # fmt: skip
    assert all("also" not in part or part["also"] for part in record["legal_bases"])


def test_read_prints_pages_by_form_feeds(tmp_path: Path) -> None:
    path = tmp_path / "two.txt"
    path.write_text("Trang một của văn bản\n\nhết trang\fTrang hai của văn bản\n", encoding="utf-8")
    shown = call("read", path)
    assert shown.exit_code == 0
    assert [page.split() for page in shown.stdout.split("\f")] == [
        "Trang một của văn bản hết trang".split(),
        "Trang hai của văn bản".split(),
    ]


@pytest.mark.parametrize("text", [LETTER, "một dòng", "", "\n\n", "a\r\nb\n", "trang\n\fhai\n\n"])
def test_repair_keeps_every_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_bytes(text.encode())
    by_name, by_pipe = call("repair", path), call("repair", stdin=text.encode())
    assert by_name.exit_code == by_pipe.exit_code == 0
    assert by_name.stdout == by_pipe.stdout
    assert by_name.stdout.count("\n") == text.count("\n")
    assert by_name.stdout.count("\f") == text.count("\f")


def test_query_prints_tables_csv_and_json(db: Path) -> None:
    sql = "SELECT code, issued_on, pages, ['a', NULL] AS list FROM documents"
    assert call("query", sql, "--db", db).output.split()[-3:] == ["1", "['a',", "None]"]
    assert call("query", sql, "--db", db, "--format", "csv").stdout == (
        'code,issued_on,pages,list\n45/QĐ-UBND,2025-08-12,1,"[""a"", null]"\n'
    )
    assert json.loads(call("query", sql, "--db", db, "--format", "json").stdout) == [
        {"code": "45/QĐ-UBND", "issued_on": "2025-08-12", "pages": 1, "list": ["a", None]}
    ]
    assert json.loads(call("query", sql + " WHERE false", "--db", db, "--format", "json").stdout) == []
    assert "\x1b" not in call("query", "SELECT chr(27) || '[31m'", "--db", db).output


@pytest.mark.parametrize(
    "sql", ["SELEC", "DROP TABLE documents", "COPY documents TO 'x.csv'", "FROM read_csv('/etc/passwd')"]
)
def test_query_only_looks(db: Path, sql: str) -> None:
    before = db.read_bytes()
    shown = call("query", sql, "--db", db)
    assert shown.exit_code == 2
    assert "Error" in shown.stderr
    assert db.read_bytes() == before


@pytest.mark.parametrize(
    "words", ["to cong tac so hoa", "Tổ công tác số hóa", "TỔ CÔNG TÁC", "45/qd-ubnd", "phạm minh tuệ"]
)
def test_search_minds_no_diacritics(db: Path, words: str) -> None:
    shown = call("search", words, "--db", db)
    assert shown.exit_code == 0
    assert re.search(r"45/QĐ-UBND  .*letter\.txt, page 1\n    \S", shown.stdout)


def test_search_ranks_the_page_that_fits_best_first(tmp_path: Path) -> None:
    folder, db = tmp_path / "in", tmp_path / "x.duckdb"
    folder.mkdir()
    (folder / "a.txt").write_text("Cải tiến cách làm. Hành trình của chính quyền.", encoding="utf-8")
    (folder / "b.txt").write_text("Kế hoạch cải cách hành chính năm 2025.", encoding="utf-8")
    (folder / "c.txt").write_text("Thông báo lịch nghỉ lễ.", encoding="utf-8")
    call("ingest", folder, "--db", db, "--executor", "inline")
    shown = call("search", "cai", "cach", "hanh", "chinh", "--db", db).stdout
    assert re.findall(r"(\w)\.txt", shown) == ["b", "a"]
    assert "cải cách hành chính năm 2025." in shown
    assert call("search", "zzz", "--db", db).stderr == "nothing found\n"
    assert call("search", "...", "--db", db).exit_code == 0


def test_export_writes_every_table(db: Path, tmp_path: Path) -> None:
    to = tmp_path / "out" / "tables"
    for form in ("parquet", "csv", "json"):
        assert call("export", "--db", db, "--to", to, "--format", form).exit_code == 0
    assert (to / "documents.csv").read_bytes().startswith(b"\xef\xbb\xbfdoc_id,")
    want = duckdb.connect(str(db), read_only=True).execute("SELECT * FROM documents").fetchall()
    assert duckdb.sql(f"FROM '{to}/documents.parquet'").fetchall() == want
    row = json.loads((to / "documents.jsonl").read_text(encoding="utf-8"))
    assert (row["code"], row["issued_on"]) == ("45/QĐ-UBND", "2025-08-12")
    recipients = (to / "recipients.csv").read_text(encoding="utf-8-sig")
    assert "Như Điều 1" in recipients
    assert call("export", "--db", db, "--to", db / "in a file").exit_code == 2


def test_digest_is_printed(db: Path, letter: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.duckdb"
    elsewhere = tmp_path / "elsewhere.txt"
    elsewhere.write_bytes(letter.read_bytes())
    call("ingest", elsewhere, "--db", other, "--executor", "inline")
    shown = call("digest", "--db", db).stdout
    assert re.fullmatch(r"[0-9a-f]{64}\n", shown)
    assert call("digest", "--db", other).stdout == shown


def test_doctor_names_every_package() -> None:
    shown = call("doctor")
    assert shown.exit_code == 0
    for name in ("python", "tesseract", "tesseract language vie", "duckdb", "pydantic", *requirements()):
        assert re.search(rf"^{re.escape(name)} +\S", shown.stdout, re.MULTILINE), name


def test_doctor_says_what_is_missing_and_what_cures_it() -> None:
    found = [
        Component("tesseract", None, cure="get it"),
        Component("python", "3.12"),
        Component("extra", None, needed=False),
    ]
    assert listing(found) == ["tesseract  MISSING", "python     3.12", "extra      none"]
    assert cures(found) == ["missing: tesseract. Install with: get it"]


def test_doctor_without_tesseract(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    shown = call("doctor")
    assert shown.exit_code == 2
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in shown.stderr


def test_ingest_without_vietnamese_stops(letter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: object) -> str:
        raise ComponentMissing("Tesseract's Vietnamese model", "apt-get install tesseract-ocr-vie")

    monkeypatch.setattr("pipeline.read.ReadSettings.fingerprint", missing)
    shown = call("ingest", letter, "--db", tmp_path / "x.duckdb")
    assert shown.exit_code == 2
    assert "apt-get install tesseract-ocr-vie" in shown.stderr
    assert not (tmp_path / "x.duckdb").exists()


@pytest.mark.parametrize(
    "words",
    [
        ["ingest"],
        ["ingest", "letter.txt"],
        ["ingest", "/no/such/folder", "--db", "{db}"],
        ["ingest", "{letter}", "--db", "{db}", "--executor", "ray"],
        ["ingest", "{letter}", "--db", "{db}", "--executor", "processes:4", "--jobs", "2"],
        ["ingest", "{letter}", "--db", "{db}", "--jobs", "0"],
        ["ingest", "{letter}", "--db", "{letter}"],
        ["ingest", "{letter}", "--db", "{folder}"],
        ["extract", "/no/such/file.pdf"],
        ["read", "/no/such/file.pdf"],
        ["repair", "/no/such/file.txt"],
        ["query", "SELECT 1", "--db", "{db}"],
        ["search", "x", "--db", "{letter}"],
        ["export", "--db", "{db}", "--to", "{folder}/out"],
        ["export", "--db", "{db}", "--to", "{folder}/out", "--format", "xlsx"],
        ["digest", "--db", "{db}"],
        ["nothing"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(words: list[str], letter: Path, tmp_path: Path) -> None:
    places = {"db": tmp_path / "new.duckdb", "letter": letter, "folder": letter.parent}
    shown = call(*(word.format(**places) for word in words))
    assert shown.exit_code == 2, shown.output
    assert shown.stderr
    assert not (tmp_path / "new.duckdb").exists()
    assert letter.read_text(encoding="utf-8") == LETTER


@pytest.mark.parametrize("command", ["extract", "read"])
def test_a_broken_file_ends_with_1(command: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7\nnothing more")
    shown = call(command, path)
    assert shown.exit_code == 1
    assert "x.pdf" in shown.stderr
    assert shown.stdout == ""


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
    import struct
    import zlib

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
