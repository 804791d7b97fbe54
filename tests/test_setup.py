"""scripts/setup.sh on machines made of stand-ins: what it installs, and the one line it stops with."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ("sh", "cat", "mkdir", "grep", "cmp", "cp", "dirname", "head", "env", "touch", "chmod", "rm")

TESSERACT = 'echo "List of available languages (2):"; echo eng; echo vie'
TESSERACT_WITHOUT_VIE = "echo eng"
PYTHON = """
case "$*" in
    *"-m venv"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *"-m pip --version"*) ;;
    *"-m pip install"*) echo "pip $*" >>calls; test ! -e no-network ;;
    *--version*) echo "Python 3.13.1" ;;
esac
"""
OLD_PYTHON = 'case "$*" in *version_info*) exit 1 ;; esac'
PYTHON_WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1 ;; esac'
APT = """
echo "apt-get $*" >>calls
test ! -e no-network || exit 100
case "$*" in *" install "*) ;; *) touch updated; exit 0 ;; esac
test -e updated || exit 100
for word; do case $word in
    tesseract-ocr) printf '#!/bin/sh\\necho vie\\n' >bin/tesseract; chmod +x bin/tesseract ;;
    fonts-croscore) touch fonts ;;
    python3-venv) cp bin/good-python bin/python3 ;;
esac; done
"""


class Machine:
    """A folder with the project's set-up files and a PATH of stand-ins. `user`: 0 is root."""

    def __init__(self, folder: Path, programs: dict[str, str], user: int = 0) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.bin.mkdir()
        (folder / "scripts").mkdir()
        for name in ("scripts/setup.sh", "requirements.txt", "requirements-dev.txt"):
            shutil.copy(ROOT / name, folder / name)
        for tool in TOOLS:
            (self.bin / tool).symlink_to(str(shutil.which(tool)))
        fonts = "test ! -e fonts || echo Tinos-Regular.ttf"
        system = {"id": f"echo {user}", "uname": "echo Linux", "find": fonts, "good-python": PYTHON}
        for name, body in {**system, **programs}.items():
            program = self.bin / name
            program.write_text(f"#!/bin/sh\n{body}\n")
            program.chmod(0o755)

    def run(self, what: str = "run", **environment: str) -> subprocess.CompletedProcess[str]:
        (self.folder / "calls").unlink(missing_ok=True)
        return subprocess.run(
            ["sh", "scripts/setup.sh", what],
            cwd=self.folder,
            env={"PATH": str(self.bin), "HOME": str(self.folder / "home"), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def offline(self) -> None:
        (self.folder / "no-network").touch()

    @property
    def calls(self) -> list[str]:
        """What was asked of apt-get and pip in the last run."""
        calls = self.folder / "calls"
        return calls.read_text().splitlines() if calls.exists() else []


def test_a_bare_debian_gets_all_in_one_command(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"apt-get": APT})
    done = machine.run("test")
    assert done.returncode == 0, done.stderr
    wanted = "tesseract-ocr tesseract-ocr-vie fonts-croscore python3 python3-venv"
    assert [call.endswith(wanted) for call in machine.calls if " install " in call and "apt" in call] == [True, True]
    assert any("--require-hashes" in call and "requirements-dev.txt" in call for call in machine.calls)


def test_a_second_run_asks_for_nothing_and_says_nothing(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"apt-get": APT})
    assert machine.run("test").returncode == 0
    machine.offline()
    for what in ("test", "run"):
        again = machine.run(what)
        assert (again.returncode, again.stdout, again.stderr, machine.calls) == (0, "", "", [])


def test_running_needs_no_fonts(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"apt-get": APT, "tesseract": TESSERACT, "python3": PYTHON})
    assert machine.run("run").returncode == 0
    assert [call for call in machine.calls if call.startswith("apt-get")] == []


def test_changed_requirements_are_installed(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"tesseract": TESSERACT, "python3": PYTHON})
    assert machine.run().returncode == 0
    requirements = tmp_path / "requirements.txt"
    requirements.write_text(requirements.read_text() + "# changed\n")
    assert machine.run().returncode == 0
    assert machine.calls != []


@pytest.mark.parametrize(
    ("programs", "user", "line"),
    [
        (
            {"apt-get": APT},
            1000,
            "as root run: apt-get update && apt-get install -y tesseract-ocr tesseract-ocr-vie python3",
        ),
        ({"apt-get": APT, "sudo": "exit 1"}, 1000, "sudo does not let us in"),
        ({}, 0, "neither apt-get nor brew"),
        ({"uname": "echo Darwin"}, 501, "Homebrew is missing"),
        ({"tesseract": TESSERACT, "python3": OLD_PYTHON, "apt-get": "exit 0"}, 0, "Python 3.11 or newer"),
        ({"tesseract": TESSERACT, "python3": PYTHON_WITHOUT_VENV, "apt-get": "exit 0"}, 0, "PYTHON=/path/to/python"),
        ({"tesseract": TESSERACT_WITHOUT_VIE, "python3": PYTHON, "apt-get": "exit 0"}, 0, "Vietnamese data"),
    ],
)
def test_it_stops_with_one_line(tmp_path: Path, programs: dict[str, str], user: int, line: str) -> None:
    stopped = Machine(tmp_path, programs, user).run()
    assert stopped.returncode == 2
    assert stopped.stderr.count("\n") == 1
    assert line in stopped.stderr


def test_without_network_apt_is_the_reason(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"apt-get": APT})
    machine.offline()
    stopped = machine.run()
    assert stopped.returncode == 2
    assert stopped.stderr.count("\n") == 1
    assert "no network?" in stopped.stderr


def test_without_network_pip_is_the_reason(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"tesseract": TESSERACT, "python3": PYTHON})
    machine.offline()
    stopped = machine.run()
    assert stopped.returncode == 2
    assert stopped.stderr.count("\n") == 1
    assert "pip could not install requirements.txt" in stopped.stderr


def test_a_wrong_interpreter_is_named(tmp_path: Path) -> None:
    machine = Machine(tmp_path, {"tesseract": TESSERACT, "python3": PYTHON, "old": OLD_PYTHON})
    stopped = machine.run(PYTHON="old")
    assert stopped.returncode == 2
    assert "PYTHON=old is not a Python 3.11 or newer" in stopped.stderr


def test_a_wrong_argument_is_refused(tmp_path: Path) -> None:
    stopped = Machine(tmp_path, {}).run("fly")
    assert stopped.returncode == 2
    assert "say run or test" in stopped.stderr


def test_scripts_are_valid_shell() -> None:
    for script in sorted((ROOT / "scripts").glob("*.sh")):
        assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0, script
    assert subprocess.run(["bash", "-n", str(ROOT / ".ci" / "run")], check=False).returncode == 0
