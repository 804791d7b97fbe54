"""Plots as SVG inside the page: text stays text, colours follow the page's scheme, marks tell more when pointed at."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from pipeline.report.markup import Markup, text

# Stand-ins, each replaced in the SVG by a variable of the style sheet.
INK, MUTED, LINE, ACCENT, WARN, GOOD, SURFACE = (f"#0a0b0{number}" for number in range(1, 8))
_VARIABLES = dict(
    zip(
        (INK, MUTED, LINE, ACCENT, WARN, GOOD, SURFACE),
        ("ink", "muted", "line", "accent", "warn", "good", "surface"),
        strict=True,
    )
)
_FONT = re.compile(r"font: (?:(?:normal|italic) )?(?:(bold|\d+) )?([\d.]+)px [^;\"]+")
_ID = re.compile(
    r' id="(?:figure|axes|patch|text|line2d|xtick|ytick|matplotlib|tip|LineCollection|PathCollection)[^"]*"'
)
_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",  # text as text
    "text.parse_math": False,  # a title may hold dollar signs
    "font.size": 10.5,
    "text.color": INK,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.unicode_minus": False,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "grid.color": LINE,
    "grid.linewidth": 0.8,
}


class Plot:
    """A figure in the making. width, height: inches of 72 points, at which the text has its own size."""

    def __init__(self, name: str, width: float, height: float) -> None:
        self._name = name
        self._tips: dict[str, str] = {}
        self.figure = Figure(figsize=(width, height), layout="constrained")
        self.figure.patch.set_visible(False)
        self.axes: Axes = self.figure.add_subplot()
        self.axes.patch.set_visible(False)

    def tip(self, artist: Artist, words: str) -> None:
        """What the mark tells when it is pointed at (and to who hears the page read)."""
        name = f"tip-{self._name}-{len(self._tips)}"
        artist.set_gid(name)
        self._tips[name] = words

    def svg(self, label: str) -> Markup:
        """The finished plot. label: what it shows, for who does not see it."""
        out = io.StringIO()
        mpl.rcParams["svg.hashsalt"] = self._name
        FigureCanvasSVG(self.figure).print_svg(
            out, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
        drawn = out.getvalue()
        drawn = drawn[drawn.index("<svg") :]
        drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, flags=re.DOTALL)
        for name, words in self._tips.items():
            drawn = drawn.replace(f'<g id="{name}">', f'<g id="{name}"><title>{text(words)}</title>')
        drawn = _ID.sub("", drawn)
        drawn = _FONT.sub(lambda m: f"font-size: {m[2]}px" + (f"; font-weight: {m[1]}" if m[1] else ""), drawn)
        for stand_in, variable in _VARIABLES.items():
            drawn = drawn.replace(stand_in, f"var(--{variable})")
        width = self.figure.get_figwidth() * 72
        head = f'<svg role="img" aria-label="{html.escape(label)}" style="min-width:{min(width, 620):.0f}px" '
        drawn = re.sub(r'<svg ([^>]*?)width="[^"]*"', lambda m: head + m[1], drawn, count=1)
        drawn = re.sub(r'(<svg [^>]*?) height="[^"]*"', r"\1", drawn, count=1)
        drawn = re.sub(r' xmlns(:xlink)?="[^"]*"', "", drawn).replace("xlink:href", "href")
        return Markup(re.sub(r"\s*\n\s*", " ", drawn))


@contextmanager
def plot(name: str, width: float, height: float) -> Iterator[Plot]:
    """A plot whose settings hold inside the block alone; `svg` is called there, too."""
    with mpl.rc_context(_SETTINGS):
        yield Plot(name, width, height)
