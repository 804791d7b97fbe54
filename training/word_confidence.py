"""Fits how likely a word is right by the decoder's margin: `python -m training.word_confidence DIR`.

DIR comes from `training.confidence_papers`. The words of its recorded readings are lined up with the print, and for every way
that text comes to us a logistic of the margin is fitted, which the code holds in pipeline/repair/certainty.py. Only papers that are open to tuning are fitted on; the tables show how
far it holds on them and on those kept aside. Readings must be of today's certainty.py: margins are told by it.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import Levenshtein

from pipeline.find import fingerprint
from pipeline.repair.certainty import RECOGNISED, REPAIRED, Certainty
from pipeline.repair.noise_level import measure_noise
from pipeline.score import recorded
from pipeline.score.measures import fold
from pipeline.score.reliability import table
from schemas.page import Page, Word
from training.confidence_papers import papers_read

_CLEAR = 7.0  # margins from which more of it says nothing more; recordings round them away


class Seen(NamedTuple):
    """A word that was read: its confidence, whether the paper prints it, whether it has digits."""

    confidence: float
    right: bool
    digits: bool


def ways_of(pages: tuple[Page, ...]) -> Iterator[tuple[str, Certainty, list[Word]]]:
    """Name, certainty and words for each way that the words of a reading came."""
    read = [
        word
        for page in pages
        if page.source == "ocr" and page.engine == "ctc"
        for line in page.lines
        for word in line.words
    ]
    if read:
        yield "RECOGNISED", RECOGNISED, read
    dumped = [line for page in pages if page.source == "repaired" for line in page.lines]
    if dumped:
        noise = measure_noise([[Word(word.raw, word.raw) for word in line.words] for line in dumped])
        if noise in REPAIRED:
            yield noise, REPAIRED[noise], [word for line in dumped for word in line.words]


def judged(words: list[Word], printed: list[str]) -> list[Seen]:
    """Each word that has a letter or a digit with whether it stands in the print, by the alignment of fewest changes.

    >>> judged([Word("Kế", "Ké", None, 0.9), Word("hoặch", "hoach", None, 0.6)], ["Kế", "hoạch"])
    [Seen(confidence=0.9, right=True, digits=False), Seen(confidence=0.6, right=False, digits=False)]
    """
    right = [False] * len(words)
    for step in Levenshtein.opcodes([fold(word) for word in printed], [fold(word.text) for word in words]):
        if step.tag == "equal":
            right[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return [
        Seen(word.confidence, is_right, any(map(str.isdigit, word.text)))
        for word, is_right in zip(words, right, strict=True)
        if any(map(str.isalnum, word.text))
    ]


def fitted(found: Sequence[Seen], known: Certainty) -> Certainty:
    """The certainty under which what is right is likeliest; `known`: that by which the readings were made."""
    words = [(known.margin(word.confidence), word.right) for word in found if not word.digits]
    margins, right = np.array([margin for margin, _ in words]), np.array([right for _, right in words])
    most, left = (
        round(min(sum(judged) / max(1, len(judged)), 0.9999), 4)
        for judged in (right[margins >= _CLEAR].tolist(), [word.right for word in found if word.digits])
    )

    def likelihood(offset: float, slope: float) -> float:
        chance = most / (1.0 + np.exp(-offset - slope * margins))
        return float(np.log(np.where(right, chance, 1.0 - chance)).sum())

    _, offset, slope = max(
        (likelihood(x, y), x, y) for x in np.arange(-2.0, 2.01, 0.1) for y in np.arange(0.1, 2.01, 0.05)
    )
    return Certainty(most, round(float(offset), 2), round(float(slope), 2), left)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    seen: dict[tuple[str, bool], list[Seen]] = defaultdict(list)
    certainties: dict[str, Certainty] = {}
    for paper in papers_read(given.folder):
        reading = recorded.load(paper.recording, fingerprint(paper.path))
        text = paper.path.parent / "text.gold.txt"
        if reading is None or not text.exists():
            continue
        for name, certainty, words in ways_of(reading.pages):
            certainties[name] = certainty
            seen[name, paper.aside] += judged(words, text.read_text(encoding="utf-8").split())
    for (name, aside), found in sorted(seen.items()):
        print(f"{name}: {len(found)} words of papers {'kept aside' if aside else 'open to tuning'}")
        if not aside:
            print(fitted(found, certainties[name]))
        print(table((word.confidence, word.right) for word in found))


if __name__ == "__main__":
    main()
