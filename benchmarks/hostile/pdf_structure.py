"""PDFs whose skeleton is wrong: trees that loop, tables that lie, boxes without sense, headers, encryption."""

from __future__ import annotations

import io
import random
import struct

from benchmarks.hostile.pdf import CATALOG, FONT, SAYS, one_page, pdf, stream
from benchmarks.hostile.sort import Sort

PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"


def _tree(kids: bytes, count: int = 1, *more: bytes) -> bytes:
    return pdf([CATALOG, b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), PAGE, stream(SAYS), FONT, *more])


def _deep_tree(rng: random.Random) -> bytes:
    depth = rng.choice((300, 3000, 30_000))
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 7) for number in range(depth)]
    return _tree(b"6 0 R", 1, *nodes, PAGE)


def _boxes(rng: random.Random) -> bytes:
    sides = (
        b"0 0 0 0", b"0 0 1e9 1e9", b"0 0 14400 14400", b"0 0 0.0001 0.0001", b"595 842 0 0", b"0 0 -595 -842", b"0 0 nan inf",
        b"0 0 " + b"9" * 400 + b" 1", b"0 0 595", b"null null null null", b"(0) /a [0] 1", b"-1e38 -1e38 1e38 1e38", b"0 0 2147483648 4294967296",
        b"0 0 3 50000", b"5 0 R 6 0 R 7 0 R 8 0 R", b"0 0 --5 1.2.3",
    )  # fmt: skip
    return one_page(box=b"/MediaBox[%s]" % rng.choice(sides))


def _crop(rng: random.Random) -> bytes:
    crops = (b"900 900 1000 1000", b"0 0 0 0", b"-9e9 -9e9 9e9 9e9", b"100 100 100.5 100.5", b"500 500 100 100")
    return one_page(page=b"/CropBox[%s]" % rng.choice(crops))


def _turning(rng: random.Random) -> bytes:
    turn = rng.choice((b"45", b"-90", b"1e20", b"/a", b"99999999999999999999", b"360000090"))
    return one_page(page=b"/Rotate %s/UserUnit %s" % (turn, rng.choice((b"1e9", b"0", b"-1", b"1"))))


def _header(rng: random.Random) -> bytes:
    body = one_page()
    choices = (
        body.replace(b"%PDF-1.7", b"%PDF-9.9"),
        body.replace(b"%PDF-1.7", b"%PDF-"),
        body.replace(b"%PDF-1.7", b"%!PS-Adobe-3.0 PDF-1.4"),
        b"\0" * 900 + body,
        b"X" * 1100 + body,
        b"\xef\xbb\xbf" + body,
        b"\r\n\r\n" + body,
        body.replace(b"%PDF-1.7\n", b""),
    )
    return rng.choice(choices)


def _xref(rng: random.Random) -> bytes:
    body = one_page()
    at = body.rfind(b"xref\n0", 0, body.rfind(b"startxref"))
    choices = (
        body[:at] + b"xref\n0 999999999\n" + body[at + 9 :],
        body.replace(b"startxref\n%d" % at, b"startxref\n%d" % rng.choice((0, 10**18, at - 7, at + 30))),
        body.replace(b"startxref\n%d" % at, b"startxref\n-5"),
        body.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % at),  # its own predecessor
        body.replace(b"/Root 1 0 R", b"/Root 1 0 R/XRefStm %d/Prev 0" % at),
        body.replace(b"/Root 1 0 R", b"/Root 77 0 R"),
        body.replace(b"/Root 1 0 R", b"/Root 2 0 R"),
        body.replace(b" 00000 n", b" 99999 n"),
        body.replace(b"00000", b"0000x"),
    )
    return rng.choice(choices)


def _xref_stream(rng: random.Random) -> bytes:
    body = one_page()
    body = body[: body.rfind(b"xref\n0", 0, body.rfind(b"startxref"))]
    widths = rng.choice((b"[1 2 1]", b"[0 0 0]", b"[1 999999999 1]", b"[-1 2 1]", b"[1 2]"))
    index = rng.choice((b"[0 6]", b"[0 2147483647]", b"[5 -3]", b"[0 6 0 6]"))
    table = stream(rng.randbytes(40), b"/Type/XRef/W%s/Index%s/Size 6/Root 1 0 R/Prev %d" % (widths, index, len(body)))
    return body + b"9 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (table, len(body))


def _object_stream(rng: random.Random) -> bytes:
    """The page tree stands in an object stream that is wrong."""
    count, first = rng.choice(((1, 4), (10**9, 4), (-1, 4), (1, 10**9), (1, -4)))
    inner = b"2 0 " + b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    extra = b"/Type/ObjStm/N %d/First %d%s" % (count, first, rng.choice((b"", b"/Extends 6 0 R")))
    objects = [CATALOG, stream(inner, extra), PAGE, stream(SAYS), FONT]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (6 if number == 2 else number, body)
    rows = [(0, 0, 255), (1, places[0], 0), (2, 6, 0), *((1, place, 0) for place in places[2:]), (1, places[1], 0)]
    at = len(out)
    table = stream(
        b"".join(struct.pack(">BIB", *row) for row in [*rows, (1, at, 0)]), b"/Type/XRef/W[1 4 1]/Size 8/Root 1 0 R"
    )
    return bytes(out) + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF" % (table, at)


