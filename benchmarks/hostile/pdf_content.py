"""PDFs whose skeleton is right and whose content is a trap: bombs, endless nesting, fonts and pictures without sense."""

from __future__ import annotations

import random
import zlib

from benchmarks.hostile.pdf import SAYS, one_page, stream, with_image
from benchmarks.hostile.sort import Sort

MEGA = 1 << 20


def _bomb(rng: random.Random) -> bytes:
    """A content stream that is a thousand times its size when unpacked, once or twice over."""
    size = rng.choice((20, 60, 200)) * MEGA
    packer = zlib.compressobj(9)
    filler = rng.choice((b" ", b"q Q ", b"0 0 m\n"))
    packed = b"".join(packer.compress(filler * (MEGA // len(filler))) for _ in range(size // MEGA)) + packer.flush()
    if rng.random() < 0.5:
        return one_page(stream(packed, b"/Filter/FlateDecode"))
    return one_page(stream(zlib.compress(packed, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def _nested(rng: random.Random) -> bytes:
    depth = rng.choice((1000, 50_000, 400_000))
    before, after = rng.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"q ", b"Q "), (b"(", b")"), (b"/A BMC ", b"EMC ")))
    return one_page(stream(before * depth + after * depth + SAYS))


def _nested_object(rng: random.Random) -> bytes:
    depth = rng.choice((500, 20_000, 200_000))
    return one_page(None, b"[" * depth + b"]" * depth, catalog=b"/Names 6 0 R/Dests 6 0 R", page=b"/Annots 6 0 R")


def _form_loop(rng: random.Random) -> bytes:
    """Forms that draw each other; each of them twice, so that the work doubles with every level."""
    levels = rng.choice((1, 2, 30))
    if levels < 3:
        form = stream(b"/X0 Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X0 6 0 R>>>>")
        return one_page(stream(b"/X0 Do"), form, resources=b"/XObject<</X0 6 0 R>>")
    head = b"/Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<</XObject<</X %d 0 R>>>>"
    forms = [stream(b"/X Do /X Do", head % (number + 7)) for number in range(levels)]
    last = stream(b"0 0 9 9 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")
    return one_page(stream(b"/X Do"), *forms, last, resources=b"/XObject<</X 6 0 R>>")


def _glyph_loop(rng: random.Random) -> bytes:
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 7 0 R>>/Encoding<</Differences[65/a]>>/FirstChar 65/LastChar 65/Widths[%s]/Resources<</Font<</F1 6 0 R>>>>>>"
    glyph = stream(b"1 0 0 0 1 1 d1 BT /F1 1 Tf (AA) Tj ET")
    width = rng.choice((b"1", b"nan", b"-1e30", b"(x)"))
    return one_page(
        stream(b"BT /F1 12 Tf 72 700 Td (AAAA) Tj ET"), font % width, glyph, resources=b"/Font<</F1 6 0 R>>"
    )


def _pattern_loop(rng: random.Random) -> bytes:
    step = rng.choice((b"1", b"0", b"0.0001", b"-1"))
    tile = stream(
        b"/Pattern cs /P scn 0 0 9 9 re f",
        b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 9 9]/XStep %s/YStep %s/Resources<</Pattern<</P 6 0 R>>>>"
        % (step, step),
    )
    return one_page(stream(b"/Pattern cs /P scn 0 0 595 842 re f"), tile, resources=b"/Pattern<</P 6 0 R>>")


def _font_widths(rng: random.Random) -> bytes:
    """Ranges over four thousand million characters, as widths and as a table to Unicode."""
    widths = rng.choice(
        (b"/W[0 4294967295 500]", b"/W[0 999999999 500 0 999999999 1]", b"/DW(a)/W[[]]", b"/W[-9 9 nan]")
    )
    ranges = rng.choice(
        (
            b"<00000000> <FFFFFFFF> <0041>",
            b"<0000> <FFFFFF> [<0041>]",
            b"<FFFF> <0000> <0041>",
            b"<41> <42> <" + b"41" * 5000 + b">",
        )
    )
    table = stream(
        b"/CIDInit /ProcSet findresource begin begincmap 1 beginbfrange %s endbfrange endcmap end" % ranges,
        rng.choice((b"", b"/UseCMap 8 0 R")),
    )
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(A)/Ordering(I)/Supplement 0>>%s>>"
        % widths
    )
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>"
    return one_page(
        stream(b"BT /F1 12 Tf 72 700 Td <00410042> Tj ET"), font, descendant, table, resources=b"/Font<</F1 6 0 R>>"
    )


def _font_file(rng: random.Random) -> bytes:
    head = rng.choice((b"\0\1\0\0", b"OTTO", b"true", b"%!PS-AdobeFont-1.0\n", b"ttcf"))
    kind = rng.choice((b"FontFile", b"FontFile2", b"FontFile3"))
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 999999/Widths[1]/FontDescriptor 7 0 R>>"
    about = b"<</Type/FontDescriptor/FontName/X/Flags 4/%s 8 0 R/FontBBox[0 0 0 0]/Ascent nan>>" % kind
    return one_page(
        None,
        font,
        about,
        stream(head + rng.randbytes(600), b"/Length1 -5/Subtype/OpenType"),
        resources=b"/Font<</F1 6 0 R>>",
    )


def _much_text(rng: random.Random) -> bytes:
    count = rng.choice((2_000, 40_000))
    rows = b"".join(
        b"BT /F1 1 Tf %d %d Td (%s) Tj ET\n" % (rng.randrange(595), rng.randrange(842), b"ab" * 5) for _ in range(count)
    )
    return one_page(stream(rows, deflate=True))


def _odd_text(rng: random.Random) -> bytes:
    size = rng.choice((b"0", b"1e30", b"-12", b"nan", b"0.000001"))
    matrix = rng.choice((b"0 0 0 0 0 0", b"1e30 0 0 1e30 1e30 1e30", b"1 0 0 -1 0 0", b"0 1 1 0 nan 5"))
    return one_page(
        stream(
            b"BT /F1 %s Tf %s Tm (abc \\000\\033[31m \\777 \\376\\377) Tj [(a) 1e30 (b) -1e30] TJ ET" % (size, matrix)
        )
    )


def _lines(rng: random.Random) -> bytes:
    """Tens of thousands of ruled lines: what looks for tables must not take for ever."""
    count = rng.choice((500, 8_000))
    return one_page(
        stream(
            b"".join(b"%d %d m %d %d l S\n" % tuple(rng.randrange(800) for _ in range(4)) for _ in range(count)) + SAYS,
            deflate=True,
        )
    )


def _operators(rng: random.Random) -> bytes:
    words = (b"BT", b"ET", b"Tj", b"q", b"Q", b"cm", b"Do", b"re", b"f", b"W n", b"BI", b"ID", b"EI", b"sh", b"gs", b"Tf", b"Tm", b"'", b'"', b"d0", b"-5", b"1e99", b"/F1", b"(a", b")", b"<4", b"[", b"]", b"<<", b">>", b"\0")  # fmt: skip
    return one_page(stream(b" ".join(rng.choice(words) for _ in range(3000))))


def _image(rng: random.Random) -> bytes:
    """Rubbish under the name of each of the filters for pictures."""
    name = rng.choice(
        (
            b"/JBIG2Decode",
            b"/JPXDecode",
            b"/DCTDecode",
            b"/CCITTFaxDecode",
            b"/LZWDecode",
            b"/RunLengthDecode",
            b"/ASCII85Decode",
            b"[/FlateDecode/DCTDecode]",
            b"/Crypt",
            b"/NoSuch",
        )
    )
    starts = {
        b"/JPXDecode": b"\0\0\0\x0cjP  \r\n\x87\n",
        b"/DCTDecode": b"\xff\xd8\xff\xe0",
        b"/JBIG2Decode": b"\0\0\0\0\x30\0\1\0\0\0\x13",
    }
    parameters = rng.choice(
        (
            b"",
            b"/DecodeParms<</K -1/Columns 2147483647/Rows -1>>",
            b"/DecodeParms<</Predictor 15/Colors 9999/Columns 99999999>>",
            b"/DecodeParms<</JBIG2Globals 6 0 R>>",
        )
    )
    head = b"/Type/XObject/Subtype/Image/Width 1654/Height 2339/BitsPerComponent 1/ColorSpace/DeviceGray/Filter%s%s" % (
        name,
        parameters,
    )
    return with_image(stream(starts.get(name, b"") + rng.randbytes(3000), head))


def _image_size(rng: random.Random) -> bytes:
    width, height = rng.choice(
        ((10**6, 10**6), (0, 0), (-5, 7), (2**31 - 1, 2), (60_000, 60_000), (1, 99_999), (2**40, 2**40))
    )
    bits = rng.choice((1, 8, 16, 17, 0, -1))
    head = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent %d/ColorSpace/DeviceGray" % (
        width,
        height,
        bits,
    )
    return with_image(stream(bytes(5 * MEGA), head, deflate=True))


