"""The door: every request passes here first, and comes out with its owner or not at all.

Refused are other names of this machine (DNS rebinding), other sites (a forged request), whoever is not logged in
where accounts are on, and every address of Gradio that the page does not use.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import AssistantError, FileGone, Language, LoginNeeded, RequestForeign, RequestUnusable
from assistant.ui.rim import told

OWNER = "desk.owner"
"""Key of the request's scope under which the owner's name is left."""
USER = "desk.user"
"""Key of the name that is shown; empty without accounts."""
SESSION_COOKIE = "desk_session"
LANGUAGE_COOKIE = "desk_language"

Who = Callable[[str], tuple[str, str] | None]
"""Session token to (owner, name shown); None: not logged in."""

_PUBLIC = re.compile(r"/health|/login|/desk/login|/desk/language/\w+|/desk/web/[\w.-]+|/favicon\.ico")
_OURS = re.compile(r"/health|/login|/favicon\.ico|/desk/.+")
_GRADIO = re.compile(
    r"(/en)?(/|/(assets|static)/.+|/theme\.css|/manifest\.json|/config/?"
    r"|/gradio_api/(component_server/?|heartbeat/\w+|queue/(join|data)/?|cancel|reset/?|startup-events|app_id/?))?"
)
_LOOPBACK = re.compile(r"(localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?")
_SAFE = {"GET", "HEAD"}
_LARGEST_BODY = 8 * 1024 * 1024
"""Bytes of a request that is no upload: Gradio reads it whole into memory."""


def language_of(request: Request, default: Language) -> Language:
    """The language that this browser chose, else the installation's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    if chosen == "en":
        return "en"
    return "zh" if chosen == "zh" else default


class Door:
    """ASGI middleware; `loopback`: only names of this machine are answered."""

    def __init__(self, app: ASGIApp, who: Who, *, loopback: bool, language: Language) -> None:
        self._app = app
        self._who = who
        self._loopback = loopback
        self._language = language

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in with its owner, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope)
        refusal = await self._refusal(request)
        await (refusal or self._app)(scope, receive, send)

    async def _refusal(self, request: Request) -> Response | None:
        path = request.url.path
        if self._foreign(request):
            return self._tell(request, RequestForeign(), 403)
        if not (_OURS.fullmatch(path) or _GRADIO.fullmatch(path)):
            return self._tell(request, FileGone(), 404)
        if request.method not in _SAFE and path != "/desk/upload" and not _bounded(request):
            return self._tell(request, RequestUnusable(reason="Content-Length"), 413)
        known = await run_in_threadpool(self._who, request.cookies.get(SESSION_COOKIE, ""))
        if known:
            request.scope[OWNER], request.scope[USER] = known
        elif not _PUBLIC.fullmatch(path):
            return self._to_login(request)
        return None

    def _foreign(self, request: Request) -> bool:
        host = request.headers.get("host", "")
        if self._loopback and not _LOOPBACK.fullmatch(host):
            return True
        if request.method in _SAFE:
            return False
        origin = request.headers.get("origin")
        if origin is None:
            return request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
        return urlsplit(origin).netloc != host

    def _to_login(self, request: Request) -> Response:
        if request.method in _SAFE and "text/html" in request.headers.get("accept", ""):
            return RedirectResponse("/login", status_code=303)
        return self._tell(request, LoginNeeded(), 401)

    def _tell(self, request: Request, error: AssistantError, status: int) -> Response:
        return JSONResponse(told(error, language_of(request, self._language)), status_code=status)


def _bounded(request: Request) -> bool:
    """Whether the body says how long it is, and is not too long."""
    length = request.headers.get("content-length", "")
    return length.isascii() and length.isdigit() and int(length) <= _LARGEST_BODY
