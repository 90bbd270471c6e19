from __future__ import annotations

import pytest

from assistant import llm
from assistant.errors import SettingsInvalid
from assistant.llm.endpoint import EmbeddedChat, EndpointChat
from assistant.settings import Settings, read_settings

from .conftest import Endpoint, pieces


def test_with_nothing_set_it_is_the_embedded_model_and_nothing_starts(settings: Settings) -> None:
    assert isinstance(llm.chat_model(settings), EmbeddedChat)
    assert not settings.home.exists()


def test_a_name_with_a_colon_at_an_endpoint_is_the_endpoints_own() -> None:
    model = llm.chat_model(Settings(chat_model="qwen2.5:7b", chat_base_url="http://127.0.0.1:9/v1"))
    assert isinstance(model, EndpointChat)
    assert model.model_name == "qwen2.5:7b"


def test_a_provider_comes_through_langchain() -> None:
    model = llm.chat_model(read_settings(chat_model="openai:some-model", chat_api_key="secret"))
    assert type(model).__name__ == "ChatOpenAI"


@pytest.mark.parametrize("name", ["nobody:model", "ollama:model"])
def test_an_unknown_or_missing_provider_is_told(name: str) -> None:
    with pytest.raises(SettingsInvalid):
        llm.chat_model(read_settings(chat_model=name))


@pytest.mark.parametrize(
    ("grammar", "url", "expected"),
    [
        ("auto", "", True),
        ("auto", "http://127.0.0.1:9/v1", False),
        ("on", "http://127.0.0.1:9/v1", True),
        ("off", "", False),
    ],
)
def test_where_grammars_are_used(grammar: str, url: str, expected: bool) -> None:
    assert llm.supports_grammar(read_settings(chat_grammar=grammar, chat_base_url=url)) is expected


def test_a_grammar_is_sent_with_the_request(endpoint: Endpoint) -> None:
    endpoint.answers = [pieces("一")]
    model = llm.chat_model(read_settings(chat_model="m", chat_base_url=endpoint.url))
    llm.with_grammar(model, 'root ::= "一"').invoke("写")
    assert endpoint.bodies[0]["grammar"] == 'root ::= "一"'


def test_every_public_name_is_there() -> None:
    assert all(getattr(llm, name) is not None for name in llm.__all__)
    with pytest.raises(AttributeError):
        llm.nothing  # noqa: B018
