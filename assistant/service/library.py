"""The archive as a person uses it: take files in, look at them, search them, remove them, mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.archive import Archive, ArchivedDocument, Filters, Hit, IngestRow, RepairReport
from assistant.errors import DocumentUnknown, QueryInvalid, Said
from assistant.records import Document, Report, silent
from assistant.service import LOCAL
from assistant.settings import Settings

_SHORTEST_ID = 4
_MOST_HITS = 100


class Library:
    """One owner's view of the archive; made by `open_library`, usable until that block ends."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    def ingest(self, paths: Sequence[Path], report: Report = silent) -> tuple[IngestRow, ...]:
        """Take in files and folders; a row for each file, the unreadable ones with their reason.

        Raises:
            ArchiveError, ModelError: nothing more can be taken in; what is finished stays.
        """
        return tuple(self.archive.ingest(paths, report=report))

    def documents(self) -> tuple[ArchivedDocument, ...]:
        """What is there, without the texts."""
        return tuple(self.archive.documents())

    def show(self, beginning: str) -> Document:
        """The document whose id begins so. Raises DocumentUnknown."""
        return self.archive.document(self._id(beginning))

    def remove(self, beginning: str) -> tuple[str, int]:
        """Remove the document whose id begins so; its title and the number of its passages.

        Raises:
            DocumentUnknown: there is none, or more than one.
        """
        document_id = self._id(beginning)
        title = next(one.title for one in self.documents() if one.id == document_id)
        return title, self.archive.remove(document_id)

    def search(self, question: str, filters: Filters | None = None, limit: int = 10) -> tuple[Hit, ...]:
        """The best passages first.

        Raises:
            QueryInvalid: an empty or over-long question, or a limit that is not between 1 and 100.
        """
        if not 1 <= limit <= _MOST_HITS:
            raise QueryInvalid(reason=Said(zh="条数应在 1 到 100 之间", en="the limit is from 1 to 100"))
        return tuple(self.archive.search(question, filters=filters or Filters(), k=limit))

    def repair(self, *, check: bool = False, re_embed: bool = False, report: Report = silent) -> RepairReport:
        """Compare the indexes with the catalogue and, unless `check`, rebuild what is amiss.

        `re_embed` makes all vectors anew with the configured embedding model.
        """
        return self.archive.repair(check=check, re_embed=re_embed, report=report)

    def _id(self, beginning: str) -> str:
        """The id that begins with `beginning`; a beginning that could mean several documents is refused."""
        found = {one.id for one in self.documents() if one.id.startswith(beginning)}
        if len(beginning) < _SHORTEST_ID or len(found) != 1:
            raise DocumentUnknown(document=beginning)
        return found.pop()


@contextmanager
def open_library(settings: Settings, *, owner: str = LOCAL) -> Iterator[Library]:
    """The archive of `settings` as `owner` sees it.

    Raises:
        ArchiveError: it cannot be opened.
    """
    with Archive.open(settings, owner=owner) as archive:
        yield Library(archive)
