"""What the groups of letters in a symbol stand for, as the paper itself spells it: `TB-ĐHHP` of a Trường Đại học Hải Phòng.

A recogniser of another language loses the stroke of every Đ and takes letters for their likes. The groups are abbreviations
of names that the paper prints in full, in its letterhead or below, so these decide.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from extractors.offices import ORGAN
from normalizers.agencies import ABBREVIATIONS
from normalizers.text import skeleton

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset(("và", "va", "&"))
_ALIKE = ("ITFLJ", "OQCGD", "BEPRFD", "MNH", "UV", "KX", "VY", "SB")
"""Letters that are read for each other."""
_STANDARD = {
    skeleton(name).upper(): name for name in sorted(ABBREVIATIONS | {"ĐU", "TU", "TW", "TTg", "CĐS", "KTHTĐT", "VHXH"})
}
_COUNCILS = (("uy ban nhan dan", "UBND"), ("ubnd", "UBND"), ("hoi dong nhan dan", "HĐND"))
"""Bodies whose symbol is always the same; several of its letters may be misread."""
_SLIPS = 2
_SAID_AGAIN = 2
_SURE_LENGTH = 3


class SpelledOut:
    """The names that a paper prints in full. names: those of its letterhead. text: all that it says."""

    def __init__(self, names: Sequence[str], text: str) -> None:
        self._names = [_initials(name) for name in names]
        issuer = skeleton(names[-1]) if names else ""
        self._council = next((letters for body, letters in _COUNCILS if issuer.startswith(body)), None)
        words = [word for word in _WORD.findall(text) if word.lower() not in _SMALL]
        self._words = words
        self._letters = _initials(text)
        self._plain = self._letters.replace("Đ", "D")
        self._abbreviations = Counter(word for word in words if word.isupper())

    def group(self, printed: str) -> str:
        """A group of letters as it must have been printed; as it was read where the paper spells out nothing like it.

        >>> paper = SpelledOut(["TRƯỜNG ĐẠI HỌC HẢI PHÒNG"], "Hiệu trưởng Trường Đại học; Chuyển đổi số là việc. Chuyển đổi số nhanh")
        >>> [paper.group(letters) for letters in ("DHHP", "CDS", "DHHF", "TCKT", "UBND", "HDND")]
        ['ĐHHP', 'CĐS', 'ĐHHP', 'TCKT', 'UBND', 'HĐND']
        """
        plain = printed.upper().replace("Đ", "D")
        if plain in _STANDARD:
            return _STANDARD[plain]
        if (
            self._council
            and len(plain) >= _SURE_LENGTH
            and Levenshtein.distance(plain, skeleton(self._council).upper()) <= _SLIPS
        ):
            return self._council
        letters = plain.rstrip("0123456789")
        if not letters.isalpha():
            return printed
        read = printed[: len(letters)]
        mended = self._marked(letters, read) or self._slipped(letters) or self._in_parts(letters)
        return mended + plain[len(letters) :] if mended else printed

    def organs(self, letters: str) -> list[str]:
        """The bodies whose initials are these letters and that the paper names more than once, most often named first.

        >>> SpelledOut([], "Sở Tư pháp đề nghị; Sở Tư pháp nhận được. Sau thời phán").organs("STP")
        ['Sở Tư pháp']
        """
        plain = letters.upper().replace("Đ", "D")
        found: Counter[str] = Counter()
        at = self._plain.find(plain)
        while at >= 0:
            name = " ".join(self._words[at : at + len(plain)])
            if name[:1].isupper() and ORGAN.match(skeleton(name)):
                found[name] += 1
            at = self._plain.find(plain, at + 1)
        return [name for name, count in found.most_common() if count >= _SAID_AGAIN]

    def _marked(self, plain: str, printed: str) -> str | None:
        """The group with Đ and D as the words behind it begin; None where no words are behind it, or they disagree."""
        forms = {form for name in self._names for form in _inside(plain, name)}
        if not forms and len(plain) >= _SURE_LENGTH:
            counts = self._phrases(plain)
            forms = {form for form, count in counts.items() if count == max(counts.values())}
        if len(forms) > 1:
            return printed
        return forms.pop() if forms else None

    def _in_parts(self, plain: str) -> str | None:
        """The group with each D as it stands in pairs of words that begin like it and its neighbour: LĐ, lao động."""
        form = plain
        for index, letter in enumerate(plain):
            pairs = [(at, self._phrases(plain[at : at + 2])) for at in (index - 1, index) if 0 <= at < len(plain) - 1]
            told = {pair[index - at] for at, counts in pairs for pair in counts} if letter == "D" else set()
            if len(told) == 1:
                form = form[:index] + told.pop() + form[index + 1 :]
            elif letter == "D":
                return None
        return form

    def _phrases(self, plain: str) -> Counter[str]:
        """Forms of the group by how often words that begin so stand in a row; only rows that are said again."""
        rows: Counter[tuple[str, str]] = Counter()
        at = self._plain.find(plain)
        while at >= 0:
            words = self._words[at : at + len(plain)]
            rows[(self._letters[at : at + len(plain)], skeleton(" ".join(words)))] += 1
            at = self._plain.find(plain, at + 1)
        found: Counter[str] = Counter()
        for (form, _), count in rows.items():
            if count >= _SAID_AGAIN:
                found[form] += count
        return found

    def _slipped(self, plain: str) -> str | None:
        """A name or abbreviation of the paper that is one likely slip away from the group; None for none or several."""
        found = set()
        for other in _slips(plain):
            if other in _STANDARD and self._abbreviations[_STANDARD[other]]:
                found.add(_STANDARD[other])
            else:
                found |= {form for name in self._names if len(other) >= _SURE_LENGTH for form in _in_a_row(other, name)}
                found |= set(self._phrases(other)) if len(other) >= _SURE_LENGTH else set()
        return found.pop() if len(found) == 1 else None


def _initials(text: str) -> str:
    """First letters of the words, Đ kept apart from D."""
    words = (word for word in _WORD.findall(text) if word.lower() not in _SMALL)
    return "".join("Đ" if word[0] in "Đđ" else skeleton(word[0]).upper() for word in words)


def _slips(plain: str) -> Iterator[str]:
    for index, letter in enumerate(plain):
        likes = {other for group in _ALIKE if letter in group for other in group} - {letter}
        for other in sorted(likes):
            yield plain[:index] + other + plain[index + 1 :]


def _in_a_row(plain: str, name: str) -> set[str]:
    """The forms in which the letters stand in a row among the initials of a name."""
    bare = name.replace("Đ", "D")
    return {name[at : at + len(plain)] for at in range(len(name) - len(plain) + 1) if bare.startswith(plain, at)}


def _inside(plain: str, name: str) -> set[str]:
    """The forms in which the letters stand among the initials of a name, in order; in a row where that is possible."""
    if row := _in_a_row(plain, name):
        return row
    forms = {""}
    ends = {"": 0}
    for letter in plain:
        longer: dict[str, int] = {}
        for form in forms:
            for at in range(ends[form], len(name)):
                if name[at].replace("Đ", "D") == letter:
                    grown = form + name[at]
                    longer[grown] = min(longer.get(grown, len(name)), at + 1)
        forms, ends = set(longer), longer
    return forms if len(plain) >= _SURE_LENGTH else set()
