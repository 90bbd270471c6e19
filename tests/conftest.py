"""Fixtures for all tests: an empty data folder, settings without the outside's variables, the real chat model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from langchain_core.language_models import BaseChatModel

from assistant import llm
from assistant.settings import Settings, read_settings

MODELS = read_settings().models
"""Folder of the weights outside of the tests: fetched once, reused by all test runs."""


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the person who runs the tests reaches a test, apart from where the weights are."""
    for name in list(os.environ):
        if name.startswith(("ASSISTANT_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "env_file", None)
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASSISTANT_MODELS_DIR", str(MODELS))


@pytest.fixture
def settings(_own_environment: None) -> Settings:
    """Settings with everything embedded and an empty data folder."""
    return read_settings()


@pytest.fixture(scope="session")
def embedded_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the real embedded model; its weights are fetched when this machine has none."""
    found = Settings(home=tmp_path_factory.mktemp("embedded"), models_dir=MODELS, chat_context=4096)
    llm.pull(found)
    return found


@pytest.fixture(scope="session")
def embedded_chat(embedded_settings: Settings) -> Iterator[BaseChatModel]:
    """The real embedded chat model, started once for all tests marked `model`."""
    yield llm.chat_model(embedded_settings)
    llm.shutdown()
