"""The training text as arrays of token numbers: read, cleaned of what is tested on, split by genre."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from normalizers.vietnamese import bare

Ints = npt.NDArray[np.int64]

# Window of the leak filter: no training line shares so many syllables in a row with a text that we measure on.
WINDOW = 8
# One block in so many of the legal files is held out for the test, a block being BLOCK lines in a row.
HELD_OUT_EVERY = 100
BLOCK = 40
# Windows that stand in more training lines than this are formulas of the trade: a held-out line that has one is not
# tested on (else a third of the training text would go).
FORMULA = 12
# A line of SHORT words and more is Vietnamese prose where more than this share of its words carries a mark.
SHORT, MARKED = 6, 0.3
_SYLLABLES = re.compile(r"[^\W_]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


class Genre(NamedTuple):
    """Lines of one genre: `tokens` are numbers of printed tokens, line i is tokens[starts[i]:starts[i+1]]."""

    name: str
    tokens: npt.NDArray[np.int32]
    starts: Ints


class Tokens(dict[str, int]):
    """Numbers of the distinct printed tokens, in order of appearance."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


def read_lines(path: Path) -> Iterator[str]:
    """NFC lines of an xz stream or of a plain text file."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            yield unicodedata.normalize("NFC", line)


def number_lines(name: str, lines: Iterable[str], numbers: Tokens) -> Genre:
    """White-space tokens of every line, numbered."""
    tokens: list[npt.NDArray[np.int32]] = []
    starts = [0]
    for line in lines:
        row = np.fromiter((numbers[token] for token in line.split()), dtype=np.int32)
        tokens.append(row)
        starts.append(starts[-1] + len(row))
    return Genre(name, np.concatenate(tokens) if tokens else np.zeros(0, np.int32), np.array(starts, dtype=np.int64))


class Pieces(NamedTuple):
    """What each distinct printed token falls into: piece p of token t is values[starts[t] + p]."""

    values: npt.NDArray[np.uint64]
    starts: Ints


def folded_pieces(numbers: Tokens) -> Pieces:
    """Hashes of the bare, lower-case syllables of every distinct token (for the leak filter)."""
    known: dict[str, int] = {}
    values: list[int] = []
    starts = [0]
    for token in numbers:
        for piece in _SYLLABLES.findall(bare(token.lower())):
            values.append(known.setdefault(piece, len(known) + 1))
        starts.append(len(values))
    mixed = np.array(values, dtype=np.uint64) * np.uint64(0xD6E8FEB86659FD93)
    return Pieces(mixed ^ (mixed >> np.uint64(31)), np.array(starts, dtype=np.int64))


def expand(genre: Genre, pieces: Pieces) -> tuple[npt.NDArray[np.uint64], Ints]:
    """The pieces of all tokens one after the other, and the start of every line among them."""
    counts = (pieces.starts[1:] - pieces.starts[:-1])[genre.tokens]
    ends = np.concatenate(([0], np.cumsum(counts)))
    index = np.arange(ends[-1]) - np.repeat(ends[:-1] - pieces.starts[genre.tokens], counts)
    return pieces.values[index], ends[genre.starts]


def windows(genre: Genre, pieces: Pieces) -> tuple[npt.NDArray[np.uint64], Ints]:
    """Hash of every run of WINDOW syllables inside a line, and the number of its line."""
    values, starts = expand(genre, pieces)
    line = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    if len(values) < WINDOW:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    size = len(values) - WINDOW + 1
    with np.errstate(over="ignore"):
        total = np.zeros(size, dtype=np.uint64)
        for offset in range(WINDOW):
            total = total * _MULTIPLIER + values[offset : offset + size]
    inside = line[:size] == line[WINDOW - 1 :]
    return total[inside], line[:size][inside]


def keep_lines(genre: Genre, keep: npt.NDArray[np.bool_]) -> Genre:
    """Only the lines where `keep` is true."""
    lengths = np.diff(genre.starts)
    tokens = genre.tokens[np.repeat(keep, lengths)]
    return Genre(genre.name, tokens, np.concatenate(([0], np.cumsum(lengths[keep]))))


def without_shared(genre: Genre, pieces: Pieces, tested: npt.NDArray[np.uint64]) -> tuple[Genre, int]:
    """The genre without the lines that hold one of the `tested` (sorted) windows, and how many went."""
    values, line = windows(genre, pieces)
    place = np.searchsorted(tested, values)
    place[place == len(tested)] = 0
    shared = tested[place] == values if len(tested) else np.zeros(len(values), bool)
    keep = np.ones(len(genre.starts) - 1, dtype=bool)
    keep[line[shared]] = False
    return keep_lines(genre, keep), int((~keep).sum())


def prose(genre: Genre, names: Sequence[str]) -> Genre:
    """The lines that are written with diacritics (some stand in the sources without) and hold no foreign text."""
    words = np.array([any(char.isalpha() for char in name) for name in names])
    marked = np.array([bare(name) != name for name in names])
    line = np.repeat(np.arange(len(genre.starts) - 1), np.diff(genre.starts))
    size = len(genre.starts) - 1
    all_words = np.bincount(line, weights=words[genre.tokens], minlength=size)
    all_marked = np.bincount(line, weights=marked[genre.tokens], minlength=size)
    return keep_lines(genre, (all_words < SHORT) | (all_marked > MARKED * all_words))


def hold_out(genre: Genre) -> tuple[Genre, Genre]:
    """(training part, held-out part): blocks of lines in a row, every HELD_OUT_EVERY-th."""
    block = np.arange(len(genre.starts) - 1) // BLOCK
    held = block % HELD_OUT_EVERY == HELD_OUT_EVERY // 2
    return keep_lines(genre, ~held), keep_lines(genre, held)


def without_formulas(held: Genre, training: Sequence[Genre], pieces: Pieces) -> Genre:
    """Held-out lines, distinct, of WINDOW syllables and more, none of whose windows is a formula of the training text."""
    values, line = windows(held, pieces)
    tested = np.unique(values)
    seen = np.zeros(len(tested), dtype=np.int64)
    for genre in training:
        found, where = windows(genre, pieces)
        place = np.minimum(np.searchsorted(tested, found), len(tested) - 1)
        hit = tested[place] == found
        pairs = np.unique(np.stack((place[hit], where[hit])), axis=1)
        seen += np.bincount(pairs[0], minlength=len(tested))
    keep = np.zeros(len(held.starts) - 1, dtype=bool)
    keep[line] = True
    keep[line[seen[np.searchsorted(tested, values)] > FORMULA]] = False
    return keep_lines(held, keep)


def text_of(genre: Genre, names: Sequence[str]) -> Iterator[str]:
    """The lines as text again."""
    for start, end in zip(genre.starts[:-1], genre.starts[1:], strict=True):
        yield " ".join(names[token] for token in genre.tokens[start:end])
