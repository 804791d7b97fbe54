"""A workbook (Office Open XML, ECMA-376) with one sheet a table, written with the standard library alone.

Text is stored as text (inline strings, and marked so where it looks like a formula), so that nothing is taken for one;
dates are dates; the header row stays in sight and filters; columns are as wide as what stands in them. Excel's own
limits hold: 1,048,576 rows a sheet (more go on in a second sheet), 32,767 characters a cell (longer text is cut and
marked).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, islice
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from pipeline.database.look import plain

MOST_ROWS = 1_048_576
MOST_SIGNS = 32_767
_CUT = " … [cut]"
_DAY_ZERO = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (day 0 of Excel's calendar; cells know no zones)
_DATE, _TIME, _HEADER, _QUOTED = 1, 2, 3, 4  # places in the list of cell formats below
_LOOKED_AT = 200  # rows that tell how wide a column is
_NARROW, _WIDE = 8, 60  # signs
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Text that begins so may be taken for a formula by a spreadsheet."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_NAMESPACE}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="5"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165" applyNumberFormat="1"/>'
    '<xf fontId="1" applyFont="1"/><xf quotePrefix="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Sheet(NamedTuple):
    """A sheet: its name (at most 31 characters), the header, the rows."""

    name: str
    names: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write(path: Path, sheets: Iterable[Sheet]) -> None:
    """Writes the workbook. Rows are taken one by one, so that memory stays flat."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        titles: list[str] = []
        for sheet in sheets:
            rows = iter(sheet.rows)
            for part_number in count(1):
                first = list(islice(rows, _LOOKED_AT))
                if part_number > 1 and not first:
                    break
                titles.append(sheet.name if part_number == 1 else f"{sheet.name} ({part_number})")
                with book.open(f"xl/worksheets/sheet{len(titles)}.xml", "w", force_zip64=True) as part:
                    for piece in _sheet(sheet.names, first, islice(rows, MOST_ROWS - 1 - len(first))):
                        part.write(piece.encode())
        for name, text in _frame(titles):
            book.writestr(name, text)


def _frame(titles: Sequence[str]) -> Iterator[tuple[str, str]]:
    numbered = list(enumerate(titles, 1))
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for n, _ in numbered
    )
    yield (
        "[Content_Types].xml",
        (
            f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{parts}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    listed = "".join(f'<sheet name="{escape(title)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in numbered)
    yield (
        "xl/workbook.xml",
        (f'{_HEAD}<workbook xmlns="{_NAMESPACE}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>'),
    )
    own = [(f"rId{n}", "worksheet", f"worksheets/sheet{n}.xml") for n, _ in numbered]
    yield "xl/_rels/workbook.xml.rels", _relations([*own, ("rIdStyles", "styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES


def _relations(listed: Iterable[tuple[str, str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>' for name, kind, target in listed
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _sheet(names: Sequence[str], first: Sequence[Sequence[Any]], more: Iterable[Sequence[Any]]) -> Iterator[str]:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_width(name, [row[n - 1] for row in first])}" customWidth="1"/>'
        for n, name in enumerate(names, 1)
    )
    yield (
        f'{_HEAD}<worksheet xmlns="{_NAMESPACE}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )
    yield "<row>" + "".join(_text(name, _HEADER) for name in names) + "</row>"
    number = 1
    for number, row in enumerate(chain(first, more), 2):  # noqa: B007  (the last one is told below)
        yield "<row>" + "".join(cell(value) for value in row) + "</row>"
    yield f'</sheetData><autoFilter ref="A1:{_column(len(names))}{number}"/></worksheet>'


def _width(name: str, values: Iterable[Any]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return min(_WIDE, max(_NARROW, len(name) + 4, longest + 2))


def _column(number: int) -> str:
    """Its letters.

    >>> _column(1), _column(26), _column(27), _column(703)
    ('A', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell(value: Any) -> str:
    """One cell.

    >>> cell(dt.date(2025, 7, 30)), cell(None), cell(True), cell(1.5)
    ('<c s="1"><v>45868</v></c>', '<c/>', '<c t="b"><v>1</v></c>', '<c><v>1.5</v></c>')
    >>> cell("a"), cell("=1+1")
    ('<c t="inlineStr"><is><t xml:space="preserve">a</t></is></c>', '<c t="inlineStr" s="4"><is><t xml:space="preserve">=1+1</t></is></c>')
    """
    if value is None:
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f"<c><v>{value!r}</v></c>"
    if isinstance(value, dt.datetime):
        days = (value.replace(tzinfo=None) - _DAY_ZERO) / dt.timedelta(days=1)
        return f'<c s="{_TIME}"><v>{days!r}</v></c>'
    if isinstance(value, dt.date):
        return f'<c s="{_DATE}"><v>{value.toordinal() - _DAY_ZERO.toordinal()}</v></c>'
    text = json.dumps(plain(value), ensure_ascii=False) if isinstance(value, (list, tuple, dict)) else str(value)
    return _text(text, _QUOTED if text.startswith(FORMULA) else 0)


def _text(text: str, style: int = 0) -> str:
    text = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > MOST_SIGNS:
        text = text[: MOST_SIGNS - len(_CUT)] + _CUT
    kind = f' s="{style}"' if style else ""
    return f'<c t="inlineStr"{kind}><is><t xml:space="preserve">{escape(text)}</t></is></c>'
