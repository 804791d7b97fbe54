"""Which files are meant by what stands on the command line, and which bytes they hold."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from pipeline.database.rows import path_text
from schemas.result import Category, Failure, Stage

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"})
"""What is taken from a folder. A file that is named itself is always tried."""

_SAME = {".jpeg": ".jpg", ".tiff": ".tif"}


class Inputs(NamedTuple):
    """files: absolute paths, sorted, each once. missing: what was named and is not there. skipped: links that
    lead out of the folder in which they stand."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]
    skipped: tuple[Path, ...]


def find_inputs(named: Iterable[str]) -> Inputs:
    """The files behind names of files, folders (with all below them) and patterns such as 'scans/**/*.pdf'."""
    files: set[Path] = set()
    missing: list[str] = []
    skipped: set[Path] = set()
    for name in named:
        paths = [name] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))
        if not paths:
            missing.append(name)
        for path in paths:
            if os.path.isdir(path):
                for found, inside in _walk(Path(os.path.abspath(path))):
                    (files if inside else skipped).add(found)
            else:
                files.add(Path(os.path.abspath(path)))
    return Inputs(tuple(sorted(files)), tuple(missing), tuple(sorted(skipped - files)))


def _walk(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Files of the folder and whether they stand inside it; links to folders are not followed."""
    home = os.path.realpath(folder)
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            if path.suffix.lower() not in SUFFIXES:
                continue
            target = os.path.realpath(path)
            inside = not path.is_symlink() or not os.path.exists(target) or os.path.commonpath([home, target]) == home
            yield path, inside


def suffix_of(path: Path) -> str:
    """The suffix that decides how a file is read, in one spelling.

    >>> suffix_of(Path("a.JPEG")), suffix_of(Path("b.pdf"))
    ('.jpg', '.pdf')
    """
    suffix = path.suffix.lower()
    return _SAME.get(suffix, suffix)


class Unreadable(Exception):
    """A file whose bytes cannot be had."""

    def __init__(self, path: Path, stage: Stage, category: Category, message: str) -> None:
        super().__init__(message)
        self.failure = Failure(path_text(path), None, stage, category, None, message)


def fingerprint(path: Path) -> str:
    """SHA-256 of the file's bytes, hex. Raises Unreadable."""
    with _opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def contents(path: Path, sha256: str) -> bytes:
    """The file's bytes, if they are still those of the fingerprint. Raises Unreadable."""
    with _opened(path) as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise Unreadable(path, "open", "missing", "the file changed since it was found; run again when it rests")
    return data


@contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise Unreadable(path, "open", "unsupported", "not a file with bytes to read (a pipe, a device, a socket)")
        with open(path, "rb") as file:
            yield file
    except FileNotFoundError:
        raise Unreadable(path, "find", "missing", "the file is not there (removed, or a link to nowhere)") from None
    except PermissionError:
        raise Unreadable(path, "open", "denied", "no permission to read the file") from None
    except OSError as error:
        raise Unreadable(path, "open", "damaged", f"the file cannot be read: {error.strerror}") from error
