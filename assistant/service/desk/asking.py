"""Questions to the archive as the page asks them: conversations that are kept, answers that go on without it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from langchain_core.language_models import BaseChatModel

from assistant.archive import Archive
from assistant.chat import Answer, Chat, Finished, Scope, Statement, Told, Understood
from assistant.chat.asked import understand
from assistant.chat.chat import unfinished
from assistant.chat.history import History
from assistant.chat.telling import conversation_markdown
from assistant.errors import AssistantError, QueryInvalid, Said
from assistant.service.desk.answering import Titles, turn_view
from assistant.service.desk.context import AroundView, passage_context
from assistant.service.desk.sharing import Stopped
from assistant.service.desk.suggesting import suggestions
from assistant.service.desk.talk import AskedView, ConversationView, TalkView, TurnView
from assistant.service.desk.turns import Key, Running, Turns

_LONGEST_WAIT = 25.0


class Asking:
    """One owner's conversations over one archive. Every method sees this owner's alone.

    `model` is asked for with the event that stops the answer; None answers by rules.
    """

    def __init__(
        self,
        owner: str,
        archive: Archive,
        history: History,
        turns: Turns,
        model: Callable[[threading.Event], BaseChatModel | None],
        today: Callable[[], date] = date.today,
    ) -> None:
        self._owner = owner
        self._archive = archive
        self._history = history
        self._turns = turns
        self._model = model
        self._today = today
        self._suggested: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def conversations(self) -> tuple[ConversationView, ...]:
        """All of them, the one last asked in first."""
        return tuple(
            ConversationView(one.id, one.title, one.updated, one.turns, self._running(one.id) is not None)
            for one in self._history.conversations()
        )

    def ask(self, question: str, conversation: str = "", scope: Scope | None = None) -> AskedView:
        """Begin to answer; the answer is read with `turn`. An empty `conversation` begins one.

        Without `scope` the conversation's last one goes on.

        Raises:
            QueryInvalid: the question cannot be used, there is no such conversation, or it is still answering.
            DocumentUnknown: the scope names a document that is not there.
        """
        understand(question, (), self._today())
        for name in scope.documents if scope else ():
            self._archive.document(name)
        name = self._history.whole_id(conversation) if conversation else self._history.begin(question.strip())
        self._turns.check_free(self._key(name))
        last = self._history.last_asked(name)
        scope = self._history.last_scope(name) if scope is None else scope
        begun = Answer(question.strip(), question.strip(), "free", incomplete=True, scope=scope)
        running = Running(self._history.add(name, begun), begun)
        self._turns.start(self._key(name), running, lambda one: self._answer(name, last, one))
        return AskedView(name, running.position)

    async def turn(self, conversation: str, position: int, seen: int = 0, wait: float = 20.0) -> TurnView:
        """A turn as soon as it is further than `seen`, at the latest after `wait` seconds.

        Raises:
            QueryInvalid: there is no such conversation or turn.
        """
        name = self._history.whole_id(conversation)
        running = await self._turns.changed(self._key(name), seen, min(wait, _LONGEST_WAIT))
        if running is not None and running.position == position:
            return self._going(position, running)
        turns = self._history.turns(name)
        if not 1 <= position <= len(turns):
            raise QueryInvalid(reason=Said("没有这个问题", "there is no such question"))
        return self._view(position, turns[position - 1])

    def talk(self, conversation: str) -> TalkView:
        """A whole conversation, with the turn that is being answered. Raises QueryInvalid."""
        name = self._history.whole_id(conversation)
        running, turns = self._running(name), self._history.turns(name)
        views = [
            self._going(position, running)
            if running is not None and running.position == position
            else self._view(position, answer)
            for position, answer in enumerate(turns, start=1)
        ]
        title = next(one.title for one in self._history.conversations() if one.id == name)
        return TalkView(name, title, tuple(views))

    def stop(self, conversation: str) -> None:
        """End the answer that is being given; what was verified stays. Raises QueryInvalid."""
        self._turns.stop(self._key(self._history.whole_id(conversation)))

    def rename(self, conversation: str, title: str) -> None:
        """Another title. Raises QueryInvalid."""
        self._history.rename(conversation, title)

    def remove(self, conversation: str) -> None:
        """Forget a conversation for good. Raises QueryInvalid."""
        self.stop(conversation)
        self._history.remove(conversation)

    def markdown(self, conversation: str) -> str:
        """The conversation with its sources, to keep elsewhere. Raises QueryInvalid."""
        talk = self.talk(conversation)
        return conversation_markdown(talk.title, self._history.turns(talk.id))

    def passage_context(
        self, document_id: str, start: int | None, end: int | None, before: int = 0, after: int = 0
    ) -> AroundView:
        """A quoted span among its neighbours; see `context`. Raises DocumentUnknown."""
        return passage_context(self._archive, document_id, start, end, before, after)

    def suggestions(self) -> tuple[str, ...]:
        """A few questions that this archive answers; none when it is empty."""
        held = tuple(one.id for one in self._archive.documents())
        if self._suggested[0] != held:
            self._suggested = (held, suggestions(self._archive, self._today))
        return self._suggested[1]

    def _answer(self, name: str, last: str, running: Running) -> None:
        """Answer one question, keeping every step: whatever happens, what was said is in the database."""
        begun, told = running.answer, list[Statement]()
        try:
            chat = Chat(
                self._archive,
                model=self._model(running.stopping),
                scope=begun.scope,
                today=self._today,
                stopped=running.stopping.is_set,
            )
            for event in chat.stream(begun.question, last):
                if isinstance(event, Understood):
                    running.tell(replace(begun, asked=event.asked, route=event.route))
                elif isinstance(event, Told):
                    told.append(event.statement)
                    running.tell(replace(running.answer, statements=tuple(told)))
                    self._history.replace(name, running.position, running.answer)
                elif isinstance(event, Finished):
                    running.tell(event.answer)
        except Stopped:
            running.tell(_broken_off(running.answer, Said("已按要求停止。", "it was stopped.")))
        except AssistantError as error:
            running.tell(_broken_off(running.answer, error.said))
        self._keep(name, running)

    def _keep(self, name: str, running: Running) -> None:
        """The answer as it ended; a conversation that was removed meanwhile stays removed."""
        if any(one.id == name for one in self._history.conversations()):
            self._history.replace(name, running.position, running.answer)

    def _going(self, position: int, running: Running) -> TurnView:
        """The answer so far. Its step and end are read before it: read after, they could belong to a later one."""
        step, ended = running.step, running.ended
        view = self._view(position, running.answer)
        return view if ended else replace(view, state="running", step=step)

    def _view(self, position: int, answer: Answer) -> TurnView:
        titles: Titles = {one.id: one.title for one in self._archive.documents()}
        return turn_view(position, answer, self._archive, titles)

    def _running(self, conversation: str) -> Running | None:
        return self._turns.find(self._key(conversation))

    def _key(self, conversation: str) -> Key:
        return self._owner, conversation


def _broken_off(answer: Answer, reason: Said) -> Answer:
    return replace(answer, incomplete=True, notes=(*answer.notes, unfinished(reason)))
