"""Papers that nobody wrote, as results of reading: many, varied, the same for the same number.

Wards in turn issue three plans, a report on them and a decision each. Reports take up indicators of the plans in
other words; now and then a paper comes twice, or nearly so. For benchmarks of the database (benchmarks/warehouse.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from functools import cache
from pathlib import Path

from normalizers.places import Unit, units
from schemas.page import Box, Line, Page, Word
from schemas.record import (
    Check,
    Citation,
    DocumentFields,
    Evidence,
    LegalBasis,
    Metric,
    Record,
    Responsibility,
    Target,
    Task,
)
from schemas.record import Result as Achieved
from schemas.result import Job, Result

TASKS_A_PLAN = 25
_WORDS_A_PAGE = 250
_GROUP = 5  # papers of one ward: three plans, a report, a decision

_PILLARS = (
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy hành chính nhà nước",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Xây dựng, phát triển chính quyền điện tử, chính quyền số",
)
_VERBS = (
    "Rà soát",
    "Xây dựng",
    "Công khai",
    "Tổ chức tập huấn về",
    "Kiểm tra",
    "Số hóa",
    "Niêm yết",
    "Báo cáo",
    "Nâng cấp",
)
_OBJECTS = (
    "danh mục thủ tục hành chính thuộc thẩm quyền",
    "quy trình nội bộ giải quyết hồ sơ đất đai",
    "hồ sơ hộ tịch còn hiệu lực",
    "văn bản quy phạm pháp luật của Hội đồng nhân dân",
    "đề án vị trí việc làm",
    "kỹ năng số cho cán bộ, công chức",
    "trang thông tin điện tử và hệ thống một cửa",
    "tài sản công và dự toán ngân sách được giao",
    "mức độ hài lòng của người dân, tổ chức",
    "nhà văn hóa và tổ công nghệ số cộng đồng",
)
_WHERE = ("trên địa bàn", "tại các tổ dân phố", "ở khu vực trung tâm", "tại bộ phận một cửa", "trong các trường học")
_LEADS = (
    "Văn phòng HĐND và UBND",
    "Phòng Văn hóa - Xã hội",
    "Phòng Văn hoá - Xã hội",
    "Phòng Kinh tế, Hạ tầng và Đô thị",
    "Phòng Kinh tế - Hạ tầng và Đô thị",
    "Trung tâm Phục vụ hành chính công",
    "TTPVHCC",
    "Công an",
)
_DEADLINES: tuple[tuple[str, list[str], str | None], ...] = (
    ("Quý I/2025", ["2025-Q1"], None),
    ("Quý III/2025", ["2025-Q3"], None),
    ("Quý III, IV/2025", ["2025-Q3", "2025-Q4"], None),
    ("Tháng 12/2025", ["2025-12"], None),
    ("Trước ngày 30/11/2025", ["/2025-11-30"], None),
    ("Năm 2026", ["2026"], None),
    ("Thường xuyên", [], "thường xuyên"),
    ("Hàng quý", [], "hàng quý"),
)
_INDICATORS = (
    ("Tỷ lệ hồ sơ giải quyết đúng hạn", "hồ sơ được giải quyết đúng hạn", "%"),
    ("Tỷ lệ hồ sơ nộp trực tuyến", "hồ sơ được nộp trực tuyến", "%"),
    ("Mức độ hài lòng của người dân", "người dân hài lòng khi giao dịch", "%"),
    ("Giải ngân vốn đầu tư công", "vốn đầu tư công đã giải ngân", "%"),
    ("Số mô hình chuyển đổi số", "mô hình chuyển đổi số được xây dựng", "mô hình"),
    ("Thu ngân sách trên địa bàn", "thu ngân sách trên địa bàn", "triệu đồng"),
)
_FAMILIES, _GIVEN = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ"), ("Hùng", "Hưng", "Lan", "Minh", "Thu", "Quang", "Bình")


@cache
def _wards() -> tuple[Unit, ...]:
    return tuple(unit for unit in units() if unit.province is not None)


def _pages(text: str, dice: random.Random) -> tuple[Page, ...]:
    """The text on pages of 250 words, each word with a box."""
    words = text.split()
    pages = []
    for number, start in enumerate(range(0, len(words), _WORDS_A_PAGE), 1):
        lines = []
        for row in range(start, min(start + _WORDS_A_PAGE, len(words)), 10):
            top = round(60 + 2.8 * (row - start) + dice.random(), 2)
            line = []
            left = 85.0
            for word in words[row : min(row + 10, start + _WORDS_A_PAGE)]:
                right = round(left + 6.2 * len(word), 2)
                confidence = round(1 - dice.random() ** 2 / 4, 4)
                line.append(Word(word, word, Box(left, top, right, round(top + 12.4, 2)), confidence))
                left = round(right + 3.4, 2)
            lines.append(Line(tuple(line)))
        raw = "\n".join(line.text for line in lines)
        pages.append(Page(number, 595.28, 841.89, "ocr", 0.0, 0.93, raw, tuple(lines), (), (), "synthetic"))
    return tuple(pages)


def _tasks(dice: random.Random, noun: str) -> list[Task]:
    found = []
    for no in range(1, TASKS_A_PLAN + 1):
        deadline, periods, recurring = dice.choice(_DEADLINES)
        lead, other = dice.sample(_LEADS, 2)
        found.append(
            Task(
                section=f"{no // 5 + 1}. {_PILLARS[no // 5 % 6]}",
                no=str(no),
                content=f"{dice.choice(_VERBS)} {dice.choice(_OBJECTS)} {dice.choice(_WHERE)}",
                lead=f"{lead} {noun}",
                coordinating=f"{other}; các đơn vị có liên quan",
                deadline=deadline,
                periods=periods,
                recurring=recurring,
                product="Báo cáo của Ủy ban nhân dân",
            )
        )
    return found


def _figure(dice: random.Random, unit: str) -> float:
    return float(dice.randint(*{"%": (60, 100), "mô hình": (1, 9)}.get(unit, (1000, 90_000))))


def _targets(dice: random.Random) -> list[Target]:
    found = []
    for no, (name, _, unit) in enumerate(dice.sample(_INDICATORS, 5), 1):
        value = _figure(dice, unit)
        shown = f"{value:g}".replace(".", ",")
        found.append(
            Target(
                no=str(no),
                section=_PILLARS[no % 6],
                text=f"{name} đạt từ {shown}{'%' if unit == '%' else ' ' + unit} trở lên.",
                metrics=[Metric(comparator=">=", value=value, unit=unit)],
            )
        )
    return found


def _results(dice: random.Random) -> list[Achieved]:
    found = []
    for _, name, unit in dice.sample(_INDICATORS, 5):
        value = _figure(dice, unit)
        found.append(
            Achieved(text=f"{name} đạt {value:g} {unit}", indicator=name.capitalize(), value=value, unit=unit),
        )
    return found


def _evidence(record: Record, dice: random.Random) -> list[Evidence]:
    """Proof of every value: one entry a document field, one a task cell, one an entry of the other lists."""
    paths = [(f"document.{name}", str(value)) for name, value in record.document if value is not None]
    for seq, task in enumerate(record.tasks):
        paths += [
            (f"tasks[{seq}].{name}", str(getattr(task, name)))
            for name in ("content", "lead", "coordinating", "deadline", "product")
        ]
    paths += [(f"targets[{seq}].text", target.text) for seq, target in enumerate(record.targets)]
    paths += [(f"results[{seq}].text", result.text) for seq, result in enumerate(record.results)]
    paths += [(f"citations[{seq}].code", citation.code) for seq, citation in enumerate(record.citations)]
    found = []
    for path, raw in paths:
        left, top = round(dice.uniform(60, 300), 2), round(dice.uniform(60, 700), 2)
        box = (left, top, round(left + 120.5, 2), round(top + 13.5, 2))
        confidence = round(1 - dice.random() ** 4 / 2, 3)
        found.append(Evidence(path=path, raw=raw, page=1, box=box, confidence=confidence, rule="synthetic"))
    return found


def result(number: int) -> Result:
    """Paper `number` of the collection, as the worker gives it back. Each 97th is the one of five before, scanned again."""
    again = number % 97 == 96
    record, text = _paper(number - _GROUP if again else number)
    dice = random.Random(number)
    if again:
        text = " ".join(word if dice.random() < 0.98 else word[::-1] for word in text.split())
    sha256 = hashlib.sha256(str(number).encode()).hexdigest()
    job = Job(Path(f"/synthetic/{number:06}.pdf"), sha256[:16], sha256)
    return Result(job, "done", "scanned", record, _pages(text, dice))


def _paper(number: int) -> tuple[Record, str]:
    """What a paper says, and its text."""
    dice = random.Random(number)
    group, place = divmod(number, _GROUP)
    ward = _wards()[group * 37 % len(_wards())]
    abbreviation, name = (("KH", "Kế hoạch"), ("BC", "Báo cáo"), ("QĐ", "Quyết định"))[max(0, place - 2)]
    plan, report = place < 3, place == 3
    issued_on = dt.date(2025, 11 if report else 7, 1) + dt.timedelta(days=dice.randint(0, 60))
    chair = random.Random(group)
    signer = f"{chair.choice(_FAMILIES)} Văn {chair.choice(_GIVEN)}"
    province = ward.province or ""
    serial = f"{dice.randint(1, 400):02}"
    citations = [Citation(code="76/NQ-CP", date=dt.date(2021, 7, 15))]
    citations += [Citation(code=f"{dice.randint(1, 400):02}/QĐ-UBND") for _ in range(4)]
    record = Record(
        document=DocumentFields(
            doc_type=abbreviation,
            doc_type_name=name,
            number=serial,
            symbol=f"{abbreviation}-UBND",
            code=f"{serial}/{abbreviation}-UBND",
            issuer=f"Ủy ban nhân dân {ward.kind} {ward.name}",
            place=ward.name,
            issued_on=issued_on,
            title=f"{dice.choice(_VERBS)} {dice.choice(_OBJECTS)} năm 2025",
            signer_name=signer,
            signer_title=dice.choice(("Chủ tịch", "Phó Chủ tịch")),
            signed_for="TM. Ủy ban nhân dân",
        ),
        legal_bases=[LegalBasis(text=f"Căn cứ Nghị quyết số 76/NQ-CP; {province}", code="76/NQ-CP", kind="Nghị quyết")],
        citations=citations,
        recipients=["Như Điều 3", f"UBND {province}", "Lưu: VT"],
        targets=_targets(dice) if plan else [],
        tasks=_tasks(dice, ward.kind) if plan else [],
        results=_results(dice) if report else [],
        responsibilities=[Responsibility(agency=lead, items=3) for lead in _LEADS[:4]] if plan else [],
        checks=[Check(rule="year", severity="warning", message="năm")] if dice.random() < 0.1 else [],
    )
    record = record.model_copy(update={"evidence": _evidence(record, dice)})
    text = "\n".join(
        [
            f"UBND {province} {record.document.issuer} Số: {record.document.code} {record.document.title}",
            *(base.text for base in record.legal_bases),
            *(f"{target.no} {target.text}" for target in record.targets),
            *(" ".join(filter(None, (t.no, t.content, t.lead, t.deadline))) for t in record.tasks),
            *(one.text for one in record.results),
            *(dice.choice(_VERBS) + " " + dice.choice(_OBJECTS) for _ in range(8)),
            *record.recipients,
        ]
    )
    return record, text
