#!/usr/bin/env python3
"""The command line: Vietnamese official papers in, repaired text and normalized records in DuckDB out.

The commands stand in commands/; heavy imports stand inside them, so that `--help` comes at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

import typer

from commands.database import digest, export, query, search
from commands.document import extract, read, repair
from commands.ingest import ingest
from commands.machine import doctor
from commands.report import report
from commands.score import score

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


@app.callback()
def main() -> None:
    """Reads Vietnamese official papers (PDF, pictures, text dumps) offline: repaired text, a record, DuckDB."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # UTF-8 whatever the locale; names that are no text are shown as \\udcff
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


# In the order of `--help`.
for command in (ingest, extract, read, repair, query, search, export, report, digest, score, doctor):
    app.command()(command)

if __name__ == "__main__":
    app()
