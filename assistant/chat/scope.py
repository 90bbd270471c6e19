"""What a conversation is narrowed to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.archive import ArchivedDocument
from assistant.records import Genre


@dataclass(frozen=True, slots=True)
class Scope:
    """Chosen documents (ids), years, organisations and kinds; what is empty does not narrow.

    An organisation may be given by a part of its name.
    """

    documents: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    organisations: tuple[str, ...] = ()
    kinds: tuple[Genre, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything is narrowed."""
        return any((self.documents, self.years, self.organisations, self.kinds))

    def chosen(self, documents: Iterable[ArchivedDocument]) -> tuple[ArchivedDocument, ...]:
        """The documents that it leaves, in their order."""
        return tuple(item for item in documents if self.holds(item))

    def holds(self, item: ArchivedDocument) -> bool:
        """Whether a document is within it; a document without a year of its own counts for all its years."""
        years = (item.year,) if item.year is not None else item.years
        return (
            (not self.documents or item.id in self.documents)
            and (not self.years or any(year in self.years for year in years))
            and (not self.organisations or any(_same(name, item) for name in self.organisations))
            and (not self.kinds or item.genre in self.kinds)
        )


def _same(name: str, item: ArchivedDocument) -> bool:
    return bool(item.organisation) and (name in item.organisation or item.organisation in name)
