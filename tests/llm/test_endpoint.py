"""The chat model against a server on loopback that misbehaves in every way we know."""

from __future__ import annotations

import asyncio

import pytest
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from assistant.errors import (
    ModelAnswerInvalid,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
    SettingsInvalid,
)
from assistant.llm import endpoint as ours
from assistant.llm.chat import chat_model
from assistant.settings import Settings, read_settings

from .conftest import Endpoint, cut, pieces, raw, stall, status


def model_of(endpoint: Endpoint, **more: object) -> BaseChatModel:
    options = {"chat_timeout": 1.0, "chat_model": "m", "chat_api_key": SecretStr("secret"), **more}
    return chat_model(read_settings(chat_base_url=endpoint.url, **options))


@pytest.fixture(autouse=True)
def _short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ours, "PAUSE", 0.01)


def test_it_streams_and_sends_name_key_and_limit(endpoint: Endpoint) -> None:
    endpoint.answers = [pieces("全县", "选任", "126名")]
    said = [chunk.content for chunk in model_of(endpoint).stream("写", max_tokens=50) if chunk.content]
    assert said == ["全县", "选任", "126名"]
    assert endpoint.bodies[0]["model"] == "m"
    assert endpoint.bodies[0]["max_tokens"] == 50
    assert "max_completion_tokens" not in endpoint.bodies[0]
    assert endpoint.keys == ["Bearer secret"]


def test_invoke_streams_too_so_that_the_timeout_is_for_a_piece(endpoint: Endpoint) -> None:
    endpoint.answers = [pieces("一", "二", "三", "四", pause=0.4)]
    assert model_of(endpoint).invoke("数").content == "一二三四"
    assert endpoint.bodies[0]["stream"] is True


def test_asynchronous_calls_have_the_same_answer(endpoint: Endpoint) -> None:
    endpoint.answers = [pieces("甲", "乙")]
    assert asyncio.run(model_of(endpoint).ainvoke("写")).content == "甲乙"


@pytest.mark.parametrize("code", [400, 401, 403, 404, 413, 422])
def test_a_refusal_is_told_once_with_its_reason(endpoint: Endpoint, code: int) -> None:
    endpoint.answers = [status(code, "key unknown")]
    with pytest.raises(ModelRejected) as caught:
        model_of(endpoint).invoke("写")
    assert str(code) in caught.value.sentence("zh")
    assert "key unknown" in caught.value.sentence("zh")
    assert len(endpoint.bodies) == 1


def test_too_long_a_context_is_refused(endpoint: Endpoint) -> None:
    endpoint.answers = [
        status(400, "This model's maximum context length is 10 tokens: context_length_exceeded")
    ]
    with pytest.raises(ModelRejected) as caught:
        model_of(endpoint).invoke("写")
    assert "maximum context length" in caught.value.sentence("en")


def test_429_waits_as_told_and_goes_on(endpoint: Endpoint) -> None:
    endpoint.answers = [status(429, Retry_After="0.2"), pieces("好")]
    assert model_of(endpoint).invoke("写").content == "好"
    assert len(endpoint.bodies) == 2


def test_429_for_too_long_or_again_and_again_is_told(endpoint: Endpoint) -> None:
    endpoint.answers = [status(429, "quota", Retry_After="3600")]
    with pytest.raises(ModelRejected):
        model_of(endpoint).invoke("写")
    assert len(endpoint.bodies) == 1
    endpoint.answers = [status(429, "quota")]
    with pytest.raises(ModelRejected):
        model_of(endpoint).invoke("写")
    assert len(endpoint.bodies) == 1 + ours.ATTEMPTS


def test_500_twice_then_fine(endpoint: Endpoint) -> None:
    endpoint.answers = [status(500), status(503), pieces("好")]
    assert model_of(endpoint).invoke("写").content == "好"


def test_500_thrice_is_told(endpoint: Endpoint) -> None:
    endpoint.answers = [status(500, "down")]
    with pytest.raises(ModelUnavailable):
        model_of(endpoint).invoke("写")
    assert len(endpoint.bodies) == 3


def test_nobody_listens() -> None:
    with pytest.raises(ModelUnavailable):
        model_of(Endpoint("http://127.0.0.1:9/v1")).invoke("写")


@pytest.mark.parametrize("comments", [False, True])
def test_a_stall_is_told_after_the_pieces_so_far_and_not_repeated(endpoint: Endpoint, comments: bool) -> None:
    endpoint.answers = [stall("全县", comments=comments)]
    stream = model_of(endpoint).stream("写")
    assert next(stream).content == "全县"
    with pytest.raises(ModelTimeout) as caught:
        next(stream)
    assert "1 秒" in caught.value.sentence("zh")
    assert len(endpoint.bodies) == 1


def test_silence_from_the_start_is_a_timeout(endpoint: Endpoint) -> None:
    endpoint.answers = [stall()]
    with pytest.raises(ModelTimeout):
        model_of(endpoint).invoke("写")


def test_a_cut_in_the_middle_of_a_character(endpoint: Endpoint) -> None:
    endpoint.answers = [cut("全县")]
    stream = model_of(endpoint).stream("写")
    assert next(stream).content == "全县"
    with pytest.raises(ModelUnavailable):
        next(stream)


def test_an_end_without_a_finish_is_a_cut(endpoint: Endpoint) -> None:
    endpoint.answers = [pieces("全县", finish=None)]
    with pytest.raises(ModelUnavailable) as caught:
        model_of(endpoint).invoke("写")
    assert "断开" in caught.value.sentence("zh")


@pytest.mark.parametrize(
    "answer",
    [
        pieces(),
        pieces(""),
        raw(""),
        raw("", "application/json"),
        raw("<html>login</html>", "text/html"),
        raw("data: {not json\n\n"),
        pieces("不便回答", finish="content_filter"),
    ],
)
def test_no_usable_answer(endpoint: Endpoint, answer: object) -> None:
    endpoint.answers = [answer]  # type: ignore[list-item]
    with pytest.raises(ModelAnswerInvalid):
        model_of(endpoint).invoke("写")


def test_an_endless_answer_is_stopped(endpoint: Endpoint) -> None:
    endpoint.answers = [pieces("长" * 60_000, "长" * 60_000, "长" * 60_000, "长" * 60_000, "长")]
    with pytest.raises(ModelAnswerInvalid) as caught:
        model_of(endpoint).invoke("写")
    assert "过长" in caught.value.sentence("zh")


def test_an_error_within_the_stream(endpoint: Endpoint) -> None:
    endpoint.answers = [raw('data: {"error": {"message": "out of memory", "code": 500}}\n\n')]
    with pytest.raises(ModelUnavailable) as caught:
        model_of(endpoint).invoke("写")
    assert "out of memory" in caught.value.sentence("en")


def test_tokens_are_counted_without_fetching_a_tokenizer(endpoint: Endpoint) -> None:
    model = model_of(endpoint)
    assert model.get_num_tokens("全县选任126名") == 8
    assert endpoint.bodies == []


def test_an_endpoint_needs_a_model_name() -> None:
    with pytest.raises(SettingsInvalid) as caught:
        chat_model(Settings(chat_base_url="http://127.0.0.1:9/v1"))
    assert "ASSISTANT_CHAT_MODEL" in caught.value.sentence("zh")
