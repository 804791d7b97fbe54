"""Words that tell the parts of a paper apart. All patterns read skeletons (lower case, no diacritics)."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from normalizers.kinds import HEADING_SKELETONS, KindName

MOTTOES = (
    "cong hoa xa hoi chu nghia viet nam",
    "doc lap - tu do - hanh phuc",
    "dang cong san viet nam",
)
_RUN_TOGETHER = tuple(motto.replace(" ", "") for motto in MOTTOES)
_LONG_WORD = re.compile(r"\S{15}")
# Each with letters that it cannot be without: most rows have none of them, and these are found ten times as quickly.
_MOTTO = (
    (
        " ngh",
        re.compile(r"(?:c[o0]ng\W?)?h[o0]a x[a-z]? h[a-z]{1,2} ch[a-z]{1,2} ngh[a-z]{1,3} vi[a-z]{1,2}t n[a-z]{1,2}m"),
    ),
    ("nh ph", re.compile(r"\w?[dpb][o0]c [l1i][a-z]p\W{0,4}t[a-z]{1,2} d[o0]\W{0,4}h[a-z]{1,2}nh ph[a-z]{1,3}")),
    (" san viet nam", re.compile(r"dang c[o0]ng san viet nam")),
    (" ho chi minh", re.compile(r"doan (?:tncs|thanh nien cong san) ho chi minh$")),
)
BASIS = re.compile(
    r"^\W*(?:can cu|theo de nghi|theo de xuat|xet\b|thuc hien\b|tren co so|thi hanh\b|theo\b|tiep theo\b|chap hanh\b|trien khai\b|phuc dap\b)"
)
SURE_BASIS = re.compile(r"^\W*(?:can cu|theo de nghi|xet de nghi|xet to trinh|theo de xuat)\b")
OPERATIVE = re.compile(r"^\W*(?:quyet dinh|quyet nghi|nghi quyet|chi thi|phe duyet)\W*$")
ARTICLE = re.compile(
    r"^\W*dieu\s+(?:1|i|l)\s*(?:[.:]"
    r"|,\s+(?:phe duyet|ban hanh|thanh lap|cong nhan|thong qua|bo tri|bo nhiem|dieu chinh|thu hoi|sua doi|giao)\b)"
)
"""The first article; its full stop may have been read as a comma."""
HEADING = re.compile(
    r"^\W*(?:[ivx]{1,4}|\d{1,2}|[a-h])\s*(?:[.)]\s*(?!\d)|/\s+)\S|^\W*(?:phan|chuong|muc|dieu)\s+(?:thu\s+)?(?:[ivx]{1,4}|\d{1,2}|nhat|mot)\b"
)
DEAR = re.compile(r"(?:^|(?<=\s))kinh\s+(?:gui|trinh)\s*[:;.]|^\W*kinh\s+g(?:ui\b|[a-z]{1,4}\s*[:;])")
RECIPIENTS = re.compile(r"(?:^|(?<=\s))n[o0]i\s*nh[a-z]n\s*[:;.,\-]?|^\W*n[o0]i\s+(?:nh[a-z]{1,3}|gui)\s*[:;.,~\-]")
FILED = re.compile(r"\bluu\s*[:;.]?\s*(?:vt|van thu|vp|hc|ho so|hs)\b")
CAPTION = re.compile(
    r"^\W*\(?\s*(?:ban hanh\s+)?(?:kem theo|dinh kem)\b(?!.{0,30}\b(?:nay|ho so|danh sach)\b)"
    r".{0,12}?\b(?:quyet dinh|nghi quyet|thong tu|nghi dinh|ke hoach|cong van|to trinh|bao cao|thong bao|van ban|quy che|chi thi|huong dan|giay moi|so\b)"
)
APPENDIX = re.compile(
    r"^\W*(?:phu ?luc|bieu mau|mau so|bieu so|phu bieu)\b(?:\s+(?:so\s+)?(?:[ivx]{1,5}|\d{1,3}[a-z]?))?(?P<rest>.*)$"
)
SHORT_ABOUT = re.compile(r"^\W*(?:v\s?[/1|]\s?[vyw]|v[ilw]{0,2}[vwy])\b")
ABOUT = re.compile(SHORT_ABOUT.pattern + r"|^\W*ve viec\b")
NUMBER = re.compile(r"(?:^|(?<=\s))s[o06]\s*[:.;]|^(?:luat|nghi quyet|nghi dinh|so)\s+(?:so\s*)?[:.]?\s*\d")
AUTHORITY = re.compile(
    r"^\W*(?:q\.?\s+)?(?:(?:pho\s+)?chu tich|uy ban|ubnd|hoi dong|bo truong|thu truong|(?:pho\s+)?giam doc|(?:pho\s+)?hieu truong|thu tuong"
    r"|chinh phu|quoc hoi|ban\s(?!hanh)|truong\s|vien truong|cuc truong|chi cuc truong|vu truong|chanh\s|bi thu|tong\s|thong doc|thuong truc|tinh uy|thanh uy"
    r"|dang uy|bo chinh tri|chu nhiem|lien bo|bo\s|so\s+[a-z]|doan\s|cong doan|uy vien)"
)
SIGNING = re.compile(r"(?:^|\b)(?:(?:tm|kt|tl|tuq)\s*[.,]\s*|[tk]/[tml]\b[.,]?\s*)|(?:^|\s)q\.\s")
POST = re.compile(
    r"\b(?:pho\s+)?(?:chu tich|giam doc|tong giam doc|bo truong|thu truong|chanh van phong|truong ban|truong phong|hieu truong|vien truong|cuc truong"
    r"|chi cuc truong|vu truong|tong cuc truong|bi thu|thu tuong|chanh thanh tra|chu nhiem|thong doc|tong kiem toan|chanh an|to truong|truong doan|truong cong an"
    r"|ke toan truong|thu ky|chu toa|tong thu ky|tong bien tap|dai su|chi huy truong|tu lenh|chinh uy|uy vien thuong truc|truong khoa|truong truong|pho ban|pho phong|tham phan|kiem sat vien|chap hanh vien|cong chung vien|doi truong|hat truong|tram truong|truong thue|tham muu truong|tong giam thi|truong doi|truong tram|dai dien)\b"
    r"|\bto pho\b|\bpho truong\b|\bpho tong\b|\bpho thong doc\b|\bthuong truc\b"
)
# Stamps and signing marks that may have come into the text of the head, each with the letters that it cannot be without.
_STAMP = (
    ("ky", re.compile(r"\b(?:ky boi|nguoi ky|ngay ky|thoi gian ky|da ky len)\b")),
    ("co quan", re.compile(r"\bco quan\s*:")),
    ("email", re.compile(r"\bemail\b")),
    ("@", re.compile(r"[a-z0-9]@[a-z0-9]")),
    ("hoa toc", re.compile(r"\bhoa toc\b")),
    (" den", re.compile(r"\b(?:cong van|cv) den\b")),
    ("chuyen", re.compile(r"^\W*chuyen\s*:")),
    ("luu hanh noi bo", re.compile(r"\bluu hanh noi bo\b")),
    ("xem xong tra lai", re.compile(r"\bxem xong tra lai\b")),
    ("+", re.compile(r"\+0?7:?00\b")),
)
# Words of stamps that titles hold too (`góp ý dự thảo`, `đến năm 2030`): a stamp begins with them and says little more.
_STAMP_WORD = re.compile(r"^\W*(?:den|sao y|sao luc|trich sao|du thao)\b.{0,22}$")
_SECRECY = re.compile(r"^\W*(?:(?:thuong )?khan|(?:tuyet |toi )?mat)\W*$")
BODY_START = re.compile(
    r"^\W*(?:can cu|theo\b|xet\b|tren co so|tiep theo\b|sau khi\b|ngay\s+\d|trong (?:thoi gian|nhung nam|thang|quy|nam|cac ngay|qua trinh)|thoi gian (?:qua|gan day|vua qua)"
    r"|hien nay\b|vua qua\b|hom nay\b|qua (?:theo doi|kiem tra|ra soat|xem xet|nghien cuu|cong tac)|de (?:trien khai|thuc hien|dam bao|bao dam|kip thoi|tiep tuc|tang cuong|chu dong|co co so|nang cao|phuc vu)"
    r"|nham (?!dan|thin|ty|tuat|ngo|than)|nhan duoc\b|phuc dap|thuc hien (?:quyet dinh|nghi quyet|chi thi|ke hoach|cong van|thong bao|nghi dinh|luat|chuong trinh|y kien|chi dao|van ban|thong tu|ket luan|de an|cong dien|quy dinh|noi dung|nhiem vu|cac|che do bao cao|su chi dao|tinh than|chuc nang)"
    r"|kinh gui|tran trong|cung voi|nam 20\d\d\b|6 thang|thuc te\b|tinh den|tinh tu)"
)


def is_stamp(text: str, folded: str) -> bool:
    """Whether a row of the head or foot is a stamp or signing mark: `HỎA TỐC`, `MẬT`, `Ký bởi: …`.

    >>> is_stamp("MẬT", "mat"), is_stamp("Mắt;", "mat;"), is_stamp("DỰ THẢO", "du thao"), is_stamp("góp ý dự thảo", "gop y du thao")
    (True, False, True, False)
    """
    if any(letters in folded and stamp.search(folded) for letters, stamp in _STAMP):
        return True
    if text.isupper() and _SECRECY.match(folded):
        return True
    first = next(filter(str.isalpha, text), "")
    return first.isupper() and bool(_STAMP_WORD.match(folded))


def motto_spans(folded: str) -> list[tuple[int, int]]:
    """Where Quốc hiệu, Tiêu ngữ or the Party's heading stands in a row; small slips of recognition are forgiven.

    >>> motto_spans("uy ban nhan dan cong hoa xa hqi chu nghia viet nam")
    [(16, 50)]
    >>> motto_spans("phuong cua nam poclap-tywdo-hanhphic")
    [(16, 36)]
    """
    found = sorted(match.span() for letters, motto in _MOTTO if letters in folded for match in motto.finditer(folded))
    if found or not 16 <= len(folded) <= 110:
        return found
    for motto in (*MOTTOES, *(_RUN_TOGETHER if _LONG_WORD.search(folded) else ())):
        if len(folded) < len(motto) - 4:
            continue
        alignment = fuzz.partial_ratio_alignment(motto, folded, score_cutoff=82)
        if alignment is not None:
            return [(alignment.dest_start, alignment.dest_end)]
    return []


@lru_cache(maxsize=512)
def heading_kind(folded: str) -> tuple[KindName, int] | None:
    """The kind of document that a row in capitals announces, and where the name ends in the row.

    >>> heading_kind("quyet pinh")[0].name, heading_kind("ke hoach cai cach")[0].name, heading_kind("phuong le ich moc")
    ('Quyết định', 'Kế hoạch', None)
    """
    start = len(folded) - len(folded.lstrip(" -*.\"'“"))
    body = folded[start:]
    for name, kind in HEADING_SKELETONS:
        if body.startswith(name) and not body[len(name) : len(name) + 1].isalnum():
            return kind, start + len(name)
    for name, kind in HEADING_SKELETONS:
        if len(name) >= 7 and abs(len(body) - len(name)) <= 2 and fuzz.ratio(name, body) >= 84:
            return kind, len(folded)
    return None