def _colours(rng: random.Random) -> bytes:
    space = rng.choice(
        (
            b"[/Indexed 7 0 R 255(x)]",
            b"[/ICCBased 6 0 R]",
            b"[/Separation/a 7 0 R 8 0 R]",
            b"[/Pattern 7 0 R]",
            b"[/DeviceN[/a/b/c/d/e/f/g/h/i/j] 7 0 R 8 0 R]",
        )
    )
    image = stream(
        bytes(9000),
        b"/Type/XObject/Subtype/Image/Width 90/Height 100/BitsPerComponent 8/ColorSpace 7 0 R/SMask 6 0 R/Mask 6 0 R",
    )
    return with_image(image, space, b"<</FunctionType 3/Functions[8 0 R]/Domain[0 1]/Bounds[]/Encode[0 1]>>")


def _shading(rng: random.Random) -> bytes:
    kind = rng.randrange(1, 8)
    shade = stream(
        rng.randbytes(4000),
        b"/ShadingType %d/ColorSpace/DeviceRGB/BitsPerCoordinate 32/BitsPerComponent 16/BitsPerFlag 8/Decode[0 1 0 1 0 1 0 1 0 1]/Coords[0 0 0 nan 1 1]/Function 7 0 R/VerticesPerRow 2"
        % kind,
    )
    return one_page(
        stream(b"/S sh"),
        shade,
        stream(b"{ " * 5000 + b"} " * 5000, b"/FunctionType 4/Domain[0 1]/Range[0 1 0 1 0 1]"),
        resources=b"/Shading<</S 6 0 R>>",
    )


