"""From a database to a page on the disk."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from pipeline.database.publish import open_published
from pipeline.report.crops import crops
from pipeline.report.facts import gather
from pipeline.report.page import page


def write_report(db: Path, to: Path, as_of: dt.date) -> int:
    """Writes the report and gives its size in bytes. as_of: the day from which deadlines are counted.

    Whoever has the old page open keeps it: the new one takes its place whole. Raises StoreError, OSError.
    """
    with open_published(db) as connection:
        facts = gather(connection, as_of)
    data = page(facts, crops(facts.doubts.items), db.name).encode()
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(to.name + ".part")
    try:
        part.write_bytes(data)
        os.replace(part, to)
    finally:
        part.unlink(missing_ok=True)
    return len(data)
