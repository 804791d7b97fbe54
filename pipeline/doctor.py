"""The machine's components: what is there, in which version, and what is missing."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from typing import NamedTuple

LEAST_PYTHON = (3, 11)
INSTALL_TESSERACT = "apt-get install tesseract-ocr tesseract-ocr-vie"
_DISTRIBUTION = "vanban"


class Component(NamedTuple):
    """One component. version: None where it is missing. needed: whether nothing works without it. cure: what installs it."""

    name: str
    version: str | None
    needed: bool = True
    cure: str = ""


def components() -> list[Component]:
    """All that the program rests on."""
    return [*_python(), *_tesseract(), *_packages()]


def listing(found: list[Component]) -> list[str]:
    """A line a component."""
    width = max(len(item.name) for item in found)
    return [f"{item.name:<{width}}  {item.version or ('MISSING' if item.needed else 'none')}" for item in found]


def cures(found: list[Component]) -> list[str]:
    """What is needed and missing, with the command that installs it; empty where all is well."""
    missing = [item for item in found if item.version is None and item.needed]
    return [
        f"missing: {', '.join(item.name for item in missing if item.cure == cure)}. Install with: {cure}"
        for cure in dict.fromkeys(item.cure for item in missing)
    ]


def _python() -> list[Component]:
    version = platform.python_version()
    least = ".".join(map(str, LEAST_PYTHON))
    good = sys.version_info[:2] >= LEAST_PYTHON
    return [
        Component("python", version if good else None, cure=f"install Python {least} or newer (here: {version})"),
        Component("system", platform.platform(), needed=False),
    ]


def _tesseract() -> list[Component]:
    program = shutil.which("tesseract")
    if program is None:
        return [Component(name, None, cure=INSTALL_TESSERACT) for name in ("tesseract", "tesseract language vie")]
    version = _said(program, "--version").partition("\n")[0].removeprefix("tesseract").strip()
    languages = sorted(line.strip() for line in _said(program, "--list-langs").splitlines()[1:] if line.strip())
    return [
        Component("tesseract", f"{version} ({program})" if version else None, cure=INSTALL_TESSERACT),
        Component("tesseract language vie", "installed" if "vie" in languages else None, cure=INSTALL_TESSERACT),
        Component("tesseract languages", ", ".join(languages) or None, needed=False),
    ]


def _said(program: str, option: str) -> str:
    try:
        done = subprocess.run([program, option], capture_output=True, text=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout or done.stderr


_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)([^;]*)(?:;(.*))?$")


def _packages() -> list[Component]:
    found = []
    for name in requirements():
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            version = None
        found.append(Component(name, version, cure="make setup"))
    return found


def requirements() -> list[str]:
    """Names of the packages that the program needs, as its own metadata or pyproject.toml lists them."""
    import tomllib
    from pathlib import Path

    project = Path(__file__).parent.parent / "pyproject.toml"
    if project.is_file():
        lines = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    else:
        lines = [line for line in metadata.requires(_DISTRIBUTION) or () if "extra ==" not in line]
    matches = (_REQUIREMENT.match(line.strip()) for line in lines)
    return [match[1] for match in matches if match]
