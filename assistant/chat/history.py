"""Conversations in the archive's database: each turn as it was answered, for one owner."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from types import TracebackType
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, Text, func, select

from assistant.archive.catalogue import Catalogue
from assistant.chat.answer import Answer
from assistant.chat.scope import Scope
from assistant.errors import QueryInvalid, Said
from assistant.settings import Settings

_answer = TypeAdapter(Answer)
_tables = MetaData()
_chats = Table(
    "chats",
    _tables,
    Column("id", String(16), primary_key=True),
    Column("owner", String(190), nullable=False, index=True),
    Column("title", String(190), nullable=False),
    Column("created", String(32), nullable=False),
)
_turns = Table(
    "turns",
    _tables,
    Column("chat_id", String(16), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("asked", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("created", String(32), nullable=False),
)
_TITLE = 60
_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation without its turns; `created` and `updated` (its last turn) are ISO 8601 in UTC."""

    id: str
    title: str
    created: str
    turns: int
    updated: str = ""


def _now() -> datetime:
    return datetime.now(timezone.utc)


class History:
    """The conversations of one owner; use as a context manager. Another owner's are as if they were not there."""

    def __init__(self, settings: Settings, owner: str = "local", now: Callable[[], datetime] = _now) -> None:
        """Open the database of `settings`, with the tables of the conversations.

        Raises:
            ArchiveError: it cannot be opened or written.
        """
        self._catalogue = Catalogue.of(settings, _tables)
        self._owner = owner
        self._now = now

    def __enter__(self) -> History:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._catalogue.close()

    def begin(self, title: str) -> str:
        """A new conversation; its id."""
        name = secrets.token_hex(6)
        with self._catalogue.write() as connection:
            connection.execute(
                _chats.insert().values(id=name, owner=self._owner, title=title[:_TITLE], created=self._time())
            )
        return name

    def add(self, conversation: str, answer: Answer) -> int:
        """Keep a turn behind the others; its position, from 1. Raises QueryInvalid."""
        whole = self.whole_id(conversation)
        with self._catalogue.write() as connection:
            position = _count(connection, whole) + 1
            connection.execute(
                _turns.insert().values(
                    chat_id=whole,
                    position=position,
                    asked=answer.asked,
                    answer=_answer.dump_json(answer).decode(),
                    created=self._time(),
                )
            )
        return position

    def replace(self, conversation: str, position: int, answer: Answer) -> None:
        """Keep a turn anew: what was begun has gone on or is finished. A turn that is gone stays gone."""
        at = (_turns.c.chat_id == self.whole_id(conversation)) & (_turns.c.position == position)
        values = {"asked": answer.asked, "answer": _answer.dump_json(answer).decode()}
        with self._catalogue.write() as connection:
            connection.execute(_turns.update().where(at).values(**values))

    def rename(self, conversation: str, title: str) -> None:
        """Give a conversation another title. Raises QueryInvalid when there is none, or the title is empty."""
        whole, title = self.whole_id(conversation), " ".join(title.split())[:_TITLE]
        if not title:
            raise QueryInvalid(reason=Said("名称是空的", "the name is empty"))
        with self._catalogue.write() as connection:
            connection.execute(_chats.update().where(_chats.c.id == whole).values(title=title))

    def conversations(self) -> tuple[Conversation, ...]:
        """The owner's conversations, the one that was last asked in first."""
        count, last = (
            func.count(_turns.c.position),
            func.coalesce(func.max(_turns.c.created), _chats.c.created),
        )
        columns = (_chats.c.id, _chats.c.title, _chats.c.created, count.label("turns"), last.label("updated"))
        query = select(*columns).outerjoin(_turns, _turns.c.chat_id == _chats.c.id)
        query = query.where(_chats.c.owner == self._owner)
        query = query.group_by(_chats.c.id, _chats.c.title, _chats.c.created)
        with self._catalogue.read() as connection:
            rows = connection.execute(query.order_by(last.desc(), _chats.c.id)).all()
        return tuple(Conversation(row.id, row.title, row.created, row.turns, row.updated) for row in rows)

    def turns(self, conversation: str) -> tuple[Answer, ...]:
        """The turns of a conversation in order. Raises QueryInvalid."""
        query = select(_turns.c.answer).where(_turns.c.chat_id == self.whole_id(conversation))
        with self._catalogue.read() as connection:
            rows = connection.execute(query.order_by(_turns.c.position)).scalars().all()
        return tuple(_answer.validate_json(row) for row in rows)

    def last_asked(self, conversation: str) -> str:
        """The last question as it was understood: what a follow-up follows; "" at the beginning."""
        turns = self.turns(conversation)
        return turns[-1].asked if turns else ""

    def last_scope(self, conversation: str) -> Scope:
        """What the last question was asked within: what the next one keeps. Raises QueryInvalid."""
        turns = self.turns(conversation)
        return turns[-1].scope if turns else Scope()

    def remove(self, conversation: str) -> None:
        """Forget a conversation with all its turns. Raises QueryInvalid."""
        whole = self.whole_id(conversation)
        with self._catalogue.write() as connection:
            connection.execute(_turns.delete().where(_turns.c.chat_id == whole))
            connection.execute(_chats.delete().where(_chats.c.id == whole))

    def whole_id(self, beginning: str) -> str:
        """The owner's conversation whose id begins so; QueryInvalid when there is none or more than one."""
        query = select(_chats.c.id).where(_chats.c.owner == self._owner)
        query = query.where(_chats.c.id.startswith(beginning, autoescape=True))
        with self._catalogue.read() as connection:
            found: list[Any] = list(connection.execute(query.limit(2)).scalars())
        if len(beginning) < _SHORTEST_ID or len(found) != 1:
            raise QueryInvalid(
                reason=Said(f"没有编号为“{beginning}”的对话", f"no conversation “{beginning}”")
            )
        return str(found[0])

    def _time(self) -> str:
        return self._now().isoformat(timespec="seconds")


def _count(connection: Connection, conversation: str) -> int:
    query = select(func.count()).select_from(_turns).where(_turns.c.chat_id == conversation)
    return int(connection.execute(query).scalar_one())
