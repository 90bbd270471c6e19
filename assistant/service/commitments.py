"""Last year's targets beside this year's outcomes, for any draft."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assistant.checking import Case, Sources
from assistant.checking.commitments import Commitment, commitments
from assistant.records import Document
from assistant.service.checking import read_draft, read_files
from assistant.service.lastyear import FromArchive, comparable
from assistant.service.places import Places
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Compared:
    """One draft's commitments, in the order of last year's plan; `prior` are the reports they stand in."""

    document: Document
    prior: tuple[Document, ...]
    commitments: tuple[Commitment, ...]
    notes: tuple[str, ...] = ()


def compare_plans(
    draft: Path, prior: tuple[Path, ...], settings: Settings, *, archive: bool = False
) -> tuple[Compared, ...]:
    """The commitments of each report in `draft`, from the given reports of the year before or the archive's.

    Raises:
        InputError: a file cannot be read.
        ArchiveError: the archive is asked for and cannot be opened.
    """
    reports = read_files(prior, settings)
    source = FromArchive(settings) if archive else None
    return tuple(_compared(one, reports, source) for one in read_draft(draft, settings))


def _compared(draft: Document, reports: list[Document], archive: FromArchive | None) -> Compared:
    kept, notes = comparable(draft, reports)
    if archive is not None:
        found = archive.sources_of(draft)
        kept, notes = [*kept, *found.prior], (*notes, *found.notes)
    case = Case(draft, Sources.of((), kept))
    places = Places([draft, *kept])
    return Compared(draft, tuple(kept), tuple(map(places.commitment, commitments(case))), notes)
