"""Chat models from settings: the embedded one, any OpenAI-compatible endpoint, or any LangChain provider."""

from __future__ import annotations

from typing import Any

from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import AIMessage
from langchain_core.runnables import Runnable

from assistant.errors import SettingsInvalid
from assistant.llm.endpoint import EmbeddedChat, EmbeddedClient, EndpointChat, EndpointClient, patience
from assistant.llm.weights import PINNED
from assistant.settings import Settings

_NO_KEY = "none"
"""Sent where no key is set: servers on the own network often need none, the client insists on one."""


def chat_model(settings: Settings) -> BaseChatModel:
    """The chat model that `settings` name; nothing is started, fetched or sent before the first call.

    With an endpoint address the name is the endpoint's own; without one, `provider:name` is any provider of
    `langchain.chat_models.init_chat_model`, whose package must be installed.

    Raises:
        SettingsInvalid: an endpoint without a model name, or a provider that is unknown or not installed.
    """
    if settings.chat_is_embedded:
        return _embedded(settings)
    if not settings.chat_model:
        raise SettingsInvalid(
            name="ASSISTANT_CHAT_MODEL", reason="name the model that the endpoint should use"
        )
    if ":" in settings.chat_model and not settings.chat_base_url:
        return _provided(settings)
    return _endpoint(settings)


def supports_grammar(settings: Settings) -> bool:
    """Whether `with_grammar` binds the model's text; `auto` says yes for the embedded model only."""
    if settings.chat_grammar == "auto":
        return settings.chat_is_embedded
    return settings.chat_grammar == "on"


def with_grammar(model: BaseChatModel, gbnf: str) -> Runnable[LanguageModelInput, AIMessage]:
    """`model` that can write only what the GBNF grammar's `root` rule derives."""
    return model.bind(extra_body={"grammar": gbnf})


def _embedded(settings: Settings) -> BaseChatModel:
    return EmbeddedChat(
        model=PINNED.name,
        base_url="http://127.0.0.1/v1",
        http_client=EmbeddedClient(settings),
        stream_usage=True,
        **_common(settings, _NO_KEY),
    )


def _endpoint(settings: Settings) -> BaseChatModel:
    return EndpointChat(
        model=settings.chat_model,
        base_url=settings.chat_base_url or None,
        http_client=EndpointClient(settings.chat_timeout),
        **_common(settings, settings.chat_api_key.get_secret_value() or _NO_KEY),
    )


def _common(settings: Settings, key: str) -> dict[str, Any]:
    return {
        "api_key": key,
        "streaming": True,
        "timeout": patience(settings.chat_timeout),
        "max_retries": 0,
        "use_responses_api": False,
    }


def _provided(settings: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    key = settings.chat_api_key.get_secret_value()
    options: dict[str, Any] = {"api_key": key} if key else {}
    try:
        model: BaseChatModel = init_chat_model(
            settings.chat_model, timeout=settings.chat_timeout, max_retries=2, **options
        )
    except (ImportError, ValueError) as error:
        raise SettingsInvalid(name="ASSISTANT_CHAT_MODEL", reason=str(error)) from error
    return model
