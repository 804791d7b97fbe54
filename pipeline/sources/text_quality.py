"""How far the text that a file brings along can be trusted to be what is printed."""

from __future__ import annotations

import unicodedata

from normalizers.vietnamese import features, is_foreign, is_syllable, quality

MOST_UNREADABLE = 0.03  # share of characters without a meaning, above which the fonts' code tables are broken


def layer_quality(text: str) -> float:
    """0..1 for a text layer or a text dump; 0.0 for no text.

    Beside `normalizers.vietnamese.quality`: characters that no table maps, and legacy encodings (TCVN3, VNI) read as
    Latin letters, which look like a foreign language but for their many odd letters.

    >>> layer_quality("Căn cứ Luật Tổ chức chính quyền địa phương"), layer_quality("12 345 6.789,0")
    (1.0, 1.0)
    >>> layer_quality("Céng hoµ x· héi chñ nghÜa ViÖt Nam, §éc lËp - Tù do") < 0.5
    True
    """
    if not text.strip():
        return 0.0
    unreadable = sum(1 for char in text if unicodedata.category(char) in ("Co", "Cn", "Cc") and not char.isspace())
    unreadable += text.count("\ufffd") + 6 * text.count("(cid:")
    if unreadable > MOST_UNREADABLE * len(text):
        return 0.0
    found = features(text)
    if found.words >= 3 and is_foreign(found) and (found.accented > 0.12 or found.odd > 0.05):
        return round(found.valid * (1 - found.accented), 4)
    return quality(text)


def reads_as_text(text: str) -> float:
    """0..1: share of the words that are Vietnamese syllables; to compare two readings of one picture."""
    found = features(text)
    return found.valid if found.words else 0.0


def is_word(word: str) -> bool:
    """Letters that may be a Vietnamese word as it stands, or an abbreviation in capitals."""
    return word.isupper() or is_syllable(word.lower())
