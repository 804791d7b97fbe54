"""Which tokens were never printed: what a reader makes of the rules of a table and of cells set half a line apart.

A logistic model of the token and of what stands around it gives the odds; the decoder weighs them against the words that the
token may have been. Made by `python -m training.debris`. Only letters are ever taken for debris, never digits.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from normalizers.vietnamese import bare
from pipeline.repair.channel import MODEL
from pipeline.repair.lm import LanguageModel
from pipeline.repair.parts import Core, core_of

_LONGEST: Final = 5
_NEAR: Final = 3  # lines above and below in which column bars speak for a table
_NO_WORD: Final = -25.0  # evidence where no word fits
WEIGHTS: Final = MODEL / "debris.json"
_APOSTROPHES: Final = frozenset("'’‘")
FEATURES: Final = (
    "bias", "one letter", "two letters", "three letters", "evidence", "channel", "upper", "lower", "sign before", "sign after",
    "odd line", "bar", "odd before", "odd after", "first", "last", "frequency", "bars near",
)  # fmt: skip


class Option(NamedTuple):
    """What a core may have been: tokens of the language model, what is printed, and the natural logarithm of its score."""

    tokens: tuple[str, ...]
    surface: str
    score: float


class Around(NamedTuple):
    """What stands around a token, each from 0 to 1, in the order of FEATURES from "odd line" on, without "frequency"."""

    odd_line: float
    bar: float
    before: float
    after: float
    first: float
    last: float
    near: float


def surroundings(lines: Sequence[Sequence[str]], lm: LanguageModel) -> list[list[Around] | None]:
    """What stands around every token of every line; None for lines where nothing speaks of debris."""
    odd = [[_is_odd(token, lm) for token in line] for line in lines]
    bars = [any("|" in token for token in line) for line in lines]
    out: list[list[Around] | None] = []
    for number, line in enumerate(lines):
        window = bars[max(0, number - _NEAR) : number + _NEAR + 1]
        near = sum(window) / len(window)
        many = sum(odd[number])
        if not near and many < 2:
            out.append(None)
            continue
        marks = [False, *odd[number], False]
        out.append(
            [
                Around(
                    (many - marks[place + 1]) / (len(line) + 1),
                    float(bars[number]),
                    float(marks[place]),
                    float(marks[place + 2]),
                    float(place == 0),
                    float(place == len(line) - 1),
                    near,
                )
                for place in range(len(line))
            ]
        )
    return out


def _is_odd(token: str, lm: LanguageModel) -> bool:
    """Signs, a lone letter, or a short word that is no Vietnamese syllable even without its marks."""
    core = core_of(token).core
    if any(char.isdigit() for char in core):
        return False
    if not any(char.isalpha() for char in core) or len(core) == 1:
        return True
    return len(core) <= _LONGEST and not core.isupper() and not lm.restorations(bare(core).lower())


def may_be_debris(core: Core) -> bool:
    """True for short tokens of letters alone; capitals may be an abbreviation."""
    text = core.core
    return (
        len(text) <= _LONGEST
        and not (text.isupper() and (len(text) > 1 or core.after))
        and any(char.isalpha() for char in text)
        and all(char.isalpha() or char in _APOSTROPHES for char in text)
    )


def features(core: Core, around: Around, options: Sequence[Option], lm: LanguageModel) -> tuple[float, ...]:
    """The values of FEATURES; `options`: what the core may have been, as `lattice.Proposer.words` gives it."""
    text = core.core
    size = len(text)
    channel = max((option.score for option in options), default=_NO_WORD)
    forms = lm.restorations(bare(text).lower())
    return (
        1.0, float(size == 1), float(size == 2), float(size == 3), evidence(options, lm, 1.0) / 10, max(channel, -15.0) / 5,
        float(text.isupper()), float(text.islower()), float(bool(core.before)), float(bool(core.after)),
        around.odd_line, around.bar, around.before, around.after, around.first, around.last,
        (forms[0][1] if forms else -16.0) / 10, around.near,
    )  # fmt: skip


def evidence(options: Sequence[Option], lm: LanguageModel, lm_weight: float) -> float:
    """Natural logarithm of how well the best word explains the token, whatever stands around it."""
    scores = [option.score + lm_weight * lm.unigram(option.tokens[0]) for option in options if option.tokens]
    return max(_NO_WORD, *scores)


def log_odds(values: Sequence[float]) -> float:
    """Natural logarithm of the odds that a token with these features was never printed."""
    return math.fsum(weight * value for weight, value in zip(_weights(), values, strict=True))


@lru_cache(maxsize=1)
def _weights() -> tuple[float, ...]:
    named = json.loads(WEIGHTS.read_text("utf-8"))["weights"]
    return tuple(float(named[name]) for name in FEATURES)
