"""The content of a sample: a TOML file with the head, the foot and a body in a small mark-up.

The mark-up says how a paragraph is printed AND what it means, so that the gold is derived from the very text that is
printed. One line of the body is one block:

    # text     heading, bold                        ## text   heading of the second level, bold
    ### text   heading of the third level, italic   = text    centred, bold
    > text     legal basis, italic                  ! text || >= 90 %; = 100 %    target with its metrics
    @ heading | agency     part of an agency: the `-` items after it are counted
    - text     dashed item                          + text    item of the second level
    |grid 10,60,30 / |tasks 6,34,…    start of a table (widths in per cent); `| a | b` rows, the first is the head;
               `|s text` row over all columns; `|end`. A task row may end in `|| periods=2025-Q3; recurring=hàng quý`,
               a grid row in `|| indicator;numerator;denominator;value;unit`: the result that the row states.
               Words after the widths: `unruled`, and `no,content,lead,…,note` where the columns are not the usual six
    \\page      page break                           anything else: a paragraph

Inline: `[[76/NQ-CP ngày 15/7/2021]]` a cited document (`[[code@2021-07-15]]` where its date stands elsewhere);
`$Chính phủ$` the issuer of a basis; `<<Thực hiện …>>` a basis inside a paragraph;
`{{clause|indicator|numerator|denominator|value|unit}}` a result; `^[1|text]` a footnote; `<b>…</b>`, `<i>…</i>`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

DOCUMENTS = Path(__file__).parent / "documents"

BlockKind = Literal[
    "h1", "h2", "h3", "centre", "basis", "target", "agency", "dash", "plus", "paragraph", "grid", "tasks", "page"
]

TASK_COLUMNS = ("no", "content", "lead", "coordinating", "deadline", "product")

CITED = re.compile(r"\[\[(.*?)\]\]")
FOOTNOTE = re.compile(r"\^\[([^|\]]+)\|((?:[^\[\]]|\[\[.*?\]\])*)\]")
RESULT = re.compile(r"\{\{(.*?)\}\}")
ISSUER = re.compile(r"\$([^$]+)\$")
INLINE_BASIS = re.compile(r"<<(.*?)>>")
STYLE = re.compile(r"</?[bi]>")

_PREFIXES: tuple[tuple[str, BlockKind], ...] = (
    ("### ", "h3"),
    ("## ", "h2"),
    ("# ", "h1"),
    ("= ", "centre"),
    ("> ", "basis"),
    ("! ", "target"),
    ("@ ", "agency"),
    ("- ", "dash"),
    ("+ ", "plus"),
)


@dataclass(frozen=True)
class Row:
    """A row of a table. One cell alone spans all columns. `notes` are the gold hints after `||`."""

    cells: tuple[str, ...]
    span: bool = False
    notes: str = ""


@dataclass(frozen=True)
class Block:
    """One printed block. `notes` holds what follows `||` (metrics) or, for an agency, its name."""

    kind: BlockKind
    text: str = ""
    notes: str = ""
    widths: tuple[float, ...] = ()
    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    ruled: bool = True


@dataclass(frozen=True)
class Attachment:
    """What is issued with the document: its own head, and a body in the same mark-up."""

    doc_type: str | None
    title: str
    printed_type: str
    printed_title: tuple[str, ...]
    caption: tuple[str, ...]
    letterhead: bool
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True)
class Content:
    """A document as written: `document` is the gold of that name, the rest is what stands on the paper."""

    name: str
    document: dict[str, Any]
    head: dict[str, Any]
    foot: dict[str, Any]
    blocks: tuple[Block, ...]
    attachments: tuple[Attachment, ...]
    scan: dict[str, Any]
    about: dict[str, Any]
    aside: bool
    extra: dict[str, Any] = field(default_factory=dict)
    following: tuple[Content, ...] = ()
    """Further papers in the same file, each with its own head and foot."""


def plain(text: str) -> str:
    """The text as printed, without mark-up; a footnote leaves its mark.

    >>> plain("theo [[76/NQ-CP ngày 15/7/2021]] của $Chính phủ$^[1|Xem sau.]")
    'theo 76/NQ-CP ngày 15/7/2021 của Chính phủ1'
    """
    text = FOOTNOTE.sub(lambda m: m.group(1), text)
    text = CITED.sub(lambda m: m.group(1).split("@")[0], text)
    text = RESULT.sub(lambda m: m.group(1).split("|")[0], text)
    text = INLINE_BASIS.sub(lambda m: m.group(1), text)
    return STYLE.sub("", ISSUER.sub(lambda m: m.group(1), text))


def parse_body(body: str) -> tuple[Block, ...]:
    """Blocks of a body in the mark-up. Raises ValueError for a table that is not closed."""
    blocks: list[Block] = []
    table: Block | None = None
    rows: list[Row] = []
    for number, line in enumerate(body.splitlines(), 1):
        line = line.strip()
        if not line:
            continue
        if table is not None:
            if line == "|end":
                blocks.append(replace(table, rows=tuple(rows)))
                table, rows = None, []
            else:
                rows.append(_row(line, len(table.widths), number))
        elif line.startswith(("|grid ", "|tasks ")):
            table = _table(line)
        elif line == "\\page":
            blocks.append(Block("page"))
        else:
            blocks.append(_block(line))
    if table is not None:
        raise ValueError("a table of the body has no |end")
    return tuple(blocks)


def _table(line: str) -> Block:
    """The table that a line `|tasks 6,34,60 unruled no,content,lead` opens."""
    kind, widths, *more = line[1:].split()
    share = tuple(float(part) for part in widths.split(","))
    named = tuple(name for word in more if word != "unruled" for name in word.split(","))
    columns = named or TASK_COLUMNS if kind == "tasks" else ()
    return Block("tasks" if kind == "tasks" else "grid", "", "", share, (), columns, "unruled" not in more)


def _row(line: str, columns: int, number: int) -> Row:
    if line.startswith("|s "):
        return Row((line[3:].strip(),), span=True)
    cells, _, notes = line.partition("||")
    parts = tuple(cell.strip() for cell in cells.strip().removeprefix("|").removesuffix("|").split("|"))
    if len(parts) != columns:
        raise ValueError(f"line {number} of the body: {len(parts)} cells, {columns} columns")
    return Row(parts, notes=notes.strip())


def _block(line: str) -> Block:
    for prefix, kind in _PREFIXES:
        if line.startswith(prefix):
            text = line[len(prefix) :].strip()
            if kind == "target":
                text, _, notes = text.partition("||")
            elif kind == "agency":
                text, _, notes = text.partition("|")
            else:
                notes = ""
            return Block(kind, text.strip(), notes.strip())
    return Block("paragraph", line)


def load(path: Path) -> Content:
    """The content of one TOML file. Raises KeyError where a part is missing, ValueError for bad mark-up."""
    return _content(path, tomllib.loads(path.read_text(encoding="utf-8")))


def _content(path: Path, data: dict[str, Any]) -> Content:
    attachments = tuple(
        Attachment(
            item.get("doc_type"),
            item["title"],
            item.get("printed_type", ""),
            tuple(item.get("printed_title", [item["title"]])),
            tuple(item.get("caption", [])),
            item.get("letterhead", False),
            parse_body(item["body"]),
            item.get("landscape", False),
        )
        for item in data.get("attachments", [])
    )
    return Content(
        name=path.stem,
        document=data["document"],
        head=data["head"],
        foot=data.get("foot", {}),
        blocks=parse_body(data.get("body", "")),
        attachments=attachments,
        scan=data.get("scan", {}),
        about=data.get("about", {}),
        aside=path.parent.name == "aside",
        extra=data.get("gold", {}),
        following=tuple(_content(path, item) for item in data.get("following", [])),
    )


def load_all() -> tuple[Content, ...]:
    """Every sample, in the order of names; those kept aside come last."""
    return tuple(load(path) for folder in (DOCUMENTS, DOCUMENTS / "aside") for path in sorted(folder.glob("*.toml")))
