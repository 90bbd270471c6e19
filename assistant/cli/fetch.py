"""Having the embedded model's weights here before they are needed, with progress."""

from __future__ import annotations

from assistant.cli.terminal import Terminal
from assistant.settings import Settings

MEGABYTE = 1_000_000


def fetch(terminal: Terminal, settings: Settings) -> None:
    """Fetch and verify the weights, unless they are here or an endpoint is configured.

    Raises:
        ModelError: missing with no network, wrong hash, too little disk.
    """
    from assistant.service import models

    if not settings.chat_is_embedded:
        terminal.tell("models.status.endpoint")
        return
    state = models.status(settings)
    if state.verified:
        terminal.tell("models.pull.here")
        return
    size = state.size // MEGABYTE
    terminal.tell("models.pull.whence", name=state.name, licence=state.licence, size=size)
    with terminal.progress() as report:
        models.pull(settings, report)
