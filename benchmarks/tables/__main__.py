"""Scores task tables of many manners: `python -m benchmarks.tables [NAME…] [--form FORM…] [--aside] [--details]`.

Forms: clean dumps `woven` line by line, `cells` cell by cell, `columns` column by column; `born` PDF with text; `scan` (L1);
`open`, a scan of tables without lines; `noisy` dump, a scan that Tesseract read with its English model. `--aside` measures
those papers by which no rule was tuned.
Prints, a form a column, the share of task cells that are right (task_cells of the scorer). Pages are read once and kept in
`--work`, so that changed rules can be tried at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import pickle
import tempfile
from itertools import zip_longest
from pathlib import Path
from typing import Any

from benchmarks.tables.forms import FORMS, write
from benchmarks.tables.paper import gold, load_all
from extractors.paper import Paper
from extractors.plan.tasks import TASKS
from pipeline.process import process
from pipeline.read import ReadSettings
from pipeline.score.measures import score_record
from schemas.page import Page
from schemas.result import Job
from schemas.text import DocumentText


def read_pages(path: Path) -> tuple[Page, ...]:
    """The pages of a file as the pipeline reads them. Raises RuntimeError where nothing was read."""
    kept = path.with_suffix(".pages")
    if kept.exists():
        pages: tuple[Page, ...] = pickle.loads(kept.read_bytes())  # noqa: S301  (written by this command)
        return pages
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    result = process(Job(path, sha256[:16], sha256), ReadSettings())
    if not result.pages:
        raise RuntimeError(f"{path}: {result.failures}")
    kept.write_bytes(pickle.dumps(tuple(result.pages)))
    return tuple(result.pages)


def _show(wanted: list[dict[str, Any]], got: list[dict[str, Any]]) -> None:
    """The cells that differ, row by row."""
    print(f"  rows {len(wanted)}, read {len(got)}")
    nothing: dict[str, Any] = {}
    for want, have in zip_longest(wanted, got, fillvalue=nothing):
        names = [name for name in want or have if want.get(name) != have.get(name)]
        print(f"  {have.get('no')}:", json.dumps({n: [want.get(n), have.get(n)] for n in names}, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--form", nargs="+", choices=FORMS, default=FORMS)
    parser.add_argument("--aside", action="store_true", help="only the papers by which no rule was tuned")
    parser.add_argument("--details", action="store_true", help="show what was wanted and what came out")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "vanban-tables")
    given = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    sums: dict[str, list[float]] = {form: [] for form in given.form}
    print("paper", *given.form, sep="\t")
    for paper in load_all():
        if paper.aside != given.aside or (given.names and paper.name not in given.names):
            continue
        wanted = gold(paper)
        cells = []
        for form in given.form:
            text = DocumentText(read_pages(write(paper, form, given.work)))
            got = [found.value.model_dump(mode="json") for found in TASKS.find(Paper(text))]
            score = score_record({"document": {"x": None}, "tasks": wanted}, {"document": {}, "tasks": got})
            cells.append(score["task_cells"] or 0.0)
            sums[form].append(cells[-1])
            if given.details:
                _show(wanted, got)
        print(paper.name, *(f"{cell:.3f}" for cell in cells), sep="\t", flush=True)
    print("average", *(f"{sum(found) / len(found):.3f}" if found else "" for found in sums.values()), sep="\t")


if __name__ == "__main__":
    main()
