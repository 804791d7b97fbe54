"""The kinds of documents and their abbreviations: NĐ 30/2020/NĐ-CP Điều 7 and Annex III, and those met in citations."""

from __future__ import annotations

from typing import NamedTuple

from normalizers.text import skeleton


class KindName(NamedTuple):
    """A kind of document. `abbreviation` is None where the decree gives none and no label of ours is needed."""

    name: str
    abbreviation: str | None
    aliases: tuple[str, ...] = ()


# The 29 kinds of NĐ 30/2020. A công văn has no abbreviation there; CV is our label (contract).
DECREE_KINDS: tuple[KindName, ...] = (
    KindName("Nghị quyết", "NQ"),
    KindName("Quyết định", "QĐ"),
    KindName("Chỉ thị", "CT"),
    KindName("Quy chế", "QC"),
    KindName("Quy định", "QyĐ"),
    KindName("Thông cáo", "TC"),
    KindName("Thông báo", "TB"),
    KindName("Hướng dẫn", "HD"),
    KindName("Chương trình", "CTr"),
    KindName("Kế hoạch", "KH"),
    KindName("Phương án", "PA"),
    KindName("Đề án", "ĐA"),
    KindName("Dự án", "DA"),
    KindName("Báo cáo", "BC"),
    KindName("Biên bản", "BB"),
    KindName("Tờ trình", "TTr"),
    KindName("Hợp đồng", "HĐ"),
    KindName("Công văn", "CV"),
    KindName("Công điện", "CĐ"),
    KindName("Bản ghi nhớ", "BGN"),
    KindName("Bản thỏa thuận", "BTT"),
    KindName("Giấy ủy quyền", "GUQ"),
    KindName("Giấy mời", "GM"),
    KindName("Giấy giới thiệu", "GGT", ("GT",)),
    KindName("Giấy nghỉ phép", "GNP"),
    KindName("Phiếu gửi", "PG"),
    KindName("Phiếu chuyển", "PC"),
    KindName("Phiếu báo", "PB"),
    KindName("Thư công", None),
)
# Normative documents (Luật Ban hành VBQPPL), Party documents and copies: they are cited, and some come as papers too.
OTHER_KINDS: tuple[KindName, ...] = (
    KindName("Hiến pháp", None),
    KindName("Bộ luật", None),
    KindName("Luật", None),
    KindName("Pháp lệnh", None),
    KindName("Lệnh", "L"),
    KindName("Nghị định", "NĐ"),
    KindName("Thông tư liên tịch", "TTLT"),
    KindName("Nghị quyết liên tịch", "NQLT"),
    KindName("Thông tư", "TT"),
    KindName("Kết luận", "KL"),
    KindName("Kết luận thanh tra", None),
    KindName("Thông tri", "TTri"),
    KindName("Văn bản hợp nhất", "VBHN"),
    KindName("Giấy chứng nhận", "GCN"),
    KindName("Giấy phép", "GP"),
    KindName("Giấy xác nhận", "GXN"),
    KindName("Phiếu trình", "PTr"),
    KindName("Quy trình", "QTr"),
    KindName("Đề cương", None),
    KindName("Điều lệ", None),
    KindName("Nội quy", None),
)
ALL_KINDS = DECREE_KINDS + OTHER_KINDS
# Petitions come as papers of their own, but inside a text the word is hardly ever a document's kind.
HEADING_KINDS: tuple[KindName, ...] = (KindName("Kiến nghị", None),)
BY_ABBREVIATION = {kind.abbreviation: kind for kind in ALL_KINDS if kind.abbreviation}
BY_NAME = {kind.name: kind for kind in ALL_KINDS}


# Longest first, so that "Thông tư liên tịch" is not taken for "Thông tư".
def _by_length(kinds: tuple[KindName, ...]) -> tuple[tuple[str, KindName], ...]:
    return tuple(sorted(((skeleton(kind.name), kind) for kind in kinds), key=lambda pair: -len(pair[0])))


NAME_SKELETONS = _by_length(ALL_KINDS)
HEADING_SKELETONS = _by_length(ALL_KINDS + HEADING_KINDS)
"""Names that a heading may have."""
# Types that stand in a code and are a document's kind; with marks lost the code still tells it.
TYPE_CODES: frozenset[str] = frozenset(BY_ABBREVIATION) - {"CV", "L"} | {"CV", "SY", "TrS", "SL", "GT"}
_TYPE_BY_SKELETON: dict[str, tuple[str, ...]] = {}
for _code in sorted(TYPE_CODES):
    _TYPE_BY_SKELETON[skeleton(_code)] = (*_TYPE_BY_SKELETON.get(skeleton(_code), ()), _code)


def type_code(printed: str) -> str | None:
    """The normal form of a type in a code, or None: `TTR` -> `TTr`, `QÐ` and `QD` -> `QĐ`, `QĐĐ` -> `QĐ`.

    Pairs that differ in a stroke only (HĐ/HD, ĐA/DA, CĐ/CD) stay as printed.

    >>> [type_code(code) for code in ("QD", "TTR", "QĐĐ", "NÑQ", "HD", "UBND", "NO")]
    ['QĐ', 'TTr', 'QĐ', 'NQ', 'HD', None, 'NQ']
    """
    printed = printed.replace("Ð", "Đ")
    if printed in TYPE_CODES:
        return printed
    known = _TYPE_BY_SKELETON.get(skeleton(printed))
    if known:
        return (
            known[0] if len(known) == 1 else next((code for code in known if code.upper() == printed.upper()), known[0])
        )
    doubled = "".join(
        char for index, char in enumerate(printed) if not index or skeleton(char) != skeleton(printed[index - 1])
    )
    if doubled != printed:
        return type_code("".join(char if char in "Đđ" else skeleton(char).upper() for char in doubled))
    return {"NO": "NQ", "OĐ": "QĐ", "OD": "QĐ", "0Đ": "QĐ", "0D": "QĐ", "QP": "QĐ", "NP": "NĐ", "QB": "QĐ"}.get(printed)


def kind_named(text: str) -> KindName | None:
    """The kind whose name the text begins with, whatever its case and even without diacritics.

    >>> kind_named("KẾ HOẠCH CẢI CÁCH").abbreviation
    'KH'
    """
    folded = skeleton(text.strip())
    for name, kind in NAME_SKELETONS:
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return kind
    return None
