"""Text dumps: the encodings that Vietnamese archives hold, pages by form feeds."""

from __future__ import annotations

import codecs
import unicodedata
from types import TracebackType
from typing import Literal, NamedTuple

from pipeline.errors import ReadError

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = frozenset(chr(code) for code in range(32)) - frozenset("\t\n\r\f\v\x1c\x1d\x1e\x1a\x1b\x08")
# TCVN3 (ABC) puts its letters on the places of Latin-1; these are letters of it that Windows-1258 text has no use for.
TCVN3_LETTERS = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô­õøö÷ùúýûüþ¡¢§£¤¥¦"
TCVN3_MEANING = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
TCVN3 = str.maketrans(TCVN3_LETTERS, TCVN3_MEANING)
VIETNAMESE = frozenset("àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ")


class Decoded(NamedTuple):
    text: str
    encoding: str


def decode_text(data: bytes) -> Decoded | None:
    """The text in Unicode NFC and the encoding it was found in, or None where the bytes are no text.

    Known: UTF-8, UTF-16 and UTF-32 (with their mark, UTF-16 also without), Windows-1258, TCVN3 (ABC).

    >>> decode_text("Uỷ ban".encode()).text
    'Uỷ ban'
    >>> decode_text(b"a\\0b\\0\\0") is None
    True
    """
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data:
        return _utf16_without_mark(data)
    found = _decoded(data, "utf-8")
    if found is not None:
        return found
    guesses = [guess for guess in (_decoded(data, "cp1258"), _tcvn3(data)) if guess is not None]
    return max(guesses, key=lambda guess: _marked_share(guess.text), default=None)


def _decoded(data: bytes, encoding: str) -> Decoded | None:
    try:
        text = unicodedata.normalize("NFC", data.decode(encoding))
    except UnicodeError:
        return None
    controls = sum(1 for char in text if char in CONTROLS)
    # a few control characters come from printers' dumps; many mean that these bytes are no text
    return None if controls > len(text) / 200 else Decoded(text, encoding.removesuffix("-sig"))


def _utf16_without_mark(data: bytes) -> Decoded | None:
    if len(data) % 2:
        return None
    even, odd = data[0::2].count(0), data[1::2].count(0)
    # plain letters have a zero high byte: nearly all zeros stand on one side
    if max(even, odd) < len(data) / 8 or min(even, odd) > max(even, odd) / 10:
        return None
    return _decoded(data, "utf-16-le" if odd > even else "utf-16-be")


def _tcvn3(data: bytes) -> Decoded | None:
    # the soft hyphen's place is a letter there, so the bytes are taken one by one
    found = _decoded(data, "latin-1")
    return None if found is None else Decoded(found.text.translate(TCVN3), "tcvn3")


def _marked_share(text: str) -> float:
    """Share of Vietnamese letters among all that is not plain ASCII."""
    beyond = [char for char in text.lower() if ord(char) > 127]
    return sum(1 for char in beyond if char in VIETNAMESE) / max(1, len(beyond))


class TextSource:
    """A text dump. Pages end at form feeds; a dump without any is one page."""

    kind: Literal["text"] = "text"
    warnings: tuple[ReadError, ...] = ()

    def __init__(self, name: str, data: bytes) -> None:
        decoded = decode_text(data)
        if decoded is None:
            raise ReadError("open", "unsupported", f"{name} is no text that we can decode")
        if not decoded.text.strip():
            raise ReadError("open", "empty", f"{name} holds white space only")
        self.encoding = decoded.encoding
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        pages = text.split("\f")
        if len(pages) > 1 and not pages[-1].strip():
            pages.pop()  # a form feed that ends the last page begins no new one
        self.pages = tuple(pages)

    @property
    def page_count(self) -> int:
        return len(self.pages)

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> TextSource:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
