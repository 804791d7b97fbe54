"""The rows of a document with what tells its head and titles: mottoes, the line that names the kind, capitals, centring."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from extractors import cues
from extractors.number_line import read_number
from extractors.rows import blanks_speak, full_length, is_garbled, margins, read_rows
from normalizers.kinds import BY_ABBREVIATION, HEADING_SKELETONS, KindName
from normalizers.text import capitals, skeleton
from schemas.text import DocumentText

_DAY = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b")


# How much alike, in per cent of letters, a garbled heading and the name of a kind must be; less where the code names the kind.
_ALIKE = 82
_AS_TOLD = 55
_MOSTLY = 0.7
_STRAY = 3
_LONGEST_KIND = 20
_NEAR = 5


class HeadReader:
    """Facts about the rows that several steps need."""

    def __init__(self, text: DocumentText) -> None:
        self.text = text
        self.rows = read_rows(text)
        self.speak = blanks_speak(self.rows)
        self.full = full_length(self.rows)
        self.garbled = is_garbled(text)
        self.mottoes: frozenset[int] = frozenset()
        self._find_mottoes()
        self._settle_head()

    def _find_mottoes(self) -> None:
        self.mottoes = frozenset(i for i, row in enumerate(self.rows) if cues.motto_spans(row.folded))

    def _settle_head(self) -> None:
        """Put rows that stand above the heading on the page before it, where reading took the columns in another order."""
        first = range(min(len(self.rows), 25))
        heading = self.heading(0, len(first))
        if heading is None:  # a letter: `Kính gửi` stands below its letterhead
            heading = next((index for index in first if cues.DEAR.match(self.rows[index].folded)), None)
        if heading is None:
            return
        mark = self.rows[heading]
        mottoes = [self.rows[i].box for i in self.mottoes if i < heading + 12 and self.rows[i].page == mark.page]
        if mark.box is None or not mottoes or any(box is None or box.top > mark.box.top for box in mottoes):
            return  # no boxes, or a page that lies upside down
        near = self.rows[heading + 1 : heading + 12]
        above = [
            row for row in near if row.page == mark.page and row.box and row.box.top + row.box.bottom < 2 * mark.box.top
        ]
        if above:
            rest = tuple(row for row in self.rows[heading:] if row not in above)
            self.rows = (*self.rows[:heading], *above, *rest)
            self._find_mottoes()

    def heading(self, first: int, last: int) -> int | None:
        """Index of the first row that names a kind, before the body begins."""
        dear = False
        for index in range(first, last):
            row = self.rows[index]
            if cues.ARTICLE.match(row.folded) or (index > first + 3 and cues.SURE_BASIS.match(row.folded)):
                return None
            if self.is_heading(index) and not (dear and self._is_section(index)):
                return index
            dear = dear or bool(cues.DEAR.match(row.folded))
        return None

    def _is_section(self, index: int) -> bool:
        """Whether the heading of a paper could as well be one of its sections: KIẾN NGHỊ, KẾT LUẬN."""
        kind = self.kind_at(index)
        return kind is not None and kind[0] is not None and kind[0].name in ("Kiến nghị", "Kết luận")

    def kind_at(self, index: int) -> tuple[KindName | None, int] | None:
        """The kind that a row names, None where it is not known, and where its name ends in the row; None for no heading."""
        row = self.rows[index]
        if (found := cues.heading_kind(row.folded)) is not None:
            return found
        kind = self._garbled_kind(index)
        return (kind, len(row.text)) if kind else None

    def _garbled_kind(self, index: int) -> KindName | None:
        """The kind that a row of a garbled dump names by most of its letters, the better where the code says so too."""
        row = self.rows[index]
        if not self.garbled:
            return None
        words = row.text.split()
        while words and len(words[0]) <= _STRAY and not words[0].isupper():  # a stroke read as a word
            words = words[1:]
        letters = "".join(filter(str.isalpha, skeleton("".join(words))))
        if capitals("".join(words)) < _MOSTLY or not 4 <= len(letters) <= _LONGEST_KIND:
            return None
        above = (read_number(one, garbled=True) for one in self.rows[max(0, index - _NEAR) : index])
        told = next((number[0].type for number in above if number and number[0].type), None)
        likeness = {kind: fuzz.ratio(letters, name.replace(" ", "")) for name, kind in HEADING_SKELETONS}
        kind = max(likeness, key=lambda one: (likeness[one], one.name))
        if likeness[kind] >= _ALIKE:
            return kind
        said = BY_ABBREVIATION.get(told or "")
        return said if said is not None and likeness[said] >= _AS_TOLD else None

    def is_heading(self, index: int) -> bool:
        row = self.rows[index]
        if (
            row.text.endswith("/.")
            or row.text.endswith(";")
            and not self.garbled
            or cues.OPERATIVE.match(row.folded)
            and row.text.rstrip().endswith(":")
        ):
            return False
        found = cues.heading_kind(row.folded) if row.capitals > 0.1 else None
        if found is None:
            return self._garbled_kind(index) is not None
        if not row.is_capitals and not row.text[: found[1]].isupper():
            return False  # the title may follow on the same row, in small letters
        rest = row.folded[found[1] :].strip(" .:-")
        if found[0].name == "Phương án" and (
            row.text.startswith("PHƯỜNG") or self.mottoes & {index, index + 1, index + 2}
        ):
            return False  # the ward An …, whose name differs in marks only
        # A title in the same row is in capitals too; a letterhead such as `DỰ ÁN …` above the motto is none.
        return not rest or index not in self.mottoes

    def title_end(self, heading: int | None, first: int, last: int) -> int:
        """Index behind the last row of the title that begins at `first`."""
        taken = 0
        index = first
        while index < min(last, first + 14):
            row = self.rows[index]
            folded = row.folded
            if (
                cues.DEAR.search(folded)
                or cues.CAPTION.match(folded)
                or cues.ARTICLE.match(folded)
                or cues.SURE_BASIS.match(folded)
                or cues.OPERATIVE.match(folded)
                or cues.HEADING.match(folded)
                and (taken or row.is_capitals)
                or cues.RECIPIENTS.match(folded)
            ):
                return index
            if taken and self._ends_title(index, first, last):
                return index
            if not taken and self._is_authority(index, first, last):
                return index
            taken += 1
            index += 1
        return index

    def _is_authority(self, index: int, first: int, last: int) -> bool:
        """A row in capitals that names who decides, above the first basis: `CHỦ TỊCH ỦY BAN NHÂN DÂN …`."""
        row = self.rows[index]
        if not row.is_capitals or not cues.AUTHORITY.match(row.folded):
            return False
        if index > first and not self.rows[index - 1].is_capitals:
            return True
        follow = self.rows[index + 1 : min(last, index + 5)]
        for after in follow:
            if cues.BASIS.match(after.folded) and not after.is_capitals:
                return True
            if not after.is_capitals and not re.search(r"\bkhoa\b|\bky hop\b|\bnhiem ky\b", after.folded):
                return False
        return False

    def _ends_title(self, index: int, first: int, last: int) -> bool:
        row, before = self.rows[index], self.rows[index - 1]
        if self._fills_line(index) and not self._fills_line(index - 1) and not row.is_capitals:
            return True  # centred lines grow shorter; a full one below a short one is running text
        if row.box is not None and self._centred(index) is False and self._centred(index - 1) is not False:
            return True
        if _DAY.match(row.text):
            return True  # running text that begins `Ngày 06/8/2025`, its first word lost
        if self.garbled and self._begins_paragraph(index, 0.9):
            return True  # whatever its first letter was read as
        if row.text[0].islower() or row.text[0].isdigit() and not cues.HEADING.match(row.folded):
            return False
        if self._is_authority(index, first, last):
            return True
        if before.text.endswith((".", ";")) and not row.text[0].islower() and not self.garbled:
            return True
        if row.text.endswith("./.") or row.box is None and row.text[0].isupper() and row.text.endswith((".", ";", ":")):
            return True  # a title bears no end mark
        if cues.BODY_START.match(row.folded) and not row.is_capitals:
            return True
        if (
            before.is_capitals
            and not row.is_capitals
            and index - 1 >= first
            and all(r.is_capitals for r in self.rows[first:index])
        ):
            # a title in capitals ends where running text begins
            return True
        if row.is_capitals != before.is_capitals:
            return row.is_capitals
        if self.speak and row.blanks:
            return True
        geometry = self._centred(index)
        if geometry is not None:
            return not geometry
        return self._begins_paragraph(index, 0.76)

    def _begins_paragraph(self, index: int, share: float) -> bool:
        """Whether a row fills `share` of a full line or more, while the one before it left room for its first word."""
        row, before = self.rows[index], self.rows[index - 1]
        room = len(before.text) + 1 + len(row.text.split(" ", 1)[0]) < 0.85 * self.full
        return room and len(row.text) > share * self.full

    def _fills_line(self, index: int) -> bool:
        """Whether the row reaches from margin to margin; False without boxes."""
        row = self.rows[index]
        edges = margins(self.rows, row.page) if row.box is not None else None
        return row.box is not None and edges is not None and row.box.x0 < edges[0] + 12 and row.box.x1 > edges[1] - 12

    def _centred(self, index: int) -> bool | None:
        """Whether the row is centred between the margins of its page; None without boxes."""
        row = self.rows[index]
        edges = margins(self.rows, row.page) if row.box is not None else None
        if row.box is None or edges is None:
            return None
        left, right = edges
        before, after = row.box.x0 - left, right - row.box.x1
        return abs(before - after) < max(14.0, 0.35 * (before + after)) and not (abs(after) < 6 and 15 < before < 60)
