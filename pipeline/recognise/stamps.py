"""What stamps in red ink say: an arrival stamp with its office and day, an urgency stamp, CÔNG KHAI. Round seals are not read."""

from __future__ import annotations

import numpy as np

from pipeline.layout.lines import rows, segment
from pipeline.picture.image import Prepared
from pipeline.picture.strokes import without_rules
from pipeline.recognise.engines import Recogniser
from pipeline.recognise.worth import worth
from schemas.page import Annotation

EDGE = 0.05  # inches of the page around a stamp
MARGIN = 1.5  # and of white paper around that: the detector of lines wants to see a page
READABLE = 0.3  # worth of a reading from which it is kept


def read_stamps(prepared: Prepared, engine: Recogniser, time_limit: float) -> tuple[Annotation, ...]:
    """The page's seals, stamps and pen strokes; the stamps with their text where they have one that can be read."""
    return tuple(
        note._replace(text=_text(note, prepared, engine, time_limit)) if note.kind == "stamp" else note
        for note in prepared.seals
    )


def _text(note: Annotation, prepared: Prepared, engine: Recogniser, time_limit: float) -> str:
    if prepared.red is None or note.box is None:
        return ""
    edge = EDGE * prepared.dpi
    box = prepared.to_page.inverse().box(note.box)
    across = slice(max(0, round(box.x0 - edge)), max(1, round(box.x1 + edge)))
    down = slice(max(0, round(box.top - edge)), max(1, round(box.bottom + edge)))
    stamp, _ = without_rules(prepared.red[down, across], prepared.dpi)
    sheet = np.pad(stamp, round(MARGIN * prepared.dpi), constant_values=255)
    found = engine.read(sheet, prepared.dpi, time_limit)
    if worth(found.lines) < READABLE:
        return ""
    return "\n".join(line.text for line in rows(segment([word for line in found.lines for word in line.words])))
