"""Scores records of a folder of papers with gold beside them: `python -m benchmarks.records FOLDER [--details]`.

NAME.pdf (or .png, .tif, .txt …) beside NAME.gold.json. Prints one row a paper, the averages, and over all document fields the
share that is right and the share that is given but wrong.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path

from pipeline.score.measures import score_record, wrong_fields
from pipeline.process import process
from pipeline.read import ReadSettings
from schemas.result import Job

GOLD = ".gold.json"
LISTS = ("attachments", "legal_bases", "citations", "recipients", "results", "digital_signatures")


def papers(folder: Path) -> list[tuple[Path, Path]]:
    """(paper, gold) by name."""
    found = []
    for gold in sorted(folder.glob(f"*{GOLD}")):
        stem = gold.name.removesuffix(GOLD)
        found += [
            (path, gold)
            for path in folder.glob(f"{stem}.*")
            if path.stem == stem and path.suffix in (".pdf", ".png", ".jpg", ".tif", ".txt")
        ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--details", action="store_true")
    options = parser.parse_args()
    fields = right = wrong = 0
    sums: dict[str, list[float]] = {}
    print("paper", "document", *LISTS, "CPU s/page", sep="\t")
    for path, gold_path in papers(options.folder):
        gold = json.loads(gold_path.read_text("utf-8"))
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        began = time.process_time()
        result = process(Job(path, sha256[:16], sha256), ReadSettings())
        seconds = (time.process_time() - began) / max(1, len(result.pages))
        if result.record is None:
            raise SystemExit(f"{path}: {[failure.error for failure in result.failures]}")
        record = json.loads(result.record.model_dump_json())
        scores = score_record(gold, record)
        missed = wrong_fields(gold["document"], record["document"])
        fields += len(gold["document"])
        right += len(gold["document"]) - len(missed)
        wrong += int(scores["document_wrong"] or 0)
        for name in ("document", *LISTS):
            score = scores.get(name)
            if score is not None:
                sums.setdefault(name, []).append(score)
        shown = ["" if scores.get(name) is None else f"{scores[name]:.3f}" for name in ("document", *LISTS)]
        print(path.stem, *shown, f"{seconds:.2f}", sep="\t", flush=True)
        if options.details:
            for name, (want, got) in missed.items():
                print(f"    {name}: {want!r} <- {got!r}")
    print(
        "average", *(f"{sum(sums[n]) / len(sums[n]):.3f}" if n in sums else "" for n in ("document", *LISTS)), sep="\t"
    )
    print(
        f"document fields: {fields}, right {100 * right / fields:.1f} %, given but wrong {100 * wrong / fields:.1f} %"
    )


if __name__ == "__main__":
    main()
