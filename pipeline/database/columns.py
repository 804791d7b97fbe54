"""What tables are made of: columns, and how they follow from the record model."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

Row = dict[str, Any]
"""A row of a table, by column."""
Rows = dict[str, list[Row]]
"""Rows by table."""


class Column(NamedTuple):
    """A column: its name, its DuckDB type, its meaning."""

    name: str
    type: str
    comment: str


class Table(NamedTuple):
    """A table. Rows of a document are those with its `doc_id`."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def of_document(self) -> bool:
        """Whether its rows belong to one document and are replaced with it."""
        return self.columns[0].name == "doc_id" and self.name not in ("sources", "ledger")


_SQL: dict[object, str] = {str: "VARCHAR", int: "INTEGER", float: "DOUBLE", bool: "BOOLEAN", dt.date: "DATE"}


def sql_type(annotation: Any) -> str | None:
    """The DuckDB type for a field of the model, None where the field is a list of parts (a table of its own).

    >>> from schemas.record import Metric
    >>> sql_type(str | None), sql_type(list[str]), sql_type(tuple[float, float] | None), sql_type(list[Metric])
    ('VARCHAR', 'VARCHAR[]', 'DOUBLE[]', None)
    """
    if annotation in _SQL:
        return _SQL[annotation]
    origin, arguments = get_origin(annotation), [item for item in get_args(annotation) if item is not type(None)]
    if origin is Literal:
        return "VARCHAR"
    if origin in (Union, types.UnionType) and len(arguments) == 1:
        return sql_type(arguments[0])
    if origin in (list, tuple):
        if isinstance(arguments[0], type) and issubclass(arguments[0], BaseModel):
            return None
        inner = sql_type(arguments[0])
        return inner and f"{inner}[]"
    raise TypeError(f"no column type for {annotation!r}")


def columns_of(model: type[BaseModel], skip: tuple[str, ...] = ()) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        kind = None if name in skip else sql_type(field.annotation)
        if kind is not None:
            yield Column(name, kind, field.description or "")


DOC_ID = Column(
    "doc_id",
    "VARCHAR",
    "The document: first 16 hex digits of the SHA-256 of the file's bytes; -2, -3, … behind them for further papers in it",
)
SEQ = Column("seq", "INTEGER", "Position in the document, from 0, as in evidence paths: targets[3] has seq 3")
ITEM = Column("item", "INTEGER", "Position within that entry, from 0")
PAGE = Column("page", "INTEGER", "Page, from 1")
BOX = Column("box", "DOUBLE[]", "Left, top, right, bottom in PDF points, origin top left; NULL for text dumps")
PERIOD_START = Column("period_start", "DATE", "First day of the period, NULL where it is open or not known")
PERIOD_END = Column("period_end", "DATE", "Last day of the period, NULL where it is open or not known")


def part(name: str, model: type[BaseModel], comment: str, *more: Column, skip: tuple[str, ...] = ()) -> Table:
    return Table(name, comment, (DOC_ID, SEQ, *columns_of(model, skip), *more))
