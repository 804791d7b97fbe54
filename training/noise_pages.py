"""Pages in the manner of official papers, drawn and damaged like scans: the print is known word by word.

Nothing of the corpus is kept: sentences are drawn at run time, and only counts of confusions leave `training.noise_model`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Pixels = npt.NDArray[np.uint8]

_CROS = "/usr/share/fonts/truetype/croscore/Tinos-{}.ttf"
_FREE = "/usr/share/fonts/truetype/freefont/FreeSerif{}.ttf"
_GYRE = "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-{}.otf"
# regular, bold, italic, bold italic. All three look like Times New Roman, which Decree 30/2020 prescribes.
FAMILIES = (
    tuple(_CROS.format(s) for s in ("Regular", "Bold", "Italic", "BoldItalic")),
    tuple(_FREE.format(s) for s in ("", "Bold", "Italic", "BoldItalic")),
    tuple(_GYRE.format(s) for s in ("regular", "bold", "italic", "bolditalic")),
)
REGULAR, BOLD, ITALIC, BOLD_ITALIC = range(4)

KINDS = (
    ("QUYẾT ĐỊNH", "QĐ"),
    ("KẾ HOẠCH", "KH"),
    ("BÁO CÁO", "BC"),
    ("TỜ TRÌNH", "TTr"),
    ("THÔNG BÁO", "TB"),
    ("NGHỊ QUYẾT", "NQ"),
    ("CHỈ THỊ", "CT"),
    ("CHƯƠNG TRÌNH", "CTr"),
    ("ĐỀ ÁN", "ĐA"),
    ("HƯỚNG DẪN", "HD"),
    ("CÔNG ĐIỆN", "CĐ"),
    ("NGHỊ ĐỊNH", "NĐ"),
    ("GIẤY MỜI", "GM"),
    ("PHỤ LỤC", "PL"),
)
ORGANS = ("UBND", "HĐND", "CP", "TTg", "BNV", "BTC", "BTP", "STC", "SNV", "VP", "BCĐ", "VHXH", "KTHTĐT", "TW", "BTTTT")
UNITS = (
    "Văn phòng HĐND và UBND",
    "Văn phòng HĐND&UBND",
    "Phòng Văn hóa - Xã hội",
    "Phòng Văn hoá – Xã hội",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Phòng Kinh tế",
    "Trung tâm Phục vụ hành chính công",
    "Công an phường",
    "Ban Chỉ huy Quân sự phường",
    "Các phòng, ban, đơn vị có liên quan",
    "UBND phường",
    "HĐND phường",
    "Sở Nội vụ",
    "Sở Tài chính",
    "Sở Khoa học và Công nghệ",
    "Sở Tư pháp",
    "Trung tâm TTPVHCC",
    "UBMTTQ Việt Nam phường",
    "Đoàn thanh niên",
    "Hội Liên hiệp Phụ nữ",
    "Trạm Y tế",
    "Ủy ban nhân dân phường",
)
PERIODS = (
    "Quý I/{y}",
    "Quý II/{y}",
    "Quý III/{y}",
    "Quý IV/{y}",
    "Quý III, IV/{y}",
    "Quý III,IV/{y}",
    "Quý I, II/{y}",
    "Tháng {m}/{y}",
    "Cả năm {y}",
    "Thường xuyên",
    "Hàng tháng",
    "Hằng quý",
    "Năm {y}",
    "6 tháng cuối năm {y}",
    "Trước ngày {d:02d}/{m}",
    "Theo lộ trình",
)
PRODUCTS = (
    "Báo cáo",
    "Kế hoạch của UBND phường",
    "Quyết định",
    "Văn bản chỉ đạo",
    "Tờ trình",
    "Nghị quyết",
    "Hồ sơ",
    "Biên bản",
    "Danh sách",
    "Công văn",
)
HEADS = (
    "TT",
    "STT",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời gian thực hiện/ hoàn thành",
    "Sản phẩm",
    "Đơn vị",
    "Kết quả",
    "Ghi chú",
    "Tỷ lệ (%)",
    "Chỉ tiêu",
)


class Printed(NamedTuple):
    """A word on the drawn page, its box in pixels, and the printed line it stands on."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    line: int


class Names(NamedTuple):
    """Names to fill the forms with."""

    places: Sequence[str]
    people: Sequence[str]


@lru_cache(maxsize=256)
def _font(path: str, pixels: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, pixels)


