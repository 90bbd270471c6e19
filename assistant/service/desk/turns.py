"""Answers that are being given: each in a thread of its own, so that a page that reloads finds it again."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.chat import Answer
from assistant.errors import QueryInvalid, Said

Key = tuple[str, str]
"""Owner and conversation: one answer at a time is given in a conversation."""
_POLL = 0.04
_WAIT_AT_END = 10.0


@dataclass(slots=True)
class Running:
    """One answer that is being given; `step` goes up with every change of `answer`, `ended` is the last change."""

    position: int
    answer: Answer
    step: int = 0
    ended: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def tell(self, answer: Answer) -> None:
        """The answer has come further; nothing more is told once it was stopped."""
        if not self.ended:
            self.answer = answer
            self.step += 1

    def end(self) -> None:
        """Nothing more comes."""
        self.ended = True
        self.step += 1


class Turns:
    """The answers that are being given in this process."""

    def __init__(self) -> None:
        self._running: dict[Key, Running] = {}
        self._lock = threading.Lock()

    def start(self, key: Key, running: Running, work: Callable[[Running], None]) -> None:
        """Give an answer in a thread.

        Raises:
            QueryInvalid: one is being given in this conversation.
        """
        with self._lock:
            self._refuse_second(key)
            self._running[key] = running
        running.thread = threading.Thread(
            target=self._run, args=(key, running, work), name="answer", daemon=True
        )
        running.thread.start()

    def check_free(self, key: Key) -> None:
        """Raises QueryInvalid when an answer is being given in this conversation."""
        with self._lock:
            self._refuse_second(key)

    def _refuse_second(self, key: Key) -> None:
        if key in self._running:
            reason = Said(
                "上一个问题还在回答，请稍等或先停止",
                "the last question is still being answered; wait or stop it",
            )
            raise QueryInvalid(reason=reason)

    def _run(self, key: Key, running: Running, work: Callable[[Running], None]) -> None:
        try:
            work(running)
        finally:
            with self._lock:
                self._running.pop(key, None)
            running.end()

    def find(self, key: Key) -> Running | None:
        """The answer that is being given in a conversation."""
        with self._lock:
            return self._running.get(key)

    def stop(self, key: Key) -> None:
        """Let an answer end with what it has; nothing to do when none is being given."""
        running = self.find(key)
        if running is not None:
            running.stopping.set()

    async def changed(self, key: Key, seen: int, wait: float) -> Running | None:
        """The answer once it is further than `seen` steps, or after `wait` seconds; None when none is being given."""
        until = time.monotonic() + wait
        running = self.find(key)
        while running is not None and running.step <= seen and time.monotonic() < until:
            await asyncio.sleep(_POLL)
            running = self.find(key)
        return running

    def close(self) -> None:
        """Stop all, and wait until they have kept what they have."""
        with self._lock:
            left = list(self._running.values())
        for running in left:
            running.stopping.set()
        for running in left:
            if running.thread is not None:
                running.thread.join(_WAIT_AT_END)
