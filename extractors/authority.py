"""The authority block above a signature: lines with TM., KT., TL. …, and the post in which the signer signs.

Its language is small (NĐ 30/2020 Điều 13), and a seal lies over it on paper: a line that was misread is mended where the
lines above and below it leave one reading only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from extractors.signature import Piece
from normalizers.agencies import DEPUTIES, SIGNING_BODIES, sentence_case, standard_post
from normalizers.text import capitals, skeleton, tidy
from schemas.text import Span

_PREFIX = re.compile(
    r"^\W*((?:TM|KT|TL|TUQ|Q)(?=\s*[.,:]|\s*-\s*(?![A-ZĐ]{1,3}\b))|[TK]/[TML](?=[\s.,]))\s*[.,:\-]?\s*(.*)$", re.DOTALL
)
_POST_START = re.compile(
    r"^\W*(?:q\.\s*)?(?:pho\b|chu tich|giam doc|tong\b|bo truong|thu truong|chanh\b|truong\b|hieu truong|vien truong|cuc truong|chi cuc|vu truong|bi thu|thu tuong"
    r"|chu nhiem|thong doc|to truong|ke toan|thu ky|chu toa|dai su|chi huy|tu lenh|chinh uy|quyen\b|uy vien)"
)
_GOES_ON = re.compile(r"^\W*(?:thuong truc|phu trach|dieu hanh|tinh\b|thanh pho|phuong\b|xa\b|huyen\b|quan\b|kiem\b)")
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
_SECOND_PREFIX = re.compile(r"\s+(?=(?:KT|TL|TUQ|Q)\.\s?[A-ZĐÀ-Ỹ])")
# Heads of units who sign by order of a head of the body; where `TL.` is lost, both posts stand one below the other.
_BODY_HEAD = re.compile(r"^(?:chu tich|(?:tong )?giam doc|hieu truong|bo truong|cuc truong|vien truong)$")
_UNIT_HEAD = re.compile(r"^(?:(?:pho )?chanh van phong|(?:pho )?truong phong|chanh thanh tra|(?:pho )?vu truong)\b")

_COLLECTIVE = "Ủy ban nhân dân"
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


def mended(lines: Sequence[str], party: bool) -> list[str]:
    """The lines of a block with what the seal hid restored.

    >>> mended(["TM. CHÍNH PHỦ", "1 Ủ TƯỚNG", "PHÓ TR TƯỚNG"], party=False)
    ['TM. CHÍNH PHỦ', 'KT. THỦ TƯỚNG', 'PHÓ THỦ TƯỚNG']
    >>> mended(["TTRƯỜNG BAN", "PHÓ IRĐỞNG BAN"], party=True), mended(["M, BANHHƯỜNG TRỰC"], party=False)
    (['K/T TRƯỞNG BAN', 'PHÓ TRƯỞNG BAN'], ['TM. BAN THƯỜNG TRỰC'])
    """
    out = [_mended_prefix(line) for line in lines]
    for index, line in enumerate(out):
        out[index] = _mended_body(line)
        if index + 1 < len(out):
            pair = _deputy_pair(line, out[index + 1], party)
            if pair is not None:
                out[index], out[index + 1] = pair
            elif _BODY_HEAD.match(_bare(_AFTER_MARK.sub("", line))) and _UNIT_HEAD.match(skeleton(out[index + 1])):
                out[index] = _NOISY_ORDER.sub("TL. ", line)
    return out


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
    if not line.isupper() or _PREFIX.match(line) or standard_post(line):
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
    exact = _PREFIX.match(line)
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


class Block:
    """The authority block: lines with TM., KT. …, and the post in which the signer signs."""

    def __init__(self, pieces: tuple[Piece, ...], party: bool) -> None:
        self.prefixed: list[tuple[str, Span]] = []
        self.posts: list[tuple[str, Span]] = []
        self.doubtful = False  # a mark that cannot be read stands before a post
        self._for_head = "K/T" if party else "KT."
        parts = [(part, whole) for whole in pieces for part in _SECOND_PREFIX.split(whole.text)]
        texts = mended([part for part, _ in parts], party)
        for text, (printed, piece) in zip(texts, parts, strict=True):
            found = _PREFIX.match(text)
            if found is not None:
                mark = found[1] if "/" in found[1] else f"{found[1]}."
                if party and mark == "TM." and not printed.lstrip().startswith("TM."):
                    mark = "T/M"
                said = _line(found[2])
                line = f"{mark} {standard_post(said) or said}"
                if self.prefixed and line.startswith(self.prefixed[-1][0]):
                    self.prefixed.pop()  # the same line, read twice
                self.prefixed.append((line, piece.span))
            elif _doubtful(text):
                self.doubtful = True
            else:
                self._add(_line(text), piece.span)

    def _add(self, printed: str, span: Span) -> None:
        body = standard_post(printed) or printed
        folded = skeleton(body)
        if not self.prefixed and not self.posts and fuzz.ratio("uy ban nhan dan", folded) >= 85:
            self.prefixed.append((f"TM. {_COLLECTIVE}", span))  # only `TM.` can stand there, the seal hides it
        elif self.prefixed and not self.posts and not _POST_START.match(folded):
            if capitals(body) >= 0.8:
                self._join(self.prefixed, body, span)
        elif self.posts and not _POST_START.match(folded):
            if _GOES_ON.match(folded) or _cut_off(self.posts[-1][0]):
                self._join(self.posts, body, span)
        elif _POST_START.match(folded) or standard_post(printed):
            self.posts.append((body, span))

    @staticmethod
    def _join(lines: list[tuple[str, Span]], body: str, span: Span) -> None:
        text, before = lines[-1]
        lines[-1] = (f"{text} {body}", Span(before.start, span.end))

    def _deputy(self) -> bool:
        """Whether a post and its deputy stand below each other: the first is the one signed for, its `KT.` is lost."""
        return len(self.posts) > 1 and skeleton(self.posts[1][0]).startswith("pho " + skeleton(self.posts[0][0]))

    def _lone_deputy(self) -> str | None:
        """The head for whom a deputy signs of whom no line was read: a deputy signs for none but a head."""
        first = standard_post(self.posts[0][0]) if self.posts else None
        if first is None or any(not line.startswith("TM.") for line, _ in self.prefixed):
            return None
        return dict(DEPUTIES).get(first)

    def post(self) -> tuple[str, Span, float] | None:
        """The post of the signer. A second one below it is another office that the signer holds."""
        if not self.posts:
            return self._post_of_mark()
        first = self.posts[0]
        if _cut_off(first[0]) and standard_post(first[0]) is None:
            return None  # the line on which it went on was not read
        if not self.prefixed and self._deputy():
            return (*self.posts[1], 0.75)  # KT. was lost under the seal
        if not self.prefixed and len(self.posts) > 1:
            if _BODY_HEAD.match(skeleton(first[0])) and _UNIT_HEAD.match(skeleton(self.posts[1][0])):
                return (*self.posts[1], 0.7)  # TL. was lost
        return first[0].rstrip(" ,"), first[1], 0.92

    def _post_of_mark(self) -> tuple[str, Span, float] | None:
        """The post where its line is lost: `Q.` stands before it, and for a head (`KT.`) signs nobody but the deputy."""
        if self.doubtful:
            return None
        line, span = self.prefixed[-1] if self.prefixed else ("", Span(0, 0))
        if line.startswith("Q."):
            return line, span, 0.8
        if line.startswith(("KT.", "K/T")):
            head = standard_post(line[3:])
            deputy = next((deputy for deputy, superior in DEPUTIES if superior == head), None)
            return (deputy, span, 0.75) if deputy else None
        return None

    def signed_for(self) -> tuple[str, Span, float] | None:
        """All that stands before the signer's own post."""
        lines = list(self.prefixed)
        score = 0.9
        if self._deputy():
            lines.append((f"{self._for_head} {self.posts[0][0]}", self.posts[0][1]))
            score = 0.7
        elif (head := self._lone_deputy()) is not None:
            lines.append((f"{self._for_head} {head}", self.posts[0][1]))
            score = 0.7
        if not lines:
            return None
        text = "; ".join(sentence_case(line) for line, _ in lines)
        return text, Span(lines[0][1].start, lines[-1][1].end), score


