"""How pages are read: what can be set, and the key that says what a page reads as."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.recognise.engines import recogniser

READING = ("sources", "picture", "recognise", "layout", "repair")  # folders that decide what a page reads as


@dataclass(frozen=True)
class ReadSettings:
    """How pages are read.

    dpi: of rendered pages that are no scans. page_time_limit: seconds a recogniser may take for one page.
    pixel_cap: most pixels of a page. language_data: folder of Tesseract's models, None for its own. engine: one of pipeline.recognise.engines.ENGINES.
    trust_roots: certificates (DER) by which digital signatures are trusted.
    """

    dpi: float = 300.0
    page_time_limit: float = 120.0
    pixel_cap: int = 120_000_000
    language_data: Path | None = None
    engine: str = "auto"
    trust_roots: tuple[bytes, ...] = ()

    def fingerprint(self) -> str:
        """All that changes what a page reads as: the ledger's key of how a document was read. Raises ComponentMissing."""
        parts = (
            recogniser(self.engine, self.language_data).fingerprint(),
            f"dpi {self.dpi:g}",
            f"cap {self.pixel_cap}",
            f"code {_reading_hash()}",
            *([f"roots {hashlib.sha256(b''.join(self.trust_roots)).hexdigest()[:12]}"] if self.trust_roots else []),
        )
        return "; ".join(parts)


@cache
def _reading_hash() -> str:
    """A hash of all code and models that decide what a page reads as: documents are read again when they change."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for path in sorted(
        [here / "read.py", here / "finish.py", *(p for room in READING for p in (here / room).rglob("*"))]
    ):
        if path.is_file() and path.suffix not in (".pyc", ".md"):
            digest.update(path.relative_to(here).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
