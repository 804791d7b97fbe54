"""Tables of figures: an indicator a row, its unit, and columns for what was planned, what was reached and the share of both.

Ruled tables are read by their cells; in text dumps a head line names the columns and each row ends in its figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractors.paper import Paper
from extractors.paragraphs import clean
from normalizers.numbers import NUMBER, parse_number
from normalizers.text import running, skeleton
from schemas.table import Grid, Row
from schemas.text import Span

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in (
        ("no", r"^(?:so\s*)?(?:tt|stt|thu tu)$"),
        ("unit", r"^(?:don vi tinh|dvt|d\.?v\.?t\.?)$"),
        ("note", r"^ghi chu"),
        ("change", r"so (?:voi )?(?:cung ky|nam truoc|nam \d{4}|thang truoc)|tang|giam"),
        ("share", r"ty le|ti le|%|so (?:voi )?(?:ke hoach|kh|chi tieu|du toan)|(?:th|thuc hien)\s*/\s*(?:kh|ke hoach)"),
        ("plan", r"ke hoach|du toan|(?:chi tieu|muc tieu).*(?:giao|nam|den|\d{4})|^muc tieu$|^giao$|phan dau"),
        ("actual", r"thuc hien|ket qua|dat duoc|da giai quyet|uoc|so lieu|so luong"),
        ("name", r"chi tieu|noi dung|tieu chi|linh vuc|hang muc|danh muc|ten|nhiem vu|nguon thu|san pham"),
    )
)
_SPECKS = " -–_|'’"
_FIGURE = re.compile(rf"[≥≤<>=]?\s*(?:{NUMBER})\s*%?")
MARK = re.compile(r"(?:[IVX]{1,5}|\d{1,3}(?:\.\d{1,2})*|[A-Za-zđ]|-|\+)[.)]?$")
SECTION = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?$")


class FigureRow(NamedTuple):
    """cells: what is printed, by role (no, name, unit, plan, actual, share, change). heads: the head of each role."""

    section: str | None
    cells: dict[str, str]
    heads: dict[str, str]
    text: str
    span: Span

    @property
    def name(self) -> str:
        """The indicator, without the signs at its end."""
        return self.cells["name"].rstrip(" .:;")

    @property
    def unit(self) -> str | None:
        """The unit as it stands in a sentence, None where its cell is empty."""
        return running(self.cells["unit"]) if self.cells.get("unit") else None


def role_of(head: str) -> str | None:
    """What a column of a table of figures holds, by its head.

    >>> [role_of(h) for h in ("TT", "Chỉ tiêu", "ĐVT", "Kế hoạch năm 2025", "Thực hiện 9 tháng", "Tỷ lệ (%)", "Họ và tên")]
    ['no', 'name', 'unit', 'plan', 'actual', 'share', 'name']
    """
    plain = " ".join(skeleton(head).split())
    return next((role for role, pattern in ROLES if pattern.search(plain)), None) if plain else None


def value_of(cell: str | None) -> float | None:
    """The figure that a cell holds, None where it holds something else; specks behind it do not count.

    >>> value_of("1.204"), value_of("98,5%"), value_of("≥ 95"), value_of("620 -"), value_of("12 lớp"), value_of("")
    (1204.0, 98.5, 95.0, 620.0, None, None)
    """
    figure = (cell or "").strip().rstrip(_SPECKS)
    if not _FIGURE.fullmatch(figure):
        return None
    return parse_number(figure.lstrip("≥≤<>= ").rstrip("% "))


def named_columns(heads: Sequence[str]) -> dict[int, str] | None:
    """The role of each column; None where the table has no indicator or no figures."""
    roles: dict[int, str] = {}
    for column, head in enumerate(heads):
        role = role_of(head)
        if role is None:
            continue
        if role in roles.values():
            if role != "actual":
                continue
            roles = {known: name for known, name in roles.items() if name != "actual"}  # the later one is the present
        roles[column] = role
    found = set(roles.values())
    return roles if "name" in found and found & {"plan", "actual"} else None


def grid_rows(grid: Grid) -> Iterator[FigureRow]:
    """The rows of a ruled table of figures; none where it is another table."""
    columns = len(grid.xs) - 1
    for depth in (1, 2):
        heads = [
            " ".join(dict.fromkeys(c.text for row in grid.rows[:depth] for c in row.cells if c.column == i and c.text))
            for i in range(columns)
        ]
        roles = named_columns(heads)
        if roles:
            break
    else:
        return
    section: str | None = None
    for row in grid.rows[depth:]:
        title = _title(row)
        if title:
            section = title
        elif row.span is not None:
            cells = {roles[cell.column]: cell.text for cell in row.cells if cell.column in roles and cell.text}
            text = " ".join(cell.text for cell in row.filled)
            if cells.get("name") and value_of(cells.get("actual") or cells.get("plan")) is not None:
                named = {role: heads[column] for column, role in roles.items()}
                yield FigureRow(section, cells, named, text, row.span)


def _title(row: Row) -> str | None:
    filled = row.filled
    if len(filled) == 1 and value_of(filled[0].text) is None:
        return filled[0].text
    if len(filled) == 2 and SECTION.match(filled[0].text) and value_of(filled[1].text) is None:
        return f"{filled[0].text.rstrip('.)')}. {filled[1].text}"
    return None


_HEAD_CELL = re.compile(
    r"STT|TT|Chỉ tiêu|Nội dung|Tiêu chí|Lĩnh vực|Hạng mục|Đơn vị tính|ĐVT|Kế hoạch|Dự toán|Thực hiện|Kết quả|Tỷ lệ|Tỉ lệ|So với|Mục tiêu|Ghi chú"
)


def _line_head(line: str) -> list[str]:
    """The head cells that a line of a dump shows, in order."""
    starts = [found.start() for found in _HEAD_CELL.finditer(line)]
    if not starts or starts[0] > 3:
        return []
    return [line[a:b].strip(" |") for a, b in zip(starts, [*starts[1:], len(line)], strict=True)]


def line_rows(paper: Paper, ruled: set[int]) -> Iterator[FigureRow]:
    """Rows of a dump: a head line, then lines that end in as many figures as the head has columns of them."""
    text = paper.text
    roles: dict[int, str] | None = None
    heads: list[str] = []
    section: str | None = None
    for index, span in enumerate(text.lines):
        if index in ruled:
            continue
        line = clean(text[span].replace("|", " "))
        if not line:
            continue
        cells = _line_head(line)
        if len(cells) >= 3 and (named := named_columns(cells)) is not None:
            roles, heads, section = named, cells, None
            continue
        if roles is None:
            continue
        read = _line_cells(line, roles)
        if read is None:
            words = line.split()
            if SECTION.match(words[0]) and len(words) > 1:
                section = f"{words[0].rstrip('.)')}. {' '.join(words[1:])}"
            elif line.endswith((".", ";", ":", "./.")):
                roles = None  # running text again
            continue
        yield FigureRow(section, read, {role: heads[column] for column, role in roles.items()}, line, span)


def _line_cells(line: str, roles: dict[int, str]) -> dict[str, str] | None:
    order = [role for _, role in sorted(roles.items()) if role != "note"]
    figures = [role for role in order if role in ("plan", "actual", "share", "change")]
    words = line.split()
    tail = words[len(words) - len(figures) :]
    if len(words) <= len(figures) or any(value_of(word) is None for word in tail):
        return None
    rest = words[: len(words) - len(figures)]
    if value_of(rest[-1]) is not None:
        return None
    return dict(zip(figures, tail, strict=True)) | name_and_unit(rest, "no" in order, "unit" in order)


def name_and_unit(words: Sequence[str], numbered: bool = True, measured: bool = True) -> dict[str, str]:
    """The cells in front of the figures of a row: its number, the indicator and the unit, where they can be told.

    >>> name_and_unit(["3", "Trồng", "rừng", "Ha"]), name_and_unit(["Tin,", "bài"])
    ({'no': '3', 'unit': 'Ha', 'name': 'Trồng rừng'}, {'name': 'Tin, bài'})
    """
    cells = {}
    rest = list(words)
    if numbered and len(rest) > 1 and MARK.match(rest[0]):
        cells["no"] = rest.pop(0)
    if measured and len(rest) > 1 and (found := _UNIT_TAIL.search(" ".join(rest))):
        cells["unit"] = found[1]
        rest = " ".join(rest)[: found.start()].split()
    return cells | {"name": " ".join(rest)}


_UNIT_TAIL = re.compile(
    r"\s(%|[Tt]riệu đồng|[Tt]ỷ đồng|[Nn]ghìn đồng|[Đđ]ồng|[Hh]ồ sơ|[Nn]gười|[Hh]ộ|[Ll]ượt(?: người| khách)?|[Vv]ụ|[Tt]ấn|[Hh]a|[Kk]m|m2|[Đđ]iểm|"
    r"[Vv]ăn bản|[Ll]ớp|[Tt]hủ tục|[Cc]uộc|[Cc]ông trình|[Dd]oanh nghiệp|[Hh]ọc sinh|[Tt]rường|[Tt]hôn|[Cc]on|[Nn]gày|[Gg]iờ)$"
)
