"""One line of a woven table: the pieces of agencies and of deadlines that it may hold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from extractors.tables import deadline_words
from extractors.tables.deadline_words import Expression
from extractors.tables.layout import Here, Table, printed_width
from extractors.tables.phrases import plain_word

# Likeness of letters from which a damaged piece is taken for one of an agency: going on with it, beginning it.
_ALIKE_AFTER, _ALIKE_BEGIN = 70.0, 75.0
_SKIPPED = 0.2  # less for a piece before which another was lost
_CAPITAL = 10.0  # less for each capital where the agency has none
_GENERAL = 0.15  # less for agencies that the document does not name
_DASHES = ("-", "–", "—")
_FEW_LETTERS, _MOST_WORDS, _PIECES = 4, 9, 8


class Piece(NamedTuple):
    """Words [start, end) of a line that go on with an agency, and how alike they are (1.0: the same words)."""

    start: int
    end: int
    after: Here
    alike: float = 1.0


class _Window(NamedTuple):
    """Words [start, end) of a line without spaces: their letters, and how many of them have a capital."""

    letters: str
    capitals: int
    start: int
    end: int


class LineReading:
    """One line of a row with what has been found out about it."""

    def __init__(self, words: Sequence[str], table: Table, cut: bool) -> None:
        self.words, self.table, self.cut = words, table, cut
        self.together = table.together
        self.ruled = "|" in words
        self.plain = [plain_word(word) for word in words]
        dated = map(deadline_words.mended, words) if table.noisy else words
        self.classes = [deadline_words.classes_of(word) if word != "|" else frozenset() for word in dated]
        self._agencies: dict[tuple[int, bool], list[Piece]] = {}
        self._deadlines: dict[Expression | None, list[tuple[int, int, Expression]]] = {}
        self._reach = [0.0]
        for word in words:
            self._reach.append(self._reach[-1] + (0.0 if word == "|" else printed_width(word) + 0.55))
        self._weights = [0.0]  # what a gap up to each word costs
        for word, plain in zip(words, self.plain, strict=True):
            speck = table.noisy and (len(plain) <= 2 or not word[-1:].isalnum() and len(plain) <= 3)
            self._weights.append(
                self._weights[-1] + (0.0 if word == "|" else 0.6 if speck else 1.5 if table.noisy else 4.0)
            )

    def _is_whole(self, start: int, end: int) -> bool:
        return self.gap(0, start) == 0.0 == self.gap(end, len(self.words))

    def gap(self, start: int, end: int) -> float:
        """What it costs to leave the words [start, end) between two cells."""
        return self._weights[end] - self._weights[start]

    def width(self, start: int, end: int) -> float:
        """Printed width of the words [start, end)."""
        return self._reach[end] - self._reach[start]

    def agencies(self, here: Here | None) -> list[Piece]:
        """Pieces of an agency that go on from `here` (or begin)."""
        key = (id(here.node), here.listed) if here else (0, False)
        if key not in self._agencies:
            found = [piece for start in range(len(self.words)) for piece in self._agency_from(start, here)]
            if self.table.noisy:
                found += self._alike(here, max((piece.end - piece.start for piece in found), default=0))
            self._agencies[key] = [p for p in found if not self.table.cellwise or self._is_whole(p.start, p.end)]
        return self._agencies[key]

    def _agency_from(self, start: int, here: Here | None) -> list[Piece]:
        words, plain, trie, loose = self.words, self.plain, self.table.trie, self.table.noisy
        if here is None and not self.cut and trie.begin(words[start], plain[start], loose) is None:
            return []
        least = 3 if here is None and words[start][:1].islower() else 1  # small letters tell little
        found: list[Piece] = []
        node, listed, many, doubtful = here or (trie, False, False, False)
        at, end = start, start
        while at < len(words):
            if words[at] in _DASHES:
                at += 1
                end = at if end > start and at == len(words) and node.children else end
                continue
            following = node.step(words[at], plain[at], loose) if plain[at] else None
            if following is None and listed:
                following = trie.begin(words[at], plain[at])
                if following is not None:
                    if end > start:
                        found.append(Piece(start, end, Here(node, False, many, doubtful)))
                    many = True
            if following is None:
                break
            if node.named and end > start:  # what follows may belong to the next cell
                found.append(Piece(start, end, Here(node, False, many, doubtful)))
            node, at = following, at + 1
            end, listed = at, node.phrase is not None and words[at - 1][-1:] in ",;"
        if end > start:
            found.append(Piece(start, end, Here(node, listed, many, doubtful)))
        return [piece for piece in found if piece.end - piece.start >= least]

    def _alike(self, here: Here | None, longest: int) -> list[Piece]:
        """Damaged pieces that look like what may stand at this place: agencies of the document, or by first letter any other."""
        node = here.node if here else self.table.trie
        windows = [window for window in self._windows if here is not None or self.words[window.start][0].isupper()]
        ways = [
            way for way in self.table.ways.get(id(node), ()) if way.words > longest and len(way.letters) >= _FEW_LETTERS
        ]
        named = len(ways)
        for initial in sorted({window.letters[0] for window in windows}):
            ways += [
                way for way in node.ahead().get(initial, ()) if way.words > longest and len(way.letters) >= _FEW_LETTERS
            ]
        if not windows or not ways:
            return []
        scores = cdist(
            [window.letters for window in windows],
            [way.letters for way in ways],
            scorer=fuzz.ratio,
            score_cutoff=_ALIKE_AFTER,
        )
        best: dict[int, tuple[float, Piece]] = {}
        for at, of in zip(*scores.nonzero(), strict=True):
            window, way = windows[at], ways[of]
            less = _SKIPPED * way.skips if of < named else _GENERAL
            alike = float(scores[at, of]) - _CAPITAL * max(0, window.capitals - way.capitals)
            needed = (_ALIKE_BEGIN if here is None else _ALIKE_AFTER) + 75 * less + (0 if len(way.letters) >= 8 else 12)
            if alike < needed:
                continue
            after = Here(way.node, False, bool(here and here.many), True)
            piece = Piece(window.start, window.end, after, min(0.95, alike / 100) - less)
            worth = piece.alike * way.words
            if id(way.node) not in best or worth > best[id(way.node)][0]:
                best[id(way.node)] = (worth, piece)
        return [piece for _, piece in sorted(best.values(), key=lambda pair: -pair[0])[:_PIECES]]

    @cached_property
    def _windows(self) -> list[_Window]:
        """Runs of words between rulings."""
        found = []
        for start in range(len(self.words)):
            letters, capitals = "", 0
            for end in range(start + 1, min(len(self.words), start + _MOST_WORDS) + 1):
                if self.words[end - 1] == "|":
                    break
                letters += self.plain[end - 1].replace("-", "")
                capitals += self.words[end - 1][:1].isupper()
                if len(letters) >= _FEW_LETTERS - 1:
                    found.append(_Window(letters, capitals, start, end))
        return found

    def deadlines(self, here: Expression | None) -> list[tuple[int, int, Expression]]:
        """All longest pieces of a deadline that go on from `here` (or begin)."""
        if here not in self._deadlines:
            found = self._find_deadlines(here)
            self._deadlines[here] = [p for p in found if not self.table.cellwise or self._is_whole(p[0], p[1])]
        return self._deadlines[here]

    def _find_deadlines(self, here: Expression | None) -> list[tuple[int, int, Expression]]:
        found: list[tuple[int, int, Expression]] = []
        begin = deadline_words.any_state() if self.cut and here is None else deadline_words.BEGIN
        for start, word in enumerate(self.words):
            begins = here is not None or self.cut or word[0].isupper() or word[0].isdigit()
            if not self.classes[start] or not begins or start and word in _DASHES and self.classes[start - 1]:
                continue  # a dash that joins what stands left of it is no further line of the cell
            state, at = here or begin, start
            while at < len(self.words):
                following = deadline_words.step(state, self.words[at], self.classes[at])
                if following is None:
                    break
                state, at = following, at + 1
            lone_link = at == start + 1 and here is not None and here.complete and not state.complete
            if at > start and not lone_link:
                found.append((start, at, state))
        return found
