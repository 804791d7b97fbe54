"""The sections of the page."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.report import charts
from pipeline.report.crops import Crop
from pipeline.report.facts import Doubt, Facts, Kind
from pipeline.report.markup import Child, Markup, join, shortened, tag
from pipeline.report.parts import day, drawing, key, more, short_path, table
from pipeline.report.wording import (
    CATEGORIES,
    CHECKS,
    COMPARATORS,
    KINDS,
    OTHER,
    RECURRENCES,
    UNKNOWN_KIND,
    count,
    field_name,
    figure,
    percent,
)


def read(facts: Facts) -> Markup:
    most = max((kind.documents for kind in facts.kinds.items), default=0)

    def bar(kind: Kind) -> Markup:
        fine, review = 100 * (kind.documents - kind.review) / most, 100 * kind.review / most
        return _bar((fine, None), (review, "warn"), title=f"{kind.review} trong {kind.documents} cần xem")

    rows = [
        (
            kind.name or "Chưa rõ loại",
            bar(kind),
            count(kind.documents),
            count(kind.pages),
            count(kind.review),
            percent(kind.confidence),
        )
        for kind in facts.kinds.items
    ]
    columns = (("Loại văn bản", ""), ("", ""), ("Văn bản", "n"), ("Trang", "n"), ("Cần xem", "n"), ("Độ tin cậy", "n"))
    sources = ", ".join(f"{count(number)} {KINDS.get(kind, kind)}" for kind, number in facts.sources.items())
    return join(
        tag("p", f"Nguồn: {sources}." if sources else "Chưa có văn bản nào.", class_="lead"),
        table(columns, rows) if rows else None,
        more(facts.kinds, "loại"),
    )


def quality(facts: Facts) -> Markup:
    columns = (("Văn bản", "keep"), ("Trích yếu", "wide"), ("Trang", "n"), ("Độ tin cậy", "n"))
    rows = [
        (
            join(item.code or "(không số)", tag("div", item.kind or "chưa rõ loại", class_="path")),
            join(
                shortened(item.title, 130),
                tag("div", short_path(item.source_path), class_="path", title=item.source_path),
            ),
            count(item.pages),
            percent(item.confidence),
        )
        for item in facts.weak.items
    ]
    return join(
        tag(
            "p",
            "Độ tin cậy là khả năng đúng, đo trên các văn bản mẫu; văn bản mờ, nhàu, đóng dấu đè có thể khó hơn thế.",
            class_="lead",
        ),
        drawing(charts.quality(facts), key("không cần xem"), key("cần người xem", "warn")),
        tag("h3", "Những văn bản nên xem trước") if rows else None,
        table(columns, rows) if rows else None,
        more(facts.weak, "văn bản"),
    )


def doubts(facts: Facts, crops: Sequence[Crop]) -> Markup:
    if not facts.doubts.items:
        return tag("p", "Không có gì cần xem.", class_="lead")
    return join(
        tag("p", "Khung cam là chỗ máy đã đọc. So với giấy, sửa nếu cần.", class_="lead"),
        tag("ul", *map(_doubt, facts.doubts.items, crops), class_="doubts"),
        more(facts.doubts, "chỗ"),
    )


def _doubt(doubt: Doubt, crop: Crop) -> Markup:
    name, read = field_name(doubt.field), shortened(doubt.read, 220)
    page = f", trang {doubt.page}" if doubt.page else ""
    if doubt.reason == "doubtful":
        why = None
    else:
        words = CHECKS.get(doubt.check or "", "") if doubt.reason == "check" else UNKNOWN_KIND
        why = tag("p", words or shortened(doubt.message, 300), title=doubt.message)
    shown = (
        tag("img", src=crop.uri, width=crop.width, height=crop.height, alt=f"{name}: {read}")
        if crop.uri
        else tag("div", "Không có hình: ", crop.why_not, class_="gone")
    )
    return tag(
        "li",
        tag("span", percent(doubt.confidence), class_="why", title="Độ tin cậy")
        if doubt.confidence is not None
        else None,
        tag("b", name),
        tag(
            "div",
            doubt.code or "(không số)",
            " · ",
            short_path(doubt.source_path),
            page,
            class_="path",
            title=doubt.source_path,
        ),
        why,
        tag("p", "Giá trị: ", tag("span", shortened(doubt.value, 220), class_="read")) if doubt.value else None,
        tag("p", "Chữ máy thấy: ", read, class_="path") if read and read != doubt.value else None,
        shown,
        class_="doubt",
    )


def deadlines(facts: Facts) -> Markup:
    recurring = ", ".join(f"{count(number)} {RECURRENCES.get(code, code)}" for code, number in facts.recurring.items())
    told = [
        f"{count(facts.due.total)} nhiệm vụ đến hạn từ ngày {day(facts.as_of)}",
        f"{count(facts.past)} nhiệm vụ có hạn đã qua",
        f"{count(facts.undated)} nhiệm vụ không ghi hạn",
    ]
    columns = (("Hạn", "keep"), ("Nhiệm vụ", "wide"), ("Chủ trì", ""), ("Ghi trên giấy", ""), ("Văn bản", "keep"))
    rows = [
        (day(item.due_on), shortened(item.content, 220), item.lead, item.deadline, item.code)
        for item in facts.due.items
    ]
    return join(
        tag("p", "; ".join(told) + (f". Việc lặp lại: {recurring}." if recurring else "."), class_="lead"),
        drawing(charts.calendar(facts.months), "Số nhiệm vụ đến hạn theo tháng."),
        drawing(
            charts.gantt(facts.due.items, facts.as_of),
            key("từ ngày bắt đầu đến hạn (hình thoi: chỉ biết hạn)"),
            key("ngày lập báo cáo", "warn"),
        ),
        tag("h3", "Những việc gần nhất") if rows else None,
        table(columns, rows) if rows else None,
        more(facts.due, "nhiệm vụ"),
        _leads(facts),
    )


def _leads(facts: Facts) -> Markup | None:
    if not facts.leads.items:
        return None
    most = facts.leads.items[0].tasks
    rows = [
        (item.agency, _bar((100 * item.tasks / most, None)), count(item.tasks), day(item.first))
        for item in facts.leads.items
    ]
    columns = (("Cơ quan, đơn vị chủ trì", "wide"), ("", ""), ("Việc sắp đến hạn", "n"), ("Hạn gần nhất", "n"))
    return join(tag("h3", "Ai chủ trì"), table(columns, rows), more(facts.leads, "cơ quan, đơn vị"))


def _bar(*parts: tuple[float, str | None], title: str | None = None) -> Markup:
    """Shares of a hundred, side by side, each with its class."""
    inner = [tag("i", class_=state, style=f"width:{share:.1f}%") for share, state in parts if share]
    return tag("span", *inner, class_="bar", title=title)


def targets(facts: Facts) -> Markup:
    if not facts.pairs.items:
        return tag("p", "Chưa có báo cáo nào nói về chỉ tiêu của các kế hoạch ở đây.", class_="lead")
    states = {True: ("đạt", "good"), False: ("chưa đạt", "warn"), None: ("chưa rõ", "")}

    def row(number: int) -> tuple[Child, ...]:
        pair = facts.pairs.items[number]
        words, kind = states[pair.reached]
        unit = f" {pair.unit}" if pair.unit else ""
        return (
            join(shortened(pair.target, 200), tag("div", pair.plan_code, " · ", pair.unit_name or "", class_="path")),
            join(shortened(pair.result, 200), tag("div", pair.report_code, class_="path")),
            f"{COMPARATORS.get(pair.comparator or '', '')} {figure(pair.target_value)}{unit}".strip(),
            f"{figure(pair.result_value)}{unit}",
            tag("span", words, class_=f"state {kind}".strip()),
        )

    columns = (("Chỉ tiêu", "wide"), ("Báo cáo nói", "wide"), ("Chỉ tiêu", "n"), ("Kết quả", "n"), ("", ""))
    return join(
        tag(
            "p",
            f"{count(facts.reached)} trong {count(facts.pairs.total)} số liệu đạt chỉ tiêu. Cặp được ghép theo lời văn, đơn vị và thời kỳ.",
            class_="lead",
        ),
        drawing(
            charts.targets(facts.pairs.items),
            "Kết quả bằng mấy phần trăm chỉ tiêu. ",
            key("đạt", "good"),
            key("chưa đạt", "warn"),
        ),
        table(columns, map(row, range(len(facts.pairs.items)))),
        more(facts.pairs, "cặp"),
    )


def citations(facts: Facts) -> Markup:
    if not facts.citations:
        return tag("p", "Không có viện dẫn nào.", class_="lead")
    return join(
        tag(
            "p",
            f"{count(facts.cited)} văn bản được viện dẫn; hình vẽ những văn bản được viện dẫn nhiều nhất.",
            class_="lead",
        ),
        drawing(
            charts.citations(facts.citations),
            "Trái: văn bản ở đây; phải: văn bản được viện dẫn và số văn bản viện dẫn. ",
            key("văn bản được viện dẫn có trong cơ sở dữ liệu"),
            key("không có", "line"),
        ),
    )


def failures(facts: Facts) -> Markup:
    if not facts.failures.items:
        return tag("p", "Mọi tệp đều đã đọc được.", class_="lead")
    advice = []
    for category, number in facts.failed.items():
        name, words = CATEGORIES.get(category, OTHER)
        advice.append(tag("div", tag("b", f"{name}: {count(number)} tệp"), tag("p", words)))
    columns = (("Tệp", "wide"), ("Trang", "n"), ("Vì sao", ""), ("Báo lỗi", "wide"))
    rows = [
        (
            join(short_path(item.source_path), tag("div", item.source_path, class_="path")),
            item.page,
            CATEGORIES.get(item.category, OTHER)[0],
            shortened(item.error, 240),
        )
        for item in facts.failures.items
    ]
    return join(
        tag("div", *advice, class_="advice"),
        table(columns, rows),
        more(facts.failures, "lỗi"),
    )