_BROKEN = re.compile(r"^\W*?(?:\)\s?\.|[^\W_]{1,3}\s?[.,:]|[a-zà-ỹ]{1,3})\s+(?=[A-ZĐÀ-Ỹ]{2})")
_JUNK = re.compile(r"^[^\w]+|[^\w),]+$")
_TWICE = re.compile(r"\b(\w+)(?:\s+\1)+\b")


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


def _doubtful(line: str) -> bool:
    """Whether a mark that cannot be read stands in front of a post: `KT.` or `TL.` would make it another's.

    >>> _doubtful("). CHỦ TỊCH"), _doubtful("or CHỦ TỊCH"), _doubtful("PHÓ CHỦ TỊCH"), _doubtful(". CHỦ TỊCH")
    (True, True, False, False)
    """
    found = _BROKEN.match(line)
    post = standard_post(line[found.end() :]) if found else None
    return post is not None and _BODY_HEAD.match(skeleton(post)) is not None


def _line(printed: str) -> str:
    """A line of the block without strokes around it and words that were read twice."""
    return _TWICE.sub(r"\1", _JUNK.sub("", tidy(printed).strip(" .*:")))


def _cut_off(line: str) -> bool:
    """Whether a post goes on below: TRƯỞNG PHÒNG KINH TẾ, / HẠ TẦNG VÀ ĐÔ THỊ."""
    return bool(re.search(r"(?:,|\bvà|\b-)$", line.lower()))
