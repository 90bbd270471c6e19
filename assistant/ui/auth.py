"""Logging in and out, and what the browser may know of its session."""

from __future__ import annotations

import html
import json
from string import Template
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.errors import AssistantError, Language, LoginLocked, RequestUnusable
from assistant.service import LOCAL
from assistant.ui.assets import asset, wording
from assistant.ui.door import LANGUAGE_COOKIE, SESSION_COOKIE, language_of
from assistant.ui.given import Given
from assistant.ui.rim import told

if TYPE_CHECKING:
    from assistant.service.accounts import Accounts

_LARGEST = 4096
_YEAR = 365 * 24 * 3600


class Auth:
    """The routes of logging in; without accounts everybody is `LOCAL`."""

    def __init__(self, accounts: Accounts | None, language: Language) -> None:
        self._accounts = accounts
        self._language = language

    @property
    def open(self) -> bool:
        """Whether there are no accounts: whoever reaches the page is let in."""
        return self._accounts is None

    def who(self, token: str) -> tuple[str, str] | None:
        """The owner and the name shown of a session; None when it is none."""
        if self._accounts is None:
            return LOCAL, ""
        account = self._accounts.who(token)
        return (account.id, account.name) if account else None

    async def page(self, request: Request) -> Response:
        """The log-in page; whoever is logged in goes on to the desk."""
        token = request.cookies.get(SESSION_COOKIE, "")
        if await run_in_threadpool(self.who, token):
            return RedirectResponse(home_of(language_of(request, self._language)), status_code=303)
        return HTMLResponse(self._page(language_of(request, self._language), request.scope["desk.nonce"]))

    async def log_in(self, request: Request) -> Response:
        """Name and password as JSON; the session comes back as a cookie that no script can read."""
        language = language_of(request, self._language)
        try:
            given = await _given(request)
            name, password = given.text("name"), given.text("password")
            if self._accounts is None:
                return JSONResponse({"user": ""})
            address = request.client.host if request.client else ""
            token, account = await run_in_threadpool(self._accounts.log_in, name, password, address)
        except AssistantError as error:
            status = 429 if isinstance(error, LoginLocked) else 400
            return JSONResponse(told(error, language), status_code=status)
        response = JSONResponse({"user": account.name, "home": home_of(language)})
        _set_cookie(request, response, SESSION_COOKIE, token, self._accounts.session_seconds)
        return response

    async def log_out(self, request: Request) -> Response:
        """End the session, here and in the browser."""
        if self._accounts is not None:
            await run_in_threadpool(self._accounts.log_out, request.cookies.get(SESSION_COOKIE, ""))
        response = JSONResponse({})
        response.delete_cookie(SESSION_COOKIE, path="/")
        return response

    async def choose_language(self, request: Request) -> Response:
        """Remember the language and go to the page in it."""
        chosen: Language = "en" if request.path_params["language"] == "en" else "zh"
        response = RedirectResponse(home_of(chosen), status_code=303)
        _set_cookie(request, response, LANGUAGE_COOKIE, chosen, _YEAR)
        return response

    def _page(self, language: Language, nonce: str) -> str:
        words = wording("page", language)
        said = {key.replace(".", "_"): html.escape(words.say(key)) for key in words.keys}
        other = "en" if language == "zh" else "zh"
        return Template(asset("login.html")).substitute(
            said, nonce=nonce, lang=html_language(language), other=other
        )


def home_of(language: Language) -> str:
    """Where the page in that language is."""
    return "/en/" if language == "en" else "/"


def html_language(language: Language) -> str:
    """The language's tag in HTML."""
    return "en" if language == "en" else "zh-CN"


def _set_cookie(request: Request, response: Response, name: str, value: str, seconds: int) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(
        name, value, max_age=seconds, path="/", httponly=True, secure=secure, samesite="strict"
    )


async def _given(request: Request) -> Given:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST:
            raise RequestUnusable(reason="JSON")
    try:
        return Given.of(json.loads(body))
    except ValueError as error:
        raise RequestUnusable(reason="JSON") from error
