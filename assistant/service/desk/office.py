"""One office for a process: what all owners share, and a desk for each of them."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel

from assistant import llm
from assistant.archive import Archive
from assistant.archive.catalogue import Catalogue
from assistant.service.chat import usable_model
from assistant.service.desk import store
from assistant.service.desk.check import Bound, Checked
from assistant.service.desk.jobs import WAITING, Jobs
from assistant.service.desk.kept import Kept
from assistant.service.desk.readingroom import ReadingRoom
from assistant.service.desk.readings import Readings
from assistant.service.desk.sharing import Line, SharedChat
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.service.desk.desk import Desk

RUNNING = 20
"""Jobs that run side by side with an endpoint."""
RUNNING_HERE = 4
"""Jobs that run side by side with the embedded model, whose requests take turns."""
_MOST_CHECKS = 24


class Office:
    """Settings, models, archives, database and jobs of one process. Close it at the end.

    Raises:
        ArchiveError: the database cannot be opened or written.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        chat: BaseChatModel | None = None,
        embeddings: Embeddings | None = None,
        waiting: int = WAITING,
    ) -> None:
        """`chat` and `embeddings` stand in for the models that the settings name; `waiting` jobs may queue."""
        self.settings = settings
        self.embeddings = llm.embedding_model(settings) if embeddings is None else embeddings
        self._chat = chat
        embedded = chat is None and settings.chat_is_embedded
        self._line = Line(1 if embedded else RUNNING)
        self.ingesting = Line()
        """One file at a time is taken into the archives of all owners."""
        self._archives: dict[str, Archive] = {}
        self._lock = threading.RLock()
        self.catalogue = Catalogue.of(settings)
        store.prepare(self.catalogue)
        self.checks = Kept[Checked](_MOST_CHECKS)
        self.sources = Kept[Bound](_MOST_CHECKS)
        self.jobs = Jobs(self.catalogue, RUNNING_HERE if embedded else RUNNING, waiting)
        self.reading = ReadingRoom(self)
        self.readings = Readings()

    def __enter__(self) -> Office:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def desk(self, owner: str) -> Desk:
        """The desk of an owner."""
        from assistant.service.desk.desk import Desk

        return Desk(self, owner)

    def archive(self, owner: str) -> Archive:
        """An owner's archive, opened once. Raises ArchiveError."""
        with self._lock:
            if owner not in self._archives:
                self._archives[owner] = Archive.open(self.settings, self.embeddings, owner)
            return self._archives[owner]

    def chat(self, stopping: threading.Event | None = None) -> BaseChatModel:
        """The chat model; a request leaves with `sharing.Stopped` once `stopping` is set.

        Raises:
            SettingsInvalid: the settings name a chat model that cannot be used.
        """
        with self._lock:
            if self._chat is None:
                self._chat = llm.chat_model(self.settings)
        return SharedChat(inner=self._chat, line=self._line, stopping=stopping or threading.Event())

    def usable_chat(self, stopping: threading.Event | None = None) -> BaseChatModel | None:
        """The same, or None where the embedded model's weights are not here: for whoever can do without."""
        if self._chat is None and usable_model(self.settings) is None:
            return None
        return self.chat(stopping)

    def close(self) -> None:
        """End the jobs, keeping what they have finished, and let archives and database go."""
        self.jobs.close()
        self.reading.close()
        with self._lock:
            for archive in self._archives.values():
                archive.close()
            self._archives.clear()
        self.catalogue.close()
