"""Drafts in the archive's database: their states, revisions, attachments, ignored findings, and settings.

Every statement names the owner. A draft row holds the state as it is; each change writes a revision beside
it in the same transaction, so that nothing acknowledged is lost and nothing is half there.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime, timezone
from typing import Any, Literal

from sqlalchemy import (
    Connection,
    Row,
    func,
    select,
)

from assistant.archive.catalogue import Catalogue
from assistant.errors import DraftUnknown, Said
from assistant.service.desk import manuscript
from assistant.service.desk.manuscript import Manuscript
from assistant.service.desk.tables import attachments, drafts, ignored, revisions, settings, tables
from assistant.service.desk.views import DraftKind
from assistant.service.ignored import Entry

AttachmentRole = Literal["facts", "prior", "other", "original"]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the writer chose to check a draft against: archived documents by id, attachments by id."""

    prior: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    archive: bool = True


@dataclass(frozen=True, slots=True)
class Held:
    """A draft as it stands in the database."""

    id: str
    kind: DraftKind
    version: int
    at: int
    redo: tuple[int, ...]
    updated: str
    discarded: bool
    findings: int | None
    sources: Sources
    manuscript: Manuscript
    can_undo: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft without its text."""

    id: str
    title: str
    kind: DraftKind
    updated: str
    characters: int
    sections: int
    findings: int | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or text given with a draft; `body` is JSON, `data` the bytes as given (None: not kept)."""

    id: str
    role: AttachmentRole
    name: str
    body: bytes
    data: bytes | None = field(default=None, repr=False)


def now() -> datetime:
    """The time, with its zone."""
    return datetime.now(timezone.utc)


class Store:
    """One owner's rows. Another owner's are as if they were not there."""

    def __init__(self, catalogue: Catalogue, owner: str, clock: Callable[[], datetime] = now) -> None:
        self._catalogue = catalogue
        self._clock = clock
        self.owner = owner

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One transaction for reading."""
        with self._catalogue.read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction for writing; writers of all threads and processes take turns."""
        with self._catalogue.write() as connection:
            yield connection

    def time(self) -> str:
        """Now, as it is kept."""
        return self._clock().isoformat(timespec="milliseconds")

    def listed(self) -> tuple[Listed, ...]:
        """The owner's drafts, the last changed first."""
        names = ("id", "title", "kind", "updated", "characters", "sections", "findings")
        query = select(*(drafts.c[name] for name in names))
        query = query.where(drafts.c.owner == self.owner, drafts.c.discarded == "")
        with self.read() as connection:
            rows = connection.execute(query.order_by(drafts.c.updated.desc(), drafts.c.id)).all()
        return tuple(Listed(*row) for row in rows)

    def held(self, draft_id: str, *, discarded: bool = False) -> Held:
        """The draft as it stands. Raises DraftUnknown, for a discarded one unless it is asked for."""
        with self.read() as connection:
            return self._found(connection, draft_id, discarded=discarded, to_change=False)

    def held_in(self, connection: Connection, draft_id: str, *, discarded: bool = False) -> Held:
        """The same inside a writing transaction: nobody else changes the draft until it ends."""
        return self._found(connection, draft_id, discarded=discarded, to_change=True)

    def _found(self, connection: Connection, draft_id: str, *, discarded: bool, to_change: bool) -> Held:
        query = select(drafts).where(drafts.c.id == draft_id, drafts.c.owner == self.owner)
        row = connection.execute(query.with_for_update() if to_change else query).first()
        if row is None or (row.discarded and not discarded):
            raise DraftUnknown(reason=Said("文稿不存在或已删除", "the draft does not exist or was discarded"))
        return _held(row, bool(revision_before(connection, draft_id, row.at)))

    def attach(
        self,
        connection: Connection,
        draft_id: str,
        role: AttachmentRole,
        name: str,
        body: bytes,
        data: bytes | None = None,
    ) -> str:
        """Keep a file or text with a draft; its id."""
        attachment = manuscript.new_id()
        packed = zlib.compress(body)
        row = {"id": attachment, "draft_id": draft_id, "owner": self.owner, "role": role}
        connection.execute(attachments.insert().values(**row, name=name, body=packed, data=data))
        return attachment

    def attachment(self, attachment_id: str) -> Attachment:
        """One attachment. Raises DraftUnknown."""
        query = select(attachments).where(
            attachments.c.id == attachment_id, attachments.c.owner == self.owner
        )
        with self.read() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise DraftUnknown(reason=Said("附带的材料不存在", "there is no such attachment"))
        return Attachment(row.id, row.role, row.name, zlib.decompress(row.body), row.data)

    def attached(self, draft_id: str) -> tuple[tuple[str, AttachmentRole, str], ...]:
        """Id, role and name of each attachment of a draft."""
        columns = (attachments.c.id, attachments.c.role, attachments.c.name)
        query = select(*columns).where(attachments.c.draft_id == draft_id, attachments.c.owner == self.owner)
        with self.read() as connection:
            return tuple((row.id, row.role, row.name) for row in connection.execute(query))

    def setting(self, name: str, default: str = "") -> str:
        """One of the owner's settings."""
        query = select(settings.c.value).where(settings.c.owner == self.owner, settings.c.name == name)
        with self.read() as connection:
            found = connection.execute(query).scalar()
        return default if found is None else str(found)

    def switch(self, name: str, item: str, *, present: bool) -> None:
        """Put an item into a setting that is a list of names, or take it out."""
        with self.write() as connection:
            here = (settings.c.owner == self.owner) & (settings.c.name == name)
            held = connection.execute(select(settings.c.value).where(here)).scalar() or ""
            items = [one for one in str(held).split() if one != item] + ([item] if present else [])
            connection.execute(settings.delete().where(here))
            connection.execute(settings.insert().values(owner=self.owner, name=name, value=" ".join(items)))

    def count_findings(self, draft_id: str, version: int, number: int) -> None:
        """Note how many findings are open at a version; nothing when the draft has changed since."""
        here = (drafts.c.id == draft_id) & (drafts.c.owner == self.owner) & (drafts.c.version == version)
        with self.write() as connection:
            connection.execute(drafts.update().where(here).values(findings=number))

    def ignored(self, draft_id: str) -> frozenset[Entry]:
        """The entries of a draft's findings that are set aside."""
        query = select(ignored).where(ignored.c.draft_id == draft_id, ignored.c.owner == self.owner)
        with self.read() as connection:
            rows = connection.execute(query).all()
        return frozenset(Entry(row.rule, row.sentence, row.words) for row in rows)

    def set_aside(self, draft_id: str, key: str, entry: Entry) -> None:
        """Set a finding aside; `key` is that of its entry."""
        with self.write() as connection:
            self._count_again(connection, draft_id, key)
            row = {"draft_id": draft_id, "owner": self.owner, "key": key, **asdict(entry)}
            connection.execute(ignored.insert().values(**row))

    def count_again(self, draft_id: str, key: str) -> None:
        """Take an entry off the list."""
        with self.write() as connection:
            self._count_again(connection, draft_id, key)

    def _count_again(self, connection: Connection, draft_id: str, key: str) -> None:
        here = (ignored.c.draft_id == draft_id) & (ignored.c.key == key) & (ignored.c.owner == self.owner)
        connection.execute(ignored.delete().where(here))


