"""Settings: defaults need nothing, every variable is read, and what leaves the machine is told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import SettingsInvalid
from assistant.settings import Settings, read_settings


def test_nothing_configured_is_all_embedded(settings: Settings) -> None:
    assert settings.chat_is_embedded
    assert settings.embedding_is_embedded
    assert settings.outside_hosts() == ()
    assert settings.language == "zh"


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ({"chat_base_url": "https://models.example/v1", "chat_model": "big"}, ("models.example",)),
        ({"chat_base_url": "http://127.0.0.1:8000/v1", "chat_model": "qwen2.5:7b"}, ()),
        ({"chat_base_url": "http://127.9.9.9:8000/v1", "chat_model": "big"}, ()),
        ({"chat_model": "gpt-large"}, ("OpenAI",)),
        ({"chat_model": "anthropic:large"}, ("anthropic",)),
        ({"embedding_model": "embed-large"}, ("OpenAI",)),
        ({"chroma_url": "http://chroma.example:8000"}, ("chroma.example",)),
        ({"database_url": "postgresql://me:secret@db.example/archive"}, ("db.example",)),
        ({"database_url": "sqlite:///archive.db"}, ()),
        ({"chat_model": "embedded", "chat_base_url": "https://models.example/v1"}, ("models.example",)),
    ],
)
def test_outside_hosts(given: dict[str, str], hosts: tuple[str, ...]) -> None:
    assert read_settings(**given).outside_hosts() == hosts


def test_embedded_wins_over_an_address() -> None:
    chosen = read_settings(chat_model="embedded", chat_base_url="https://models.example/v1")
    assert chosen.chat_is_embedded


def test_usual_openai_names_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "https://models.example/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "not-to-be-shown")
    found = read_settings()
    assert found.chat_base_url == "https://models.example/v1"
    assert found.chat_api_key.get_secret_value() == "not-to-be-shown"
    assert "not-to-be-shown" not in repr(found)
    monkeypatch.setenv("ASSISTANT_CHAT_BASE_URL", "https://own.example/v1")
    assert read_settings().chat_base_url == "https://own.example/v1"


def test_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("ASSISTANT_LANGUAGE=en\nASSISTANT_CHAT_THREADS=3\nUNKNOWN=1\n", "utf-8")
    code = "from assistant.settings import read_settings as r; s = r(); print(s.language, s.chat_threads)"
    bare = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=bare, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["en", "3"]


def test_a_wrong_value_is_named_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CHAT_THREADS", "many-and-secret")
    with pytest.raises(SettingsInvalid) as raised:
        read_settings()
    assert "ASSISTANT_CHAT_THREADS" in raised.value.sentence("zh")
    assert "many-and-secret" not in raised.value.sentence("zh")


def test_data_folder_follows_the_desktop_standard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ASSISTANT_HOME")
    monkeypatch.delenv("ASSISTANT_MODELS_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    found = read_settings()
    assert found.home == tmp_path / "report-drafting-assistant"
    assert found.models == found.home / "models"


def test_reporting_of_libraries_is_off() -> None:
    code = (
        "import assistant, os;"
        "print([os.environ[n] for n in ('LANGSMITH_TRACING', 'ANONYMIZED_TELEMETRY', 'OMP_WAIT_POLICY')])"
    )
    loud = {**os.environ, "LANGSMITH_TRACING": "true", "ANONYMIZED_TELEMETRY": "True"}
    loud.pop("OMP_WAIT_POLICY", None)
    done = subprocess.run([sys.executable, "-c", code], env=loud, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['false', 'False', 'passive']"
