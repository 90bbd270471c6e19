"""The sample archive for whoever begins with an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.archive.schema import digest
from assistant.records import Report, silent
from assistant.service.library import Library
from assistant.service.resources import sample_archive

if TYPE_CHECKING:
    from assistant.service.desk.office import Office

_FOLDERS = ("reports", "policies")


def put_samples(office: Office, owner: str, report: Report = silent) -> bool:
    """Ingest the sample archive once for an owner whose archive is empty; whether it was done now.

    It is remembered: samples that somebody removed don't come back. Interrupted, it goes on the next time.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    key = digest(owner, "samples")  # a name of any length has room in the catalogue
    done = f"samples.{key}"
    if office.catalogue.value(done):
        return False
    begun = f"samples_begun.{key}"
    archive = office.archive(owner)
    if archive.documents() and not office.catalogue.value(begun):
        office.catalogue.put(**{done: "own"})
        return False
    office.catalogue.put(**{begun: "1"})
    Library(archive).ingest([sample_archive() / name for name in _FOLDERS], report)
    office.catalogue.put(**{done: "put"})
    return True
