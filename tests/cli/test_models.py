from __future__ import annotations

from pathlib import Path

import pytest

from assistant import llm
from assistant.cli import exits
from assistant.settings import Settings

from .conftest import Run, json_of


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder without weights, and no network for pip and the hub."""
    folder = tmp_path / "models"
    monkeypatch.setenv("ASSISTANT_MODELS_DIR", str(folder))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return folder


def test_status_without_weights(run: Run, empty: Path) -> None:
    result = run("models", "status")
    assert result.exit_code == exits.OK
    assert "尚未下载" in result.stdout
    assert "没有内容离开本机" in result.stdout


def test_status_after_a_broken_download(run: Run, empty: Path) -> None:
    empty.mkdir()
    path = llm.status(Settings(models_dir=empty)).path
    path.with_name(path.name + ".partial").write_bytes(bytes(3_000_000))
    assert "已下载 3/1117 MB" in run("models", "status").stdout


def test_status_of_a_file_that_was_not_verified_yet(run: Run, empty: Path) -> None:
    empty.mkdir()
    state = llm.status(Settings(models_dir=empty))
    with state.path.open("wb") as file:
        file.truncate(state.size)
    assert "使用前会先校验" in run("models", "status").stdout


def test_status_of_an_endpoint_names_the_host(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    monkeypatch.setenv("ASSISTANT_CHAT_MODEL", "big")
    result = run("models", "status")
    assert "起草模型：big" in result.stdout
    assert "文字内容会发送到 models.example" in result.stdout
    used = json_of(run("models", "status", "--json"))["in_use"]
    assert used["outside_hosts"] == ["models.example"]
    assert "sk-very-secret" not in result.stdout + result.stderr


def test_pull_without_a_network_says_what_to_do(run: Run, empty: Path) -> None:
    result = run("models", "pull")
    assert result.exit_code == exits.MODEL
    assert "代码：model.missing" in result.stderr
    assert "OPENAI_BASE_URL" in result.stderr
    assert json_of(run("models", "pull", "--json"))["error"]["code"] == "model.missing"


def test_pull_into_a_folder_that_cannot_be_made(run: Run, empty: Path) -> None:
    empty.write_text("a file", encoding="utf-8")
    result = run("models", "pull")
    assert result.exit_code == exits.MODEL
    assert "代码：model." in result.stderr