class Sheet:
    """A page being drawn: a pen that moves down, and the words set so far."""

    def __init__(self, rng: random.Random, dpi: int) -> None:
        self.rng, self.dpi = rng, dpi
        self.width, self.height = int(8.27 * dpi), int(11.69 * dpi)
        self.image = Image.new("L", (self.width, self.height), 255)
        self.draw = ImageDraw.Draw(self.image)
        self.family = rng.choices(FAMILIES, (6, 2, 2))[0]
        self.size = rng.choice((11.0, 12.0, 13.0, 13.0, 13.5, 14.0))
        self.leading = rng.uniform(1.15, 1.5)
        self.left, self.right = 1.2 * dpi, self.width - 0.7 * dpi
        self.y = 0.8 * dpi
        self.words: list[Printed] = []
        self.lines = 0

    @property
    def full(self) -> bool:
        return self.y > self.height - 1.0 * self.dpi

    def row(self, words: Sequence[str], style: int, size: float, x: float, y: float, gap: float | None = None) -> float:
        """Set one line of words from x on; gives the right end."""
        font = _font(self.family[style], max(6, round(size * self.dpi / 72)))
        space = font.getlength(" ") if gap is None else gap
        ascent, descent = font.getmetrics()
        for word in words:
            width = font.getlength(word)
            self.draw.text((x, y), word, font=font, fill=0)
            self.words.append(Printed(word, x, y + 0.1 * ascent, x + width, y + ascent + descent, self.lines))
            x += width + space
        self.lines += 1
        return x - space

    def wrap(self, text: str, style: int, size: float, width: float) -> list[list[str]]:
        font = _font(self.family[style], max(6, round(size * self.dpi / 72)))
        space = font.getlength(" ")
        rows: list[list[str]] = [[]]
        used = 0.0
        for word in text.split():
            length = font.getlength(word)
            if rows[-1] and used + length > width:
                rows.append([])
                used = 0.0
            rows[-1].append(word)
            used += length + space
        return [row for row in rows if row]

    def step(self, size: float) -> float:
        return size * self.dpi / 72 * self.leading

    def paragraph(
        self,
        text: str,
        style: int = REGULAR,
        *,
        centred: bool = False,
        x0: float | None = None,
        x1: float | None = None,
        size: float | None = None,
        indent: bool = True,
    ) -> None:
        """Flow a text between x0 and x1, justified like the papers, from the pen down."""
        size = size or self.size
        x0, x1 = self.left if x0 is None else x0, self.right if x1 is None else x1
        font = _font(self.family[style], max(6, round(size * self.dpi / 72)))
        rows = self.wrap(text, style, size, x1 - x0 - (0.4 * self.dpi if indent and not centred else 0))
        for index, row in enumerate(rows):
            if self.full:
                return
            lengths = sum(font.getlength(word) for word in row)
            natural = lengths + font.getlength(" ") * (len(row) - 1)
            start = x0 + (0.4 * self.dpi if indent and index == 0 else 0)
            gap = None
            if centred:
                start = (x0 + x1 - natural) / 2
            elif index + 1 < len(rows) and len(row) > 3:
                gap = min((x1 - start - lengths) / (len(row) - 1), 3 * font.getlength(" "))
            self.row(row, style, size, start, self.y, gap)
            self.y += self.step(size)
        self.y += self.rng.uniform(0, 0.4) * self.step(size)


def _sentence_of(rng: random.Random, lines: Sequence[str], longest: int) -> str:
    words = rng.choice(lines).split()
    start = rng.randrange(max(1, len(words) - longest)) if len(words) > longest else 0
    return " ".join(words[start : start + longest])


def _code(rng: random.Random) -> str:
    number = f"{rng.randrange(1, 40):02d}" if rng.random() < 0.4 else str(rng.randrange(40, 6000))
    kind, organ = rng.choice(KINDS)[1], rng.choice(ORGANS)
    return rng.choices(
        (
            f"{number}/{kind}-{organ}",
            f"{number}/{rng.randrange(2014, 2027)}/{kind}-{organ}",
            f"{number}/{organ}-{rng.choice(ORGANS)}",
            f"{number}-{kind}/TW",
            f"{number}/{rng.randrange(2005, 2027)}/QH{rng.randrange(10, 17)}",
        ),
        (6, 2, 2, 1, 1),
    )[0]


def _date(rng: random.Random) -> str:
    return f"{rng.randrange(1, 29):02d}/{rng.choice((str(rng.randrange(1, 13)), f'{rng.randrange(1, 13):02d}'))}/{rng.randrange(2011, 2027)}"


