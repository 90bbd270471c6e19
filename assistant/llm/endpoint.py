"""HTTP to an OpenAI-compatible endpoint: patience, retries, and a chat model that tells its faults in our words.

This is the one place where requests to models are repeated: 429 (after its Retry-After), 5xx and a broken
connection (before the answer began), twice each. A stall is never repeated: it is told after `chat_timeout` seconds.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import httpx2
from langchain_core.callbacks import AsyncCallbackManagerForLLMRun, CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel, LanguageModelInput
from langchain_core.messages import BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from langchain_openai import ChatOpenAI

from assistant.errors import ModelAnswerInvalid, ModelUnavailable, Said
from assistant.llm import embedded
from assistant.llm.faults import model_errors
from assistant.settings import Settings

ATTEMPTS = 3
PAUSE = 0.5
"""Seconds before the second attempt; doubled before the third."""
_CONNECT_SECONDS = 10.0
LONGEST_WAIT = 60.0
"""Seconds; an endpoint that asks for a longer pause is told as refused instead."""
LONGEST_ANSWER = 200_000
"""Characters; no section of a report comes near, so more is a model that runs away."""


def patience(seconds: float) -> httpx2.Timeout:
    """Waits of at most `seconds` for each piece; a connection must come sooner."""
    return httpx2.Timeout(seconds, connect=min(_CONNECT_SECONDS, seconds))


class EndpointClient(httpx2.Client):
    """An HTTP client that repeats what is worth repeating and ends a stream without pieces after `seconds`."""

    def __init__(self, seconds: float, trust_env: bool = True) -> None:
        self._seconds = seconds
        super().__init__(timeout=patience(seconds), trust_env=trust_env)

    def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:  # noqa: ANN401
        """The response to `request`, whatever its status after the last attempt."""
        for attempt in range(ATTEMPTS):
            last = attempt == ATTEMPTS - 1
            try:
                response = self.send_once(request, **options)
            except (httpx2.NetworkError, httpx2.RemoteProtocolError):
                if last:
                    raise
                wait: float | None = PAUSE * 2**attempt
            else:
                wait = self._wait(response, attempt)
                if last or wait is None:
                    return self._watched(response)
                response.close()
            time.sleep(wait or 0.0)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def send_once(self, request: httpx2.Request, **options: Any) -> httpx2.Response:  # noqa: ANN401
        """One attempt."""
        return super().send(request, **options)

    def _wait(self, response: httpx2.Response, attempt: int) -> float | None:
        """Seconds until the next attempt; None: don't repeat."""
        if response.status_code != 429 and response.status_code < 500:
            return None
        asked = response.headers.get("retry-after", "")
        wait = float(asked) if asked.replace(".", "", 1).isdigit() else PAUSE * 2**attempt
        return wait if wait <= LONGEST_WAIT else None

    def _watched(self, response: httpx2.Response) -> httpx2.Response:
        """`response` with its event stream, if it is one, under the clock."""
        if response.headers.get("content-type", "").startswith("text/event-stream"):
            assert isinstance(response.stream, httpx2.SyncByteStream)
            response.stream = _PieceClock(response.stream, self._seconds)
        return response


class EmbeddedClient(EndpointClient):
    """Sends every request to this machine's llama.cpp, which it starts when needed; never through a proxy."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        super().__init__(settings.chat_timeout, trust_env=False)

    def send_once(self, request: httpx2.Request, **options: Any) -> httpx2.Response:  # noqa: ANN401
        """One attempt, at the address that the server has now."""
        address = embedded.server(self._settings).address()
        request.url = request.url.copy_with(host=address.host, port=address.port)
        request.headers["host"] = f"{address.host}:{address.port}"
        request.headers["authorization"] = f"Bearer {address.key}"
        return super().send_once(request, **options)


class _PieceClock(httpx2.SyncByteStream):
    """Event-stream comments keep a connection warm without giving a piece: they don't count as an answer."""

    def __init__(self, stream: httpx2.SyncByteStream, seconds: float) -> None:
        self._stream = stream
        self._seconds = seconds

    def __iter__(self) -> Iterator[bytes]:
        last = time.monotonic()
        for data in self._stream:
            if any(line and not line.startswith(b":") for line in data.split(b"\n")):
                last = time.monotonic()
            elif time.monotonic() - last > self._seconds:
                raise httpx2.ReadTimeout(f"no piece within {self._seconds:g} seconds")
            yield data

    def close(self) -> None:
        self._stream.close()


