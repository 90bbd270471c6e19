"""`assistant models pull|status`."""

from __future__ import annotations

import typer

from assistant.cli.announce import leaving
from assistant.cli.exits import OK
from assistant.cli.fetch import MEGABYTE, fetch
from assistant.cli.rim import AssistantGroup, add
from assistant.cli.terminal import Terminal
from assistant.export import plain
from assistant.settings import EMBEDDED

group = typer.Typer(name="models", cls=AssistantGroup, help="models.help")


def pull(terminal: Terminal) -> int:
    """Fetch and verify the embedded model."""
    from assistant.service import models

    settings = terminal.settings()
    fetch(terminal, settings.model_copy(update={"chat_model": EMBEDDED, "chat_base_url": ""}))
    state = models.status(settings)
    terminal.show(terminal.text("models.pull.done", path=state.path))
    terminal.emit(model=plain(state))
    return OK


def status(terminal: Terminal) -> int:
    """Show which models are in use and whether the embedded one is here."""
    from assistant.service import models

    settings = terminal.settings()
    used, state = models.in_use(settings), models.status(settings)
    if used.chat_embedded:
        sizes = {"size": state.size // MEGABYTE, "fetched": state.fetched // MEGABYTE}
        key = _state(state.verified, state.fetched, state.size)
        terminal.show(terminal.text(f"models.status.{key}", name=state.name, path=state.path, **sizes))
    else:
        terminal.show(terminal.text("models_used.chat", model=used.chat))
        terminal.show(terminal.text("models.status.endpoint"))
    terminal.show(terminal.text("models_used.embedding", model=used.embedding))
    terminal.show(leaving(terminal, used.outside_hosts))
    terminal.emit(in_use=plain(used), embedded=plain(state))
    return OK


def _state(verified: bool, fetched: int, size: int) -> str:
    if verified:
        return "ready"
    if fetched == size:
        return "unverified"
    return "partial" if fetched else "missing"


add(group, "pull", pull)
add(group, "status", status)
