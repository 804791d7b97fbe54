"""What is imported is declared, and what is declared is imported: nobody downloads for nothing."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("schemas", "normalizers", "extractors", "pipeline", "commands", "cli.py")
WORKSHOPS = ("tests", "samples", "training", "benchmarks", "scripts")
TOOLS = {"ruff", "mypy", "pytest-xdist", "flask", "flask-cors", "s3fs"}
"""Called as commands, or loaded by pytest, moto's server and fsspec, not imported."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def normal(name: str) -> str:
    return re.split(r"[\s\[<>=!~;]", name, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


RUN = {normal(name) for name in PROJECT["dependencies"]}
DEV = {normal(name) for name in PROJECT["optional-dependencies"]["dev"]}
EXTRAS = {normal(name) for extra in ("dask", "s3", "sftp") for name in PROJECT["optional-dependencies"][extra]}
BESIDE = {normal(name) for extra in ("training", "compare") for name in PROJECT["optional-dependencies"][extra]}
"""For commands that make the models anew or set others' tools beside ours."""


def modules(*places: str) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from [path] if path.suffix == ".py" else path.rglob("*.py")


def imported(*places: str) -> dict[str, str]:
    """Distribution -> a file that imports it, for all that is neither ours nor Python's own."""
    ours = {Path(place).stem for place in (*ROOMS, *WORKSHOPS)}
    owners = packages_distributions()
    found: dict[str, str] = {}
    for module in modules(*places):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for name in {name.partition(".")[0] for name in names} - ours - sys.stdlib_module_names:
                distribution = min(owners.get(name, [name]))
                found.setdefault(normal(distribution), str(module.relative_to(ROOT)))
    return found


def test_what_runs_imports_only_what_is_declared() -> None:
    assert {name: where for name, where in imported(*ROOMS).items() if name not in RUN | EXTRAS} == {}


def test_nothing_is_installed_that_no_room_imports() -> None:
    assert RUN - set(imported(*ROOMS)) == set()


def test_what_tests_imports_only_what_is_declared() -> None:
    assert {name: where for name, where in imported(*WORKSHOPS).items() if name not in RUN | DEV | BESIDE} == {}
    assert not BESIDE & set(imported("tests", "samples", "scripts"))


def test_nothing_is_installed_that_no_test_uses() -> None:
    assert DEV - TOOLS - set(imported(*ROOMS, *WORKSHOPS)) == set()
