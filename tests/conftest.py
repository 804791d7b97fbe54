"""Fixtures that several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import LETTER, call


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A decision as a text dump, alone in a folder."""
    path = tmp_path / "in" / "letter.txt"
    path.parent.mkdir()
    path.write_text(LETTER, encoding="utf-8")
    return path


@pytest.fixture
def db(letter: Path, tmp_path: Path) -> Path:
    """A database that holds the letter."""
    path = tmp_path / "x.duckdb"
    result = call("ingest", letter, "--db", path, "--executor", "inline")
    assert result.exit_code == 0, result.output
    return path
