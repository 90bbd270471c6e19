"""Tables of the catalogue and the steps from one schema version to the next.

The catalogue is the truth: texts, metadata, the serialised Document and every embedding are in it. Both
indexes are derived from it. `key` is `digest(owner, id)`: two owners with the same document have two rows
that never meet. A new table or column is one more `Migration` at the end of `MIGRATIONS`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Literal

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    inspect,
)

State = Literal["pending", "parsed", "indexed", "ready", "deleting"]
KEY = 32
tables = MetaData()

meta = Table(
    "meta",
    tables,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
sources = Table(
    "sources",
    tables,
    Column("key", String(KEY), primary_key=True),  # digest(owner, path)
    Column("owner", String(190), nullable=False, index=True),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),  # "" while nothing was read, or after a removal
    Column("pipeline", String(64), nullable=False),  # version of loading and cutting
    Column("state", String(16), nullable=False),  # pending, parsed, ready, failed
    Column("code", String(64), nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
)
documents = Table(
    "documents",
    tables,
    Column("key", String(KEY), primary_key=True),
    Column("owner", String(190), nullable=False, index=True),
    Column("id", String(190), nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("genre", String(32), nullable=False),
    Column("organisation", Text, nullable=False, default=""),
    Column("place", Text, nullable=False, default=""),
    Column("year", Integer),
    Column("years", Text, nullable=False, default=""),  # comma-separated, plan years included
    Column("number", Text, nullable=False, default=""),
    Column("source_name", Text, nullable=False, default=""),
    Column("passages", Integer, nullable=False, default=0),
    Column("pipeline", String(64), nullable=False),
    Column("body", Text, nullable=False),  # the whole Document as JSON
)
links = Table(
    "links",
    tables,
    Column("source_key", String(KEY), primary_key=True),
    Column("document_key", String(KEY), primary_key=True, index=True),
    Column("sha256", String(64), nullable=False),  # the version of the file that the document was read from
)
passages = Table(
    "passages",
    tables,
    Column("key", String(KEY), primary_key=True),
    Column("document_key", String(KEY), nullable=False, index=True),
    Column("owner", String(190), nullable=False, index=True),
    Column("id", String(190), nullable=False),
    Column("position", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("heading_path", Text, nullable=False),  # JSON list
    Column("page", Integer),
    Column("paragraph", Integer),
    Column("indexed", Text, nullable=False),  # what both indexes see: prefix and text
    Column("text_hash", String(64), nullable=False, index=True),  # of `indexed`
)
embeddings = Table(
    "embeddings",
    tables,
    Column("model", String(190), primary_key=True),
    Column("text_hash", String(64), primary_key=True),
    Column("vector", LargeBinary, nullable=False),  # float32, little endian, unit length
)

indicators = Table(
    "indicators",
    tables,
    Column("document_key", String(KEY), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("owner", String(190), nullable=False),
    Column("indicator", String(190), nullable=False, index=True),
    Column("measure", String(16), nullable=False),  # total, new or ""
    Column("subject", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("year", Integer),
    Column("period_start", String(10), nullable=False),  # ISO date or ""
    Column("period_end", String(10), nullable=False),
    Column("value", Text, nullable=False),  # exact decimal in `unit`; "" for a range
    Column("unit", Text, nullable=False),
    Column("status", String(16), nullable=False),  # actual, plan, forecast
    Column("kind", String(16), nullable=False),
    Column("start", Integer, nullable=False),  # the quote in the document's text
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("heading_path", Text, nullable=False),  # JSON list
    Column("page", Integer),
    Column("paragraph", Integer),
    Column("claim", Text, nullable=False),  # the whole Claim as JSON
)
bindings = Table(
    "bindings",
    tables,
    Column("document_key", String(KEY), primary_key=True),
    Column("binder", String(16), nullable=False),  # the way in which its claims were read
)
corrections = Table(
    "corrections",
    tables,
    Column("document_key", String(KEY), primary_key=True),
    Column("name", String(16), primary_key=True),  # year, organisation, genre, place
    Column("value", Text, nullable=False),  # "": there is none
)


def digest(owner: str, name: str) -> str:
    """The primary key of an owner's document, passage or source path."""
    return hashlib.sha256(f"{owner}\0{name}".encode()).hexdigest()[:KEY]


Migration = Callable[[Connection], None]


def _first(connection: Connection) -> None:
    tables.create_all(connection)


def _second(connection: Connection) -> None:
    tables.create_all(connection, [indicators, bindings])


def _third(connection: Connection) -> None:
    tables.create_all(connection, [corrections])


MIGRATIONS: tuple[Migration, ...] = (_first, _second, _third)


def migrate(connection: Connection, version: int) -> int:
    """Bring a catalogue of schema `version` (0: empty database) to the newest; returns the new version.

    Each step is safe to repeat, so that a process killed inside one can simply start again.
    """
    for step in MIGRATIONS[version:]:
        step(connection)
    return len(MIGRATIONS)


def stored_version(connection: Connection) -> int:
    """The schema version of the database; 0 when it has no catalogue yet."""
    if not inspect(connection).has_table(meta.name):
        return 0
    value = connection.execute(meta.select().where(meta.c.name == "schema")).first()
    return int(value.value) if value else 0
