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
        r"\bthe che\b",
        r"\bthu tuc hanh chinh\b|\btthc\b|\bco che mot cua\b",
        r"\bto chuc bo may\b",
        r"\bcong vu\b",
        r"\btai chinh cong\b",
        r"\bchinh (?:phu|quyen) (?:dien tu|so)\b",
    )
)


def pillar_of(*texts: str | None) -> str | None:
    """The pillar that the first of these texts names which names any; None where none does, or one names several.

    texts: from the nearest to the widest: the heading above an entry, then the entry itself.

    >>> pillar_of("II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", "Số hóa hồ sơ"), pillar_of("A. Chuẩn bị", "Mua máy tính")
    ('Cải cách thủ tục hành chính', None)
    >>> pillar_of(None, "Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến"), pillar_of("II. Chính quyền số")
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
