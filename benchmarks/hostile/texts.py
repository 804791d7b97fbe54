"""Text dumps that try decoders, patterns and whatever shows the text later."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.hostile.sort import Sort

HEAD = "ỦY BAN NHÂN DÂN\nXÃ HÒA BÌNH\nSố: 12/QĐ-UBND\nHòa Bình, ngày 12 tháng 8 năm 2025\nQUYẾT ĐỊNH\n"
INJECTED = (
    "'; DROP TABLE documents; --", "\x1b[2J\x1b]0;evil\x07\x1b[31m", "<script>alert(1)</script>", '=HYPERLINK("http://127.0.0.1/?"&A1)', "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202egpj.exe\u202c", "$(touch /tmp/never) `id` | sh", "{{7*7}} ${7*7} %s %n", "\u2066\u200f\u200b\ufeff\ufffe\uffff\u0000".replace("\u0000", ""), "../../../etc/passwd",
)  # fmt: skip
PATTERNS: tuple[Callable[[int], str], ...] = (
    lambda n: "Điều 1. " * n, lambda n: "Căn cứ " * n, lambda n: "." * n, lambda n: " " * n + "x", lambda n: "(" * n, lambda n: "1." * n, lambda n: "9" * n,
    lambda n: "Số: " * n, lambda n: "ngày 01 tháng " * n, lambda n: "12/2025/QĐ-" * n, lambda n: "|" * n, lambda n: "-" * n + "\n", lambda n: "Nơi nhận:\n- " * n,
    lambda n: "a," * n, lambda n: "\n" * n, lambda n: "đạt 98,3% " * n, lambda n: "ngày " * n + "2025", lambda n: "A" * n, lambda n: "Q" + "-Đ" * n, lambda n: "1/1" * n,
    lambda n: "I. II. " * n, lambda n: "Thứ nhất, " * n, lambda n: "e\u0301" * n, lambda n: "KT. CHỦ TỊCH\n" * n, lambda n: "| a | b |\n" * n, lambda n: "\t" * n,
)  # fmt: skip


def _encoding(rng: random.Random) -> bytes:
    text = HEAD * rng.choice((1, 30))
    choices = (
        text.encode("utf-16"), text.encode("utf-16-be")[1:], text.encode("utf-32"), text.encode("utf-8")[:-1] + b"\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 99,
        text.encode("utf-8").replace(b"\n", b"\0\n"), text.encode("utf-8") + b"\xed\xa0\x80", text.encode("utf-8") + b"\xc0\xaf", text.encode("utf-8").decode("latin-1").encode("utf-8"),
        text.encode("utf-7"), text.encode("cp1258", "replace"), text.encode("utf-8") + bytes(range(256)) * 3, b"\0\0\xfe\xff" + b"\0\x11\xff\xff" * 9, bytes(range(128, 256)) * 50,
    )  # fmt: skip
    return rng.choice(choices)


def _injection(rng: random.Random) -> bytes:
    bad = " ".join(rng.sample(INJECTED, 4))
    return (HEAD.replace("HÒA BÌNH", bad) + f"Về việc {bad}\n- Lưu: VT, {bad}.\n").encode("utf-8", "surrogatepass")


def _repeated(rng: random.Random) -> bytes:
    """One thing over and over: patterns that look back and forth would take for ever on it."""
    return (HEAD + rng.choice(PATTERNS)(rng.choice((2_000, 20_000)))).encode()


def _marks(rng: random.Random) -> bytes:
    marks = "".join(chr(rng.randrange(0x300, 0x36F)) for _ in range(rng.choice((40, 5_000))))
    return (HEAD + "".join(char + marks for char in "quyet dinh")).encode()


def _any_characters(rng: random.Random) -> bytes:
    return "".join(
        chr(code) for code in (rng.randrange(0x110000) for _ in range(5_000)) if not 0xD800 <= code < 0xE000
    ).encode()


SORTS = (
    Sort("text-encoding", ".txt", _encoding),
    Sort("text-injection", ".txt", _injection),
    Sort("text-repeated", ".txt", _repeated),
    Sort("text-marks", ".txt", _marks),
    Sort("text-any-characters", ".txt", _any_characters),
    Sort("text-many-pages", ".txt", lambda r: (HEAD.encode() + b"\f") * r.choice((200, 2_000))),
    Sort("text-one-line", ".txt", lambda r: ("chữ " * r.choice((5_000, 60_000))).encode()),
    Sort("text-long-word", ".txt", lambda r: "".join(r.choice("abcđêư") for _ in range(r.choice((3_000, 100_000)))).encode()),
    Sort("text-controls", ".txt", lambda r: bytes(r.randrange(32) for _ in range(2_000))),
    Sort("text-white", ".txt", lambda r: r.choice((" ", "\n", "\u3000", "\f", "\u200b\n")).encode() * 3_000),
)  # fmt: skip
