"""The office: what all desks of one process share."""

from __future__ import annotations

from threading import Lock

from langchain_core.embeddings import Embeddings

from assistant import llm
from assistant.archive import Archive
from assistant.archive.catalogue import Catalogue
from assistant.service.desk import store
from assistant.service.desk.check import Bound, Checked
from assistant.service.desk.desk import Desk
from assistant.service.desk.kept import Kept
from assistant.settings import Settings

_CHECKS, _SOURCES = 64, 32


class Office:
    """Settings, database, models and archives of a process; `desk` gives one owner's view. Close it at the end."""

    def __init__(self, settings: Settings, *, embeddings: Embeddings | None = None) -> None:
        """Open the database of `settings`.

        Raises:
            ArchiveError: it cannot be opened or written.
        """
        self.settings = settings
        folder = settings.home / "archive"
        folder.mkdir(parents=True, exist_ok=True)
        self.catalogue = Catalogue(folder, settings.database_url)
        store.prepare(self.catalogue)
        self.checks = Kept[Checked](_CHECKS)
        self.sources = Kept[Bound](_SOURCES)
        self._embeddings = embeddings
        self._archives: dict[str, Archive] = {}
        self._lock = Lock()

    def desk(self, owner: str) -> Desk:
        """The desk of one owner."""
        return Desk(self, owner)

    def archive(self, owner: str) -> Archive:
        """The archive as one owner sees it, opened once."""
        with self._lock:
            if self._embeddings is None:
                self._embeddings = llm.embedding_model(self.settings)
            if owner not in self._archives:
                self._archives[owner] = Archive.open(self.settings, self._embeddings, owner)
            return self._archives[owner]

    def close(self) -> None:
        """Let archives and database go."""
        for archive in self._archives.values():
            archive.close()
        self.catalogue.close()
