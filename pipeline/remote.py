"""Papers on other machines: s3://, sftp:// and the like, through fsspec. Drivers: the extras `s3` and `sftp`.

Keys and passwords come from where the drivers look for them (environment, their own configuration files), never from an
address: addresses stand in tables and logs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PosixPath
from typing import IO, Any, NamedTuple

from pipeline.errors import ComponentMissing

SCHEMES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "sftp": "paramiko",
    "ssh": "paramiko",
    "gs": "gcsfs",
    "abfs": "adlfs",
    "memory": "fsspec",
}
"""What may stand before `://`, and the package that reads it. `memory` is for tests: it ends with the process."""
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*)://(.*)", re.IGNORECASE | re.DOTALL)
_PATTERN = re.compile(r"[*?\[]")


class RemoteError(Exception):
    """An address that cannot be used; the message says why. No key or password stands in it."""


class RemotePath(PosixPath):
    """An address such as s3://bucket/2025/a.pdf, with the name, the suffix and the order of a path.

    It is never opened as a file of this machine: that there is none of its name is all that an attempt would show.
    """

    def __str__(self) -> str:
        scheme, _, rest = super().__str__().partition(":/")
        return f"{scheme}://{rest}"


class Listed(NamedTuple):
    """A file on another machine. version: what changes with its bytes (etag, size, date), "" where nothing is told."""

    path: RemotePath
    size: int | None
    version: str


def is_remote(name: str) -> bool:
    """Whether a name is an address. A scheme of one letter is a drive.

    >>> is_remote("s3://papers/2025"), is_remote("scans/a.pdf"), is_remote("a:b.pdf")
    (True, False, False)
    """
    found = _ADDRESS.fullmatch(name)
    return found is not None and len(found[1]) > 1


def listed(address: str) -> Iterator[Listed]:
    """The files behind an address: of a file itself, a folder (with all below it) or a pattern. Raises RemoteError."""
    system, root, scheme = _system(address)
    with _told(address):
        if _PATTERN.search(root):
            found = system.glob(root, detail=True)
        elif system.isdir(root):
            found = system.find(root, detail=True)
        elif system.isfile(root):
            found = {root: system.info(root)}
        else:
            found = {}
    for name, about in sorted(found.items()):
        if about.get("type") != "file":
            continue
        path = RemotePath(f"{scheme}://{name.lstrip('/')}")
        if str(path) != f"{scheme}://{name.lstrip('/')}":  # a//b and a/./b are other keys than a/b
            raise RemoteError(f"{scheme}://{name} has an empty or dotted part in its name; rename it there")
        size = about.get("size")
        yield Listed(path, None if size is None else int(size), _version(about))


@contextmanager
def opened(path: RemotePath) -> Iterator[IO[bytes]]:
    """The file's bytes as a stream. Raises RemoteError, FileNotFoundError, PermissionError."""
    system, root, _ = _system(str(path))
    with _told(str(path)), system.open(root, "rb", cache_type="readahead") as stream:
        yield stream


def size_of(path: RemotePath) -> int | None:
    """Bytes that it holds, as far as is told. Raises as `opened`."""
    system, root, _ = _system(str(path))
    with _told(str(path)):
        size = system.info(root).get("size")
    return None if size is None else int(size)


def _system(address: str) -> tuple[Any, str, str]:
    """fsspec's file system, the name there, the scheme."""
    found = _ADDRESS.fullmatch(address)
    scheme, rest = (found[1].lower(), found[2]) if found else ("", "")
    if scheme not in SCHEMES:
        raise RemoteError(f"addresses of the kind {scheme}:// are not read; known are {', '.join(sorted(SCHEMES))}")
    user, at, _ = rest.partition("/")[0].rpartition("@")
    if at and ":" in user:
        raise RemoteError(
            f"a password stands in the address of {scheme}://; give it by the driver's configuration instead"
        )
    import fsspec

    try:
        # listings that are kept would hide what changed while `--watch` runs
        system, root = fsspec.core.url_to_fs(address, **({} if scheme == "memory" else {"use_listings_cache": False}))
    except ImportError:
        raise ComponentMissing(f"the driver for {scheme}://", f"pip install {SCHEMES[scheme]}") from None
    except Exception as error:  # noqa: BLE001  (drivers raise what they like)
        raise RemoteError(f"{address} cannot be reached: {_said(error)}") from None
    return system, root, scheme


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Errors of whatever driver, in our words."""
    try:
        yield
    except (FileNotFoundError, PermissionError, RemoteError):
        raise
    except Exception as error:  # noqa: BLE001  (as above; `from None`: a traceback may show a request with its key)
        raise RemoteError(f"{address} cannot be read: {_said(error)}") from None


def _said(error: Exception) -> str:
    """The kind of error and its first line, without what looks like a key or a signed address."""
    line = (str(error).strip().splitlines() or [""])[0]
    line = re.sub(r"(?i)\b(password|secret|token|key|signature|credential)(\w*\s*[=:]\s*)\S+", r"\1\2…", line)
    line = re.sub(r"[?]\S+", "?…", line)
    return f"{type(error).__name__}: {line[:300]}"


def _version(about: dict[str, Any]) -> str:
    """
    >>> _version({"ETag": '"abc"', "size": 5}), _version({"size": 5, "mtime": 1.5}), _version({"size": 5})
    ('"abc" 5', '5 1.5', '')
    """
    marks = [about.get(name) for name in ("ETag", "etag", "md5Hash", "checksum")]
    dates = [about.get(name) for name in ("LastModified", "last_modified", "mtime", "updated", "created")]
    mark = next((str(value) for value in marks if value), "")
    date = next((str(value) for value in dates if value), "")
    if not (mark or date):
        return ""  # the size alone tells nothing
    return " ".join(part for part in (mark, str(about.get("size", "")), "" if mark else date) if part)
