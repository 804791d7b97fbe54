"""`score`: the scorecard."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.common import FAILED, USAGE, clear_errors, stop

if TYPE_CHECKING:
    from pipeline.score.card import Scored

FREEZE = "VANBAN_FREEZE"


def score(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="[FOLDER...]", help="More folders of papers with gold records.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="PATTERN", help="Papers of these names, as 'qd-*'.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Read the papers, not their recorded readings.")] = False,
    details: Annotated[bool, typer.Option("--details", help="Show every value that is missing or wrong.")] = False,
    without_aside: Annotated[bool, typer.Option("--without-aside", help="Leave out those kept aside.")] = False,
    freeze: Annotated[
        bool, typer.Option("--freeze", envvar=FREEZE, help="Accept this run: later ones are compared with it.")
    ] = False,
) -> None:
    """Score samples/ (and other folders with gold records) and compare with the last accepted run.

    Without --full the recorded readings are taken, which tries the rules only and takes seconds. The accepted run is
    accepted.json of each folder. Exit code 1: something was lost that was not accepted, or a paper could not be read.

    \b
    Examples:
      cli.py score
      cli.py score --full --only 'bc-*' --details
      cli.py score --full ../more-papers
      cli.py score --full --freeze
    """
    from pipeline.score import show
    from pipeline.score.papers import SAMPLES, find_papers
    from pipeline.score.run import score as run_score
    from pipeline.terminal import emit

    if freeze and os.environ.get("CI"):
        stop("--freeze accepts whatever comes: not in an automatic check", USAGE)
    chosen = [SAMPLES, *(folders or ())]
    for folder in chosen:
        if not find_papers(folder):
            stop(f"no papers with gold records in {folder}", USAGE)
    os.environ["OMP_THREAD_LIMIT"] = "1"

    def tell(scored: Scored) -> None:
        if not scored.replayed:
            emit(f"read {scored.paper.name}\n", sys.stderr)

    with clear_errors():
        outcome = run_score(chosen, only or (), aside=not without_aside, full=full, accept=freeze, tell=tell)
    if not outcome.run:
        stop("no paper has such a name", USAGE)
    emit(show.card(outcome.run) + "\n")
    if details:
        emit("".join(show.details(outcome.run)) + "\n")
    if outcome.stale:
        emit(f"{outcome.stale} readings were recorded by other code than today's: --full reads anew\n")
    emit(show.against(outcome.changes, outcome.new))
    for name, error in outcome.unread.items():
        emit(f"nothing could be read of {name}: {error.splitlines()[-1]}\n", sys.stderr)
    if freeze:
        emit("accepted\n")
    if outcome.unread or (outcome.losses and not freeze):
        raise typer.Exit(FAILED)
