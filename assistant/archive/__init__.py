"""Catalogue (the truth), vectors and keywords (derived), ingest, search, repair."""

from assistant.archive.archive import Archive
from assistant.archive.corrections import Correction
from assistant.archive.listing import FailedFile, IndicatorName
from assistant.archive.results import ArchivedDocument, Filters, Hit, IngestRow, RepairReport
from assistant.archive.series import Point, Series

__all__ = [
    "Archive",
    "ArchivedDocument",
    "Correction",
    "FailedFile",
    "Filters",
    "Hit",
    "IndicatorName",
    "IngestRow",
    "Point",
    "RepairReport",
    "Series",
]