class EndpointChat(ChatOpenAI):
    """`ChatOpenAI` whose every call streams, ends whole or with a `ModelError`, and needs no tokenizer file.

    Streaming makes the timeout mean "no piece of text" for `invoke` too. Asynchronous calls run the synchronous
    ones in a thread, so that retries and faults have one implementation. Tokens are overestimated as characters.
    """

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> Iterator[ChatGenerationChunk]:
        with model_errors(self._seconds):
            yield from _whole(super()._stream(messages, stop, run_manager, **kwargs))

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> ChatResult:
        with model_errors(self._seconds):
            return super()._generate(messages, stop, run_manager, **kwargs)

    async def _agenerate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> ChatResult:
        return await BaseChatModel._agenerate(self, messages, stop, run_manager, **kwargs)

    async def _astream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: AsyncCallbackManagerForLLMRun | None = None,
        **kwargs: object,
    ) -> AsyncIterator[ChatGenerationChunk]:
        async for chunk in BaseChatModel._astream(self, messages, stop, run_manager, **kwargs):
            yield chunk

    def get_token_ids(self, text: str) -> list[int]:
        """One number a character: Chinese text has fewer tokens than that, and nothing has to be fetched."""
        return [ord(character) for character in text]

    def get_num_tokens_from_messages(
        self,
        messages: Sequence[BaseMessage],
        tools: Sequence[Any] | None = None,
        *,
        allow_fetching_images: bool = True,
    ) -> int:
        """An upper bound, as `get_token_ids` counts."""
        return BaseChatModel.get_num_tokens_from_messages(self, list(messages))

    def _get_request_payload(
        self, input_: LanguageModelInput, *, stop: list[str] | None = None, **kwargs: object
    ) -> dict[str, Any]:
        """The body; endpoints other than the original know the length limit as `max_tokens`."""
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **kwargs)
        if self.openai_api_base and "max_completion_tokens" in payload:
            payload["max_tokens"] = payload.pop("max_completion_tokens")
        return payload

    @property
    def _seconds(self) -> float | None:
        timeout = self.request_timeout
        return timeout.read if isinstance(timeout, httpx2.Timeout) else None


class EmbeddedChat(EndpointChat):
    """`EndpointChat` to llama.cpp, which tells how far it has read a long prompt, so that reading is no stall."""

    def _get_request_payload(
        self, input_: LanguageModelInput, *, stop: list[str] | None = None, **kwargs: object
    ) -> dict[str, Any]:
        payload = super()._get_request_payload(input_, stop=stop, **kwargs)
        payload["extra_body"] = {"return_progress": True, **(payload.get("extra_body") or {})}
        return payload


def _whole(chunks: Iterator[ChatGenerationChunk]) -> Iterator[ChatGenerationChunk]:
    """`chunks` as they come; raises at the end when they were none, too many, refused or cut off."""
    length, called, finish = 0, False, ""
    for chunk in chunks:
        length += len(chunk.text)
        called = called or _has_call(chunk.message)
        finish = str((chunk.generation_info or {}).get("finish_reason") or finish)
        yield chunk
        if length > LONGEST_ANSWER:
            raise ModelAnswerInvalid(reason=Said(zh="回答过长", en="it is far too long"))
    if finish == "content_filter":
        raise ModelAnswerInvalid(reason=Said(zh="模型服务拒绝回答", en="the endpoint filtered it"))
    if not length and not called:
        raise ModelAnswerInvalid(reason=Said(zh="回答为空", en="it is empty"))
    if not finish:
        raise ModelUnavailable(reason=Said(zh="回答中途断开", en="the answer was cut off"))


def _has_call(message: BaseMessage) -> bool:
    return bool(getattr(message, "tool_call_chunks", None))
