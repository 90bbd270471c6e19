"""What the model libraries raise, told as the errors of `assistant.errors`.

`openai` and `httpx2` (its transport) are mapped class by class; LangChain's own tree covers the providers that
`init_chat_model` reaches; anything else that carries an HTTP status is mapped by the status.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from types import TracebackType

import httpx
import httpx2
import openai
from langchain_core import exceptions as langchain

from assistant.errors import (
    ModelAnswerInvalid,
    ModelError,
    ModelRejected,
    ModelTimeout,
    ModelUnavailable,
    Said,
)

_SECRET = re.compile(r"\b(sk-|Bearer\s+)[\w.\-*]{6,}")
_LONGEST = 300


class model_errors:
    """Within it, every exception of a model library comes out as a `ModelError`; all others pass.

    `seconds` is the limit that a timeout is told with.
    """

    def __init__(self, seconds: float | None = None) -> None:
        self._seconds = seconds

    def __enter__(self) -> None:
        """Begin to watch."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raise the `ModelError` that stands for `error`, if there is one."""
        known = as_model_error(error, self._seconds) if error else None
        if known is not None:
            raise known from error


def as_model_error(error: BaseException, seconds: float | None = None) -> ModelError | None:
    """The `ModelError` for a library's exception; None for an exception of anything but a model library."""
    if isinstance(error, ModelError):
        return None
    told = f"{seconds:g}" if seconds else ""
    status = _status(error)
    for kinds, make in _KINDS:
        if isinstance(error, kinds):
            return make(reason=reason(error), seconds=told)
    if status is not None:
        return of_status(status, reason(error), told)
    for kinds, make in _LIBRARIES:
        if isinstance(error, kinds):
            return make(reason=reason(error), status="")
    return None


def of_status(status: int, why: str, seconds: str = "") -> ModelError:
    """The error of an HTTP status: 408 and 504 waited too long, other 5xx are down, the rest refused."""
    if status in (408, 504):
        return ModelTimeout(seconds=seconds, reason=why)
    if status >= 500:
        return ModelUnavailable(reason=f"HTTP {status} {why}".strip())
    return ModelRejected(status=status, reason=why)


def reason(error: BaseException) -> str:
    """What the library says, without secrets, on one line and at a readable length."""
    body = getattr(error, "body", None)
    said = body.get("message") if isinstance(body, dict) else None
    text = " ".join(str(said or error or type(error).__name__).split())
    return _SECRET.sub(r"\1…", text)[:_LONGEST]


def _status(error: BaseException) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _garbled(**details: object) -> ModelError:
    return ModelAnswerInvalid(**{**details, "reason": Said(zh="无法解析", en="it cannot be parsed")})


_KINDS: tuple[tuple[tuple[type[BaseException], ...], Callable[..., ModelError]], ...] = (
    (
        (
            openai.APITimeoutError,
            httpx2.TimeoutException,
            httpx.TimeoutException,
            langchain.ModelTimeoutError,
        ),
        ModelTimeout,
    ),
    ((openai.APIResponseValidationError, json.JSONDecodeError, UnicodeDecodeError), _garbled),
    (
        (
            openai.LengthFinishReasonError,
            openai.ContentFilterFinishReasonError,
            langchain.OutputParserException,
        ),
        ModelAnswerInvalid,
    ),
    ((openai.APIConnectionError, langchain.ModelConnectionError), ModelUnavailable),
)
"""What is decided by class, first match wins; what is left is decided by its HTTP status."""

_LIBRARIES: tuple[tuple[tuple[type[BaseException], ...], Callable[..., ModelError]], ...] = (
    (
        (
            langchain.ModelAuthenticationError,
            langchain.ModelPermissionDeniedError,
            langchain.ModelInvalidRequestError,
            langchain.ModelNotFoundError,
            langchain.ModelRateLimitError,
            langchain.ContextOverflowError,
        ),
        ModelRejected,
    ),
    ((openai.OpenAIError, openai.InvalidWebhookSignatureError, langchain.ModelError), ModelUnavailable),
    ((httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, httpx2.CookieConflict), ModelUnavailable),
    ((httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, httpx.CookieConflict), ModelUnavailable),
)
"""What comes without an HTTP status and is none of the above."""
