from __future__ import annotations

import inspect
import json

import httpx
import httpx2
import openai
import pytest
from langchain_core import exceptions as langchain

from assistant.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
)
from assistant.llm.faults import as_model_error, model_errors, of_status

REQUEST = httpx2.Request("POST", "http://127.0.0.1/v1/chat/completions")


def exceptions_of(module: object) -> list[type[BaseException]]:
    found = (kind for _, kind in inspect.getmembers(module, inspect.isclass))
    return [kind for kind in found if issubclass(kind, Exception) and not issubclass(kind, Warning)]


def made(kind: type[BaseException], status: int = 400) -> BaseException:
    """An instance of `kind` without its constructor, which differs from class to class."""
    error = kind.__new__(kind)
    error.args = ("told",)
    if issubclass(kind, openai.APIStatusError):
        error.response = httpx2.Response(getattr(kind, "status_code", status), request=REQUEST)  # type: ignore[attr-defined]
        error.status_code = error.response.status_code  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize("module", [openai, httpx, httpx2])
def test_every_exception_of_the_library_is_mapped(module: object) -> None:
    kinds = exceptions_of(module)
    assert len(kinds) > 10
    for kind in kinds:
        if issubclass(
            kind, openai.OpenAIError | httpx.HTTPError | httpx2.HTTPError
        ) or kind.__module__.startswith(("httpx", "openai")):
            assert isinstance(as_model_error(made(kind)), ModelError), kind


def test_every_exception_of_langchains_models_is_mapped() -> None:
    for kind in exceptions_of(langchain):
        if issubclass(kind, langchain.ModelError):
            assert isinstance(as_model_error(made(kind)), ModelError), kind


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (openai.APITimeoutError(REQUEST), ModelTimeout),
        (httpx2.ReadTimeout("slow"), ModelTimeout),
        (httpx.ConnectTimeout("slow"), ModelTimeout),
        (openai.APIConnectionError(request=REQUEST), ModelUnavailable),
        (httpx2.RemoteProtocolError("gone"), ModelUnavailable),
        (openai.APIError("broken off", REQUEST, body=None), ModelUnavailable),
        (json.JSONDecodeError("no", "", 0), ModelAnswerInvalid),
        (langchain.OutputParserException("no"), ModelAnswerInvalid),
        (langchain.ModelAuthenticationError("key"), ModelRejected),
        (langchain.ContextOverflowError("long"), ModelRejected),
    ],
)
def test_what_becomes_what(error: Exception, expected: type[ModelError]) -> None:
    assert type(as_model_error(error)) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, ModelRejected),
        (401, ModelRejected),
        (413, ModelRejected),
        (429, ModelRejected),
        (408, ModelTimeout),
        (504, ModelTimeout),
        (500, ModelUnavailable),
        (503, ModelUnavailable),
    ],
)
def test_statuses(status: int, expected: type[ModelError]) -> None:
    assert type(of_status(status, "told")) is expected


def test_any_provider_is_understood_by_its_status() -> None:
    class Other(Exception):
        status_code = 403

    error = as_model_error(Other("quota"))
    assert isinstance(error, ModelRejected)
    assert "403" in error.sentence("zh")


def test_what_is_no_model_fault_passes() -> None:
    with pytest.raises(KeyError), model_errors():
        raise KeyError("ours")
    with pytest.raises(ModelTimeout), model_errors():
        raise ModelTimeout(seconds=1)
    with model_errors():
        pass


def test_secrets_are_not_told() -> None:
    body = {"message": "Incorrect API key provided: sk-abcdef123456."}
    error = as_model_error(openai.APIError("x", REQUEST, body=body))
    assert error is not None
    assert "abcdef" not in error.sentence("en")
    assert "Incorrect API key" in error.sentence("en")


def test_a_timeout_tells_its_seconds() -> None:
    with pytest.raises(ModelTimeout) as caught, model_errors(seconds=1.5):
        raise httpx2.ReadTimeout("slow")
    assert "1.5 秒" in caught.value.sentence("zh")
