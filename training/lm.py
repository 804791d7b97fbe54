"""Makes the language model: `python -m training.lm --corpus ../shared/corpus --out pipeline/repair/model`.

Reads the corpus, leaves out what shares eight syllables in a row with a text that is measured on, counts n-grams by
genre, smooths each genre (modified Kneser-Ney), mixes them, forgets what matters least and writes one file.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalizers.vietnamese import is_syllable
from pipeline.repair.syllables import CLASSES, model_tokens
from training.corpus import (
    Genre,
    Pieces,
    Tokens,
    expand,
    folded_pieces,
    hold_out,
    number_lines,
    prose,
    read_lines,
    text_of,
    windows,
    without_formulas,
    without_shared,
)
from training.ngrams import count, smoothed
from training.packing import pack
from training.phrases import as_wards, ward_lines
from training.pruning import backed_off, choose, losses, shares
from training.shapes import Writing

LEGAL = ("phapdien_diepxuan", "vbpl_docs", "tthc_thutuchanhchinh")
HELD_OUT = ("phapdien_diepxuan", "vbpl_docs")
OTHER = ("wiki_viwiki",)
# The genres that the model mixes, with their weights in its probabilities and in what it is worth remembering. The
# small genre of ward papers weighs more in the latter: its n-grams are rare in the mix and would be forgotten first.
MIX: Mapping[str, tuple[float, float]] = {"legal": (0.65, 0.5), "other": (0.25, 0.2), "ward": (0.1, 0.3)}
ORDER = 4
NGRAMS = 4_500_000
# A word joins the vocabulary with so many appearances; a Vietnamese syllable needs fewer.
RARE_WORD, RARE_SYLLABLE = 30, 6
LARGEST_VOCABULARY = 24_000


class Corpus:
    """The training text, cleaned, and what was held out of it."""

    def __init__(self, folder: Path, lists: Path, tested: Sequence[Path]) -> None:
        numbers = Tokens()
        genres = {}
        for name in LEGAL + OTHER:
            path = next(path for suffix in (".txt.xz", ".txt") if (path := folder / f"{name}{suffix}").exists())
            genres[name] = number_lines(name, read_lines(path), numbers)
        names = list(numbers)
        genres = {name: prose(genre, names) for name, genre in genres.items()}
        # windows reach over the wrapped lines of a tested paper
        texts = number_lines("tested", (" ".join(path.read_text("utf-8").split()) for path in tested), numbers)
        shared = windows(texts, folded_pieces(numbers))[0]
        pieces = folded_pieces(numbers)
        genres = self._without(genres, pieces, shared)
        held = {}
        for name in HELD_OUT:
            genres[name], held[name] = hold_out(genres[name])
        self.held = [without_formulas(genre, list(genres.values()), pieces) for genre in held.values()]
        shared = np.concatenate([shared, *(windows(genre, pieces)[0] for genre in self.held)])
        genres = self._without(genres, pieces, shared)
        legal = [text for name in LEGAL for text in text_of(genres[name], names)]
        genres["phrases"] = number_lines("phrases", ward_lines(lists), numbers)
        genres["wards"] = number_lines("wards", as_wards(legal), numbers)
        self.genres = self._without(genres, folded_pieces(numbers), shared)
        self.names = list(numbers)
        self.mixed = {"legal": LEGAL, "other": OTHER, "ward": ("phrases", "wards")}

    @staticmethod
    def _without(genres: Mapping[str, Genre], pieces: Pieces, shared: npt.NDArray[np.uint64]) -> dict[str, Genre]:
        out = {}
        for name, genre in genres.items():
            out[name], gone = without_shared(genre, pieces, np.unique(shared))
            print(f"{name}: {gone} lines left out, {len(out[name].tokens)} tokens stay")
        return out

    def held_out_lines(self) -> Iterable[str]:
        """The held-out test lines."""
        for genre in self.held:
            yield from text_of(genre, self.names)


def _vocabulary(corpus: Corpus, tokens: Sequence[tuple[str, ...]]) -> list[str]:
    found: Counter[str] = Counter()
    for genre in corpus.genres.values():
        times = np.bincount(genre.tokens, minlength=len(tokens))
        for number in np.flatnonzero(times).tolist():
            for word in tokens[number]:
                found[word] += int(times[number])
    words = [
        word
        for word, times in sorted(found.items(), key=lambda item: (-item[1], item[0]))
        if word not in CLASSES and (times >= RARE_WORD or (times >= RARE_SYLLABLE and is_syllable(word)))
    ]
    return [*CLASSES, *words[: LARGEST_VOCABULARY - len(CLASSES)]]


def _stream(genres: Iterable[Genre], pieces: Pieces) -> npt.NDArray[np.int32]:
    """The word numbers of all lines, a boundary (0) before each and at the end."""
    parts = []
    for genre in genres:
        values, starts = expand(genre, pieces)
        lines = len(starts) - 1
        part = np.zeros(len(values) + lines, dtype=np.int32)
        part[np.arange(len(values)) + np.repeat(np.arange(lines), np.diff(starts)) + 1] = values
        parts.append(part)
    return np.concatenate([*parts, np.zeros(1, dtype=np.int32)])


def make(corpus: Corpus, path: Path, *, order: int = ORDER, ngrams: int = NGRAMS) -> int:
    """Count, smooth, mix, prune and write; returns the bytes of the file."""
    tokens = [model_tokens(name) for name in corpus.names]
    vocabulary = _vocabulary(corpus, tokens)
    number = {word: place for place, word in enumerate(vocabulary)}
    unknown = number["<unk>"]
    values = [number.get(word, unknown) for row in tokens for word in row]
    starts = np.concatenate(([0], np.cumsum([len(row) for row in tokens])))
    pieces = Pieces(np.array(values, dtype=np.uint64), starts.astype(np.int64))
    streams = [_stream((corpus.genres[name] for name in corpus.mixed[mix]), pieces) for mix in MIX]
    orders = count(streams, order, 0, len(vocabulary))
    print("n-grams counted:", [len(one) for one in orders])
    weights = [weight for weight, _ in MIX.values()]
    probs = [np.zeros(len(one)) for one in orders]
    for genre, weight in enumerate(weights):
        for total, one in zip(probs, smoothed(orders, genre, raw_lower=False), strict=True):
            total += weight * one
    worth = losses(orders, probs, shares(orders, [worth for _, worth in MIX.values()]))
    kept = backed_off(orders, probs, choose(orders, worth, ngrams))
    print("n-grams kept:", [len(one.word) for one in kept])
    every = [(corpus.genres[name], MIX[mix][0] / len(names)) for mix, names in corpus.mixed.items() for name in names]
    writing = Writing(every, corpus.names)
    about = {
        "order": order,
        "mix": {name: list(pair) for name, pair in MIX.items()},
        "tokens": {name: len(genre.tokens) for name, genre in corpus.genres.items()},
        "printed": dict(writing.printed(vocabulary)),
    }
    return pack(path, kept, vocabulary, {"shapes": writing.coded(vocabulary).ravel()}, about)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, help="folder of the corpus (xz streams)")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model")
    parser.add_argument("--lists", type=Path, help="folder of name lists (default: lists/ beside the corpus)")
    parser.add_argument(
        "--tested", type=Path, nargs="*", help="texts that are measured on (default: beside the corpus)"
    )
    parser.add_argument("--held-out", type=Path, default=Path(".work/held_out.txt"), help="where the test lines go")
    parser.add_argument("--order", type=int, default=ORDER)
    parser.add_argument("--ngrams", type=int, default=NGRAMS)
    given = parser.parse_args()
    beside = given.corpus.parent
    tested = given.tested
    if tested is None:
        patterns = ("seeds/*.txt", "gold/*.gold.txt", "real/*.gold.txt")
        tested = [path for pattern in patterns for path in sorted(beside.glob(pattern))]
    began = time.monotonic()
    corpus = Corpus(given.corpus, given.lists or beside / "lists", tested)
    given.held_out.parent.mkdir(parents=True, exist_ok=True)
    given.held_out.write_text("\n".join(corpus.held_out_lines()) + "\n", encoding="utf-8")
    given.out.mkdir(parents=True, exist_ok=True)
    size = make(corpus, given.out / "syllables.vlm", order=given.order, ngrams=given.ngrams)
    print(f"{size} bytes in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
