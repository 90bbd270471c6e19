"""The page of Gradio behind the server: it is built while the server answers already."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from string import Template
from typing import Literal

from anyio import to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import AssistantError, Language
from assistant.ui.assets import asset, wording
from assistant.ui.auth import html_language
from assistant.ui.door import language_of

_log = logging.getLogger("assistant.ui")

State = Literal["loading", "ready", "failed"]


class LatePage:
    """An ASGI application that shows a waiting page until `build` has made the real one.

    `build` runs in a thread, because importing Gradio takes seconds. The lifespan of what it makes is entered and
    left in one task.
    """

    def __init__(self, build: Callable[[], tuple[Starlette, ASGIApp]], language: Language) -> None:
        self._build = build
        self._language = language
        self._inner: ASGIApp | None = None
        self._error: Exception | None = None
        self._ending = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def state(self) -> State:
        """How far the page is."""
        if self._inner is not None:
            return "ready"
        return "failed" if self._error else "loading"

    def start(self) -> None:
        """Begin to build; call it inside the running event loop."""
        self._task = asyncio.create_task(self._live())

    async def stop(self) -> None:
        """Leave the page's lifespan."""
        self._ending.set()
        if self._task is not None:
            self._task.cancel() if self._inner is None else None
            await asyncio.gather(self._task, return_exceptions=True)

    async def _live(self) -> None:
        try:
            application, served = await to_thread.run_sync(self._build, abandon_on_cancel=True)
            async with application.router.lifespan_context(application):
                self._inner = served
                await self._ending.wait()
                self._inner = None
        except Exception as error:  # noqa: BLE001 - the rim of this task: the waiting page and the health check tell it
            self._error = error
            _log.error("the page was not built", exc_info=error)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request to the page, or answer that it is on its way."""
        if self._inner is not None:
            await self._inner(scope, receive, send)
        else:
            await self._waiting(Request(scope))(scope, receive, send)

    def _waiting(self, request: Request) -> HTMLResponse:
        language = language_of(request, self._language)
        words = wording("page", language)
        failed = self._error is not None
        text = words.say("wait.text")
        if isinstance(self._error, AssistantError):
            text = f"{self._error.sentence(language)} {self._error.hint(language)} ({self._error.code})"
        page = Template(asset("wait.html")).substitute(
            lang=html_language(language),
            seconds=30 if failed else 1,
            name=words.say("name"),
            title=words.say("wait.failed" if failed else "wait.title"),
            text=text,
        )
        return HTMLResponse(page, status_code=503)
