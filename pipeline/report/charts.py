"""The plots of the report. None where there is nothing to draw."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from matplotlib.dates import DateFormatter, MonthLocator, date2num
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator

from pipeline.report.facts import BINS, Citation, Due, Facts, Pair
from pipeline.report.markup import Markup, shortened
from pipeline.report.plot import ACCENT, GOOD, INK, LINE, MUTED, SURFACE, WARN, plot
from pipeline.report.wording import count, figure

_WIDTH = 9.6
_ROW = 0.27


def _whole(value: float, _: object) -> str:
    return count(round(value))


def quality(facts: Facts) -> Markup | None:
    """Documents by how sure the reading is, those that need a person set off."""
    if not any(map(sum, facts.bins)):
        return None
    with plot("quality", _WIDTH, 2.4) as made:
        first = max(0, min(next(place for place, both in enumerate(facts.bins) if sum(both)) - 1, BINS // 2))
        for place, (fine, review) in list(enumerate(facts.bins))[first:]:
            left, right = 100 * place // BINS, 100 * (place + 1) // BINS
            for number, bottom, colour, words in ((fine, 0, ACCENT, "không cần xem"), (review, fine, WARN, "cần xem")):
                if number:
                    bar = made.axes.bar((left + right) / 2, number, 100 / BINS - 0.5, bottom, color=colour)
                    made.tip(bar.patches[0], f"Độ tin cậy {left}–{right} %: {count(number)} văn bản {words}")
        made.axes.set_xlim(100 * first / BINS - 0.6, 100)
        made.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f} %"))
        made.axes.yaxis.set_major_locator(MaxNLocator(4, integer=True, prune="lower"))
        made.axes.yaxis.set_major_formatter(FuncFormatter(_whole))
        made.axes.grid(axis="y")
        made.axes.spines["left"].set_visible(False)
        made.axes.set_xlabel("Độ tin cậy trung bình của các trường")
        made.axes.set_ylabel("Văn bản")
        return made.svg("Số văn bản theo độ tin cậy")


def calendar(months: Mapping[dt.date, int]) -> Markup | None:
    """Tasks by the month they fall due."""
    if not months:
        return None
    first, last = min(months), max(months)
    span = (last.year - first.year) * 12 + last.month - first.month + 1
    listed = [dt.date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(span)]
    with plot("calendar", _WIDTH, 2.1) as made:
        for place, month in enumerate(listed):
            number = months.get(month, 0)
            if number:
                bar = made.axes.bar(place, number, 0.72, color=ACCENT)
                made.tip(bar.patches[0], f"Tháng {month:%m/%Y}: {count(number)} nhiệm vụ đến hạn")
                made.axes.annotate(
                    count(number), (place, number), (0, 3), textcoords="offset points", ha="center", color=INK, size=9.5
                )
        made.axes.set_xlim(-0.6, max(len(listed), 8) - 0.4)
        made.axes.set_ylim(0, max(months.values()) * 1.18)
        made.axes.set_xticks(
            range(len(listed)),
            [
                f"{month:%m}\n{month:%Y}" if n == 0 or month.month == 1 else f"{month:%m}"
                for n, month in enumerate(listed)
            ],
        )
        made.axes.yaxis.set_visible(False)
        made.axes.spines["left"].set_visible(False)
        return made.svg("Số nhiệm vụ đến hạn theo tháng")


def gantt(due: Sequence[Due], as_of: dt.date) -> Markup | None:
    """The next tasks, each from its first to its last day; a diamond where only the last is known."""
    if not due:
        return None
    begin = as_of - dt.timedelta(days=21)
    end = max(item.due_on for item in due)
    with plot("gantt", _WIDTH, 0.75 + _ROW * len(due)) as made:
        axes = made.axes
        for row, item in enumerate(due):
            words = f"{item.content or ''} – {item.lead or 'chưa rõ chủ trì'}, hạn {item.due_on:%d/%m/%Y} ({item.code or 'không số'})"
            if item.starts_on is not None and item.starts_on < item.due_on:
                start = max(item.starts_on, begin)
                bars = axes.barh(row, (item.due_on - start).days + 1, 0.58, date2num(start), color=ACCENT)
                made.tip(bars.patches[0], words)
            else:
                (mark,) = axes.plot([date2num(item.due_on)], [row], "D", color=ACCENT, markersize=6)
                made.tip(mark, words)
        axes.set_yticks(range(len(due)), [shortened(item.content, 44) or "(không rõ nội dung)" for item in due])
        axes.tick_params(axis="y", labelcolor=INK, pad=6)
        axes.set_ylim(len(due) - 0.4, -0.6)
        axes.set_xlim(date2num(begin), date2num(end + dt.timedelta(days=max(6, (end - begin).days // 25))))
        axes.xaxis_date()
        span = (end - begin).days
        axes.xaxis.set_major_locator(MonthLocator(interval=max(1, -(-span // 240))))
        axes.xaxis.set_major_formatter(DateFormatter("%m/%Y"))
        axes.xaxis.tick_top()
        axes.grid(axis="x")
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        line = axes.axvline(date2num(as_of), color=WARN, linewidth=1.3)
        made.tip(line, f"Ngày lập báo cáo: {as_of:%d/%m/%Y}")
        return made.svg("Các nhiệm vụ sắp đến hạn trên trục thời gian")


def targets(pairs: Sequence[Pair]) -> Markup | None:
    """Results beside targets, both in per cent of the target."""
    drawn = [pair for pair in pairs if pair.target_value > 0 and 0 <= pair.result_value / pair.target_value <= 3]
    if not drawn:
        return None
    with plot("targets", _WIDTH, 0.8 + _ROW * len(drawn)) as made:
        axes = made.axes
        axes.axvline(100, color=MUTED, linewidth=1.2)
        for row, pair in enumerate(drawn):
            share = 100 * pair.result_value / pair.target_value
            colour = {True: GOOD, False: WARN, None: MUTED}[pair.reached]
            (stem,) = axes.plot([100, share], [row, row], color=colour, linewidth=2.4, solid_capstyle="round")
            (mark,) = axes.plot([share], [row], "o", color=colour, markersize=8, markeredgecolor=SURFACE)
            words = (
                f"Chỉ tiêu {figure(pair.target_value)} {pair.unit or ''}, kết quả {figure(pair.result_value)}: "
                f"{shortened(pair.target, 160)}"
            )
            made.tip(stem, words)
            made.tip(mark, words)
        axes.set_yticks(range(len(drawn)), [shortened(pair.target, 46) for pair in drawn])
        axes.tick_params(axis="y", labelcolor=INK, pad=6)
        axes.set_ylim(len(drawn) - 0.4, -0.6)
        low, high = axes.get_xlim()
        axes.set_xlim(min(low, 70), max(high, 112))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.0f} %"))
        axes.xaxis.tick_top()
        axes.grid(axis="x")
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)
        return made.svg("Kết quả so với chỉ tiêu, phần trăm của chỉ tiêu")


def citations(links: Sequence[Citation]) -> Markup | None:
    """Who cites what: papers here on the left, the codes they cite on the right, the most cited first."""
    if not links:
        return None
    times = {link.cited_code: link.papers for link in links}
    right = sorted(times, key=lambda code: (-times[code], code))
    heights = {code: place for place, code in enumerate(right)}
    codes = {link.doc_id: link.code or "(không số)" for link in links}
    # Papers beside what they cite, so that few lines cross.
    mean = {doc: [heights[link.cited_code] for link in links if link.doc_id == doc] for doc in codes}
    left = sorted(codes, key=lambda doc: (sum(mean[doc]) / len(mean[doc]), doc))
    rows = max(len(left), len(right))
    here = {link.cited_code for link in links if link.here}
    with plot("citations", _WIDTH, 0.5 + 0.3 * rows) as made:
        axes = made.axes
        at_left = {doc: (place + 0.5) * rows / len(left) for place, doc in enumerate(left)}
        at_right = {code: (place + 0.5) * rows / len(right) for place, code in enumerate(right)}
        for link in links:
            y0, y1 = at_left[link.doc_id], at_right[link.cited_code]
            curve = Path([(0, y0), (0.5, y0), (0.5, y1), (1, y1)], [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4])
            patch = PathPatch(curve, fill=False, edgecolor=ACCENT if link.cited_code in here else LINE, linewidth=1.4)
            axes.add_patch(patch)
            made.tip(patch, f"{codes[link.doc_id]} viện dẫn {link.cited_code}")
        for doc, y in at_left.items():
            axes.plot([0], [y], "o", color=ACCENT, markersize=5)
            axes.text(-0.02, y, shortened(codes[doc], 26), ha="right", va="center")
        for code, y in at_right.items():
            axes.plot([1], [y], "o", color=ACCENT if code in here else MUTED, markersize=3 + min(8, times[code]))
            axes.text(1.03, y, f"{shortened(code, 26)}  ×{times[code]}", ha="left", va="center")
        axes.set_xlim(-0.34, 1.36)
        axes.set_ylim(rows, 0)
        axes.axis("off")
        return made.svg("Mạng viện dẫn giữa các văn bản")
