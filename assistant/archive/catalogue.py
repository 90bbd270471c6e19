"""The catalogue: the SQL database that is the truth of the archive (SQLite by default, any other by URL)."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError, SQLAlchemyError

from assistant.archive.schema import MIGRATIONS, meta, migrate, stored_version
from assistant.errors import (
    ArchiveBusy,
    ArchiveDamaged,
    ArchiveError,
    ArchiveReadOnly,
    ArchiveUnavailable,
    Said,
    SettingsInvalid,
)
from assistant.settings import Settings

BUSY_SECONDS = 10
_READ_ONLY = ("readonly", "read-only", "unable to open", "disk is full", "disk i/o", "permission denied")


def archive_folder(settings: Settings) -> Path:
    """Where an installation keeps its database and the indexes."""
    return settings.home / "archive"


class Catalogue:
    """Connections to the database, its `meta` values, and its errors told in the program's own words."""

    def __init__(self, folder: Path, url: str = "", busy_seconds: float = BUSY_SECONDS) -> None:
        """Open the database and bring its tables to the newest schema version.

        Raises:
            ArchiveReadOnly: the folder or database cannot be written.
            ArchiveBusy: the database stayed locked for `busy_seconds`.
            SettingsInvalid: `url` is not a database URL.
        """
        self._engine = _engine(folder, url, busy_seconds)
        self._writing = self._engine.execution_options(writing=True)
        with self.read() as connection:
            version = stored_version(connection)
        if version > len(MIGRATIONS):
            raise ArchiveUnavailable(
                reason=Said("它由更新版本的程序建立，请先升级程序", "a newer version made it; upgrade first")
            )
        if version < len(MIGRATIONS):
            self._migrate()

    @classmethod
    def of(cls, settings: Settings, tables: MetaData | None = None) -> Catalogue:
        """The database of an installation, in its folder, with further `tables` that are not part of the archive's.

        Raises:
            ArchiveError: it cannot be opened or written.
        """
        folder = archive_folder(settings)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveReadOnly(
                reason=Said("文件夹建不了或不可写", "the folder cannot be made or written")
            ) from error
        catalogue = cls(folder, settings.database_url)
        if tables is not None:
            with catalogue.write() as connection:
                tables.create_all(connection)
        return catalogue

    def _migrate(self) -> None:
        with self.write() as connection:
            after = migrate(connection, stored_version(connection))
            put(connection, {"schema": str(after)})
            if not value(connection, "archive"):
                put(connection, {"archive": uuid.uuid4().hex[:8]})

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back on any error."""
        with database_errors(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction for reading: it sees the state of one moment, also while another process writes."""
        with database_errors(), self._engine.begin() as connection:
            yield connection

    def value(self, name: str, default: str = "") -> str:
        """One `meta` value."""
        with self.read() as connection:
            return value(connection, name, default)

    def put(self, **values: str) -> None:
        """Set `meta` values in a transaction of their own."""
        with self.write() as connection:
            put(connection, values)

    @property
    def generation(self) -> int:
        """Raised by every change that a search can see; other processes watch it."""
        return int(self.value("generation", "0"))

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def value(connection: Connection, name: str, default: str = "") -> str:
    """One `meta` value inside a running transaction."""
    found = connection.execute(select(meta.c.value).where(meta.c.name == name)).scalar()
    return default if found is None else str(found)


def put(connection: Connection, values: Mapping[str, str]) -> None:
    """Set `meta` values inside a running transaction."""
    for name, text in values.items():
        connection.execute(meta.delete().where(meta.c.name == name))
        connection.execute(meta.insert().values(name=name, value=text))


def next_generation(connection: Connection) -> int:
    """Raise the generation inside a running transaction."""
    number = int(value(connection, "generation", "0")) + 1
    put(connection, {"generation": str(number)})
    return number


def _engine(folder: Path, url: str, busy_seconds: float) -> Engine:
    try:
        address = make_url(url) if url else make_url("sqlite://").set(database=str(folder / "catalogue.db"))
        if address.get_backend_name() != "sqlite":
            return create_engine(address, pool_pre_ping=True)
        engine = create_engine(address, connect_args={"timeout": busy_seconds})
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise SettingsInvalid(name="ASSISTANT_DATABASE_URL", reason=type(error).__name__) from error
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """WAL, so that searches read while an ingest writes; a full sync is left to checkpoints; pages are mapped."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "mmap_size=268435456"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at the start: a lock cannot be raised halfway without losing the read state."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def database_errors() -> Iterator[None]:
    """Map the database library's exceptions to `ArchiveError`s; no statement or path is told on."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _told(error) from error


def _told(error: SQLAlchemyError) -> ArchiveError:
    words = str(getattr(error, "orig", None) or error).lower()
    if "locked" in words or "busy" in words:
        return ArchiveBusy(reason=Said("数据库被占用", "the database is locked"))
    if any(sign in words for sign in _READ_ONLY):
        return ArchiveReadOnly(
            reason=Said("数据库不可写或磁盘已满", "the database cannot be written, or the disk is full")
        )
    if isinstance(error, OperationalError) and "sqlite" not in type(error.orig).__module__:
        return ArchiveUnavailable(reason=Said("连接不上数据库", "no connection to the database"))
    if isinstance(error, DBAPIError):
        return ArchiveDamaged(reason=_failed(error.orig))
    return ArchiveUnavailable(reason=_failed(error))


def _failed(error: BaseException | None) -> Said:
    return Said(f"数据库报错 {type(error).__name__}", f"database: {type(error).__name__}")
