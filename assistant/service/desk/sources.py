"""What a draft is checked against: facts, last year's reports, other files, and the archive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TypedDict

from sqlalchemy import Connection

from assistant.archive import Archive, ArchivedDocument
from assistant.drafting.facts import facts_from_text, read_facts
from assistant.errors import ArchiveError, Said
from assistant.loaders import load
from assistant.records import Document, FactsFile, Report, silent
from assistant.service.desk import tables
from assistant.service.desk.attached import document_body, facts_body, read_document_body
from assistant.service.desk.base import DeskBase
from assistant.service.desk.manuscript import Manuscript
from assistant.service.desk.store import AttachmentRole, Sources, Store
from assistant.service.desk.views import SourcesView, SourceView
from assistant.settings import Settings

_MEGABYTE = 1_000_000


class SourcesGiven(TypedDict, total=False):
    """What the writer gives: facts as text or a file; documents as ids (archived or attached) or files.

    What is left out stays as it is.
    """

    facts: str | Path
    prior: Sequence[str | Path]
    documents: Sequence[str | Path]
    archive: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """Facts with the bytes that they were read from."""

    file: FactsFile
    data: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """Given sources, read: ids stay ids, files are documents by now. None: not given."""

    facts: _Facts | None
    prior: tuple[str | Document, ...] | None
    documents: tuple[str | Document, ...] | None
    archive: bool | None

    def put(
        self, kept: Store, connection: Connection, draft_id: str, state: Manuscript, before: Sources
    ) -> tuple[Manuscript, Sources]:
        """Keep what is new with the draft; its state with the facts, and what it is checked against from now on."""
        if self.facts is not None:
            facts, data = self.facts.file, self.facts.data
            held = kept.attach(connection, draft_id, "facts", facts.name, facts_body(facts), data)
            state = replace(state, facts=held)

        def ids(role: AttachmentRole, given: tuple[str | Document, ...]) -> tuple[str, ...]:
            return tuple(
                one
                if isinstance(one, str)
                else kept.attach(connection, draft_id, role, one.title, document_body(one))
                for one in given
            )

        return state, Sources(
            prior=before.prior if self.prior is None else ids("prior", self.prior),
            documents=before.documents if self.documents is None else ids("other", self.documents),
            archive=before.archive if self.archive is None else self.archive,
        )


def take(given: SourcesGiven, settings: Settings, report: Report = silent) -> Taken:
    """Read what was given, before anything is written; `report` hears of recognised pages.

    Raises:
        InputError: a file cannot be read, or the facts hold none.
    """
    facts = given.get("facts")
    return Taken(
        facts=_facts(facts, report) if facts else None,
        prior=_documents(given["prior"], settings, report) if "prior" in given else None,
        documents=_documents(given["documents"], settings, report) if "documents" in given else None,
        archive=given.get("archive"),
    )


@dataclass(frozen=True, slots=True)
class OwnArchive:
    """The owner's archive and what is in it; where it cannot be read, `fault` says so and writing goes on."""

    archive: Archive | None
    documents: tuple[ArchivedDocument, ...]
    fault: str = ""


class DraftSources(DeskBase):
    """A draft's sources, shown and chosen."""

    def sources(self, draft_id: str) -> SourcesView:
        """What a draft is checked against. Raises DraftUnknown."""
        held = self.store.held(draft_id)
        facts = self.facts_file(held.manuscript)
        return SourcesView(
            facts_name=facts.name if facts else "",
            facts=len(facts.facts) if facts else 0,
            prior=self._shown(draft_id, held.sources.prior, "prior"),
            documents=self._shown(draft_id, held.sources.documents, "other"),
            archive=held.sources.archive,
        )

    def set_sources(self, draft_id: str, given: SourcesGiven) -> SourcesView:
        """Choose what a draft is checked against; parts that `given` does not name stay.

        Raises:
            DraftUnknown: the draft, or an attached file, is not there.
            DocumentUnknown: the archive has no such document.
            InputError: a file cannot be read, or the facts hold none.
        """
        held = self.store.held(draft_id)
        taken = take(given, self.office.settings, self.report)
        for one in (*(taken.prior or ()), *(taken.documents or ())):
            if isinstance(one, str):
                self.source_document(draft_id, one)
        with self.store.write() as connection:
            state, chosen = taken.put(self.store, connection, draft_id, held.manuscript, held.sources)
            here = (tables.drafts.c.id == draft_id) & (tables.drafts.c.owner == self.owner)
            values = {"sources": json.dumps(asdict(chosen)), "findings": None}
            connection.execute(tables.drafts.update().where(here).values(**values))
        if state.facts != held.manuscript.facts:
            self.change(draft_id, lambda now: replace(now, facts=state.facts), "换事实材料")
        return self.sources(draft_id)

    def own_archive(self) -> OwnArchive:
        """The archive as it is now."""
        try:
            archive = self.office.archive(self.owner)
            return OwnArchive(archive, archive.documents())
        except ArchiveError as error:
            return OwnArchive(
                None,
                (),
                Said(
                    f"资料库暂时不能使用（{error.code}），未与其中的材料比对。",
                    f"The archive cannot be used now ({error.code}); nothing in it was compared.",
                ),
            )

    def source_document(self, draft_id: str, source_id: str) -> Document:
        """A document that is attached to the draft, or one of the archive.

        Raises:
            DocumentUnknown: it is neither.
        """
        if source_id in {one for one, role, _ in self.store.attached(draft_id) if role in ("prior", "other")}:
            return read_document_body(self.store.attachment(source_id).body)
        return self.office.archive(self.owner).document(source_id)

    def _shown(self, draft_id: str, ids: Sequence[str], role: str) -> tuple[SourceView, ...]:
        """The sources that are still there."""
        attached = {one for one, _, _ in self.store.attached(draft_id)}
        archived = {one.id for one in self.own_archive().documents}
        return tuple(
            _view(one, self.source_document(draft_id, one), role, attached=one in attached)
            for one in ids
            if one in attached or one in archived
        )


def _view(source_id: str, document: Document, role: str, *, attached: bool) -> SourceView:
    return SourceView(
        id=source_id,
        title=document.title,
        role="prior" if role == "prior" else "other",
        attached=attached,
        year=document.reported_year,
        organisation=document.organisation.value if document.organisation else "",
    )


def _facts(given: str | Path, report: Report) -> _Facts:
    if isinstance(given, Path):
        return _Facts(read_facts(given, report), given.read_bytes())
    return _Facts(facts_from_text(given, "事实材料"), given.encode("utf-8", "replace"))


def _documents(given: Sequence[str | Path], settings: Settings, report: Report) -> tuple[str | Document, ...]:
    most = settings.max_file_mb * _MEGABYTE
    taken: list[str | Document] = []
    for one in given:
        taken += [one] if isinstance(one, str) else load(one, max_bytes=most, report=report)
    return tuple(taken)
