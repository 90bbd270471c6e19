"""Archive, accounts and desk on a PostgreSQL server, where `ASSISTANT_TEST_POSTGRES` names one.

The URL is that of a database on a server on which databases may be made
(postgresql+psycopg://user:password@host/name); the test works in one of its own and drops it.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from assistant.archive import Archive
from assistant.llm import HashingEmbeddings
from assistant.service.accounts import Accounts
from assistant.settings import Settings

from .offices import FACTS, ended, office_of

SERVER = os.environ.get("ASSISTANT_TEST_POSTGRES", "")
REPORT = "云溪县科学技术局2024年工作总结\n\n一、2024年工作开展情况\n有效高新技术企业总量达73家，技术合同登记额4.7亿元。\n"
PASSWORD = "a password of some length"

pytestmark = pytest.mark.skipif(not SERVER, reason="ASSISTANT_TEST_POSTGRES names no server")


@pytest.fixture
def on_postgres(settings: Settings) -> Iterator[Settings]:
    """Settings with a new database of the server."""
    name = f"assistant_{uuid.uuid4().hex[:12]}"
    engine = create_engine(make_url(SERVER), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    yield settings.model_copy(update={"database_url": url})
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def test_an_archive_is_filled_searched_repaired_and_emptied(on_postgres: Settings, tmp_path: Path) -> None:
    (tmp_path / "云溪.txt").write_text(REPORT, "utf-8")
    with Archive.open(on_postgres, HashingEmbeddings()) as archive:
        (row,) = archive.ingest([tmp_path / "云溪.txt"])
        assert row.status == "ready"
        assert archive.ingest([tmp_path / "云溪.txt"])[0].status == "unchanged"
    with Archive.open(on_postgres, HashingEmbeddings()) as archive:
        assert "73家" in archive.search("云溪县2024年高新技术企业")[0].passage.text
        assert archive.repair(check=True).sound
        (document,) = archive.documents()
        assert archive.remove(document.id)
        assert archive.search("高新技术企业") == []


def test_a_writer_drafts_undoes_and_asks(on_postgres: Settings) -> None:
    with office_of(on_postgres) as office:
        desk = office.desk("张三" * 40)
        draft = desk.new_from_facts(FACTS)
        section = draft.sections[-1]
        desk.save(draft.id, draft.version, section.id, "text", "专业人才短缺。")
        desk.undo(draft.id)
        assert ended(desk, desk.write(draft.id).id).state == "done"
        assert "142名" in "".join(one.text for one in desk.draft(draft.id).sections)
        desk.asking.ask("云溪县2024年高新技术企业多少家")
        assert len(desk.asking.conversations()) == 1
    with office_of(on_postgres) as office:
        assert [one.id for one in office.desk("张三" * 40).drafts()] == [draft.id]


def test_accounts_log_in_and_out(on_postgres: Settings) -> None:
    with Accounts(on_postgres) as accounts:
        accounts.add("writer", PASSWORD)
        token, account = accounts.log_in("writer", PASSWORD, "127.0.0.1")
        assert accounts.who(token) == account
        accounts.log_out(token)
        assert accounts.who(token) is None
