"""An empty archive with counting embeddings, and a Chroma server on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.error import URLError

import pytest

from archive.made import CountingEmbeddings
from assistant.archive import Archive
from assistant.settings import Settings

TODAY = date(2026, 3, 1)
Opener = Callable[..., Archive]


@pytest.fixture
def embeddings() -> CountingEmbeddings:
    return CountingEmbeddings()


@pytest.fixture
def opened(settings: Settings, embeddings: CountingEmbeddings) -> Iterator[Opener]:
    """Opens archives on the test's own folder; all are closed at the end."""
    archives: list[Archive] = []

    def opener(owner: str = "local", **changed: object) -> Archive:
        options = {"embeddings": embeddings, "wait_seconds": 20.0, "today": lambda: TODAY, **changed}
        archives.append(Archive.open(options.pop("settings", settings), owner=owner, **options))
        return archives[-1]

    yield opener
    for archive in archives:
        archive.close()


@pytest.fixture
def archive(opened: Opener) -> Archive:
    return opened()


@pytest.fixture(scope="session")
def chroma_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Chroma server of its own; its output goes to a file (an unread pipe would stall it)."""
    folder = tmp_path_factory.mktemp("chroma")
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1"]
    with (folder / "output.txt").open("wb") as output:
        server = subprocess.Popen(
            [*command, "--port", str(port), "--path", str(folder / "data")],
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(f"{url}/api/v2/heartbeat", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("the server did not start")
