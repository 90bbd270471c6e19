"""Files that are being read for a page just now: how far each is, and whether somebody stopped it.

A page names each reading with a token of its own. What is told and stopped is found by owner and token.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from assistant.errors import ReadingStopped
from assistant.records import Progress, Report


@dataclass(frozen=True, slots=True)
class ReadingView:
    """A scanned file that is being read: `page` of `pages` is recognised now; 0 while none was yet."""

    name: str = ""
    page: int = 0
    pages: int = 0


@dataclass(slots=True)
class _Reading:
    told: ReadingView = ReadingView()
    stopping: threading.Event = field(default_factory=threading.Event)

    def report(self, progress: Progress) -> None:
        """Take note of a recognised page. Raises ReadingStopped."""
        if self.stopping.is_set():
            raise ReadingStopped(name=progress.detail)
        self.told = ReadingView(
            progress.detail, min(progress.done + 1, progress.total or progress.done), progress.total
        )


class Readings:
    """All readings of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readings: dict[tuple[str, str], _Reading] = {}

    @contextmanager
    def watched(self, owner: str, token: str) -> Iterator[Report]:
        """Within it a reading is there under `token`; what is read reports to the given listener.

        The listener raises ReadingStopped once somebody stopped the reading.
        """
        reading = _Reading()
        with self._lock:
            self._readings[owner, token] = reading
        try:
            yield reading.report
        finally:
            with self._lock:
                self._readings.pop((owner, token), None)

    def told(self, owner: str, token: str) -> ReadingView | None:
        """How far a reading is; None when it has ended."""
        reading = self._readings.get((owner, token))
        return reading.told if reading else None

    def stop(self, owner: str, token: str) -> None:
        """End a reading at its next page; one that has ended is left."""
        reading = self._readings.get((owner, token))
        if reading:
            reading.stopping.set()
