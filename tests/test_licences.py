"""No package under a licence that this project does not accept, and a page that lists them all."""

from __future__ import annotations

import re

import pytest

from scripts.licences import REFUSED, ROOT, licence_of, licences


def test_no_package_is_refused() -> None:
    found = licences()
    assert sum(f.licence is not None for f in found) > 50
    assert [f for f in found if f.refused] == []


def test_the_page_lists_every_pinned_package() -> None:
    page = (ROOT / "docs" / "licences.md").read_text("utf-8")
    listed = re.findall(r"^\| ([\w.-]+) \| [^|]+ \| (run|test) \|$", page, re.MULTILINE)
    assert listed == [(f.package, f.needed_to) for f in licences()]


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("GNU General Public License v3 (GPLv3)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-2.1-only", False),
        ("GNU Lesser General Public License v3", False),
        ("MPL-2.0 AND MIT", False),
    ],
)
def test_what_is_refused(words: str, refused: bool) -> None:
    assert bool(REFUSED.search(words)) is refused


def test_a_package_that_is_not_there_has_no_licence() -> None:
    assert licence_of("a-package-that-nobody-wrote") is None
