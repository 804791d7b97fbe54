"""The gold record of a sample, derived from its content: what is printed and what it means have one source."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from samples.content import (
    CITED,
    FOOTNOTE,
    INLINE_BASIS,
    ISSUER,
    RESULT,
    Block,
    Content,
    plain,
)
from schemas.record import DocumentFields

_DATED = re.compile(r"^(?P<code>\S*?)\s*,?\s*(?:ngày (?P<day>.+))?$")
_KIND = re.compile(
    r"Nghị định|Nghị quyết|Quyết định|Kế hoạch|Công văn|Thông tư|Tờ trình|Chương trình|Chỉ thị|Báo cáo|Thông báo"
    r"|Quy định|Kết luận|Luật|Hướng dẫn|Giấy mời|Biên bản",
    re.IGNORECASE,
)
_PROPOSAL = re.compile(r"^(theo|xét) đề (nghị|xuất)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*|[a-zđ])[.)]\s+(.*)$")
_LONG_DATE = re.compile(r"(\d+) tháng (\d+) năm (\d+)")


OPTIONAL = ("drafting_unit",)
"""Fields of the document that the gold judges only where the content names them."""


def gold(content: Content) -> dict[str, Any]:
    """The record in the manner of the contract, without checks and evidence."""
    blocks = [*content.blocks, *(block for item in content.attachments for block in item.blocks)]
    own = content.document.get("code")
    record: dict[str, Any] = {"sample": content.name, "document": _document(content)}
    record["attachments"] = [
        {
            "doc_type": item.doc_type,
            "title": item.title,
            "issued_with": content.extra.get("issued_with", own),
            "issued_with_date": content.extra.get("issued_with_date", content.document.get("issued_on")),
        }
        for item in content.attachments
    ] or content.extra.get("attachments", [])
    record["legal_bases"] = [entry for block in blocks for entry in _bases(block)]
    record["citations"] = _citations(blocks, content)
    record["recipients"] = [item.strip() for item in content.foot.get("recipients", [])]
    record["addressees"] = list(content.head.get("addressees", []))
    record["targets"] = _targets(blocks)
    record["tasks"] = _tasks(blocks)
    record["results"] = [entry for block in blocks for entry in _block_results(block)]
    record["responsibilities"] = _responsibilities(blocks)
    record["footnotes"] = [
        {"mark": found.group(1).strip("()"), "text": plain(found.group(2))}
        for block in blocks
        for text in _texts(block)
        for found in FOOTNOTE.finditer(text)
    ]
    record["digital_signatures"] = content.extra.get("digital_signatures", [])
    if co_signers := content.extra.get("co_signers"):
        record["co_signers"] = co_signers
    if content.following:
        record["parts"] = [
            {name: value for name, value in gold(paper).items() if name != "sample"} for paper in content.following
        ]
    for name in content.extra.get("omit", []):  # where two readers could rightly differ, the gold says nothing
        del record[name]
    if notes := content.extra.get("notes"):
        record["notes"] = notes
    return record


def _document(content: Content) -> dict[str, Any]:
    return {
        name: content.document.get(name)
        for name in DocumentFields.model_fields
        if name not in OPTIONAL or name in content.document
    }


def _texts(block: Block) -> Iterator[str]:
    yield block.text
    for row in block.rows:
        yield from row.cells


def _iso(printed: str | None) -> str | None:
    if not printed:
        return None
    if found := _LONG_DATE.search(printed):
        day, month, year = (int(part) for part in found.groups())
    else:
        day, month, year = (int(part) for part in printed.split("/"))
    return dt.date(year, month, day).isoformat()


def _cited(inside: str) -> tuple[str | None, str | None]:
    """Code and date of what stands between [[ and ]]."""
    if "@" in inside:
        code, date = inside.split("@")
        return code, date
    found = _DATED.match(inside)
    if found is None:
        raise ValueError(f"not a citation: {inside}")
    return found["code"] or None, _iso(found["day"])


def _kind_before(text: str) -> str | None:
    found = _KIND.findall(text)
    return found[-1][0].upper() + found[-1][1:] if found else None


def _basis(text: str) -> dict[str, Any]:
    text = text.removeprefix("- ")  # the Party lists its bases
    named: list[dict[str, Any]] = []
    for found in CITED.finditer(text):
        code, date = _cited(found.group(1))
        if (code, date) not in [(other["code"], other["date"]) for other in named]:
            named.append({"code": code, "date": date, "kind": _kind_before(plain(text[: found.start()]))})
    issuer = ISSUER.search(text)
    entry: dict[str, Any] = {"text": plain(text), "code": None, "date": None, "kind": _kind_before(plain(text))}
    if named:
        entry.update(named[0])
    entry["issuer"] = plain(issuer.group(1)) if issuer else None
    if _PROPOSAL.match(plain(text)):
        entry["kind"] = "Đề nghị"
    if len(named) > 1:
        entry["also"] = named[1:]
    return entry


def _bases(block: Block) -> Iterator[dict[str, Any]]:
    if block.kind == "basis":
        yield _basis(block.text)
    for found in INLINE_BASIS.finditer(block.text):
        yield _basis(found.group(1))


def _citations(blocks: list[Block], content: Content) -> list[dict[str, Any]]:
    """Every code once per date; an undated repeat of a dated citation adds nothing."""
    found: list[tuple[str, str | None]] = []
    texts = [text for block in blocks for text in _texts(block)]
    texts += [content.document.get("printed_title", "")]
    for text in texts:
        for inside in CITED.findall(text):
            code, date = _cited(inside)
            if code and code != content.document.get("code") and (code, date) not in found:
                found.append((code, date))
    dated = {code for code, date in found if date}
    return [{"code": code, "date": date} for code, date in found if date or code not in dated]


def _metric(printed: str) -> dict[str, Any]:
    comparator, value, unit = printed.split(None, 2)
    return {"comparator": comparator, "value": float(value), "unit": unit}


def _targets(blocks: list[Block]) -> list[dict[str, Any]]:
    targets: list[dict[str, Any]] = []
    section: str | None = None
    for block in blocks:
        if block.kind in ("h1", "h2", "h3"):
            section = plain(block.text)
        if block.kind != "target":
            continue
        text, number = plain(block.text).removeprefix("- "), None
        if found := _NUMBERED.match(text):
            number, text = found.groups()
        metrics = [_metric(part.strip()) for part in block.notes.split(";") if part.strip()]
        targets.append({"no": number, "section": section, "text": text, "metrics": metrics})
    return targets


def _tasks(blocks: list[Block]) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = []
    for block in blocks:
        if block.kind != "tasks":
            continue
        section: str | None = None
        for row in block.rows[1:]:
            if row.span:
                section = plain(row.cells[0])
                continue
            cells = dict(zip(block.columns, (plain(cell) or None for cell in row.cells), strict=True))
            number = cells.get("no")
            hints = dict(part.strip().split("=", 1) for part in row.notes.split(";") if part.strip())
            periods = [part.strip() for part in hints.get("periods", "").split(",") if part.strip()]
            entry = {
                "section": section,
                "no": number.rstrip(".") if number else None,
                "content": cells["content"],
                "lead": cells.get("lead"),
                "coordinating": cells.get("coordinating"),
                "deadline": cells.get("deadline"),
                "periods": periods,
                "recurring": hints.get("recurring"),
                "product": cells.get("product"),
            }
            tasks.append(entry)
    return tasks


def _number(printed: str) -> float | None:
    return float(printed) if printed else None


def _block_results(block: Block) -> Iterator[dict[str, Any]]:
    for text in _texts(block):
        for inside in RESULT.findall(CITED.sub(lambda m: m.group(1).split("@")[0], text)):
            yield _result(*inside.split("|"))
    if block.kind == "grid":
        for row in block.rows:
            if row.notes:
                yield _result(" ".join(cell for cell in row.cells if cell), *row.notes.split(";"))


def _result(clause: str, indicator: str, numerator: str, denominator: str, value: str, unit: str) -> dict[str, Any]:
    return {
        "text": plain(clause).strip(),
        "indicator": indicator.strip() or None,
        "numerator": _number(numerator.strip()),
        "denominator": _number(denominator.strip()),
        "value": _number(value.strip()),
        "unit": unit.strip() or None,
    }


def _responsibilities(blocks: list[Block]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    counting = False
    for block in blocks:
        if block.kind == "agency":
            found.append({"agency": block.notes, "items": 0})
            counting = True
        elif block.kind in ("h1", "h2", "h3"):
            counting = False
        elif block.kind == "dash" and counting:
            found[-1]["items"] += 1
    return found
