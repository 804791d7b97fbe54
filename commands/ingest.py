"""`ingest`: papers into the database."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.common import FAILED, INTERRUPTED, USAGE, Database, Engine, TrustRoots, clear_errors, stop, trusted

LogFormat = Literal["text", "json"]


def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, patterns, addresses such as s3://BUCKET/FOLDER."),
    ],
    db: Database,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes. [default: one a core]")
    ] = None,
    executor: Annotated[
        str,
        typer.Option(metavar="SPEC", help="Where the work runs: inline, processes, processes:N, dask:tcp://HOST:PORT."),
    ] = "processes",
    force: Annotated[bool, typer.Option("--force", help="Read everything anew.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Read anew what failed before, wholly or in some pages.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Then go on with what comes in, until Ctrl-C.")] = False,
    show: Annotated[
        bool | None, typer.Option("--show/--no-show", help="Print what was found. [default: on a terminal]")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1, help="Seconds that one document may take.")] = 1800.0,
    page_limit: Annotated[float, typer.Option(min=1, help="Seconds that one page may take.")] = 300.0,
    follow_links: Annotated[bool, typer.Option("--follow-links", help="Follow links out of the folders, too.")] = False,
    log_format: Annotated[LogFormat, typer.Option(help="How the log is written.")] = "text",
    log_file: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the log here, too.")] = None,
    metrics_file: Annotated[Path | None, typer.Option(metavar="FILE", help="Keep figures for Prometheus here.")] = None,
    trust_roots: TrustRoots = None,
    engine: Engine = "auto",
) -> None:
    """Read papers into a DuckDB file.

    PDF, PNG, JPEG, TIFF and text dumps (.txt). What is in the file already and has not changed is skipped. Inputs
    that fail stand in table failures, the rest is loaded; the exit code is 1 then.

    \b
    Examples:
      cli.py ingest scans/ --db out/papers.duckdb
      cli.py ingest 'scans/**/*.pdf' letter.png --db out/papers.duckdb --jobs 4
      cli.py ingest scans/ --db out/papers.duckdb --force --show
      cli.py ingest inbox/ --db out/papers.duckdb --watch
      cli.py ingest scans/ --db out/papers.duckdb --engine tesseract
    """
    from pipeline.database.look import found
    from pipeline.find import Inputs, find_inputs
    from pipeline.ingest import ingest as run_ingest
    from pipeline.ingest import stopping
    from pipeline.run import Scope
    from pipeline.schedule import Limits
    from pipeline.summary import Summary
    from pipeline.terminal import emit, show_table, telling
    from pipeline.watch import arrivals

    roots = trusted(trust_roots)
    with clear_errors():
        inputs = find_inputs(paths, follow_links=follow_links)
    missing = "\n".join(f"no such file or folder, and no file fits the pattern: {name}" for name in inputs.missing)
    if missing and not inputs.files:
        stop(missing, USAGE)
    for path in inputs.skipped:
        emit(f"left out, a link that leads out of the folder: {path}\n", sys.stderr)
    limits = Limits(page_limit, time_limit)
    scope: Scope = "all" if force else "failed" if retry_failed else "new"

    def load(inputs: Inputs, scope: Scope) -> Summary:
        with telling(log_format, log_file, metrics_file) as tell:
            summary = run_ingest(inputs, db, executor, jobs, limits, scope=scope, tell=tell, roots=roots, engine=engine)
            tell.end(summary)
        if summary.doc_ids and (sys.stdout.isatty() if show is None else show):
            show_table(*found(db, summary.doc_ids), cut=("name", "title", "signer"))
        typer.echo(str(summary))
        if summary.interrupted:
            raise typer.Exit(INTERRUPTED)
        return summary

    with clear_errors():
        if watch:
            with stopping() as ended:
                for arrived in arrivals(partial(find_inputs, paths, follow_links=follow_links), ended):
                    load(arrived, scope)
                    scope = "new"
            return
        summary = load(inputs, scope)
    if missing:
        stop(missing, USAGE)
    if summary.failed or summary.partial:
        typer.echo(f"what failed and why: query 'FROM failures' --db {db}", err=True)
        raise typer.Exit(FAILED)
