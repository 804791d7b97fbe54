"""What the commands share: options, and how a command ends.

Exit codes: 0 all well; 1 some input failed; 2 wrong usage or a missing component; 130 ended by Ctrl-C. Heavy imports
stand inside the commands, so that `--help` comes at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal, NoReturn

import typer

FAILED, USAGE, INTERRUPTED = 1, 2, 130

Database = Annotated[Path, typer.Option("--db", metavar="FILE", help="The DuckDB file.")]

EngineName = Literal["auto", "ctc", "tesseract"]
Engine = Annotated[
    EngineName,
    typer.Option("--engine", help="What reads page pictures; auto: the CTC engine, Tesseract where that is in doubt."),
]
TrustRoots = Annotated[
    Path | None,
    typer.Option(
        "--trust-roots", metavar="DIR", help="Certificates (.crt, .cer, .pem, .der) that signatures must lead to."
    ),
]


def trusted(folder: Path | None) -> tuple[bytes, ...]:
    """The certificates of that folder, none without one; ends the command where it holds none."""
    if folder is None:
        return ()
    from pipeline.sources.verification import BadRootsError, load_roots

    try:
        return load_roots(folder)
    except BadRootsError as error:
        stop(str(error), USAGE)
    except OSError as error:
        stop(f"{folder} cannot be read: {error.strerror}", USAGE)


def stop(message: str, code: int) -> NoReturn:
    """Say why on standard error, without control characters, and end with this exit code."""
    from pipeline.terminal import without_controls

    typer.echo(without_controls(message), err=True)
    raise typer.Exit(code)


@contextmanager
def clear_errors() -> Iterator[None]:
    """Errors that a person can mend end the command with one line and exit code 2."""
    import duckdb

    from pipeline.database.publish import StoreError
    from pipeline.errors import ComponentMissing
    from pipeline.executors import UnknownExecutor
    from pipeline.remote import RemoteError

    try:
        yield
    except (ComponentMissing, StoreError, UnknownExecutor, RemoteError) as error:
        stop(str(error), USAGE)
    except OSError as error:
        stop(f"{error.filename or 'a file'} cannot be used: {error.strerror or error}", USAGE)
    except duckdb.Error as error:
        stop(f"the database gave up, what was published is whole: {error}", USAGE)
