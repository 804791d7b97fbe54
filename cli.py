#!/usr/bin/env python3
"""The command line: Vietnamese official papers in, repaired text and normalized records in DuckDB out.

Exit codes: 0 all well; 1 some input failed; 2 wrong usage or a missing component; 130 ended by Ctrl-C.
Heavy imports stand inside the commands, so that `--help` comes at once.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

if TYPE_CHECKING:
    from schemas.result import Result

FAILED, USAGE, INTERRUPTED = 1, 2, 130

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)

Database = Annotated[Path, typer.Option("--db", metavar="FILE", help="The DuckDB file.")]


def _stop(message: str, code: int) -> NoReturn:
    from pipeline.terminal import without_controls

    typer.echo(without_controls(message), err=True)
    raise typer.Exit(code)


@app.callback()
def main() -> None:
    """Reads Vietnamese official papers (PDF, pictures, text dumps) offline: repaired text, a record, DuckDB."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # UTF-8 whatever the locale; names that are no text are shown as \\udcff
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


@contextmanager
def _clear_errors() -> Iterator[None]:
    """Errors that a person can mend end the command with one line and exit code 2."""
    import duckdb

    from pipeline.database.publish import StoreError
    from pipeline.errors import ComponentMissing
    from pipeline.executors import UnknownExecutor

    try:
        yield
    except (ComponentMissing, StoreError, UnknownExecutor) as error:
        _stop(str(error), USAGE)
    except OSError as error:
        _stop(f"{error.filename or 'a file'} cannot be used: {error.strerror}", USAGE)
    except duckdb.Error as error:
        _stop(f"the database gave up, what was published is whole: {error}", USAGE)


@app.command()
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
    show: Annotated[
        bool | None, typer.Option("--show/--no-show", help="Print what was found. [default: on a terminal]")
    ] = None,
    time_limit: Annotated[float, typer.Option(min=1, help="Seconds that one document may take.")] = 1800.0,
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
    from pipeline.terminal import emit, make_teller, show_table

    inputs = find_inputs(paths)
    missing = "\n".join(f"no such file or folder, and no file fits the pattern: {name}" for name in inputs.missing)
    if missing and not inputs.files:
        _stop(missing, USAGE)
    for path in inputs.skipped:
        emit(f"left out, a link that leads out of the folder: {path}\n", sys.stderr)
    with _clear_errors():
        with make_teller() as tell:
            summary = run_ingest(inputs, db, executor, jobs, time_limit, force=force, tell=tell)
        if summary.doc_ids and (sys.stdout.isatty() if show is None else show):
            show_table(*found(db, summary.doc_ids), cut=("name", "title", "signer"))
    typer.echo(str(summary))
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if missing:
        _stop(missing, USAGE)
    if summary.failed or summary.partial:
        typer.echo(f"what failed and why: query 'FROM failures' --db {db}", err=True)
        raise typer.Exit(FAILED)


def _processed(file: Path) -> Result:
    """One file read and extracted here; ends the command where nothing came of it."""
    from pipeline.ingest import process_file
    from pipeline.terminal import failure_line

    if not file.exists():
        _stop(f"no such file: {file}", USAGE)
    with _clear_errors():
        result = process_file(file)
    for failure in result.failures:
        typer.echo(failure_line(failure.source_path, failure.page, failure.category, failure.error), err=True)
    if result.status == "failed":
        raise typer.Exit(FAILED)
    return result


@app.command()
def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, picture or text dump.")],
    pretty: Annotated[bool, typer.Option("--pretty", help="Indented, for reading.")] = False,
) -> None:
    """Print the record of one document as JSON. Nothing is stored.

    \b
    Examples:
      cli.py extract decision.pdf --pretty
      cli.py extract dump.txt > record.json
    """
    import json

    from pipeline.ingest import record_json
    from pipeline.terminal import emit

    result = _processed(file)
    emit(json.dumps(record_json(result), ensure_ascii=False, indent=2 if pretty else None) + "\n")
    if result.status == "partial":
        raise typer.Exit(FAILED)