def _head(sheet: Sheet, names: Names) -> None:
    rng = sheet.rng
    place = rng.choice(names.places)
    middle = sheet.left + (sheet.right - sheet.left) * 0.42
    top = sheet.y
    sheet.paragraph(
        rng.choice(("ỦY BAN NHÂN DÂN", "UBND " + rng.choice(names.places).upper(), "HỘI ĐỒNG NHÂN DÂN")),
        rng.choice((REGULAR, BOLD)),
        centred=True,
        x1=middle,
        size=12,
    )
    sheet.paragraph(place.upper(), BOLD, centred=True, x1=middle, size=12)
    sheet.y += 0.15 * sheet.dpi
    sheet.paragraph("Số: " + _code(rng), REGULAR, centred=True, x1=middle, size=13)
    bottom, sheet.y = sheet.y, top
    sheet.paragraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, centred=True, x0=middle, size=12)
    sheet.paragraph(
        rng.choice(("Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc")),
        BOLD,
        centred=True,
        x0=middle,
        size=13,
    )
    sheet.y += 0.1 * sheet.dpi
    where = " ".join(place.split()[1:])
    sheet.paragraph(
        f"{rng.choice((where, place))}, ngày {rng.randrange(1, 32):02d} tháng {rng.randrange(1, 13)} năm {rng.randrange(2018, 2027)}",
        ITALIC,
        centred=True,
        x0=middle,
        size=13,
    )
    sheet.y = max(bottom, sheet.y) + 0.1 * sheet.dpi


