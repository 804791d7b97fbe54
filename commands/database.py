"""`query`, `search`, `export`, `digest`: what the database says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from commands.common import USAGE, Database, clear_errors, stop


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One query.")],
    db: Database,
    form: Annotated[Literal["table", "csv", "json"], typer.Option("--format", help="How to print.")] = "table",
) -> None:
    """Ask the database (read-only, DuckDB's SQL). The tables stand in docs/schema.md.

    \b
    Examples:
      cli.py query "SELECT code, issued_on, title FROM documents" --db out/papers.duckdb
      cli.py query "FROM tasks WHERE period_end < '2026-01-01'" --db out/papers.duckdb --format csv > tasks.csv
      cli.py query "SELECT category, count(*) FROM failures GROUP BY ALL" --db out/papers.duckdb --format json
    """
    from pipeline.database import look
    from pipeline.database.publish import open_published
    from pipeline.terminal import show_answer

    with clear_errors(), open_published(db) as connection:
        try:
            answer = look.query(connection, sql)
        except look.QueryError as error:
            stop(str(error), USAGE)
        show_answer(answer, form)


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="With or without diacritics.")],
    db: Database,
    limit: Annotated[int, typer.Option(min=1, help="Most pages to show.")] = 10,
    form: Annotated[Literal["text", "csv", "json"], typer.Option("--format", help="How to print.")] = "text",
) -> None:
    """Find pages by their words, with or without diacritics, best first.

    Words typed with diacritics count most where they are written so; words in quotation marks must stand together.

    \b
    Examples:
      cli.py search cai cach hanh chinh --db out/papers.duckdb
      cli.py search '"Tổ công tác" số hóa' --db out/papers.duckdb
      cli.py search 76/NQ-CP --db out/papers.duckdb --limit 5
    """
    from pipeline.database.look import Answer
    from pipeline.database.publish import open_published
    from pipeline.database.search import Hit
    from pipeline.database.search import search as find
    from pipeline.terminal import emit, show_answer

    with clear_errors(), open_published(db) as connection:
        hits = find(connection, " ".join(words), limit)
    if form == "text":
        emit("".join(f"{hit}\n" for hit in hits))
    else:
        show_answer(Answer(Hit._fields, iter(hits)), form)
    if not hits:
        typer.echo("nothing found", err=True)


def export(
    db: Database,
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Folder; made where needed.")],
    form: Annotated[Literal["parquet", "csv", "xlsx", "json"], typer.Option("--format", help="What.")] = "parquet",
) -> None:
    """Write every table and view as files, for people without DuckDB.

    parquet: folders NAME.parquet, in parts by kind and year of the paper, for pandas, R, Spark, DuckDB. csv opens in
    Excel with its diacritics (UTF-8 with a byte order mark), and no text is taken for a formula; xlsx is one workbook
    with a sheet a table; json is one object a line.

    \b
    Examples:
      cli.py export --db out/papers.duckdb --to out/tables
      cli.py export --db out/papers.duckdb --to out/tables --format xlsx
    """
    from pipeline.database.export import export as write_tables

    with clear_errors():
        made = write_tables(db, to, form)
    typer.echo(f"files written to {to}: {len(made)}")


def digest(db: Database) -> None:
    """Print one fingerprint of all that the database says: the same input gives the same digest.

    \b
    Example:
      cli.py digest --db out/papers.duckdb
    """
    from pipeline.database.digest import digest as digest_of
    from pipeline.database.publish import open_published

    with clear_errors(), open_published(db) as connection:
        typer.echo(digest_of(connection))
