"""The page's server: our own routes, the door before them, and Gradio's page behind them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from assistant.errors import Language
from assistant.service.files import Files
from assistant.settings import Settings
from assistant.ui.assets import asset, words_json
from assistant.ui.auth import Auth
from assistant.ui.backstage import Backstage
from assistant.ui.door import OWNER, USER, Door, language_of
from assistant.ui.files import FileRoutes
from assistant.ui.headers import SecurityHeaders
from assistant.ui.late import LatePage
from assistant.ui.reading import ReadingRoutes

if TYPE_CHECKING:
    from assistant.service.accounts import Accounts

_KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
_WEB = ("desk.js", "dialogs.js", "drop.js", "reading.js", "base.css", "icon.svg")


class Server:
    """One running page: what its routes answer from.

    What takes long to import or to open (the office, Gradio) is made when the server answers already.
    """

    def __init__(
        self,
        settings: Settings,
        backstage: Backstage,
        accounts: Accounts | None,
        *,
        samples: bool = True,
    ) -> None:
        self._settings = settings
        self._backstage = backstage
        self._preparation = backstage.preparation(samples)
        self._auth = Auth(accounts, settings.language)
        self._files = Files.of(settings)
        self._page = LatePage(self._build, settings.language)

    def application(self) -> ASGIApp:
        """The whole server."""
        files = FileRoutes(self._files, self._settings.language)
        auth, reading = self._auth, ReadingRoutes(self._backstage)
        inner = FastAPI(
            docs_url=None,
            redoc_url=None,
            openapi_url=None,
            lifespan=self._lifespan,
            routes=[
                Route("/health", self.health),
                Route("/login", auth.page),
                Route("/favicon.ico", self.web),
                Route("/desk/login", auth.log_in, methods=["POST"]),
                Route("/desk/logout", auth.log_out, methods=["POST"]),
                Route("/desk/language/{language}", auth.choose_language),
                Route("/desk/session", self.session),
                Route("/desk/prepare/{name}", self.prepare, methods=["POST"]),
                Route("/desk/upload", files.upload, methods=["POST"]),
                Route("/desk/files/{file_id}", files.download),
                Route("/desk/reading/{token}", reading.told),
                Route("/desk/reading/{token}/stop", reading.stop, methods=["POST"]),
                Route("/desk/web/{name}", self.web),
                Mount("/", self._page),
            ],
        )
        door = Door(inner, auth.who, loopback=auth.open, language=self._settings.language)
        return SecurityHeaders(door)

    @asynccontextmanager
    async def _lifespan(self, app: FastAPI) -> AsyncIterator[None]:
        self._page.start()
        self._preparation.start()
        try:
            yield
        finally:
            await self._page.stop()
            self._preparation.close()
            self._backstage.close()

    async def health(self, request: Request) -> Response:
        """Whether the server is there and the page built; for whoever watches it."""
        state = self._page.state
        return JSONResponse({"status": state}, status_code=503 if state == "failed" else 200)

    async def session(self, request: Request) -> Response:
        """Who is logged in, which model is used, and what is still being prepared."""
        from assistant.export import plain
        from assistant.service import models

        owner = request.scope[OWNER]
        self._preparation.begin("samples", owner)
        language = language_of(request, self._settings.language)
        return JSONResponse(
            {
                "user": request.scope[USER],
                "max_file_mb": self._settings.max_file_mb,
                "model": plain(models.in_use(self._settings)),
                "preparing": self._preparation.told(owner, language),
            }
        )

    async def prepare(self, request: Request) -> Response:
        """Try again what could not be prepared."""
        return JSONResponse(
            {"begun": self._preparation.begin(request.path_params["name"], request.scope[OWNER])}
        )

    async def web(self, request: Request) -> Response:
        """One of the page's own files."""
        name = request.path_params.get("name", "icon.svg")
        if name not in _WEB:
            return Response(status_code=404)
        kind = _KINDS[name[name.rindex(".") :]]
        return Response(asset(name), media_type=kind)

    def _build(self) -> tuple[FastAPI, ASGIApp]:
        """Gradio's application with the page in both languages; imported here, since that takes seconds.

        Gradio makes an event loop where none runs, and never closes it: so one runs.
        """
        os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
        from assistant.ui.mounting import mounted

        office = self._backstage.office()

        async def built() -> tuple[FastAPI, ASGIApp]:
            return mounted(office, self._head)

        return asyncio.run(built())

    def _head(self, language: Language) -> str:
        """What stands first in the page's head: our words, style and script."""
        scripts = "".join(
            f'<script src="/desk/web/{name}"></script>' for name in _WEB if name.endswith(".js")
        )
        return (
            f'<script type="application/json" id="desk-words">{words_json("page", language)}</script>'
            f'<link rel="stylesheet" href="/desk/web/base.css">'
            f'<link rel="icon" href="/desk/web/icon.svg" type="image/svg+xml">{scripts}'
        )
