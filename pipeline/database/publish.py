"""The work file: a run writes beside the published database and takes its place at the end.

While DuckDB has a file open for writing, every other process is refused, readers too. So a run copies the
published file, works on the copy and renames it over the original. Readers keep the old data until they open
the file again; a run killed at any moment leaves the published file whole. What a killed run had finished
stays in its work file, and the next run goes on from there.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path
from types import TracebackType

import duckdb

from pipeline.database.schema import PROGRAM, SCHEMA_VERSION


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do. Nothing was changed."""


def _wal(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def connect(path: Path, *, read_only: bool, external: bool = True) -> duckdb.DuckDBPyConnection:
    """Opens a DuckDB file.

    external: whether SQL may touch other files. Raises StoreError where the file is locked, damaged, no DuckDB
    database or not accessible.
    """
    config: dict[str, str | bool | int | float | list[str]] = {} if external else {"enable_external_access": False}
    try:
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        text = str(error)
        if "Could not set lock" in text:
            holder = text.partition("held in ")[2].partition(". ")[0]
            raise StoreError(
                f"{path} is in use by another program ({holder}). Close it there, then try again."
            ) from error
        if "not a valid DuckDB database" in text:
            raise StoreError(f"{path} is not a DuckDB database. Nothing was changed; name another file.") from error
        if "newer version" in text or "storage version" in text:
            raise StoreError(f"{path} was written by a newer DuckDB than {duckdb.__version__}: {text}") from error
        raise StoreError(f"{path} cannot be opened: {text}") from error


def check_ours(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Whether the database holds our tables (False: it is empty). Raises StoreError where it is someone else's."""
    names = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not names:
        return False
    versions = []
    if "schema_version" in names:
        try:
            versions = connection.execute("SELECT program, version FROM schema_version").fetchall()
        except duckdb.Error:
            versions = []
    if len(versions) != 1 or versions[0][0] != PROGRAM:
        raise StoreError(f"{path} is a database of another program. Nothing was changed; name another file.")
    version = int(versions[0][1])
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path} was made by a newer version of {PROGRAM} (tables {version}, here {SCHEMA_VERSION}). "
            f"Nothing was changed; update {PROGRAM}."
        )
    return True


def open_published(db: Path) -> duckdb.DuckDBPyConnection:
    """The published database for reading; SQL can touch no other file. Raises StoreError where there is none of ours."""
    if not db.is_file():
        raise StoreError(f"{db} does not exist. Make it with: ingest PATH... --db {db}")
    connection = connect(db, read_only=True, external=False)
    try:
        if not check_ours(connection, db):
            raise StoreError(f"{db} is empty. Fill it with: ingest PATH... --db {db}")
    except BaseException:
        connection.close()
        raise
    return connection


class WorkFile:
    """The right to write the database `db`, and the file to do it in.

    >>> with WorkFile(db) as work:          # doctest: +SKIP
    ...     ...                             # write work.path with DuckDB, close it
    ...     work.publish()

    Leaving the block without `publish` keeps the work file for the next run to go on from.
    """

    def __init__(self, db: Path) -> None:
        self.db = Path(os.path.realpath(db))
        self.path = self.db.with_name(self.db.name + ".work")
        self._lock_path = self.db.with_name(self.db.name + ".lock")
        self._lock: int | None = None

    def __enter__(self) -> WorkFile:
        try:
            self.db.parent.mkdir(parents=True, exist_ok=True)
            self._acquire()
        except OSError as error:
            raise StoreError(f"{self.db} cannot be written: {error.strerror}") from error
        try:
            self._prepare()
        except BaseException as error:
            self._release()
            if isinstance(error, OSError):
                raise StoreError(f"{self.db} cannot be written: {error.strerror}") from error
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()

    def publish(self) -> None:
        """Puts the work file, closed by then, in the place of the published one."""
        if _wal(self.path).exists():  # not closed cleanly: take the log in before the file is renamed
            connect(self.path, read_only=False).close()
        with open(self.path, "rb") as work:
            os.fsync(work.fileno())
        os.replace(self.path, self.db)
        folder = os.open(self.db.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _acquire(self) -> None:
        # The lock file is removed by its holder; whoever locked a removed one starts over.
        while True:
            lock = os.open(self._lock_path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                held = os.stat(self._lock_path).st_ino == os.fstat(lock).st_ino
            except BlockingIOError:
                os.close(lock)
                raise StoreError(
                    f"{self.db} is being loaded by another run. Wait for its end, then try again."
                ) from None
            except FileNotFoundError:
                held = False
            if held:
                self._lock = lock
                return
            os.close(lock)

    def _release(self) -> None:
        if self._lock is not None:
            self._lock_path.unlink(missing_ok=True)
            os.close(self._lock)
            self._lock = None

    def _prepare(self) -> None:
        published: list[tuple[object, ...]] = []
        if self.db.exists():
            if not self.db.is_file():
                raise StoreError(f"{self.db} is not a file.")
            if _wal(self.db).exists():  # another program left a log: opening for writing takes it in
                connect(self.db, read_only=False).close()
            if self.db.stat().st_size:
                published = _runs(self.db)
        if self._goes_on_from(published):
            return
        self.path.unlink(missing_ok=True)
        _wal(self.path).unlink(missing_ok=True)
        if self.db.exists() and self.db.stat().st_size:
            try:
                shutil.copyfile(self.db, self.path)
            except OSError:
                self.path.unlink(missing_ok=True)
                raise

    def _goes_on_from(self, published: list[tuple[object, ...]]) -> bool:
        """Whether a killed run left a work file that grew out of just this published file."""
        if not self.path.is_file() or not self.path.stat().st_size:
            return False
        try:
            connect(self.path, read_only=False).close()  # takes its log in
            left = _runs(self.path)
        except StoreError:
            return False
        more = left[len(published) :]
        return bool(more) and left[: len(published)] == published and all(run[-1] is None for run in more)


def _runs(path: Path) -> list[tuple[object, ...]]:
    with connect(path, read_only=True) as connection:
        if not check_ours(connection, path):
            return []
        return connection.execute("SELECT run_id, started_at, finished_at FROM runs ORDER BY run_id").fetchall()
