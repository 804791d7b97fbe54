"""Pages in the manner of official papers, drawn so that the print is known word by word.

Nothing of the corpus is kept: sentences are drawn at run time, and only counts of confusions leave `training.noise_model`.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from training.noise_sheet import BOLD, BOLD_ITALIC, ITALIC, REGULAR, Printed, Sheet
from training.noise_words import HEADS, KINDS, ORGANS, PERIODS, PRODUCTS, UNITS

Pixels = npt.NDArray[np.uint8]


class Names(NamedTuple):
    """Names to fill the forms with."""

    places: Sequence[str]
    people: Sequence[str]


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
