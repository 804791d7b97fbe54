"""`extract`, `read`, `repair`: one document, nothing stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import FAILED, USAGE, Engine, TrustRoots, clear_errors, stop, trusted

if TYPE_CHECKING:
    from schemas.result import Result


def _processed(file: Path, roots: tuple[bytes, ...] = (), engine: str = "auto") -> Result:
    """One file read and extracted here; ends the command where nothing came of it."""
    from pipeline.ingest import process_file
    from pipeline.terminal import failure_line

    if not file.exists():
        stop(f"no such file: {file}", USAGE)
    with clear_errors():
        result = process_file(file, roots, engine)
    for failure in result.failures:
        typer.echo(failure_line(failure.source_path, failure.page, failure.category, failure.error), err=True)
    if result.status == "failed":
        raise typer.Exit(FAILED)
    return result


def extract(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, picture or text dump.")],
    pretty: Annotated[bool, typer.Option("--pretty", help="Indented, for reading.")] = False,
    trust_roots: TrustRoots = None,
    engine: Engine = "auto",
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

    result = _processed(file, trusted(trust_roots), engine)
    emit(json.dumps(record_json(result), ensure_ascii=False, indent=2 if pretty else None) + "\n")
    if result.status == "partial":
        raise typer.Exit(FAILED)


def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PDF, picture or text dump.")], engine: Engine = "auto"
) -> None:
    """Print the final text of one document, pages separated by a form feed.

    \b
    Examples:
      cli.py read scan.pdf
      cli.py read scan.pdf > scan.txt
      cli.py read scan.pdf --engine tesseract
    """
    from pipeline.terminal import emit

    result = _processed(file, engine=engine)
    emit("\f".join(page.text for page in result.pages) + "\n")
    if result.status == "partial":
        raise typer.Exit(FAILED)


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

    with clear_errors():
        data = sys.stdin.buffer.read() if file is None or str(file) == "-" else file.read_bytes()
    decoded = decode_text(data)
    if decoded is None:
        stop(f"{file or 'standard input'} is no text in an encoding that is known", FAILED)
    emit(repair_text(decoded.text))
