"""The page of an official paper after NĐ 30/2020/NĐ-CP, Annex I: letterhead, title, body, tables, signature."""

from __future__ import annotations

import random
import re
from itertools import zip_longest
from pathlib import Path
from typing import Any

from samples import ink
from samples.content import Attachment, Block, Content
from samples.fonts import width
from samples.press import HEIGHT, MM, WIDTH, Margins, Press
from samples.table import draw_table

STATE = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
LEFT_COLUMN = 192.0
"""Room for the names of offices in points; longer names are set smaller, as typists do."""
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
_HAND = re.compile(r"\{(\d+)\}")


def print_document(content: Content, path: Path, with_ink: bool, seed: int) -> list[str]:
    """Prints the content as PDF. Returns the print of each page in reading order, lines joined by line feeds."""
    rng = random.Random(f"{content.name}:{seed}")
    look = content.scan
    margins = Margins(left=look.get("left_mm", 30) * MM, right=look.get("right_mm", 18) * MM)
    press = Press(path, margins, look.get("page_number", "top"))
    size = float(look.get("size", 14))
    _signing_marks(press, content)
    _paper(press, content, size, rng, with_ink)
    for paper in content.following:
        press.new_page(restart=True)
        _paper(press, paper, size, rng, with_ink)
    press.save()
    return ["\n".join(lines) for lines in press.lines]


def _paper(press: Press, content: Content, size: float, rng: random.Random, with_ink: bool) -> None:
    """One paper with all that was issued with it."""
    if not content.head.get("none", False):
        _letterhead(press, content, rng, with_ink)
        _title(press, content)
    _body(press, content.blocks, size)
    if "name" in content.foot:
        _signature(press, content, rng, with_ink)
    for item in content.attachments:
        _attachment(press, content, item, size)


def _columns(press: Press) -> tuple[float, float]:
    """Centres of the left and the right column of the head."""
    left = press.margins.left - 4 * MM
    return left + 35 * MM, press.wide - press.margins.right - 46 * MM


def _two_columns(press: Press, content: Content, top: float, motto: tuple[str, ...]) -> float:
    head = content.head
    left, right = _columns(press)
    y = top
    for style, lines in (("", head.get("superior", [])), ("b", head.get("issuer", []))):
        for line in lines:
            size = 12.5 * min(1.0, LEFT_COLUMN / width(line, style, 12.5))
            press.text(line, left, y, style, size, "centre", record=True)
            y += 15
    for line in head.get("foreign_issuer", []):
        press.text(line, left, y, "i", 10 * min(1.0, LEFT_COLUMN / width(line, "i", 10)), "centre", record=True)
        y += 12
    if head.get("party"):
        press.text("*", left, y, "b", 12.5, "centre", record=True)
        y += 10
    else:
        press.rule(left - 14 * MM, y + 3, 28 * MM)
    head_y = top
    for index, line in enumerate(motto):
        press.text(line, right, head_y, "b", 12.5 if index == 0 else 13.5, "centre")
        head_y += 16
    for line in head.get("foreign_motto", []):
        press.text(line, right, head_y, "i", 10, "centre")
        head_y += 12
    long = width(motto[-1], "b", 13.5 if len(motto) > 1 else 12.5)
    press.rule(right - long / 2, head_y + 2, long)
    return max(y, head_y) + 9


def _letterhead(press: Press, content: Content, rng: random.Random, with_ink: bool) -> None:
    head = content.head
    motto = PARTY if head.get("party") else STATE
    left, right = _columns(press)
    y = _two_columns(press, content, press.y, motto)
    _hand_line(press, head.get("number_line", ""), left, y, "", rng, with_ink)
    below = y + 17
    for line in head.get("subject", []):
        press.text(line, left, below, "", 12.5, "centre", record=True)
        below += 14.5
    press.lines[-1] += [*motto, *head.get("foreign_motto", [])]
    _hand_line(press, head.get("date_line", ""), right, y, "i", rng, with_ink)
    press.y = below + 10


def _hand_line(
    press: Press, printed: str, centre: float, y: float, style: str, rng: random.Random, with_ink: bool
) -> None:
    """A line of the head with numbers written in by hand where they stand in braces."""
    if not printed:
        return
    size = 13.0
    parts = _HAND.split(printed)
    widths = [
        width(part, style, size) if index % 2 == 0 else size * 0.75 * len(part) for index, part in enumerate(parts)
    ]
    x = centre - sum(widths) / 2
    for index, part in enumerate(parts):
        if index % 2 == 0:
            press.text(part, x, y, style, size)
        elif with_ink:
            ink.write_digits(press.canvas, part, x + 1, HEIGHT - y - size, size, rng)
        x += widths[index]
    press.lines[-1].append(_HAND.sub(lambda m: m.group(1), printed))


def _title(press: Press, content: Content) -> None:
    head = content.head
    if kind := head.get("type"):
        press.paragraph(kind, "b", 14, "centre", 0, after=0)
    for line in head.get("title", []):
        press.paragraph(line, "b", 14, "centre", 0, after=0)
    for line in head.get("caption", []):
        press.paragraph(line, "i", 13.5, "centre", 0, after=0)
    if head.get("title"):
        press.rule(press.wide / 2 - 18 * MM + 6 * MM, press.y + 4, 36 * MM)
        press.y += 14
    if authority := head.get("authority"):
        for line in authority:
            press.paragraph(line, "b", 14, "centre", 0, after=0)
        press.y += 8
    lines = head.get("addressed", [])
    for line in lines:
        listed = line.startswith("-")
        press.paragraph(line, "", 14, "left", 0, after=2, left=(52 if listed else 30) * MM)
    if lines:
        press.y += 8


