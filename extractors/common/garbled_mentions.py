"""Codes and dates of cited documents in garbled dumps, mended by what the clause itself says of them.

A code is a number, the abbreviation of the kind and that of the body (NĐ 30/2020 Annex I, Decree 78/2025 for normative
ones). The clause prints both in full: `Chương trình số 04-CTvT ngày … của Tỉnh ủy`. So letters that were spoiled are told by
those words; figures are never touched, and where the words tell nothing a spoiled code is none.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from extractors.spelled_out import SpelledOut
from normalizers.agencies import ABBREVIATIONS
from normalizers.codes import Code, CodeFound, find_codes
from normalizers.kinds import ALL_KINDS, TYPE_CODES, type_code
from normalizers.text import skeleton

_JUNK = r"[\s\"'‘’“”~_.,=«»•-]"
_JOINT = re.compile(rf"(?<=[A-ZĐa-z\d])-{_JUNK}+(?=[A-ZĐ][A-ZĐ]?)")
_SPLIT_TYPE = re.compile(r"(?<=\d/)([A-ZĐ]{1,3})([\W_]{1,2})([a-z])(?=\s*-)")
_SMALL = re.compile(r"(?<=[A-ZĐ]-)(\s*)([a-z])(?=[A-ZĐ]{1,5}(?!\w))")
_MARKED_ORGAN = re.compile(r"(?<=/)T[ỪỨỦŨỤÙÚ](?!\w)")
_APART = re.compile(r"(?<=số\s)[02-9](?=\s[2-9]\d{0,3}/)")  # half of a spoiled `số`; a thin 1 may belong to the number
_PARTY = re.compile(
    r"(?<![\w/])(?P<number>\d{1,5})\s?-[\s_.~-]{0,3}(?P<symbol>[A-Za-zĐđ]{2,4}\s?/?\s?[A-Za-zĐđƯưỪừỬửỦủ]{0,2})(?![\w/])"
)
_ASSEMBLY = re.compile(r"[QO0G]H[I1l|]?(\d\d)")
_KINDS = tuple(
    sorted(
        (
            (skeleton(kind.name), kind.abbreviation)
            for kind in ALL_KINDS
            if kind.abbreviation and kind.abbreviation != "CV"
        ),
        key=lambda pair: -len(pair[0]),
    )
)
_NUMBER_WORD = re.compile(r"[s$§5][a-z06]{0,2}\W{0,3}$")
_BODY = re.compile(r"^.{0,60}?\b(?:cua|do|ctia|cia)\s+(?:[\W\d]{1,3}\s*)?(?P<body>[^;:]{4,60})", re.DOTALL)
# Bodies whose abbreviation is not their initials, or that stand behind the name of a post.
_ORGANS = (
    ("thu tuong chinh phu", "TTg"), ("thu tuong", "TTg"), ("van phong chinh phu", "VPCP"), ("thanh tra chinh phu", "TTCP"), ("chinh phu", "CP"),
    ("uy ban nhan dan", "UBND"), ("chu tich uy ban nhan dan", "UBND"), ("hoi dong nhan dan", "HĐND"), ("bo chinh tri", "TW"),
    ("ban bi thu", "TW"), ("ban chap hanh trung uong", "TW"), ("trung uong dang", "TW"), ("tinh uy", "TU"), ("thanh uy", "TU"),
    ("ban thuong vu tinh uy", "TU"), ("ban thuong vu thanh uy", "TU"), ("dang uy", "ĐU"), ("ban thuong vu dang uy", "ĐU"),
    ("bo noi vu", "BNV"), ("bo tai chinh", "BTC"), ("bo tu phap", "BTP"), ("bo cong an", "BCA"), ("bo y te", "BYT"),
    ("bo xay dung", "BXD"), ("bo cong thuong", "BCT"), ("bo giao duc va dao tao", "BGDĐT"), ("bo khoa hoc va cong nghe", "BKHCN"),
    ("bo thong tin va truyen thong", "BTTTT"), ("bo nong nghiep va moi truong", "BNNMT"), ("bo quoc phong", "BQP"),
)  # fmt: skip
_ABBREVIATIONS = tuple(sorted({organ for _, organ in _ORGANS} | ABBREVIATIONS))
_PROPOSER = re.compile(r"\bcua\s+(?P<body>[^;:]{4,100}?)\s+tai\s+(?:\S+\s+){1,4}s\S{0,2}\W{0,3}$")
_LIKES = ("IT1LJF", "OQCGD0", "UV", "MN", "S5")
_PARTY_ORGANS = ("TW", "TU", "ĐU")
_POSTS = re.compile(r"(?:bo )?(?:truong|thu truong|giam doc|chu tich)\s+(?=bo |so |uy ban)")
_ALIKE = 85.0  # per cent of letters that a body's name must have in common with the print

# Between a code and its date may stand specks and a spoiled `ngày`.
_BETWEEN = r"^[^\d;]{0,18}?"
_WOVEN = r"^\W{0,3}ngay\b[^\d;]{0,60}\n\s*"
_FIGURE = r"(\d\s?\d?)"
_SHORT = rf"{_FIGURE}\s?[/.]\s?{_FIGURE}\s?[/.]\s?((?:19|20)\d\d)(?!\d)"
_LONG = r"(\d{1,2})\W{0,3}th\S{1,5}?\W{0,3}(\d{1,2})\W{0,3}n\S{1,5}?m\W{0,3}((?:19|20)\d\d)(?!\d)"
_DATES = tuple(re.compile(before + date) for before in (_BETWEEN, _WOVEN) for date in (_SHORT, _LONG))


def find_garbled(text: str) -> list[CodeFound]:
    """The codes of a garbled text, in order; those whose letters tell nothing are left out.

    >>> [found.code.text for found in find_garbled("Chỉ thị số 19/CT- -TTg ngày 24/6/2024; Thông tư số 8/2024/TT- eee ngày")]
    ['19/CT-TTg']
    >>> [found.code.text for found in find_garbled("Chương trình số 04- CTvT ngày 20/8/2025 của Tỉnh ủy; Luật số 72/2025/QHI15")]
    ['04-CTr/TU', '72/2025/QH15']
    >>> [found.code.text for found in find_garbled("Thông tư số 29/2024/TT-\\nBGDDT của Bộ Giáo dục và Đào tạo")]
    ['29/2024/TT-BGDĐT']
    """
    shadow = _SPLIT_TYPE.sub(lambda found: f"{found[1]}{found[3]}".rjust(len(found[0])), text)
    shadow = _MARKED_ORGAN.sub("TU", _APART.sub(" ", shadow))
    shadow = _JOINT.sub(lambda found: "-" + " " * (len(found[0]) - 1), shadow)
    shadow = _SMALL.sub(lambda found: found[1] + found[2].upper(), shadow)
    found = [mended for code in find_codes(shadow) if (mended := _mended(text, code)) is not None]
    taken = [(code.start, code.end) for code in found]
    for match in _PARTY.finditer(shadow):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            party = _party(text, match)
            if party is not None:
                found.append(party)
    return sorted(found, key=lambda code: code.start)


def date_behind(text: str, end: int) -> tuple[dt.date, int] | None:
    """The date right behind a code that ends at `end`, and where it ends itself.

    >>> date_behind("12/QĐ-UBND ngày\\n~. 10/1 2/2024 của", 10)
    (datetime.date(2024, 12, 10), 30)
    """
    behind = skeleton(text[end : end + 90])
    for pattern in _DATES:
        found = pattern.match(behind)
        if found is not None:
            day, month, year = ("".join(figure.split()) for figure in found.groups())
            try:
                return dt.date(int(year), int(month), int(day)), end + found.end()
            except ValueError:
                return None
    return None


def _kind_before(text: str, start: int) -> str | None:
    """The abbreviation of the kind whose name stands in front of a code, `Thông tư số` or with slips."""
    before = skeleton(text[max(0, start - 40) : start]).replace("\n", " ").rstrip()
    number_word = _NUMBER_WORD.search(before)
    before = re.sub(r"\W+$", "", before[: number_word.start()] if number_word else before)
    for name, abbreviation in _KINDS:
        if before.endswith(name):
            return abbreviation
    near = {abbreviation for name, abbreviation in _KINDS if fuzz.ratio(before[-len(name) :], name) >= _ALIKE}
    return near.pop() if len(near) == 1 else None


def _body_behind(text: str, end: int) -> str | None:
    """The body that issued the document, as printed behind its code and date."""
    behind = skeleton(text[end : end + 160])
    found = _BODY.match(behind)
    return text[end + found.start("body") : end + found.end("body")] if found else None


def _body_before(text: str, start: int) -> str | None:
    """The body whose paper is named right before a code: `của Trưởng phòng Vật tư tại Tờ trình số`."""
    before = text[max(0, start - 160) : start]
    found = _PROPOSER.search(skeleton(before))
    return before[found.start("body") : found.end("body")] if found else None


def _organ_of(body: str) -> str | None:
    """The abbreviation of a body that has one of its own; slips of recognition are forgiven.

    >>> _organ_of("Thủ tướng Chính\\nphủ về việc"), _organ_of("Tỉnh tỷ Phú Thọ"), _organ_of("Sở Y tế")
    ('TTg', 'TU', None)
    """
    folded = _POSTS.sub("", " ".join(skeleton(body).split()))
    likeness = [
        (fuzz.ratio(folded[: len(name)], name), len(name), organ) for name, organ in _ORGANS if name[0] == folded[:1]
    ]
    best = max(likeness, default=(0.0, 0, ""))
    return best[2] if best[0] >= _ALIKE else None


def _mended(text: str, found: CodeFound) -> CodeFound | None:
    """The code with its letters as the words around it tell them; None where they stay spoiled."""
    code = found.code
    assembly = _ASSEMBLY.fullmatch(code.symbol)
    if code.year and assembly:
        return _with(found, f"QH{assembly[1]}", None, "assembly")
    if code.manner in ("assembly", "party"):
        return _party_mended(text, found)
    groups = code.symbol.split("-")
    kind = _kind_before(text, found.start)
    typed = code.type or (type_code(groups[0]) if len(groups) == 1 and (code.year or kind) else None)
    if kind is not None and typed != kind and _near(groups[0], kind):
        typed, groups[0] = kind, kind
    body = _body_behind(text, found.end)
    organ = "CP" if typed == "NĐ" else _organ_of(body) if body else None
    if organ in _PARTY_ORGANS:
        organ = None
    first = 1 if typed else 0
    if not groups[first:]:
        if organ is None or (kind != typed and typed != "NĐ"):
            return None if typed else found
        groups.append(organ)
    elif organ is not None and (_near(groups[first], organ) or kind == typed and _known(groups[first]) is None):
        groups[first] = organ
    else:
        proposer = _body_before(text, found.start)
        spelled = SpelledOut([" ".join(name.split()) for name in (body, proposer) if name], "")
        groups[first:] = [_known(group) or spelled.group(group) for group in groups[first:]]
    return _with(found, "-".join(groups), typed, code.manner)


@lru_cache(maxsize=1024)
def _known(group: str) -> str | None:
    """The body's abbreviation of a closed list that a group was read from, None where it is none of them.

    >>> _known("BGDDT"), _known("BITTT"), _known("UBND"), _known("VTTB")
    ('BGDĐT', 'BTTTT', 'UBND', None)
    """
    for organ in _ABBREVIATIONS:
        if skeleton(organ) == skeleton(group):
            return organ
    near = {organ for organ in _ABBREVIATIONS if len(organ) > 3 and _is_slip(group, organ)}
    return near.pop() if len(near) == 1 else None


def _is_slip(read: str, printed: str) -> bool:
    """Whether one letter was read for one that looks like it."""
    if len(read) != len(printed):
        return False
    other = [(one, two) for one, two in zip(read, printed, strict=True) if one != two]
    return len(other) == 1 and any(one in alike and two in alike for alike in _LIKES for one, two in other)


def _near(read: str, printed: str) -> bool:
    """Whether an abbreviation may have been read so: strokes lost, one letter in three another, or its end lost."""
    one, two = skeleton(read), skeleton(printed)
    if one == two or len(one) >= 1 and two.startswith(one):
        return True
    return Levenshtein.distance(one, two) <= max(1, len(two) // 3) and abs(len(one) - len(two)) <= 1


def _with(found: CodeFound, symbol: str, kind: str | None, manner: str) -> CodeFound:
    code = found.code
    if symbol == code.symbol:
        return found
    text = f"{code.number}/{code.year}/{symbol}" if code.year else f"{code.number}/{symbol}"
    known = "assembly" if manner == "assembly" else "normative" if code.year else "titled" if kind else "letter"
    return found._replace(code=Code(text, code.number, symbol, code.year, kind, known))  # type: ignore[arg-type]


def _party_mended(text: str, found: CodeFound) -> CodeFound:
    """A Party code whose organ is another than the body tells: `TU` of the Bộ Chính trị is `TW`."""
    code = found.code
    if code.manner != "party":
        return found
    kind, _, organ = code.symbol.rpartition("/")
    body = _body_behind(text, found.end)
    known = _organ_of(body) if body else None
    if known not in _PARTY_ORGANS or organ == known or not _near(organ, known):
        return found
    return found._replace(code=code._replace(text=f"{code.number}-{kind}/{known}", symbol=f"{kind}/{known}"))


def _party(text: str, match: re.Match[str]) -> CodeFound | None:
    """A Party code whose letters or slash were spoiled, told by the kind in front and the body behind."""
    kind = _kind_before(text, match.start())
    body = _body_behind(text, match.end())
    organ = _organ_of(body) if body else None
    if kind not in TYPE_CODES or organ not in _PARTY_ORGANS:
        return None
    read = skeleton("".join(match["symbol"].split()).replace("/", ""))
    if not _near(read[: len(kind)], kind) and Levenshtein.distance(read, skeleton(f"{kind}{organ}")) > 2:
        return None
    symbol = f"{kind}/{organ}"
    code = Code(f"{match['number']}-{symbol}", match["number"], symbol, None, kind, "party")
    return CodeFound(code, match.start(), match.end())