@app.command()
def read(file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, picture or text dump.")]) -> None:
    """Print the final text of one document, pages separated by a form feed.

    \b
    Examples:
      cli.py read scan.pdf
      cli.py read scan.pdf > scan.txt
    """
    from pipeline.terminal import emit

    result = _processed(file)
    emit("\f".join(page.text for page in result.pages) + "\n")
    if result.status == "partial":
        raise typer.Exit(FAILED)


@app.command()
def repair(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Text; standard input where none.")] = None,
) -> None:
    """Repair noisy Vietnamese text. Line i of the output answers line i of the input.

    \b
    Examples:
      cli.py repair noisy.txt > clean.txt
      cat noisy.txt | cli.py repair
    """
    from pipeline.repair import repair_text
    from pipeline.sources.textfile import decode_text
    from pipeline.terminal import emit

    with _clear_errors():
        data = sys.stdin.buffer.read() if file is None or str(file) == "-" else file.read_bytes()
    decoded = decode_text(data)
    if decoded is None:
        _stop(f"{file or 'standard input'} is no text in an encoding that is known", FAILED)
    emit(repair_text(decoded.text))


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One query.")],
    db: Database,
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How to print.")] = "table",
) -> None:
    """Ask the database (read-only, DuckDB's SQL). The tables stand in docs/tables.md.

    \b
    Examples:
      cli.py query "SELECT code, issued_on, title FROM documents" --db out/papers.duckdb
      cli.py query "FROM tasks WHERE period_end < '2026-01-01'" --db out/papers.duckdb --format csv > tasks.csv
      cli.py query "SELECT category, count(*) FROM failures GROUP BY ALL" --db out/papers.duckdb --format json
    """
    from pipeline.database import look
    from pipeline.database.publish import open_published
    from pipeline.terminal import show_answer

    with _clear_errors(), open_published(db) as connection:
        try:
            answer = look.query(connection, sql)
        except look.QueryError as error:
            _stop(str(error), USAGE)
        show_answer(answer, form)


@app.command()
def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="With or without diacritics.")],
    db: Database,
    limit: Annotated[int, typer.Option(min=1, help="Most pages to show.")] = 20,
) -> None:
    """Find pages by their words, with or without diacritics, best first.

    \b
    Examples:
      cli.py search "cai cach hanh chinh" --db out/papers.duckdb
      cli.py search 76/NQ-CP --db out/papers.duckdb --limit 5
    """
    from pipeline.database import look
    from pipeline.database.publish import open_published
    from pipeline.terminal import emit

    with _clear_errors(), open_published(db) as connection:
        hits = look.search(connection, " ".join(words), limit)
    emit("".join(f"{hit}\n" for hit in hits))
    if not hits:
        typer.echo("nothing found", err=True)


@app.command()
def export(
    db: Database,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder; made where needed.")],
    form: Annotated[Literal["parquet", "csv", "xlsx", "json"], typer.Option("--format", help="What.")] = "parquet",
) -> None:
    """Write every table to a file of its own, for people without DuckDB.

    csv opens in Excel with its diacritics (UTF-8 with a byte order mark); xlsx is one workbook with a sheet a table;
    json is one object a line.

    \b
    Examples:
      cli.py export --db out/papers.duckdb --to out/tables
      cli.py export --db out/papers.duckdb --to out/tables --format csv
    """
    from pipeline.database.export import export as write_tables

    with _clear_errors():
        made = write_tables(db, to, form)
    typer.echo(f"files written to {to}: {len(made)}")


@app.command()
def digest(db: Database) -> None:
    """Print one fingerprint of all that the database says: the same input gives the same digest.

    \b
    Example:
      cli.py digest --db out/papers.duckdb
    """
    from pipeline.database.digest import digest as digest_of
    from pipeline.database.publish import open_published

    with _clear_errors(), open_published(db) as connection:
        typer.echo(digest_of(connection))


@app.command()
def doctor() -> None:
    """Print the machine's components and their versions. Exit code 2 where a needed one is missing.

    \b
    Example:
      cli.py doctor
    """
    from pipeline.doctor import components, cures, listing

    found = components()
    typer.echo("\n".join(listing(found)))
    if cures(found):
        _stop("\n".join(cures(found)), USAGE)


if __name__ == "__main__":
    app()
