from __future__ import annotations

from assistant.service import models, resources
from assistant.settings import Settings


def test_everything_is_embedded_by_default(settings: Settings) -> None:
    used = models.in_use(settings)
    assert used.chat_embedded
    assert used.embedding_embedded
    assert used.outside_hosts == ()
    assert "qwen" in used.chat
    assert "e5" in used.embedding


def test_an_endpoint_is_named_with_its_host() -> None:
    settings = Settings(chat_model="big", chat_base_url="https://models.example/v1")
    used = models.in_use(settings)
    assert (used.chat, used.chat_embedded, used.outside_hosts) == ("big", False, ("models.example",))


def test_a_loopback_endpoint_is_this_machine() -> None:
    settings = Settings(chat_model="big", chat_base_url="http://127.0.0.1:8000/v1")
    assert models.in_use(settings).outside_hosts == ()


def test_the_sample_archive_is_there() -> None:
    folder = resources.sample_archive()
    assert (folder / "reports").is_dir()
    assert (folder / "policies").is_dir()
    assert resources.sample_facts().is_file()
