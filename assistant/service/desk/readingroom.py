"""Questions and shelves of every owner: what lives as long as the process, behind `desk.asking` and `desk.shelves`."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from assistant.archive import Correction
from assistant.chat.history import History
from assistant.records import Genre
from assistant.service.desk.asking import Asking
from assistant.service.desk.base import DeskBase
from assistant.service.desk.context import AroundView
from assistant.service.desk.shelves import Shelves
from assistant.service.desk.turns import Turns
from assistant.service.desk.views import LibraryRow

if TYPE_CHECKING:
    from assistant.service.desk.office import Office


class ReadingRoom:
    """One for an office; makes each owner's `Asking` and `Shelves` once, so that what goes on is found again."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._turns = Turns()
        self._asking: dict[str, Asking] = {}
        self._shelves: dict[str, Shelves] = {}
        self._histories: list[History] = []
        self._lock = Lock()

    def asking(self, owner: str) -> Asking:
        """The conversations of an owner."""
        archive = self._office.archive(owner)
        with self._lock:
            if owner not in self._asking:
                history = History(self._office.settings, owner)
                self._histories.append(history)
                self._asking[owner] = Asking(owner, archive, history, self._turns, self._office.usable_chat)
            return self._asking[owner]

    def shelves(self, owner: str) -> Shelves:
        """The documents of an owner."""
        archive = self._office.archive(owner)
        with self._lock:
            return self._shelves.setdefault(owner, Shelves(archive))

    def close(self) -> None:
        """Stop what is being answered, keep what was said, let the database go."""
        self._turns.close()
        for history in self._histories:
            history.close()


class Archived(DeskBase):
    """The part of a desk that reads the archive."""

    @property
    def asking(self) -> Asking:
        """The owner's conversations."""
        return self.office.reading.asking(self.owner)

    @property
    def shelves(self) -> Shelves:
        """The owner's documents."""
        return self.office.reading.shelves(self.owner)

    def library(self) -> tuple[LibraryRow, ...]:
        """The owner's documents, by title."""
        return self.shelves.rows().documents

    def correct(
        self,
        document_id: str,
        *,
        year: int | None = None,
        organisation: str | None = None,
        genre: Genre | None = None,
        place: str | None = None,
    ) -> LibraryRow:
        """Set right what was read of a document; `None` leaves a value, "" and 0 say that there is none.

        Raises:
            DocumentUnknown: the owner has no such document.
            QueryInvalid: a value that cannot be right.
            ArchiveBusy: somebody else is writing.
        """
        right = Correction(year, organisation, genre, place)
        self.office.archive(self.owner).correct(document_id, right)
        return next(row for row in self.library() if row.id == document_id)

    def passage_context(
        self, document_id: str, start: int | None, end: int | None, before: int = 0, after: int = 0
    ) -> AroundView:
        """A quoted span of a document among its neighbours. Raises DocumentUnknown."""
        return self.asking.passage_context(document_id, start, end, before, after)
