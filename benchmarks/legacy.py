"""Old encodings of Vietnamese as they come out of a PDF whose fonts have no Unicode table: Latin letters with odd marks.

TCVN3 (TCVN 5712:1993, the .VnTime fonts) has one byte a letter; VNI sets a second letter for the marks behind the vowel.
"""

from __future__ import annotations

import unicodedata

_TCVN3_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵĂÂÊÔƠƯĐ"
_TCVN3_BYTES = bytes.fromhex(
    "b5b6b7b8b9a8bbbcbdbec6a9c7c8c9cacbaecccecfd0d1aad2d3d4d5d6d7d8dcdddedfe1e2e3e4abe5e6e7e8e9aceaebecedee"
    "eff1f2f3f4adf5f6f7f8f9fafbfcfdfea1a2a3a4a5a6a7"
)
_TCVN3 = dict(zip(_TCVN3_LETTERS, _TCVN3_BYTES.decode("latin-1"), strict=True))

_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï", "": ""}
_ROUND = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä", "": "â"}  # â ê ô
_BREVE = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë", "": "ê"}  # ă
_HORNED = {"o": "ô", "u": "ö"}
_ALONE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}


def to_tcvn3(text: str) -> str:
    """The bytes of TCVN3 taken for Latin-1; capitals with a tone are small letters there, set in a font of capitals.

    >>> to_tcvn3("Cộng hòa xã hội chủ nghĩa Việt Nam")
    'Céng hßa x· héi chñ nghÜa ViÖt Nam'
    """
    return "".join(_TCVN3.get(char) or _TCVN3.get(char.lower(), char) for char in unicodedata.normalize("NFC", text))


def to_vni(text: str) -> str:
    """The letters of VNI.

    >>> to_vni("Cộng hòa xã hội chủ nghĩa Việt Nam")
    'Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam'
    """
    return "".join(_vni(char) for char in unicodedata.normalize("NFC", text))


def _vni(char: str) -> str:
    small = char.lower()
    if small in _ALONE:
        found = _ALONE[small]
    else:
        letter, *marks = list(unicodedata.normalize("NFD", small))
        tone = next((mark for mark in marks if mark in _TONES), "")
        if not marks:
            return char
        if "\u031b" in marks:
            found = _HORNED[letter] + _TONES[tone]
        else:
            found = letter + (_ROUND if "\u0302" in marks else _BREVE if "\u0306" in marks else _TONES)[tone]
    return found.upper() if char != small else found
