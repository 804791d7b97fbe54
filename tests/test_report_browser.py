"""The report in a real browser, headless: where there is a Chromium (.ci/run installs Debian's)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.filed import paper
from tests.test_report_page import a_plan, a_report, fill, written

BROWSER = next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None
)
LIGHT, DARK = 1, 0
MEASURE = """<script>
const wide = [...document.querySelectorAll('body *')].filter(e => !e.closest('.scroll, figure, nav') && e.getBoundingClientRect().right > innerWidth + 1);
document.documentElement.dataset.measured = [innerWidth, document.documentElement.scrollWidth, document.body.scrollHeight, wide.length].join(' ');
</script></body>"""

pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no Chromium here")]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    db = tmp_path_factory.mktemp("report") / "x.duckdb"
    fill(db, *(paper(f"plan{number}", "Kế hoạch", a_plan()) for number in range(9)), paper("report", "", a_report()))
    written(db)
    return db.parent / "out" / "report.html"


def browse(page: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Opens the page; what it says on its console stands in stderr."""
    assert BROWSER is not None
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr"]
    profile = f"--user-data-dir={page.parent / 'profile'}"
    done = subprocess.run(
        [*command, profile, *options, page.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    assert "CONSOLE" not in done.stderr, done.stderr
    return done


def shot(page: Path, width: int, height: int, scheme: int) -> np.ndarray:
    picture = page.with_name(f"{width}-{scheme}.png")
    browse(
        page,
        f"--screenshot={picture}",
        f"--window-size={width},{height}",
        f"--blink-settings=preferredColorScheme={scheme}",
        "--force-device-scale-factor=1",
    )
    with Image.open(picture) as image:
        assert image.size == (width, height)
        return np.asarray(image.convert("L"), dtype=float)


@pytest.mark.parametrize("width", [1200, 400])
def test_it_is_drawn_in_both_schemes(report: Path, width: int) -> None:
    light, dark = shot(report, width, 1600, LIGHT), shot(report, width, 1600, DARK)
    assert light.mean() > 190 > 90 > dark.mean()
    for picture in (light, dark):
        rows_with_print = (picture.max(axis=1) - picture.min(axis=1) > 100).mean()
        assert rows_with_print > 0.4  # not blank, from top to bottom
        assert len(np.unique(picture)) > 60


@pytest.mark.parametrize("width", [1200, 400])
def test_nothing_hangs_over_the_side(report: Path, width: int) -> None:
    measured = report.with_name("measured.html")
    page = report.read_text("utf-8")
    assert page.count("</body>") == 1
    # The page forbids scripts; the copy that is measured does not.
    measured.write_text(re.sub(r'<meta http-equiv="[^>]*>', "", page).replace("</body>", MEASURE), "utf-8")
    drawn = browse(measured, "--dump-dom", f"--window-size={width},900").stdout
    found = re.search(r'data-measured="(\d+) (\d+) (\d+) (\d+)"', drawn)
    assert found
    inner, scroll, height, over = map(int, found.groups())
    assert inner == width
    assert scroll <= inner
    assert over == 0
    assert height > 2000


def test_it_prints(report: Path) -> None:
    target = report.with_name("report.pdf")
    browse(report, f"--print-to-pdf={target}", "--no-pdf-header-footer")
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(target) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        assert 2 <= len(document) <= 20
    assert "Báo cáo đọc văn bản" in text
    assert "64/KH-UBND" in text
