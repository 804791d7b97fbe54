"""From lines of raw tokens to stretches: parts of tokens with what is known of each, lines joined, debris left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from normalizers.vietnamese import bare
from pipeline.repair.codes import mend_quarters, usual_quarters
from pipeline.repair.noise_level import READ_WITH_MARKS, Noise, is_clean_line, keeps_marks
from pipeline.repair.outline import mend_marks
from pipeline.repair.parts import LONGEST, Core, core_of
from pipeline.repair.protect import Guard, guard
from pipeline.repair.specks import MARK, crumbs, dash_of_item, without_specks

_YEAR_GLUED: Final = re.compile(r"([^\W\d_]{2,5})((?:19|20)\d\d)")  # "năm2025"
_JOINTS: Final = re.compile(r"(?<=[^\W\d_]{2})([/&\-–—+,;.]+)(?=[^\W\d_]{2})")


class Token(NamedTuple):
    """A raw token or, where letters are joined by a slash, a hyphen and so on, a part of one.

    line, word: where it stands; `glued`: follows the part before without a space; `kept`: not to be changed;
    `upper`: the words around are capitals; `first`: begins a sentence; `inside`: stands between two words of one line;
    `quarters`: the quarter numerals it prints, where it does.
    """

    line: int
    word: int
    core: Core
    guard: Guard
    glued: bool
    kept: bool
    upper: bool
    first: bool
    inside: bool
    quarters: str | None

    @property
    def text(self) -> str:
        return self.core.before + self.core.core + self.core.after


@dataclass(frozen=True)
class Stretch:
    """Tokens that are decoded together: lines joined, between blank lines and column bars."""

    tokens: list[Token] = field(default_factory=list)


def _pieces(raw: str) -> Iterator[Core]:
    core = core_of(raw)
    if len(raw) > LONGEST:
        yield core
        return
    year = _YEAR_GLUED.fullmatch(core.core)
    if year:
        yield Core(core.before, year[1], " ")
        yield Core("", year[2], core.after)
        return
    parts = _JOINTS.split(core.core)
    if len(parts) == 1 or guard(core.core) is not Guard.WORD:
        yield core
        return
    words, joints = parts[::2], [*parts[1::2], core.after]
    for index, (word, joint) in enumerate(zip(words, joints, strict=True)):
        yield Core(core.before if index == 0 else "", word, joint)


def _is_word(raw: str) -> bool:
    return len(raw) > 1 and any(char.islower() for char in raw) and raw[-1] not in ".:;)"


def _is_title(raw: str) -> bool:
    """A capital and small letters, as in names."""
    core = core_of(raw).core
    return len(core) > 1 and core[0].isupper() and core[1:].islower()


def _is_capital(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return len(letters) > 1 and sum(char.isupper() for char in letters) > 0.6 * len(letters)


def _goes_on(before: Sequence[str], after: Sequence[str]) -> bool:
    """True where a sentence runs on over blank lines (page breaks, dumps with every line apart)."""
    return len(before) > 4 and before[-1][-1] not in ".;:?!" and after[0][0].islower()


def _begins(before: Sequence[str], after: Sequence[str]) -> bool:
    """True where a line cannot go on the one before: small letters under capitals, or the reverse."""
    return _is_capital(" ".join(before)) != _is_capital(" ".join(after)) and len(before) > 1 < len(after)


def _printed(line: Sequence[str], noise: Noise) -> list[tuple[int, str]]:
    """Places and tokens of a line without what specks made of it; only the English reader is known to take specks for signs."""
    if noise != "eng" or is_clean_line(" ".join(line)):
        return list(enumerate(line))
    dropped = crumbs(line)
    kept = [place for place in range(len(line)) if place not in dropped]
    words = [(place, without_specks(line[place], place == kept[0], place == kept[-1])) for place in kept]
    if dash_of_item(line):
        return [(0, "-"), *(word for word in words if word[0] > 0)]
    return words


def stretches(lines: Sequence[Sequence[str]], noise: Noise) -> Iterator[Stretch]:
    """Cut the text into stretches. Lines are NFC raw tokens; lines that are clean among noisy ones are kept."""
    tokens: list[Token] = []
    first, blank = True, False
    usual = usual_quarters(raw for line in lines for raw in line) if noise != "stripped" else {}
    words = [_printed(line, noise) for line in lines]
    lines = [[text for _, text in line] for line in words]
    marks = mend_marks(lines) if noise != "stripped" else {}
    for number, line in enumerate(lines):
        if not line:
            blank = True
            continue
        if tokens and (blank and not _goes_on(lines[tokens[-1].line], line) or _begins(lines[tokens[-1].line], line)):
            yield Stretch(tokens)
            tokens, first = [], True
        blank = False
        capital = [_is_capital(raw) for raw in line]
        clean = noise not in READ_WITH_MARKS and is_clean_line(" ".join(line))
        for place, read in enumerate(line):
            raw = marks.get(number, read) if place == 0 else read
            if raw in ("|", "||") and tokens:
                yield Stretch(tokens)
                tokens, first = [], True
            near = capital[max(0, place - 2) : place] + capital[place + 1 : place + 3]
            for index, core in enumerate(_pieces(raw)):
                before = bare(tokens[-1].core.core.lower()) if tokens else ""
                quarters = None if noise == "stripped" else mend_quarters(core.core[:20], before == "quy")
                tokens.append(
                    Token(
                        number,
                        words[number][place][0],
                        core,
                        guard(core.core),
                        index > 0,
                        clean
                        or noise not in READ_WITH_MARKS
                        and keeps_marks(core.core)
                        or line[place + 1 : place + 2] != []
                        and line[place + 1].startswith("/")
                        and any(char.isdigit() for char in raw)  # a number whose symbol stands apart
                        or place == 0
                        and (number in marks or MARK.fullmatch(raw) is not None),
                        bool(near) and sum(near) * 2 > len(near),
                        first
                        and index == 0
                        and not (place + 1 < len(line) and _is_title(raw) and _is_title(line[place + 1])),
                        0 < place < len(line) - 1 and _is_word(line[place - 1]) and _is_word(line[place + 1]),
                        usual.get(quarters, quarters) if quarters else None,
                    )
                )
                if any(char.isalnum() for char in raw):
                    first = core.after.endswith((".", "?", "!")) and not core.core.isdigit()
                elif place == 0:
                    first = True  # "- Như trên"
                if first is False and core.core.isdigit() and place == 0 and core.after.endswith((".", ")")):
                    first = True  # "1. Mục đích"
    if tokens:
        yield Stretch(tokens)