def _no_end(rng: random.Random) -> bytes:
    return one_page(
        stream(
            SAYS + rng.choice((b" (never closed", b" <4142", b" [[[", b" BI /W 9 ID " + rng.randbytes(500), b" <</A"))
        )
    )


def _annotations(rng: random.Random) -> bytes:
    """Stamps that flow over the page by the thousand, or draw themselves."""
    count = rng.choice((3, 3000))
    rect = rng.choice((b"[0 0 99 99]", b"[nan 0 1e30 -1e30]", b"[0 0]", b"[9 9 9 9]"))
    stamp = b"<</Type/Annot/Subtype/Stamp/Rect%s/F 4/AP<</N 7 0 R>>>>" % rect
    look = stream(
        b"/X Do BT /F1 9 Tf (So: 12) Tj ET",
        b"/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X 7 0 R>>/Font<</F1 5 0 R>>>>",
    )
    return one_page(None, stamp, look, page=b"/Annots[%s]" % (b"6 0 R " * count))


SORTS = (
    Sort("pdf-content-bomb", ".pdf", _bomb),
    Sort("pdf-nested-content", ".pdf", _nested),
    Sort("pdf-nested-object", ".pdf", _nested_object),
    Sort("pdf-form-loop", ".pdf", _form_loop),
    Sort("pdf-glyph-loop", ".pdf", _glyph_loop),
    Sort("pdf-pattern-loop", ".pdf", _pattern_loop),
    Sort("pdf-font-ranges", ".pdf", _font_widths),
    Sort("pdf-font-file", ".pdf", _font_file),
    Sort("pdf-much-text", ".pdf", _much_text),
    Sort("pdf-odd-text", ".pdf", _odd_text),
    Sort("pdf-many-lines", ".pdf", _lines),
    Sort("pdf-operators", ".pdf", _operators),
    Sort("pdf-image-rubbish", ".pdf", _image),
    Sort("pdf-image-size", ".pdf", _image_size),
    Sort("pdf-colour-spaces", ".pdf", _colours),
    Sort("pdf-shading", ".pdf", _shading),
    Sort("pdf-never-closed", ".pdf", _no_end),
    Sort("pdf-annotations", ".pdf", _annotations),
)  # fmt: skip
