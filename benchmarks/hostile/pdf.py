"""PDF files by hand, so that any part of them can be wrong."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SAYS = b"BT /F1 12 Tf 72 700 Td (QUYET DINH so 12/QD-UBND) Tj ET"


def stream(data: bytes, extra: bytes = b"", *, deflate: bool = False) -> bytes:
    """A stream object's body."""
    if deflate:
        data, extra = zlib.compress(data, 9), extra + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), extra, data)


def pdf(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R", version: bytes = b"1.7") -> bytes:
    """A file with these objects, numbered from 1, and a cross-reference table that is right."""
    out = bytearray(b"%%PDF-%s\n%%\xe2\xe3\xcf\xd3\n" % version)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, at)
    return bytes(out)


def one_page(
    content: bytes | None = None,
    *more: bytes,
    box: bytes = b"/MediaBox[0 0 595 842]",
    page: bytes = b"",
    resources: bytes = b"/Font<</F1 5 0 R>>",
    catalog: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """Catalog 1, pages 2, page 3, its content 4 (a stream object's body), the font 5, `more` from 6 on."""
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<<%s>>%s>>" % (box, resources, page),
            stream(SAYS) if content is None else content,
            FONT,
            *more,
        ],
        b"/Root 1 0 R" + trailer,
    )


def with_image(image: bytes, *more: bytes) -> bytes:
    """A page that an image object (6) fills."""
    return one_page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), image, *more, resources=b"/XObject<</I 6 0 R>>")