def _table(sheet: Sheet, lines: Sequence[str]) -> None:
    rng = sheet.rng
    count = rng.randrange(3, 7)
    shares = np.array([0.35] + [rng.uniform(0.5, 2.5) for _ in range(count - 1)])
    edges = sheet.left + (sheet.right - sheet.left) * np.concatenate(([0], np.cumsum(shares / shares.sum())))
    size, ruled = rng.choice((10.0, 11.0, 12.0)), rng.random() < 0.8
    for number in range(rng.randrange(3, 9)):
        top, deepest = sheet.y, sheet.y
        if sheet.full:
            break
        for column in range(count):
            sheet.y = top + 0.03 * sheet.dpi
            if number == 0:
                text = rng.choice(HEADS)
            elif column == 0:
                text = str(number)
            else:
                wide = edges[column + 1] - edges[column] > 1.6 * sheet.dpi
                period = rng.choice(PERIODS).format(
                    y=rng.randrange(2024, 2028), m=rng.randrange(1, 13), d=rng.randrange(1, 29)
                )
                text = (
                    _sentence_of(rng, lines, rng.randrange(8, 30))
                    if wide
                    else rng.choice((rng.choice(UNITS), period, rng.choice(PRODUCTS)))
                )
            sheet.paragraph(
                text,
                BOLD if number == 0 else REGULAR,
                centred=column != 1,
                x0=edges[column] + 4,
                x1=edges[column + 1] - 4,
                size=size,
                indent=False,
            )
            deepest = max(deepest, sheet.y)
        sheet.y = deepest + 0.02 * sheet.dpi
        if ruled:
            sheet.draw.rectangle((edges[0], top, edges[-1], sheet.y), outline=0, width=max(1, sheet.dpi // 120))
            for edge in edges[1:-1]:
                sheet.draw.line((edge, top, edge, sheet.y), fill=0, width=max(1, sheet.dpi // 120))


def _foot(sheet: Sheet, names: Names) -> None:
    rng = sheet.rng
    middle = sheet.left + (sheet.right - sheet.left) * 0.5
    top = sheet.y
    sheet.paragraph("Nơi nhận:", BOLD_ITALIC, x1=middle, size=12, indent=False)
    for entry in rng.sample(UNITS, 4) + ["Như Điều 3", "CT, các PCT UBND phường"]:
        sheet.paragraph(f"- {entry};", REGULAR, x1=middle, size=11, indent=False)
    sheet.paragraph(
        f"- Lưu: VT, {rng.choice(('VHXH', 'VP', 'KT', 'NC', 'VH-XH', 'TH'))}.",
        REGULAR,
        x1=middle,
        size=11,
        indent=False,
    )
    sheet.y = top
    for line in rng.choice(
        (
            ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            ("CHỦ TỊCH",),
            ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        )
    ):
        sheet.paragraph(line, BOLD, centred=True, x0=middle, size=13)
    sheet.y += 0.6 * sheet.dpi
    sheet.paragraph(rng.choice(names.people), BOLD, centred=True, x0=middle, size=14)


def draw(rng: random.Random, lines: Sequence[str], names: Names) -> tuple[Pixels, list[Printed], int]:
    """One page: grey pixels, the words on it, its dpi."""
    dpi = rng.choice((150, 170, 200, 200, 240, 300, 300, 300, 350))
    sheet = Sheet(rng, dpi)
    if rng.random() < 0.3:
        _head(sheet, names)
        sheet.paragraph(rng.choice(KINDS)[0], BOLD, centred=True, size=14)
        sheet.paragraph("Về việc " + _sentence_of(rng, lines, 14), BOLD, centred=True, size=14)
    while not sheet.full:
        pick = rng.random()
        if pick < 0.62:
            text = _sentence_of(rng, lines, 90)
            if rng.random() < 0.3:
                text = (
                    rng.choice(("- ", "a) ", "b) ", "c) ", "đ) ", "1. ", "2. ", "+ ", "Điều 1. ", "Điều 12. ", "3.2. "))
                    + text
                )
            sheet.paragraph(text, rng.choices((REGULAR, ITALIC, BOLD), (8, 1, 1))[0])
        elif pick < 0.7:
            sheet.paragraph(
                f"Căn cứ {rng.choice(KINDS)[0].capitalize()} số {_code(rng)} ngày {_date(rng)} của {rng.choice(names.places)} {_sentence_of(rng, lines, 20)};",
                rng.choice((REGULAR, ITALIC)),
            )
        elif pick < 0.82:
            heading = _sentence_of(rng, lines, rng.randrange(3, 12))
            roman = rng.choice(("I", "II", "III", "IV", "V", "VI", "VII"))
            sheet.paragraph(
                f"{roman}. {heading.upper()}" if rng.random() < 0.6 else heading.upper(),
                BOLD,
                centred=rng.random() < 0.4,
            )
        elif pick < 0.9:
            sheet.paragraph(
                f"{rng.randrange(1, 9)}. {_sentence_of(rng, lines, 12)}", rng.choice((BOLD, BOLD_ITALIC, ITALIC))
            )
        elif pick < 0.96:
            _table(sheet, lines)
        else:
            _foot(sheet, names)
    return np.asarray(sheet.image), sheet.words, dpi


def damage(rng: random.Random, page: Pixels, dpi: int) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """A scan of the page, and the affine map from drawn to scanned pixels."""
    height, width = page.shape
    angle = rng.gauss(0, 0.35)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0).astype(np.float64)
    image = cv2.warpAffine(
        page, turn, (width, height), flags=cv2.INTER_AREA if rng.random() < 0.5 else cv2.INTER_LINEAR, borderValue=255
    )
    noise = np.random.default_rng(rng.randrange(2**32))
    if rng.random() < 0.35:  # ink that spreads, or thin print
        kernel = np.ones((2, 2), np.uint8)
        spread = cv2.erode(image, kernel) if rng.random() < 0.6 else cv2.dilate(image, kernel)
        share = rng.uniform(0.2, 0.9)
        image = cv2.addWeighted(spread, share, image, 1 - share, 0)
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.25, 1.0) * dpi / 200)
    grain = rng.uniform(0, 22)
    paper, ink = rng.uniform(215, 255), rng.uniform(0, 90)
    grey = ink + image.astype(np.float32) / 255 * (paper - ink)
    grey += noise.normal(0, 1, grey.shape).astype(np.float32) * grain
    image = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.7:
        _, packed = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, rng.randrange(25, 85)])
        image = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    if rng.random() < 0.3:
        image = np.where(image > rng.uniform(0.45, 0.72) * paper, 255, 0).astype(np.uint8)
    return np.asarray(image, dtype=np.uint8), turn


def read_names(lists: Path) -> Names:
    """Places and people of ../shared/lists."""
    places = [row.split("\t")[2] for row in (lists / "admin_units_2025.tsv").read_text("utf-8").splitlines()[1:]]
    family = [row.split("\t")[0] for row in (lists / "family_names_counts.tsv").read_text("utf-8").splitlines()[:30]]
    given = [
        *(lists / "given_names_boy.txt").read_text("utf-8").split("\n"),
        *(lists / "given_names_girl.txt").read_text("utf-8").split("\n"),
    ]
    rng = random.Random(5)
    return Names(places, [f"{rng.choice(family)} {name}" for name in given if name.strip()])
