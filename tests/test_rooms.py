"""The house rules that a reader can rely on: imports go downwards only, files stay small, nothing names an index."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "normalizers", "extractors", "pipeline", "commands", "cli")
"""Lowest first: a room imports itself and the rooms before it."""
WORKSHOPS = ("training", "samples", "benchmarks", "scripts", "tests")
"""They may import every room; no room imports them."""
LONGEST = 300
HOSTS = re.compile(
    r"https?://[\w.-]*(?:pypi|pythonhosted|npmjs|debian\.org|ubuntu\.com|conda|anaconda|goproxy|golang\.org)[\w./-]*"
    r"|\bdeb\.debian\.org\b|\bfiles\.pythonhosted\.org\b|--(?:extra-)?index-url\s+\S"
)
FOCUS = re.compile(
    r"^\s*@pytest\.mark\.(?:only|focus)\b|^\s*(?:breakpoint\(\)|import pdb)|pytest\.set_trace\(", re.MULTILINE
)


def tracked() -> list[Path]:
    """Every file under version control, or, in an unpacked archive, every file that is not output."""
    listed = subprocess.run(
        ["git", "-c", "core.quotePath=off", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not {".venv", ".work", "out", "__pycache__"} & set(p.parts)]
    return sorted(p for p in paths if p.is_file())


TRACKED = tracked()
MODULES = [p for p in TRACKED if p.suffix == ".py"]


def room_of(module: Path) -> str:
    first = module.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and first part of the name of every import, those inside functions included; relative ones are named `.`."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." if node.level else (node.module or "").partition(".")[0]
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute | ast.Name)
            and getattr(node.func, "attr", getattr(node.func, "id", "")) in ("import_module", "__import__")
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            yield node.lineno, str(node.args[0].value).partition(".")[0]


def upward(room: str, source: str) -> list[tuple[int, str]]:
    """Imports of `room` that go up, or sideways into a workshop."""
    if room not in ROOMS:
        return []
    allowed = ROOMS[: ROOMS.index(room) + 1]
    ours = {*ROOMS, *WORKSHOPS}
    return [(line, name) for line, name in imports(source) if name == "." or (name in ours and name not in allowed)]


@pytest.mark.parametrize(
    ("room", "source", "caught"),
    [
        ("schemas", "import normalizers.dates", True),
        ("normalizers", "from extractors import rule", True),
        ("extractors", "def f():\n    from pipeline.read import read", True),
        ("pipeline", "import importlib\nimportlib.import_module('cli')", True),
        ("pipeline", "from samples import generate", True),
        ("extractors", "from .rule import Rule", True),
        ("extractors", "from normalizers.dates import read_date\nimport extractors.rule\nimport re", False),
        ("cli", "import pipeline.run", False),
        ("tests", "import cli", False),
    ],
)
def test_an_upward_import_is_seen(room: str, source: str, caught: bool) -> None:
    assert bool(upward(room, source)) is caught


def test_imports_go_downwards() -> None:
    wrong = [
        f"{module.relative_to(ROOT)}:{line} imports {name}"
        for module in MODULES
        for line, name in upward(room_of(module), module.read_text("utf-8"))
    ]
    assert wrong == []


def test_every_room_is_there() -> None:
    rooms = {room_of(module) for module in MODULES}
    assert set(ROOMS) <= rooms


@pytest.mark.parametrize("room", ROOMS[:3])
def test_the_lower_rooms_start_without_the_upper_ones(room: str) -> None:
    """Imported for itself, a room loads nothing above it, nor the heavy libraries of the pipeline."""
    code = f"import sys, {room}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    modules = {name.partition(".")[0] for name in loaded.stdout.split()}
    assert not modules & {*ROOMS[ROOMS.index(room) + 1 :], "cv2", "duckdb", "pdfplumber", "onnxruntime"}


def test_files_stay_small() -> None:
    lengths = {str(m.relative_to(ROOT)): len(m.read_text("utf-8").splitlines()) for m in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_file_names_an_index() -> None:
    """Packages come from where the user's own pip, apt and brew are told to get them."""
    named = []
    for path in TRACKED:
        data = path.read_bytes()
        if path == Path(__file__).resolve() or b"\0" in data[:8192]:
            continue
        named += [f"{path.relative_to(ROOT)}: {hit.group()}" for hit in HOSTS.finditer(data.decode("utf-8", "replace"))]
    assert named == []


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("--index-url https://" + "pypi.example/simple", True),
        ("deb http://deb." + "debian.org/debian bookworm main", True),
        ("pip install --require-hashes -r requirements.txt", False),
        ("sudo apt-get install -y tesseract-ocr", False),
    ],
)
def test_an_index_is_seen(text: str, seen: bool) -> None:
    assert bool(HOSTS.search(text)) is seen


def test_no_test_is_left_focused() -> None:
    left = [str(m.relative_to(ROOT)) for m in MODULES if m != Path(__file__) and FOCUS.search(m.read_text("utf-8"))]
    assert left == []


def test_both_lock_files_agree() -> None:
    """What runs is a part of what tests, version by version, and every line of both is hashed."""

    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text("utf-8").splitlines()
        return {line.rstrip(" \\") for line in lines if re.match(r"[A-Za-z0-9]", line)}

    run, dev = pins("requirements.txt"), pins("requirements-dev.txt")
    assert run
    assert run < dev
    assert all("==" in pin for pin in dev)
    for name in ("requirements.txt", "requirements-dev.txt"):
        entries = re.split(r"\n(?=[A-Za-z0-9])", (ROOT / name).read_text("utf-8"))
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
