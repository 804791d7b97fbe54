"""The items of `Nơi nhận` out of the rows of the left column, whose marks and ends may have been misread.

One row holds one item or goes on with the one above. What stands behind the end of an item, ends nothing itself and does not
go on in the next row was woven in from the signature beside the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Levenshtein

from extractors import cues
from extractors.paper import Paper
from extractors.signature import ARCHIVE, Piece
from normalizers.text import has_letters_of_syllable, skeleton, tidy
from schemas.page import Word
from schemas.text import Span

_DASHES = "-•+–~·—="
_PRINTED_DASHES = ("-", "–", "•", "+")
_LABEL = re.compile(r"^\W*[Nn][^\s]{1,3}?\s*(?:nh|g)[^\s:.;]{1,4}\s*[:.;]?\s*")
_OPENING = re.compile(rf"^[^\w(]*[{_DASHES}>*][^\w(]*(?=[\w(])")
_LOST_MARK = re.compile(r"^[^\w\s(]")
_MARK_AS_WORD = re.compile(r"^[^\W\d_A-ZĐÀ-Ỹ][^\W\d_]{0,2}\s+(?=[A-ZĐ]{2})")
_NOTHING = re.compile(r";\W*\d*\W*$")
_MARKED = 2  # rows with a mark, of a list that has marks
_MARK = re.compile(r"^[^\w(]+")
_NOISE = re.compile(
    r"[;.,]\s*(?=[^\w\s(]|[a-zà-ỹ]{1,2}\b)(?:[^\w\s]+|\b[a-zà-ỹ]{1,2}\b|\s)*$"
)  # strokes of the signature behind an item
_INNER = re.compile(r";\s+(?=[-–•]\s*\S)")
_END = re.compile(r"[^\W\d_]{2}\W{0,2}[;.,]$|[\w)][;.]$")
_ARCHIVE_END = re.compile(r"\.\s+(?=[^\w(\s]|[^\W\d_]{1,2}\b|[a-zđ])")
_EDGES = re.compile(r"^\W+|\W+$")
_NOTE = re.compile(r"\(([^()]*)\)$")
_MIXED = ("TTr", "CTr", "TrS")
_FEW = 3  # letters
_LEGIBLE = 0.4  # of the letters of an item


def _letters(text: str) -> str:
    return re.sub(r"[^a-z/]", "", skeleton(text))


# What usually stands in brackets behind a recipient, and recipients that refer to the paper itself.
_NOTES = {
    _letters(note): note
    for note in (
        "b/c|để b/c|b/cáo|để b/cáo|báo cáo|để báo cáo|p/h|để p/h|để phối hợp|t/h|để t/h|để thực hiện|để biết|để theo dõi"
        "|để chỉ đạo|để thi hành|để đăng tải"
    ).split("|")
}
_USUAL = {_letters(item): item for item in ("Như trên", "Như kính gửi", "Như thành phần", "Như thành phần mời")}


def clean(text: str) -> str:
    """An item without its mark, the strokes behind it and its end mark."""
    item = _MARK.sub("", tidy(text)).strip()
    item = _NOISE.sub("", item)
    return item.rstrip(" ;,:").removesuffix("./.").removesuffix(".").rstrip(" ;,:")


def cut(text: str, span: Span, at: re.Pattern[str]) -> Iterator[tuple[str, Span]]:
    """A stretch cut behind the semicolons that the pattern finds."""
    start = 0
    for found in (*at.finditer(text), None):
        end = found.end() if found else len(text)
        yield text[start:end], Span(span.start + start, span.start + end)
        start = end


def items(paper: Paper, pieces: tuple[Piece, ...]) -> Iterator[tuple[str, Span]]:
    """The items with their places.

    A mark opens one, other rows go on with the last; without any mark every row that ends with `;` is one.
    """
    printed = all(paper.is_print(piece.span) for piece in pieces)
    rows = [_without_label(part) for whole in pieces for part in _parts(whole)]
    if not printed:
        rows = _with_marks(rows)
    marked = any(_OPENING.match(row.text) for row in rows)
    open_: list[Piece] = []
    drafts: list[list[Piece]] = []
    for index, row in enumerate(rows):
        below = rows[index + 1] if index + 1 < len(rows) else None
        if not printed and (below is None or _opens(below) or _first(below).isupper() or _NOTHING.search(row.text)):
            row = _left_column(row, index == 0)
        if sum(map(str.isalpha, row.text)) < 2:
            continue  # nothing, or a speck
        if not printed and _after_archive(row, drafts):
            break
        last = not printed and bool(open_) and ARCHIVE.match(open_[0].folded)
        if not open_ or _opens(row) or not last and _ended(open_) and (not marked or _fresh(row, open_)):
            open_ = [row]
            drafts.append(open_)
        elif printed or _goes_on(open_):
            open_.append(row)
    for draft in drafts:
        span = Span(draft[0].span.start, draft[-1].span.end)
        item = clean("\n".join(paper.text[row.span] for row in draft))
        if not printed:
            item = _standard(_with_abbreviations(item, paper.text.words(span)))
        if item:
            yield item, span


def _with_marks(rows: list[Piece]) -> list[Piece]:
    """The rows of a marked list with their marks, where these were read as another sign or as letters: `"Đảng ủy`, `ke VP`."""
    if sum(map(_opens, rows)) < _MARKED:
        return rows
    found = rows[:1]
    for row in rows[1:]:
        sign = _LOST_MARK.match(row.text) and _first(row).isupper() and not _opens(row)
        word = _MARK_AS_WORD.match(row.text) if ";" in found[-1].text else None
        if sign or word:
            row = _shortened(row, word.end() - 1 if word else 0, len(row.text))
            row = row._replace(text=f"-{row.text[1:]}", folded=f"-{row.folded[1:]}")
        found.append(row)
    return found


def _parts(piece: Piece) -> Iterator[Piece]:
    """A row that holds several items: `- Như trên; - Lưu: VT.`"""
    for text, span in cut(piece.text, piece.span, _INNER):
        start = span.start - piece.span.start
        yield piece._replace(text=text, span=span, folded=piece.folded[start : start + len(text)])


def _shortened(piece: Piece, start: int, end: int) -> Piece:
    return piece._replace(
        text=piece.text[start:end],
        span=Span(piece.span.start + start, piece.span.start + end),
        folded=piece.folded[start:end],
    )


def _without_label(piece: Piece) -> Piece:
    label = _LABEL.match(piece.text) if cues.RECIPIENTS.match(piece.folded) else None
    return _shortened(piece, label.end(), len(piece.text)) if label else piece


def _opens(row: Piece) -> bool:
    """Whether a row opens an item: by its mark, however misread, or as the line of the archive."""
    return bool(_OPENING.match(row.text) or ARCHIVE.match(row.folded))


def _ended(open_: list[Piece]) -> bool:
    return open_[-1].text.rstrip().endswith((";", "."))


def _after_archive(row: Piece, drafts: list[list[Piece]]) -> bool:
    """Whether a row behind the item of the archive, which is the last of a list, belongs to what follows the list."""
    return len(drafts) > 1 and bool(ARCHIVE.match(drafts[-1][0].folded)) and _opens(row) and not _END.search(row.text)


def _goes_on(open_: list[Piece]) -> bool:
    """Whether an item may go on in a row of its own; that of the archive is the last and ends where its row ends."""
    if ARCHIVE.match(open_[0].folded):
        return open_[-1].text.rstrip().endswith(",")
    return not _ended(open_) or _announced(open_)


def _announced(open_: list[Piece]) -> bool:
    """Whether an item announced a list of its own: `Các bệnh viện: Tim; Mắt;`"""
    return ":" in open_[0].text and not ARCHIVE.match(open_[0].folded)


def _fresh(row: Piece, open_: list[Piece]) -> bool:
    """Whether a row without a mark, behind an item that ended, is one whose mark was lost."""
    return not _announced(open_) and (_first(row).isupper() or _LOST_MARK.match(row.text) is not None)


def _first(row: Piece) -> str:
    """The first letter or digit of a row."""
    return next(filter(str.isalnum, row.text), "")


def _left_column(row: Piece, first: bool) -> Piece:
    """A row without what stands behind the end of its item and ends no item itself; the first: what follows the label."""
    text = row.text.rstrip()
    if first and text[:1] not in _PRINTED_DASHES and not _END.search(text):
        return _shortened(row, 0, 0)
    if ARCHIVE.match(row.folded):
        end = _ARCHIVE_END.search(text)
        return _shortened(row, 0, end.start() + 1) if end else row
    at = text.find(";")
    if at < 0 or sum(map(str.isalpha, text[:at])) < 2 or _END.search(text[at + 1 :]):
        return row
    return _shortened(row, 0, at + 1)


def _with_abbreviations(item: str, words: tuple[Word, ...]) -> str:
    """A recognised item with its abbreviations as they were read: repair can make no word of `CV`, nor leave `TTr.` out."""
    for word in words:
        if word.raw == word.text:
            continue
        tokens = [_EDGES.sub("", token) for token in word.raw.split()]
        said = _EDGES.sub("", word.text)
        if not said or len(word.text.split()) > 1 or not any(map(_is_abbreviation, tokens)):
            continue
        kept = max(range(len(tokens)), key=lambda at: fuzz.ratio(skeleton(tokens[at]), skeleton(said)))
        printed = word.raw.split()
        if not _is_abbreviation(tokens[kept]) or skeleton(tokens[kept]) == skeleton(said):
            printed[kept] = word.text
        meant = _EDGES.sub(
            "", " ".join(token for at, token in enumerate(printed) if at == kept or _is_abbreviation(tokens[at]))
        )
        item = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", meant, item, count=1)
    return item


def _is_abbreviation(word: str) -> bool:
    if not word.isalpha() or len(word) < 2 or has_letters_of_syllable(word):
        return False
    return word.isupper() or word in _MIXED


def _standard(item: str) -> str:
    """A recognised item as it is usually written, where it is such a one but for slips; nothing where it cannot be read."""
    note = _NOTE.search(item)
    if note is not None:
        said = _letters(note[1])
        near = process.extractOne(said, _NOTES.keys(), scorer=Levenshtein.distance, score_cutoff=len(said) > 3)
        item = item[: note.start()] + (f"({_NOTES[near[0]]})" if near else note[0])
    if (usual := _USUAL.get(_letters(item))) is not None:
        return usual
    words = re.findall(r"[^\W\d_]+", item)
    letters = sum(map(len, words))
    known = sum(len(word) for word in words if has_letters_of_syllable(word) or word[:2].isupper())
    if not ARCHIVE.match(skeleton(item)) and (letters < _FEW or known < _LEGIBLE * letters):
        return ""
    return item