def _body(press: Press, blocks: tuple[Block, ...], size: float) -> None:
    for block in blocks:
        kind, text = block.kind, block.text
        if kind in ("h1", "h2", "agency"):
            press.need(4.3 * size)
            press.paragraph(text, "b", size, after=4)
        elif kind == "h3":
            press.need(4.3 * size)
            press.paragraph(text, "bi", size, after=4)
        elif kind == "centre":
            press.paragraph(text, "b", size, "centre", 0)
        elif kind == "basis":
            press.paragraph(text, "i", size)
        elif kind == "dash":
            press.paragraph("- " + text, "", size, after=4)
        elif kind == "plus":
            press.paragraph("+ " + text, "", size, after=4)
        elif kind in ("grid", "tasks"):
            draw_table(press, block, size=min(12.0, size - 1.5))
        elif kind == "page":
            press.new_page()
        else:
            press.paragraph(text, "", size)


def _signature(press: Press, content: Content, rng: random.Random, with_ink: bool) -> None:
    foot = content.foot
    second = foot.get("second")
    recipients = [] if second else foot.get("printed_recipients") or _recipient_lines(foot.get("recipients", []))
    authority: list[str] = foot.get("signature", [])
    height = max(15 + 12.5 * len(recipients) * 1.15, 17 * len(authority) + 98)
    press.need(height)
    press.y += 6
    top = press.y
    x = press.margins.left
    room = 74 * MM
    left_y = top
    if recipients:
        press.text("Nơi nhận:", x, left_y, "bi", 12, record=True)
        left_y += 15
    if foot.get("recipient_columns") == 2:
        left_y = _recipients_abreast(press, recipients, left_y)
        recipients = []
    for item in recipients:
        for line in _wrapped(item, room, 11):
            press.text(line, x, left_y, "", 11, record=True)
            left_y += 12.8
    if second:
        left_y = _second_signer(press, second, top)
    centre = WIDTH - press.margins.right - 38 * MM
    y = top
    for line in authority:
        press.text(line, centre, y, "b", 13.5, "centre", record=True)
        y += 16
    name_y = y + 72
    if note := foot.get("note"):
        press.text(note, centre, y + 30, "i", 13, "centre")
    press.text(foot["name"], centre, name_y, "b", 13.5, "centre", record=True)
    if with_ink and not foot.get("note"):
        if office := foot.get("seal"):
            ink.seal(press.canvas, centre - 44, HEIGHT - (y + 22), office, rng)
        above = rng.uniform(2, 10) if foot.get("signed_over_name") else rng.uniform(22, 36)
        ink.sign(press.canvas, centre - 48, HEIGHT - (name_y - above), 105, rng)
    press.y = max(left_y, name_y + 20)


def _second_signer(press: Press, second: dict[str, Any], y: float) -> float:
    """Who signs minutes or a contract beside the first signer, in the left column. Returns the lower edge."""
    centre = press.margins.left + 34 * MM
    for line in second["signature"]:
        press.text(line, centre, y, "b", 13.5, "centre", record=True)
        y += 16
    press.text(second["name"], centre, y + 72, "b", 13.5, "centre", record=True)
    return y + 92


def _recipients_abreast(press: Press, recipients: list[str], y: float) -> float:
    """Recipients in two columns, the second half beside the first. Returns the lower edge."""
    half = (len(recipients) + 1) // 2
    for left, right in zip_longest(recipients[:half], recipients[half:]):
        press.text(left, press.margins.left, y, "", 11, record=True)
        if right:
            press.text(right, press.margins.left + 45 * MM, y, "", 11, record=True)
        y += 12.8
    return y


def _recipient_lines(items: list[str]) -> list[str]:
    return [f"- {item}{'.' if index + 1 == len(items) else ';'}" for index, item in enumerate(items)]


def _wrapped(text: str, room: float, size: float) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, "", size) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _attachment(press: Press, content: Content, item: Attachment, size: float) -> None:
    press.new_page(restart=True, landscape=item.landscape)
    if item.letterhead:
        press.y = _two_columns(press, content, press.y, STATE) + 8
        press.lines[-1] += STATE
    for line in (item.printed_type, *item.printed_title):
        if line:
            press.paragraph(line, "b", 14, "centre", 0, after=0)
    for line in item.caption:
        press.paragraph(line, "i", 13.5, "centre", 0, after=0)
    press.y += 12
    _body(press, item.blocks, size)


def _signing_marks(press: Press, content: Content) -> None:
    """Marks of digital signatures at the top of page 1; they are no part of the print."""
    x, y = WIDTH - 178, HEIGHT - 16
    for mark in content.scan.get("signing_marks", []):
        ink.signing_mark(press.canvas, mark, x, y)
        x -= 170
    if stamp := content.scan.get("arrival_stamp"):
        rng = random.Random(content.name)
        ink.arrival_stamp(press.canvas, stamp["office"], stamp["number"], stamp["day"], 60, HEIGHT - 52, rng)
