"""`ingest`: papers into the database."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.common import FAILED, INTERRUPTED, USAGE, Database, clear_errors, stop


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or patterns.")],
    db: Database,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes. [default: one a core]")
    ] = None,
    executor: Annotated[
        str, typer.Option(metavar="SPEC", help="Where the work runs: inline, processes, processes:N.")
    ] = "processes",
    force: Annotated[bool, typer.Option("--force", help="Read everything anew.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read anew what failed before, wholly or in some pages.")
    ] = False,
    show: Annotated[
        bool | None, typer.Option("--show/--no-show", help="Print what was found. [default: on a terminal]")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1, help="Seconds that one document may take.")] = 1800.0,
    page_limit: Annotated[float, typer.Option(min=1, help="Seconds that one page may take.")] = 300.0,
) -> None:
    """Read papers into a DuckDB file.

    PDF, PNG, JPEG, TIFF and text dumps (.txt). What is in the file already and has not changed is skipped. Inputs
    that fail stand in table failures, the rest is loaded; the exit code is 1 then.

    \b
    Examples:
      cli.py ingest scans/ --db out/papers.duckdb
      cli.py ingest 'scans/**/*.pdf' letter.png --db out/papers.duckdb --jobs 4
      cli.py ingest scans/ --db out/papers.duckdb --force --show
    """
    from pipeline.database.look import found
    from pipeline.find import find_inputs
    from pipeline.ingest import ingest as run_ingest
    from pipeline.run import Scope
    from pipeline.schedule import Limits
    from pipeline.terminal import emit, make_teller, show_table

    inputs = find_inputs(paths)
    missing = "\n".join(f"no such file or folder, and no file fits the pattern: {name}" for name in inputs.missing)
    if missing and not inputs.files:
        stop(missing, USAGE)
    for path in inputs.skipped:
        emit(f"left out, a link that leads out of the folder: {path}\n", sys.stderr)
    with clear_errors():
        with make_teller() as tell:
            limits = Limits(page_limit, time_limit)
            scope: Scope = "all" if force else "failed" if retry_failed else "new"
            summary = run_ingest(inputs, db, executor, jobs, limits, scope=scope, tell=tell)
        if summary.doc_ids and (sys.stdout.isatty() if show is None else show):
            show_table(*found(db, summary.doc_ids), cut=("name", "title", "signer"))
    typer.echo(str(summary))
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if missing:
        stop(missing, USAGE)
    if summary.failed or summary.partial:
        typer.echo(f"what failed and why: query 'FROM failures' --db {db}", err=True)
        raise typer.Exit(FAILED)
