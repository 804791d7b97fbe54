"""What most rows of a woven table say, by which its damaged cells are read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from rapidfuzz import fuzz

from extractors.marks import ROMANS
from extractors.tables import deadline_words
from extractors.tables.cells import fixed_words
from extractors.tables.chunks import Placing
from extractors.tables.phrases import PhraseTrie, plain_word
from extractors.tables.wrapping import Placed, lines_of
from normalizers.periods import read_deadline, read_quarters

_SORT = 2  # words that name a sort of agencies
_CLEAN = re.compile(r"Quý [IV]+(?:, ?[IV]+)*/20\d\d")


class Memory(NamedTuple):
    """What most rows say, to read the damaged ones by: agencies by column, and the deadline of most rows."""

    agencies: dict[str, dict[str, int]]  # how many rows name each
    deadline: str | None

    def agency(self, column: str, placing: Placing, printed: str | None, trie: PhraseTrie) -> str | None:
        """The clean form of an agency: the whole one that the trie knows, or the only one of the table that begins so;
        None for a part of one."""
        here = placing.agencies.get(column)
        if here is None or here.many:
            return printed
        known = self.agencies.get(column, {})
        own = known.get(here.node.phrase or "", 0)
        fitting = [
            phrase
            for phrase, count in known.items()
            if phrase != here.node.phrase
            and count >= max(2, 3 * own)
            and (_passes(trie, phrase, here.node) or _shortened(here.node.phrase, phrase))
        ]
        if len(fitting) == 1:
            return fitting[0]
        further = here.node.named_ahead() if _tells_enough(here.node, printed) else []
        return further[0] if len(further) == 1 and not here.node.named else here.node.phrase

    def deadline_of(self, printed: str | None) -> str | None:
        """The deadline, its quarters read as most rows have them where recognition left too little to tell; None where nothing does."""
        read = with_numerals(self._deadline_of(printed))
        own = read_deadline(read, 2000)  # some year, as one may be lost
        return read if own.periods or own.recurring or own.condition else None

    def _deadline_of(self, printed: str | None) -> str | None:
        usual = self.deadline
        if printed is None or usual is None or not usual.startswith("Quý"):
            return printed
        own = read_deadline(printed)
        if own.periods and _CLEAN.fullmatch(printed):
            return printed
        if own.periods:
            bare = printed.removeprefix("Quý ")
            near = fuzz.ratio(bare, usual.removeprefix("Quý ")) >= 85 and bare[-4:] == usual[-4:]
            unsure = re.search(r"[1l|!\\]", bare.split("/")[0]) and own.periods[-1] == read_deadline(usual).periods[-1]
            return usual if near or unsure else printed
        return usual if printed == "Quý" or printed.startswith("Quý") and printed[-4:] == usual[-4:] else printed


def _tells_enough(node: PhraseTrie, printed: str | None) -> bool:
    """Whether the words up to a node name an agency, not only its sort (`Trung tâm`)."""
    return node.phrase is not None or node.depth > _SORT or node.depth == _SORT and (printed or "").startswith("Phòng ")


def _shortened(own: str | None, whole: str) -> bool:
    """Whether an agency is what is left of another when words in its middle are lost."""
    plain = [plain_word(word) for word in (own or "").split()]
    full = [plain_word(word) for word in whole.split()]
    rest = iter(full)
    same_ends = plain[:2] == full[:2] and plain[-1:] == full[-1:]
    return len(plain) >= 3 and same_ends and all(word in rest for word in plain)


def _passes(trie: PhraseTrie, phrase: str, node: PhraseTrie) -> bool:
    at: PhraseTrie | None = trie
    for word in phrase.split():
        plain = plain_word(word)
        if plain and plain != "-":
            at = at.children.get(plain) if at is not None else None
            if at is node:
                return True
    return False


def learn_memory(placed: Placed) -> Memory:
    """Agencies that at least two whole rows name, and the deadline that most rows share."""
    agencies: defaultdict[str, Counter[str]] = defaultdict(Counter)
    forms: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row, placing in placed:
        for column, here in placing.agencies.items():
            if here is not None and here.node.phrase is not None and not here.many:
                agencies[column][here.node.phrase] += 1
        printed = clean_deadline(
            " ".join(map(deadline_words.mended, fixed_words(lines_of(row), placing.chunks, "deadline"))) or None
        )
        if printed and (periods := read_deadline(printed).periods):
            forms[periods][printed] += 1
    shared = None
    if forms:
        usual = max(forms.values(), key=Counter.total)
        if usual.total() >= 3 and usual.total() >= 0.4 * sum(map(Counter.total, forms.values())):
            shared = max(usual, key=lambda form: (form.startswith("Quý"), usual[form]))
    return Memory({column: dict(counts) for column, counts in agencies.items()}, shared)


def with_numerals(printed: str | None) -> str | None:
    """A deadline whose quarters were read among strokes, with their numerals.

    >>> [with_numerals(text) for text in ("Quý 1V/2031", "Quý 111, 1V/2031.", "Quý 1 1V/2031", "30/6/2031;")]
    ['Quý IV/2031', 'Quý III, IV/2031', 'Quý 1 1V/2031', '30/6/2031']
    """
    printed = printed.rstrip(".,;:- ") if printed else printed
    strokes = re.match(r"Quý ([^/]{1,12})/", printed or "")
    numbers = read_quarters(strokes[1]) if strokes else None
    if printed is None or strokes is None or numbers is None or " " in strokes[1].replace(", ", ","):
        return printed
    joint = ", " if ", " in strokes[1] else ","
    return f"Quý {joint.join(ROMANS[number - 1] for number in numbers)}{printed[strokes.end(1) :]}"


def clean_deadline(printed: str | None) -> str | None:
    """A deadline with the words of its slot: repair cannot tell `Quỹ` from `Quý` without numbers, nor `10 trình` from `lộ trình`."""
    if printed and (roadmap := re.match(r"Theo \S{1,3} trình", printed)):
        return f"Theo lộ trình{printed[roadmap.end() :]}"
    if printed and "(" not in printed:
        printed = printed.rstrip(")")  # the ruling right of the cell
    if printed and printed[:2] in ("Qu", "Qư", "QU") and len(printed.split()[0]) == 3:
        return " ".join(["Quý", *printed.split()[1:]])
    return printed
