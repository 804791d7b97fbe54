"""What the command `score` does: score the papers of some folders, compare with what was accepted, accept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline.score.accepted import Change, changes, freeze, load
from pipeline.score.card import Scored, score_paper
from pipeline.score.papers import GoldPaper, find_papers
from pipeline.settings import ReadSettings


@dataclass(frozen=True)
class Outcome:
    """A run over all folders.

    new: papers that no accepted run knows. stale: replayed readings that other code has made. unread: papers of which nothing
    could be read, and why; they are never accepted.
    """

    run: tuple[Scored, ...]
    changes: tuple[Change, ...]
    new: int
    stale: int
    unread: dict[str, str]

    @property
    def losses(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.gain < 0)


def chosen(folder: Path, only: Sequence[str], *, aside: bool) -> list[GoldPaper]:
    """Papers of a folder whose name fits one of the patterns (all where none is given)."""
    return [
        paper
        for paper in find_papers(folder)
        if (aside or not paper.aside) and (not only or any(fnmatchcase(paper.name, pattern) for pattern in only))
    ]


def score(
    folders: Sequence[Path],
    only: Sequence[str] = (),
    *,
    aside: bool = True,
    full: bool = False,
    accept: bool = False,
    tell: Callable[[Scored], None] = lambda scored: None,
) -> Outcome:
    """Scores the papers of the folders; with `accept` the run becomes the accepted one. Raises ComponentMissing, OSError.

    full: read the papers; otherwise recorded readings are taken where there are some, which needs no recogniser.
    """
    run: list[Scored] = []
    found: list[Change] = []
    unread: dict[str, str] = {}
    new = stale = 0
    read_by = ReadSettings().fingerprint()
    for folder in folders:
        accepted = load(folder)
        own = []
        for paper in chosen(folder, only, aside=aside):
            scored = score_paper(paper, full=full)
            tell(scored)
            if scored.result.status == "failed":
                unread[paper.name] = "; ".join(failure.error.strip() for failure in scored.result.failures)
            else:
                own.append(scored)
            run.append(scored)
            found += changes(scored, accepted)
            new += paper.name not in accepted
            if scored.replayed and paper.name in accepted:
                stale += accepted[paper.name]["read_by"] != read_by
        if accept and own:
            freeze(folder, own, [paper.name for paper in find_papers(folder)], read_by)
    return Outcome(tuple(run), tuple(found), new, stale, unread)
