"""From tokens to a lattice: for every stretch of text the readings that the decoder chooses among."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from normalizers.vietnamese import bare, is_syllable
from pipeline.repair.channel import MODEL, Case, Channel
from pipeline.repair.codes import mend_code, mend_segment
from pipeline.repair.debris import Around, Option, evidence, features, log_odds, may_be_debris
from pipeline.repair.decode import Edge
from pipeline.repair.lm import LanguageModel
from pipeline.repair.noise_level import Noise
from pipeline.repair.parts import LONGEST
from pipeline.repair.protect import Guard
from pipeline.repair.stripped import forms
from pipeline.repair.syllables import fold_tone, model_tokens
from pipeline.repair.tokens import Stretch, Token

# Weight of the language model beside the noise model, by noise; tuned on pairs, not on the seeds (docs/repair.md).
_LM_WEIGHT: Final[dict[Noise, float]] = {"stripped": 1.0, "eng": 1.3, "vie": 1.0, "trace": 1.0}
# Costs (natural logarithms) of what the pairs of training.noise_pairs show to be rare.
_MERGED: Final = -5.0
_SPLIT: Final = -5.5
# A syllable whose best reading is worse than this is not well explained: splits and merges are tried.
_WEAK: Final = -9.0
_UNEXPLAINED: Final = -14.0
_MOST: Final = 20
# Logarithm of the odds of being debris below which a token is taken for print; so many in a row are looked at.
_HARDLY_DEBRIS: Final = -3.0
_MOST_DEBRIS: Final = 4
# To pass over a word that was printed is worse than to keep a speck.
_RELUCTANCE: Final = 1.0
# What it costs that a token with such a shape was printed as it was read.
_NO_SYLLABLE: Final = -3.0
_ODD_SIGN: Final = -9.0
_LETTER_THEN_DIGIT: Final = -6.0
_DIGIT_THEN_LETTER: Final = -3.0
_ITEM: Final = re.compile(r"\d{1,2}[a-eđ]")
_SIGNS: Final = re.compile(r"[$¢€£§&©®¥]")
_BAR_FOR_I: Final = re.compile(r"[A-Z]{1,3}[l1|]")
_VOWELS: Final = frozenset("aeiouy")
# What it costs that one or two digits, in the middle of a line, were letters in print ("6" of có, "16" of tổ): the
# language model must be very sure.
_DIGITS_WERE_LETTERS: Final = -1.5
# What it costs that a rare syllable without marks was printed (unmarked text in the corpus makes them look common).
_UNMARKED: Final = -3.0
_RARE: Final = -9.5


class Proposer:
    """Readings of tokens by the noise of one reader, or by the marks that were stripped."""

    def __init__(self, lm: LanguageModel, noise: Noise) -> None:
        self.lm, self.noise = lm, noise
        self.lm_weight = _LM_WEIGHT[noise]
        self.channel: Channel | None = None
        if noise != "stripped":
            self.channel = Channel(_lexicon(lm), MODEL / f"noise-{'eng' if noise == 'eng' else 'vie'}.tsv.xz")
        self._abbreviations = _abbreviations(lm)
        self.words = lru_cache(maxsize=65536)(self._words)

    def edges(self, stretch: Stretch, around: Sequence[Sequence[Around] | None] = ()) -> list[list[Edge]]:
        """The lattice of a stretch: item i holds the readings that start at token i.

        around: what stands around the tokens, by line and word, where some of them may be debris.
        """
        tokens = stretch.tokens
        lattice: list[list[Edge]] = []
        weak: list[bool] = []
        for place, token in enumerate(tokens):
            found = self._single(place, token)
            lattice.append(found)
            weak.append(self._is_weak(token, found))
        if self.noise == "eng":
            for place in range(len(tokens) - 1):
                if weak[place] or weak[place + 1]:
                    lattice[place] += self._merged(place, tokens[place], tokens[place + 1])
        if around:
            self._pass_over(lattice, tokens, around)
        return lattice

    def _pass_over(
        self, lattice: list[list[Edge]], tokens: Sequence[Token], around: Sequence[Sequence[Around] | None]
    ) -> None:
        """Add readings that take a token for debris: it joins the word after it on its line, or the one before."""
        costs = [self._debris(place, tokens, around) for place in range(len(tokens))]
        single = [[edge for edge in edges if edge.end == edge.start + 1] for edges in lattice]
        for first in [place for place, cost in enumerate(costs) if cost is not None]:
            total = 0.0
            for last in range(first, min(first + _MOST_DEBRIS, len(tokens))):
                cost = costs[last]
                if cost is None or tokens[last].line != tokens[first].line:
                    break
                total += cost
                if last + 1 < len(tokens) and tokens[last + 1].line == tokens[last].line:
                    lattice[first] += [
                        edge._replace(start=first, score=edge.score + total) for edge in single[last + 1][:_MOST]
                    ]
                elif first and tokens[first - 1].line == tokens[first].line:
                    lattice[first - 1] += [
                        edge._replace(end=last + 1, score=edge.score + total) for edge in single[first - 1][:_MOST]
                    ]

    def _debris(self, place: int, tokens: Sequence[Token], around: Sequence[Sequence[Around] | None]) -> float | None:
        """What it costs, beside the words that it may have been, that a token was never printed; None where it was."""
        token = tokens[place]
        known = around[token.line]
        if known is None or token.kept or token.guard is not Guard.WORD or not may_be_debris(token.core):
            return None
        if token.glued or place + 1 < len(tokens) and tokens[place + 1].glued:
            return None
        options = self.words(token.core.core, False, False)
        odds = log_odds(features(token.core, known[token.word], options, self.lm))
        return None if odds < _HARDLY_DEBRIS else odds - _RELUCTANCE + evidence(options, self.lm, self.lm_weight)

    def _is_weak(self, token: Token, found: Sequence[Edge]) -> bool:
        if token.kept or token.guard in (Guard.KEPT, Guard.CODE):
            return False
        core = token.core.core
        return max(edge.score for edge in found) < _WEAK or not any(char in _VOWELS for char in bare(core.lower()))

    def _fixed(self, place: int, token: Token, core: str) -> list[Edge]:
        surface = token.core.before + core + token.core.after
        return [Edge(place, place + 1, model_tokens(surface[:LONGEST]), 0.0, surface)]

    def _single(self, place: int, token: Token) -> list[Edge]:
        core = token.core.core
        if token.kept:
            return self._fixed(place, token, core)
        if token.quarters is not None:
            return self._fixed(place, token, token.quarters)
        if token.guard is Guard.CODE:
            return self._fixed(place, token, mend_code(core) or core)
        if token.guard is Guard.KEPT:
            edges = self._fixed(place, token, core)
            if self.noise == "eng" and core.isdigit() and len(core) < 3 and token.inside and not token.core.before:
                edges += self._letters_for_digits(place, token)
            return edges
        before, after = token.core.before, token.core.after
        edges = []
        for syllables, surface, score in self.words(core, token.upper, token.first):
            text = before + surface + after
            tokens = model_tokens(before) + syllables + model_tokens(after)
            edges.append(Edge(place, place + 1, tokens, score, text))
        return edges

    def _letters_for_digits(self, place: int, token: Token) -> Iterator[Edge]:
        """Short words that are read as one or two digits."""
        for syllable, surface, score in self._syllables(token.core.core, False, False)[:6]:
            if surface.islower() and len(syllable) < 4:
                text = surface + token.core.after
                tokens = (syllable, *model_tokens(token.core.after))
                yield Edge(place, place + 1, tokens, score + _DIGITS_WERE_LETTERS, text)

    def _merged(self, place: int, left: Token, right: Token) -> Iterator[Edge]:
        """Two tokens that were one syllable in print."""
        if left.line != right.line or left.kept or right.kept or left.core.after or right.core.before or right.glued:
            return
        if Guard.KEPT in (left.guard, right.guard) or Guard.CODE in (left.guard, right.guard):
            return
        core = left.core.core + right.core.core
        if len(core) > 8:
            return
        for syllable, surface, score in self._syllables(core, left.upper, left.first, thorough=False)[:4]:
            if score > _WEAK:
                text = left.core.before + surface + right.core.after
                tokens = (*model_tokens(left.core.before), syllable, *model_tokens(right.core.after))
                yield Edge(place, place + 2, tokens, score + _MERGED, text)

    def _words(self, core: str, upper: bool, first: bool) -> tuple[Option, ...]:
        """What a letter core may have been."""
        if self.noise == "stripped":
            return self._restored(core, not upper and not first)
        found = self._syllables(core, upper, first)
        best = max((score for _, _, score in found), default=-math.inf)
        out = [Option((syllable,), surface, score) for syllable, surface, score in found]
        lower = core.lower()
        if not is_syllable(lower) or core.isupper() and not upper and len(core) < 5:
            seen = (lower,) if _SIGNS.search(core) else model_tokens(core)
            out.append(Option(seen, core, self._as_read(core)))
        if _BAR_FOR_I.fullmatch(core) and lower[:-1] + "i" in self.lm:  # "Al" of AI
            out.append(Option((lower[:-1] + "i",), core[:-1].upper() + "I", -2.0))
        if (
            core.isupper()
            and 2 < len(core) < 9
            and lower not in self.lm
            and (not upper or not _VOWELS & set(bare(lower)))
        ):
            organ = mend_segment(core, False)
            if organ is not None and organ != core:
                out.append(Option(model_tokens(organ), organ, -1.5))
        for word in self._abbreviations.get(bare(lower), ()):
            if word != lower and core.isupper():
                out.append(Option((word,), word.upper(), -0.7))
        if best < _UNEXPLAINED and 4 < len(core) < 14 and fold_tone(lower) not in self.lm:
            out += self._splits(core, upper, first)
        return tuple(out)

    def _restored(self, core: str, inside: bool) -> tuple[Option, ...]:
        """The forms of a word that lost its marks; capitals inside a sentence speak for names."""
        found: list[Option] = [
            Option(model_tokens(form), form, score) for form, score in forms(core, self.lm, inside=inside)
        ]
        if core.isupper():
            found += [Option((word,), word.upper(), 0.0) for word in self._abbreviations.get(core.lower(), ())]
        return tuple(found)

    def _as_read(self, core: str) -> float:
        """log P(core | printed so) for a word that is no syllable: foreign, a name, an abbreviation."""
        score = 0.0 if core.isupper() else _NO_SYLLABLE / 2 if core.lower() in self.lm else _NO_SYLLABLE
        if _SIGNS.search(core):
            score += _ODD_SIGN
        if any(char.isdigit() for char in core):
            score += _DIGIT_THEN_LETTER if core[0].isdigit() else _LETTER_THEN_DIGIT
            if _ITEM.fullmatch(core):
                score += 2.0
        elif self.noise == "eng" and not core.isascii():
            score -= 2.0
        return score

    def _syllables(self, core: str, upper: bool, first: bool, *, thorough: bool = True) -> list[tuple[str, str, float]]:
        """Syllables, each in the case that fits best."""
        if self.channel is None:
            raise ValueError(f"there is no noise model for {self.noise} text")
        best: dict[str, tuple[float, Case]] = {}
        plain = core.isupper() and len(core) > 1
        for reading in self.channel.readings(core, thorough):
            score = reading.score + self._case(reading.syllable, reading.case, upper, first, plain)
            if reading.syllable.isascii() and self.lm.unigram(reading.syllable) < _RARE:
                score += _UNMARKED
            known = best.get(reading.syllable)
            if known is None or score > known[0]:
                best[reading.syllable] = (score, reading.case)
        # the readings came best first
        return [
            (syllable, _cased(self.lm.printed(syllable), case), score)
            for syllable, (score, case) in islice(best.items(), _MOST)
        ]

    def _case(self, syllable: str, case: Case, upper: bool, first: bool, plain: bool) -> float:
        """log P(case), `plain` where the token as read is in capitals: by the words around, the place in the sentence, and how the syllable is mostly written."""
        if upper:
            return -0.1 if case == "upper" else -3.0
        if case == "upper":
            return -1.5 if plain else -5.0
        if first:
            return -0.2 if case == "title" else -1.7
        return 0.7 * max(-4.0, self.lm.shape(syllable, case))

    def _splits(self, core: str, upper: bool, first: bool) -> list[Option]:
        """Two syllables that were read as one token."""
        found: list[Option] = []
        for cut in range(1, len(core)):
            left = self._syllables(core[:cut], upper, first, thorough=False)[:3]
            right = self._syllables(core[cut:], upper, False, thorough=False)[:3]
            found += [
                Option((a, b), f"{a_surface} {b_surface}", a_score + b_score + _SPLIT)
                for a, a_surface, a_score in left
                for b, b_surface, b_score in right
                if a_score > _WEAK and b_score > _WEAK
            ]
        return sorted(found, key=lambda option: -option.score)[:6]


def _cased(form: str, case: Case) -> str:
    return form.upper() if case == "upper" else form[:1].upper() + form[1:] if case == "title" else form


def _lexicon(lm: LanguageModel) -> dict[str, float]:
    return {word: lm.unigram(word) for word in lm.vocabulary if is_syllable(word)}


def _abbreviations(lm: LanguageModel) -> dict[str, list[str]]:
    """Words of the model that are no syllables and hold Vietnamese letters, by their bare form: hdnd -> hđnd."""
    found: dict[str, list[str]] = {}
    for word in lm.vocabulary:
        if word.isalpha() and not word.isascii() and not is_syllable(word):
            found.setdefault(bare(word), []).append(word)
    return found
