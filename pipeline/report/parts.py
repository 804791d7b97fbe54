"""Pieces that sections are made of: tables, figures, keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.report.facts import Some
from pipeline.report.markup import Child, Markup, join, tag
from pipeline.report.wording import count

Column = tuple[str, str]
"""Heading, and the class of its cells."""


def table(columns: Sequence[Column], rows: Iterable[Sequence[Child]]) -> Markup:
    head = tag("tr", *(tag("th", title, class_="n" if kind == "n" else None) for title, kind in columns))
    body = [
        tag(
            "tr",
            *(
                tag("td", "" if cell is None else cell, class_=kind or None)
                for cell, (_, kind) in zip(row, columns, strict=True)
            ),
        )
        for row in rows
    ]
    return tag("div", tag("table", tag("thead", head), tag("tbody", *body)), class_="scroll")


def drawing(drawn: Markup | None, *caption: Child) -> Markup | None:
    return drawn and tag("figure", drawn, tag("figcaption", *caption) if caption else None)


def more(some: Some[object], what: str) -> Markup | None:
    rest = some.total - len(some.items)
    return tag("p", f"… và {count(rest)} {what} nữa.", class_="note") if rest > 0 else None


def key(words: str, kind: str = "") -> Markup:
    return join(tag("span", class_=f"key {kind}".strip()), words)


def day(date: dt.date | None) -> str:
    return "" if date is None else f"{date:%d/%m/%Y}"


def short_path(path: str) -> str:
    return "/".join(Path(path).parts[-2:])
