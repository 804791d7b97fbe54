"""How likely a value is right: a logistic regression on what speaks for and against it, fitted on papers with gold records.

The weights (data/confidence.json) are made by `python -m training.confidence`; docs/confidence.md shows how far they hold.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import NamedTuple

from extractors.resolve import Chosen, words_of
from normalizers.vietnamese import is_syllable
from schemas.page import Page, Word
from schemas.record import Check
from schemas.text import DocumentText

_AROUND = ".,;:()[]\"'“”*-–"
MODEL = "data/confidence.json"
LEAST, MOST = 0.005, 0.995
"""No value is surer or less sure than this: the papers that it was fitted on are too few to tell."""
UNLIKE = 2.0
"""Variance for papers unlike those that it was fitted on: where these are right 98 times in 100, 95 are said."""


class Signs(NamedTuple):
    """What speaks for and against a value.

    field, rule: of the record, and the one that found it. score: how sure the rules are by themselves. worst, mean: confidence
    of the words read. page: the same for the page it stands on. mended: share of its words that were repaired. noise: the same
    for the page. odd: share of its words that Vietnamese does not spell. words: how many. rival: strength of the best other value, as a share of this one's. witnesses: rules that found the very value.
    warned: whether a check warns of it. source: where the words come from (text_layer, ocr, repaired; mark for what is stamped).
    """

    field: str
    rule: str
    score: float
    worst: float
    mean: float
    page: float
    mended: float
    noise: float
    odd: float
    words: int
    rival: float
    witnesses: int
    warned: bool
    source: str

    def numbers(self) -> dict[str, float]:
        """The signs as the regression takes them."""
        return {
            "score": _logit(self.score),
            "worst": _logit(self.worst),
            "mean": _logit(self.mean),
            "page": _logit(self.page),
            "mended": self.mended,
            "noise": self.noise,
            "odd": self.odd,
            "words": math.log1p(self.words),
            "one word": float(self.words == 1),
            "rival": self.rival,
            "witnesses": float(min(self.witnesses, 3) - 1),
            "warned": float(self.warned),
            "source ocr": float(self.source == "ocr"),
            "source repaired": float(self.source == "repaired"),
            "source mark": float(self.source == "mark"),
        }


def _logit(share: float) -> float:
    share = min(max(share, 0.01), 0.999)
    return math.log(share / (1 - share))


class Group(NamedTuple):
    """What a rule of a field adds, and how far that is not known: a variance, large where few papers tell of it."""

    adds: float
    variance: float


class Weights(NamedTuple):
    """The regression. groups: by field and rule, and by field alone for rules not met when it was fitted; `new` for new fields."""

    bias: float
    numbers: Mapping[str, float]
    groups: Mapping[str, Group]
    new: Group

    def chance(self, signs: Signs) -> float:
        """The chance that the value is right: the mean over what the group may add."""
        group = self.groups.get(f"{signs.field} {signs.rule}") or self.groups.get(signs.field) or self.new
        total = self.bias + group.adds
        total += sum([self.numbers.get(name, 0.0) * number for name, number in signs.numbers().items()])
        total /= math.sqrt(1 + math.pi * (group.variance + UNLIKE) / 8)  # MacKay's mean of a logistic under a Gaussian
        return min(max(1 / (1 + math.exp(-min(max(total, -30.0), 30.0))), LEAST), MOST)


@cache
def weights() -> Weights:
    """The weights that came with the program."""
    said = json.loads(files("extractors").joinpath(MODEL).read_text(encoding="utf-8"))
    groups = {name: Group(*group) for name, group in said["groups"].items()}
    return Weights(said["bias"], said["numbers"], groups, Group(*said["new"]))


class Witness:
    """Tells the signs of values of one document."""

    def __init__(self, text: DocumentText, checks: Iterable[Check]) -> None:
        self._text = text
        self._warned = {_stem(path) for check in checks if check.severity != "info" for path in check.paths}

    @cached_property
    def _pages(self) -> dict[int, tuple[Page, float, float]]:
        """Pages by number, with the mean confidence of their words and the share of them that was repaired."""
        words = {page.number: [word for line in page.lines for word in line.words] for page in self._text.pages}
        return {
            page.number: (page, _mean(words[page.number]), _mended(words[page.number])) for page in self._text.pages
        }

    def signs(self, path: str, chosen: Chosen) -> Signs:
        """What speaks for and against the value at `path`; a check of another part of its list item does, too."""
        found = chosen.found
        words = words_of(self._text, found)
        number = found.place.page if found.place is not None else self._text.page_number(found.span.start)
        page, sure, noise = self._pages[number]
        return Signs(
            field=path.partition("[")[0],
            rule=found.rule,
            score=chosen.score,
            worst=min([word.confidence for word in words], default=1.0),
            mean=_mean(words),
            page=sure,
            mended=_mended(words),
            noise=noise,
            odd=_odd(words),
            words=len(words),
            rival=chosen.rival,
            witnesses=chosen.witnesses,
            warned=not self._warned.isdisjoint((_stem(path), path.partition(".")[0])),
            source="mark" if found.place is not None else page.source,
        )


def _mean(words: Iterable[Word]) -> float:
    sure = [word.confidence for word in words]
    return sum(sure) / len(sure) if sure else 1.0


def _mended(words: Collection[Word]) -> float:
    return sum([word.raw != word.text for word in words]) / max(1, len(words))


def _odd(words: Collection[Word]) -> float:
    """Share of the words that are no Vietnamese syllables; abbreviations and what holds figures or signs are none to judge."""
    judged = [odd for word in words if (odd := _is_odd(word.text)) is not None]
    return sum(judged) / max(1, len(judged))


@lru_cache(maxsize=32768)
def _is_odd(word: str) -> bool | None:
    letters = word.strip(_AROUND)
    if not letters.isalpha():
        return None
    spelled = is_syllable(letters.lower())
    return None if len(letters) > 1 and letters.isupper() and not spelled else not spelled


def _stem(path: str) -> str:
    """The value or list item that a path leads to.

    >>> _stem("legal_bases[0].date"), _stem("document.code")
    ('legal_bases[0]', 'document.code')
    """
    return path.partition("]")[0] + "]" if "]" in path else path
