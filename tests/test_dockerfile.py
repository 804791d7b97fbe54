"""The Dockerfile keeps the rules that matter. (hadolint, where it is installed, checks the rest: `hadolint Dockerfile`.)"""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.command import ROOT
from tests.test_rooms import ROOMS

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")


def steps(text: str) -> list[tuple[str, str]]:
    """(instruction, the rest), continued lines joined, comments left out."""
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [(word.upper(), rest) for word, _, rest in (line.partition(" ") for line in joined.splitlines())]


STEPS = steps(DOCKERFILE)


def test_bases_are_pinned() -> None:
    bases = [rest.split()[0] for word, rest in STEPS if word == "FROM"]
    assert bases
    assert [base for base in bases if not re.fullmatch(r"debian:\d+\.\d+-slim", base)] == []


def test_it_does_not_run_as_root() -> None:
    last = max(place for place, (word, _) in enumerate(STEPS) if word == "FROM")
    users = [rest for word, rest in STEPS[last:] if word == "USER"]
    assert users
    assert all(re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user) for user in users)
    assert [word for word, _ in STEPS[last:]].index("USER") < [word for word, _ in STEPS[last:]].index("ENTRYPOINT")


def test_apt_leaves_no_lists_and_pip_no_cache() -> None:
    apt = [rest for word, rest in STEPS if word == "RUN" and "apt-get install" in rest]
    assert apt
    for rest in apt:
        assert {"apt-get update", "--no-install-recommends", "rm -rf /var/lib/apt/lists/*"} <= {
            part
            for part in ("apt-get update", "--no-install-recommends", "rm -rf /var/lib/apt/lists/*")
            if part in rest
        }
    pip = [rest for word, rest in STEPS if word == "RUN" and "pip install" in rest]
    assert pip
    assert all("--no-cache-dir" in rest and "--require-hashes" in rest for rest in pip)


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert [word for word, _ in STEPS if word == "ADD"] == []
    assert re.search(r"https?://|curl|wget|\bsudo\b|:latest", DOCKERFILE) is None


def test_entry_and_command_are_lists() -> None:
    ways = [rest for word, rest in STEPS if word in ("ENTRYPOINT", "CMD")]
    assert len(ways) == 2
    assert all(re.fullmatch(r'\[("[^"]*"(, )?)+\]', way) for way in ways)


def test_every_room_is_copied_and_let_in() -> None:
    copied = " ".join(rest for word, rest in STEPS if word == "COPY").split()
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    for room in ROOMS:
        name = room if (ROOT / room).is_dir() else f"{room}.py"
        assert name in copied
        assert name in let_in
    assert all((ROOT / name).exists() for name in let_in)


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="hadolint is not installed")
def test_hadolint_is_content() -> None:
    checked = subprocess.run(["hadolint", "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stdout) == (0, "")
