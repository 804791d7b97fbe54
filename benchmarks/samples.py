"""Scores every sample, or other folders with a `gold.json`: `python -m benchmarks.samples [NAME…] [--open]`.

Prints one row a sample and the averages; with `--details` what was wrong. `--open` leaves out those kept aside.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

from pipeline.score.measures import score_page, score_record, wrong_fields
from pipeline.process import process
from pipeline.read import ReadSettings
from schemas.result import Job

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
COLUMNS = (
    "document document_wrong attachments legal_bases citations recipients targets target_metrics tasks task_cells"
    " results footnotes digital_signatures mean recall precision cer"
).split()


def folders(names: list[str], only_open: bool) -> list[Path]:
    """Folders with a gold record; those kept aside from tuning last, or not at all."""
    found = sorted(path.parent for path in SAMPLES.glob("*/gold.json"))
    if not only_open:
        found += sorted(path.parent for path in (SAMPLES / "aside").glob("*/gold.json"))
    return [folder for folder in found if not names or folder.name in names]


def measure(folder: Path) -> tuple[dict[str, float | None], dict[str, Any]]:
    """Scores of one sample, and what was wrong in its document fields. Raises RuntimeError where nothing was read."""
    path = next(folder.glob("scan.*"))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    result = process(Job(path, sha256[:16], sha256), ReadSettings())
    if result.record is None:
        raise RuntimeError(f"{folder.name}: {result.failures}")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    got = result.record.model_dump(mode="json")
    scores = score_record(gold, got)
    text = score_page(
        (folder / "text.gold.txt").read_text(encoding="utf-8"), "\n".join(page.text for page in result.pages)
    )
    scores |= {"recall": text["word_recall"], "precision": text["word_precision"], "cer": text["cer_in_order"]}
    return scores, wrong_fields(gold["document"], got["document"])


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.samples", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--open", action="store_true", help="without the samples kept aside from tuning")
    parser.add_argument("--details", action="store_true", help="show the wrong fields of the document")
    given = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    print("\t".join(["sample", *COLUMNS, "s"]))
    rows = []
    for folder in folders(given.names, given.open):
        started = time.perf_counter()
        scores, wrong = measure(folder)
        rows.append(scores)
        cells = ["" if (score := scores.get(name)) is None else f"{score:.3f}" for name in COLUMNS]
        print("\t".join([folder.name, *cells, f"{time.perf_counter() - started:.1f}"]), flush=True)
        if given.details and folder.parent.name != "aside":
            for name, (want, have) in wrong.items():
                print(f"    {name}: {want!r} <- {have!r}")
    averages = []
    for name in COLUMNS:
        known = [score for row in rows if (score := row.get(name)) is not None]
        averages.append(f"{sum(known) / len(known):.3f}" if known else "")
    print("\t".join(["average", *averages]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
