"""Which models are in use, whether they are here, and fetching the embedded one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant import llm
from assistant.records import Report, silent
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class ModelsInUse:
    """The configured models by name, and the hosts outside of this machine that text goes to (none: empty)."""

    chat: str
    chat_embedded: bool
    embedding: str
    embedding_embedded: bool
    outside_hosts: tuple[str, ...]


def in_use(settings: Settings) -> ModelsInUse:
    """The models that `settings` name; nothing is loaded."""
    return ModelsInUse(
        chat=llm.status(settings).name if settings.chat_is_embedded else settings.chat_model,
        chat_embedded=settings.chat_is_embedded,
        embedding=getattr(llm.embedding_model(settings), "name", settings.embedding_model),
        embedding_embedded=settings.embedding_is_embedded,
        outside_hosts=settings.outside_hosts(),
    )


def status(settings: Settings) -> llm.WeightsStatus:
    """What of the embedded model's weights is on this machine."""
    return llm.status(settings)


def pull(settings: Settings, report: Report = silent) -> Path:
    """Fetch and verify the embedded model's weights; at once when they are here.

    Raises:
        ModelError: missing with no network, wrong hash, or too little disk.
    """
    return llm.pull(settings, report)
