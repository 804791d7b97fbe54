"""The page: sections in the order in which a person acts on them."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report import sections as told
from pipeline.report.crops import Crop
from pipeline.report.facts import Facts
from pipeline.report.markup import Markup, join, tag
from pipeline.report.parts import day
from pipeline.report.style import STYLE
from pipeline.report.wording import count, percent

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""No script, and nothing from elsewhere, whatever a paper says."""


def page(facts: Facts, crops: Sequence[Crop], name: str) -> str:
    """The whole page. crops: a picture for each of facts.doubts. name: of the database."""
    sections = [
        ("da-doc", "Đã đọc", told.read(facts)),
        ("chat-luong", "Chất lượng", told.quality(facts)),
        ("can-xem", "Cần người xem", told.doubts(facts, crops)),
        ("den-han", "Việc đến hạn", told.deadlines(facts)),
        ("chi-tieu", "Chỉ tiêu và kết quả", told.targets(facts)),
        ("vien-dan", "Viện dẫn", told.citations(facts)),
        ("khong-doc-duoc", "Không đọc được", told.failures(facts)),
    ]
    links = [tag("a", title, href=f"#{place}") for place, title, _ in sections]
    body = join(
        _header(facts, name),
        tag("nav", tag("div", *links), aria_label="Các phần của báo cáo"),
        tag("main", *(tag("section", tag("h2", title), inner, id=place) for place, title, inner in sections)),
        tag(
            "footer",
            "Trang này đứng một mình: không cần mạng, không chứa mã lệnh. Giá trị nào máy không thấy trên giấy thì để trống.",
        ),
    )
    head = join(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"Báo cáo đọc văn bản – {name}"),
        tag("style", Markup(STYLE)),
    )
    return "<!doctype html>\n" + tag("html", tag("head", head), tag("body", body), lang="vi") + "\n"


def _header(facts: Facts, name: str) -> Markup:
    totals, run = facts.totals, facts.last_run
    ended = run.get("finished_at")
    about = f"{name}, lập ngày {day(facts.as_of)}"
    if ended is not None:
        about += f"; đọc lần cuối {ended:%d/%m/%Y %H:%M} (giờ UTC)"
    review = percent(totals.review / totals.documents) if totals.documents else "–"
    tiles = [
        _tile("Văn bản", totals.documents, f"{count(totals.pages)} trang"),
        _tile("Cần người xem", totals.review, f"{review} số văn bản", "warn" if totals.review else ""),
        _tile("Không đọc được", totals.failed_files, "tệp", "bad" if totals.failed_files else ""),
        _tile("Nhiệm vụ", totals.tasks, f"{count(facts.due.total)} việc sắp đến hạn"),
        _tile("Chỉ tiêu", totals.targets, f"{count(facts.pairs.total)} số liệu có kết quả báo cáo"),
        _tile("Kết quả báo cáo", totals.results),
    ]
    return tag(
        "header", tag("h1", "Báo cáo đọc văn bản"), tag("p", about, class_="muted"), tag("dl", *tiles, class_="tiles")
    )


def _tile(name: str, number: int, more: str = "", state: str = "") -> Markup:
    return tag(
        "div",
        tag("dt", name),
        tag("dd", count(number), tag("small", more) if more else None),
        class_=f"tile {state}".strip(),
    )