def prepare(catalogue: Catalogue) -> None:
    """Make the desk's tables where they are missing. Raises ArchiveError."""
    with catalogue.write() as connection:
        tables.create_all(connection)


def last_number(connection: Connection, draft_id: str) -> int:
    """The number of a draft's newest revision; 0 when it has none."""
    query = select(func.max(revisions.c.number)).where(revisions.c.draft_id == draft_id)
    return int(connection.execute(query).scalar() or 0)


def revision_before(connection: Connection, draft_id: str, number: int) -> int:
    """The revision that undo goes back to; 0 when there is none."""
    query = select(revisions.c.before).where(revisions.c.draft_id == draft_id, revisions.c.number == number)
    return int(connection.execute(query).scalar() or 0)


def state_of(connection: Connection, draft_id: str, number: int) -> Manuscript:
    """The state that a revision holds; the caller has made sure whose draft it is. Raises DraftUnknown."""
    query = select(revisions.c.body).where(revisions.c.draft_id == draft_id, revisions.c.number == number)
    body = connection.execute(query).scalar()
    if body is None:
        raise DraftUnknown(reason=Said(f"没有第 {number} 版修订", f"there is no revision {number}"))
    return unpacked(body)


def packed(state: Manuscript) -> bytes:
    """A state as the database keeps it."""
    return zlib.compress(manuscript.dump(state))


def unpacked(data: bytes) -> Manuscript:
    """The inverse of `packed`."""
    return manuscript.read(zlib.decompress(data))


def _held(row: Row[Any], can_undo: bool) -> Held:
    chosen = json.loads(row.sources)
    return Held(
        id=row.id,
        kind=row.kind,
        version=row.version,
        at=row.at,
        redo=tuple(json.loads(row.redo)),
        updated=row.updated,
        discarded=bool(row.discarded),
        findings=row.findings,
        sources=Sources(
            prior=tuple(chosen.get("prior", ())),
            documents=tuple(chosen.get("documents", ())),
            archive=bool(chosen.get("archive", True)),
        ),
        manuscript=unpacked(row.body),
        can_undo=can_undo,
    )
