"""Tesseract is missing, crashes, hangs or prints rubbish: the page fails with a reason, the program never."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytesseract
import pytest

from pipeline.errors import ComponentMissing, ReadError
from pipeline.recognise import tesseract
from pipeline.recognise.tesseract import Tesseract

PAGE = np.full((60, 200), 255, np.uint8)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program in the place of Tesseract: it answers what it is asked about itself, then does `$PAGE_DOES`."""
    path = tmp_path / "tesseract"
    path.write_text("""#!/bin/sh
case "$*" in
*--version*) echo "tesseract 5.3.0" ;;
*--list-langs*) echo "List of available languages (1):"; echo vie ;;
*) eval "$PAGE_DOES" ;;
esac
""")
    path.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(path))
    tesseract._installed.cache_clear()
    yield path
    tesseract._installed.cache_clear()


def test_it_goes_missing(program: Path) -> None:
    engine = Tesseract()
    program.unlink()
    with pytest.raises(ComponentMissing, match="tesseract-ocr-vie"):
        engine.read(PAGE, 200.0, 10.0)
    tesseract._installed.cache_clear()
    with pytest.raises(ComponentMissing, match="tesseract-ocr-vie"):
        Tesseract()


@pytest.mark.parametrize("does", ["echo 'out of luck' >&2; exit 1", "kill -SEGV $$", "kill -KILL $$"])
def test_it_crashes(program: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    monkeypatch.setenv("PAGE_DOES", does)
    with pytest.raises(ReadError, match="Tesseract gave up on this page") as told:
        Tesseract().read(PAGE, 200.0, 10.0)
    assert (told.value.stage, told.value.category) == ("read", "damaged")


def test_it_hangs(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_DOES", "exec sleep 600")
    began = time.monotonic()
    with pytest.raises(ReadError, match="longer than 1 s") as told:
        Tesseract().read(PAGE, 200.0, 1.0)
    assert told.value.category == "timeout"
    assert time.monotonic() - began < 30


HEAD = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext"


@pytest.mark.parametrize(
    "printed",
    ["", "no table at all", HEAD.replace("conf", "cnof"), HEAD + "\\n5\\t1\\t1\\t1\\t1\\t1\\tleft\\t2\\t3\\t4\\t90\\tchữ",
     HEAD + "\\n5\\t1\\t1\\t1\\t1\\t1\\t1\\t2\\t3\\t4\\tsure\\tchữ", "\\377\\376\\000"],
)  # fmt: skip
def test_it_prints_rubbish(program: Path, monkeypatch: pytest.MonkeyPatch, printed: str) -> None:
    # Tesseract writes OUTPUT.tsv; OUTPUT is its second argument
    monkeypatch.setenv("PAGE_DOES", f"""printf '{printed}' > "$2.tsv" """)
    with pytest.raises(ReadError, match="Tesseract's answer makes no sense") as told:
        Tesseract().read(PAGE, 200.0, 10.0)
    assert (told.value.stage, told.value.category) == ("read", "damaged")


def test_its_answer_is_understood(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = "\\n5\\t1\\t1\\t1\\t1\\t1\\t1\\t2\\t3\\t4\\t90\\tchữ"
    monkeypatch.setenv("PAGE_DOES", f"""printf '{HEAD + row}' > "$2.tsv" """)
    (line,) = Tesseract().read(PAGE, 200.0, 10.0)
    assert [(word.text, word.confidence) for word in line.words] == [("chữ", 0.9)]
    assert os.environ["OMP_THREAD_LIMIT"] == "1"
