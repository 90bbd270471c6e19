"""Questions to the archive: one answer, or a conversation that is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from assistant import llm
from assistant.chat import Answer, Chat, ChatEvent, Finished, Scope
from assistant.chat.chart import write_chart
from assistant.chat.history import Conversation, History
from assistant.chat.telling import conversation_markdown
from assistant.errors import ExportError, Said
from assistant.service import LOCAL
from assistant.service.library import Library
from assistant.settings import Settings


def usable_model(settings: Settings) -> BaseChatModel | None:
    """The chat model where it can answer at once: an endpoint, or weights that are here; else None."""
    if settings.chat_is_embedded and not llm.status(settings).verified:
        return None
    return llm.chat_model(settings)


def ask(
    question: str,
    library: Library,
    *,
    scope: Scope | None = None,
    model: BaseChatModel | None = None,
    plot: Path | None = None,
) -> Answer:
    """One answer, nothing kept; with `plot` the chart of a series is written there.

    Raises:
        QueryInvalid: the question is empty or longer than 2,000 characters, or a document is unknown.
        ExportError: the chart could not be written.
    """
    answer = Chat(library.archive, model=model, scope=scope or Scope()).answer(question)
    return charted(answer, plot) if plot else answer


def charted(answer: Answer, path: Path) -> Answer:
    """The answer with its chart written to `path`; as it is when it has no series."""
    return replace(answer, chart=write_chart(answer.series, path)) if answer.series else answer


class Conversations:
    """One owner's conversations: asked, kept, listed, exported. Use within `with open_conversations(…)`."""

    def __init__(self, library: Library, settings: Settings, owner: str = LOCAL) -> None:
        self._library = library
        self.history = History(settings, owner)

    def close(self) -> None:
        """Let the database go."""
        self.history.close()

    def stream(
        self,
        question: str,
        conversation: str,
        *,
        scope: Scope | None = None,
        model: BaseChatModel | None = None,
    ) -> Iterator[ChatEvent]:
        """The events of one turn; the turn is kept when it is finished.

        Raises:
            QueryInvalid: the question cannot be used, or there is no such conversation.
        """
        last = self.history.last_asked(conversation)
        for event in Chat(self._library.archive, model=model, scope=scope or Scope()).stream(question, last):
            if isinstance(event, Finished):
                self.history.add(conversation, event.answer)
            yield event

    def listed(self) -> tuple[Conversation, ...]:
        """The conversations, the newest first."""
        return self.history.conversations()

    def markdown(self, conversation: str) -> str:
        """A conversation as Markdown, sources included. Raises QueryInvalid."""
        turns = self.history.turns(conversation)
        title = next(
            (one.title for one in self.history.conversations() if one.id.startswith(conversation)), ""
        )
        return conversation_markdown(title, turns)

    def export(self, conversation: str, path: Path) -> Path:
        """Write a conversation as Markdown. Raises QueryInvalid, ExportError."""
        text = self.markdown(conversation)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            reason = Said("文件夹不可写或磁盘已满", "the folder cannot be written, or the disk is full")
            raise ExportError(name=path.name, reason=reason) from error
        return path
