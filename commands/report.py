"""`report`: a page for whoever acts on what was read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from commands.common import Database, clear_errors


def report(
    db: Database,
    to: Annotated[Path, typer.Option("--to", metavar="FILE.html", help="The page; overwritten.")],
    as_of: Annotated[
        dt.datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="Count deadlines from this day. [default: today]"),
    ] = None,
) -> None:
    """Write one HTML page, in Vietnamese, that needs nothing else: it opens offline, in light and dark, and prints.

    What was read and how surely; what is in doubt, with its picture cut out of the page; deadlines; targets beside
    results; who cites what; what could not be read and what to do about it.

    \b
    Examples:
      cli.py report --db out/papers.duckdb --to out/report.html
      cli.py report --db out/papers.duckdb --to out/report.html --as-of 2025-10-01
    """
    from pipeline.report.write import write_report

    with clear_errors():
        size = write_report(db, to, as_of.date() if as_of else dt.date.today())  # noqa: DTZ011  (the user's own day)
    typer.echo(f"{to}: {size / 1e6:.1f} MB")
