"""The first line of a long command: which models it uses, and whether anything leaves this machine."""

from __future__ import annotations

from assistant.cli.terminal import Terminal
from assistant.settings import Settings


def announce(terminal: Terminal, settings: Settings, *, chat: bool = False) -> None:
    """Say it on stderr; `chat` when the command also uses the chat model."""
    from assistant.service import models

    used = models.in_use(settings)
    embedding = _named(terminal, used.embedding, used.embedding_embedded)
    if chat:
        drafting = _named(terminal, used.chat, used.chat_embedded)
        line = terminal.text("models_used.both", chat=drafting, embedding=embedding)
    else:
        line = terminal.text("models_used.embedding", model=embedding)
    terminal.aside(f"{line} {leaving(terminal, used.outside_hosts)}")


def leaving(terminal: Terminal, hosts: tuple[str, ...]) -> str:
    """Whether text leaves this machine, and to where."""
    if hosts:
        return terminal.text("models_used.outside", hosts=", ".join(hosts))
    return terminal.text("models_used.here")


def _named(terminal: Terminal, name: str, embedded: bool) -> str:
    return terminal.text("models_used.embedded", name=name) if embedded else name
