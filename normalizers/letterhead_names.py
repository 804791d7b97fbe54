"""Lines of a letterhead that a recogniser of another language garbled, mended by the lists: standard names of bodies, and units.

Both lists are closed, so a line that has the letters of one entry, whatever became of blanks and marks, is that entry.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz, process

from normalizers.agencies import ABBREVIATIONS, STANDARD_NAMES
from normalizers.places import UNIT_WORDS, province_names, units
from normalizers.text import bare_letters, has_letters_of_syllable, key, skeleton, squeeze

_NEAR = 88  # per cent of letters in common
_NEARER = 92  # where each word can stand as it was read: SỞ GIÁO DỤC ĐÀO TẠO
_SHORTEST = 5  # letters of a name that may hold a slip
_STRAY = 2  # letters of what was read from the stroke below a name
_NOUNS = {
    skeleton(noun).replace(" ", ""): noun.upper()
    for noun in ("phường", "xã", "đặc khu", "tỉnh", "thành phố", "thị trấn", "thị xã", "quận", "huyện")
}
_OF_UNIT = re.compile(
    rf"(?P<body>ubnd|hdnd|uybannhandan|hoidongnhandan|dangbo|danguy|tinhuy|thanhuy|congan)?(?P<noun>{'|'.join(_NOUNS)})(?P<name>[a-z]{{2,}})"
)
_TAIL = re.compile(rf"\b(?P<noun>{'|'.join(word.upper() for word in UNIT_WORDS)})\s+(?P<name>[^,;()]+)$")
_SHORTENED = ("Ủy ban MTTQ Việt Nam", "Ủy ban MTTQ")
_BODIES = {"ubnd": "UBND", "hdnd": "HĐND"}


@cache
def _standard() -> dict[str, str]:
    names = (*_SHORTENED, *STANDARD_NAMES)
    return {bare_letters(name): name for name in reversed(names) if len(name.split()) > 1}


@cache
def _units() -> dict[tuple[str, str], frozenset[str]]:
    """Names of units, present and former provinces among them, by noun and letters; by an empty noun all of these letters."""
    found: dict[tuple[str, str], set[str]] = {}
    provinces = [(noun, name) for noun in ("tỉnh", "thành phố") for name in province_names().values()]
    for noun, name in (*((unit.kind, unit.name) for unit in units()), *provinces):
        found.setdefault((bare_letters(noun), bare_letters(name)), set()).add(name)
        found.setdefault(("", bare_letters(name)), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def _known(noun: str, letters: str) -> frozenset[str]:
    """The units of a noun with these letters; of all nouns where that one has none, for nouns change."""
    return _units().get((noun, letters)) or _units().get(("", letters), frozenset())


def unit_of_letters(printed: str) -> str | None:
    """The one unit that has the letters of a name, whatever its blanks and marks; None for none or several.

    >>> unit_of_letters("Sapa"), unit_of_letters("Nơi Khác")
    ('Sa Pa', None)
    """
    known = _units().get(("", bare_letters(printed)), frozenset())
    return next(iter(known)) if len(known) == 1 else None


def is_legible(word: str) -> bool:
    """Whether a word can be one: a syllable by its letters, an abbreviation or a Roman number.

    >>> [is_legible(word) for word in ("PHƯỜNG", "UBND", "KIENAN", "VIII", "SOTU")]
    [True, True, False, True, False]
    """
    return has_letters_of_syllable(word) or word in ABBREVIATIONS or bool(re.fullmatch(r"[IVX]{1,5}|\d{1,3}", word))


def mended_line(printed: str) -> str:
    """A line of a letterhead as the lists have it; a line that names nothing of them comes back as it is.

    >>> mended_line("UY BANNHANDAN"), mended_line("‘SOTU PHAP"), mended_line("SỐ.TƯ PHÁP")
    ('ỦY BAN NHÂN DÂN', 'SỞ TƯ PHÁP', 'SỞ TƯ PHÁP')
    >>> mended_line("SỞ GIÁO DỤC ĐÀO TẠO"), mended_line("SỞ XÂY DỰNG")
    ('SỞ GIÁO DỤC VÀ ĐÀO TẠO', 'SỞ XÂY DỰNG')
    >>> mended_line("UBNDTINHGIALAI"), mended_line("PHUONG HỒNG BÀNG"), mended_line("PHƯỜNG VIỆT TRÌ Ô")
    ('UBND TỈNH GIA LAI', 'PHƯỜNG HỒNG BÀNG', 'PHƯỜNG VIỆT TRÌ')
    >>> mended_line("TRUNG TÂM Y TẾ"), mended_line("XÃ AN"), mended_line("ỦY BAN MTTQ VIETNAM"), mended_line("TRUNG HQC CO so")
    ('TRUNG TÂM Y TẾ', 'XÃ AN', 'ỦY BAN MTTQ VIỆT NAM', 'TRUNG HQC CO so')
    """
    letters = bare_letters(printed)
    if (standard := _standard_name(printed, letters)) is not None:
        return standard
    found = _OF_UNIT.fullmatch(letters)
    name = _unit_name(printed, found["noun"], found["name"]) if found else None
    if found is None or name is None:
        return re.sub(r"\w{6,}", lambda word: _parted(word.group()), printed)
    body = found["body"] or ""
    words = [_BODIES.get(body) or _standard().get(body, body).upper(), _NOUNS[found["noun"]], name]
    return " ".join(filter(None, words))


def _parted(word: str) -> str:
    """A word that lost its blanks: VIETNAM."""
    standard = None if is_legible(word) else _standard().get(bare_letters(word))
    return standard.upper() if standard else word


def with_unit_marks(name: str) -> str:
    """A body's name in capitals with its unit as the list writes it, where one unit only has these letters.

    >>> with_unit_marks("ĐẢNG ỦY XÃ GIA VIỆN"), with_unit_marks("ỦY BAN NHÂN DÂN XÃ AN")
    ('ĐẢNG ỦY XÃ GIA VIỄN', 'ỦY BAN NHÂN DÂN XÃ AN')
    """
    tail = _TAIL.search(name)
    known = _nearest(_known(bare_letters(tail["noun"]), bare_letters(tail["name"])), tail["name"]) if tail else None
    return f"{name[: tail.start('name')]}{known.upper()}" if tail and known else name


def _nearest(known: frozenset[str], printed: str) -> str | None:
    """The name that has most words as they are printed; None where two have as many."""
    words = key(printed).split()
    same = {name: sum(map(str.__eq__, key(name).split(), words)) for name in known}
    best = [name for name in known if same[name] == max(same.values())]
    return best[0] if len(best) == 1 else None


def _standard_name(printed: str, letters: str) -> str | None:
    """The standard name that a line is, in capitals; as it is printed where that can stand. A slip needs a single name near."""
    standard = _standard().get(letters)
    if standard is not None:
        whole = skeleton(squeeze(printed)) == skeleton(standard) and not printed.isascii()
        return printed.upper() if whole else standard.upper()
    if len(letters) < _SHORTEST:
        return None
    whole = all(map(is_legible, re.findall(r"\w+", printed)))
    near = process.extract(
        letters, _standard().keys(), scorer=fuzz.ratio, score_cutoff=_NEARER if whole else _NEAR, limit=2
    )
    if len(near) != 1 or whole and skeleton(printed).split()[0] != skeleton(_standard()[near[0][0]]).split()[0]:
        return None
    return _standard()[near[0][0]].upper()


def _unit_name(printed: str, noun: str, letters: str) -> str | None:
    """The unit whose letters a line ends with, in capitals; as it is printed where that can stand. None where none is known."""
    words = re.findall(r"\w+", printed)
    for stray in (0, 1):  # a sign or two may have been read behind it
        if stray and (len(words) < 2 or len(words[-1]) > _STRAY):
            return None
        kept = words[: len(words) - stray]
        wanted = letters[: len(letters) - stray * len(bare_letters(words[-1]))]
        size = next((size for size in range(1, len(kept) + 1) if bare_letters("".join(kept[-size:])) == wanted), 0)
        own = " ".join(kept[-size:]) if size else ""
        known = _known(noun, wanted)
        if own and any(key(name) == key(own) for name in known):
            return own.upper()
        if (near := _nearest(known, own)) is not None:  # its marks are but a guess of what the letters are
            return near.upper()
        if own and known and not stray:
            return own.upper()
    return None
