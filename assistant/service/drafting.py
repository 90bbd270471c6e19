"""From a facts file to a draft with its events, its check and its files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from assistant import llm
from assistant.drafting import Drafter, DraftEvent, propose_outline, read_facts
from assistant.records import FactsFile
from assistant.service.library import Library
from assistant.settings import Settings


def read(path: Path, library: Library) -> FactsFile:
    """The facts file at `path`; one without headings gets the outline of the nearest past report.

    Raises:
        InputError: the file is missing, cannot be read, or has no facts.
    """
    return propose_outline(read_facts(path), library.archive)


def draft(
    facts: FactsFile,
    library: Library,
    settings: Settings,
    *,
    only: Sequence[str] = (),
    chat: BaseChatModel | None = None,
) -> Iterator[DraftEvent]:
    """The events of drafting `facts`, the finished draft last; close the iterator to stop.

    `only` names sections by their heading or a part of it. `chat` is the settings' chat model by default. A
    model that fails does not end it: its sections are written from the facts alone and say so.

    Raises:
        QueryInvalid: `only` names no section.
        SettingsInvalid: the settings name a chat model that cannot be used.
    """
    model = llm.chat_model(settings) if chat is None else chat
    return Drafter(model, library.archive, settings).stream(facts, only)
