"""A stretch of a garbled paper with the words that were lost taken from where the paper says the same again.

A plan's title stands in the article that issues it, in its opening, in its recipients' list. Only words that cannot be what
was printed are looked for, between neighbours that stand there too; what nothing bears out stays as it was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from extractors.garbled_words import EDGES, LETTERS, LONE_FIGURE, Token, is_far, is_printable, tokens
from normalizers.text import fold_tone
from schemas.text import DocumentText, Span

_LIKE = 0.6  # share of letters that a word found elsewhere has in common with what was read
_REACH = 3  # neighbours that are compared on either side
_ENOUGH = 3  # neighbours that must agree
_OFTEN = 3  # places that say the same, and none another
_SHORT = 3  # letters that may be strokes
_NEVER = 99  # so many neighbours never agree: only a gap like what was read
_LONGER = 2  # words that a gap may have more than were read
_MARKS = ".,:;"


def _marked(word: Token, other: Token) -> Token:
    """A word with the marks of another that has its letters; signs around it stay."""
    if word.key != other.key:
        return word
    core = other.text.strip(EDGES)
    start = len(word.text) - len(word.text.lstrip(EDGES))
    rest = word.text[start:]
    tail = rest[len(rest.rstrip(EDGES)) :]
    return word._replace(text=word.text[:start] + (core.capitalize() if rest[:1].isupper() else core) + tail)


def _is_word(word: Token) -> bool:
    return word.key.isalpha()


def _may_be(gap: Sequence[Token], here: Sequence[Token]) -> bool:
    """Whether a gap may have been read from these words; a figure only from the letter that it looks like."""
    if not here:
        return all(len(word.read) <= _SHORT and is_far(word.read, word.key) for word in gap)
    figures = any(map(str.isdigit, "".join(word.text for word in gap)))
    if not all(word.sure or figures and LONE_FIGURE.fullmatch(word.text) for word in here):
        return False
    if not any(LONE_FIGURE.fullmatch(word.text) for word in gap):
        return True
    return "".join(word.key for word in here) == "".join(word.key.translate(LETTERS) for word in gap)


class Retold:
    """The words of a paper outside a stretch of it."""

    def __init__(self, text: DocumentText, own: Span) -> None:
        self._text, self._own = text, own

    @cached_property
    def _words(self) -> list[Token]:
        before, after = Span(0, self._own.start), Span(self._own.end, len(self._text.text))
        return [*tokens(self._text, before), Token("", "\n", "", False), *tokens(self._text, after)]

    @cached_property
    def _keys(self) -> list[str]:
        return [word.key for word in self._words]

    def mend(self, words: Sequence[Token]) -> list[Token]:
        """The words with unsure ones as the rest of the paper has them between the same neighbours.

        >>> from extractors.paper import Paper
        >>> text = Paper.of("Quản lý chất thải qxq tại khu du lịch\\nQuy định quản lý chất thải nhựa tại khu du lịch").text
        >>> own = Span(0, 37)
        >>> " ".join(word.text for word in Retold(text, own).mend(list(tokens(text, own))))
        'Quản lý chất thải nhựa tại khu du lịch'
        """
        out: list[Token] = []
        at = 0
        words = list(words)
        while at < len(words):
            end = at + (not words[at].sure)
            while at < end < len(words) and not (words[end].sure or LONE_FIGURE.fullmatch(words[end].text)):
                end += 1
            if end == at:
                out.append(words[at])
                at += 1
                continue
            place = self._between(out[-_REACH:], words[at:end], words[end : end + _REACH])
            if place is None:
                out += words[at:end]
            else:  # a neighbour was told with a wrong word beside it: its marks are those of the other place
                out[-1:] = [_marked(word, self._words[place[0] - 1]) for word in out[-1:]]
                out += [word._replace(line=words[at].line) for word in self._words[slice(*place)]]
                words[end : end + 1] = [_marked(word, self._words[place[1]]) for word in words[end : end + 1]]
            at = end
        return out

    def follows(self, word: str, after: str) -> set[str]:
        """The marks that stand behind a word where the other follows it elsewhere (keys): an empty one for none."""
        return {
            first.text[len(first.text.rstrip(_MARKS)) :]
            for first, second in pairwise(self._words)
            if first.key == word and second.key == after
        }

    def _between(self, left: Sequence[Token], gap: Sequence[Token], right: Sequence[Token]) -> tuple[int, int] | None:
        """Where the gap between these neighbours is told; where no place has both, what stands beside one side of them."""
        if left and right and (found := self._voted(left, gap, right, least=_ENOUGH)) is not None:
            return found
        lost = len(gap) == 1 and (gap[0].read[:1] != gap[0].key[:1] or not is_printable(gap[0].text))
        least = _ENOUGH if lost else _NEVER
        if right and (found := self._voted((), gap, right, least=least, alone=True)) is not None:
            return found
        return self._voted(left, gap, (), least=least, alone=True) if left else None

    def _voted(
        self, left: Sequence[Token], gap: Sequence[Token], right: Sequence[Token], *, least: int, alone: bool = False
    ) -> tuple[int, int] | None:
        """The gap that most places have that share `least` neighbours, or are like what was read. alone: none says otherwise."""
        read = "".join(word.read for word in gap)
        votes: Counter[str] = Counter()
        said: dict[str, tuple[int, int]] = {}
        everywhere: Counter[str] = Counter()
        for start, end in self._places(left, right, len(gap)):
            here = self._words[start:end]
            around = self._agree_left(left, start) + (follow := self._agree_right(right, end))
            around += 0 < follow == len(right) < _REACH  # they agree to the end
            like = Levenshtein.normalized_similarity("".join(word.key for word in here), read) >= _LIKE
            enough = around >= least + abs(len(here) - len(gap)) and (all(map(_is_word, here)) or not alone)
            form = fold_tone(" ".join(word.text.strip(EDGES) for word in here).lower())
            everywhere[form] += 1
            if _may_be(gap, here):
                said.setdefault(form, (start, end))
                votes[form] += (around + like) if like or enough else 0
        if alone and least == _ENOUGH and len(everywhere) == 1 and everywhere.total() >= _OFTEN:
            return next(iter(said.values()), None)
        ranked = (+votes).most_common(2)
        if not ranked or len(ranked) > 1 and (alone or ranked[1][1] == ranked[0][1]):
            return None
        return said[ranked[0][0]]

    def _places(self, left: Sequence[Token], right: Sequence[Token], size: int) -> Iterator[tuple[int, int]]:
        """Where words stand that have the nearest neighbours beside them."""
        keys = self._keys
        for start in range(1, len(keys)):
            if left and keys[start - 1] != left[-1].key:
                continue
            for length in range(size + _LONGER + 1) if left and right else (size,):
                end = start + length
                if end < len(keys) and "\n" not in keys[start:end] and (not right or keys[end] == right[0].key):
                    yield start, end

    def _agree_left(self, left: Sequence[Token], start: int) -> int:
        count = 0
        while count < len(left) and start - count > 0 and self._words[start - 1 - count].key == left[-1 - count].key:
            count += 1
        return count

    def _agree_right(self, right: Sequence[Token], end: int) -> int:
        count = 0
        while (
            count < len(right) and end + count < len(self._words) and self._words[end + count].key == right[count].key
        ):
            count += 1
        return count
