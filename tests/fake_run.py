"""`python -m tests.fake_run FOLDER DB [SECONDS]`: a run with the costless reading, to be interrupted and killed by tests."""

from __future__ import annotations

import sys
from pathlib import Path

from pipeline.find import find_inputs
from pipeline.ingest import stopping
from pipeline.run import run
from pipeline.summary import Progress
from pipeline.workers.pool import Processes
from tests.fake_work import WORK


def tell(progress: Progress) -> None:
    sys.stdout.write(f"{progress.summary.settled}\n")
    sys.stdout.flush()


def main() -> int:
    with stopping() as stop:
        pool = Processes(2)
        summary = run(find_inputs([sys.argv[1]]), Path(sys.argv[2]), WORK, pool, tell=tell, stop=stop, patience=0.2)
        pool.shutdown(wait=False, cancel_futures=True)
    return 130 if summary.interrupted else 0


if __name__ == "__main__":
    raise SystemExit(main())
