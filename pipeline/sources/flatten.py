"""A copy of a PDF for its text: what annotations print made plain content, pages turned so that their text stands upright."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from io import BufferedReader
from typing import cast

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c


def flattened(data: bytes, turns: Sequence[int], printed: Sequence[bool]) -> BufferedReader:
    """The copy, as a file on disk that is gone when it is closed: that of a long scan is more than all else a worker holds.

    turns: clockwise quarter turns with which each page is to be shown. printed: on which of them annotations print something.
    Raises PdfiumError.
    """
    copy = pdfium.PdfDocument(data)
    try:
        copy.init_forms()
        for index, (turn, prints) in enumerate(zip(turns, printed, strict=True)):
            page = copy[index]
            page.set_rotation(90 * turn)
            if prints:
                pdfium_c.FPDFPage_Flatten(page, pdfium_c.FLAT_NORMALDISPLAY)
        out = tempfile.TemporaryFile()  # noqa: SIM115  (closed by whoever reads it)
        copy.save(out)
        out.seek(0)
        return cast(BufferedReader, out)
    finally:
        copy.close()
