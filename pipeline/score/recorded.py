"""A reading kept beside the paper, so that the rules can be tried on it without reading the pictures again."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from pipeline.database.rows import page_rows
from pipeline.database.stored_pages import load_page
from pipeline.read import Reading
from schemas.result import Failure, Result


def save(file: Path, result: Result) -> None:
    """Writes the reading that the result came from; a file that says the same stays as it is."""
    rows = page_rows(result.pages)
    said = {
        "paper": result.job.sha256,
        "kind": result.kind,
        "pages": [{**page, **words} for page, words in zip(rows["pages"], rows["page_words"], strict=True)],
        "annotations": rows["annotations"],
        "failures": [failure._replace(source_path="") for failure in result.failures],
    }
    text = json.dumps(said, ensure_ascii=False)
    if not file.exists() or lzma.decompress(file.read_bytes()).decode() != text:
        file.write_bytes(lzma.compress(text.encode(), preset=9))


def load(file: Path, sha256: str) -> Reading | None:
    """The reading of the paper with this fingerprint; None where none was recorded."""
    if not file.exists():
        return None
    said = json.loads(lzma.decompress(file.read_bytes()))
    if said["paper"] != sha256:
        return None
    pages = tuple(
        load_page(page, [note for note in said["annotations"] if note["page"] == page["page"]])
        for page in said["pages"]
    )
    return Reading(pages, said["kind"], tuple(Failure(*failure) for failure in said["failures"]), {})
