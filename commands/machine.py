"""`doctor`: what this machine has."""

from __future__ import annotations

import typer

from commands.common import USAGE, stop


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
        stop("\n".join(cures(found)), USAGE)
