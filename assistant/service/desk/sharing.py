"""One chat model for everybody: requests in the order in which they came, and an end at any moment.

Work that is stopped leaves at once, also in the middle of a request: the request runs in a thread of its own,
which hangs up at the model's next sign of life.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from queue import Empty, SimpleQueue
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import ConfigDict

_POLL = 0.1
_Piece = tuple[bool, Any]
"""A piece of the answer, or (False) the end: None, or the exception that ended it."""
_Asked = Generator[AIMessageChunk, None, None]


class Stopped(Exception):
    """The work was asked to stop: no error, somebody wanted it so."""


class Line:
    """Requests that wait for the model, first come first served; `at_once` of them are answered side by side."""

    def __init__(self, at_once: int = 1) -> None:
        self._at_once = at_once
        self._busy = 0
        self._waiting: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def turn(self, given_up: Callable[[], bool]) -> Iterator[None]:
        """Wait until it is one's turn, and keep it for the block.

        Raises:
            Stopped: `given_up` says so before the turn has come.
        """
        mine = object()
        with self._changed:
            self._waiting.append(mine)
            try:
                while self._waiting[0] is not mine or self._busy >= self._at_once:
                    if given_up():
                        raise Stopped
                    self._changed.wait(_POLL)
            finally:
                self._waiting.remove(mine)
                self._changed.notify_all()
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._changed.notify_all()


class SharedChat(BaseChatModel):
    """A chat model that waits for its turn in a line, and leaves a request once `stopping` is set.

    A request that is left raises `Stopped`.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    inner: BaseChatModel
    line: Line
    stopping: threading.Event

    @property
    def _llm_type(self) -> str:
        return "shared"

    @property
    def model_name(self) -> str:
        """The name of the model behind it."""
        return str(getattr(self.inner, "model_name", "") or self.inner._llm_type)

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 - as in LangChain
    ) -> Iterator[ChatGenerationChunk]:
        request = _Request(self.line, self.stopping)
        request.start(lambda: cast("_Asked", self.inner.stream(messages, stop=stop, **kwargs)))
        for piece in request.pieces():
            yield ChatGenerationChunk(message=piece)

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,  # noqa: ANN401 - as in LangChain
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))


class _Request:
    """One request in its thread; whoever reads its pieces may leave at any time."""

    def __init__(self, line: Line, stopping: threading.Event) -> None:
        self._line = line
        self._stopping = stopping
        self._left = threading.Event()
        self._handed: SimpleQueue[_Piece] = SimpleQueue()

    def start(self, ask: Callable[[], _Asked]) -> None:
        """Begin to ask."""
        threading.Thread(target=self._run, args=(ask,), name="request", daemon=True).start()

    def pieces(self) -> Iterator[AIMessageChunk]:
        """The pieces as they come. Raises Stopped, and whatever the model raised."""
        try:
            while True:
                is_piece, content = self._next()
                if not is_piece and content is not None:
                    raise content
                if not is_piece:
                    return
                yield content
        finally:
            self._left.set()

    def _next(self) -> _Piece:
        while not self._stopping.is_set():
            try:
                return self._handed.get(timeout=_POLL)
            except Empty:
                continue
        raise Stopped

    def _gone(self) -> bool:
        return self._stopping.is_set() or self._left.is_set()

    def _run(self, ask: Callable[[], _Asked]) -> None:
        try:
            with self._line.turn(self._gone), closing(ask()) as pieces:
                for piece in pieces:
                    if self._gone():
                        raise Stopped
                    self._handed.put((True, piece))
            self._handed.put((False, None))
        except BaseException as error:  # noqa: BLE001 - the end of a thread: it is raised anew where it is awaited
            self._handed.put((False, error))