def _encrypted(rng: random.Random) -> bytes:
    handlers = (
        b"/Filter/FooSec/V 1", b"/Filter/Standard/V 99/R 99/O(x)/U(x)/P -1", b"/Filter/Adobe.PubSec/V 4/Recipients[(x)]",
        b"/Filter/Standard/V 5/R 6/Length 256/O(%s)/U(%s)/OE(%s)/UE(%s)/Perms(%s)/P -4/CF<</StdCF<</CFM/AESV3>>>>/StmF/StdCF/StrF/StdCF",
        b"/Filter/Standard/V 2/R 3/Length 99999/O()/U()/P 0", b"/Filter 6 0 R", b"/Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4",
    )  # fmt: skip
    handler = rng.choice(handlers)
    while b"%s" in handler:
        handler = handler.replace(b"%s", rng.randbytes(48).hex().encode()[:48], 1)
    return one_page(None, b"<<%s>>" % handler, trailer=b"/Encrypt 6 0 R/ID[(a)(b)]")


def _with_password(rng: random.Random) -> bytes:
    """Really encrypted: with a password to open it, or (which everybody may read) only one to change it."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    user = rng.choice(("secret", ""))
    sheet = Canvas(out, encrypt=StandardEncryption(user, "owner", strength=rng.choice((40, 128))), invariant=1)
    sheet.drawString(72, 700, "QUYET DINH 12/QD-UBND")
    sheet.save()
    return out.getvalue()


def _outlines(rng: random.Random) -> bytes:
    item = rng.choice((b"<</Title(a)/Next 6 0 R/Prev 6 0 R/First 6 0 R/Last 6 0 R>>", b"<</Title(a)/Next 7 0 R>>"))
    return one_page(None, item, b"<</Title(b)/Next 6 0 R/First 6 0 R>>", catalog=b"/Outlines 6 0 R/PageLabels 7 0 R")


def _signed_form(rng: random.Random) -> bytes:
    """A form whose fields loop and whose signature is rubbish."""
    rubbish = rng.randbytes(rng.choice((0, 40, 4000))).hex().encode()
    field = rng.choice(
        (b"<</FT/Sig/T(a)/Kids[7 0 R 7 0 R]/Parent 7 0 R/V 8 0 R>>", b"<</FT/Sig/V 8 0 R/P 7 0 R/Rect[0 0 1 nan]>>")
    )
    value = b"<</Type/Sig/ByteRange[0 %s 9 9]/Contents<%s>/M(D:99999999999999)>>" % (
        rng.choice((b"-1", b"9" * 30)),
        rubbish,
    )
    return one_page(
        None,
        b"<</Fields[7 0 R 6 0 R]/SigFlags 3>>",
        field,
        value,
        catalog=b"/AcroForm 6 0 R",
        page=b"/Annots[7 0 R 6 0 R 99 0 R]",
    )


def _actions(rng: random.Random) -> bytes:
    """What must never be run: scripts, launched programs, addresses, attached files."""
    action = rng.choice(
        (b"/S/JavaScript/JS(while\\(1\\){app.alert\\(1\\)})", b"/S/Launch/F(/bin/sh)", b"/S/URI/URI(file:///etc/passwd)", b"/S/SubmitForm/F(http://127.0.0.1:9/)")
    )  # fmt: skip
    return one_page(
        None, b"<<%s>>" % action, b"<</Type/Filespec/F(../../evil.txt)/EF<</F 8 0 R>>>>", stream(b"x" * 99),
        catalog=b"/OpenAction 6 0 R/AA<</WC 6 0 R>>/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>/JavaScript<</Names[(a)6 0 R]>>>>",
        page=b"/AA<</O 6 0 R>>",
    )  # fmt: skip


SORTS = (
    Sort("pdf-tree-cycle", ".pdf", lambda r: _tree(r.choice((b"2 0 R", b"2 0 R 3 0 R", b"1 0 R", b"6 0 R")), 1, b"<</Type/Pages/Kids[6 0 R 2 0 R]/Count 5>>")),
    Sort("pdf-tree-deep", ".pdf", _deep_tree),
    Sort("pdf-count-lies", ".pdf", lambda r: _tree(b"3 0 R", r.choice((10**9, -1, 0, 2**63, 7)))),
    Sort("pdf-one-page-many-times", ".pdf", lambda r: _tree(b"3 0 R " * 20_000, 20_000)),
    Sort("pdf-kids-that-are-none", ".pdf", lambda r: _tree(r.choice((b"", b"null", b"(a) 5", b"4 0 R 5 0 R", b"99 0 R")))),
    Sort("pdf-media-box", ".pdf", _boxes),
    Sort("pdf-crop-box", ".pdf", _crop),
    Sort("pdf-turned-oddly", ".pdf", _turning),
    Sort("pdf-no-box", ".pdf", lambda r: one_page(box=b"")),
    Sort("pdf-header", ".pdf", _header),
    Sort("pdf-xref", ".pdf", _xref),
    Sort("pdf-xref-stream", ".pdf", _xref_stream),
    Sort("pdf-object-stream", ".pdf", _object_stream),
    Sort("pdf-length-is-itself", ".pdf", lambda r: one_page(b"<</Length 4 0 R>>\nstream\n%s\nendstream" % SAYS)),
    Sort("pdf-length-lies", ".pdf", lambda r: one_page(b"<</Length %d>>\nstream\n%s\nendstream" % (r.choice((-1, 0, 3, 10**12)), SAYS))),
    Sort("pdf-encrypt-handler", ".pdf", _encrypted),
    Sort("pdf-password", ".pdf", _with_password),
    Sort("pdf-outline-cycle", ".pdf", _outlines),
    Sort("pdf-signature-rubbish", ".pdf", _signed_form),
    Sort("pdf-actions", ".pdf", _actions),
    Sort("pdf-no-pages", ".pdf", lambda r: _tree(b"", 0)),
)  # fmt: skip
