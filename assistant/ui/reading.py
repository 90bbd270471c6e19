"""Routes of a file that is being read for a page: how far it is, and an end to it."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.ui.backstage import Backstage
from assistant.ui.door import OWNER


class ReadingRoutes:
    """Progress and stopping for the owner who reads."""

    def __init__(self, backstage: Backstage) -> None:
        self._backstage = backstage

    async def told(self, request: Request) -> Response:
        """`{name, page, pages}` while the reading goes on, else `{}`."""
        office = await run_in_threadpool(self._backstage.office)
        told = office.readings.told(request.scope[OWNER], request.path_params["token"])
        return JSONResponse({"name": told.name, "page": told.page, "pages": told.pages} if told else {})

    async def stop(self, request: Request) -> Response:
        """End it at its next page."""
        office = await run_in_threadpool(self._backstage.office)
        office.readings.stop(request.scope[OWNER], request.path_params["token"])
        return JSONResponse({})
