"""What a file is, told by its bytes and never by its name, and its pages one by one."""

from __future__ import annotations

import errno
from pathlib import Path

from pipeline.errors import ReadError
from pipeline.sources.images import ImageSource
from pipeline.sources.pdf import PdfSource
from pipeline.sources.textfile import TextSource, decode_text

Source = PdfSource | ImageSource | TextSource

MOST_PAGES = 10_000  # of one file: a book has a thousand; a file of some kilobytes may claim millions
PDF_HEAD = 1024  # ISO 32000: readers accept the header anywhere in the first 1,024 bytes
IMAGE_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"II+\x00": "TIFF",
    b"MM\x00+": "TIFF",
}
OTHER_MAGIC = {
    b"PK\x03\x04": "a ZIP archive or an Office file (docx, xlsx)",
    b"\xd0\xcf\x11\xe0": "an old Office file (doc, xls)",
    b"{\\rtf": "an RTF file",
    b"GIF8": "a GIF image",
    b"BM": "a BMP image",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"<!DOCTYPE": "an HTML page",
    b"<html": "an HTML page",
    b"%!PS": "a PostScript file",
    b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database",
}


def read_bytes(path: Path) -> bytes:
    """The file's bytes. Raises ReadError (stage find) where it is missing, a folder, or not ours to read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise ReadError("find", "missing", f"{path} is not there (moved or deleted since it was listed)") from None
    except IsADirectoryError:
        raise ReadError("find", "unsupported", f"{path} is a folder, not a file") from None
    except PermissionError:
        raise ReadError("find", "denied", f"No permission to read {path}; change its mode or its owner") from None
    except OSError as error:
        category = "missing" if error.errno in (errno.ENOENT, errno.ESTALE, errno.ELOOP) else "damaged"
        raise ReadError("find", category, f"{path} cannot be read from the disk: {error.strerror}") from error  # type: ignore[arg-type]


def open_source(path: Path, data: bytes | None = None, *, pixel_cap: int = 120_000_000) -> Source:
    """Open a PDF, an image (PNG, JPEG, TIFF with any number of pages) or a text dump.

    data: the file's bytes, where the caller has them already. pixel_cap: most pixels that one page may have.
    Close what comes back (it is a context manager). Raises ReadError.
    """
    source = _opened(path, data, pixel_cap)
    if source.page_count > MOST_PAGES:
        source.close()
        message = f"{path.name} claims {source.page_count:,} pages, more than the limit of {MOST_PAGES:,}; split it"
        raise ReadError("open", "too_large", message)
    return source


def _opened(path: Path, data: bytes | None, pixel_cap: int) -> Source:
    if data is None:
        data = read_bytes(path)
    if not data:
        raise ReadError("open", "empty", f"{path.name} holds no byte")
    suffix = path.suffix.lower()
    at = data.find(b"%PDF-", 0, PDF_HEAD)
    if at == 0 or (at > 0 and suffix == ".pdf"):  # a text may speak of %PDF-
        return PdfSource(path.name, data, pixel_cap)
    for magic, name in IMAGE_MAGIC.items():
        if data.startswith(magic):
            return ImageSource(path.name, data, name, pixel_cap)
    looks = _looks_like(data)
    if suffix == ".pdf":
        raise ReadError("open", "unsupported", f"{path.name} is named .pdf but holds no PDF: it looks like {looks}")
    if suffix in (".png", ".jpg", ".jpeg", ".tif", ".tiff"):
        raise ReadError("open", "unsupported", f"{path.name} is named as an image but looks like {looks}")
    if looks == "text":
        return TextSource(path.name, data)
    raise ReadError(
        "open", "unsupported", f"{path.name} looks like {looks}; give a PDF, a PNG, JPEG or TIFF image, or a text file"
    )


def _looks_like(data: bytes) -> str:
    for magic, name in OTHER_MAGIC.items():
        if data.startswith(magic):
            return name
    if not data.strip(b"\0"):
        return "a file of zeros (a broken download or copy)"
    return "text" if decode_text(data) is not None else "an unknown kind of binary file"
