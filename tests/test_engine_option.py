"""`--engine` decides what reads page pictures, and a paper is read anew when it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import call
from tests.made_pages import decision_pdf, picture, scan_pdf, write


@pytest.mark.slow
def test_each_engine_reads_and_the_ledger_knows_which(tmp_path: Path) -> None:
    scan = write(tmp_path, "a.pdf", scan_pdf(picture(decision_pdf())))
    db = tmp_path / "a.duckdb"
    for engine in ("ctc", "tesseract"):
        told = call("ingest", scan, "--db", db, "--executor", "inline", "--engine", engine)
        assert "done 1, unchanged 0" in told.output
        assert "unchanged 1" in call("ingest", scan, "--db", db, "--executor", "inline", "--engine", engine).output
        (document,) = json.loads(call("query", "SELECT code FROM documents", "--db", db, "--format", "json").output)
        assert document["code"] == "45/QĐ-UBND"
        read = call("read", scan, "--engine", engine)
        assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in read.output


def test_no_other_engine_is_taken(tmp_path: Path) -> None:
    assert call("read", tmp_path, "--engine", "other").exit_code == 2
