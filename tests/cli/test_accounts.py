"""`assistant accounts` and the beginning of `assistant serve`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.app import app
from assistant.service.accounts import Accounts
from assistant.settings import Settings

PASSWORD = "correct horse battery"


def run(*arguments: str, text: str = "") -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments), input=text)
    return done.exit_code, done.stdout, done.stderr


def add(name: str = "甲", password: str = PASSWORD) -> tuple[int, str, str]:
    return run("accounts", "add", name, "--password-stdin", text=f"{password}\n")


def test_added_account_can_log_in(settings: Settings) -> None:
    assert add()[0] == 0
    with Accounts(settings) as accounts:
        assert accounts.log_in("甲", PASSWORD, "x")[1].name == "甲"


def test_list_disable_and_back(settings: Settings) -> None:
    assert "accounts add" in run("accounts", "list")[2]
    add()
    assert "可登录" in run("accounts", "list")[1]
    assert run("accounts", "disable", "甲")[0] == 0
    assert "已停用" in run("accounts", "list")[1]
    assert run("accounts", "disable", "甲", "--undo")[0] == 0
    assert "可登录" in run("accounts", "list")[1]


def test_new_password(settings: Settings) -> None:
    add()
    assert run("accounts", "password", "甲", "--password-stdin", text="another good one\n")[0] == 0
    with Accounts(settings) as accounts:
        assert accounts.log_in("甲", "another good one", "x")


def test_json_has_no_secret(settings: Settings) -> None:
    add()
    listed = json.loads(run("accounts", "list", "--json")[1])
    assert [one["name"] for one in listed["accounts"]] == ["甲"]
    assert "argon2" not in str(listed)


@pytest.mark.parametrize(
    ("arguments", "text", "code"),
    [
        (("add", "甲 乙"), PASSWORD, "account.invalid"),
        (("add", "乙"), "short", "account.invalid"),
        (("add", "乙"), "", "account.invalid"),
        (("add", "甲"), PASSWORD, "account.taken"),
        (("disable", "谁"), "", "account.unknown"),
        (("password", "谁"), PASSWORD, "account.unknown"),
    ],
)
def test_refusals_are_coded(settings: Settings, arguments: tuple[str, ...], text: str, code: str) -> None:
    add()
    status, _, told = run("accounts", *arguments, text=f"{text}\n")
    assert status == 3
    assert code in told


@pytest.mark.parametrize("port", ["-1", "65536", "x"])
def test_ports_that_are_none(port: str) -> None:
    assert run("serve", "--port", port)[0] == 2


def test_serve_needs_neither_gradio_nor_models_to_explain_itself(tmp_path: Path) -> None:
    code = "import sys; from assistant.cli.app import main\ntry: main()\nexcept SystemExit: pass\nassert 'gradio' not in sys.modules"
    done = subprocess.run(
        [sys.executable, "-c", code, "serve", "--help"], capture_output=True, text=True, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert "--port" in done.stdout
