"""HTML put together so that no text of a paper can become markup."""

from __future__ import annotations

import html
import re

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_VOID = frozenset({"img", "meta", "br", "link"})


class Markup(str):
    """Text that is HTML already; everything else is escaped."""

    __slots__ = ()


Child = object
"""Markup, or anything whose text is escaped; None and False say nothing."""


def text(value: object) -> Markup:
    """A value as text of the page: escaped, without control characters and marks that turn the direction of print.

    >>> text("<b> & \\u202e")
    '&lt;b&gt; &amp; '
    """
    if isinstance(value, Markup):
        return value
    return Markup(html.escape(_CONTROLS.sub("", str(value))))


def join(*children: Child) -> Markup:
    """The children one after the other."""
    return Markup("".join(text(child) for child in children if child is not None and child is not False))


def tag(name: str, /, *children: Child, **attributes: object) -> Markup:
    """An element. An underscore at the end of an attribute's name is dropped; None and False leave an attribute out.

    >>> tag("p", "a < b", class_="note", hidden=False)
    '<p class="note">a &lt; b</p>'
    """
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{text(value)}"'
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{join(*children)}</{name}>")


def shortened(value: str | None, length: int) -> str:
    """At most so many signs.

    >>> shortened("Kế hoạch cải cách", 9), shortened(None, 5)
    ('Kế hoạch…', '')
    """
    plain = " ".join((value or "").split())
    return plain if len(plain) <= length else plain[: length - 1].rstrip() + "…"
