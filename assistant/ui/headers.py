"""Security headers of every answer, and the page's HTML made to fit them.

Gradio's page holds inline scripts and compiles its templates at run time, so the policy allows `unsafe-eval` and
scripts with this answer's nonce: a script or an event handler that slipped into a text does not run.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from functools import partial

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
_PREVIEW = re.compile(r'<meta\s+(?:property="og|name="twitter):[^>]*>')
_LASTING = ("/assets/", "/static/")
"""Files of Gradio's own, named by their content: a browser may keep them."""


def policy(nonce: str) -> str:
    """The Content-Security-Policy of an answer with that nonce."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class SecurityHeaders:
    """Adds the headers to every answer; what is not one of Gradio's files is never stored."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add to what comes back."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope["desk.nonce"] = nonce

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _FIXED.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = policy(nonce)
                if not any(part in scope["path"] for part in _LASTING):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, sending)


class PageFitting:
    """Rewrites what Gradio sends: its HTML page and its style sheets; everything else passes as it is."""

    def __init__(self, app: ASGIApp, language: str, head: str) -> None:
        self._app = app
        self._language = language
        self._head = head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Collect an answer that is to be changed, and send it changed."""
        change = self._change_for(scope)
        if change is None:
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] != 200:
                start["passed"] = True
            if message["type"] == "http.response.start" and not start:
                start.update(message)
            elif start.get("passed") or message["type"] != "http.response.body":
                await send(message)
            else:
                body.extend(message.get("body", b""))
                if not message.get("more_body"):
                    changed = change(body.decode("utf-8")).encode("utf-8")
                    MutableHeaders(scope=start)["Content-Length"] = str(len(changed))
                    await send(start)
                    await send({"type": "http.response.body", "body": changed})

        # Asked for plain: what comes compressed cannot be changed.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self._app({**scope, "headers": plain}, receive, sending)

    def _change_for(self, scope: Scope) -> Callable[[str], str] | None:
        if scope["type"] != "http" or scope["method"] != "GET":
            return None
        if scope["path"] in ("/", "/en", "/en/"):
            return partial(self.fitted, nonce=scope["desk.nonce"])
        return layered if scope["path"].endswith(".css") and "/assets/" in scope["path"] else None

    def fitted(self, page: str, nonce: str) -> str:
        """Gradio's page in our language, with our head first and its inline scripts allowed.

        Its own tags for link previews name Gradio and an outside address; they go.
        """
        whole = _PREVIEW.sub("", page).replace("<style>", f"{self._head}<style>", 1)
        whole = whole.replace('lang="en"', f'lang="{self._language}"', 1)
        return whole.replace("<script", f'<script nonce="{nonce}"')


def layered(sheet: str) -> str:
    """A style sheet of Gradio in a cascade layer: every rule of ours wins over its resets.

    >>> layered("b{color:red}")
    '@layer gradio{b{color:red}}'
    """
    return f"@layer gradio{{{sheet}}}"
