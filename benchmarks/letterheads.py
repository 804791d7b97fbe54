"""How much of a head is read from dumps of a foreign recogniser: `python -m benchmarks.letterheads [--seed N] [--limit N] [--details]`.

Prints short papers with the heads of letterheads.tsv (offices of many kinds and provinces; number and day drawn by the seed), scans
them, lets Tesseract's English model read them, and compares the fields of the head that the program finds with what was printed.
Needs Tesseract with its English data and the Tinos fonts. Some five CPU seconds a paper.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from normalizers.kinds import BY_ABBREVIATION, kind_named
from pipeline.find import fingerprint
from pipeline.ingest import record_json
from pipeline.process import process
from pipeline.run import DOC_ID_DIGITS
from pipeline.score.measures import agree
from pipeline.settings import ReadSettings
from samples.content import Content, parse_body
from samples.generate import generate
from schemas.result import Job

HEADS = Path(__file__).with_name("letterheads.tsv")
FIELDS = ("doc_type", "doc_type_name", "number", "symbol", "code", "issuer", "place", "issued_on", "title")
_NUMBERS = (2, 5, 7, 9, 14, 38, 61, 105, 214, 389, 1207, 2451)
_FIRST, _DAYS = dt.date(2025, 7, 1), 180
_BODY = """Thực hiện chỉ đạo của cấp có thẩm quyền, {issuer} {said} với các nội dung sau:
# I. MỤC ĐÍCH, YÊU CẦU
1. Nâng cao trách nhiệm của các cơ quan, đơn vị trong quá trình tổ chức thực hiện; phát huy vai trò của người đứng đầu.
2. Việc triển khai phải đồng bộ, kịp thời, tiết kiệm, hiệu quả, phù hợp với điều kiện thực tế của địa phương.
# II. NỘI DUNG THỰC HIỆN
- Tuyên truyền, phổ biến các văn bản của Trung ương và địa phương đến cán bộ, công chức và Nhân dân.
- Phân công cụ thể từng tập thể, cá nhân phụ trách; thường xuyên kiểm tra, đôn đốc việc thực hiện.
# III. TỔ CHỨC THỰC HIỆN
Trên đây là nội dung {said}. Quá trình thực hiện nếu có vướng mắc, phản ánh về {issuer} để xem xét, giải quyết./.
"""


def contents(seed: int) -> Iterator[Content]:
    """A paper for each head of the list."""
    draw = random.Random(seed)
    with HEADS.open(encoding="utf-8", newline="") as lines:
        for index, row in enumerate(csv.DictReader(lines, delimiter="\t")):
            yield _content(f"head-{index:02d}", row, draw)


def _content(name: str, row: dict[str, str], draw: random.Random) -> Content:
    number = f"{draw.choice(_NUMBERS):02d}"
    day = _FIRST + dt.timedelta(days=draw.randrange(_DAYS))
    party = "/" in row["symbol"]
    code = f"{number}{'-' if party else '/'}{row['symbol']}"
    title = row["title"].split(" / ")
    kind = kind_named(row["kind"]) if row["kind"] else BY_ABBREVIATION["CV"]
    if kind is None:
        raise ValueError(f"{HEADS.name}: {row['kind']} is no kind")
    head: dict[str, Any] = {
        "superior": row["superior"].split(" / ") if row["superior"] else [],
        "issuer": row["issuer"].split(" / "),
        "number_line": f"Số {code}" if party else f"Số: {code}",
        "date_line": f"{row['place']}, ngày {day.day:02d} tháng {day.month} năm {day.year}",
        "party": party,
    }
    if row["kind"]:
        head |= {"type": row["kind"], "title": title}
    else:
        head |= {"subject": title, "addressed": ["Kính gửi: Các cơ quan, đơn vị có liên quan."]}
    document = {
        "doc_type": kind.abbreviation,
        "doc_type_name": kind.name,
        "number": number,
        "symbol": row["symbol"],
        "code": code,
        "issuer": row["issuer_name"],
        "place": row["place"],
        "issued_on": day.isoformat(),
        "title": " ".join(title).removeprefix("V/v "),
    }
    foot = {"recipients": ["Như trên", "Lưu: VT"], "signature": ["NGƯỜI ĐỨNG ĐẦU"], "name": "Hà Kim Oanh"}
    body = parse_body(_BODY.format(issuer=row["issuer_name"], said=row["said_again"]))
    look = {"form": "noisy_dump", "damage": "L1", "mode": "grey", "dpi": 200, "quality": 32}
    about = {"what": "A head for benchmarks/letterheads.py.", "tests": "the head"}
    return Content(name, document, head, foot, body, (), look, about, aside=False)


def found_in(path: Path) -> dict[str, Any]:
    """The fields of the document that the program finds in a file."""
    sha256 = fingerprint(path)
    record = record_json(process(Job(path, sha256[:DOC_ID_DIGITS], sha256), ReadSettings()))
    fields: dict[str, Any] = record["document"]
    return fields


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1, help="draws numbers, days and damage")
    parser.add_argument("--limit", type=int, help="so many heads only")
    parser.add_argument("--details", action="store_true", help="prints each value that is not right")
    given = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    outcomes: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    papers = list(contents(given.seed))[: given.limit]
    for content in papers:
        with tempfile.TemporaryDirectory() as folder:
            got = found_in(generate(content, Path(folder), given.seed))
        for field in FIELDS:
            want, have = content.document[field], got.get(field)
            outcome = "right" if agree(want, have) else "missing" if have is None else "wrong"
            outcomes[field][outcome] += 1
            if given.details and outcome != "right":
                print(f"{content.name} {field} {outcome}: {want} <- {have}", flush=True)
    print(f"{len(papers)} heads, seed {given.seed}\n{'field':16}{'right %':>9}{'missing %':>11}{'wrong %':>9}")
    for field, counts in [*outcomes.items(), ("all", sum(outcomes.values(), Counter()))]:
        shares = [100 * counts[outcome] / max(1, counts.total()) for outcome in ("right", "missing", "wrong")]
        print(f"{field:16}{shares[0]:9.1f}{shares[1]:11.1f}{shares[2]:9.1f}")


if __name__ == "__main__":
    main()
