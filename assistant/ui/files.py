"""Routes of the owner's files: one file up as the body of a request, one down by its opaque id."""

from __future__ import annotations

from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, Response

from assistant.errors import AssistantError, FileGone, FileRefused, Language, QuotaReached
from assistant.service.files import Files
from assistant.ui.door import OWNER, language_of
from assistant.ui.rim import told

_STATUS: dict[type[AssistantError], int] = {FileRefused: 413, QuotaReached: 413, FileGone: 404}


class FileRoutes:
    """Upload and download for whoever is logged in."""

    def __init__(self, files: Files, language: Language) -> None:
        self._files = files
        self._language = language

    async def upload(self, request: Request) -> Response:
        """Keep the body under the name in `X-Name` (percent-encoded); answers `{id, name, size}`."""
        name = unquote(request.headers.get("x-name", ""), errors="replace")
        try:
            kept = await self._files.take(request.scope[OWNER], name, request.stream())
        except ClientDisconnect:
            return Response(status_code=499)
        except AssistantError as error:
            return self._refuse(request, error)
        return JSONResponse({"id": kept.id, "name": kept.name, "size": kept.size})

    async def download(self, request: Request) -> Response:
        """The file as an attachment under its shown name, whatever it holds: a browser never opens it here."""
        try:
            kept = await run_in_threadpool(
                self._files.found, request.scope[OWNER], request.path_params["file_id"]
            )
        except AssistantError as error:
            return self._refuse(request, error)
        return FileResponse(kept.path, filename=kept.name, media_type="application/octet-stream")

    def _refuse(self, request: Request, error: AssistantError) -> Response:
        status = _STATUS.get(type(error), 400)
        return JSONResponse(told(error, language_of(request, self._language)), status_code=status)
