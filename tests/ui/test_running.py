"""The process of the page: what it refuses to start with, how it ends, what it leaves behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from assistant.errors import AccountsNeeded, PortBusy, SettingsInvalid
from assistant.service.accounts import Accounts
from assistant.settings import Settings
from assistant.ui.running import Order, bound, is_loopback, serve


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "ASSISTANT_HOME": str(home)}


def run(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assistant", *arguments]
    return subprocess.run(
        command, env=environment(home), capture_output=True, text=True, timeout=60, input=""
    )


def test_a_taken_port_is_told_with_the_way_out(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortBusy), bound(Order(port=port)):
            pass
        done = run(tmp_path, "serve", "--port", str(port))
    assert done.returncode == 7
    assert str(port) in done.stderr
    assert "--port" in done.stderr
    assert "page.port" in done.stderr
    assert str(tmp_path) not in done.stderr


def test_other_machines_are_not_let_in_without_accounts(settings: Settings) -> None:
    with pytest.raises(AccountsNeeded) as caught:
        serve(settings, Order(host="0.0.0.0", port=0))
    assert "assistant accounts add" in caught.value.hint("en")
    with Accounts(settings) as accounts:
        accounts.add("甲", "correct horse battery")
        accounts.disable("甲")
    with pytest.raises(AccountsNeeded):
        serve(settings, Order(host="0.0.0.0", port=0))


def test_accounts_may_be_wanted_on_loopback_too(settings: Settings) -> None:
    with pytest.raises(AccountsNeeded):
        serve(settings.model_copy(update={"accounts": "on"}), Order(port=0))


def test_an_address_that_is_none() -> None:
    with pytest.raises(SettingsInvalid), bound(Order(host="no.such.name.invalid")):
        pass


def test_what_loopback_is() -> None:
    assert is_loopback("::1")
    assert not is_loopback("::")
    assert not is_loopback("")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ends_in_order_while_a_request_hangs(tmp_path: Path, number: int) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port), "--no-samples"]
    # The page itself is not waited for: the server answers its health check while Gradio is imported.
    with subprocess.Popen(command, env=environment(tmp_path), stderr=subprocess.PIPE, text=True) as process:
        healthy(port)
        with socket.create_connection(("127.0.0.1", port)) as hanging:
            hanging.sendall(b"POST /desk/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\nx")
            time.sleep(0.2)
            process.send_signal(number)
            _, told = process.communicate(timeout=30)
        assert process.returncode == 0, told
    assert f"http://127.0.0.1:{port}" in told
    assert "已停止" in told
    assert "Traceback" not in told


def healthy(port: int) -> str:
    """The state that the health check tells, as soon as it answers."""
    for _ in range(300):
        try:
            return str(httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).json()["status"])
        except httpx.HTTPError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
