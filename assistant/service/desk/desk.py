"""The desk of one owner: everything that a writer does, each concern in a class of its own."""

from __future__ import annotations

from assistant.service.desk.bringing import BringingBack
from assistant.service.desk.citing import Citing
from assistant.service.desk.drafts import Drafts
from assistant.service.desk.editing import Editing
from assistant.service.desk.explaining import Explaining
from assistant.service.desk.exporting import Exporting
from assistant.service.desk.ingesting import Ingesting
from assistant.service.desk.materials import Materials
from assistant.service.desk.readingroom import Archived
from assistant.service.desk.revising import Revisions
from assistant.service.desk.writing import Writing


class Desk(
    Writing,
    Materials,
    Ingesting,
    Drafts,
    Editing,
    Citing,
    Revisions,
    Explaining,
    Exporting,
    BringingBack,
    Archived,
):
    """One owner's drafts, sources, revisions, writing and archive; made by `Office.desk`.

    Every method sees the owner's own rows and documents alone, and may be called from several threads.
    """
