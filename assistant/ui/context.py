"""What a tab is given: the office, its words and files in one language, and the way its functions are served."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import gradio as gr
from starlette.requests import Request

from assistant.errors import Language
from assistant.export import plain
from assistant.ui.assets import asset, wording, words_json
from assistant.ui.door import OWNER
from assistant.ui.given import Given
from assistant.ui.rim import Rim
from assistant.wording import Wording

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk
    from assistant.service.desk.office import Office

Served = Callable[..., Any]
Function = Callable[["Desk", Given], object]
AsyncFunction = Callable[["Desk", Given], Awaitable[object]]


def owner_of(request: Request | gr.Request) -> str:
    """The owner that a request acts for; KeyError when it did not come through the door."""
    inner = getattr(request, "request", request)
    return str(inner.scope[OWNER])


@dataclass(frozen=True)
class Page:
    """The page in one language: what `tab(page)` of every tab module works with."""

    office: Office
    language: Language

    def desk(self, request: Request | gr.Request) -> Desk:
        """The desk of whoever sent `request`."""
        return self.office.desk(owner_of(request))

    def call(self, function: Function | AsyncFunction) -> Served:
        """`function(desk, given)` as a server function of a component, of the same name.

        What it returns goes to the browser as plain data (`assistant.export.plain`); an error becomes
        `{"error": {"code", "message", "hint"}}` in the page's language. `given` is the one object that the
        script sent. A coroutine function stays one: it may wait long without holding a thread.
        """
        rim = Rim(self.language)

        def served(data: Any = None, request: gr.Request = None) -> Any:  # type: ignore[assignment]  # noqa: ANN401
            return rim.run(lambda: plain(self._told(function, request, Given.of(data)), self.language))

        async def awaited(data: Any = None, request: gr.Request = None) -> Any:  # type: ignore[assignment]  # noqa: ANN401
            async def run() -> object:
                told = await cast("AsyncFunction", function)(self.desk(request), Given.of(data))
                return plain(told, self.language)

            return await rim.wait(run)

        wrapped = awaited if inspect.iscoroutinefunction(function) else served
        wrapped.__name__ = function.__name__
        # Gradio finds the request by the parameter's type, which it cannot resolve from a string here.
        wrapped.__annotations__ = {"data": Any, "request": gr.Request}
        return wrapped

    def _told(self, function: Function, request: Request | gr.Request, given: Given) -> object:
        """What `function` returns; what it reads is told under `given.reading`, where the script named it so."""
        desk = self.desk(request)
        token = given.text("reading", "")
        if not token:
            return function(desk, given)
        with self.office.readings.watched(desk.owner, token) as desk.report:
            return function(desk, given)

    def wording(self, name: str) -> Wording:
        """The sentences of `assistant/ui/data/<name>.yaml` in the page's language."""
        return wording(name, self.language)

    def words(self, name: str) -> str:
        """The same sentences as one JSON object, for `js_on_load`: `const words = …`."""
        return words_json(name, self.language)

    def asset(self, name: str) -> str:
        """The text of `assistant/ui/web/<name>`."""
        return asset(name)

    def script(self, name: str, words: str) -> str:
        """`web/<name>` for `js_on_load`: it finds the sentences of `data/<words>.yaml` as `words`, and `desk`."""
        return f"const words = {self.words(words)};\nconst desk = window.desk;\n{self.asset(name)}"
