"""Calling the command line from tests, and a letter for it to read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cli import app

ROOT = Path(__file__).resolve().parent.parent

LETTER = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHƯỜNG HỒNG BÀNG Độc lập - Tự do - Hạnh phúc
Số: 45/QĐ-UBND Hồng Bàng, ngày 12 tháng 8 năm 2025

QUYẾT ĐỊNH
Về việc thành lập Tổ công tác số hóa hồ sơ

CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG HỒNG BÀNG

Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025;
Theo đề nghị của Chánh Văn phòng.

QUYẾT ĐỊNH:
Điều 1. Thành lập Tổ công tác số hóa hồ sơ gồm 05 thành viên.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Nơi nhận: CHỦ TỊCH
- Như Điều 1;
- Lưu: VT. Phạm Minh Tuệ
"""


def call(*words: object, stdin: bytes | None = None) -> Any:
    return CliRunner().invoke(app, [str(word) for word in words], input=stdin, catch_exceptions=False)


def run_program(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "cli.py", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False
    )
