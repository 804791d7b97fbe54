"""Lines of an authority block as they were printed: what a seal or a recogniser did to them is undone where the lines above
and below leave one reading only (NĐ 30/2020 Điều 13 knows few marks, and few posts follow them).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from normalizers.agencies import DEPUTIES, SIGNING_BODIES, near_authority, standard_post
from normalizers.text import skeleton, tidy

PREFIX = re.compile(
    r"^\W*((?:TM|KT|TL|TUQ|Q)(?=\s*[.,:]|\s*-\s*(?![A-ZĐ]{1,3}\b))|[TK]/[TML](?=[\s.,]))\s*[.,:\-]?\s*(.*)$", re.DOTALL
)
# Prefixes with a letter misread, in front of a post or body.
_MISREAD = (
    (re.compile(r"^\W*[KX][IFLY17l][.,:]\s*(?=[A-ZĐÀ-Ỹ]{2})"), "KT. "),
    (re.compile(r"^\W*(?:[IF1]M|TN)[.,:]\s*(?=[A-ZĐÀ-Ỹ]{2})"), "TM. "),
    (re.compile(r"^\W*T[I1][.,:]\s*(?=[A-ZĐÀ-Ỹ]{2})"), "TL. "),
    (re.compile(r"^\W*[PIF1]/M\s+(?=[A-ZĐÀ-Ỹ]{2})"), "T/M "),
    (re.compile(r"^\W*[TPFI1]\W?M\W?\s+(?=BAN (?:THƯỜNG|CHẤP)|CHI BỘ|ĐẢNG (?:ỦY|UỶ|BỘ))"), "TM. "),
    (re.compile(r"^\W*(KT|TL|TUQ|TM)\s+(?=[A-ZĐÀ-Ỹ]{2})"), r"\1. "),
    (re.compile(r"^\W*([TK]/[TML])(?=[A-ZĐÀ-Ỹ]{2})"), r"\1 "),
    (
        re.compile(r"^\W*(?:[LI1]?Q[.,]?|Q)\s+(?=(?:TỔNG |CHI )?(?:GIÁM|CỤC|CHỦ|HIỆU|VIỆN|TRƯỞNG|BỘ TRƯỞNG|CHÁNH)\b)"),
        "Q. ",
    ),
)
# Heads of units who sign by order of a head of the body; where `TL.` is lost, both posts stand one below the other.
BODY_HEAD = re.compile(r"^(?:chu tich|(?:tong )?giam doc|hieu truong|bo truong|cuc truong|vien truong)$")
UNIT_HEAD = re.compile(r"^(?:(?:pho )?chanh van phong|(?:pho )?truong phong|chanh thanh tra|(?:pho )?vu truong)\b")

# Any mark in front of a post, read well or not.
_AFTER_MARK = re.compile(r"^\W*(?:(?:TM|KT|TL|TUQ|Q)\b|[TK]/[TML]|[A-Z1]{1,3}(?=[.,:]))[.,:;\s]*")
_SMALL_MARK = re.compile(r"^\W*(?:tm|kt|tl|tuq|q)(?=[.,:]\s*[A-ZĐÀ-Ỹ]{2})", re.IGNORECASE)
_NOISY_ORDER = re.compile(r"^\W*[TIL1]{1,2}[.,:]\s*")
_NOISY_DEPUTY = re.compile(r"^\W*K[A-Z17/]?[.,:]?\s+(?P<rest>[A-ZĐÀ-Ỹ].*)$", re.DOTALL)
_LOST_MARK = re.compile(r"^\W*[A-Z1/]{0,3}[.,:]\s*(?P<rest>[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ\s]+)$")
_MARK_LETTERS = (2, 3)
_GLUED = 90
_NEAR_BODY = 80  # per cent of letters in common, as all below
_SAME = 85
_FITS = 62
_NEAR_PAIR = 75
_LONGER = 4  # letters
_LEAD = 8  # how much better than the next pair the best one must be
_SHORT = 5
_BROKEN = re.compile(r"^\W*?(?:\)\s?\.|[^\W_]{1,3}\s?[.,:]|[a-zà-ỹ]{1,3})\s+(?=[A-ZĐÀ-Ỹ]{2})")
_JUNK = re.compile(r"^[^\w]+|[^\w),]+$")
_TWICE = re.compile(r"\b(\w+)(?:\s+\1)+\b")


def mended(lines: Sequence[str], party: bool) -> list[str]:
    """The lines of a block with what the seal hid restored.

    >>> mended(["TM. CHÍNH PHỦ", "1 Ủ TƯỚNG", "PHÓ TR TƯỚNG"], party=False)
    ['TM. CHÍNH PHỦ', 'KT. THỦ TƯỚNG', 'PHÓ THỦ TƯỚNG']
    >>> mended(["TTRƯỜNG BAN", "PHÓ IRĐỞNG BAN"], party=True), mended(["M, BANHHƯỜNG TRỰC"], party=False)
    (['K/T TRƯỞNG BAN', 'PHÓ TRƯỞNG BAN'], ['TM. BAN THƯỜNG TRỰC'])
    """
    return list(_mended(tuple(lines), party))


@lru_cache(maxsize=64)  # several rules ask for the block of one paper
def _mended(lines: tuple[str, ...], party: bool) -> tuple[str, ...]:
    out = [_mended_prefix(line) for line in lines]
    for index, line in enumerate(out):
        out[index] = _mended_body(line)
        if index + 1 < len(out):
            pair = _deputy_pair(line, out[index + 1], party)
            if pair is not None:
                out[index], out[index + 1] = pair
            elif BODY_HEAD.match(_bare(_AFTER_MARK.sub("", line))) and UNIT_HEAD.match(skeleton(out[index + 1])):
                out[index] = _NOISY_ORDER.sub("TL. ", line)
    return tuple(out)


def _bare(line: str) -> str:
    """The letters of a line without marks, words apart by one space."""
    return " ".join(re.findall(r"\w+", skeleton(line)))


def _mended_body(line: str) -> str:
    """`M, BANHHƯỜNG TRỰC` is `TM. BAN THƯỜNG TRỰC`: a mark that lost a letter in front of a body that signs as one."""
    found = _LOST_MARK.match(line)
    if found is None:
        return _glued_body(line)
    said = _bare(found["rest"]).replace(" ", "")
    near = max(SIGNING_BODIES, key=lambda body: fuzz.ratio(said, skeleton(body).replace(" ", "")))
    return f"TM. {near}" if fuzz.ratio(said, skeleton(near).replace(" ", "")) >= _NEAR_BODY else line


def _glued_body(line: str) -> str:
    """`PMUYBAN KIỂM TRA` is `TM. ỦY BAN KIỂM TRA`: two or three letters in front of a body are its mark."""
    letters = _bare(line).replace(" ", "")
    if not line.isupper() or PREFIX.match(line) or standard_post(line):
        return line
    for body in SIGNING_BODIES:
        name = skeleton(body).replace(" ", "")
        lead = len(letters) - len(name)
        if lead in _MARK_LETTERS and fuzz.ratio(letters[lead:], name) >= _GLUED:
            return f"TM. {body}"
    return line


def _likeness(printed: str, post: str) -> float:
    """Per cent of letters in common, with their marks and without."""
    marked = fuzz.ratio("".join(printed.lower().split()), "".join(post.lower().split()))
    bare = fuzz.ratio(_bare(printed).replace(" ", ""), skeleton(post).replace(" ", ""))
    return (marked + bare) / 2


def _deputy_pair(line: str, below: str, party: bool) -> tuple[str, str] | None:
    """`KT. X` above `PHÓ X`: the one tells the other; None where both are as they should be, or nothing fits."""
    mark = _AFTER_MARK.match(line)
    printed = line[mark.end() :] if mark else line
    head, deputy = _bare(printed).replace(" ", ""), _bare(below).replace(" ", "")
    if not below.isupper() or min(len(head), len(deputy)) < _SHORT:
        return None
    if standard_post(printed) and deputy.startswith("pho") and head.startswith(deputy[3:]):
        return None  # as it should be; KT. TRƯỞNG PHÒNG ĐÀO TẠO / PHÓ TRƯỞNG PHÒNG too
    exact = PREFIX.match(line)
    said = exact[1] if exact else "K/T" if party else "KT"
    said += "" if "/" in said else "."
    if (known := _known_pair(printed, below)) is not None:
        return f"{said} {known[0].upper()}", known[1].upper()
    if exact and deputy.startswith("pho") and head != deputy[3:] and fuzz.ratio(head, deputy[3:]) >= _SAME:
        return f"{said} {below.split(' ', 1)[1]}", below
    return None


def _says_more(printed: str, post: str) -> bool:
    """Whether the post goes on: PHÓ TRƯỞNG CÔNG AN XÃ."""
    said, known = _bare(printed).replace(" ", ""), skeleton(post).replace(" ", "")
    return said.startswith(known) and len(said) > len(known)


def _known_pair(printed: str, below: str) -> tuple[str, str] | None:
    """The head's and the deputy's post that two lines are nearest to, where one pair is clearly nearest."""
    scored = sorted(
        ((_likeness(printed, superior), _likeness(below, post), post, superior) for post, superior in DEPUTIES),
        key=lambda row: (-(row[0] + row[1]), row[2]),
    )
    (first, second, post, superior), after, *_ = scored
    if min(first, second) < _FITS or first + second < 2 * _NEAR_PAIR or first + second < after[0] + after[1] + _LEAD:
        return None
    if _says_more(below, post) or _says_more(printed, superior):
        return None
    if abs(len(post) - len(below.strip())) > _LONGER or abs(len(superior) - len(printed.strip())) > _LONGER:
        return None  # the post says more: PHÓ CHỈ HUY TRƯỞNG - THAM MƯU TRƯỞNG
    return superior, post


def _mended_prefix(line: str) -> str:
    """`KI. GIÁM ĐỐC` is `KT. GIÁM ĐỐC`."""
    line = _SMALL_MARK.sub(lambda mark: mark[0].upper(), line)
    noisy = _NOISY_DEPUTY.match(line)
    if noisy is not None and standard_post(noisy["rest"]):
        return f"KT. {noisy['rest']}"
    for pattern, prefix in _MISREAD:
        mended, count = pattern.subn(prefix, line)
        if count:
            return mended
    return line


def doubtful(line: str) -> bool:
    """Whether a mark that cannot be read stands in front of a post: `KT.` or `TL.` would make it another's.

    >>> doubtful("). CHỦ TỊCH"), doubtful("or CHỦ TỊCH"), doubtful("PHÓ CHỦ TỊCH"), doubtful(". CHỦ TỊCH")
    (True, True, False, False)
    """
    found = _BROKEN.match(line)
    post = standard_post(line[found.end() :]) if found else None
    return post is not None and BODY_HEAD.match(skeleton(post)) is not None


def without_speck(line: str) -> str:
    """A line that names a post or body, without what was read in front of it."""
    found = _BROKEN.match(line)
    return line[found.end() :] if found and near_authority(line[found.end() :]) else line


def tidy_line(printed: str) -> str:
    """A line of the block without strokes around it and words that were read twice."""
    return _TWICE.sub(r"\1", _JUNK.sub("", tidy(printed).strip(" .*:")))
