"""Gradio's application, mounted once for each language. Importing this module imports Gradio."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.errors import Language
from assistant.ui.auth import home_of, html_language
from assistant.ui.door import OWNER
from assistant.ui.headers import PageFitting
from assistant.ui.page import build
from assistant.ui.theme import theme

if TYPE_CHECKING:
    from assistant.service.desk.office import Office

_LANGUAGES: tuple[Language, ...] = ("en", "zh")
"""The one whose address holds all others' comes last."""


class _ByLanguage:
    """Sends a request through the fitting of the page whose address it asks."""

    def __init__(self, app: ASGIApp, head: Callable[[Language], str]) -> None:
        self._fitted = {
            language: PageFitting(app, html_language(language), head(language)) for language in _LANGUAGES
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on."""
        english = scope["path"].startswith("/en/") or scope["path"] == "/en"
        await self._fitted["en" if english else "zh"](scope, receive, send)


def mounted(office: Office, head: Callable[[Language], str]) -> tuple[FastAPI, ASGIApp]:
    """The application (for its lifespan) and what requests go through.

    Nobody comes here without an owner (the door sees to it); `auth_dependency` asks for it once more.
    """
    application = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for language in _LANGUAGES:
        gr.mount_gradio_app(
            application,
            build(office, language),
            path=home_of(language).rstrip("/") or "/",
            auth_dependency=_owner,
            theme=theme(),
            footer_links=[],
            run_history=False,
            mcp_server=False,
            ssr_mode=False,
            pwa=False,
            show_error=False,
            enable_monitoring=False,
            max_file_size="1kb",  # uploads go to our own route
        )
    return application, _ByLanguage(application, head)


def _owner(request: Request) -> str | None:
    owner = request.scope.get(OWNER)
    return str(owner) if owner is not None else None
