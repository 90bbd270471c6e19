"""The rim of the page: every function that a browser can call runs in here, and every error ends in here."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable

from assistant.errors import AssistantError, DraftChanged, Language, PageFailed

_log = logging.getLogger("assistant.ui")

Told = dict[str, dict[str, object]]


def told(error: AssistantError, language: Language) -> Told:
    """An error as the browser gets it: `{"error": {"code", "message", "hint"}}`.

    A draft that was changed elsewhere also comes with `details`: the newer text, its version and its place.
    """
    said: dict[str, object] = {
        "code": error.code,
        "message": error.sentence(language),
        "hint": error.hint(language),
    }
    if isinstance(error, DraftChanged):
        said["details"] = {key: value for key, value in error.details.items() if key != "reason"}
    return {"error": said}


class Rim:
    """Runs functions and tells their errors in one language; what nobody foresaw is logged and told without details."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def run(self, function: Callable[[], object]) -> object:
        """What `function` returns, or its error as data."""
        try:
            return function()
        except Exception as error:  # noqa: BLE001 - the rim: whatever it was, the writer is told and goes on
            return self._tell(error)

    async def wait(self, function: Callable[[], Awaitable[object]]) -> object:
        """The same for a coroutine function."""
        try:
            return await function()
        except Exception as error:  # noqa: BLE001 - the rim: whatever it was, the writer is told and goes on
            return self._tell(error)

    def _tell(self, error: Exception) -> Told:
        if isinstance(error, AssistantError):
            _log.info("refused: %s", error.code)
            return told(error, self._language)
        _log.error("unforeseen %s", type(error).__name__, exc_info=error)
        return told(PageFailed(kind=type(error).__name__), self._language)
