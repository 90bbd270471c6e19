"""The page's server in this process, with the scripted models: open on loopback, or with two accounts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from assistant.service.accounts import Accounts
from assistant.settings import Settings
from assistant.ui.backstage import Backstage
from assistant.ui.server import Server

PASSWORD = "correct horse battery"
ORIGIN = {"Origin": "http://127.0.0.1"}


@contextmanager
def running(settings: Settings, users: tuple[str, ...] = ()) -> Iterator[TestClient]:
    """A client of a server whose page is built."""
    with ExitStack() as stack:
        accounts = stack.enter_context(Accounts(settings)) if users else None
        for user in users if accounts else ():
            accounts.add(user, PASSWORD)
        backstage = Backstage(settings, '{"answers": ["甲"], "cycle": true}')
        application = Server(settings, backstage, accounts, samples=False).application()
        client = stack.enter_context(TestClient(application, base_url="http://127.0.0.1"))
        for _ in range(600):
            if client.get("/health").json()["status"] == "ready":
                break
            time.sleep(0.1)
        yield client


def settings_in(folder: Path, **more: object) -> Settings:
    return Settings(home=folder, models_dir=folder / "models", max_file_mb=1, quota_mb=2, **more)


@pytest.fixture(scope="package")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """Without accounts, as on loopback."""
    with running(settings_in(tmp_path_factory.mktemp("local"))) as client:
        yield client


@pytest.fixture(scope="package")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """With the accounts 甲 and 乙; nobody is logged in."""
    with running(settings_in(tmp_path_factory.mktemp("guarded")), ("甲", "乙")) as client:
        yield client


@pytest.fixture
def anonymous(guarded: TestClient) -> TestClient:
    """The guarded server, without any cookie."""
    guarded.cookies.clear()
    return guarded


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> TestClient:
    """The same client, now logged in as `name`."""
    client.cookies.clear()
    answer = client.post("/desk/login", json={"name": name, "password": password}, headers=ORIGIN)
    assert answer.status_code == 200, answer.text
    return client
