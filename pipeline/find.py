"""Which files are meant by what stands on the command line, and which bytes they hold."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

from pipeline.database.rows import path_text
from pipeline.remote import RemoteError, RemotePath, is_remote, listed, opened, size_of
from schemas.result import Category, Failure, Job, Stage

SUFFIXES = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"})
"""What is taken from a folder. A file that is named itself is always tried."""

MOST_BYTES = 1 << 30
"""Of one file: it is held in memory while it is read. A colour scan of a thousand pages has less."""

_SAME = {".jpeg": ".jpg", ".tiff": ".tif"}


class Inputs(NamedTuple):
    """files: absolute paths, sorted, each once. missing: what was named and is not there. skipped: links that
    lead out of the folder in which they stand. versions: of files on other machines, what changes with their bytes."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]
    skipped: tuple[Path, ...]
    versions: Mapping[Path, str] = MappingProxyType({})


def find_inputs(named: Iterable[str], *, follow_links: bool = False) -> Inputs:
    """The files behind names of files, folders (with all below them), patterns such as 'scans/**/*.pdf', and addresses
    of all these on other machines (s3://bucket/folder).

    follow_links: also those out of the folders, to files and to folders. Raises RemoteError, ComponentMissing.
    """
    files: set[Path] = set()
    missing: list[str] = []
    skipped: set[Path] = set()
    versions: dict[Path, str] = {}
    for name in named:
        if is_remote(name):
            found_there = [one for one in listed(name) if one.path.suffix.lower() in SUFFIXES or str(one.path) == name]
            files.update(one.path for one in found_there)
            versions.update((one.path, one.version) for one in found_there if one.version)
            if not found_there:
                missing.append(name)
            continue
        paths = [name] if os.path.lexists(name) else sorted(glob.glob(name, recursive=True))
        if not paths:
            missing.append(name)
        for path in paths:
            if os.path.isdir(path):
                for found, inside in _walk(Path(os.path.abspath(path)), follow_links):
                    (files if inside else skipped).add(found)
            else:
                files.add(Path(os.path.abspath(path)))
    return Inputs(tuple(sorted(files)), tuple(missing), tuple(sorted(skipped - files)), versions)


def _walk(folder: Path, follow: bool) -> Iterator[tuple[Path, bool]]:
    """Files of the folder and whether they are to be read: inside it, or links are followed (each folder once)."""
    home = os.path.realpath(folder)
    seen: set[tuple[int, int]] = set()
    for root, folders, names in os.walk(folder, followlinks=follow):
        if follow:
            about = os.stat(root)
            if (about.st_dev, about.st_ino) in seen:  # links may lead in circles
                folders.clear()
                continue
            seen.add((about.st_dev, about.st_ino))
        for name in names:
            path = Path(root, name)
            if path.suffix.lower() not in SUFFIXES:
                continue
            if follow:
                yield path, True
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
        digest = hashlib.sha256()
        while block := file.read(1 << 20):
            digest.update(block)
        return digest.hexdigest()


def contents(job: Job) -> bytes:
    """The bytes of the job's file, if they are still those of its fingerprint. Raises Unreadable."""
    if job.data is not None:
        data = job.data
    else:
        with _opened(job.path) as file:
            data = file.read(MOST_BYTES + 1)
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise Unreadable(job.path, "open", "missing", "the file changed since it was found; run again when it rests")
    return data


def carried(job: Job) -> Job:
    """The job with its bytes, for a machine that has no such path; as it is where they cannot be had (it fails there)."""
    try:
        return job._replace(data=contents(job))
    except Unreadable:
        return job


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if isinstance(path, RemotePath):
            _check_size(path, size_of(path))
            with opened(path) as stream:
                yield stream
            return
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            raise Unreadable(path, "open", "unsupported", "not a file with bytes to read (a pipe, a device, a socket)")
        _check_size(path, about.st_size)
        with open(path, "rb") as file:
            yield file
    except FileNotFoundError:
        raise Unreadable(path, "find", "missing", "the file is not there (removed, or a link to nowhere)") from None
    except PermissionError:
        raise Unreadable(path, "open", "denied", "no permission to read the file") from None
    except RemoteError as error:
        raise Unreadable(path, "open", "missing", str(error)) from None
    except OSError as error:
        raise Unreadable(path, "open", "damaged", f"the file cannot be read: {error.strerror}") from error


def _check_size(path: Path, size: int | None) -> None:
    if size is not None and size > MOST_BYTES:
        message = f"{size:,} bytes, more than the limit of {MOST_BYTES:,}; split the file"
        raise Unreadable(path, "open", "too_large", message)
