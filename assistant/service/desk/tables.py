"""The desk's tables in the archive's database."""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, Text

OWNER, ID = 190, 16

tables = MetaData()
drafts = Table(
    "desk_drafts",
    tables,
    Column("id", String(ID), primary_key=True),
    Column("owner", String(OWNER), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("characters", Integer, nullable=False),
    Column("sections", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("at", Integer, nullable=False),  # the revision that holds this state
    Column("redo", Text, nullable=False, default="[]"),  # revisions that were undone, the last one first
    Column("created", String(32), nullable=False),
    Column("updated", String(32), nullable=False),
    Column("discarded", String(32), nullable=False, default=""),
    Column("findings", Integer),  # open findings at `version`; NULL when not checked since
    Column("sources", Text, nullable=False, default="{}"),
    Column("body", LargeBinary, nullable=False),
)
revisions = Table(
    "desk_revisions",
    tables,
    Column("draft_id", String(ID), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("before", Integer, nullable=False),  # what undo goes back to; 0 for the first
    Column("why", String(60), nullable=False),
    Column("burst", String(64), nullable=False, default=""),  # where it was typed, for autosaves of one place
    Column("began", String(32), nullable=False),
    Column("saved", String(32), nullable=False),
    Column("characters", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
attachments = Table(
    "desk_attachments",
    tables,
    Column("id", String(ID), primary_key=True),
    Column("draft_id", String(ID), nullable=False, index=True),
    Column("owner", String(OWNER), nullable=False),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),  # compressed JSON: a FactsFile or a Document
    Column("data", LargeBinary),  # the file or text as it was given
)
ignored = Table(
    "desk_ignored",
    tables,
    Column("draft_id", String(ID), primary_key=True),
    Column("key", String(16), primary_key=True),
    Column("owner", String(OWNER), nullable=False),
    Column("rule", String(64), nullable=False),
    Column("sentence", Text, nullable=False),
    Column("words", Text, nullable=False),
)
settings = Table(
    "desk_settings",
    tables,
    Column("owner", String(OWNER), primary_key=True),
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
