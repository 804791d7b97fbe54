"""The six pillars of administrative reform (cải cách hành chính; Nghị quyết 76/NQ-CP ngày 15/7/2021, Section III)."""

from __future__ import annotations

import re

from normalizers.text import skeleton, squeeze

PILLARS = (
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy hành chính",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Xây dựng, phát triển Chính phủ điện tử, Chính phủ số",
)
"""Their names; places speak of chính quyền instead of Chính phủ in the last."""

# Words that name a pillar, on text without diacritics, in the order of PILLARS. The heads of sections say them.
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bthe che\b|\bvan ban quy pham phap luat\b",
        r"\bthu tuc hanh chinh\b|\btthc\b|\bmot cua\b",
        r"\b(?:to chuc )?bo may (?:hanh chinh|nha nuoc)?|\bto chuc bo may\b|\bbien che\b",
        r"\b(?:che do )?cong vu\b|\bcan bo,? cong chuc\b",
        r"\btai chinh cong\b|\bngan sach nha nuoc\b",
        r"\b(?:chinh (?:phu|quyen)|kinh te|xa hoi) (?:dien tu|so)\b|\bchuyen doi so\b",
    )
)


def pillar_of(*texts: str | None) -> str | None:
    """The pillar that the first of these texts names which names any; None where none does, or one names several.

    texts: from the nearest to the widest: the heading above an entry, then the entry itself.

    >>> pillar_of("II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "Số hóa hồ sơ"), pillar_of("A. Chuẩn bị", "Mua máy tính")
    ('Cải cách thủ tục hành chính', None)
    >>> pillar_of(None, "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến"), pillar_of("III. Kinh tế số và xã hội số")
    ('Cải cách thủ tục hành chính', 'Xây dựng, phát triển Chính phủ điện tử, Chính phủ số')
    >>> pillar_of("Cải cách thể chế, cải cách tài chính công") is None
    True
    """
    for text in texts:
        folded = skeleton(squeeze(text or ""))
        named = [name for name, words in zip(PILLARS, _NAMED, strict=True) if words.search(folded)]
        if named:
            return named[0] if len(named) == 1 else None
    return None
